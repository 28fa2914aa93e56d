package storagetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Outbox is a register whose outbox a test empties by hand.
type Outbox struct {
	*Register
	Wall  *Clock // the machine's
	Posts int    // that Posted made up
}

// Pace is the gap between two posts of an Outbox.
const Pace = time.Second

// OnBothOutbox runs a test on either engine with an empty outbox.
func OnBothOutbox(t *testing.T, test func(*testing.T, *Outbox)) {
	t.Helper()
	for _, name := range Engines() {
		t.Run(name, func(t *testing.T) { test(t, NewOutbox(t, Address(t, name))) })
	}
}

// NewOutbox is New with an Outbox, both of whose clocks stand on Monday.
func NewOutbox(t testing.TB, url string) *Outbox {
	t.Helper()
	clock, wall := NewClock(Monday), NewClock(Monday)
	box := &Outbox{Wall: wall, Register: &Register{TB: t, Clock: clock, Options: storage.Options{
		URL: url, Keys: Keys(t), Policy: Policy(t), Now: clock.Now, Wall: wall.Now, Pace: Pace,
	}}}
	box.Open()
	return box
}

// Replica opens the register once more, as another process would. Both go by
// the same clocks.
func (box *Outbox) Replica() *Outbox {
	box.Helper()
	other := &Outbox{Wall: box.Wall, Register: &Register{TB: box.TB, Clock: box.Clock, Options: box.Options}}
	other.Open()
	return other
}

// WithoutPace lets a lane send as fast as it can.
func (box *Outbox) WithoutPace() {
	box.Helper()
	box.Options.Pace = 0
	box.Reopen(nil)
}

// Writer puts deliveries into the outbox, as a change does.
func (box *Outbox) Writer() *queue.Writer { return queue.NewWriter(box.Core()) }

// What the register stores, as tests look for it.
const (
	RowColumns = `id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted, attempts, first_try, fault, threaded, reposted`
	ParkedAt   = 253370764800000 // due_at of what waits for its digest
)

// Pass lets time pass on the wall.
func (box *Outbox) Pass(d time.Duration) { box.Wall.Set(box.Wall.Now().Add(d)) }

// InMarch puts the procedure's clock on a moment of March 2026, in Amsterdam.
func (box *Outbox) InMarch(day, hour, minute int) {
	box.Clock.Set(time.Date(2026, time.March, day, hour, minute, 0, 0, box.Core().Policy.Calendar.Location))
}

// Enqueue queues effects as a change to the next version of c would, and releases
// the reminders among them.
func (box *Outbox) Enqueue(c *workflow.Complaint, effects ...workflow.Effect) {
	box.Helper()
	c.Version++
	err := box.Core().Change(box.Context(), func(tx engine.Tx) error { return box.Writer().Enqueue(box.Context(), tx, c, effects) })
	if err != nil {
		box.Fatal(err)
	}
	box.ReleaseDigests()
}

// ReleaseDigests releases what is parked, as the end of a sweep does.
func (box *Outbox) ReleaseDigests() {
	box.Helper()
	if err := box.Digests().Release(box.Context(), box.Core().Instant()); err != nil {
		box.Fatal(err)
	}
}

// Line says what was done.
func Line(action workflow.ActionName) workflow.Effect { return workflow.ActionTaken{Action: action} }

// Reminder is of an outcome that is due.
func Reminder(who roster.PersonID) workflow.Effect {
	return workflow.ReminderDue{To: who, Watch: "outcome"}
}

// CaseMessage shows the case anew.
func CaseMessage() workflow.Effect { return workflow.CaseChanged{} }

// FilePosted files the sample complaint, and sends its case message and story.
func (box *Outbox) FilePosted(gesture string) workflow.Complaint {
	box.Helper()
	c := box.File(gesture)
	box.Drain()
	box.Pass(time.Hour)
	return c
}

// Lease expects that a lane is to be had.
func (box *Outbox) Lease() outbox.Lease {
	box.Helper()
	l, ok, err := box.Queue().Lease(box.Context())
	if err != nil || !ok {
		box.Fatalf("Lease: %v, %v", ok, err)
	}
	return l
}

// LeaseOf leases that lane; others stay free.
func (box *Outbox) LeaseOf(lane outbox.Lane) outbox.Lease {
	box.Helper()
	l := box.Lease()
	if l.Lane == lane {
		return l
	}
	defer box.Release(l)
	return box.LeaseOf(lane)
}

// NoLease expects that none is.
func (box *Outbox) NoLease() {
	box.Helper()
	if l, ok, err := box.Queue().Lease(box.Context()); err != nil || ok {
		box.Fatalf("Lease = %v, %v, %v; want nothing", l.Lane, ok, err)
	}
}

// Next expects something to send.
func (box *Outbox) Next(l outbox.Lease) outbox.Delivery {
	box.Helper()
	d, ok, err := box.Take(l)
	if err != nil || !ok {
		box.Fatalf("Next: %v, %v", ok, err)
	}
	return d
}

// Take takes one delivery, if there is one. The lease of a lane that was given back
// because there was none is taken anew.
func (box *Outbox) Take(l outbox.Lease) (d outbox.Delivery, ok bool, err error) {
	box.Helper()
	b, err := box.Queue().Next(box.Context(), l, nil, 1)
	switch {
	case err != nil:
		return d, false, err
	case b.Released:
		until := engine.Millis(box.Wall.Now().Add(l.Lane.LeaseTime()))
		box.Exec(`UPDATE lanes SET token = $2, leased_until = $3 WHERE lane = $1`, string(l.Lane), l.Token, until)
	case len(b.Deliveries) > 0:
		return b.Deliveries[0], true, nil
	}
	return d, false, nil
}

// Idle expects nothing to send for now.
func (box *Outbox) Idle(l outbox.Lease) {
	box.Helper()
	if d, ok, err := box.Take(l); err != nil || ok {
		box.Fatalf("Next = %s, %v, %v; want nothing", Show(d), ok, err)
	}
}

// Settle records what became of a delivery.
func (box *Outbox) Settle(l outbox.Lease, d outbox.Delivery, with outbox.Settlement) {
	box.Helper()
	if err := box.Record(l, d, with); err != nil {
		box.Fatalf("Settle %s: %v", Show(d), err)
	}
}

// Record records what became of a delivery, if the lease is still good.
func (box *Outbox) Record(l outbox.Lease, d outbox.Delivery, with outbox.Settlement) error {
	_, err := box.Queue().Next(box.Context(), l, []outbox.Settled{{Delivery: d, Settlement: with}}, 0)
	return err
}

// Posted is what Slack would have answered.
func (box *Outbox) Posted(d outbox.Delivery) outbox.Settlement { return box.PostedIn("C0CASES", d) }

// PostedIn is what it would have answered in another channel.
func (box *Outbox) PostedIn(channel string, d outbox.Delivery) outbox.Settlement {
	p := &outbox.Posted{Channel: channel, TS: d.TS, Version: d.Version, Edit: d.Kind().Edits() && d.TS != ""}
	if !p.Edit {
		box.Posts++
		p.TS = fmt.Sprintf("1.%06d", box.Posts)
	}
	return outbox.Settlement{Posted: p}
}

// Post sends the next delivery and says what it was.
func (box *Outbox) Post(l outbox.Lease) string {
	box.Helper()
	d := box.Next(l)
	box.Settle(l, d, box.Posted(d))
	return Show(d)
}

// Release gives a lane back.
func (box *Outbox) Release(l outbox.Lease) {
	box.Helper()
	if err := box.Queue().Release(box.Context(), l, nil); err != nil {
		box.Fatal(err)
	}
}

// Drain sends everything that can be sent, waiting as long as the register
// says, and returns what was sent.
func (box *Outbox) Drain() (sent []string) {
	box.Helper()
	for {
		at, ok, err := box.WaitUntil(box.Context())
		if err != nil {
			box.Fatal(err)
		}
		if !ok {
			return sent
		}
		if at.After(box.Wall.Now()) {
			box.Wall.Set(at)
		}
		l := box.Lease()
		for {
			d, ok, err := box.Take(l)
			if err != nil {
				box.Fatal(err)
			}
			if !ok {
				break
			}
			box.Settle(l, d, box.Posted(d))
			sent = append(sent, Show(d))
		}
		box.Release(l)
	}
}

// Arrivals empties the outbox and returns what people got, without the edits of
// case messages.
func (box *Outbox) Arrivals() (got []string) {
	box.Helper()
	for _, d := range box.Drain() {
		if !strings.HasPrefix(d, "case") {
			got = append(got, d[:strings.LastIndex(d, " v")])
		}
	}
	slices.Sort(got)
	return got
}

// DigestSize counts the items of the digest that waits for somebody.
func (box *Outbox) DigestSize(who roster.PersonID) int {
	box.Helper()
	return len(box.DigestItems(outbox.Delivery{Payload: outbox.Digest{To: who}, Version: 1 << 40}))
}

// DigestItems lists what a digest or a weekly digest tells of.
func (box *Outbox) DigestItems(d outbox.Delivery) (all []outbox.DigestItem) {
	box.Helper()
	for item, err := range box.Rooms().DigestItems(box.Context(), d) {
		if err != nil {
			box.Fatal(err)
		}
		all = append(all, item)
	}
	return all
}

// PendingDeletions lists what of a case is to be taken away.
func (box *Outbox) PendingDeletions(c *workflow.Complaint) []outbox.PendingDeletion {
	box.Helper()
	all, err := box.Queue().PendingDeletions(box.Context(), c.ID)
	if err != nil {
		box.Fatal(err)
	}
	return all
}

// Show spells a delivery.
func Show(d outbox.Delivery) string {
	return fmt.Sprintf("%s %s %s v%d", d.Kind(), d.Recipient(), d.Slot(), d.Version)
}

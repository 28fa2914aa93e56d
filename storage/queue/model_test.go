package queue_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestOutbox_everyRowPostedOnce lets three senders with bad luck (killed after
// posting, answers lost, refused, told to wait) empty an outbox that keeps
// filling, in random order, and then counts what arrived at a small model of
// Slack: every event once and in order, below a case message that was there
// before and shows the last version in the end, and no reminder twice. In between
// sweeps release the reminders and nights pass: each reminder arrives by itself or in
// a digest.
func TestOutbox_everyRowPostedOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		runs, digests := 0, 0
		rapid.Check(t, func(rt *rapid.T) {
			runs++
			w := &model{
				Outbox: box, run: runs, slack: map[string]string{}, wanted: map[workflow.CaseID]*requested{},
				reminded: map[outbox.DigestItem]int{}, shown: map[outbox.DigestItem]int{}, released: map[outbox.DigestItem]int{},
			}
			w.morning()
			for range rapid.IntRange(5, 60).Draw(rt, "steps") {
				if err := w.step(t.Context(), rt); err != nil {
					rt.Fatal(err)
				}
			}
			if err := errors.Join(w.finish(t.Context()), w.check()); err != nil {
				rt.Fatal(err)
			}
			for _, d := range w.log {
				if d.Kind() == outbox.KindDigest {
					digests++
				}
			}
		})
		if digests == 0 {
			t.Error("no run had a digest")
		}
	})
}

// model is one run: what was asked for, and what arrived.
type model struct {
	*storagetest.Outbox
	run    int
	cases  []*workflow.Complaint
	wanted map[workflow.CaseID]*requested
	slack  map[string]string // key to ts of what stands in Slack
	log    []outbox.Delivery
	twice  error
	crew   [3]worker

	reminded map[outbox.DigestItem]int // last version asked for
	shown    map[outbox.DigestItem]int // last version that arrived
	released map[outbox.DigestItem]int // reminded, at the last release
}

// requested is what was asked for a case.
type requested struct {
	events int
	root   int // version
}

// worker is a sender at work; the zero worker has no lane.
type worker struct {
	lease   outbox.Lease
	until   time.Time // the lease surely lives
	batch   []outbox.Delivery
	settled []outbox.Settled // not on record yet
	waiting map[workflow.CaseID]bool
	roots   map[workflow.CaseID]string
}

func (w *model) step(ctx context.Context, rt *rapid.T) error {
	switch n := rapid.IntRange(0, 15).Draw(rt, "action"); {
	case n == 0 && len(w.cases) < 4:
		return w.open(ctx)
	case n <= 2 && len(w.cases) > 0:
		return w.more(ctx, rt)
	case n == 3:
		w.Pass(time.Duration(rapid.IntRange(1, 15_000).Draw(rt, "ms")) * time.Millisecond)
		return nil
	case n == 4:
		return w.sweep(ctx)
	case n == 5 && rapid.Bool().Draw(rt, "night"):
		w.morning()
		return nil
	}
	i := rapid.IntRange(0, len(w.crew)-1).Draw(rt, "worker")
	luck := rapid.SampledFrom([]string{"good", "good", "good", "killed", "lost", "refused", "limited", "shut"}).Draw(rt, "luck")
	return w.crew[i].work(ctx, w, rapid.IntRange(1, 5).Draw(rt, "most"), luck)
}

func (w *model) open(ctx context.Context) error {
	gesture := fmt.Sprintf("run%d-%d", w.run, len(w.cases))
	r, err := w.Apply(ctx, workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: gesture})
	if err != nil {
		return err
	}
	// Nothing to tick: the test asks for the reminders.
	if _, err := w.Core().Write.Exec(ctx, `UPDATE complaints SET next_at = NULL`); err != nil {
		return err
	}
	w.cases = append(w.cases, &r.Complaint)
	w.wanted[r.Complaint.ID] = &requested{events: 1, root: r.Complaint.Version}
	return nil
}

// sweep releases what is parked.
func (w *model) sweep(ctx context.Context) error {
	w.released = maps.Clone(w.reminded)
	return w.Digests().Release(ctx, w.Core().Instant())
}

// morning is the next working day at ten.
func (w *model) morning() {
	day := w.Core().Policy.Calendar.NextWorkingDay(w.Core().Policy.Calendar.Today(w.Clock.Now()))
	w.Clock.Set(time.Date(day.Year, day.Month, day.Day, 10, 0, 0, 0, w.Core().Policy.Calendar.Location))
}

func (w *model) more(ctx context.Context, rt *rapid.T) error {
	c := rapid.SampledFrom(w.cases).Draw(rt, "case")
	effects := rapid.SliceOfNDistinct(rapid.SampledFrom([]workflow.Effect{
		storagetest.CaseMessage(), storagetest.Line("note"), storagetest.Line("answer"), storagetest.Reminder(storagetest.Officer),
		workflow.ReminderDue{To: storagetest.Officer, Watch: "acknowledgement"},
		workflow.ReminderDue{To: storagetest.Officer, Watch: "waiting"},
	}), 1, 5, func(e workflow.Effect) string { return fmt.Sprintf("%T %v", e, e) }).Draw(rt, "effects")
	c.Version++
	a := w.wanted[c.ID]
	for _, e := range effects {
		switch e := e.(type) {
		case workflow.CaseChanged:
			a.root = c.Version
		case workflow.ReminderDue:
			w.reminded[outbox.DigestItem{Case: c.ID, Watch: e.Watch}] = c.Version
		default:
			a.events++
		}
	}
	return w.Core().Change(ctx, func(tx engine.Tx) error { return w.Writer().Enqueue(ctx, tx, c, effects) })
}

// work takes the worker one step further: a lane, some deliveries, one of them.
// What became of those is recorded when the next are taken.
func (k *worker) work(ctx context.Context, w *model, most int, luck string) (err error) {
	switch {
	case k.lease.Token == "":
		k.lease, _, err = w.Queue().Lease(ctx)
		k.until = w.Wall.Now().Add(outbox.LeaseTime)
		return err
	case !w.Wall.Now().Before(k.until): // too late to send
		*k = worker{}
		return nil
	case len(k.batch) == 0:
		return k.take(ctx, w, most)
	}
	d := k.batch[0]
	k.batch = k.batch[1:]
	if k.waiting[""] || k.waiting[d.Case] {
		k.settled = append(k.settled, outbox.Settled{Delivery: d, Settlement: outbox.Settlement{Untried: true}})
		return nil
	}
	if d.Threaded && d.Root == "" {
		d.Root = k.roots[d.Case]
	}
	before := len(w.log)
	s := w.attempt(d, luck)
	if len(w.log) > before {
		w.recordShown(d)
	}
	if luck == "killed" {
		*k = worker{}
		return nil
	}
	k.settled = append(k.settled, outbox.Settled{Delivery: d, Settlement: s})
	switch {
	case s.Pause:
		k.waiting[""] = true
	case !s.Retry.IsZero():
		k.waiting[d.Case] = true
	case d.Kind() == outbox.KindCase:
		k.roots[d.Case] = s.Posted.TS
	}
	return nil
}

// take records what became of the last deliveries and takes the next.
func (k *worker) take(ctx context.Context, w *model, most int) error {
	b, err := w.Queue().Next(ctx, k.lease, k.settled, most)
	if err != nil || b.Released {
		*k = worker{}
		return err
	}
	k.batch, k.settled, k.until = b.Deliveries, nil, w.Wall.Now().Add(outbox.LeaseTime)
	k.waiting, k.roots = map[workflow.CaseID]bool{}, map[workflow.CaseID]string{}
	if len(b.Deliveries) == 0 {
		err = w.Queue().Release(ctx, k.lease, nil)
		*k = worker{}
	}
	return err
}

// attempt is what the bot does: look for the key when this is not the first
// attempt, else edit or post.
func (w *model) attempt(d outbox.Delivery, luck string) outbox.Settlement {
	later := w.Wall.Now().Add(2 * time.Second)
	switch luck {
	case "refused":
		return outbox.Settlement{Retry: later, Fault: "not_in_channel"}
	case "limited":
		return outbox.Settlement{Retry: later, Fault: "ratelimited", Pause: true}
	case "shut":
		return outbox.Settlement{Retry: later, OutOfHours: true}
	}
	ts, edit := d.TS, d.Kind().Edits() && d.TS != ""
	if found := w.slack[d.Key]; !edit && d.Attempts > 1 && found != "" {
		ts, edit = found, true
	}
	if !edit {
		ts = w.receive(d)
	}
	if luck == "lost" {
		return outbox.Settlement{Retry: later, Fault: "timeout"}
	}
	return outbox.Settlement{Posted: &outbox.Posted{Channel: "C", TS: ts, Version: d.Version, Edit: edit}}
}

func (w *model) receive(d outbox.Delivery) (ts string) {
	if _, there := w.slack[d.Key]; there {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived twice", storagetest.Show(d)))
	}
	if root := w.slack[w.rootKey(d.Case)]; d.Kind().Threaded() && (root == "" || d.Root != root) {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived outside its thread", storagetest.Show(d)))
	}
	w.Posts++
	ts = fmt.Sprintf("%d.%06d", w.run, w.Posts)
	w.slack[d.Key] = ts
	w.log = append(w.log, d)
	return ts
}

// recordShown notes what a reminder or a digest told of.
func (w *model) recordShown(d outbox.Delivery) {
	switch p := d.Payload.(type) {
	case outbox.Reminder:
		w.shown[outbox.DigestItem{Case: d.Case, Watch: p.Watch}] = d.Version
	case outbox.Digest:
		items := w.DigestItems(d)
		if len(items) == 0 {
			w.twice = errors.Join(w.twice, fmt.Errorf("%s tells of nothing", storagetest.Show(d)))
		}
		for _, item := range items {
			w.shown[item] = max(w.shown[item], w.released[item])
		}
	}
}

func (w *model) rootKey(id workflow.CaseID) string {
	return queue.Key(w.Core().Keys, queue.Row{Complaint: string(id), Surface: string(outbox.KindCase)})
}

// finish lets one worker with good luck send what is left.
func (w *model) finish(ctx context.Context) error {
	w.Pass(outbox.LeaseTime)
	w.crew = [3]worker{}
	for range 2000 {
		if err := w.sweep(ctx); err != nil {
			return err
		}
		at, ok, err := w.WaitUntil(ctx)
		if err != nil || !ok && w.crew[0].lease.Token == "" {
			return err
		}
		if k := &w.crew[0]; k.lease.Token == "" && at.After(w.Wall.Now()) {
			w.Wall.Set(at)
		}
		if err := w.crew[0].work(ctx, w, 5, "good"); err != nil {
			return err
		}
	}
	return errors.New("the outbox does not get empty")
}

// check compares what arrived with what was asked for.
func (w *model) check() error {
	err := w.twice
	for id, a := range w.wanted {
		var events []outbox.Delivery
		roots := 0
		for _, d := range w.log {
			switch {
			case d.Case != id, d.Kind() == outbox.KindReminder:
			case d.Kind() == outbox.KindCase:
				roots++
			default:
				events = append(events, d)
			}
		}
		if len(events) != a.events || roots != 1 {
			err = errors.Join(err, fmt.Errorf("%d of %d events, %d case messages", len(events), a.events, roots))
		}
		if !slices.IsSortedFunc(events, func(x, y outbox.Delivery) int { return x.Version - y.Version }) {
			err = errors.Join(err, errors.New("events out of order"))
		}
		if n := w.Count(`SELECT count(*) FROM views WHERE complaint = $1 AND surface = 'case' AND shown = $2`, string(id), a.root); n != 1 {
			err = errors.Join(err, errors.New("the case message does not show the last version"))
		}
	}
	for item, version := range w.reminded {
		if w.shown[item] != version {
			err = errors.Join(err, fmt.Errorf("reminder of %d for %d", w.shown[item], version))
		}
	}
	for _, left := range []string{`SELECT count(*) FROM outbox`, `SELECT count(*) FROM digest_items`} {
		if n := w.Count(left); n > 0 {
			err = errors.Join(err, fmt.Errorf("%d rows left", n))
		}
	}
	return err
}

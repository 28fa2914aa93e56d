package storage

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
	"github.com/artra/klachtbot/workflow"
)

// TestEveryRowIsPostedOnce lets three senders with bad luck (killed after
// posting, answers lost, refused, told to wait) empty an outbox that keeps
// filling, in random order, and then counts what arrived at a small model of
// Slack: every event once and in order, below a case message that was there
// before and shows the last version in the end, and no nudge twice. In between
// sweeps gather the nudges and nights pass: each nudge arrives by itself or in
// a digest.
func TestEveryRowIsPostedOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		runs, digests := 0, 0
		rapid.Check(t, func(rt *rapid.T) {
			runs++
			w := &world{
				sender: s, run: runs, slack: map[string]string{}, wanted: map[workflow.CaseID]*asked{},
				nudged: map[outbox.DigestItem]int{}, told: map[outbox.DigestItem]int{}, gathered: map[outbox.DigestItem]int{},
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

// world is one run: what was asked for, and what arrived.
type world struct {
	*sender
	run    int
	cases  []*workflow.Complaint
	wanted map[workflow.CaseID]*asked
	slack  map[string]string // key to ts of what stands in Slack
	log    []outbox.Delivery
	twice  error
	crew   [3]worker

	nudged   map[outbox.DigestItem]int // last version asked for
	told     map[outbox.DigestItem]int // last version that arrived
	gathered map[outbox.DigestItem]int // nudged, at the last gathering
}

// asked is what was asked for a case.
type asked struct {
	events int
	root   int // version
}

// worker is a sender at work; the zero worker has no lane.
type worker struct {
	lease   outbox.Lease
	until   time.Time // the lease surely lives
	d       outbox.Delivery
	holding bool
}

func (w *world) step(ctx context.Context, rt *rapid.T) error {
	switch n := rapid.IntRange(0, 15).Draw(rt, "action"); {
	case n == 0 && len(w.cases) < 4:
		return w.open(ctx)
	case n <= 2 && len(w.cases) > 0:
		return w.more(ctx, rt)
	case n == 3:
		w.pass(time.Duration(rapid.IntRange(1, 15_000).Draw(rt, "ms")) * time.Millisecond)
		return nil
	case n == 4:
		return w.sweep(ctx)
	case n == 5 && rapid.Bool().Draw(rt, "night"):
		w.morning()
		return nil
	}
	i := rapid.IntRange(0, len(w.crew)-1).Draw(rt, "worker")
	luck := rapid.SampledFrom([]string{"good", "good", "good", "killed", "lost", "refused", "limited", "shut"}).Draw(rt, "luck")
	return w.crew[i].work(ctx, w, luck)
}

func (w *world) open(ctx context.Context) error {
	gesture := fmt.Sprintf("run%d-%d", w.run, len(w.cases))
	r, err := w.Apply(ctx, workflow.Command{Action: sample(), By: staff, Gesture: gesture})
	if err != nil {
		return err
	}
	// Nothing to tick: the test asks for the nudges.
	if _, err := w.core.Write.Exec(ctx, `UPDATE complaints SET next_at = NULL`); err != nil {
		return err
	}
	w.cases = append(w.cases, &r.Complaint)
	w.wanted[r.Complaint.ID] = &asked{events: 1, root: r.Complaint.Version}
	return nil
}

// sweep gathers what is parked.
func (w *world) sweep(ctx context.Context) error {
	w.gathered = maps.Clone(w.nudged)
	return w.digests.Release(ctx, w.core.Instant())
}

// morning is the next working day at ten.
func (w *world) morning() {
	day := w.core.Policy.Calendar.NextWorkingDay(w.core.Policy.Calendar.Today(w.clock.Now()))
	w.clock.set(time.Date(day.Year, day.Month, day.Day, 10, 0, 0, 0, w.core.Policy.Calendar.Location))
}

func (w *world) more(ctx context.Context, rt *rapid.T) error {
	c := rapid.SampledFrom(w.cases).Draw(rt, "case")
	effects := rapid.SliceOfNDistinct(rapid.SampledFrom([]workflow.Effect{
		caseMessage(), aLine("note"), aLine("answer"), nudge(officer),
		workflow.ReminderDue{To: officer, Watch: "acknowledgement"},
		workflow.ReminderDue{To: officer, Watch: "waiting"},
	}), 1, 5, func(e workflow.Effect) string { return fmt.Sprintf("%T %v", e, e) }).Draw(rt, "effects")
	c.Version++
	a := w.wanted[c.ID]
	for _, e := range effects {
		switch e := e.(type) {
		case workflow.CaseChanged:
			a.root = c.Version
		case workflow.ReminderDue:
			w.nudged[outbox.DigestItem{Case: c.ID, Watch: e.Watch}] = c.Version
		default:
			a.events++
		}
	}
	return w.core.Change(ctx, func(tx engine.Tx) error { return w.outbox.Enqueue(ctx, tx, c, effects) })
}

// work takes the worker one step further: a lane, a delivery, its end.
func (k *worker) work(ctx context.Context, w *world, luck string) (err error) {
	switch {
	case k.lease.Token == "":
		k.lease, _, err = w.Queue().Lease(ctx)
		k.until = w.wall.Now().Add(outbox.LeaseTime)
		return err
	case !w.wall.Now().Before(k.until): // too late to send
		*k = worker{}
		return nil
	case !k.holding:
		if k.d, k.holding, err = w.Queue().Next(ctx, k.lease); err == nil && !k.holding {
			err = w.Queue().Release(ctx, k.lease)
			*k = worker{}
			return err
		}
		k.until = w.wall.Now().Add(outbox.LeaseTime)
		return err
	}
	before := len(w.log)
	s := w.attempt(k.d, luck)
	if len(w.log) > before {
		w.tell(ctx, k.d)
	}
	if luck == "killed" {
		*k = worker{}
		return nil
	}
	k.holding = false
	k.until = w.wall.Now().Add(outbox.LeaseTime)
	return w.Queue().Settle(ctx, k.lease, k.d, s)
}

// attempt is what the bot does: look for the key when this is not the first
// attempt, else edit or post.
func (w *world) attempt(d outbox.Delivery, luck string) outbox.Settlement {
	later := w.wall.Now().Add(2 * time.Second)
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

func (w *world) receive(d outbox.Delivery) (ts string) {
	if _, there := w.slack[d.Key]; there {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived twice", show(d)))
	}
	if root := w.slack[w.rootKey(d.Case)]; d.Kind().Threaded() && (root == "" || d.Root != root) {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived outside its thread", show(d)))
	}
	w.posts++
	ts = fmt.Sprintf("%d.%06d", w.run, w.posts)
	w.slack[d.Key] = ts
	w.log = append(w.log, d)
	return ts
}

// tell notes what a nudge or a digest told of.
func (w *world) tell(ctx context.Context, d outbox.Delivery) {
	switch p := d.Payload.(type) {
	case outbox.Reminder:
		w.told[outbox.DigestItem{Case: d.Case, Watch: p.Watch}] = d.Version
	case outbox.Digest:
		items, err := w.Rooms().DigestItems(ctx, d)
		if err != nil || len(items) == 0 {
			w.twice = errors.Join(w.twice, fmt.Errorf("%s tells of %d items, %w", show(d), len(items), err))
		}
		for _, item := range items {
			w.told[item] = max(w.told[item], w.gathered[item])
		}
	}
}

func (w *world) rootKey(id workflow.CaseID) string {
	return queue.Key(w.core.Keys, queue.Row{Complaint: string(id), Surface: string(outbox.KindCase)})
}

// finish lets one worker with good luck send what is left.
func (w *world) finish(ctx context.Context) error {
	w.pass(outbox.LeaseTime)
	w.crew = [3]worker{}
	for range 2000 {
		if err := w.sweep(ctx); err != nil {
			return err
		}
		at, ok, err := w.WaitUntil(ctx)
		if err != nil || !ok && !w.crew[0].holding {
			return err
		}
		if k := &w.crew[0]; k.lease.Token == "" && at.After(w.wall.Now()) {
			w.wall.set(at)
		}
		if err := w.crew[0].work(ctx, w, "good"); err != nil {
			return err
		}
	}
	return errors.New("the outbox does not get empty")
}

// check compares what arrived with what was asked for.
func (w *world) check() error {
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
		if n := w.count(`SELECT count(*) FROM views WHERE complaint = $1 AND surface = 'case' AND shown = $2`, string(id), a.root); n != 1 {
			err = errors.Join(err, errors.New("the case message does not show the last version"))
		}
	}
	for item, version := range w.nudged {
		if w.told[item] != version {
			err = errors.Join(err, fmt.Errorf("nudge of %d for %d", w.told[item], version))
		}
	}
	for _, left := range []string{`SELECT count(*) FROM outbox`, `SELECT count(*) FROM digest_items`} {
		if n := w.count(left); n > 0 {
			err = errors.Join(err, fmt.Errorf("%d rows left", n))
		}
	}
	return err
}

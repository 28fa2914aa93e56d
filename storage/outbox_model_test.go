package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/artra/klachtbot/workflow"
)

// TestEveryRowIsPostedOnce lets three senders with bad luck (killed after
// posting, answers lost, refused, told to wait) empty an outbox that keeps
// filling, in random order, and then counts what arrived at a small model of
// Slack: every event once and in order, below a case message that was there
// before and shows the last version in the end, and no nudge twice.
func TestEveryRowIsPostedOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		runs := 0
		rapid.Check(t, func(rt *rapid.T) {
			runs++
			w := &world{sender: s, run: runs, slack: map[string]string{}, wanted: map[workflow.CaseID]*asked{}}
			for range rapid.IntRange(5, 60).Draw(rt, "steps") {
				if err := w.step(t.Context(), rt); err != nil {
					rt.Fatal(err)
				}
			}
			if err := errors.Join(w.finish(t.Context()), w.check()); err != nil {
				rt.Fatal(err)
			}
		})
	})
}

// world is one run: what was asked for, and what arrived.
type world struct {
	*sender
	run    int
	cases  []*workflow.Complaint
	wanted map[workflow.CaseID]*asked
	slack  map[string]string // key to ts of what stands in Slack
	log    []workflow.Delivery
	twice  error
	crew   [3]worker
}

// asked is what was asked for a case.
type asked struct {
	events int
	root   int // version
	nudge  int // last version; 0 for none
}

// worker is a sender at work; the zero worker has no lane.
type worker struct {
	lease   workflow.Lease
	until   time.Time // the lease surely lives
	d       workflow.Delivery
	holding bool
}

func (w *world) step(ctx context.Context, rt *rapid.T) error {
	switch n := rapid.IntRange(0, 13).Draw(rt, "action"); {
	case n == 0 && len(w.cases) < 4:
		return w.open(ctx)
	case n <= 2 && len(w.cases) > 0:
		return w.more(ctx, rt)
	case n == 3:
		w.pass(time.Duration(rapid.IntRange(1, 15_000).Draw(rt, "ms")) * time.Millisecond)
		return nil
	}
	i := rapid.IntRange(0, len(w.crew)-1).Draw(rt, "worker")
	luck := rapid.SampledFrom([]string{"good", "good", "good", "killed", "lost", "refused", "limited"}).Draw(rt, "luck")
	return w.crew[i].work(ctx, w, luck)
}

func (w *world) open(ctx context.Context) error {
	gesture := fmt.Sprintf("run%d-%d", w.run, len(w.cases))
	r, err := w.Apply(ctx, workflow.Command{Action: sample(), By: staff, Gesture: gesture})
	if err != nil {
		return err
	}
	w.cases = append(w.cases, &r.Complaint)
	w.wanted[r.Complaint.ID] = &asked{events: 1, root: r.Complaint.Version}
	return nil
}

func (w *world) more(ctx context.Context, rt *rapid.T) error {
	c := rapid.SampledFrom(w.cases).Draw(rt, "case")
	effects := rapid.SliceOfNDistinct(rapid.SampledFrom([]workflow.Effect{
		caseMessage(), aLine("note"), aLine("answer"), nudge(officer),
	}), 1, 4, func(e workflow.Effect) string { return string(e.Surface) + e.What }).Draw(rt, "effects")
	c.Version++
	a := w.wanted[c.ID]
	for _, e := range effects {
		switch e.Surface {
		case workflow.SurfaceCase:
			a.root = c.Version
		case workflow.SurfaceNudge:
			a.nudge = c.Version
		default:
			a.events++
		}
	}
	return w.change(ctx, func(tx transaction) error { return w.enqueue(ctx, tx, c, effects) })
}

// work takes the worker one step further: a lane, a delivery, its end.
func (k *worker) work(ctx context.Context, w *world, luck string) (err error) {
	switch {
	case k.lease.Token == "":
		k.lease, _, err = w.Lease(ctx)
		k.until = w.wall.Now().Add(leaseTime)
		return err
	case !w.wall.Now().Before(k.until): // too late to send
		*k = worker{}
		return nil
	case !k.holding:
		if k.d, k.holding, err = w.Next(ctx, k.lease); err == nil && !k.holding {
			err = w.Release(ctx, k.lease)
			*k = worker{}
			return err
		}
		k.until = w.wall.Now().Add(leaseTime)
		return err
	}
	s := w.attempt(k.d, luck)
	if luck == "killed" {
		*k = worker{}
		return nil
	}
	k.holding = false
	k.until = w.wall.Now().Add(leaseTime)
	return w.Settle(ctx, k.lease, k.d, s)
}

// attempt is what the bot does: look for the key when this is not the first
// attempt, else edit or post.
func (w *world) attempt(d workflow.Delivery, luck string) workflow.Settlement {
	later := w.wall.Now().Add(2 * time.Second)
	switch luck {
	case "refused":
		return workflow.Settlement{Retry: later, Fault: "not_in_channel"}
	case "limited":
		return workflow.Settlement{Retry: later, Fault: "ratelimited", Pause: true}
	}
	ts, edit := d.TS, d.Surface.Edits() && d.TS != ""
	if found := w.slack[d.Key]; !edit && d.Attempts > 1 && found != "" {
		ts, edit = found, true
	}
	if !edit {
		ts = w.receive(d)
	}
	if luck == "lost" {
		return workflow.Settlement{Retry: later, Fault: "timeout"}
	}
	return workflow.Settlement{Posted: &workflow.Posted{Channel: "C", TS: ts, Version: d.Version, Edit: edit}}
}

func (w *world) receive(d workflow.Delivery) (ts string) {
	if _, there := w.slack[d.Key]; there {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived twice", show(d)))
	}
	if root := w.slack[w.rootKey(d.Case)]; threaded(d.Surface) && (root == "" || d.Root != root) {
		w.twice = errors.Join(w.twice, fmt.Errorf("%s arrived outside its thread", show(d)))
	}
	w.posts++
	ts = fmt.Sprintf("%d.%06d", w.run, w.posts)
	w.slack[d.Key] = ts
	w.log = append(w.log, d)
	return ts
}

func (w *world) rootKey(id workflow.CaseID) string {
	return w.keys.deliveryKey(outboxRow{Complaint: string(id), Surface: string(workflow.SurfaceCase)})
}

// finish lets one worker with good luck send what is left.
func (w *world) finish(ctx context.Context) error {
	w.pass(leaseTime)
	w.crew = [3]worker{}
	for range 2000 {
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
		var events []workflow.Delivery
		nudged, roots := 0, 0
		for _, d := range w.log {
			switch {
			case d.Case != id:
			case d.Surface == workflow.SurfaceNudge:
				nudged = d.Version
			case d.Surface == workflow.SurfaceCase:
				roots++
			default:
				events = append(events, d)
			}
		}
		if len(events) != a.events || roots != 1 || nudged != a.nudge {
			err = errors.Join(err, fmt.Errorf("%d of %d events, %d case messages, nudge of %d for %d",
				len(events), a.events, roots, nudged, a.nudge))
		}
		if !slices.IsSortedFunc(events, func(x, y workflow.Delivery) int { return x.Version - y.Version }) {
			err = errors.Join(err, errors.New("events out of order"))
		}
		if n := w.count(`SELECT count(*) FROM views WHERE complaint = $1 AND surface = 'case' AND shown = $2`, string(id), a.root); n != 1 {
			err = errors.Join(err, errors.New("the case message does not show the last version"))
		}
	}
	if n := w.count(`SELECT count(*) FROM outbox`); n > 0 {
		err = errors.Join(err, fmt.Errorf("%d rows left", n))
	}
	return err
}

package delivery

import (
	"fmt"
	"net/http"
	"path"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
)

// inLargeBursts lets a lane send as much at once as it can.
func inLargeBursts(d *deliveryTest, _ *slacksim.Config) { d.burst = 100 }

// TestBatch_oneLookUpALane: after a crash every delivery in hand is looked for, and
// the channel is read through once for all of them. What had arrived is not posted
// again, and what is posted anew has its replies without a look into its thread.
func TestBatch_oneLookUpALane(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, inLargeBursts)
	const waiting = 12
	for i := range waiting {
		l.outbox.put(root(workflow.CaseID(fmt.Sprint("c", i))), line(workflow.CaseID(fmt.Sprint("c", i))))
	}
	died := l.outbox.abandonedAll(2 * waiting)
	for _, d := range died[:3] {
		_, err := l.API.Do(l.Ctx, slackapi.Post(slackapi.MessageRef{Channel: cases}, slackapi.Content{Text: "arrived", Key: d.Key}))
		l.Must(err)
	}
	l.assemble()
	l.run()
	for n := range int64(2 * waiting) {
		l.outbox.awaitDone(t, n+1)
	}
	if n := len(l.Sim.Messages(cases)); n != waiting {
		t.Errorf("%d case messages, want %d", n, waiting)
	}
	if n := l.Calls(slackapi.MethodHistory); n != 1 {
		t.Errorf("the channel was read %d times, want once", n)
	}
}

// TestBatch_leaseTooShort: what can't begin in time is given back, and no attempt
// counts.
func TestBatch_leaseTooShort(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.Sim.Faults().Delay(slackapi.MethodPost, outbox.BatchTime+200*time.Millisecond, abreast)
	for i := range abreast + 2 {
		l.outbox.put(root(workflow.CaseID(fmt.Sprint("c", i))))
	}
	l.run()
	for _, n := range []int64{abreast + 1, abreast + 2} {
		if r := l.outbox.awaitDone(t, n); r.Attempts != 1 {
			t.Errorf("delivery %d: attempt %d", n, r.Attempts)
		}
	}
	for n := range int64(abreast) {
		l.outbox.awaitDone(t, n+1)
	}
}

// TestBatch_abreast: while Slack is slow to answer, other cases' posts go out, and
// those of one case one after the other.
func TestBatch_abreast(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, inLargeBursts)
	calls := &inFlight{next: l.HTTP.Transport}
	l.HTTP.Transport = calls
	l.Sim.Faults().Delay(slackapi.MethodPost, 100*time.Millisecond, 100)
	for i := range abreast + 1 {
		l.outbox.put(root(workflow.CaseID(fmt.Sprint("c", i+1))))
	}
	l.outbox.put(line("c1"), line("c1"))
	l.run()
	for n := range int64(abreast + 3) {
		l.outbox.awaitDone(t, n+1)
	}
	if most := calls.most.Load(); most != abreast {
		t.Errorf("%d posts at once, want %d", most, abreast)
	}
	first, second := l.outbox.awaitDone(t, abreast+2), l.outbox.awaitDone(t, abreast+3)
	if replies := l.Sim.Thread(cases, l.outbox.awaitDone(t, 1).TS); len(replies) != 2 || replies[0].TS != first.TS || replies[1].TS != second.TS {
		t.Errorf("%d replies, want two in their order", len(replies))
	}
}

// inFlight counts the posts that wait for an answer at once.
type inFlight struct {
	next      http.RoundTripper
	now, most atomic.Int32
}

func (f *inFlight) RoundTrip(r *http.Request) (*http.Response, error) {
	if path.Base(r.URL.Path) != slackapi.MethodPost {
		return f.next.RoundTrip(r)
	}
	n := f.now.Add(1)
	defer f.now.Add(-1)
	for most := f.most.Load(); n > most && !f.most.CompareAndSwap(most, n); most = f.most.Load() {
	}
	return f.next.RoundTrip(r)
}

// TestBatch_afterOneThatFailed: of a case whose earlier event did not arrive
// nothing later does, and another case goes on.
func TestBatch_afterOneThatFailed(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"), root("c2"))
	top := l.outbox.awaitDone(t, 1)
	l.outbox.awaitDone(t, 2)
	l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 1)
	l.outbox.put(line("c1"), line("c1"), line("c2"))
	for n := range int64(3) {
		l.outbox.awaitDone(t, n+3)
	}
	first, second := l.outbox.awaitDone(t, 3), l.outbox.awaitDone(t, 4)
	replies := l.Sim.Thread(cases, top.TS)
	if len(replies) != 2 || replies[0].TS != first.TS || replies[1].TS != second.TS {
		t.Errorf("%d replies, want two in their order", len(replies))
	}
	if len(second.history) != 1 {
		t.Errorf("%d attempts at the second event", len(second.history))
	}
}

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

const (
	kills   = 30
	callers = 4 // people who log complaints all the while
)

// TestIntake_killedAtAnyMoment kills the real program thirty times while people
// log complaints and Slack's answers get lost. A complaint that was
// acknowledged must be there, and none may be posted twice, however often
// somebody pressed.
func TestIntake_killedAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program for a minute")
	}
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			phones := newTelephones(t, o)
			for range kills {
				o.disturb()
				phones.awaitOne() // the program did some work since the last kill
				o.killWithin(200 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			phones.hangUp()
			o.checkAllPostedOnce(phones.acknowledged())
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
		})
	}
}

// disturb has the next post lose its answer, or its way there, or fail.
func (o *programTest) disturb() {
	f := o.sim.Faults()
	f.Clear()
	switch rand.N(4) {
	case 0, 1:
		f.LoseAnswer("chat.postMessage", 1)
	case 2:
		f.CutBefore("chat.postMessage", 1)
	case 3:
		f.Status("chat.postMessage", http.StatusBadGateway, 1)
	}
}

// telephones are people who log complaints until they hang up, each with a
// name of its own that shows in the case message.
type telephones struct {
	t      *testing.T
	o      *programTest
	done   context.CancelFunc
	people sync.WaitGroup
	one    chan struct{} // somebody got an acknowledgement

	mu    sync.Mutex
	acked []string
}

func newTelephones(t *testing.T, o *programTest) *telephones {
	ctx, done := context.WithCancel(t.Context())
	d := &telephones{t: t, o: o, done: done, one: make(chan struct{}, 1)}
	for i, p := range o.crowd(callers) {
		d.people.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				d.log(ctx, p, fmt.Sprintf("Cursus %d-%d", i, n))
			}
		})
	}
	t.Cleanup(d.hangUp)
	return d
}

// log logs one complaint the way a stubborn person does: pressing again until
// the form says that it is done.
func (d *telephones) log(ctx context.Context, p person, name string) {
	view, ok := d.open(ctx, p)
	for ok && ctx.Err() == nil {
		if d.o.sim.AwaitConnections(ctx, 1) != nil {
			return
		}
		got, err := p.Submit(ctx, view.ID, form(func(v slacksim.Values) { v["offering_name"] = name }))
		if err == nil && got.Updated {
			d.note(name)
			if view, ok := p.Modal(); ok {
				_ = p.CloseView(ctx, view.ID)
			}
			return
		}
	}
}

func (d *telephones) open(ctx context.Context, p person) (slacksim.View, bool) {
	for ctx.Err() == nil {
		if view, ok := p.Modal(); ok {
			return view, true
		}
		if d.o.sim.AwaitConnections(ctx, 1) != nil {
			break
		}
		_, _ = p.Slash(ctx, "C0ALGEMEEN", "/klacht", "") // a lost command is typed again
	}
	return slacksim.View{}, false
}

func (d *telephones) note(name string) {
	d.mu.Lock()
	d.acked = append(d.acked, name)
	d.mu.Unlock()
	select {
	case d.one <- struct{}{}:
	default:
	}
}

func (d *telephones) awaitOne() {
	d.t.Helper()
	select {
	case <-d.one:
	case <-time.After(30 * time.Second):
		d.t.Fatalf("nothing was acknowledged for 30 s\n%s", d.o.output)
	}
}

func (d *telephones) hangUp() {
	d.done()
	d.people.Wait()
}

func (d *telephones) acknowledged() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.acked)
}

var courseName = regexp.MustCompile(`Cursus \d+-\d+`)

// checkAllPostedOnce waits until every acknowledged complaint stands in the
// channel, and then looks for doubles, for gaps in the numbers, and for
// stories that are missing or told twice.
func (o *programTest) checkAllPostedOnce(acked []string) {
	o.t.Helper()
	o.t.Logf("%d complaints acknowledged through %d kills", len(acked), kills)
	o.awaitQuiet(acked)
	names, numbers := map[string]int{}, map[string]int{}
	for _, m := range o.sim.Messages(demoCases) {
		if !isRoot(m) {
			o.t.Errorf("a reply landed loose in the channel")
		}
		names[courseName.FindString(string(m.Blocks))]++
		numbers[caseNumber.FindString(m.Text)]++
		if replies := len(o.sim.Thread(demoCases, m.TS)); replies != 1 {
			o.t.Errorf("%s: %d replies, want its story", caseNumber.FindString(m.Text), replies)
		}
	}
	for _, name := range acked {
		if names[name] != 1 {
			o.t.Errorf("%s was acknowledged and stands in the channel %d times", name, names[name])
		}
	}
	for n := range len(numbers) {
		number := fmt.Sprintf("K-%d-%04d", testclock.Now().Year(), n+1)
		if numbers[number] != 1 {
			o.t.Errorf("%s stands in the channel %d times", number, numbers[number])
		}
	}
}

// awaitQuiet waits until every acknowledged complaint has its case message
// and its story: after a kill on PostgreSQL that takes until the dead
// sender's lease has ended.
func (o *programTest) awaitQuiet(acked []string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 90*time.Second)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, demoCases, allReplied(acked))
	if err != nil {
		o.t.Errorf("not everything was posted: %v\n%s", err, tail(o.output.String()))
	}
}

// allReplied returns a condition that holds once all of these courses have a
// case message with a reply, no case message is without one, and no number is
// missing: a case that was registered, but whose caller hung up before the
// acknowledgement came, may be the last one posted.
func allReplied(acked []string) func(slacksim.Message) bool {
	roots, replied, numbers, last := map[string]string{}, map[string]bool{}, map[int]bool{}, 0
	return func(m slacksim.Message) bool {
		if isRoot(m) {
			roots[courseName.FindString(string(m.Blocks))] = m.TS
			n := ordinal(m)
			numbers[n], last = true, max(last, n)
		} else {
			replied[m.ThreadTS] = true
		}
		for _, name := range acked {
			if ts, ok := roots[name]; !ok || !replied[ts] {
				return false
			}
		}
		return len(replied) == len(roots) && len(numbers) == last
	}
}

// ordinal returns the last part of the case number in a message, 0 for none.
func ordinal(m slacksim.Message) int {
	number := caseNumber.FindString(m.Text)
	n, _ := strconv.Atoi(number[strings.LastIndex(number, "-")+1:])
	return n
}

func tail(s string) string { return s[max(0, len(s)-4000):] }

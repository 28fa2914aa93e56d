package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestBot_backlogDrainsAtSlacksPace: what waits leaves as fast as the pace allows,
// three at once and then one each step; within a case the case message comes
// first.
func TestBot_backlogDrainsAtSlacksPace(t *testing.T) {
	t.Parallel()
	const logged, pace = 10, 250 * time.Millisecond
	l := newBotTest(t, withPace(t, pace))
	for i := range logged {
		_, err := l.db.Apply(l.Ctx, workflow.Command{Action: bottest.Complaint(), By: anna, Gesture: fmt.Sprint("g", i)})
		l.Must(err)
	}
	l.run()
	l.AwaitIdle(l.db)
	var posts []time.Time
	for _, c := range l.Sim.Calls() {
		if c.Method == slackapi.MethodPost && c.Channel == cases {
			posts = append(posts, c.At)
		}
	}
	took, least := posts[len(posts)-1].Sub(posts[0]), time.Duration(len(posts)-3)*pace
	t.Logf("%d messages in %v, the pace asks %v: ratio %.2f", len(posts), took, least, float64(took)/float64(least))
	if took < least-pace || took > least*5/4+pace {
		t.Errorf("%d messages in %v, want about %v", len(posts), took, least)
	}
	for _, m := range l.Sim.Messages(cases) {
		if len(l.Sim.Thread(cases, m.TS)) == 0 {
			t.Errorf("a case without its story: %q", m.Text)
		}
	}
}

// TestBot_submissionsOnARegister: sixteen people log at once; each is answered
// after the commit, and each case is posted once, though answers are lost.
func TestBot_submissionsOnARegister(t *testing.T) {
	t.Parallel()
	const people = 16
	l := newBotTest(t, func(_ *botTest, world *slacksim.Config) {
		for i := range people {
			id := fmt.Sprintf("U0P%02d", i)
			world.People = append(world.People, slacksim.Person{ID: id, Name: id})
			world.Channels[1].Members = append(world.Channels[1].Members, id)
		}
	})
	l.handler.command = func(ctx context.Context, c incoming.Command) handlers.Ack {
		r, err := l.db.Apply(ctx, workflow.Command{Action: bottest.Complaint(), By: roster.PersonID(c.UserID), Gesture: c.TriggerID})
		if err != nil {
			t.Error(err)
		}
		return handlers.Ack{Payload: map[string]string{"text": r.Complaint.Number}}
	}
	l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 3)
	l.run()
	var mu sync.Mutex
	var numbers []string
	var wg sync.WaitGroup
	for i := range people {
		wg.Go(func() {
			answer, err := l.Sim.As(fmt.Sprintf("U0P%02d", i)).Slash(l.Ctx, lobby, "/klacht", "")
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			numbers = append(numbers, answer.Text)
		})
	}
	wg.Wait()
	slices.Sort(numbers)
	if distinct := slices.Compact(slices.Clone(numbers)); len(distinct) != people || distinct[0] == "" {
		t.Errorf("%d different numbers for %d people", len(distinct), people)
	}
	l.AwaitIdle(l.db)
	if n := len(l.Sim.Messages(cases)); n != people {
		t.Errorf("%d case messages for %d cases", n, people)
	}
	for _, m := range l.Sim.Messages(cases) {
		if n := len(l.Sim.Thread(cases, m.TS)); n != 1 {
			t.Errorf("%d replies under %q, want the story", n, m.Text)
		}
	}
}

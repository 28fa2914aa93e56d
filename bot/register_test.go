package bot

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// onRegister gives the lab's bot a real register on SQLite.
func onRegister(t *testing.T, pace time.Duration) (**storage.DB, func(*lab, *slacksim.Config)) {
	t.Helper()
	return onRegisterWith(t, storage.Options{Pace: pace, Now: testclock.Now})
}

// onRegisterAt has the procedure's clock set, and a directors' channel.
func onRegisterAt(t *testing.T, now func() time.Time) (**storage.DB, func(*lab, *slacksim.Config)) {
	t.Helper()
	return onRegisterWith(t, storage.Options{Pace: time.Millisecond, Now: now, DirectorsChannel: true})
}

func onRegisterWith(t *testing.T, o storage.Options) (**storage.DB, func(*lab, *slacksim.Config)) {
	t.Helper()
	db := new(*storage.DB)
	return db, func(l *lab, _ *slacksim.Config) {
		dir := t.TempDir()
		ring, err := vault.CreateKeyFile(filepath.Join(dir, "keys"))
		l.must(err)
		o.URL, o.Keys, o.Policy = "sqlite:"+filepath.Join(dir, "register.db"), ring, l.config.Policy
		*db, err = storage.Open(context.Background(), o)
		l.must(err)
		t.Cleanup(func() { l.must((*db).Close()) })
		l.config.Outbox, l.config.Leftovers, l.config.Remnants, l.config.Register, l.config.Files, l.config.Attendance = *db, *db, *db, *db, *db, *db
	}
}

// complaint is what somebody logs today.
func complaint() workflow.File {
	today := policy().Calendar.Today(testclock.Now())
	return workflow.File{
		Facts: workflow.Facts{
			Received: today, ReceivedVia: workflow.WayPhone, ComplainantKind: "participant",
			OfferingKind: "training", OfferingName: "Timmeren", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{Name: "Jo", Email: "jo@example.org", Story: confided},
	}
}

// TestBacklogDrainsAtSlacksPace: what waits leaves as fast as the pace allows,
// three at once and then one each step; within a case the case message comes
// first.
func TestBacklogDrainsAtSlacksPace(t *testing.T) {
	t.Parallel()
	const logged, pace = 10, 250 * time.Millisecond
	db, withDB := onRegister(t, pace)
	l := newLab(t, withDB)
	for i := range logged {
		_, err := (*db).Apply(l.ctx, workflow.Command{Action: complaint(), By: anna, Gesture: fmt.Sprint("g", i)})
		l.must(err)
	}
	l.run()
	awaitIdle(l, *db)
	var posts []time.Time
	for _, c := range l.sim.Calls() {
		if c.Method == methodPost && c.Channel == cases {
			posts = append(posts, c.At)
		}
	}
	took, least := posts[len(posts)-1].Sub(posts[0]), time.Duration(len(posts)-3)*pace
	t.Logf("%d messages in %v, the pace asks %v: ratio %.2f", len(posts), took, least, float64(took)/float64(least))
	if took < least-pace || took > least*5/4+pace {
		t.Errorf("%d messages in %v, want about %v", len(posts), took, least)
	}
	for _, m := range l.sim.Messages(cases) {
		if len(l.sim.Thread(cases, m.TS)) == 0 {
			t.Errorf("a case without its story: %q", m.Text)
		}
	}
}

// TestSubmissionsOnARegister: sixteen people log at once; each is answered
// after the commit, and each case is posted once, though answers are lost.
func TestSubmissionsOnARegister(t *testing.T) {
	t.Parallel()
	const people = 16
	db, withDB := onRegister(t, time.Millisecond)
	l := newLab(t, withDB, func(_ *lab, world *slacksim.Config) {
		for i := range people {
			id := fmt.Sprintf("U0P%02d", i)
			world.People = append(world.People, slacksim.Person{ID: id, Name: id})
			world.Channels[1].Members = append(world.Channels[1].Members, id)
		}
	})
	l.front.command = func(ctx context.Context, c slack.SlashCommand) handlers.Ack {
		r, err := (*db).Apply(ctx, workflow.Command{Action: complaint(), By: roster.PersonID(c.UserID), Gesture: c.TriggerID})
		if err != nil {
			t.Error(err)
		}
		return handlers.Ack{Payload: map[string]string{"text": r.Complaint.Number}}
	}
	l.sim.Faults().LoseAnswer(methodPost, 3)
	l.run()
	var mu sync.Mutex
	var numbers []string
	var wg sync.WaitGroup
	for i := range people {
		wg.Go(func() {
			answer, err := l.sim.As(fmt.Sprintf("U0P%02d", i)).Slash(l.ctx, lobby, "/klacht", "")
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
	awaitIdle(l, *db)
	if n := len(l.sim.Messages(cases)); n != people {
		t.Errorf("%d case messages for %d cases", n, people)
	}
	for _, m := range l.sim.Messages(cases) {
		if n := len(l.sim.Thread(cases, m.TS)); n != 1 {
			t.Errorf("%d replies under %q, want the story", n, m.Text)
		}
	}
}

// awaitIdle waits until nothing waits in the outbox.
func awaitIdle(l *lab, db *storage.DB) {
	l.Helper()
	for {
		b, err := db.Backlog(l.ctx)
		l.must(err)
		if b.Oldest.IsZero() {
			return
		}
		if !pause(l.ctx, 10*time.Millisecond) {
			l.Fatalf("%d deliveries still due, %d failing", b.Due, b.Failing)
		}
	}
}

package bot

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestMonitor_checksAtOnceOnChannelEvents: who joins the case channel is noticed
// before the day is over.
func TestMonitor_checksAtOnceOnChannelEvents(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.run()
	l.Must(l.Sim.Join(anna, cases))
	_, err := l.Sim.AwaitMessage(l.Ctx, l.Sim.As(olga).DM(), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, anna)
	})
	l.Must(err)
}

// TestMonitor_whoLeavesIsKnownAtOnce, by the event, and so is who is back.
func TestMonitor_whoLeavesIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.run()
	for _, who := range []roster.PersonID{dirk, eva} { // the events are about somebody known
		_, err := l.handler.people.Person(l.Ctx, who)
		l.Must(err)
	}
	l.Must(l.Sim.Deactivate(dirk))
	l.awaitGone(l.db, dirk)
	l.Must(l.Sim.MakeGuest(eva))
	l.awaitGone(l.db, dirk, eva)
	l.Must(l.Sim.Reactivate(dirk))
	l.awaitGone(l.db, eva)
}

// checks counts how often one was asked for.
type checks int

func (c *checks) CheckNow() { *c++ }

// TestMonitor_checksOnlyWhenStandingOnTheRosterChanges: people change their
// status all day.
func TestMonitor_checksOnlyWhenStandingOnTheRosterChanges(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	directory := people.NewDirectory(l.API, l.Log.Logger())
	for _, who := range []roster.PersonID{anna, olga, eva} {
		_, err := directory.Person(l.Ctx, who)
		l.Must(err)
	}
	var ran checks
	d := &dispatcher{handler: l.handler, people: directory, roster: bottest.Policy().Roster, monitor: &ran}
	for _, test := range []struct {
		user slackevents.User
		want checks
	}{
		{slackevents.User{ID: olga, RealName: "Olga Vos", Name: "met vakantie"}, 0},
		{slackevents.User{ID: anna, Deleted: true}, 0},
		{slackevents.User{ID: olga, Deleted: true}, 1},
		{slackevents.User{ID: olga, Deleted: true}, 1},
		{slackevents.User{ID: eva, IsRestricted: true}, 2},
	} {
		d.event(l.Ctx, &slackevents.UserChangeEvent{User: test.user})
		if ran != test.want {
			t.Errorf("after the event of %s: %d checks, want %d", test.user.ID, ran, test.want)
		}
	}
}

// awaitGone waits until the register knows exactly these people as gone.
func (l *botTest) awaitGone(db *storage.DB, want ...roster.PersonID) {
	l.Helper()
	for {
		p, err := db.Presence(l.Ctx)
		l.Must(err)
		var gone []roster.PersonID
		for who := range p.Gone {
			gone = append(gone, who)
		}
		if slices.Sort(gone); slices.Equal(gone, want) {
			return
		}
		if l.Ctx.Err() != nil {
			l.Fatalf("gone: %q, want %q", gone, want)
		}
		runtime.Gosched()
	}
}

package bot

import (
	"net/http"
	"runtime"
	"slices"
	"testing"

	"github.com/slack-go/slack/slackevents"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// awaitGone waits until the register knows exactly these people as gone.
func (l *lab) awaitGone(db *storage.DB, want ...roster.PersonID) {
	l.Helper()
	for {
		p, err := db.Presence(l.ctx)
		l.must(err)
		var gone []roster.PersonID
		for who := range p.Gone {
			gone = append(gone, who)
		}
		if slices.Sort(gone); slices.Equal(gone, want) {
			return
		}
		if l.ctx.Err() != nil {
			l.Fatalf("gone: %q, want %q", gone, want)
		}
		runtime.Gosched()
	}
}

// TestWhoLeavesIsKnownAtOnce, by the event, and so is who is back.
func TestWhoLeavesIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	db, withDB := onRegister(t, 0)
	l := newLab(t, withDB)
	l.run()
	l.must(l.bot.people.load(l.ctx)) // the event is about somebody known
	l.must(l.sim.Deactivate(dirk))
	l.awaitGone(*db, dirk)
	l.must(l.sim.MakeGuest(eva))
	l.awaitGone(*db, dirk, eva)
	l.must(l.sim.Reactivate(dirk))
	l.awaitGone(*db, eva)
}

// TestOnlyAnotherStandingOfTheRosterIsLookedInto: people change their status
// all day.
func TestOnlyAnotherStandingOfTheRosterIsLookedInto(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.must(l.bot.people.load(l.ctx))
	looks := 0
	l.bot.reception.watch = func() { looks++ }
	for _, test := range []struct {
		user slackevents.User
		want int
	}{
		{slackevents.User{ID: olga, RealName: "Olga Vos", Name: "met vakantie"}, 0},
		{slackevents.User{ID: anna, Deleted: true}, 0},
		{slackevents.User{ID: olga, Deleted: true}, 1},
		{slackevents.User{ID: olga, Deleted: true}, 1},
		{slackevents.User{ID: eva, IsRestricted: true}, 2},
	} {
		l.bot.reception.event(l.ctx, &slackevents.UserChangeEvent{User: test.user})
		if looks != test.want {
			t.Errorf("after the event of %s: %d looks, want %d", test.user.ID, looks, test.want)
		}
	}
}

// TestTheDailyCheckTakesTheRoll: who left while the bot was deaf is gone, and
// so is an id that Slack does not know; of whom Slack does not tell nothing
// changes.
func TestTheDailyCheckTakesTheRoll(t *testing.T) {
	t.Parallel()
	db, withDB := onRegister(t, 0)
	l := newLab(t, withDB)
	l.must(l.sim.Deactivate(dirk))
	l.bot.watch.inspector.roster.Officers = []roster.PersonID{olga, dirk, "U0NOBODY"}
	_ = l.bot.watch.check(l.ctx) // tells the officers
	l.awaitGone(*db, dirk, "U0NOBODY")
	l.must(l.sim.Reactivate(dirk))
	l.sim.Faults().Status("users.info", http.StatusBadGateway, 4) // one for each on the roster
	if err := l.bot.watch.check(l.ctx); err == nil {
		t.Error("Slack was away, and the check is content")
	}
	l.awaitGone(*db, dirk, "U0NOBODY")
	_ = l.bot.watch.check(l.ctx)
	l.awaitGone(*db, "U0NOBODY")
}

// TestTheRollIsTakenOfWhoSeesToARecommendation: it may be anybody in the firm,
// and when they left somebody else hears of it.
func TestTheRollIsTakenOfWhoSeesToARecommendation(t *testing.T) {
	t.Parallel()
	db, withDB := onRegister(t, 0)
	l := newLab(t, withDB)
	today := l.bot.watch.calendar.Today(l.bot.watch.now())
	l.must((*db).Deal(l.ctx, review.Dealing{
		Review: review.Review{
			Quarter: calendar.QuarterOf(today).Previous(), Audience: review.AudienceShared, On: today, By: eva,
		},
		Recommendation: &review.Recommendation{Text: "Vaker bellen", Owner: anna, Due: today.AddDays(30)},
	}))
	_ = l.bot.watch.check(l.ctx)
	l.awaitGone(*db)
	l.must(l.sim.Deactivate(anna))
	_ = l.bot.watch.check(l.ctx)
	l.awaitGone(*db, anna)
}

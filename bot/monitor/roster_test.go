package monitor

import (
	"net/http"
	"runtime"
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// awaitGone waits until the register knows exactly these people as gone.
func (l *monitorTest) awaitGone(db *storage.DB, want ...roster.PersonID) {
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

// TestRoster_theDailyCheck: who left while the bot was deaf is gone, and
// so is an id that Slack does not know; of whom Slack does not tell nothing
// changes.
func TestRoster_theDailyCheck(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	db := l.register()
	l.Must(l.Sim.Deactivate(dirk))
	l.monitor.inspector.roster.Officers = []roster.PersonID{olga, dirk, "U0NOBODY"}
	_ = l.monitor.Check(l.Ctx) // tells the officers
	l.awaitGone(db, dirk, "U0NOBODY")
	l.Must(l.Sim.Reactivate(dirk))
	l.Sim.Faults().Status("users.info", http.StatusBadGateway, 4) // one for each on the roster
	if err := l.monitor.Check(l.Ctx); err == nil {
		t.Error("Slack was away, and the check is content")
	}
	l.awaitGone(db, dirk, "U0NOBODY")
	_ = l.monitor.Check(l.Ctx)
	l.awaitGone(db, "U0NOBODY")
}

// TestRoster_whoSeesToARecommendation: it may be anybody in the firm,
// and when they left somebody else hears of it.
func TestRoster_whoSeesToARecommendation(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	db := l.register()
	today := l.monitor.calendar.Today(l.monitor.now())
	l.Must(db.Reviews().Deal(l.Ctx, review.Dealing{
		Review: review.Review{
			Quarter: calendar.QuarterOf(today).Previous(), Audience: review.AudienceShared, On: today, By: eva,
		},
		Recommendation: &review.Recommendation{Text: "Vaker bellen", Owner: anna, Due: today.AddDays(30)},
	}))
	_ = l.monitor.Check(l.Ctx)
	l.awaitGone(db)
	l.Must(l.Sim.Deactivate(anna))
	_ = l.monitor.Check(l.Ctx)
	l.awaitGone(db, anna)
}

package reviews_test

import (
	"context"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// recommend records one recommendation and returns it as it was stored.
func recommend(reg *storagetest.Register, d review.Dealing) review.Recommendation {
	reg.Helper()
	deal(reg, d)
	all := recommendations(reg, d.Review.By)
	if len(all) == 0 {
		reg.Fatal("no recommendation")
	}
	return all[len(all)-1]
}

func followUp(reg *storagetest.Register, f review.FollowUp) review.Recommendation {
	reg.Helper()
	r, err := reg.Reviews().FollowUp(reg.Context(), f)
	if err != nil {
		reg.Fatalf("follow up: %v", err)
	}
	return r
}

// TestRecommendation_life: recorded, put off, done; each shows at once, and only
// what is done leaves a line.
func TestRecommendation_life(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		d := advised("view:1")
		d.Review.Audience = review.AudienceShared
		made := recommend(box.Register, d)
		want := *d.Recommendation
		want.ID, want.Quarter, want.Audience, want.By, want.On = made.ID, q1, review.AudienceShared, storagetest.Director, aprilFirst
		storagetest.Equal(t, "as recorded", same(made), same(want))
		later := aprilFirst.AddDays(60)
		got := followUp(box.Register, review.FollowUp{ID: made.ID, By: storagetest.Officer, On: aprilFirst.AddDays(2), Due: later, Gesture: "click:1"})
		want.Due = later
		storagetest.Equal(t, "put off", same(got), same(want))
		got = followUp(box.Register, review.FollowUp{ID: made.ID, By: storagetest.Director, On: later, Done: true, Gesture: "click:2"})
		want.Done, want.DoneBy = later, storagetest.Director
		storagetest.Equal(t, "done", same(got), same(want))
		one, err := box.Reviews().Recommendation(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "by its id", same(one), same(want))
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 2)
		box.MustVerify()
	})
}

// same shows everything of a recommendation, its text too.
func same(r review.Recommendation) any {
	text := r.Text.Reveal()
	r.Text = ""
	return []any{r, text}
}

// TestFollowUp_refused: for whom it is not readable it does not exist, and
// nothing is changed, the gesture neither.
func TestFollowUp_refused(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		d := advised("view:1")
		d.Review.Audience = review.Audience(storagetest.Director)
		made := recommend(box.Register, d)
		done := review.FollowUp{ID: made.ID, By: gerda, On: aprilFirst, Done: true, Gesture: "click:1"}
		_, err := box.Reviews().FollowUp(t.Context(), done)
		storagetest.MustRefuse(t, err, workflow.CodeNoRecommendation)
		_, err = box.Reviews().FollowUp(t.Context(), review.FollowUp{ID: "NONE", By: storagetest.Director, On: aprilFirst, Done: true})
		storagetest.MustRefuse(t, err, workflow.CodeNoRecommendation)
		_, err = box.Reviews().Recommendation(t.Context(), "NONE")
		storagetest.MustRefuse(t, err, workflow.CodeNoRecommendation)
		done.By = storagetest.Director
		followUp(box.Register, done)
		done.Gesture = "click:2"
		_, err = box.Reviews().FollowUp(t.Context(), done)
		storagetest.MustRefuse(t, err, workflow.CodeRecommendationDone)
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 2)
	})
}

// TestRecommendations_readable: what came from one director's figures is not
// there for another; the oldest comes first.
func TestRecommendations_readable(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		first := recommend(box.Register, advised("view:1"))
		box.Clock.Set(storagetest.Monday.Add(time.Minute))
		own := advised("view:2")
		own.Review.Audience, own.Recommendation.Owner = review.Audience(storagetest.Director), storagetest.Staff
		second := recommend(box.Register, own)
		for viewer, want := range map[roster.PersonID][]string{
			storagetest.Director: {first.ID, second.ID}, gerda: {first.ID}, storagetest.Officer: {first.ID}, storagetest.Staff: {second.ID}, "U0NOBODY": nil,
		} {
			var got []string
			for _, r := range recommendations(box.Register, viewer) {
				got = append(got, r.ID)
			}
			storagetest.Equal(t, "for "+string(viewer), got, want)
		}
	})
}

// TestRecommendation_ownerHearsAtOnce of what they are to see to, once per gesture, and again
// on its day; who recorded it for themselves hears on its day only.
func TestRecommendation_ownerHearsAtOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.Clock.Set(time.Date(2026, time.April, 1, 14, 0, 0, 0, box.Core().Policy.Calendar.Location))
		r := recommend(box.Register, advised("view:1"))
		asked := []string{"asked U0FATIMA " + r.ID}
		storagetest.Equal(t, "recorded", box.Arrivals(), asked)
		deal(box.Register, advised("view:1"))
		storagetest.Equal(t, "a gesture that came twice", box.Arrivals(), []string(nil))
		own := advised("view:2")
		own.Recommendation.Owner = storagetest.Director
		deal(box.Register, own)
		storagetest.Equal(t, "for oneself", box.Arrivals(), []string(nil))
		onDate(box, r.Due.AddDays(-1))
		storagetest.Equal(t, "the day before", reviewMessages(box), []string(nil))
		onDate(box, r.Due)
		storagetest.Equal(t, "its day", len(reviewMessages(box)), 2)
	})
}

// TestRecommendation_reminded: on its day, then every week, until it is done;
// one message when Slack took none.
func TestRecommendation_reminded(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		r := recommend(box.Register, advised("view:1")) // due on Friday 1 May
		reminder := []string{"recommendation U0FATIMA " + r.ID + " dm:U0FATIMA"}
		may := func(day int) calendar.Date { return calendar.NewDate(2026, time.May, day) }
		for _, step := range []struct {
			name string
			day  calendar.Date
			want []string
		}{
			{"the day before", may(1).AddDays(-1), nil},
			{"its day", may(1), reminder},
			{"a Monday", may(4), nil},
			{"a week later", may(8), reminder},
			{"the next is a holiday", may(15), nil},
			{"so it is Monday", may(18), reminder},
		} {
			onDate(box, step.day)
			storagetest.Equal(t, step.name, reviewMessages(box), step.want)
		}
		onDate(box, may(26)) // and Slack is away
		onDate(box, may(26).AddDays(7))
		storagetest.Equal(t, "one in the end", reviewMessages(box), reminder)
		followUp(box.Register, review.FollowUp{ID: r.ID, By: storagetest.Officer, On: may(26).AddDays(8), Due: may(26).AddDays(30), Gesture: "click:1"})
		onDate(box, may(26).AddDays(14))
		storagetest.Equal(t, "put off", reviewMessages(box), []string(nil))
		onDate(box, may(26).AddDays(30))
		storagetest.Equal(t, "its new day", reviewMessages(box), reminder)
		storagetest.Equal(t, "owners", owners(box.Register), []roster.PersonID{storagetest.Officer})
		followUp(box.Register, review.FollowUp{ID: r.ID, By: storagetest.Officer, On: may(26).AddDays(31), Done: true, Gesture: "click:2"})
		onDate(box, may(26).AddDays(41))
		storagetest.Equal(t, "done", reviewMessages(box), []string(nil))
		storagetest.Equal(t, "owners", owners(box.Register), []roster.PersonID(nil))
	})
}

func owners(reg *storagetest.Register) []roster.PersonID {
	reg.Helper()
	all, err := reg.Reviews().Owners(reg.Context())
	if err != nil {
		reg.Fatal(err)
	}
	return all
}

// TestRecommendation_ofWhoLeft goes to who recorded it, then to the directors.
func TestRecommendation_ofWhoLeft(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		r := recommend(box.Register, advised("view:1"))
		gone := func(who roster.PersonID) {
			if _, err := box.SetDeactivated(t.Context(), who, true); err != nil {
				t.Fatal(err)
			}
		}
		due := aprilFirst.AddDays(30)
		gone(storagetest.Officer)
		onDate(box, due)
		storagetest.Equal(t, "the owner left", reviewMessages(box), []string{"recommendation U0DIRK " + r.ID + " dm:U0DIRK"})
		gone(storagetest.Director)
		onDate(box, due.AddDays(7))
		storagetest.Equal(t, "who recorded it too", reviewMessages(box), []string{"recommendation U0GERDA " + r.ID + " dm:U0GERDA"})
	})
}

func TestRecommendation_replicasRemindOnce(t *testing.T) {
	box := storagetest.NewOutbox(t, storagetest.Address(t, "postgres"))
	other := box.Replica()
	for _, gesture := range []string{"view:1", "view:2", "view:3"} {
		deal(box.Register, advised(gesture))
	}
	box.InMarch(31+30+1, 10, 0)
	storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
		_, err := []*storage.DB{box.DB, other.DB}[i%2].Sweep(ctx, 5)
		return err
	}))
	storagetest.Equal(t, "reminders", len(reviewMessages(box)), 3)
}

// TestReviews_outliveThePurge: figures of a quarter that was dealt with stay as they
// were, and so does what was recommended.
func TestReviews_outliveThePurge(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := fileClosed(box)
		d := advised("view:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("Timmeren voor beginners: 1")}
		before := recommend(box.Register, d)
		box.Announced()
		box.Clock.Set(storagetest.AfterRetention)
		box.SweepAll()
		_, _, err := box.FindNumber(c.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeErased)
		storagetest.Equal(t, "figures", snapshot(box.Register, review.AudienceShared), "Timmeren voor beginners: 1")
		storagetest.Equal(t, "review", reviewed(box.Register, review.AudienceShared).Recommended, true)
		storagetest.Equal(t, "recommendation", same(recommendations(box.Register, storagetest.Director)[0]), same(before))
		box.MustVerify()
	})
}

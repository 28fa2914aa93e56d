package storage

import (
	"context"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// advise records one recommendation and returns it as it was stored.
func (h *house) advise(d review.Dealing) review.Recommendation {
	h.Helper()
	h.deal(d)
	all := h.recommendations(d.Review.By)
	if len(all) == 0 {
		h.Fatal("no recommendation")
	}
	return all[len(all)-1]
}

func (h *house) followUp(f review.FollowUp) review.Recommendation {
	h.Helper()
	r, err := h.Reviews().FollowUp(h.Context(), f)
	if err != nil {
		h.Fatalf("follow up: %v", err)
	}
	return r
}

// TestRecommendationLife: recorded, put off, done; each shows at once, and only
// what is done leaves a line.
func TestRecommendationLife(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		d := advised("view:1")
		d.Review.Audience = review.AudienceShared
		made := s.advise(d)
		want := *d.Recommendation
		want.ID, want.Quarter, want.Audience, want.By, want.On = made.ID, q1, review.AudienceShared, director, aprilFirst
		equal(t, "as recorded", same(made), same(want))
		later := aprilFirst.AddDays(60)
		got := s.followUp(review.FollowUp{ID: made.ID, By: officer, On: aprilFirst.AddDays(2), Due: later, Gesture: "click:1"})
		want.Due = later
		equal(t, "put off", same(got), same(want))
		got = s.followUp(review.FollowUp{ID: made.ID, By: director, On: later, Done: true, Gesture: "click:2"})
		want.Done, want.DoneBy = later, director
		equal(t, "done", same(got), same(want))
		one, err := s.Reviews().Recommendation(t.Context(), made.ID)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "by its id", same(one), same(want))
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 2)
		s.clean()
	})
}

// same shows everything of a recommendation, its text too.
func same(r review.Recommendation) any {
	text := r.Text.Reveal()
	r.Text = ""
	return []any{r, text}
}

// TestFollowUpRefused: for whom it is not readable it does not exist, and
// nothing is changed, the gesture neither.
func TestFollowUpRefused(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		d := advised("view:1")
		d.Review.Audience = review.Audience(director)
		made := s.advise(d)
		done := review.FollowUp{ID: made.ID, By: gerda, On: aprilFirst, Done: true, Gesture: "click:1"}
		_, err := s.Reviews().FollowUp(t.Context(), done)
		mustRefuse(t, err, workflow.CodeNoRecommendation)
		_, err = s.Reviews().FollowUp(t.Context(), review.FollowUp{ID: "NONE", By: director, On: aprilFirst, Done: true})
		mustRefuse(t, err, workflow.CodeNoRecommendation)
		_, err = s.Reviews().Recommendation(t.Context(), "NONE")
		mustRefuse(t, err, workflow.CodeNoRecommendation)
		done.By = director
		s.followUp(done)
		done.Gesture = "click:2"
		_, err = s.Reviews().FollowUp(t.Context(), done)
		mustRefuse(t, err, workflow.CodeRecommendationDone)
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 2)
	})
}

// TestRecommendationsReadable: what came from one director's figures is not
// there for another; the oldest comes first.
func TestRecommendationsReadable(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		first := s.advise(advised("view:1"))
		s.clock.set(monday.Add(time.Minute))
		own := advised("view:2")
		own.Review.Audience, own.Recommendation.Owner = review.Audience(director), staff
		second := s.advise(own)
		for viewer, want := range map[roster.PersonID][]string{
			director: {first.ID, second.ID}, gerda: {first.ID}, officer: {first.ID}, staff: {second.ID}, "U0NOBODY": nil,
		} {
			var got []string
			for _, r := range s.recommendations(viewer) {
				got = append(got, r.ID)
			}
			equal(t, "for "+string(viewer), got, want)
		}
	})
}

// TestOwnerHearsAtOnce of what they are to see to, once per gesture, and again
// on its day; who recorded it for themselves hears on its day only.
func TestOwnerHearsAtOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.clock.set(time.Date(2026, time.April, 1, 14, 0, 0, 0, s.core.Policy.Calendar.Location))
		r := s.advise(advised("view:1"))
		asked := []string{"asked U0FATIMA " + r.ID}
		equal(t, "recorded", s.arrives(), asked)
		s.deal(advised("view:1"))
		equal(t, "a gesture that came twice", s.arrives(), []string(nil))
		own := advised("view:2")
		own.Recommendation.Owner = director
		s.deal(own)
		equal(t, "for oneself", s.arrives(), []string(nil))
		s.on(r.Due.AddDays(-1))
		equal(t, "the day before", s.told(), []string(nil))
		s.on(r.Due)
		equal(t, "its day", len(s.told()), 2)
	})
}

// TestRecommendationIsReminded: on its day, then every week, until it is done;
// one message when Slack took none.
func TestRecommendationIsReminded(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		r := s.advise(advised("view:1")) // due on Friday 1 May
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
			s.on(step.day)
			equal(t, step.name, s.told(), step.want)
		}
		s.on(may(26)) // and Slack is away
		s.on(may(26).AddDays(7))
		equal(t, "one in the end", s.told(), reminder)
		s.followUp(review.FollowUp{ID: r.ID, By: officer, On: may(26).AddDays(8), Due: may(26).AddDays(30), Gesture: "click:1"})
		s.on(may(26).AddDays(14))
		equal(t, "put off", s.told(), []string(nil))
		s.on(may(26).AddDays(30))
		equal(t, "its new day", s.told(), reminder)
		equal(t, "owners", s.owners(), []roster.PersonID{officer})
		s.followUp(review.FollowUp{ID: r.ID, By: officer, On: may(26).AddDays(31), Done: true, Gesture: "click:2"})
		s.on(may(26).AddDays(41))
		equal(t, "done", s.told(), []string(nil))
		equal(t, "owners", s.owners(), []roster.PersonID(nil))
	})
}

func (h *house) owners() []roster.PersonID {
	h.Helper()
	all, err := h.Reviews().Owners(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	return all
}

// TestRecommendationOfWhoLeft goes to who recorded it, then to the directors.
func TestRecommendationOfWhoLeft(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		r := s.advise(advised("view:1"))
		gone := func(who roster.PersonID) {
			if _, err := s.SetDeactivated(t.Context(), who, true); err != nil {
				t.Fatal(err)
			}
		}
		due := aprilFirst.AddDays(30)
		gone(officer)
		s.on(due)
		equal(t, "the owner left", s.told(), []string{"recommendation U0DIRK " + r.ID + " dm:U0DIRK"})
		gone(director)
		s.on(due.AddDays(7))
		equal(t, "who recorded it too", s.told(), []string{"recommendation U0GERDA " + r.ID + " dm:U0GERDA"})
	})
}

func TestReplicasRemindOnce(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	other.open()
	for _, gesture := range []string{"view:1", "view:2", "view:3"} {
		s.deal(advised(gesture))
	}
	s.at(31+30+1, 10, 0)
	noErrors(t, together(t.Context(), 4, func(ctx context.Context, i int) error {
		_, err := []*DB{s.DB, other.DB}[i%2].Sweep(ctx, 5)
		return err
	}))
	equal(t, "reminders", len(s.told()), 3)
}

// TestPurgeLeavesReviews: figures of a quarter that was dealt with stay as they
// were, and so does what was recommended.
func TestPurgeLeavesReviews(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		c := s.shut()
		d := advised("view:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("Timmeren voor beginners: 1")}
		before := s.advise(d)
		s.clock.set(afterwards)
		s.sweep()
		_, _, err := s.find(c.Number, officer)
		mustRefuse(t, err, workflow.CodeErased)
		equal(t, "figures", s.snapshot(review.AudienceShared), "Timmeren voor beginners: 1")
		equal(t, "review", s.reviewed(review.AudienceShared).Recommended, true)
		equal(t, "recommendation", same(s.recommendations(director)[0]), same(before))
		s.clean()
	})
}

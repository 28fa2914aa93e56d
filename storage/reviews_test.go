package storage

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// gerda is a second director.
const gerda roster.PersonID = "U0GERDA"

// q1 is the quarter in which the complaints of these tests come in; it is over
// on aprilFirst, a Wednesday.
var (
	q1         = calendar.Quarter{Year: 2026, Number: 1}
	aprilFirst = calendar.NewDate(2026, time.April, 1)
)

// board has a second director, and a channel for them when that is set.
func (s *sender) board(channel bool) *sender {
	s.Helper()
	s.options.Policy.Roster.Directors = []roster.PersonID{director, gerda}
	s.options.DirectorsChannel = channel
	s.reopen(nil)
	return s
}

// on puts the clock on ten o'clock of a day in Amsterdam, and lets it do all
// that is due.
func (s *sender) on(d calendar.Date) {
	s.Helper()
	s.clock.set(time.Date(d.Year, d.Month, d.Day, 10, 0, 0, 0, s.core.Policy.Calendar.Location))
	s.sweep()
}

// dealt is that there is nothing to recommend.
func dealt(a review.Audience, by roster.PersonID, gesture string) review.Dealing {
	return review.Dealing{Review: review.Review{Quarter: q1, Audience: a, On: aprilFirst, By: by}, Gesture: gesture}
}

func advised(gesture string) review.Dealing {
	d := dealt(review.AudienceShared, director, gesture)
	d.Recommendation = &review.Recommendation{
		Text: "Jozefien terugbellen", Owner: officer, Due: aprilFirst.AddDays(30), Offering: "Timmeren voor beginners",
	}
	return d
}

func (h *house) deal(d review.Dealing) {
	h.Helper()
	if err := h.Reviews().Deal(h.Context(), d); err != nil {
		h.Fatalf("deal: %v", err)
	}
}

func (h *house) reviewed(a review.Audience) review.Review {
	h.Helper()
	r, err := h.Reviews().Review(h.Context(), q1, a)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func (h *house) waits(a review.Audience) []calendar.Quarter {
	h.Helper()
	all, err := h.Reviews().Waiting(h.Context(), a)
	if err != nil {
		h.Fatal(err)
	}
	return all
}

func (h *house) snapshot(a review.Audience) string {
	h.Helper()
	b, err := h.Reviews().Snapshot(h.Context(), q1, a)
	if err != nil {
		h.Fatal(err)
	}
	return string(b)
}

func (h *house) recommendations(viewer roster.PersonID) []review.Recommendation {
	h.Helper()
	all, err := h.Reviews().Recommendations(h.Context(), viewer)
	if err != nil {
		h.Fatal(err)
	}
	return all
}

func (h *house) chained(action string) int {
	h.Helper()
	return h.count(`SELECT count(*) FROM register_chain WHERE action = $1`, action)
}

// TestDeal: the first review of an audience is kept, a later recommendation
// shows in it, and another audience's is its own.
func TestDeal(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		equal(t, "before", s.reviewed(review.AudienceShared), review.Review{})
		first := dealt(review.AudienceShared, director, "view:1")
		s.deal(first)
		equal(t, "the first", s.reviewed(review.AudienceShared), first.Review)
		later := advised("view:2")
		later.Review.By, later.Review.On = gerda, aprilFirst.AddDays(3)
		s.deal(later)
		want := first.Review
		want.Recommended = true
		equal(t, "advised later", s.reviewed(review.AudienceShared), want)
		s.deal(dealt(review.AudienceShared, director, "view:3"))
		equal(t, "advised it stays", s.reviewed(review.AudienceShared), want)
		equal(t, "another audience", s.reviewed(review.Audience(gerda)), review.Review{})
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 3)
		s.clean()
	})
}

// TestOthersHearOfAReview once, whoever records something more: in the
// directors' channel, else each by themselves. Figures of one director's own,
// and a director alone, leave nobody to tell.
func TestOthersHearOfAReview(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.deal(dealt(review.AudienceShared, director, "view:alone"))
		equal(t, "alone", s.arrives(), []string(nil))
		for i, channel := range []bool{false, true} {
			s.board(channel)
			d := dealt(review.Audience(director), director, fmt.Sprint("view:own", i))
			d.Review.Quarter.Year -= i + 1
			s.deal(d)
			equal(t, "figures of one's own", s.arrives(), []string(nil))
			d.Review.Audience, d.Gesture = review.AudienceShared, fmt.Sprint("view:shared", i)
			what := d.Review.Quarter.String()
			s.deal(d)
			equal(t, "the first", s.arrives(), []string{[]string{"reviewed U0GERDA " + what, "reviewed  " + what}[i]})
			d.Review.By, d.Gesture = gerda, fmt.Sprint("view:more", i)
			s.deal(d)
			equal(t, "once", s.arrives(), []string(nil))
		}
		if _, err := s.SetDeactivated(t.Context(), gerda, true); err != nil {
			t.Fatal(err)
		}
		s.deal(dealt(review.AudienceShared, director, "view:left"))
		equal(t, "nobody else is there", s.arrives(), []string(nil))
	})
}

// TestFirstReviewIsToldOnce, when two directors deal with a quarter at the same
// moment.
func TestFirstReviewIsToldOnce(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, i int) error {
			return s.Reviews().Deal(ctx, dealt(review.AudienceShared, []roster.PersonID{director, gerda}[i%2], fmt.Sprint("view:", i)))
		}))
		equal(t, "told", s.arrives(), []string{"reviewed  2026-Q1"})
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 4)
	})
}

// TestDealRefused: nothing is left of what was refused, the gesture neither.
func TestDealRefused(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		d := dealt(review.AudienceShared, officer, "view:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceAll: []byte("{}")}
		mustRefuse(t, s.Reviews().Deal(t.Context(), d), workflow.CodeForbidden)
		bad := advised("view:2")
		bad.Recommendation.Due = aprilFirst
		mustRefuse(t, s.Reviews().Deal(t.Context(), bad), workflow.CodeDatePast)
		equal(t, "review", s.reviewed(review.AudienceShared), review.Review{})
		equal(t, "snapshot", s.snapshot(review.AudienceAll), "")
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 0)
		s.deal(advised("view:2"))
		equal(t, "recommendations", len(s.recommendations(director)), 1)
	})
}

// TestGestureTwice: Slack brings a gesture again, at the same moment too, and
// after the date in it has passed.
func TestGestureTwice(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, _ int) error { return s.Reviews().Deal(ctx, advised("view:1")) }))
		late := advised("view:1")
		late.Review.On = late.Recommendation.Due
		s.deal(late)
		all := s.recommendations(director)
		equal(t, "recommendations", len(all), 1)
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 1)
		done := review.FollowUp{ID: all[0].ID, By: officer, On: aprilFirst, Done: true, Gesture: "click:1"}
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, _ int) error {
			r, err := s.Reviews().FollowUp(ctx, done)
			if err == nil && r.Done != aprilFirst {
				err = fmt.Errorf("done on %s", r.Done)
			}
			return err
		}))
		equal(t, "lines in the chain", s.chained(journal.Reviewed), 2)
		s.clean()
	})
}

// TestSnapshots: those of the first dealing are kept, of every audience, and a
// later one adds none to them that differs.
func TestSnapshots(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		equal(t, "before", s.snapshot(review.AudienceShared), "")
		d := dealt(review.Audience(gerda), gerda, "view:1")
		d.Snapshots = map[review.Audience][]byte{
			review.AudienceShared: []byte("shared figures"), review.AudienceAll: []byte("all figures"), "U0GERDA": []byte("figures for Gerda"),
		}
		s.deal(d)
		later := dealt(review.AudienceShared, director, "view:2")
		later.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("other figures")}
		s.deal(later)
		equal(t, "shared", s.snapshot(review.AudienceShared), "shared figures")
		equal(t, "all", s.snapshot(review.AudienceAll), "all figures")
		equal(t, "one person's", s.snapshot("U0GERDA"), "figures for Gerda")
		equal(t, "another's", s.snapshot("U0DIRK"), "")
		b, err := s.beside().Reviews().Snapshot(t.Context(), q1, review.AudienceAll)
		if err != nil || string(b) != "all figures" {
			t.Errorf("from the shell: %d bytes, %v", len(b), err)
		}
		s.raw(`UPDATE snapshots SET sealed = (SELECT t.sealed FROM snapshots t WHERE t.audience = 'U0GERDA') WHERE audience = 'all'`)
		_, err = s.Reviews().Snapshot(t.Context(), q1, review.AudienceAll)
		mustBe(t, err, vault.ErrSealed)
	})
}

// TestUnkept lists what was dealt with before its figures could be counted.
func TestUnkept(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		unkept := func() []review.Review {
			all, err := s.Reviews().UnsavedSnapshots(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		equal(t, "before", len(unkept()), 0)
		d := advised("view:1")
		s.deal(d)
		want := d.Review
		want.Recommended = true
		equal(t, "dealt with", unkept(), []review.Review{want})
		d = dealt(review.AudienceShared, director, "figures:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("figures")}
		s.deal(d)
		equal(t, "kept", len(unkept()), 0)
	})
}

// TestReviewInTheClear: neither figures nor what is recommended can be read
// without the key, and they open after a rotation.
func TestReviewInTheClear(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		d := advised("view:secret-gesture")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("Les: Jozefien eerder bellen")}
		s.deal(d)
		for _, query := range []string{
			`SELECT sealed FROM snapshots`, `SELECT sealed FROM recommendations`, `SELECT gesture FROM review_gestures`,
			`SELECT actor FROM register_chain WHERE action = 'reviewed'`, `SELECT person FROM register_chain WHERE action = 'reviewed'`,
		} {
			var value []byte
			if err := s.core.Read.Get(t.Context(), &value, query); err != nil || len(value) == 0 {
				t.Fatalf("%s: %d bytes, %v", query, len(value), err)
			}
			for i, word := range []string{"Jozefien", "Timmeren", "secret", string(director)} {
				if bytes.Contains(value, []byte(word)) {
					t.Errorf("%s: word %d in the clear", query, i)
				}
			}
		}
		s.rotate()
		s.reopen(nil)
		equal(t, "figures", s.snapshot(review.AudienceShared), "Les: Jozefien eerder bellen")
		all := s.recommendations(director)
		if len(all) != 1 || all[0].Text.Reveal() != "Jozefien terugbellen" || all[0].Offering != "Timmeren voor beginners" {
			t.Errorf("after the rotation: %d recommendations", len(all))
		}
	})
}

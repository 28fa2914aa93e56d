package reviews_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
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

// withTwoDirectors has a second director, and a channel for them when that is set.
func withTwoDirectors(box *storagetest.Outbox, channel bool) *storagetest.Outbox {
	box.Helper()
	box.Options.Policy.Roster.Directors = []roster.PersonID{storagetest.Director, gerda}
	box.Options.DirectorsChannel = channel
	box.Reopen(nil)
	return box
}

// onDate puts the clock on ten o'clock of a day in Amsterdam, and lets it do all
// that is due.
func onDate(box *storagetest.Outbox, d calendar.Date) {
	box.Helper()
	box.Clock.Set(time.Date(d.Year, d.Month, d.Day, 10, 0, 0, 0, box.Core().Policy.Calendar.Location))
	box.SweepAll()
}

// dealt is that there is nothing to recommend.
func dealt(a review.Audience, by roster.PersonID, gesture string) review.Dealing {
	return review.Dealing{Review: review.Review{Quarter: q1, Audience: a, On: aprilFirst, By: by}, Gesture: gesture}
}

func advised(gesture string) review.Dealing {
	d := dealt(review.AudienceShared, storagetest.Director, gesture)
	d.Recommendation = &review.Recommendation{
		Text: "Jozefien terugbellen", Owner: storagetest.Officer, Due: aprilFirst.AddDays(30), Offering: "Timmeren voor beginners",
	}
	return d
}

func deal(reg *storagetest.Register, d review.Dealing) {
	reg.Helper()
	if err := reg.Reviews().Deal(reg.Context(), d); err != nil {
		reg.Fatalf("deal: %v", err)
	}
}

func reviewed(reg *storagetest.Register, a review.Audience) review.Review {
	reg.Helper()
	r, err := reg.Reviews().Review(reg.Context(), q1, a)
	if err != nil {
		reg.Fatal(err)
	}
	return r
}

func waiting(reg *storagetest.Register, a review.Audience) []calendar.Quarter {
	reg.Helper()
	all, err := reg.Reviews().Waiting(reg.Context(), a)
	if err != nil {
		reg.Fatal(err)
	}
	return all
}

func snapshot(reg *storagetest.Register, a review.Audience) string {
	reg.Helper()
	b, err := reg.Reviews().Snapshot(reg.Context(), q1, a)
	if err != nil {
		reg.Fatal(err)
	}
	return string(b)
}

func recommendations(reg *storagetest.Register, viewer roster.PersonID) []review.Recommendation {
	reg.Helper()
	all, err := reg.Reviews().Recommendations(reg.Context(), viewer)
	if err != nil {
		reg.Fatal(err)
	}
	return all
}

func chained(reg *storagetest.Register, action string) int {
	reg.Helper()
	return reg.Count(`SELECT count(*) FROM register_chain WHERE action = $1`, action)
}

// TestDeal_firstReviewIsKept: the first review of an audience is kept, a later recommendation
// shows in it, and another audience's is its own.
func TestDeal_firstReviewIsKept(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		storagetest.Equal(t, "before", reviewed(box.Register, review.AudienceShared), review.Review{})
		first := dealt(review.AudienceShared, storagetest.Director, "view:1")
		deal(box.Register, first)
		storagetest.Equal(t, "the first", reviewed(box.Register, review.AudienceShared), first.Review)
		later := advised("view:2")
		later.Review.By, later.Review.On = gerda, aprilFirst.AddDays(3)
		deal(box.Register, later)
		want := first.Review
		want.Recommended = true
		storagetest.Equal(t, "advised later", reviewed(box.Register, review.AudienceShared), want)
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:3"))
		storagetest.Equal(t, "advised it stays", reviewed(box.Register, review.AudienceShared), want)
		storagetest.Equal(t, "another audience", reviewed(box.Register, review.Audience(gerda)), review.Review{})
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 3)
		box.MustVerify()
	})
}

// TestDeal_othersHear once, whoever records something more: in the
// directors' channel, else each by themselves. Figures of one director's own,
// and a director alone, leave nobody to tell.
func TestDeal_othersHear(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:alone"))
		storagetest.Equal(t, "alone", box.Arrivals(), []string(nil))
		for i, channel := range []bool{false, true} {
			withTwoDirectors(box, channel)
			d := dealt(review.Audience(storagetest.Director), storagetest.Director, fmt.Sprint("view:own", i))
			d.Review.Quarter.Year -= i + 1
			deal(box.Register, d)
			storagetest.Equal(t, "figures of one's own", box.Arrivals(), []string(nil))
			d.Review.Audience, d.Gesture = review.AudienceShared, fmt.Sprint("view:shared", i)
			what := d.Review.Quarter.String()
			deal(box.Register, d)
			storagetest.Equal(t, "the first", box.Arrivals(), []string{[]string{"reviewed U0GERDA " + what, "reviewed  " + what}[i]})
			d.Review.By, d.Gesture = gerda, fmt.Sprint("view:more", i)
			deal(box.Register, d)
			storagetest.Equal(t, "once", box.Arrivals(), []string(nil))
		}
		if _, err := box.SetDeactivated(t.Context(), gerda, true); err != nil {
			t.Fatal(err)
		}
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:left"))
		storagetest.Equal(t, "nobody else is there", box.Arrivals(), []string(nil))
	})
}

// TestDeal_othersHearOnce, when two directors deal with a quarter at the same
// moment.
func TestDeal_othersHearOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
			return box.Reviews().Deal(ctx, dealt(review.AudienceShared, []roster.PersonID{storagetest.Director, gerda}[i%2], fmt.Sprint("view:", i)))
		}))
		storagetest.Equal(t, "told", box.Arrivals(), []string{"reviewed  2026-Q1"})
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 4)
	})
}

// TestDeal_refused: nothing is left of what was refused, the gesture neither.
func TestDeal_refused(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		d := dealt(review.AudienceShared, storagetest.Officer, "view:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceAll: []byte("{}")}
		storagetest.MustRefuse(t, box.Reviews().Deal(t.Context(), d), workflow.CodeForbidden)
		bad := advised("view:2")
		bad.Recommendation.Due = aprilFirst
		storagetest.MustRefuse(t, box.Reviews().Deal(t.Context(), bad), workflow.CodeDatePast)
		storagetest.Equal(t, "review", reviewed(box.Register, review.AudienceShared), review.Review{})
		storagetest.Equal(t, "snapshot", snapshot(box.Register, review.AudienceAll), "")
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 0)
		deal(box.Register, advised("view:2"))
		storagetest.Equal(t, "recommendations", len(recommendations(box.Register, storagetest.Director)), 1)
	})
}

// TestDeal_gestureTwice: Slack brings a gesture again, at the same moment too, and
// after the date in it has passed.
func TestDeal_gestureTwice(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, _ int) error { return box.Reviews().Deal(ctx, advised("view:1")) }))
		late := advised("view:1")
		late.Review.On = late.Recommendation.Due
		deal(box.Register, late)
		all := recommendations(box.Register, storagetest.Director)
		storagetest.Equal(t, "recommendations", len(all), 1)
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 1)
		done := review.FollowUp{ID: all[0].ID, By: storagetest.Officer, On: aprilFirst, Done: true, Gesture: "click:1"}
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, _ int) error {
			r, err := box.Reviews().FollowUp(ctx, done)
			if err == nil && r.Done != aprilFirst {
				err = fmt.Errorf("done on %s", r.Done)
			}
			return err
		}))
		storagetest.Equal(t, "lines in the chain", chained(box.Register, journal.Reviewed), 2)
		box.MustVerify()
	})
}

// TestSnapshots_keptOfTheFirst: those of the first dealing are kept, of every audience, and a
// later one adds none to them that differs.
func TestSnapshots_keptOfTheFirst(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		storagetest.Equal(t, "before", snapshot(box.Register, review.AudienceShared), "")
		d := dealt(review.Audience(gerda), gerda, "view:1")
		d.Snapshots = map[review.Audience][]byte{
			review.AudienceShared: []byte("shared figures"), review.AudienceAll: []byte("all figures"), "U0GERDA": []byte("figures for Gerda"),
		}
		deal(box.Register, d)
		later := dealt(review.AudienceShared, storagetest.Director, "view:2")
		later.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("other figures")}
		deal(box.Register, later)
		storagetest.Equal(t, "shared", snapshot(box.Register, review.AudienceShared), "shared figures")
		storagetest.Equal(t, "all", snapshot(box.Register, review.AudienceAll), "all figures")
		storagetest.Equal(t, "one person's", snapshot(box.Register, "U0GERDA"), "figures for Gerda")
		storagetest.Equal(t, "another's", snapshot(box.Register, "U0DIRK"), "")
		b, err := box.Beside().Reviews().Snapshot(t.Context(), q1, review.AudienceAll)
		if err != nil || string(b) != "all figures" {
			t.Errorf("from the shell: %d bytes, %v", len(b), err)
		}
		box.Exec(`UPDATE snapshots SET sealed = (SELECT t.sealed FROM snapshots t WHERE t.audience = 'U0GERDA') WHERE audience = 'all'`)
		_, err = box.Reviews().Snapshot(t.Context(), q1, review.AudienceAll)
		storagetest.MustBe(t, err, vault.ErrSealed)
	})
}

// TestSnapshots_missing lists what was dealt with before its figures could be counted.
func TestSnapshots_missing(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		unkept := func() []review.Review {
			all, err := box.Reviews().UnsavedSnapshots(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		storagetest.Equal(t, "before", len(unkept()), 0)
		d := advised("view:1")
		deal(box.Register, d)
		want := d.Review
		want.Recommended = true
		storagetest.Equal(t, "dealt with", unkept(), []review.Review{want})
		d = dealt(review.AudienceShared, storagetest.Director, "figures:1")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("figures")}
		deal(box.Register, d)
		storagetest.Equal(t, "kept", len(unkept()), 0)
	})
}

// TestReviews_sealed: neither figures nor what is recommended can be read
// without the key, and they open after a rotation.
func TestReviews_sealed(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		d := advised("view:secret-gesture")
		d.Snapshots = map[review.Audience][]byte{review.AudienceShared: []byte("Les: Jozefien eerder bellen")}
		deal(box.Register, d)
		for _, query := range []string{
			`SELECT sealed FROM snapshots`, `SELECT sealed FROM recommendations`, `SELECT gesture FROM review_gestures`,
			`SELECT actor FROM register_chain WHERE action = 'reviewed'`, `SELECT person FROM register_chain WHERE action = 'reviewed'`,
		} {
			var value []byte
			if err := box.Core().Read.Get(t.Context(), &value, query); err != nil || len(value) == 0 {
				t.Fatalf("%s: %d bytes, %v", query, len(value), err)
			}
			for i, word := range []string{"Jozefien", "Timmeren", "secret", string(storagetest.Director)} {
				if bytes.Contains(value, []byte(word)) {
					t.Errorf("%s: word %d in the clear", query, i)
				}
			}
		}
		box.Rotate()
		box.Reopen(nil)
		storagetest.Equal(t, "figures", snapshot(box.Register, review.AudienceShared), "Les: Jozefien eerder bellen")
		all := recommendations(box.Register, storagetest.Director)
		if len(all) != 1 || all[0].Text.Reveal() != "Jozefien terugbellen" || all[0].Offering != "Timmeren voor beginners" {
			t.Errorf("after the rotation: %d recommendations", len(all))
		}
	})
}

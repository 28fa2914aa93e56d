package reviews_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/reviews"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// reviewMessages sends what waits and returns what is of quarters among it, with the
// lane.
func reviewMessages(box *storagetest.Outbox) (got []string) {
	box.Helper()
	lanes := map[string]string{}
	var rows []queue.Row
	if err := box.Core().Read.All(box.Context(), &rows, `SELECT `+storagetest.RowColumns+` FROM outbox WHERE complaint = ''`); err != nil {
		box.Fatal(err)
	}
	for _, r := range rows {
		lanes[fmt.Sprintf("%s %s %s", r.Surface, r.Person, r.Slot)] = r.Lane
	}
	edits := renewals(box)
	for _, one := range box.Arrivals() {
		switch outbox.Kind(strings.Fields(one)[0]) {
		case outbox.KindQuarter, outbox.KindReviewsWaiting, outbox.KindRecommendation:
			message := strings.Join(strings.Fields(one+" "+lanes[one]), " ")
			if !slices.Contains(edits, message) { // nobody is written to by an edit
				got = append(got, message)
			}
		}
	}
	return got
}

// renewals lists the messages that are to be brought up to date, each with its lane.
func renewals(box *storagetest.Outbox) (got []string) {
	box.Helper()
	var rows []queue.Row
	if err := box.Core().Read.All(box.Context(), &rows, `SELECT `+storagetest.RowColumns+` FROM outbox WHERE complaint = '' AND edit = TRUE`); err != nil {
		box.Fatal(err)
	}
	for _, r := range rows {
		got = append(got, strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s", r.Surface, r.Person, r.Slot, r.Lane)), " "))
	}
	slices.Sort(got)
	return got
}

// TestRemind_messagesChangeOnceDealtWith: those about the quarter that stand, and that
// was posted meanwhile; none is posted for it. What one director dealt with alone shows
// in theirs.
func TestRemind_messagesChangeOnceDealtWith(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		fileClosed(box)
		box.FileAbout("view:1", storagetest.Staff, storagetest.Director)
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:early"))
		storagetest.Equal(t, "before anything stands", renewals(box), []string(nil))
		box.Exec(`DELETE FROM reviews`)
		onDate(box, aprilFirst)
		posted := reviewMessages(box)
		deal(box.Register, dealt("U0GERDA", gerda, "view:a"))
		storagetest.Equal(t, "of one director", renewals(box), []string{"quarter U0GERDA 2026-Q1 dm:U0GERDA"})
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:b"))
		storagetest.Equal(t, "of all", renewals(box), posted)
		box.Drain()
		storagetest.Equal(t, "once", renewals(box), []string(nil))
		box.Pass(time.Hour)
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:c"))
		storagetest.Equal(t, "another recommendation", renewals(box), posted)
	})
}

// fileClosed logs a complaint and takes it to its end, so that nothing else is said
// of it for two years.
func fileClosed(box *storagetest.Outbox) workflow.Complaint {
	box.Helper()
	return box.CloseCase(box.File("shut"))
}

// TestRemind_offersAQuarter: once, on the first working day after it, in the window.
func TestRemind_offersAQuarter(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		fileClosed(box)
		box.InMarch(31, 16, 59)
		box.SweepAll()
		storagetest.Equal(t, "on its last day", reviewMessages(box), []string(nil))
		box.InMarch(31+1, 8, 59)
		box.SweepAll()
		storagetest.Equal(t, "before the window", reviewMessages(box), []string(nil))
		box.InMarch(31+1, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "on time", reviewMessages(box), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK", "quarter U0GERDA 2026-Q1 dm:U0GERDA"})
		box.InMarch(31+1, 12, 0)
		box.SweepAll()
		box.Reopen(nil)
		box.SweepAll()
		box.InMarch(31+2, 9, 0)
		box.SweepAll()
		storagetest.Equal(t, "once", reviewMessages(box), []string(nil))
		storagetest.Equal(t, "waiting", waiting(box.Register, review.AudienceShared), []calendar.Quarter{q1})
	})
}

// TestRemind_afterHolidays: of the fourth quarter on Monday the 4th of January,
// when the bot was not at work then, on the day on which it is.
func TestRemind_afterHolidays(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileClosed(box)
		onDate(box, aprilFirst)
		onDate(box, calendar.NewDate(2026, time.July, 1))
		onDate(box, calendar.NewDate(2026, time.October, 1))
		reviewMessages(box)
		onDate(box, calendar.NewDate(2027, time.January, 3))
		storagetest.Equal(t, "Sunday", reviewMessages(box), []string(nil))
		onDate(box, calendar.NewDate(2027, time.January, 4))
		storagetest.Equal(t, "Monday", reviewMessages(box), []string{"quarter U0DIRK 2026-Q4 dm:U0DIRK"})
		onDate(box, calendar.NewDate(2027, time.April, 9))
		storagetest.Equal(t, "a week late", reviewMessages(box), []string{"quarter U0DIRK 2027-Q1 dm:U0DIRK"})
	})
}

// TestRemind_directorsChannel: the channel gets what is for all; who is reached
// directly is the message's to decide.
func TestRemind_directorsChannel(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		fileClosed(box)
		onDate(box, aprilFirst)
		storagetest.Equal(t, "offered", reviewMessages(box), []string{
			"quarter 2026-Q1 directors", "quarter U0DIRK 2026-Q1 dm:U0DIRK", "quarter U0GERDA 2026-Q1 dm:U0GERDA",
		})
		onDate(box, aprilFirst.AddDays(7))
		storagetest.Equal(t, "reminded", reviewMessages(box), []string{"reviews directors", "reviews U0DIRK dm:U0DIRK", "reviews U0GERDA dm:U0GERDA"})
	})
}

// TestRemind_noComplaint: nothing is offered of the time before the first
// complaint, until one turns up that came in then.
func TestRemind_noComplaint(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		onDate(box, aprilFirst)
		l := storagetest.Sample()
		l.Facts.Received = aprilFirst
		box.Do("", storagetest.Staff, "view:april", l)
		onDate(box, aprilFirst.AddDays(1))
		storagetest.Equal(t, "received in April", reviewMessages(box), []string(nil))
		storagetest.Equal(t, "waiting", waiting(box.Register, review.AudienceShared), []calendar.Quarter(nil))
		box.File("view:march")
		onDate(box, aprilFirst.AddDays(6)) // after Easter
		storagetest.Equal(t, "logged late", reviewMessages(box), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK"})
	})
}

// TestRemind_nothingOfOnesOwnCase: a register whose only complaint concerns a director
// offers them nothing, and nothing to all, but tells the other.
func TestRemind_nothingOfOnesOwnCase(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		box.FileAbout("view:1", storagetest.Staff, storagetest.Director)
		onDate(box, aprilFirst)
		storagetest.Equal(t, "offered", reviewMessages(box), []string{"quarter U0GERDA 2026-Q1 dm:U0GERDA"})
		storagetest.Equal(t, "to the director", waiting(box.Register, review.Audience(storagetest.Director)), []calendar.Quarter(nil))
		onDate(box, aprilFirst.AddDays(7))
		storagetest.Equal(t, "reminded", reviewMessages(box), []string{"reviews U0GERDA dm:U0GERDA"})
	})
}

// TestRemind_endsWithDealing: for that audience, and for who sees no more than
// it does.
func TestRemind_endsWithDealing(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		fileClosed(box)
		box.FileAbout("view:1", storagetest.Staff, storagetest.Director)
		onDate(box, aprilFirst)
		reviewMessages(box)
		deal(box.Register, dealt(review.AudienceShared, storagetest.Director, "view:a"))
		storagetest.Equal(t, "all", waiting(box.Register, review.AudienceShared), []calendar.Quarter(nil))
		storagetest.Equal(t, "the director", waiting(box.Register, "U0DIRK"), []calendar.Quarter(nil))
		storagetest.Equal(t, "the other", waiting(box.Register, "U0GERDA"), []calendar.Quarter{q1})
		onDate(box, aprilFirst.AddDays(7))
		storagetest.Equal(t, "reminded", reviewMessages(box), []string{"reviews U0GERDA dm:U0GERDA"})
		deal(box.Register, dealt("U0GERDA", gerda, "view:b"))
		onDate(box, aprilFirst.AddDays(14))
		storagetest.Equal(t, "all is dealt with", reviewMessages(box), []string(nil))
	})
}

// TestRemind_weekly: seven days after they last heard of it, on a working day;
// one message for all that waits, and one only when Slack took none of them.
func TestRemind_weekly(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileClosed(box)
		onDate(box, aprilFirst)
		reviewMessages(box)
		for _, step := range []struct {
			name string
			day  calendar.Date
			want []string
		}{
			{"six days", aprilFirst.AddDays(6), nil},
			{"a week", aprilFirst.AddDays(7), []string{"reviews U0DIRK dm:U0DIRK"}},
			{"two weeks", aprilFirst.AddDays(14), []string{"reviews U0DIRK dm:U0DIRK"}},
			{"a day late", aprilFirst.AddDays(22), []string{"reviews U0DIRK dm:U0DIRK"}},
			{"then from there", aprilFirst.AddDays(28), nil},
			{"in May", aprilFirst.AddDays(29), []string{"reviews U0DIRK dm:U0DIRK"}},
			{"the next quarter", calendar.NewDate(2026, time.July, 1), []string{"quarter U0DIRK 2026-Q2 dm:U0DIRK"}},
			{"no second message", calendar.NewDate(2026, time.July, 2), nil},
			{"both", calendar.NewDate(2026, time.July, 8), []string{"reviews U0DIRK dm:U0DIRK"}},
		} {
			onDate(box, step.day)
			storagetest.Equal(t, step.name, reviewMessages(box), step.want)
		}
		onDate(box, calendar.NewDate(2026, time.July, 15))
		key := reminderKey(box)
		onDate(box, calendar.NewDate(2026, time.July, 22))
		if reminderKey(box) == key {
			t.Error("a reminder a week later is taken for the one before")
		}
		storagetest.Equal(t, "Slack was away", reviewMessages(box), []string{"reviews U0DIRK dm:U0DIRK"})
	})
}

func reminderKey(box *storagetest.Outbox) string {
	box.Helper()
	var row queue.Row
	if err := box.Core().Read.Get(box.Context(), &row, `SELECT `+storagetest.RowColumns+` FROM outbox WHERE surface = 'reviews'`); err != nil {
		box.Fatal(err)
	}
	return queue.Key(box.Core().Keys, row)
}

// TestRemind_afterLongDowntime: the last quarter is offered, the ones before wait with it.
func TestRemind_afterLongDowntime(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		fileClosed(box)
		onDate(box, calendar.NewDate(2026, time.December, 1))
		storagetest.Equal(t, "offered", reviewMessages(box), []string{
			"quarter 2026-Q3 directors", "quarter U0DIRK 2026-Q3 dm:U0DIRK", "quarter U0GERDA 2026-Q3 dm:U0GERDA",
		})
		all := []calendar.Quarter{q1, {Year: 2026, Number: 2}, {Year: 2026, Number: 3}}
		storagetest.Equal(t, "waiting", waiting(box.Register, review.AudienceShared), all)
		storagetest.Equal(t, "for a director", waiting(box.Register, "U0GERDA"), all)
		onDate(box, calendar.NewDate(2027, time.July, 1))
		reviewMessages(box)
		storagetest.Equal(t, "a second time", len(waiting(box.Register, review.AudienceShared)), 6)
	})
}

// TestRemind_directorWhoLeft: gets nothing, and is offered it when they are back,
// unless everything was dealt with.
func TestRemind_directorWhoLeft(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, false)
		fileClosed(box)
		if _, err := box.SetDeactivated(t.Context(), gerda, true); err != nil {
			t.Fatal(err)
		}
		onDate(box, aprilFirst)
		storagetest.Equal(t, "offered", reviewMessages(box), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK"})
		back := func() {
			if _, err := box.SetDeactivated(t.Context(), gerda, false); err != nil {
				t.Fatal(err)
			}
		}
		back()
		onDate(box, aprilFirst.AddDays(1))
		storagetest.Equal(t, "back", reviewMessages(box), []string{"quarter U0GERDA 2026-Q1 dm:U0GERDA"})
	})
}

// TestRemind_newDirector: hears of the last quarter while it waits, and of none before.
func TestRemind_newDirector(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		fileClosed(box)
		onDate(box, aprilFirst)
		onDate(box, calendar.NewDate(2026, time.July, 1))
		reviewMessages(box)
		withTwoDirectors(box, false)
		onDate(box, calendar.NewDate(2026, time.July, 2))
		storagetest.Equal(t, "while it waits", reviewMessages(box), []string{"quarter U0GERDA 2026-Q2 dm:U0GERDA"})
		storagetest.Equal(t, "waiting", waiting(box.Register, "U0GERDA"), []calendar.Quarter{{Year: 2026, Number: 2}})
		for i, q := range waiting(box.Register, review.AudienceShared) {
			d := dealt(review.AudienceShared, storagetest.Director, fmt.Sprint("view:", i))
			d.Review.Quarter, d.Review.On = q, calendar.NewDate(2026, time.July, 3)
			deal(box.Register, d)
		}
		box.Options.Policy.Roster.Directors = append(box.Options.Policy.Roster.Directors, "U0HENK")
		box.Reopen(nil)
		onDate(box, calendar.NewDate(2026, time.July, 3))
		storagetest.Equal(t, "when all was dealt with", reviewMessages(box), []string(nil))
		storagetest.Equal(t, "waiting", waiting(box.Register, "U0HENK"), []calendar.Quarter(nil))
	})
}

// TestRemind_replicasOfferOnce: whoever comes second puts nothing in, and a crash
// before the end leaves nothing behind.
func TestRemind_replicasOfferOnce(t *testing.T) {
	box := withTwoDirectors(storagetest.NewOutbox(t, storagetest.Address(t, "postgres")), true)
	other := box.Replica()
	fileClosed(box)
	box.Drain()
	for _, d := range []calendar.Date{aprilFirst, aprilFirst.AddDays(7), aprilFirst.AddDays(14)} {
		box.Clock.Set(time.Date(d.Year, d.Month, d.Day, 10, 0, 0, 0, box.Core().Policy.Calendar.Location))
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
			_, err := []*storage.DB{box.DB, other.DB}[i%2].Sweep(ctx, 5)
			return err
		}))
		storagetest.Equal(t, "messages on "+d.String(), len(reviewMessages(box)), 3)
	}
}

// TestRemind_killedWhileOffering: all is offered or nothing.
func TestRemind_killedWhileOffering(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		withTwoDirectors(box, true)
		fileClosed(box)
		box.Drain()
		box.Clock.Set(time.Date(2026, time.April, 1, 10, 0, 0, 0, box.Core().Policy.Calendar.Location))
		killed, kill := context.WithCancel(t.Context())
		last := &killedAt{NoticeQueue: box.Writer(), left: 3, kill: kill}
		err := reviews.New(reviews.NewFigures(box.Core(), journal.New(box.Core())), last, true).Remind(killed, box.Core().Instant())
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		storagetest.Equal(t, "rows", box.Count(`SELECT count(*) FROM quarters`)+box.Count(`SELECT count(*) FROM outbox`), 0)
		box.SweepAll()
		storagetest.Equal(t, "the next sweep", len(reviewMessages(box)), 3)
	})
}

// killedAt is an outbox whose bot is killed once that many rows were queued.
type killedAt struct {
	reviews.NoticeQueue
	left int
	kill func()
}

func (k *killedAt) QueueAlone(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload, wanted int) error {
	err := k.NoticeQueue.QueueAlone(ctx, tx, id, p, wanted)
	if k.left--; k.left == 0 {
		k.kill()
		return errors.Join(err, ctx.Err())
	}
	return err
}

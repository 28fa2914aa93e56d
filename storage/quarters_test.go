package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/reviews"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// told sends what waits and returns what is of quarters among it, with the
// lane.
func (s *sender) told() (got []string) {
	s.Helper()
	lanes := map[string]string{}
	var rows []queue.Row
	if err := s.core.Read.All(s.Context(), &rows, `SELECT `+rowColumns+` FROM outbox WHERE complaint = ''`); err != nil {
		s.Fatal(err)
	}
	for _, r := range rows {
		lanes[fmt.Sprintf("%s %s %s", r.Surface, r.Person, r.Slot)] = r.Lane
	}
	for _, one := range s.arrives() {
		switch outbox.Kind(strings.Fields(one)[0]) {
		case outbox.KindQuarter, outbox.KindReviewsWaiting, outbox.KindRecommendation:
			got = append(got, strings.Join(strings.Fields(one+" "+lanes[one]), " "))
		}
	}
	return got
}

// shut logs a complaint and takes it to its end, so that nothing else is said
// of it for two years.
func (s *sender) shut() workflow.Complaint {
	s.Helper()
	return s.closed(s.log("shut"))
}

// TestQuarterIsOffered: once, on the first working day after it, in the window.
func TestQuarterIsOffered(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		s.shut()
		s.at(31, 16, 59)
		s.sweep()
		equal(t, "on its last day", s.told(), []string(nil))
		s.at(31+1, 8, 59)
		s.sweep()
		equal(t, "before the window", s.told(), []string(nil))
		s.at(31+1, 9, 0)
		s.sweep()
		equal(t, "on time", s.told(), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK", "quarter U0GERDA 2026-Q1 dm:U0GERDA"})
		s.at(31+1, 12, 0)
		s.sweep()
		s.reopen(nil)
		s.sweep()
		s.at(31+2, 9, 0)
		s.sweep()
		equal(t, "once", s.told(), []string(nil))
		equal(t, "waiting", s.waits(review.AudienceShared), []calendar.Quarter{q1})
	})
}

// TestQuarterAfterHolidays: of the fourth quarter on Monday the 4th of January,
// when the bot was not at work then, on the day on which it is.
func TestQuarterAfterHolidays(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.shut()
		s.on(aprilFirst)
		s.on(calendar.NewDate(2026, time.July, 1))
		s.on(calendar.NewDate(2026, time.October, 1))
		s.told()
		s.on(calendar.NewDate(2027, time.January, 3))
		equal(t, "Sunday", s.told(), []string(nil))
		s.on(calendar.NewDate(2027, time.January, 4))
		equal(t, "Monday", s.told(), []string{"quarter U0DIRK 2026-Q4 dm:U0DIRK"})
		s.on(calendar.NewDate(2027, time.April, 9))
		equal(t, "a week late", s.told(), []string{"quarter U0DIRK 2027-Q1 dm:U0DIRK"})
	})
}

// TestDirectorsChannel: the channel gets what is for all; who is reached
// directly is the message's to decide.
func TestDirectorsChannel(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		s.shut()
		s.on(aprilFirst)
		equal(t, "offered", s.told(), []string{
			"quarter 2026-Q1 directors", "quarter U0DIRK 2026-Q1 dm:U0DIRK", "quarter U0GERDA 2026-Q1 dm:U0GERDA",
		})
		s.on(aprilFirst.AddDays(7))
		equal(t, "reminded", s.told(), []string{"reviews directors", "reviews U0DIRK dm:U0DIRK", "reviews U0GERDA dm:U0GERDA"})
	})
}

// TestNoComplaintNoQuarter: nothing is offered of the time before the first
// complaint, until one turns up that came in then.
func TestNoComplaintNoQuarter(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.on(aprilFirst)
		l := sample()
		l.Facts.Received = aprilFirst
		s.do("", staff, "view:april", l)
		s.on(aprilFirst.AddDays(1))
		equal(t, "received in April", s.told(), []string(nil))
		equal(t, "waiting", s.waits(review.AudienceShared), []calendar.Quarter(nil))
		s.log("view:march")
		s.on(aprilFirst.AddDays(6)) // after Easter
		equal(t, "logged late", s.told(), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK"})
	})
}

// TestNothingOfOnesOwnCase: a register whose only complaint concerns a director
// offers them nothing, and nothing to all, but tells the other.
func TestNothingOfOnesOwnCase(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		s.logAbout("view:1", staff, director)
		s.on(aprilFirst)
		equal(t, "offered", s.told(), []string{"quarter U0GERDA 2026-Q1 dm:U0GERDA"})
		equal(t, "to the director", s.waits(review.Audience(director)), []calendar.Quarter(nil))
		s.on(aprilFirst.AddDays(7))
		equal(t, "reminded", s.told(), []string{"reviews U0GERDA dm:U0GERDA"})
	})
}

// TestDealingEndsReminders: for that audience, and for who sees no more than
// it does.
func TestDealingEndsReminders(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		s.shut()
		s.logAbout("view:1", staff, director)
		s.on(aprilFirst)
		s.told()
		s.deal(dealt(review.AudienceShared, director, "view:a"))
		equal(t, "all", s.waits(review.AudienceShared), []calendar.Quarter(nil))
		equal(t, "the director", s.waits("U0DIRK"), []calendar.Quarter(nil))
		equal(t, "the other", s.waits("U0GERDA"), []calendar.Quarter{q1})
		s.on(aprilFirst.AddDays(7))
		equal(t, "reminded", s.told(), []string{"reviews U0GERDA dm:U0GERDA"})
		s.deal(dealt("U0GERDA", gerda, "view:b"))
		s.on(aprilFirst.AddDays(14))
		equal(t, "all is dealt with", s.told(), []string(nil))
	})
}

// TestRemindedWeekly: seven days after they last heard of it, on a working day;
// one message for all that waits, and one only when Slack took none of them.
func TestRemindedWeekly(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.shut()
		s.on(aprilFirst)
		s.told()
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
			s.on(step.day)
			equal(t, step.name, s.told(), step.want)
		}
		s.on(calendar.NewDate(2026, time.July, 15))
		key := s.reminderKey()
		s.on(calendar.NewDate(2026, time.July, 22))
		if s.reminderKey() == key {
			t.Error("a reminder a week later is taken for the one before")
		}
		equal(t, "Slack was away", s.told(), []string{"reviews U0DIRK dm:U0DIRK"})
	})
}

func (s *sender) reminderKey() string {
	s.Helper()
	var row queue.Row
	if err := s.core.Read.Get(s.Context(), &row, `SELECT `+rowColumns+` FROM outbox WHERE surface = 'reviews'`); err != nil {
		s.Fatal(err)
	}
	return queue.Key(s.core.Keys, row)
}

// TestLongDowntime: the last quarter is offered, the ones before wait with it.
func TestLongDowntime(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		s.shut()
		s.on(calendar.NewDate(2026, time.December, 1))
		equal(t, "offered", s.told(), []string{
			"quarter 2026-Q3 directors", "quarter U0DIRK 2026-Q3 dm:U0DIRK", "quarter U0GERDA 2026-Q3 dm:U0GERDA",
		})
		all := []calendar.Quarter{q1, {Year: 2026, Number: 2}, {Year: 2026, Number: 3}}
		equal(t, "waiting", s.waits(review.AudienceShared), all)
		equal(t, "for a director", s.waits("U0GERDA"), all)
		s.on(calendar.NewDate(2027, time.July, 1))
		s.told()
		equal(t, "a second time", len(s.waits(review.AudienceShared)), 6)
	})
}

// TestDirectorWhoLeft: gets nothing, and is offered it when they are back,
// unless everything was dealt with.
func TestDirectorWhoLeft(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(false)
		s.shut()
		if _, err := s.SetDeactivated(t.Context(), gerda, true); err != nil {
			t.Fatal(err)
		}
		s.on(aprilFirst)
		equal(t, "offered", s.told(), []string{"quarter U0DIRK 2026-Q1 dm:U0DIRK"})
		back := func() {
			if _, err := s.SetDeactivated(t.Context(), gerda, false); err != nil {
				t.Fatal(err)
			}
		}
		back()
		s.on(aprilFirst.AddDays(1))
		equal(t, "back", s.told(), []string{"quarter U0GERDA 2026-Q1 dm:U0GERDA"})
	})
}

// TestNewDirector: hears of the last quarter while it waits, and of none before.
func TestNewDirector(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.shut()
		s.on(aprilFirst)
		s.on(calendar.NewDate(2026, time.July, 1))
		s.told()
		s.board(false)
		s.on(calendar.NewDate(2026, time.July, 2))
		equal(t, "while it waits", s.told(), []string{"quarter U0GERDA 2026-Q2 dm:U0GERDA"})
		equal(t, "waiting", s.waits("U0GERDA"), []calendar.Quarter{{Year: 2026, Number: 2}})
		for i, q := range s.waits(review.AudienceShared) {
			d := dealt(review.AudienceShared, director, fmt.Sprint("view:", i))
			d.Review.Quarter, d.Review.On = q, calendar.NewDate(2026, time.July, 3)
			s.deal(d)
		}
		s.options.Policy.Roster.Directors = append(s.options.Policy.Roster.Directors, "U0HENK")
		s.reopen(nil)
		s.on(calendar.NewDate(2026, time.July, 3))
		equal(t, "when all was dealt with", s.told(), []string(nil))
		equal(t, "waiting", s.waits("U0HENK"), []calendar.Quarter(nil))
	})
}

// TestReplicasOfferOnce: whoever comes second puts nothing in, and a crash
// before the end leaves nothing behind.
func TestReplicasOfferOnce(t *testing.T) {
	s := newSender(t, address(t, "postgres")).board(true)
	other := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	other.open()
	s.shut()
	s.drain()
	for _, d := range []calendar.Date{aprilFirst, aprilFirst.AddDays(7), aprilFirst.AddDays(14)} {
		s.clock.set(time.Date(d.Year, d.Month, d.Day, 10, 0, 0, 0, s.core.Policy.Calendar.Location))
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, i int) error {
			_, err := []*DB{s.DB, other.DB}[i%2].Sweep(ctx, 5)
			return err
		}))
		equal(t, "messages on "+d.String(), len(s.told()), 3)
	}
}

// TestKilledWhileOffering: all is offered or nothing.
func TestKilledWhileOffering(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.board(true)
		s.shut()
		s.drain()
		s.clock.set(time.Date(2026, time.April, 1, 10, 0, 0, 0, s.core.Policy.Calendar.Location))
		killed, kill := context.WithCancel(t.Context())
		last := &killedAt{NoticeQueue: s.outbox, left: 3, kill: kill}
		err := reviews.New(reviews.NewFigures(s.core, s.journal), last, true).Remind(killed, s.core.Instant())
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		equal(t, "rows", s.count(`SELECT count(*) FROM quarters`)+s.count(`SELECT count(*) FROM outbox`), 0)
		s.sweep()
		equal(t, "the next sweep", len(s.told()), 3)
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

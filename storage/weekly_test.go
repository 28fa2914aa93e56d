package storage

import (
	"context"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// weeklies sends what waits and returns the weekly digests among it.
func (s *sender) weeklies() (got []string) {
	s.Helper()
	for _, one := range s.arrives() {
		if one[:6] == "weekly" {
			got = append(got, one)
		}
	}
	return got
}

// The complaints came in on Monday 2 March: their acknowledgement is due on
// Saturday the 7th, and directors are told on Monday the 9th.
func TestWeekly(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(2)
		for _, step := range []struct {
			name      string
			day, hour int
			want      []string
		}{
			{"the day of the first notice", 9, 10, nil},
			{"later that week", 11, 10, nil},
			{"Monday before hours", 16, 8, nil},
			{"Monday", 16, 9, []string{"weekly U0DIRK 2026-03-16"}},
			{"once", 16, 10, nil},
			{"the rest of the week", 18, 10, nil},
			{"the bot was down on Monday", 24, 10, []string{"weekly U0DIRK 2026-03-23"}},
		} {
			s.at(step.day, step.hour, 0)
			s.sweep()
			equal(t, step.name, s.weeklies(), step.want)
		}
	})
}

// TestWeeklyAfterAHoliday: on the first working day of the week, a Tuesday
// after Easter.
func TestWeeklyAfterAHoliday(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(1)
		s.at(31, 10, 0)
		s.sweep()
		s.weeklies()
		s.at(31+6, 10, 0) // Monday 6 April
		s.sweep()
		equal(t, "Easter Monday", s.weeklies(), []string(nil))
		s.at(31+7, 10, 0)
		s.sweep()
		equal(t, "Tuesday", s.weeklies(), []string{"weekly U0DIRK 2026-04-06"})
	})
}

// TestWeeklyItems: only what is overdue, was told before, and may be known.
func TestWeeklyItems(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		known := s.log("view:1")
		settled := s.log("view:2")
		s.logAbout("view:3", staff, director)
		s.at(9, 10, 0)
		s.sweep()
		late := s.log("view:4") // received on the 2nd, logged late: told today
		s.sweep()
		s.do(settled.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(9, "Ontvangen.")})
		items := func(who roster.PersonID) []outbox.DigestItem {
			got, err := s.Rooms().DigestItems(t.Context(), outbox.Delivery{Payload: outbox.WeeklyDigest{To: who}})
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		equal(t, "on the day itself", items(director), []outbox.DigestItem(nil))
		s.at(10, 10, 0)
		want := []outbox.DigestItem{{Case: known.ID, Watch: "acknowledgement"}, {Case: late.ID, Watch: "acknowledgement"}}
		equal(t, "the next day", items(director), want)
		equal(t, "an officer", items(officer), []outbox.DigestItem(nil))
	})
}

// TestWeeklyReplaced: what Slack did not take all week is not sent beside the
// next one.
func TestWeeklyReplaced(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(1)
		s.at(9, 10, 0)
		s.sweep()
		s.at(16, 10, 0)
		s.sweep()
		s.at(23, 10, 0)
		s.sweep()
		equal(t, "weeklies", s.weeklies(), []string{"weekly U0DIRK 2026-03-23"})
	})
}

func TestNoWeeklyForWhoLeft(t *testing.T) {
	onBothSending(t, func(t *testing.T, s *sender) {
		s.logMany(1)
		s.at(9, 10, 0)
		s.sweep()
		s.raw(`UPDATE people SET gone = TRUE WHERE person = $1`, director)
		s.at(16, 10, 0)
		s.sweep()
		equal(t, "weeklies", s.weeklies(), []string(nil))
	})
}

func TestReplicasMakeOneWeekly(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: s.clock, options: s.options}}
	other.open()
	s.logMany(3)
	s.at(9, 10, 0)
	s.sweep()
	s.drain()
	s.at(16, 10, 0)
	noErrors(t, together(t.Context(), 4, func(ctx context.Context, i int) error {
		_, err := []*DB{s.DB, other.DB}[i%2].Sweep(ctx, 5)
		return err
	}))
	s.sweep()
	equal(t, "weeklies", s.weeklies(), []string{"weekly U0DIRK 2026-03-16"})
}

// TestOutage: a gap in the heartbeat of all replicas is kept; one replica that
// works is enough.
func TestOutage(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		outage := func() workflow.Outage {
			o, err := h.Rooms().Outage(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return o
		}
		sweepAt := func(at time.Time) {
			h.clock.set(at)
			if _, err := h.Sweep(t.Context(), 10); err != nil {
				t.Fatal(err)
			}
		}
		sweepAt(monday)
		sweepAt(monday.Add(outageAfter))
		equal(t, "a quarter of an hour is none", outage(), workflow.Outage{})
		last := monday.Add(outageAfter)
		back := last.Add(outageAfter + time.Second)
		sweepAt(back)
		want := workflow.Outage{From: last, Until: back}
		equal(t, "an outage", outage(), want)
		sweepAt(back.Add(30 * time.Second)) // less than a minute: not written
		h.reopen(h.options.Policy)
		sweepAt(back.Add(outageAfter))
		equal(t, "after a restart", outage(), want)
		sweepAt(monday.Add(-time.Hour)) // the end of a rehearsal
		sweepAt(monday.Add(-time.Hour + outageAfter))
		equal(t, "a clock put back", outage(), want)
	})
}

// TestSharedHeartbeat: two replicas whose clocks differ a little make no
// outage, and one at work covers for the other.
func TestSharedHeartbeat(t *testing.T) {
	s := newSender(t, address(t, "postgres"))
	other := &sender{wall: s.wall, house: &house{TB: t, clock: &hands{now: monday.Add(-3 * time.Second)}, options: s.options}}
	other.options.Now = other.clock.Now
	other.open()
	for i := range 40 {
		at := monday.Add(time.Duration(i) * time.Minute)
		s.clock.set(at)
		other.clock.set(at.Add(-3 * time.Second))
		if i >= 20 { // it starts when the other has been at work for a while
			other.sweep()
		}
		s.sweep()
	}
	o, err := s.Rooms().Outage(t.Context())
	if err != nil || o != (workflow.Outage{}) {
		t.Errorf("%+v, %v", o, err)
	}
}

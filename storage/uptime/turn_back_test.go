package uptime_test

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// jump puts both clocks of an outbox that far ahead of where they are.
func jump(box *storagetest.Outbox, d time.Duration) {
	box.Clock.Set(box.Clock.Now().Add(d))
	box.Pass(d)
}

// fileToday files a complaint that came in on the day that the clock shows.
func fileToday(box *storagetest.Outbox, gesture string) workflow.Complaint {
	box.Helper()
	l := storagetest.Sample()
	l.Facts.Received, l.Facts.Incident = box.Core().Today(), calendar.Date{}
	return box.Do("", storagetest.Staff, gesture, l)
}

const day = 24 * time.Hour

// beyond counts what is due later than it can be now that the clock is back.
func beyond(box *storagetest.Outbox) int {
	wall, now := box.Wall.Now().Add(25*time.Hour).UnixMilli(), box.Clock.Now()
	today := box.Core().Today().String()
	return box.Count(`SELECT count(*) FROM outbox WHERE due_at > $1 AND due_at <> 253370764800000`, wall) +
		box.Count(`SELECT count(*) FROM outbox WHERE queued_at > $1 OR first_try > $1`, wall) +
		box.Count(`SELECT count(*) FROM lanes WHERE next_send_at > $1 OR leased_until > $1`, wall) +
		box.Count(`SELECT count(*) FROM outgoing_files WHERE delete_at > $1`, wall) +
		box.Count(`SELECT count(*) FROM people WHERE gathered > $1 OR weekly > $1`, today) +
		box.Count(`SELECT count(*) FROM quarters WHERE offered > $1 OR told > $1`, today) +
		box.Count(`SELECT count(*) FROM complaints WHERE state NOT IN ('closed', 'erased') AND received <= $2 AND next_at > $1`, now.AddDate(0, 0, 20), today)
}

// TestHeartbeat_clockAhead: after a clock that stood ahead nothing waits for the
// time that it told, whatever was queued, tried, leased and told meanwhile.
func TestHeartbeat_clockAhead(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		open := box.FilePosted("view:1")
		box.SweepAll()
		for _, ahead := range []time.Duration{10 * day, 800 * day, 3653 * day} {
			jump(box, ahead)
			box.SweepAll() // an overdue promise, and the directors' digests
			late := fileToday(box, "view:"+ahead.String())
			l := box.LeaseOf(outbox.LaneCases)
			d := box.Next(l) // tried, and nobody knows what became of it
			box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now().Add(time.Minute), Fault: "no_answer"})
			if beyond(box) != 0 {
				t.Fatal("beyond what the clock says itself")
			}
			jump(box, -ahead)
			if beyond(box) == 0 {
				t.Fatal("the clock was put back, and nothing lies beyond it")
			}
			box.SweepAll()
			if n := beyond(box); n != 0 {
				t.Errorf("%v ahead: %d things wait for a time that is years off", ahead, n)
			}
			if o, err := box.Rooms().Outage(t.Context()); err != nil || o != (workflow.Outage{}) {
				t.Errorf("%v ahead: an outage %v, %v", ahead, o, err)
			}
			box.Pass(time.Minute)
			box.Drain()
			if n := box.Count(`SELECT count(*) FROM outbox WHERE complaint = $1`, late.ID); n != 0 {
				t.Errorf("%v ahead: %d messages of the case that was filed then are left", ahead, n)
			}
		}
		box.InMarch(4, 9, 1) // target(R+2)
		box.Pass(48 * time.Hour)
		box.SweepAll()
		if got := box.Arrivals(); len(got) == 0 {
			t.Error("nobody is reminded any more")
		}
		if c, err := box.Case(t.Context(), open.ID); err != nil || c.NextAt.After(box.Clock.Now().Add(5*day)) {
			t.Errorf("the case is looked at on %v, %v", c.NextAt, err)
		}
	})
}

// TestHeartbeat_firstTryLetsTheMessageBeFound: what was tried while the clock stood
// ahead is searched for from before the jump, not from a day that has yet to come.
func TestHeartbeat_firstTryLetsTheMessageBeFound(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		box.SweepAll()
		before := box.Wall.Now()
		jump(box, 800*day)
		box.SweepAll()
		fileToday(box, "view:1")
		l := box.LeaseOf(outbox.LaneCases)
		d := box.Next(l)
		box.Settle(l, d, outbox.Settlement{Retry: box.Wall.Now(), Fault: "no_answer"})
		jump(box, -800*day+time.Hour)
		box.SweepAll()
		if d = box.Next(box.LeaseOf(outbox.LaneCases)); d.Attempts != 2 || d.FirstTry.After(before) {
			t.Errorf("attempt %d, searched for from %v; the clock jumped after %v", d.Attempts, d.FirstTry, before)
		}
	})
}

// TestHeartbeat_jumpBetweenTwoHeartbeats: what was written during a jump that no
// heartbeat saw is set back too, by this process or by the next one.
func TestHeartbeat_jumpBetweenTwoHeartbeats(t *testing.T) {
	for _, restarts := range []bool{false, true} {
		storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
			box.SweepAll()
			jump(box, 800*day)
			fileToday(box, "view:1")
			box.Drain()
			jump(box, -800*day)
			if beyond(box) == 0 {
				t.Fatal("nothing lies beyond the present")
			}
			if restarts {
				box.Reopen(nil)
			}
			box.SweepAll()
			if n := beyond(box); n != 0 {
				t.Errorf("restarted %t: %d things wait for a time that is years off", restarts, n)
			}
		})
	}
}

// TestHeartbeat_clockBehind: a clock that no other agrees with puts nothing back,
// so that nobody is reminded twice once it is right again.
func TestHeartbeat_clockBehind(t *testing.T) {
	for _, check := range []core.ClockCheck{core.ClockDiffers, core.ClockUnchecked, core.ClockRehearsed} {
		storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
			says := core.ClockAgrees
			box.Options.Check = func() core.ClockCheck { return says }
			box.Reopen(nil)
			box.FilePosted("view:1")
			box.InMarch(9, 9, 1) // overdue: the second Monday
			box.Pass(7 * day)
			box.SweepAll()
			box.Arrivals()
			beat := func() (value []byte) {
				if err := box.Core().Read.Get(t.Context(), &value, `SELECT value FROM meta WHERE name = 'beat'`); err != nil {
					t.Fatal(err)
				}
				return value
			}
			was := string(beat())
			says = check
			shift := jump
			if check == core.ClockRehearsed { // the machine's stays
				shift = func(box *storagetest.Outbox, d time.Duration) { box.Clock.Set(box.Clock.Now().Add(d)) }
			}
			shift(box, -3000*day)
			box.SweepAll()
			storagetest.Equal(t, "the heartbeat", string(beat()), was)
			shift(box, 3000*day)
			says = core.ClockAgrees
			box.SweepAll()
			storagetest.Equal(t, "reminded again", box.Arrivals(), []string(nil))
			if o, err := box.Rooms().Outage(t.Context()); err != nil || time.Since(o.From) > 0 && o.Until.Sub(o.From) > 30*day {
				t.Errorf("an outage %v, %v", o, err)
			}
		})
	}
}

// TestHeartbeat_countsDaysOnce: a day counts once, however often the clock goes
// over it and whichever replica is at work.
func TestHeartbeat_countsDaysOnce(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		says := core.ClockUnchecked
		box.Options.Check = func() core.ClockCheck { return says }
		box.Reopen(nil)
		want := func(days, agreed int) {
			t.Helper()
			storagetest.Equal(t, "days", box.Core().Uptime(), workflow.Uptime{Days: days, Agreed: agreed})
		}
		want(0, 0)
		box.SweepAll()
		want(1, 0)
		says = core.ClockAgrees
		box.SweepAll()
		want(1, 1)
		box.Reopen(nil)
		box.SweepAll()
		want(1, 1)
		midnight := box.Core().Policy.Calendar.At(box.Core().Today().AddDays(1), 0)
		box.Clock.Set(midnight.Add(-time.Second))
		box.SweepAll()
		want(1, 1)
		box.Clock.Set(midnight) // a second later: no minute has passed
		box.SweepAll()
		want(2, 2)
		for range 5 {
			jump(box, 100*day)
			box.SweepAll()
			jump(box, -100*day)
			box.SweepAll()
		}
		want(3, 3)
	})
}

// TestPurge_waitsForASecondClock: nothing that can't be taken back happens while
// the clock was not compared or differs; it does once it agrees.
func TestPurge_waitsForASecondClock(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		says := core.ClockUnchecked
		reg.Options.Check = func() core.ClockCheck { return says }
		reg.Reopen(nil)
		over, asked := reg.CloseCase(reg.File("1")), reg.CloseCase(reg.File("2"))
		reg.Do(asked.ID, storagetest.Officer, "ask", workflow.RequestErasure{Reason: "Op verzoek."})
		reg.Announced()
		confirm := workflow.Command{Case: asked.ID, Action: workflow.ConfirmErasure{}, By: storagetest.Deputy, Gesture: "yes"}
		_, err := reg.Apply(t.Context(), confirm)
		storagetest.MustRefuse(t, err, workflow.CodeClock)
		reg.Clock.Set(storagetest.AfterRetention)
		erased := func() int { return reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`) }
		reg.SweepAll()
		storagetest.Equal(t, "before the first comparison", erased(), 0)
		says = core.ClockDiffers
		reg.Clock.Set(storagetest.AfterRetention.Add(time.Hour))
		reg.SweepAll()
		storagetest.Equal(t, "while it differs", erased(), 0)
		says = core.ClockAgrees
		reg.Clock.Set(storagetest.AfterRetention.Add(2 * time.Hour))
		reg.SweepAll()
		storagetest.Equal(t, "once it agrees", erased(), 2)
		_, _, err = reg.FindNumber(over.Number, storagetest.Officer)
		storagetest.MustRefuse(t, err, workflow.CodeErased)
		reg.MustVerify()
	})
}

// TestPurge_comparedMeanwhile: whenever in a sweep the first comparison comes, also
// between the attempt and the next step, the case does not wait as for a clock that
// differs.
func TestPurge_comparedMeanwhile(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		unchecked := 0
		reg.Options.Check = func() core.ClockCheck {
			if unchecked--; unchecked >= 0 {
				return core.ClockUnchecked
			}
			return core.ClockAgrees
		}
		reg.Reopen(nil)
		for n := range 8 {
			reg.CloseCase(reg.File(strconv.Itoa(n)))
			reg.Announced()
			now := reg.Clock.Now()
			reg.Clock.Set(storagetest.AfterRetention)
			unchecked = n
			if _, err := reg.Sweep(t.Context(), 1); err != nil && !errors.Is(err, core.ErrClock) {
				t.Fatal(err)
			}
			unchecked = 0
			reg.Clock.Set(storagetest.AfterRetention.Add(3 * time.Second))
			reg.SweepAll()
			storagetest.Equal(t, "erased", reg.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`), n+1)
			reg.Clock.Set(now)
		}
	})
}

// closeToday takes a complaint to its end on the day that the clock shows.
func closeToday(box *storagetest.Outbox, c workflow.Complaint) workflow.Complaint {
	box.Helper()
	today := box.Core().Today()
	resolved := storagetest.Resolved()
	resolved.Contact = today
	sent := storagetest.Sent(2, "Uitkomst bevestigd")
	sent.Date = today
	box.Do(c.ID, c.Owner, "resolve "+string(c.ID), resolved)
	return box.Do(c.ID, c.Owner, "confirm "+string(c.ID), workflow.Confirm{Sent: sent})
}

// told sends what waits, as a bot would whose messages arrive.
func told(box *storagetest.Outbox, c workflow.Complaint) {
	box.Helper()
	last, _ := box.Core().Policy.RetainUntil(&c)
	for {
		l, ok, err := box.Queue().Lease(box.Context())
		if err != nil || !ok {
			storagetest.MustBe(box, err, nil)
			return
		}
		for d, ok, err := box.Take(l); ok && err == nil; d, ok, err = box.Take(l) {
			s := box.Posted(d)
			if r, ok := d.Payload.(outbox.Reminder); ok && r.Watch == workflow.WatchRetention {
				s.Posted.Announced = []outbox.Announcement{{Case: d.Case, Until: last}}
			}
			box.Settle(l, d, s)
		}
		box.Release(l)
		box.Pass(time.Minute)
	}
}

// TestPurge_announcedByWhatArrived: what counts is that the message arrived, on
// either engine; seven days of work later the case goes.
func TestPurge_announcedByWhatArrived(t *testing.T) {
	storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
		c := box.CloseCase(fileToday(box, "view:1"))
		box.Drain()
		at := func(n int) time.Time {
			return box.Core().Policy.Calendar.At(box.Core().Policy.Calendar.Today(storagetest.AfterRetention).AddDays(n), 10*60)
		}
		erased := func() bool { return box.Count(`SELECT count(*) FROM complaints WHERE state = 'erased'`) == 1 }
		for n := range 40 { // nobody can be reached
			box.Clock.Set(at(n))
			box.SweepAll()
			if n == 30 {
				break
			}
		}
		if !erased() {
			t.Fatal("after thirty days without anybody to be reached")
		}
		storagetest.Equal(t, "for the directors", box.Count(`SELECT count(*) FROM outbox WHERE surface = 'erased' AND person = $1`, storagetest.Director), 1)
		numbers, err := box.Erasures().Unannounced(t.Context(), box.Core().Today().AddDays(-1), false)
		storagetest.Equal(t, "kept", numbers, []string{c.Number})
		storagetest.MustBe(t, err, nil)

		d := closeToday(box, fileToday(box, "view:2"))
		box.Drain()
		last, _ := box.Core().Policy.RetainUntil(&d)
		on := func(n int) {
			box.Clock.Set(box.Core().Policy.Calendar.At(last.AddDays(n), 10*60))
			box.Pass(day)
			box.SweepAll()
		}
		left := func() bool {
			return box.Count(`SELECT count(*) FROM complaints WHERE id = $1 AND state = 'closed'`, d.ID) == 1
		}
		n := 40
		for ; box.Count(`SELECT count(*) FROM announcements WHERE complaint = $1 AND told_on <> ''`, d.ID) == 0; n++ { // a weekend
			on(n)
			told(box, d)
		}
		for i := range 6 {
			on(n + i)
			if !left() {
				t.Fatalf("erased on day %d of seven", i+1)
			}
		}
		on(n + 6)
		if left() {
			t.Error("not erased after seven days")
		}
		box.MustVerify()
	})
}

// TestHeartbeat_weeklyDigestOnce: directors who had this week's digest before the clock
// stood ahead for weeks don't get it again once it is right; those who did not, do.
func TestHeartbeat_weeklyDigestOnce(t *testing.T) {
	for when, want := range map[int][]string{10: nil, 8: {"weekly U0DIRK 2026-03-09"}} {
		storagetest.OnBothOutbox(t, func(t *testing.T, box *storagetest.Outbox) {
			l := storagetest.Sample()
			l.Facts.Received, l.Facts.Incident = calendar.NewDate(2026, time.February, 20), calendar.Date{} // overdue since the 26th
			box.Do("", storagetest.Staff, "view:1", l)
			at := func(on, hour int) {
				now := box.Clock.Now()
				box.InMarch(on, hour, 0)
				box.Pass(box.Clock.Now().Sub(now))
				box.SweepAll()
			}
			at(2, 10)
			for on := 3; on <= when; on++ {
				at(on, 10)
			}
			box.Drain()
			at(25, 10)
			at(11, 10)
			var got []string
			for _, one := range box.Arrivals() {
				if one[:6] == "weekly" {
					got = append(got, one)
				}
			}
			storagetest.Equal(t, "on Wednesday", got, want)
		})
	}
}

package workflow

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func closedOn(t *testing.T, p *Policy, d calendar.Date) Complaint {
	t.Helper()
	c := logged(t, p, func(l *File) { l.Facts.Received = d }, noon(d))
	return play(t, p, c, played{d, decision(d)}, played{d, Confirm{letter(d)}})
}

// TestRetention_lastDay: the worked examples of deadlines.md, and the day after.
func TestRetention_lastDay(t *testing.T) {
	for _, test := range []struct {
		from         RetentionFrom
		closed, want calendar.Date
	}{
		{FromClosed, calendar.NewDate(2028, 2, 29), calendar.NewDate(2030, 2, 28)},
		{FromClosed, calendar.NewDate(2026, 8, 31), calendar.NewDate(2028, 8, 31)},
		{FromReceived, calendar.NewDate(2026, 8, 31), calendar.NewDate(2028, 8, 30)},
		{"", calendar.NewDate(2026, 3, 28), calendar.NewDate(2028, 3, 28)}, // clocks change the next night
	} {
		p := policy(t)
		p.Terms.RetentionFrom = test.from
		received := test.closed
		if test.from == FromReceived {
			received = received.AddDays(-1)
		}
		c := logged(t, p, func(l *File) { l.Facts.Received = received }, noon(test.closed))
		c = play(t, p, c, played{test.closed, decision(test.closed)}, played{test.closed, Confirm{letter(test.closed)}})
		last, ok := p.RetainUntil(&c)
		if !ok || last != test.want {
			t.Errorf("%s %s: until %s, want %s", test.from, test.closed, last, test.want)
		}
		p, c = told(p, c)
		midnight := time.Date(last.Year, last.Month, last.Day+1, 0, 0, 0, 0, p.Calendar.Location)
		if s := do(t, p, c, Tick{}, roster.Clock, midnight.Add(-time.Second)).Complaint.State; s != StateClosed {
			t.Errorf("%s in the last second of %s", s, last)
		}
		if s := do(t, p, c, Tick{}, roster.Clock, midnight).Complaint.State; s != StateErased {
			t.Errorf("%s at 00:00 after %s", s, last)
		}
	}
}

// TestRetention_keptWithoutAnEnd: the whole matrix. A case that is open,
// disputed or held is never purged, however old; a closed one is from the first
// day after.
func TestRetention_keptWithoutAnEnd(t *testing.T) {
	p := policy(t)
	ages := []int{0, 23, 24, 25, 60, 600}
	for _, state := range live {
		for _, held := range []bool{false, true} {
			for _, disputed := range []bool{false, true} {
				c := in(t, p, state)
				if disputed { // went there and came back
					c.Dispute = DisputeFile{From: c.Dispute.From, On: start}
				}
				if held {
					c = play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(6)}})
				}
				p, c := told(p, c)
				for _, months := range ages {
					now := noon(start.AddMonths(months).AddDays(1))
					name := fmt.Sprintf("%s held=%t disputed=%t after %d months", state, held, disputed, months)
					after := do(t, p, c, Tick{}, roster.Clock, now).Complaint
					want := state == StateClosed && !held && months >= 24
					if got := after.State == StateErased; got != want {
						t.Errorf("%s: erased %t", name, got)
					}
					_, err := p.Step(c, Purge{}, roster.Clock, now)
					if (err == nil) != want {
						t.Errorf("%s: asked to purge: %v", name, err)
					}
				}
			}
		}
	}
}

// TestPurge_isTheClocksOwn: nobody else may, when it is due either.
func TestPurge_isTheClocksOwn(t *testing.T) {
	p := policy(t)
	c := in(t, p, StateClosed)
	for _, who := range []roster.PersonID{officer, deputy, director, staff} {
		_, err := p.Step(c, Purge{}, who, noon(start.AddMonths(30)))
		if got := errText(err); got != ":forbidden" {
			t.Errorf("%s: %s", who, got)
		}
	}
}

// TestRetention_whatStopsTheClock: a hold and reopening cancel, closing again
// restarts, and what a person ends today is not followed by the purge before
// midnight.
func TestRetention_whatStopsTheClock(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	late := start.AddMonths(30)
	again := play(t, p, c, played{start.AddMonths(12), Reopen{Reason: "Nieuw bewijs."}})
	if _, ok := p.RetainUntil(&again); ok {
		t.Error("reopened, and still to be purged")
	}
	day := start.AddMonths(13)
	again = play(t, p, again, played{day, decision(day)}, played{day, Confirm{letter(day)}})
	if last, _ := p.RetainUntil(&again); last != day.AddMonths(24) {
		t.Errorf("closed again: until %s", last)
	}
	held := play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(6)}})
	_, held = told(p, held)
	ended := play(t, p, held, played{late, Hold{Reason: "Klaar."}})
	if ended.State != StateClosed || p.Calendar.Today(ended.NextAt) != late {
		t.Errorf("a hold that ends late: %s, next %v, want to be announced on %v", ended.State, ended.NextAt, late)
	}
	midnight := p.Calendar.At(late.AddDays(1), 0)
	if s := do(t, p.Since(Uptime{Days: 99}), ended, Tick{}, roster.Clock, midnight).Complaint.State; s != StateClosed {
		t.Errorf("the next midnight, not announced again: %s", s)
	}
	p, ended = told(p, ended)
	ended.Announcement.On = late
	if s := do(t, p, ended, Tick{}, roster.Clock, midnight).Complaint.State; s != StateErased {
		t.Errorf("the next midnight: %s", s)
	}
}

// TestRetention_announcement follows a closed case as the sweep does: announced
// 30 and 7 days ahead, in the window, in a direct message; then purged, and
// never touched again.
func TestRetention_announcement(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	var got []string
	for range 10 {
		if c.NextAt.IsZero() {
			break
		}
		change := do(t, p, c, Tick{}, roster.Clock, c.NextAt)
		day := p.Calendar.Today(c.NextAt)
		for _, e := range change.Effects {
			s := shownBy(e)
			got = append(got, strings.TrimSpace(fmt.Sprint(day, " ", s.kind, " ", s.to, " ", s.what)))
		}
		c = change.Complaint
		if len(got) > 0 && c.Announcement.On.IsZero() {
			p, c = told(p, c)
		}
	}
	// 2028-11-02 is a Thursday; 30 days ahead is Tuesday 3 October.
	want := []string{
		"2028-10-03 reminder UOFFICER retention", "2028-10-03 case", "2028-10-26 reminder UOFFICER retention", "2028-10-26 case",
		"2028-11-03 clear  purge",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the clock did (-want +got):\n%s", diff)
	}
	if c.State != StateErased || !c.NextAt.IsZero() {
		t.Errorf("at the end: %s, next %v", c.State, c.NextAt)
	}
}

// TestRetention_announcementMissed: after downtime there is one message, and a
// hold takes the reason for it away.
func TestRetention_announcementMissed(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	last, _ := p.RetainUntil(&c)
	now := noon(last.AddDays(-1))
	change := do(t, p, c, Tick{}, roster.Clock, now)
	if n := len(change.Effects); n != 2 {
		t.Errorf("%d effects: %v", n, change.Effects)
	}
	if ok, _ := p.MayRemindNow(&change.Complaint, WatchRetention, officer, now); !ok {
		t.Error("may not be announced")
	}
	held := do(t, p, change.Complaint, Hold{Reason: "Rechtszaak.", Review: last.AddMonths(2)}, officer, now).Complaint
	if ok, later := p.MayRemindNow(&held, WatchRetention, officer, now); ok || !later.IsZero() {
		t.Error("announced a purge that a hold has stopped")
	}
}

// TestRetention_nobodyIsAskedAboutTheOld: a closed case whose handler left is
// handed on when there is something to tell, and not before.
func TestRetention_nobodyIsAskedAboutTheOld(t *testing.T) {
	p := policy(t)
	c := closedOn(t, p, start)
	gone := p.With(roster.Presence{Gone: map[roster.PersonID]bool{officer: true}})
	if change := do(t, gone, c, Tick{}, roster.Clock, noon(start.AddMonths(3))); change.Journal || change.Complaint.Owner != officer {
		t.Errorf("after three months: owner %s", change.Complaint.Owner)
	}
	if change := do(t, gone, c, Tick{}, roster.Clock, noon(calendar.NewDate(2028, 10, 3))); change.Complaint.Owner != deputy {
		t.Errorf("before the purge: owner %s", change.Complaint.Owner)
	}
}

// TestPurge_leavesWhatFiguresNeed: figures read the same after the purge as
// before it, and nothing tells of a person or a day.
func TestPurge_leavesWhatFiguresNeed(t *testing.T) {
	p := policy(t)
	received := calendar.NewDate(2026, 1, 31)
	for _, days := range []int{3, 28, 29, 40} {
		c := logged(t, p, func(l *File) {
			l.Facts.Received, l.Facts.Incident, l.Particulars.Concerns = received, received, director
		}, noon(received))
		ack, end := received.AddDays(2), received.AddDays(days)
		c = play(t, p, c, played{ack, Acknowledge{letter(ack)}}, played{end, decision(end)}, played{end, Confirm{letter(end)}})
		p, c := told(p, c)
		after := do(t, p, c, Tick{}, roster.Clock, noon(end.AddMonths(25))).Complaint
		if after.Facts.Received != (calendar.NewDate(2026, 1, 1)) || after.Class(end) != c.Class(end) {
			t.Errorf("received %s, class %s, was %s", after.Facts.Received, after.Class(end), c.Class(end))
		}
		if got := after.Decision.On.DaysSince(after.Facts.Received); got != days {
			t.Errorf("%d days became %d", days, got)
		}
		if got, want := p.Calendar.Today(after.ClosedAt), monthOf(end); got != want {
			t.Errorf("closed %s, want %s", got, want)
		}
		for i, pr := range after.Promises {
			if was := c.Promises[i]; pr.InTime() != was.InTime() || pr.Open() != was.Open() ||
				pr.Due.DaysSince(pr.Made) != was.Due.DaysSince(was.Made) || pr.Kept.By != "" || pr.Reminders != "" {
				t.Errorf("%s became %+v", was.Kind, pr)
			}
		}
		said := fmt.Sprintf("%+v", after)
		for _, word := range []roster.PersonID{officer, deputy, director, staff, "Gesprekstechniek"} {
			if strings.Contains(said, string(word)) {
				t.Errorf("%s is still there", word)
			}
		}
		if after.Particulars != (Particulars{}) || !after.Facts.Incident.IsZero() {
			t.Error("particulars or the incident's date are still there")
		}
		if after.Decision.Verdict != c.Decision.Verdict || after.Decision.Lesson != c.Decision.Lesson || after.Facts.Category != c.Facts.Category {
			t.Error("what figures need is gone")
		}
	}
}

func TestHold_reviewDate(t *testing.T) {
	p := policy(t)
	c := in(t, p, StateClosed)
	for _, test := range []struct {
		name   string
		review calendar.Date
		want   string
	}{
		{"today", start, "review_date:date_past"},
		{"six months", start.AddMonths(6), ""},
		{"a day more", start.AddMonths(6).AddDays(1), "review_date:date_late"},
		{"no date", calendar.Date{}, "review_date:date_required"},
	} {
		_, err := p.Step(c, Hold{Reason: "Rechtszaak.", Review: test.review}, officer, noon(start))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	c = play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(1)}})
	if c = play(t, p, c, played{start, Hold{Reason: "Klaar."}}); !c.HoldReview.IsZero() || p.Calendar.Today(c.NextAt).Before(start.AddMonths(22)) {
		t.Errorf("a hold that was ended: review %s, next %v", c.HoldReview, c.NextAt)
	}
}

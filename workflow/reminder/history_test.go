package reminder

import (
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
)

// sent is a history of everything: an officer twice, a deputy, a director's
// notice.
func sent() History {
	return History("").with(Reminder{officer, 2, start}).with(Reminder{deputy, 3, start}).
		with(Reminder{officer, 4, start.AddDays(1)}).with(Reminder{director, directorNotice, start})
}

func TestHistory_survivesItsText(t *testing.T) {
	h := sent()
	if step, on := h.stepOf(officer); step != 4 || on != start.AddDays(1) {
		t.Errorf("the officer: %d, %s", step, on)
	}
	highest := 0
	for _, one := range h.all() {
		highest = max(highest, one.Step)
	}
	_, notified := h.noticeTo(director)
	_, deputyToo := h.noticeTo(deputy)
	if h.Reached(director) || !notified || deputyToo || highest != 4 || h.lastOn() != start.AddDays(1) {
		t.Errorf("%q", h)
	}
	if got := len(History("x;U1 2;U1 a 2026-11-02;U1 2 yesterday; ;U1 1 2026-11-02").all()); got != 1 {
		t.Errorf("read %d reminders from what is mostly none", got)
	}
}

// TestHistory_outlivesAWrongClock: who was reminded today, and on several days more while
// the clock stood ahead, was reminded today. What is kept of one person has its measure.
func TestHistory_outlivesAWrongClock(t *testing.T) {
	h := History("").with(Reminder{officer, 1, start.AddDays(-9)}).with(Reminder{officer, 2, start})
	for n := range 3 {
		h = h.with(Reminder{officer, 5, start.AddDays(800 + n)})
	}
	now := h.Until(start)
	if step, on := now.stepOf(officer); step != 2 || on != start {
		t.Errorf("reminded at step %d on %s, by %q", step, on, h)
	}
	for n := range 50 {
		h = h.with(Reminder{officer, 5, start.AddDays(900 + n)})
	}
	if n := len(h.all()); n != remembered+1 {
		t.Errorf("%d reminders are kept of one person", n)
	}
	again := now.with(Reminder{officer, 3, start.AddDays(1)}).with(Reminder{officer, 4, start.AddDays(1)})
	if again != "UOFFICER 1 2026-10-24;UOFFICER 2 2026-11-02;UOFFICER 4 2026-11-03" {
		t.Errorf("%q", again)
	}
}

// TestHistory_isStoredAsBefore: registers hold this text. Of one person
// reminders of earlier days are in it too.
func TestHistory_isStoredAsBefore(t *testing.T) {
	for want, got := range map[History]History{
		"UOFFICER 2 2026-11-02;UDEPUTY 3 2026-11-02;UOFFICER 4 2026-11-03;UDIRECTOR 0 2026-11-02": sent(),
		"UDIRECTOR 0 2026-11-02":        sent().Restarted(),
		"UDEPUTY 2147483647 2026-11-02": AskedOn(start, deputy),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestHistory_lastIsWhoWasAskedLast(t *testing.T) {
	for h, want := range map[History]string{"": "", "unreadable": "", sent(): "UDIRECTOR", AskedOn(start, deputy): "UDEPUTY"} {
		if got := string(h.LastTo()); got != want {
			t.Errorf("%q: %q", h, got)
		}
	}
}

func TestWatch_weeklyDigestFollowsTheNotice(t *testing.T) {
	overdue := Watch{Due: start.AddDays(-1), History: sent(), Escalation: Escalation{Then: WhenOverdue}}
	own, undated := overdue, overdue
	own.Then, undated.Then = EverySecondDay, Nothing
	later := overdue
	later.Due = start.AddDays(5)
	for _, test := range []struct {
		name string
		w    Watch
		on   calendar.Date
		want bool
	}{
		{"the day of the notice", overdue, start, false},
		{"the day after", overdue, start.AddDays(1), true},
		{"not overdue any more", later, start.AddDays(1), false},
		{"a term of the firm's own", own, start.AddDays(1), false},
		{"what can't be overdue", undated, start.AddDays(1), false},
	} {
		if got := test.w.InWeeklyDigest(director, test.on); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
		if test.w.InWeeklyDigest(officer, test.on) {
			t.Errorf("%s: somebody who had no notice reads of it", test.name)
		}
	}
}

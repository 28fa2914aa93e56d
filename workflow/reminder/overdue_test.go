package reminder

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestOverdue_oldPromises: of a promise of two years ago too the next reminder is on
// a Monday, and what was sent daily, by the rule of before, is followed by Mondays.
func TestOverdue_oldPromises(t *testing.T) {
	p := planner(t, owned{by: officer})
	for _, test := range []struct {
		name    string
		due     string
		history History
		today   string
		want    string // the owner's next reminder
	}{
		{"never told of", "2024-11-01", "", "2026-11-03", "2026-11-03"},
		{"told yesterday, by the rule of before", "2026-10-02", "UOFFICER 2147483647 2026-11-02", "2026-11-03", "2026-11-09"},
		{"told on Friday", "2026-10-02", "UOFFICER 2147483647 2026-10-30", "2026-11-02", "2026-11-02"},
		{"told before it was late", "2026-10-30", "UOFFICER 3 2026-10-30", "2026-11-02", "2026-11-02"},
		{"told by a clock that stood ahead", "2026-10-02", "UOFFICER 2147483647 2026-11-02;UOFFICER 2147483647 2028-01-03", "2026-11-03", "2026-11-09"},
	} {
		w := Watch{Made: start, Due: date(test.due), History: test.history.Until(date(test.today)), Escalation: Escalation{Then: WhenOverdue}}
		at := slices.IndexFunc(p.Plan(w, date(test.today)), func(one Reminder) bool { return one.To == officer && one.Step == afterLast })
		if at < 0 {
			t.Errorf("%s: nobody is reminded any more", test.name)
			continue
		}
		if got := calendar.Latest(p.Plan(w, date(test.today))[at].Day, date(test.today)); got != date(test.want) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestOverdue_outageHeldUp: an outage is mentioned by a reminder that it held up, which is
// one of the five days or of a Monday.
func TestOverdue_outageHeldUp(t *testing.T) {
	p := planner(t, owned{by: officer}, works(deputy, time.Thursday))
	late := Watch{Made: start.AddDays(-14), Due: start.AddDays(-10), Escalation: Escalation{Then: WhenOverdue}} // Friday 23 October
	for day, want := range map[string][]roster.PersonID{
		"2026-10-26": {officer, director, second}, "2026-10-29": {officer, deputy}, "2026-10-30": {officer},
		"2026-11-02": {officer}, "2026-11-03": nil, "2026-11-05": {deputy}, "2026-11-09": {officer},
	} {
		var got []roster.PersonID
		for _, who := range []roster.PersonID{officer, deputy, director, second} {
			if p.RemindsOn(late, who, date(day)) {
				got = append(got, who)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
}

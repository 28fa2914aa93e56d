package roster

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
)

// start is a Monday.
var start = calendar.NewDate(2026, time.November, 2)

func period(from, until string) Period { return Period{day(from), day(until)} }

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestJoin_periodsThatTouchAreOne(t *testing.T) {
	p := func(from, until int) Period {
		return Period{From: start.AddDays(from), Until: start.AddDays(until)}
	}
	for _, test := range []struct {
		had   []Period
		added Period
		want  []Period
	}{
		{nil, p(1, 2), []Period{p(1, 2)}},
		{[]Period{p(5, 9)}, p(1, 2), []Period{p(1, 2), p(5, 9)}},
		{[]Period{p(5, 9)}, p(1, 4), []Period{p(1, 9)}},
		{[]Period{p(1, 3), p(5, 9)}, p(2, 6), []Period{p(1, 9)}},
		{[]Period{p(1, 9)}, p(2, 6), []Period{p(1, 9)}},
	} {
		before := append([]Period(nil), test.had...)
		if got := Join(test.had, test.added); !cmp.Equal(test.want, got) || !cmp.Equal(before, test.had) {
			t.Errorf("%v and %v: %v", test.had, test.added, got)
		}
	}
}

func TestRoster_uncoveredDay(t *testing.T) {
	r := Roster{Officers: []PersonID{"UOFFICER", "UDEPUTY"}}
	r.Presence.Away = map[PersonID][]Period{"UDEPUTY": {period("2026-11-09", "2026-11-10")}}
	for _, test := range []struct{ from, until, want string }{
		{"2026-11-02", "2026-11-08", ""},
		{"2026-11-02", "2026-11-09", "2026-11-09"},
		{"2026-11-10", "2026-11-20", "2026-11-10"},
		{"2026-11-11", "2026-11-20", ""},
	} {
		d, ok := r.Uncovered("UOFFICER", period(test.from, test.until), start)
		if d.String() != test.want || ok != (test.want != "") {
			t.Errorf("%s to %s: %s %v", test.from, test.until, d, ok)
		}
	}
}

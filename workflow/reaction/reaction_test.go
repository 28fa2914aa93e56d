package reaction

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

func TestDays_firstIsTheEarliest(t *testing.T) {
	at := time.Date(2026, time.November, 5, 10, 0, 0, 0, time.UTC)
	early, late := calendar.NewDate(2026, time.November, 3), calendar.NewDate(2026, time.November, 9)
	all := Days("").With(late, at).With(early, at.Add(time.Hour))
	if all != "2026-11-09 1793872800;2026-11-03 1793876400" {
		t.Errorf("stored as %q", all)
	}
	for _, test := range []struct {
		days Days
		want calendar.Date
	}{
		{"", calendar.Date{}}, {"unreadable;2026-11-09 1", late}, {all, early},
		{all.Without(at.Add(time.Hour)), late}, {all.Without(at), early},
		{all.Without(at).Without(at.Add(time.Hour)), calendar.Date{}},
		{all.Shorn(func(d calendar.Date) calendar.Date { return d.AddDays(-2) }), early.AddDays(-2)},
		{Days("").Shorn(func(d calendar.Date) calendar.Date { return d }), calendar.Date{}},
	} {
		if got := test.days.First(); got != test.want {
			t.Errorf("%q: %s, want %s", test.days, got, test.want)
		}
	}
	if shorn := all.Shorn(func(d calendar.Date) calendar.Date { return d }); shorn != "2026-11-03 0" {
		t.Errorf("after the purge: %q", shorn)
	}
}

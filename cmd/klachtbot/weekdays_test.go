package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

var pair = roster.Roster{Officers: []roster.PersonID{"U0A", "U0B"}, Directors: []roster.PersonID{"U0D"}}

func TestSettings_weekdays(t *testing.T) {
	const mon, tue, wed, thu, fri = time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday
	type days = map[roster.PersonID][]time.Weekday
	for _, test := range []struct {
		typed string
		want  days
	}{
		{"", days{}},
		{"U0A=ma di wo;U0B=do vr", days{"U0A": {mon, tue, wed}, "U0B": {thu, fri}}},
		{" U0A = Mon-Wed , FRI ; U0D=zo,ma ;", days{"U0A": {mon, tue, wed, fri}, "U0D": {mon, time.Sunday}}},
		{"U0A=wo ma-wo\tma", days{"U0A": {mon, tue, wed}}},
	} {
		var m mistakes
		if got := m.weekdays(test.typed, pair); !cmp.Equal(test.want, got) || m != nil {
			t.Errorf("%q: %v, %v", test.typed, got, m)
		}
	}
}

func TestSettings_wrongWeekdays(t *testing.T) {
	for typed, want := range map[string][]string{
		"U0A":                       {"U0OMAR=ma"},
		"U0A=":                      {"which days"},
		"U0A=ma;U0A=di":             {"twice"},
		"U0X=ma":                    {"neither officer nor director"},
		"U0A=maandag":               {`"maandag"`},
		"U0A=wo-ma":                 {`"wo-ma"`},
		"U0A=ma-":                   {`"ma-"`},
		"U0A=ma--wo":                {`"ma--wo"`},
		"U0A=ma di-xx yy;U0X=ma;;=": {`"di-xx"`, `"yy"`, "U0X", `""`, "which days"},
	} {
		var m mistakes
		m.weekdays(typed, pair)
		if len(m) != len(want) {
			t.Errorf("%q: %v, want %d mistakes", typed, m, len(want))
			continue
		}
		for i, err := range m {
			if !strings.HasPrefix(err.Error(), weekdaySetting+": ") || !strings.Contains(err.Error(), want[i]) {
				t.Errorf("%q: %v, want %s", typed, err, want[i])
			}
		}
	}
}

// FuzzWeekdays: what is taken without a mistake names people on the roster,
// each with days from Monday on, and reads the same when it is written out.
func FuzzWeekdays(f *testing.F) {
	for _, seed := range []string{"U0A=ma di wo;U0B=do vr", "U0A=ma-wo", "U0D=sun", "=;-", "U0A=ma-\x00"} {
		f.Add(seed)
	}
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	f.Fuzz(func(t *testing.T, typed string) {
		var m mistakes
		got := m.weekdays(typed, pair)
		if len(m) > 0 {
			return
		}
		var entries []string
		for who, days := range got {
			if !pair.Has(who) || len(days) == 0 || len(slices.Compact(slices.Sorted(slices.Values(days)))) != len(days) {
				t.Errorf("%q: %s works on %v", typed, who, days)
			}
			entry := string(who) + "="
			for _, day := range days {
				entry += names[day] + " "
			}
			entries = append(entries, entry)
		}
		if again := m.weekdays(strings.Join(entries, ";"), pair); !cmp.Equal(got, again) || len(m) > 0 {
			t.Errorf("%q: %v, and written out %v, %v", typed, got, again, m)
		}
	})
}

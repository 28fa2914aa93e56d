package calendar

import (
	"testing"
	"time"
)

func TestQuarter_parse(t *testing.T) {
	for text, want := range map[string]Quarter{
		"2026-Q3": {2026, 3}, "2026q3": {2026, 3}, "Q3 2026": {2026, 3}, " q4-2025 ": {2025, 4},
		"2026 Q1": {2026, 1}, "q12026": {2026, 1},
	} {
		if got, err := ParseQuarter(text); err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "Q", "2026", "2026-Q", "2026-Q0", "2026-Q5", "2026-Q33", "26-Q3", "0000-Q1", "Q3", "Q3 26", "Q3 20266",
		"2026Q3Q", "-2026-Q3", "+202-Q3", "2026_Q3", "2026-Q3-", "derde kwartaal",
	} {
		if got, err := ParseQuarter(text); err == nil || !got.IsZero() {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// TestQuarter_days: every day of four years lies in one quarter, between its
// first and last, and the quarters follow each other.
func TestQuarter_days(t *testing.T) {
	before := QuarterOf(NewDate(2023, time.December, 31))
	for d := NewDate(2024, time.January, 1); d.Year < 2028; d = d.AddDays(1) {
		q := QuarterOf(d)
		if !q.Contains(d) || d.Before(q.First()) || d.After(q.Last()) {
			t.Fatalf("%v lies in %v, from %v to %v", d, q, q.First(), q.Last())
		}
		if d == q.First() && (before.Next() != q || q.Previous() != before || before.Last().AddDays(1) != d) {
			t.Fatalf("%v follows %v", q, before)
		}
		if q.Compare(before) < 0 || before.Compare(q) > 0 || before.Contains(d) != (q == before) {
			t.Fatalf("%v does not come after %v", q, before)
		}
		before = q
	}
	if (Quarter{2026, 1}).Contains(Date{}) {
		t.Error("an unknown date lies in a quarter")
	}
	if last := (Quarter{2028, 1}).Last(); last != NewDate(2028, time.March, 31) {
		t.Errorf("the first quarter of 2028 ends on %v", last)
	}
}

// TestQuarter_isLocal: a complaint of 00:30 on 1 July in Amsterdam, still June
// in UTC, counts in the third quarter (R11).
func TestQuarter_isLocal(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	night := time.Date(2026, time.June, 30, 22, 30, 0, 0, time.UTC)
	if q := QuarterOf(Calendar{Location: amsterdam}.Today(night)); q != (Quarter{2026, 3}) {
		t.Errorf("the night counts in %v", q)
	}
}

func FuzzParseQuarter(f *testing.F) {
	for _, text := range []string{"2026-Q3", "2026q3", "Q3 2026", "", "Q", "Ⅳ", "2026-Q3\x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuarter(text)
		if (err == nil) == q.IsZero() {
			t.Fatalf("%q gives %v, %v", text, q, err)
		}
		if err != nil {
			return
		}
		var again Quarter
		b, err := q.MarshalText()
		if err != nil || again.UnmarshalText(b) != nil || again != q || q.Next().Previous() != q {
			t.Fatalf("%q gives %v, and %q gives %v", text, q, b, again)
		}
	})
}

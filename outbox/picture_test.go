package outbox

import (
	"testing"
)

func TestBelow_readsBack(t *testing.T) {
	for _, b := range []Below{
		{KindQuarter, "2026-Q3", "C0BOARD", "1764170000.000100"},
		{KindReviewsWaiting, "", "D0SIM1", "1.2"},
	} {
		if got, err := ParseBelow(b.String()); err != nil || got != b {
			t.Errorf("%q reads as %+v, %v", b, got, err)
		}
	}
}

func FuzzParseBelow(f *testing.F) {
	for _, s := range []string{"quarter 2026-Q3 C0 1.2", "reviews  D0 1.2", "", "quarter", "a b c d e", " b c d", "a b  d", "a b c "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ParseBelow(s)
		if err == nil && (b.String() != s || b.Kind == "" || b.Channel == "" || b.TS == "") {
			t.Errorf("%q reads as %+v", s, b)
		}
	})
}

// TestInstead_isReadBack: what the channel did not take is known by its What, below which a
// picture can go too.
func TestInstead_isReadBack(t *testing.T) {
	for _, want := range []string{"2026-Q3", ""} {
		at, err := ParseBelow(Below{KindQuarter, Instead(want), "D1", "1.2"}.String())
		if err != nil {
			t.Fatal(err)
		}
		d := Delivery{What: at.What}
		if what, channel := d.InsteadOf(); what != want || !channel {
			t.Errorf("%q: %q, %v", want, what, channel)
		}
		d.What = want
		if what, channel := d.InsteadOf(); what != want || channel {
			t.Errorf("%q: %q, %v", want, what, channel)
		}
	}
}

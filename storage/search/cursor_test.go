package search

import "testing"

// FuzzCursor reads anything as a cursor: it is one that String writes, or the
// beginning.
func FuzzCursor(f *testing.F) {
	for _, s := range []string{"", "K-2026-0001", "V-2026-12345", "x.y", "MjAyNg.K-2026-0001", "K--1-1", "K-2026-99999999999999999999", "\x00.K-1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := parseCursor(s)
		if c == (cursor{}) {
			return
		}
		if again := parseCursor(c.String()); again != c {
			t.Errorf("%+v is written as one that reads %+v", c, again)
		}
		if c.Year < 1 || c.Ordinal < 1 {
			t.Errorf("a place that no case has: %+v", c)
		}
	})
}

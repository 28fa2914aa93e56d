package calendar

import "testing"

// TestDelivered_byTheTable holds R18: the next working day, the second delivery day
// from July 2026, the third from July 2027.
func TestDelivered_byTheTable(t *testing.T) {
	c := amsterdam(t)
	for posted, want := range map[string]string{
		"2026-06-26": "2026-06-29", // Friday
		"2026-06-30": "2026-07-01", // the last day of the old rule
		"2026-04-02": "2026-04-07", // before Good Friday and Easter
		"2026-07-01": "2026-07-03", // Wednesday: Thursday, Friday
		"2026-12-04": "2026-12-08", // Friday: Saturday, Tuesday
		"2026-12-05": "2026-12-09", // Saturday: Tuesday, Wednesday
		"2026-12-06": "2026-12-09", // Sunday
		"2026-12-07": "2026-12-09", // Monday
		"2026-12-23": "2026-12-29", // Thursday, not Christmas and Boxing Day, Tuesday
		"2027-06-30": "2027-07-02", // the last day of two
		"2027-07-01": "2027-07-06", // Thursday: Friday, Saturday, Tuesday
		"2027-12-30": "2028-01-05", // Friday, not New Year, Tuesday, Wednesday
	} {
		if got := c.Delivered(day(posted)); got.String() != want {
			t.Errorf("posted on %s: delivered on %s, want %s", posted, got, want)
		}
	}
}

// TestDelivered_whateverTheFirmDoes: days on which the firm reminds people, or rests,
// make no difference to the post.
func TestDelivered_whateverTheFirmDoes(t *testing.T) {
	plain, own := amsterdam(t), amsterdam(t)
	own.EveryDay = true
	for d := day("2025-06-01"); d.Year < 2029; d = d.AddDays(1) {
		if plain.Delivered(d) != own.Delivered(d) {
			t.Fatalf("posted on %s: %s and %s", d, plain.Delivered(d), own.Delivered(d))
		}
		if !plain.Delivered(d).After(d) || plain.Delivered(d.AddDays(1)).Before(plain.Delivered(d)) {
			t.Fatalf("posted on %s: %s", d, plain.Delivered(d))
		}
	}
}

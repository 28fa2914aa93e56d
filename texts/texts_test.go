package texts

import (
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
)

func TestDates_inWords(t *testing.T) {
	catalogue, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	nl, en := catalogue.In("nl"), catalogue.In("en")
	for _, test := range []struct{ got, want string }{
		{nl.Days(1), "1 dag"},
		{nl.Days(2), "2 dagen"},
		{en.Days(1), "1 day"},
		{nl.Date(calendar.NewDate(2026, 11, 23)), "ma 23 november 2026"},
		{en.Date(calendar.NewDate(2026, 11, 23)), "Mon 23 November 2026"},
		{nl.Date(calendar.Date{}), "onbekend"},
		{catalogue.In("fr").Days(2), "2 dagen"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

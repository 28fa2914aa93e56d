package calendar

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func amsterdam(t testing.TB) Calendar {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return Calendar{Location: loc, Opens: 9 * 60, Closes: 17 * 60}
}

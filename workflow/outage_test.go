package workflow

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/roster"
)

// at is an instant on the wall clock of the firm: "11-06 09:30" of 2026.
func at(t *testing.T, p *Policy, when string) time.Time {
	t.Helper()
	i, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+when, p.Calendar.Location)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// TestMissed: a nudge tells of an outage when it was to go out in it, and only
// on the day on which it catches up. The complaint came in on Monday 2
// November: owner on the 4th and 6th, deputy on the 6th, overdue from the 9th
// (the 7th is a Saturday).
func TestMissed(t *testing.T) {
	p := policy(t)
	ack := WatchKind(PromiseAcknowledgement)
	fresh := logged(t, p, func(*File) {}, noon(start))
	settled := do(t, p, fresh, acts(start)[ActionAcknowledge], officer, noon(start)).Complaint
	decided := do(t, p, fresh, acts(start)[ActionResolve], officer, noon(start)).Complaint
	for _, test := range []struct {
		name             string
		c                Complaint
		kind             WatchKind
		to               roster.PersonID
		from, until, now string
		want             bool
	}{
		{"over the opening hour of its day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 11:00", true},
		{"later that day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 16:00", true},
		{"the next day", fresh, ack, officer, "11-04 08:00", "11-04 11:00", "11-05 09:00", false},
		{"over the opening hour of another day", fresh, ack, officer, "11-05 08:00", "11-05 11:00", "11-05 11:00", false},
		{"after the opening hour", fresh, ack, officer, "11-04 09:01", "11-04 11:00", "11-04 11:00", false},
		{"from the very opening", fresh, ack, officer, "11-04 09:00", "11-04 11:00", "11-04 11:00", true},
		{"over in time", fresh, ack, officer, "11-03 08:00", "11-04 09:00", "11-04 09:00", false},
		{"for days", fresh, ack, officer, "11-03 12:00", "11-06 12:00", "11-06 12:00", true},
		{"for days, the deputy", fresh, ack, deputy, "11-03 12:00", "11-06 12:00", "11-06 12:00", true},
		{"before the deputy's day", fresh, ack, deputy, "11-03 12:00", "11-05 12:00", "11-05 12:00", false},
		{"back in the weekend", fresh, ack, officer, "11-06 08:00", "11-07 12:00", "11-09 09:00", true},
		{"back before hours", fresh, ack, officer, "11-04 08:00", "11-05 06:00", "11-05 09:00", true},
		{"overdue, back before hours", fresh, ack, officer, "11-09 08:00", "11-11 06:00", "11-11 09:00", true},
		{"overdue, a night", fresh, ack, officer, "11-10 18:00", "11-11 06:00", "11-11 09:00", false},
		{"a director's first notice", fresh, ack, director, "11-09 08:00", "11-09 12:00", "11-09 12:00", true},
		{"a director before", fresh, ack, director, "11-06 08:00", "11-06 12:00", "11-06 12:00", false},
		{"a confirmation's second nudge", decided, WatchKind(PromiseConfirmation), officer, "11-05 08:00", "11-05 12:00", "11-05 12:00", true},
		{"the day between", decided, WatchKind(PromiseConfirmation), officer, "11-04 08:00", "11-04 12:00", "11-04 12:00", false},
		{"settled", settled, ack, officer, "11-04 08:00", "11-04 11:00", "11-04 11:00", false},
	} {
		outage := Outage{at(t, p, test.from), at(t, p, test.until)}
		if got := p.Missed(&test.c, test.kind, test.to, outage, at(t, p, test.now)); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if p.Missed(&fresh, ack, officer, Outage{}, at(t, p, "11-04 09:00")) {
		t.Error("missed in no outage at all")
	}
}

// TestMissedOverAClockChange: nine o'clock is nine o'clock on either side.
func TestMissedOverAClockChange(t *testing.T) {
	p := policy(t)
	received := day("2026-10-21")
	c := logged(t, p, func(l *File) { l.Facts.Received = received }, noon(received))
	for until, want := range map[string]bool{"10-26 08:59": false, "10-26 09:00": false, "10-26 09:01": true} {
		outage := Outage{at(t, p, "10-24 12:00"), at(t, p, until)}
		ack := WatchKind(PromiseAcknowledgement)
		if got := p.Missed(&c, ack, officer, outage, at(t, p, "10-26 09:30")); got != want {
			t.Errorf("back at %s: %v", until, got)
		}
	}
}

package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestEscalation_followsWhoIsThere: own weekdays, absence, and both together, on
// the escalation of a complaint that came in on Monday 2 November 2026: it is
// acknowledged by Saturday the 7th.
func TestEscalation_followsWhoIsThere(t *testing.T) {
	const mon, tue, wed, thu, fri = time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday
	officers := roster.Roster{Officers: []roster.PersonID{officer, deputy}}
	small := roster.Roster{Officers: []roster.PersonID{officer}, Directors: []roster.PersonID{director}}
	for _, test := range []struct {
		name     string
		roster   roster.Roster
		weekdays map[roster.PersonID][]time.Weekday
		away     map[roster.PersonID][]roster.Period
		from     string
		until    string
		want     []string
	}{
		{"Friday's reminder on Wednesday", officers, map[roster.PersonID][]time.Weekday{officer: weekdays(mon, tue, wed)}, nil, "2026-11-02", "2026-11-10", []string{
			"11-04 acknowledgement UOFFICER", // Wednesday's and Friday's: the highest step
			"11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
			"11-10 acknowledgement UOFFICER",
		}},
		{"four days would be too early", officers, map[roster.PersonID][]time.Weekday{officer: weekdays(mon)}, nil, "2026-11-02", "2026-11-09", []string{
			"11-02 acknowledgement UOFFICER", "11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
		}},
		{"the deputy has days too", officers, map[roster.PersonID][]time.Weekday{officer: weekdays(mon), deputy: weekdays(thu)}, nil, "2026-11-02", "2026-11-12", []string{
			"11-02 acknowledgement UOFFICER", "11-05 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-12 acknowledgement UDEPUTY",
		}},
		{"logged after the own days", officers, map[roster.PersonID][]time.Weekday{officer: weekdays(mon)}, nil, "2026-11-03", "2026-11-06", []string{
			"11-05 acknowledgement UDEPUTY", "11-06 acknowledgement UDEPUTY",
		}},
		{"alone: early rather than never", roster.Roster{Officers: []roster.PersonID{officer}}, map[roster.PersonID][]time.Weekday{officer: weekdays(mon)}, nil, "2026-11-02", "2026-11-16", []string{
			"11-02 acknowledgement UOFFICER", "11-09 acknowledgement UOFFICER",
			"11-16 acknowledgement UOFFICER", "11-16 outcome UOFFICER",
		}},
		{"away", officers, nil, map[roster.PersonID][]roster.Period{officer: away("2026-11-03", "2026-11-06")}, "2026-11-02", "2026-11-10", []string{
			"11-04 acknowledgement UDEPUTY", "11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
			"11-10 acknowledgement UOFFICER",
		}},
		{"back when it is overdue, while the deputy works on Fridays", officers,
			map[roster.PersonID][]time.Weekday{deputy: weekdays(fri)}, map[roster.PersonID][]roster.Period{officer: away("2026-11-02", "2026-11-10")},
			"2026-11-02", "2026-11-13", []string{
				"11-04 acknowledgement UDEPUTY", "11-06 acknowledgement UDEPUTY", "11-11 acknowledgement UOFFICER",
				"11-12 acknowledgement UOFFICER", "11-13 acknowledgement UOFFICER", "11-13 acknowledgement UDEPUTY",
			}},
		{"both away", officers, nil, map[roster.PersonID][]roster.Period{
			officer: away("2026-11-02", "2026-11-20"), deputy: away("2026-11-05", "2026-11-06"),
		}, "2026-11-02", "2026-11-09", []string{
			"11-04 acknowledgement UDEPUTY", "11-06 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
		}},
		{"all away, the directors take the deputy's place", policy(t).Roster, nil, map[roster.PersonID][]roster.Period{
			officer: away("2026-11-02", "2026-11-20"), deputy: away("2026-11-05", "2026-11-20"), director: away("2026-11-06", "2026-11-06"),
		}, "2026-11-02", "2026-11-06", []string{
			"11-04 acknowledgement UDEPUTY", "11-06 acknowledgement UDIRECTOR2",
		}},
		{"one officer and a director", small, nil, map[roster.PersonID][]roster.Period{officer: away("2026-11-02", "2026-11-06")}, "2026-11-02", "2026-11-09", []string{
			"11-04 acknowledgement UDIRECTOR", "11-06 acknowledgement UDIRECTOR",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDIRECTOR",
		}},
		{"officer and director at once, away", roster.Roster{Officers: []roster.PersonID{alone}, Directors: []roster.PersonID{alone}}, nil,
			map[roster.PersonID][]roster.Period{alone: away("2026-11-02", "2026-11-20")}, "2026-11-02", "2026-11-09", []string{
				"11-04 acknowledgement UALONE", "11-06 acknowledgement UALONE", "11-09 acknowledgement UALONE",
			}},
	} {
		p := policy(t)
		p.Roster = test.roster
		p.Roster.Weekdays = test.weekdays
		r := day(test.from)
		opened := p.Calendar.At(r, p.Calendar.Opens)
		c := logged(t, p, func(l *File) { l.Facts.Received = r }, opened)
		c.Owner = test.roster.Officers[0] // also when the absence was entered later
		p = p.With(roster.Presence{Away: test.away})
		c.NextAt = opened
		if _, got := run(t, p, c, day(test.until)); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

// TestEscalation_confirmationWaitsForTheOwnersDay, unless that would be too late.
func TestEscalation_confirmationWaitsForTheOwnersDay(t *testing.T) {
	for _, test := range []struct {
		name     string
		decided  string
		weekdays []time.Weekday
		away     []roster.Period
		want     []string
	}{
		{"over the weekend", "2026-11-05", weekdays(time.Monday, time.Thursday), nil, []string{
			"11-09 confirmation UOFFICER", "11-12 confirmation UOFFICER",
		}},
		{"too late", "2026-11-04", weekdays(time.Wednesday), nil, []string{
			"11-05 confirmation UDEPUTY", "11-11 confirmation UOFFICER",
		}},
		{"away", "2026-11-05", weekdays(time.Thursday, time.Friday), away("2026-11-06", "2026-11-13"), []string{
			"11-06 confirmation UDEPUTY", "11-10 confirmation UDEPUTY", "11-12 confirmation UDEPUTY",
		}},
	} {
		p := policy(t)
		c := logged(t, p, func(*File) {}, noon(start))
		on := day(test.decided)
		for _, name := range []ActionName{ActionAcknowledge, ActionResolve} {
			c = do(t, p, c, examples(on)[name], officer, noon(on)).Complaint
		}
		p.Roster.Weekdays = map[roster.PersonID][]time.Weekday{officer: test.weekdays}
		p = p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{officer: test.away}})
		c.NextAt = noon(on)
		if _, got := run(t, p, c, day("2026-11-12")); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

// run plays the sweep: it ticks whenever NextAt says so, until the day, and
// returns when which promise was reminded.
func run(t *testing.T, p *Policy, c Complaint, until calendar.Date) (Complaint, []string) {
	t.Helper()
	var reminders []string
	for i := 0; !c.NextAt.IsZero() && p.Calendar.Today(c.NextAt).Compare(until) <= 0; i++ {
		if i > 100 {
			t.Fatal("the clock does not get on")
		}
		at := c.NextAt
		change := do(t, p, c, Tick{}, roster.Clock, at)
		c = change.Complaint
		for _, e := range change.Effects {
			due, ok := e.(ReminderDue)
			if !ok {
				continue
			}
			if ok, _ := p.MayRemindNow(&c, due.Watch, due.To, at); !ok {
				t.Errorf("asked for a reminder to %s at %s that may not be sent", due.To, at)
			}
			if local := at.In(p.Calendar.Location); local.Hour() != 9 || local.Minute() != 0 {
				t.Errorf("a reminder at %s, not when the window opens", local)
			}
			reminders = append(reminders, at.In(p.Calendar.Location).Format("01-02 ")+string(due.Watch)+" "+string(due.To))
		}
	}
	return c, reminders
}

// TestEscalation_table holds the whole table of deadlines.md, "Reminders".
func TestEscalation_table(t *testing.T) {
	p := policy(t)
	for _, test := range []struct {
		name     string
		received string
		acts     []ActionName
		until    string
		want     []string
	}{
		{"nothing done", "2026-11-02", nil, "2026-11-11", []string{
			"11-04 acknowledgement UOFFICER",
			"11-06 acknowledgement UOFFICER", // target of Saturday the 7th, too: the highest step
			"11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
			"11-09 acknowledgement UDIRECTOR", "11-09 acknowledgement UDIRECTOR2",
			"11-10 acknowledgement UOFFICER",
			"11-11 acknowledgement UOFFICER",
		}},
		{"acknowledged", "2026-11-02", []ActionName{ActionAcknowledge}, "2026-12-04", []string{
			"11-16 outcome UOFFICER", "11-25 outcome UOFFICER",
			"11-30 outcome UOFFICER", "11-30 outcome UDEPUTY", "12-02 outcome UOFFICER", "12-02 outcome UDEPUTY",
			"12-03 outcome UOFFICER", "12-03 outcome UDEPUTY", "12-03 outcome UDIRECTOR", "12-03 outcome UDIRECTOR2",
			"12-04 outcome UOFFICER",
		}},
		{"a notice", "2026-11-02", []ActionName{ActionAcknowledge, ActionProgress}, "2026-12-10", []string{
			"12-02 progress UOFFICER", "12-07 progress UOFFICER", "12-07 progress UDEPUTY",
			"12-09 progress UOFFICER", "12-09 progress UDEPUTY",
			"12-10 progress UOFFICER", "12-10 progress UDEPUTY", "12-10 progress UDIRECTOR", "12-10 progress UDIRECTOR2",
		}},
		{"decided", "2026-11-02", []ActionName{ActionAcknowledge, ActionResolve}, "2026-11-10", []string{
			"11-03 confirmation UOFFICER", "11-05 confirmation UOFFICER", "11-09 confirmation UOFFICER",
		}},
		{"a question", "2026-11-02", []ActionName{ActionAcknowledge, ActionQuestion}, "2026-11-20", []string{
			"11-09 waiting UOFFICER", "11-16 outcome UOFFICER",
		}},
		{"a hold", "2026-11-02", []ActionName{ActionResolve, ActionConfirm, ActionHold}, "2027-03-01", []string{
			"02-02 hold UOFFICER",
		}},
		{"at the committee", "2026-11-02", []ActionName{ActionAcknowledge, ActionResolve, ActionDispute}, "2027-03-01", nil},
		{"a target before R waits for the first window", "2026-12-25", []ActionName{}, "2026-12-29", []string{
			"12-28 acknowledgement UOFFICER", "12-29 acknowledgement UOFFICER",
		}},
	} {
		r := day(test.received)
		c := logged(t, p, func(l *File) { l.Facts.Received = r }, noon(r))
		for _, name := range test.acts {
			c = do(t, p, c, examples(r)[name], officer, noon(r)).Complaint
		}
		if _, got := run(t, p, c, day(test.until)); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

func TestTick_lateRemindsOnceInTheNextWindow(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	saturday := noon(start.AddDays(12))
	change := do(t, p, c, Tick{}, roster.Clock, saturday)
	if change.Journal || change.Effects != nil || change.Complaint.Version != c.Version {
		t.Errorf("a tick in the weekend did something: %v", change.Effects)
	}
	if want := p.Calendar.At(start.AddDays(14), 9*60); !change.Complaint.NextAt.Equal(want) {
		t.Errorf("next at %v, want %v", change.Complaint.NextAt, want)
	}
	monday := do(t, p, change.Complaint, Tick{}, roster.Clock, change.Complaint.NextAt)
	again := do(t, p, monday.Complaint, Tick{}, roster.Clock, change.Complaint.NextAt.Add(time.Minute))
	var got []string
	for _, e := range monday.Effects {
		s := shownBy(e)
		got = append(got, s.kind+" "+s.what+" "+string(s.to))
	}
	want := []string{
		"reminder acknowledgement UOFFICER", "reminder acknowledgement UDEPUTY",
		"reminder acknowledgement UDIRECTOR", "reminder acknowledgement UDIRECTOR2",
		"reminder outcome UOFFICER", "case  ",
	}
	if !cmp.Equal(want, got) || len(again.Effects) != 0 {
		t.Errorf("reminders: %s, then %d; want none", cmp.Diff(want, got), len(again.Effects))
	}
}

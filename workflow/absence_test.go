package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

// alone is somebody who is officer and director at once.
const alone roster.PersonID = "UALONE"

func weekdays(days ...time.Weekday) []time.Weekday { return days }

func away(from, until string) []roster.Period {
	return []roster.Period{{From: day(from), Until: day(until)}}
}

// TestTheLadderFollowsWhoIsThere: own weekdays, absence, and both together, on
// the ladder of a complaint that came in on Monday 2 November 2026: it is
// acknowledged by Saturday the 7th.
func TestTheLadderFollowsWhoIsThere(t *testing.T) {
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
		{"Friday's nudge on Wednesday", officers, map[roster.PersonID][]time.Weekday{officer: weekdays(mon, tue, wed)}, nil, "2026-11-02", "2026-11-10", []string{
			"11-04 acknowledgement UOFFICER", // Wednesday's and Friday's: the highest step
			"11-06 acknowledgement UDEPUTY",
			"11-09 acknowledgement UOFFICER", "11-09 acknowledgement UDEPUTY",
			"11-10 acknowledgement UOFFICER", "11-10 acknowledgement UDEPUTY",
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
			"11-10 acknowledgement UOFFICER", "11-10 acknowledgement UDEPUTY",
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

// TestAConfirmationWaitsForTheOwnersDay, unless that would be too late.
func TestAConfirmationWaitsForTheOwnersDay(t *testing.T) {
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
			c = do(t, p, c, acts(on)[name], officer, noon(on)).Complaint
		}
		p.Roster.Weekdays = map[roster.PersonID][]time.Weekday{officer: test.weekdays}
		p = p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{officer: test.away}})
		c.NextAt = noon(on)
		if _, got := run(t, p, c, day("2026-11-12")); !cmp.Equal(test.want, got) {
			t.Errorf("%s: %s", test.name, cmp.Diff(test.want, got))
		}
	}
}

// TestWhoLeavesHandsTodaysNudgeOn: it was asked for in the morning, and the
// deputy gets it too when the owner goes home ill; later ones only the deputy.
func TestWhoLeavesHandsTodaysNudgeOn(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	wednesday := noon(start.AddDays(2))
	c = do(t, p, c, Tick{}, roster.Clock, wednesday).Complaint
	ill := p.With(roster.Presence{Away: map[roster.PersonID][]roster.Period{officer: away("2026-11-04", "2026-11-05")}})
	change := do(t, ill, c, Tick{}, roster.Clock, wednesday.Add(time.Hour))
	want := []Effect{ReminderDue{deputy, WatchKind(PromiseAcknowledgement)}, CaseChanged{}}
	if !cmp.Equal(want, change.Effects) {
		t.Errorf("asked for: %s", cmp.Diff(want, change.Effects))
	}
	if ok, _ := ill.MayRemindNow(&c, WatchKind(PromiseAcknowledgement), officer, wednesday); ok {
		t.Error("who is away may be nudged")
	}
	if ok, _ := p.MayRemindNow(&change.Complaint, WatchKind(PromiseAcknowledgement), deputy, wednesday); !ok {
		t.Error("the deputy's nudge gets lost when the owner is back")
	}
	if again := do(t, ill, change.Complaint, Tick{}, roster.Clock, wednesday.Add(2*time.Hour)); again.Journal {
		t.Error("handed on twice")
	}
}

// TestWhoIsGone: a new case and an open one go to who is left; when nobody is,
// the case stays where it is.
func TestWhoIsGone(t *testing.T) {
	lone := roster.Roster{Officers: []roster.PersonID{officer}}
	for _, test := range []struct {
		name   string
		roster roster.Roster
		gone   []roster.PersonID
		want   roster.PersonID
	}{
		{"the officer", policy(t).Roster, []roster.PersonID{officer}, deputy},
		{"both officers", policy(t).Roster, []roster.PersonID{officer, deputy}, director},
		{"the only one", lone, []roster.PersonID{officer}, officer},
	} {
		p := policy(t)
		p.Roster = test.roster
		c := logged(t, p, func(*File) {}, noon(start))
		gone := map[roster.PersonID]bool{}
		for _, who := range test.gone {
			gone[who] = true
		}
		p = p.With(roster.Presence{Gone: gone})
		change := do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(1)))
		moved := len(change.Effects) > 0 && change.Effects[1] == Effect(ActionTaken{ActionTick})
		if got := change.Complaint.Owner; got != test.want || moved != (test.want != officer) {
			t.Errorf("%s: owner %s, told %v", test.name, got, change.Effects)
		}
		if made := logged(t, p, func(*File) {}, noon(start)); test.want != officer && made.Owner != test.want {
			t.Errorf("%s: a new case goes to %s", test.name, made.Owner)
		}
	}
}

// TestANewCaseGoesToWhoIsThere on the day that it comes in.
func TestANewCaseGoesToWhoIsThere(t *testing.T) {
	for _, test := range []struct {
		name string
		away []roster.PersonID
		want roster.PersonID
	}{
		{"everybody there", nil, officer},
		{"the officer away", []roster.PersonID{officer}, deputy},
		{"the officers away", []roster.PersonID{officer, deputy}, director},
		{"everybody away", []roster.PersonID{officer, deputy, director, second}, officer},
	} {
		periods := map[roster.PersonID][]roster.Period{}
		for _, who := range test.away {
			periods[who] = away("2026-11-01", "2026-11-02")
		}
		p := policy(t).With(roster.Presence{Away: periods})
		if c := logged(t, p, func(*File) {}, noon(start)); c.Owner != test.want {
			t.Errorf("%s: %s handles it, want %s", test.name, c.Owner, test.want)
		}
		if c := logged(t, p, func(*File) {}, noon(start.AddDays(1))); c.Owner != officer {
			t.Errorf("%s: the next day %s handles it", test.name, c.Owner)
		}
	}
}

// TestADirectorStandsIn with an officer's rights on what the absent officer
// handles, for that time, and never on a case about themselves.
func TestADirectorStandsIn(t *testing.T) {
	p := policy(t)
	p.Roster.Officers = []roster.PersonID{officer}
	plain := logged(t, p, func(*File) {}, noon(start))
	about := logged(t, p, concerning(director), noon(start))
	periods := map[roster.PersonID][]roster.Period{officer: away("2026-11-02", "2026-11-06")}
	then := p.With(roster.Presence{Day: day("2026-11-06"), Away: periods})
	later := p.With(roster.Presence{Day: day("2026-11-07"), Away: periods})
	for _, test := range []struct {
		name string
		p    *Policy
		c    Complaint
		who  roster.PersonID
		want Access
	}{
		{"who stands in", then, plain, director, AccessFull},
		{"the next director", then, plain, second, AccessOverview},
		{"whom it concerns", then, about, director, AccessNone},
		{"who stands in for that one", then, about, second, AccessFull},
		{"afterwards", later, plain, director, AccessOverview},
		{"staff", then, plain, staff, AccessOwn},
	} {
		if got := test.c.Access(test.p.Roster, test.who); got != test.want {
			t.Errorf("%s: access %d, want %d", test.name, got, test.want)
		}
	}
}

func TestAnAbsenceIsChecked(t *testing.T) {
	for _, test := range []struct {
		from, until string
		want        Refusals
	}{
		{"2026-11-02", "2026-11-02", nil},
		{"2026-10-26", "2026-11-02", nil}, // ill since last week
		{"2026-11-02", "2027-11-02", nil},
		{"2027-11-02", "2027-11-12", nil},
		{"", "", Refusals{{Field: "from", Code: CodeDateRequired}, {Field: "until", Code: CodeDateRequired}}},
		{"2026-11-05", "2026-11-04", Refusals{{Field: "until", Code: CodeDateEarly, Args: Args{Date: day("2026-11-05")}}}},
		{"2026-10-05", "2026-11-01", Refusals{{Field: "until", Code: CodeDateEarly, Args: Args{Date: start}}}},
		{"2026-11-02", "2027-11-03", Refusals{{Field: "until", Code: CodeDateLate, Args: Args{Date: day("2027-11-02")}}}},
		{"2027-11-03", "2027-11-12", Refusals{{Field: "from", Code: CodeDateLate, Args: Args{Date: day("2027-11-02")}}}},
	} {
		var p roster.Period
		if test.from != "" {
			p = roster.Period{From: day(test.from), Until: day(test.until)}
		}
		if got := Refused(CheckAbsence(p, start)); !cmp.Equal(test.want, got) {
			t.Errorf("%s to %s: %s", test.from, test.until, cmp.Diff(test.want, got))
		}
	}
}

func TestAbsencesThatTouchAreOne(t *testing.T) {
	p := func(from, until int) roster.Period {
		return roster.Period{From: start.AddDays(from), Until: start.AddDays(until)}
	}
	for _, test := range []struct {
		had   []roster.Period
		added roster.Period
		want  []roster.Period
	}{
		{nil, p(1, 2), []roster.Period{p(1, 2)}},
		{[]roster.Period{p(5, 9)}, p(1, 2), []roster.Period{p(1, 2), p(5, 9)}},
		{[]roster.Period{p(5, 9)}, p(1, 4), []roster.Period{p(1, 9)}},
		{[]roster.Period{p(1, 3), p(5, 9)}, p(2, 6), []roster.Period{p(1, 9)}},
		{[]roster.Period{p(1, 9)}, p(2, 6), []roster.Period{p(1, 9)}},
	} {
		before := append([]roster.Period(nil), test.had...)
		if got := roster.Join(test.had, test.added); !cmp.Equal(test.want, got) || !cmp.Equal(before, test.had) {
			t.Errorf("%v and %v: %v", test.had, test.added, got)
		}
	}
}

func TestADayThatNobodyCovers(t *testing.T) {
	r := roster.Roster{Officers: []roster.PersonID{officer, deputy}}
	r.Presence.Away = map[roster.PersonID][]roster.Period{deputy: away("2026-11-09", "2026-11-10")}
	for _, test := range []struct{ from, until, want string }{
		{"2026-11-02", "2026-11-08", ""},
		{"2026-11-02", "2026-11-09", "2026-11-09"},
		{"2026-11-10", "2026-11-20", "2026-11-10"},
		{"2026-11-11", "2026-11-20", ""},
	} {
		d, ok := r.Uncovered(officer, roster.Period{From: day(test.from), Until: day(test.until)}, start)
		if d.String() != test.want || ok != (test.want != "") {
			t.Errorf("%s to %s: %s %v", test.from, test.until, d, ok)
		}
	}
}

package reminder

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	officer  roster.PersonID = "UOFFICER"
	deputy   roster.PersonID = "UDEPUTY"
	director roster.PersonID = "UDIRECTOR"
	second   roster.PersonID = "UDIRECTOR2"
	staff    roster.PersonID = "USTAFF"
)

// start is a Monday.
var start = calendar.NewDate(2026, time.November, 2)

func date(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// owned is a case by its owner and the person whom it concerns. Who is on the
// roster may see it; everybody who is there, the owner aside, may decide.
type owned struct {
	by, concerns roster.PersonID
	people       *roster.Roster
}

func (c owned) Owner() roster.PersonID { return c.by }

func (c owned) Deputy(d calendar.Date) roster.PersonID {
	return c.people.StandInFor(c.by, c.concerns, d)
}

func (c owned) MaySee(who roster.PersonID) bool { return who != c.concerns && c.people.Has(who) }

func (c owned) Deciders(d calendar.Date) []roster.PersonID {
	return slices.DeleteFunc(c.people.Eligible(c.concerns), func(who roster.PersonID) bool { return !c.MayDecide(who, d) })
}

func (c owned) MayDecide(who roster.PersonID, d calendar.Date) bool {
	return who != c.by && c.MaySee(who) && !c.people.Absent(who, d)
}

// planner plans for a firm of two officers and two directors; edits change its
// people.
func planner(t testing.TB, c owned, edits ...func(*roster.Roster)) Planner {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	c.people = &roster.Roster{Officers: []roster.PersonID{officer, deputy}, Directors: []roster.PersonID{director, second}}
	for _, edit := range edits {
		edit(c.people)
	}
	return Planner{calendar.Calendar{Location: loc, Opens: 9 * 60, Closes: 17 * 60}, *c.people, c}
}

func away(who roster.PersonID, from, until string) func(*roster.Roster) {
	return func(r *roster.Roster) {
		if r.Presence.Away == nil {
			r.Presence.Away = map[roster.PersonID][]roster.Period{}
		}
		r.Presence.Away[who] = []roster.Period{{From: date(from), Until: date(until)}}
	}
}

func works(who roster.PersonID, days ...time.Weekday) func(*roster.Roster) {
	return func(r *roster.Roster) {
		if r.Weekdays == nil {
			r.Weekdays = map[roster.PersonID][]time.Weekday{}
		}
		r.Weekdays[who] = days
	}
}

func gone(who roster.PersonID) func(*roster.Roster) {
	return func(r *roster.Roster) { r.Presence.Gone = map[roster.PersonID]bool{who: true} }
}

// promise is due on Friday the 6th.
func promise() Watch {
	return Watch{Made: start, Due: start.AddDays(4), Escalation: Escalation{
		Steps: []Step{AfterMade(2), BeforeDue(0).AndDeputy()}, Then: WhenOverdue,
	}}
}

func TestPlanner_mayRemind(t *testing.T) {
	snoozed, handedOn, request := promise(), promise(), Watch{Made: start, Escalation: Escalation{Then: WeeklyUntilDecided}}
	snoozed.Snoozed = start.AddDays(3)
	handedOn.History = "UDIRECTOR 2 2026-11-03"
	const wednesday, friday, monday = "2026-11-04", "2026-11-06", "2026-11-09"
	handlerAway := []func(*roster.Roster){away(officer, "2026-11-02", "2026-11-30")}
	for _, test := range []struct {
		name  string
		w     Watch
		c     owned
		edits []func(*roster.Roster)
		day   string
		want  []roster.PersonID
	}{
		{"owner and deputy", promise(), owned{by: officer}, nil, friday, []roster.PersonID{officer, deputy}},
		{"directors once it is overdue", promise(), owned{by: officer}, nil, monday, []roster.PersonID{officer, deputy, director, second}},
		{"whom it concerns never", promise(), owned{by: officer, concerns: director}, nil, monday, []roster.PersonID{officer, deputy, second}},
		{"a director's account is closed", promise(), owned{by: officer}, []func(*roster.Roster){gone(director)}, monday, []roster.PersonID{officer, deputy, second}},
		{"the owner is away", promise(), owned{by: officer}, handlerAway, friday, []roster.PersonID{deputy}},
		{"away, and nobody stands in", promise(), owned{by: officer}, []func(*roster.Roster){
			func(r *roster.Roster) { r.Officers, r.Directors = r.Officers[:1], nil }, handlerAway[0],
		}, friday, []roster.PersonID{officer}},
		{"own weekdays forbid nothing", promise(), owned{by: officer}, []func(*roster.Roster){works(officer, time.Monday)}, friday, []roster.PersonID{officer, deputy}},
		{"snoozed", snoozed, owned{by: officer}, nil, wednesday, nil},
		{"the snooze is over", snoozed, owned{by: officer}, nil, friday, []roster.PersonID{officer, deputy}},
		{"asked when standing in", handedOn, owned{by: officer}, nil, wednesday, []roster.PersonID{officer, deputy, director}},
		{"asked then, and away", handedOn, owned{by: officer}, []func(*roster.Roster){away(director, wednesday, wednesday)}, wednesday, []roster.PersonID{officer, deputy}},
		{"a request", request, owned{by: officer}, nil, friday, []roster.PersonID{deputy, director, second}},
	} {
		p := planner(t, test.c, test.edits...)
		var got []roster.PersonID
		for _, who := range []roster.PersonID{officer, deputy, director, second, staff, ""} {
			if p.MayRemind(test.w, who, date(test.day)) {
				got = append(got, who)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

func TestPlanner_stepMovesToADayOfWork(t *testing.T) {
	waiting := Watch{Made: start, Escalation: Escalation{Steps: []Step{OnceWaited(5)}}} // over on Saturday
	late := promise()
	late.Due = start.AddDays(1) // the first step would fall after it
	for _, test := range []struct {
		name  string
		w     Watch
		edits []func(*roster.Roster)
		want  []Reminder
	}{
		{"on its day", promise(), nil, []Reminder{{officer, 1, date("2026-11-04")}, {officer, 2, date("2026-11-06")}, {deputy, 2, date("2026-11-06")}}},
		{"before it, on an own day", promise(), []func(*roster.Roster){works(officer, time.Tuesday)},
			[]Reminder{{officer, 1, date("2026-11-03")}, {officer, 2, date("2026-11-03")}, {deputy, 2, date("2026-11-06")}}},
		{"to the deputy where that is too early", promise(), []func(*roster.Roster){works(officer, time.Monday)},
			[]Reminder{{officer, 1, date("2026-11-02")}, {deputy, 2, date("2026-11-06")}}},
		{"to the deputy of who is away", promise(), []func(*roster.Roster){away(officer, "2026-11-04", "2026-11-05")},
			[]Reminder{{deputy, 1, date("2026-11-04")}, {officer, 2, date("2026-11-06")}, {deputy, 2, date("2026-11-06")}}},
		{"never before the wait is over", waiting, nil, []Reminder{{officer, 1, date("2026-11-09")}}},
		{"none after the promise is due", late, nil, []Reminder{{officer, 2, date("2026-11-03")}, {deputy, 2, date("2026-11-03")}}},
	} {
		plan := slices.DeleteFunc(planner(t, owned{by: officer}, test.edits...).Plan(test.w, start), func(one Reminder) bool {
			return one.Step == afterLast || one.Step == directorNotice
		})
		if diff := cmp.Diff(test.want, plan); diff != "" {
			t.Errorf("%s: -want +got:\n%s", test.name, diff)
		}
	}
}

func TestPlanner_missedStepsCollapse(t *testing.T) {
	p := planner(t, owned{by: officer})
	to, after := p.Due(promise(), date("2026-11-09"))
	if diff := cmp.Diff([]roster.PersonID{officer, deputy, director, second}, to); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := History("UOFFICER 2147483647 2026-11-09;UDEPUTY 2147483647 2026-11-09;UDIRECTOR 0 2026-11-09;UDIRECTOR2 0 2026-11-09")
	if after != want {
		t.Errorf("%q, want %q", after, want)
	}
}

// TestPlanner_remindsOnWhateverWasSent: what an outage held up is asked of the
// escalation, not of the history.
func TestPlanner_remindsOnWhateverWasSent(t *testing.T) {
	p := planner(t, owned{by: officer})
	own := Watch{Made: start, Due: start.AddDays(7), Escalation: Escalation{Then: EverySecondDay}}
	for _, test := range []struct {
		w    Watch
		day  string
		want bool
	}{
		{promise(), "2026-11-03", false},
		{promise(), "2026-11-04", true},
		{promise(), "2026-11-05", false},
		{own, "2026-11-03", true},
		{own, "2026-11-04", false},
		{own, "2026-11-05", true},
	} {
		test.w.History = "UOFFICER 2147483647 2026-11-05"
		if got := p.RemindsOn(test.w, officer, date(test.day)); got != test.want {
			t.Errorf("%d on %s: %v", test.w.Then, test.day, got)
		}
	}
}

// choices hands out the bytes of a fuzz input, one a choice, and zeros when they
// are used up.
type choices struct{ left []byte }

func (c *choices) below(n int) int {
	if len(c.left) == 0 {
		return 0
	}
	one := int(c.left[0])
	c.left = c.left[1:]
	return one % n
}

// roster changes all that says who is there.
func (c *choices) roster(r *roster.Roster) {
	people := []roster.PersonID{officer, deputy, director, second, staff}
	r.Officers, r.Directors = people[c.below(2):][:1+c.below(2)], people[2+c.below(2):][:c.below(3)]
	r.Weekdays, r.Presence = map[roster.PersonID][]time.Weekday{}, roster.Presence{Gone: map[roster.PersonID]bool{}}
	for _, who := range people {
		for d := time.Monday; d <= time.Friday && c.below(2) == 0; d++ {
			r.Weekdays[who] = append(r.Weekdays[who], d)
		}
		if from := start.AddDays(c.below(30)); c.below(2) == 0 {
			away(who, from.String(), from.AddDays(c.below(9)).String())(r)
		}
		r.Presence.Gone[who] = c.below(8) == 7
	}
}

// watch is a watch with any escalation.
func (c *choices) watch() Watch {
	w := Watch{Made: start, Due: start.AddDays(c.below(20)), Escalation: Escalation{Then: Repetition(c.below(4))}}
	for range c.below(4) {
		s := []Step{AfterMade(c.below(9)), BeforeDue(c.below(9)), OnceWaited(1 + c.below(9))}[c.below(3)]
		if c.below(2) == 0 {
			s = s.AndDeputy()
		}
		w.Steps = append(w.Steps, s)
	}
	if c.below(4) == 0 {
		w.Snoozed = start.AddDays(c.below(20))
	}
	return w
}

// FuzzPlanner follows any escalation among any people for weeks: whoever is asked
// for may be reminded, everybody once a day, and a second look that day asks for
// nobody; of what is overdue nobody is reminded oftener than on five days and on
// Mondays.
func FuzzPlanner(f *testing.F) {
	f.Add([]byte("\x00\x01\x00\x02"))
	f.Fuzz(whoIsAskedForMayBeReminded)
}

// TestPlanner_whoIsAskedForMayBeReminded plays enough of them on every run.
func TestPlanner_whoIsAskedForMayBeReminded(t *testing.T) {
	r := rand.New(rand.NewPCG(2026, 11))
	for range 200 {
		input := make([]byte, 120)
		for i := range input {
			input[i] = byte(r.IntN(256))
		}
		whoIsAskedForMayBeReminded(t, input)
	}
}

func whoIsAskedForMayBeReminded(t *testing.T, input []byte) {
	c := &choices{input}
	people := []roster.PersonID{officer, deputy, director, second, staff, ""}
	p := planner(t, owned{by: people[c.below(4)], concerns: people[c.below(6)]}, c.roster)
	w := c.watch()
	late, mondays := map[roster.PersonID]int{}, 0 // reminders of what is overdue, and weeks of it
	for day := start; day.Before(start.AddDays(63)); day = day.AddDays(1) {
		if w.Overdue(day) && day.Weekday() == time.Monday {
			mondays++
		}
		for _, one := range p.Plan(w, day) {
			if on := calendar.Latest(one.Day, day); !p.MayRemind(w.with(one), one.To, on) {
				t.Errorf("%v is planned, and may not be reminded on %s", one, on)
			}
		}
		if !p.Calendar.IsWorkingDay(day) {
			continue
		}
		var to []roster.PersonID
		to, w.History = p.Due(w, day)
		for i, who := range to {
			if !p.MayRemind(w, who, day) || slices.Contains(to[:i], who) {
				t.Errorf("%s is asked for on %s: %v", who, day, to)
			}
			if late[who]++; w.Then == WhenOverdue && w.Overdue(day) && late[who] > 5+len(w.Steps)+mondays {
				t.Errorf("%s is asked for on %s, for the %dth time", who, day, late[who])
			}
		}
		if again, _ := p.Due(w, day); len(again) > 0 {
			t.Errorf("asked for again on %s: %v", day, again)
		}
	}
}

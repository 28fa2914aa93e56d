package workflow

import (
	"slices"
	"testing"
	"testing/quick"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestFingerprintFollowsTermsCalendarAndRoster(t *testing.T) {
	same, other := policy(t), policy(t)
	if same.Fingerprint() != other.Fingerprint() {
		t.Error("two equal policies have different fingerprints")
	}
	for name, edit := range map[string]func(*Policy){
		"a term":            func(p *Policy) { p.Terms.AcknowledgeDays++ },
		"the zone":          func(p *Policy) { p.Calendar.Location = time.UTC },
		"an extra day":      func(p *Policy) { p.Calendar.Extra = []calendar.Date{start} },
		"every day":         func(p *Policy) { p.Calendar.EveryDay = true },
		"the hours":         func(p *Policy) { p.Calendar.Closes++ },
		"the order":         func(p *Policy) { slices.Reverse(p.Roster.Officers) },
		"another director":  func(p *Policy) { p.Roster.Directors = []roster.PersonID{director} },
		"officer, director": func(p *Policy) { p.Roster.Officers, p.Roster.Directors = p.Roster.Directors, p.Roster.Officers },
	} {
		p := policy(t)
		edit(p)
		if p.Fingerprint() == same.Fingerprint() {
			t.Errorf("%s changed and the fingerprint did not", name)
		}
	}
}

func TestOfferedFollowsStateAndRole(t *testing.T) {
	p := policy(t)
	always := []ActionName{ActionIdentity, ActionDossier, ActionNote, ActionAssign, ActionCorrect, ActionHold}
	for state, want := range map[State][2][]ActionName{ // before and after what is always offered
		StateReceived:   {{ActionAcknowledge, ActionQuestion, ActionProgress, ActionResolve}, {ActionWithdraw}},
		StateInProgress: {{ActionQuestion, ActionProgress, ActionResolve}, {ActionWithdraw}},
		StateWaiting:    {{ActionAcknowledge, ActionQuestion, ActionAnswer, ActionProgress, ActionResolve}, {ActionWithdraw}},
		StateDecided:    {{ActionAcknowledge, ActionConfirm}, {ActionDispute}},
		StateClosed:     {nil, {ActionDispute, ActionReopen}},
		StateDisputed:   {{ActionAcknowledge}, {ActionDispute, ActionReopen}},
	} {
		c := in(t, p, state)
		want := slices.Concat(want[0], always, want[1])
		if diff := cmp.Diff(want, p.OnMessage(&c, start)); diff != "" {
			t.Errorf("%s shows (-want +got):\n%s", state, diff)
		}
	}
}

// TestPromiseThatMattersNow: an open one before a kept one, else the last.
func TestPromiseThatMattersNow(t *testing.T) {
	kept := Promise{Kind: PromiseOutcome, Due: start, Kept: Kept{On: start, At: noon(start)}}
	later := Promise{Kind: PromiseOutcome, Due: start.AddDays(30), Kept: Kept{On: start.AddDays(20), At: noon(start)}}
	open := Promise{Kind: PromiseOutcome, Due: start.AddDays(60)}
	for _, test := range []struct {
		name string
		all  []Promise
		want Promise
		ok   bool
	}{
		{"none", nil, Promise{}, false},
		{"another kind", []Promise{{Kind: PromiseConfirmation}}, Promise{}, false},
		{"one kept", []Promise{kept}, kept, true},
		{"two kept", []Promise{kept, later}, later, true},
		{"open after kept", []Promise{kept, open}, open, true},
		{"open before kept", []Promise{open, kept}, open, true},
	} {
		c := Complaint{Promises: test.all}
		if got, ok := c.Promise(PromiseOutcome); got != test.want || ok != test.ok {
			t.Errorf("%s: %+v, %v", test.name, got, ok)
		}
	}
}

func TestStepLeavesItsArgumentsAlone(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateReceived)
	before := slices.Clone(c.Promises)
	do(t, p, c, Acknowledge{letter(start)}, officer, at)
	do(t, p, c, decision(start), officer, at)
	if diff := cmp.Diff(before, c.Promises); diff != "" {
		t.Errorf("Step wrote into the complaint that it was given:\n%s", diff)
	}
}

func TestStepTruncatesToSecondsUTC(t *testing.T) {
	p := policy(t)
	at := noon(start).Add(123456789 * time.Nanosecond).In(p.Calendar.Location)
	c := logged(t, p, func(*File) {}, at)
	if want := noon(start).UTC(); c.LoggedAt != want || c.Last.At != want {
		t.Errorf("logged at %v, last deed at %v, want %v", c.LoggedAt, c.Last.At, want)
	}
}

// TestAddMonthsNeverRunsIntoTheNextMonth holds for any date and any number of
// months: the day is the same, or it is the last of its month.
func TestAddMonthsNeverRunsIntoTheNextMonth(t *testing.T) {
	holds := func(days uint16, months int8) bool {
		from := calendar.NewDate(2020, time.January, 1).AddDays(int(days))
		got := from.AddMonths(int(months))
		last := calendar.NewDate(got.Year, got.Month+1, 0).Day
		distance := (got.Year-from.Year)*12 + int(got.Month-from.Month)
		return distance == int(months) && (got.Day == from.Day || got.Day == last && from.Day > last)
	}
	if err := quick.Check(holds, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

// TestNextWindowIsTheFirst compares NextWindow with a walk, minute by minute.
func TestNextWindowIsTheFirst(t *testing.T) {
	cal := amsterdam(t)
	for _, from := range []string{"2026-03-27", "2026-10-23", "2026-12-23", "2026-05-12"} {
		now := noon(day(from)).Add(7 * time.Hour)
		want := now
		for !cal.InWindow(want) {
			want = want.Add(time.Minute)
		}
		if got := cal.NextWindow(now, cal.Today(now)); !got.Equal(want) {
			t.Errorf("from %s: %v, want %v", now, got, want)
		}
	}
}

func TestEveryChoiceIsKnownOnce(t *testing.T) {
	for name, list := range map[string][]string{
		"complainant kinds": ComplainantKinds(), "offering kinds": OfferingKinds(), "categories": Categories(),
		"causes": Causes(), "languages": Languages(),
	} {
		seen := map[string]bool{}
		for _, v := range list {
			if v == "" || seen[v] {
				t.Errorf("%s: %q stands in it twice or is empty", name, v)
			}
			seen[v] = true
		}
	}
	if slices.Contains(Verdicts(), VerdictWithdrawn) {
		t.Error("withdrawn can be chosen as a verdict")
	}
	for _, c := range Contacts() {
		if !slices.Contains(ContactWays(), c.Way()) {
			t.Errorf("contact %s has no way", c)
		}
	}
}

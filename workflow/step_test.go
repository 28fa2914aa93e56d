package workflow

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestFingerprint_followsTermsCalendarAndRoster(t *testing.T) {
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

func TestOnMessage_followsState(t *testing.T) {
	p := policy(t)
	always := []ActionName{ActionIdentity, ActionDossier, ActionNote, ActionAssign, ActionCorrect, ActionAmend, ActionHold}
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
		if state == StateDecided || state == StateClosed { // somebody may say how they found the handling
			want = slices.Insert(want, slices.Index(want, ActionDossier)+1, ActionSatisfaction)
		}
		if state != StateClosed {
			want = slices.Insert(want, slices.Index(want, ActionNote), ActionConsult)
		}
		if state == StateReceived { // nothing to amend yet
			want = slices.DeleteFunc(want, func(name ActionName) bool { return name == ActionAmend })
		}
		if diff := cmp.Diff(want, p.OnMessage(&c, start)); diff != "" {
			t.Errorf("%s shows (-want +got):\n%s", state, diff)
		}
	}
}

func TestStep_leavesItsArgumentsAlone(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateReceived)
	before := slices.Clone(c.Promises)
	do(t, p, c, Acknowledge{letter(start)}, officer, at)
	do(t, p, c, decision(start), officer, at)
	if diff := cmp.Diff(before, c.Promises); diff != "" {
		t.Errorf("Step wrote into the complaint that it was given:\n%s", diff)
	}
}

func TestStep_truncatesToSecondsUTC(t *testing.T) {
	p := policy(t)
	at := noon(start).Add(123456789 * time.Nanosecond).In(p.Calendar.Location)
	c := logged(t, p, func(*File) {}, at)
	if want := noon(start).UTC(); c.LoggedAt != want || c.Last.At != want {
		t.Errorf("logged at %v, last action at %v, want %v", c.LoggedAt, c.Last.At, want)
	}
}

func TestChoices_areKnownOnce(t *testing.T) {
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

func TestStep_fromFilingToClosing(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(*File) {}, at)
	if c.Owner != officer || c.Series != SeriesOrdinary || c.Year != 2026 || c.Version != 1 {
		t.Fatalf("logged: owner %s, series %s, year %d, version %d", c.Owner, c.Series, c.Year, c.Version)
	}
	for i, name := range []ActionName{ActionAcknowledge, ActionQuestion, ActionAnswer, ActionNote, ActionResolve, ActionConfirm} {
		change := do(t, p, c, examples(start)[name], officer, at)
		if len(change.Records) != 1 || change.Records[0].By != officer || !change.Journal {
			t.Errorf("%s: records %v, journal %v", name, len(change.Records), change.Journal)
		}
		if c = change.Complaint; c.Version != i+2 {
			t.Errorf("after %s: version %d, want %d", name, c.Version, i+2)
		}
	}
	for _, kind := range []PromiseKind{PromiseAcknowledgement, PromiseOutcome, PromiseConfirmation} {
		if kept, ok := c.Promise(kind); !ok || !kept.InTime() || kept.Kept.By != officer {
			t.Errorf("%s was not kept in time: %+v", kind, kept)
		}
	}
	if c.State != StateClosed || c.ClosedAt.IsZero() || p.Calendar.Today(c.NextAt).Before(start.AddMonths(22)) {
		t.Errorf("at the end: %s, closed %v, next %v", c.State, c.ClosedAt, c.NextAt)
	}
}

func TestActions_refuseBadInputAtItsField(t *testing.T) {
	p, now := policy(t), noon(start.AddDays(3))
	c := logged(t, p, func(*File) {}, noon(start))
	resolve := func(edit func(*Resolve)) Action { r := decision(start); edit(&r); return r }
	sent := func(edit func(*Sent)) Action { l := letter(start); edit(&l); return Acknowledge{l} }
	for _, test := range []struct {
		name, want string
		action     Action
	}{
		{"before receipt", "date:date_early", sent(func(l *Sent) { l.Date = start.AddDays(-1) })},
		{"tomorrow", "date:date_future", sent(func(l *Sent) { l.Date = start.AddDays(4) })},
		{"no date", "date:date_required", sent(func(l *Sent) { l.Date = calendar.Date{} })},
		{"no way", "way:unknown_choice", sent(func(l *Sent) { l.Way = "" })},
		{"not possible", "way:way_impossible", sent(func(l *Sent) { l.Way = WayNotPossible })},
		{"blank letter", "body:required", sent(func(l *Sent) { l.Body = " " })},
		{"long letter", "body:too_long", sent(func(l *Sent) { l.Body = Confidential(strings.Repeat("x", 3001)) })},
		{"no verdict", "verdict:unknown_choice", resolve(func(r *Resolve) { r.Verdict = "" })},
		{"withdrawn is not chosen", "verdict:unknown_choice", resolve(func(r *Resolve) { r.Verdict = VerdictWithdrawn })},
		{"no outcome", "outcome:required", resolve(func(r *Resolve) { r.Outcome = "" })},
		{"no cause", "cause:unknown_choice", resolve(func(r *Resolve) { r.Cause = "x" })},
		{"no reaction", "contact_reaction:required", resolve(func(r *Resolve) { r.Reaction = "" })},
		{"contact tomorrow", "contact_date:date_future", resolve(func(r *Resolve) { r.Contact = start.AddDays(9) })},
		{"blank note", "note:required", Note{Text: "\n"}},
	} {
		change, err := p.Step(c, test.action, officer, now)
		if err == nil || err.Error() != "refused: "+test.want {
			t.Errorf("%s: %v, want %s", test.name, err, test.want)
		}
		if diff := cmp.Diff(Change{}, change); diff != "" {
			t.Errorf("%s: a refusal changed something:\n%s", test.name, diff)
		}
	}
}

func TestStep_lateButtonNamesWhoWasFirst(t *testing.T) {
	p, at := policy(t), noon(start)
	c := in(t, p, StateInProgress)
	_, err := p.Step(c, Acknowledge{letter(start)}, deputy, at)
	r := Refused(err)
	want := Performed{Action: ActionAcknowledge, By: officer, At: at.UTC()}
	if !r.Has(CodeNotNow) || r[0].Args.Performed != want {
		t.Errorf("%v, performed %+v, want %+v", err, r[0].Args.Performed, want)
	}
}

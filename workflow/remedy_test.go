package workflow

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const trainer roster.PersonID = "UTRAINER"

// promisedTo is a closed case with a refund that somebody sees to, promised on the
// first day and due a month later.
func promisedTo(t *testing.T, p *Policy, who roster.PersonID, edits ...func(*File)) Complaint {
	t.Helper()
	c := logged(t, p, func(l *File) {
		for _, edit := range edits {
			edit(l)
		}
	}, noon(start))
	return play(t, p, c, played{start, refund(start, who)}, played{start, Confirm{letter(start)}})
}

func settle(result RemedyResult, on calendar.Date) SettleRemedy {
	return SettleRemedy{Result: result, Date: on, New: on.AddDays(40), Reason: "Het geld is overgemaakt."}
}

func TestResolve_refusesTermsAtTheirFields(t *testing.T) {
	p := policy(t)
	for name, test := range map[string]struct {
		edit func(*Resolve)
		want Refusals
	}{
		"nothing promised": {func(r *Resolve) { r.Promised = RemedyTerms{Kind: RemedyNone, Due: start.AddDays(-400), Amount: "veel"} }, nil},
		"no text":          {func(r *Resolve) { r.Remedy = " " }, Refusals{{Field: "remedy", Code: CodeRequired}}},
		"no date":          {func(r *Resolve) { r.Promised.Due = calendar.Date{} }, Refusals{{Field: "remedy_date", Code: CodeDateRequired}}},
		"before the outcome": {func(r *Resolve) { r.Promised.Due = start.AddDays(-1) },
			Refusals{{Field: "remedy_date", Code: CodeRemedyEarly, Args: Args{Date: start}}}},
		"in three years": {func(r *Resolve) { r.Promised.Due = start.AddMonths(36) },
			Refusals{{Field: "remedy_date", Code: CodeDateLate, Args: Args{Date: start.AddMonths(24)}}}},
		"on the day itself":     {func(r *Resolve) { r.Promised.Due = start }, nil},
		"no amount":             {func(r *Resolve) { r.Promised.Amount = "" }, nil},
		"words for an amount":   {func(r *Resolve) { r.Promised.Amount = "de helft" }, Refusals{{Field: "remedy_amount", Code: CodeNotAmount}}},
		"words, and no refund":  {func(r *Resolve) { r.Promised.Kind, r.Promised.Amount = "repair", "de helft" }, nil},
		"a kind that is none":   {func(r *Resolve) { r.Promised.Kind = "gift" }, Refusals{{Field: "remedy_kind", Code: CodeUnknownChoice}}},
		"a kind nobody chooses": {func(r *Resolve) { r.Promised.Kind = RemedyRuling }, Refusals{{Field: "remedy_kind", Code: CodeUnknownChoice}}},
	} {
		a := refund(start, trainer)
		test.edit(&a)
		_, err := p.Step(logged(t, p, func(*File) {}, noon(start)), a, officer, noon(start))
		if diff := cmp.Diff(test.want, Refused(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestResolve_remedyOfWhomTheCaseConcerns: hearing them may be the point, but in a
// guarded case they must not know.
func TestResolve_remedyOfWhomTheCaseConcerns(t *testing.T) {
	p := policy(t)
	open := logged(t, p, concerning(staff), noon(start))
	if change := do(t, p, open, refund(start, staff), officer, noon(start)); !slices.Contains(change.Effects, Effect(RemedyChanged{staff, 1})) {
		t.Errorf("not shown to who sees to it: %v", change.Effects)
	}
	guarded := logged(t, p, concerning(deputy), noon(start))
	_, err := p.Step(guarded, refund(start, deputy), officer, noon(start))
	if diff := cmp.Diff(Refusals{{Field: "remedy_owner", Code: CodeRemedyConcerns}}, Refused(err)); diff != "" {
		t.Error(diff)
	}
}

func TestRemedy_ownerSeesToItByDefault(t *testing.T) {
	p := policy(t)
	for _, who := range []roster.PersonID{"", officer} {
		c := promisedTo(t, p, who)
		if r, _ := c.Remedy(1); r.Handler != "" || p.SeesTo(&c, r) != "" {
			t.Errorf("promised to %q: %q sees to it", who, r.Handler)
		}
	}
}

// TestRemedy_closingDoesNotEndIt: watched, listed and kept from the purge until it is
// settled, and from then on for the whole term.
func TestRemedy_closingDoesNotEndIt(t *testing.T) {
	p := policy(t)
	c := promisedTo(t, p, trainer)
	if c.State != StateClosed || len(c.OpenRemedies()) != 1 || c.NextDue() != start.AddDays(30) {
		t.Fatalf("%s with %v, next %s", c.State, c.OpenRemedies(), c.NextDue())
	}
	if until, ok := p.RetainUntil(&c); ok {
		t.Errorf("kept until %s with a remedy open", until)
	}
	if why := c.Unerasable(); why != CodeEraseRemedy {
		t.Errorf("may be erased: %q", why)
	}
	settled := start.AddMonths(5)
	for _, result := range RemedyResults() {
		after := play(t, p, c, played{settled, settle(result, settled)})
		until, ok := p.RetainUntil(&after)
		if want := settled.AddMonths(24); result != RemedyMoved && (!ok || until != want) {
			t.Errorf("%s: kept until %s, %v, want %s", result, until, ok, want)
		}
		if result == RemedyMoved && ok {
			t.Errorf("kept until %s, and it was only moved", until)
		}
	}
}

func TestRemedy_results(t *testing.T) {
	p, on := policy(t), start.AddDays(9)
	for result, want := range map[RemedyResult]Promise{
		RemedyDone:  {Due: start.AddDays(30), Kept: Kept{On: on.AddDays(-2), Entered: on.AddDays(-2), By: officer, At: noon(on), Later: true}},
		RemedyMoved: {Due: on.AddDays(40)}, RemedyDropped: {Due: start.AddDays(30), Lapsed: on, Ended: EndDropped},
	} {
		a := settle(result, on.AddDays(-2))
		a.New = on.AddDays(40)
		change := do(t, p, promisedTo(t, p, trainer), a, officer, noon(on))
		r, _ := change.Complaint.Remedy(1)
		want.Kind, want.Made, want.Handler, want.Subject = PromiseRemedy, start, trainer, RemedyRefund
		if diff := cmp.Diff(want, r.Promise); diff != "" {
			t.Errorf("%s (-want +got):\n%s", result, diff)
		}
		if !slices.Contains(change.Effects, Effect(RemedyChanged{trainer, 1})) {
			t.Errorf("%s: not shown to who sees to it: %v", result, change.Effects)
		}
	}
}

func TestSettleRemedy_refusals(t *testing.T) {
	p, on := policy(t), start.AddDays(9)
	c := promisedTo(t, p, trainer)
	for name, test := range map[string]struct {
		a    SettleRemedy
		want Refusals
	}{
		"done without a date":  {SettleRemedy{Result: RemedyDone}, Refusals{{Field: "date", Code: CodeDateRequired}}},
		"done tomorrow":        {SettleRemedy{Result: RemedyDone, Date: on.AddDays(1)}, Refusals{{Field: "date", Code: CodeDateFuture}}},
		"moved without a date": {SettleRemedy{Result: RemedyMoved, Reason: "x"}, Refusals{{Field: "new_date", Code: CodeDateRequired}}},
		"moved to today":       {SettleRemedy{Result: RemedyMoved, New: on, Reason: "x"}, Refusals{{Field: "new_date", Code: CodeDatePast}}},
		"moved nowhere":        {SettleRemedy{Result: RemedyMoved, New: start.AddDays(30), Reason: "x"}, Refusals{{Field: "new_date", Code: CodeSameDate}}},
		"dropped without why":  {SettleRemedy{Result: RemedyDropped}, Refusals{{Field: "reason", Code: CodeRequired}}},
		"no result":            {SettleRemedy{}, Refusals{{Field: "result", Code: CodeUnknownChoice}}},
		"another remedy":       {SettleRemedy{Entry: 2, Result: RemedyDone, Date: on}, Refusals{{Field: "remedy_entry", Code: CodeRemedySettled}}},
	} {
		_, err := p.Step(c, test.a, officer, noon(on))
		if diff := cmp.Diff(test.want, Refused(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestRemedy_severalEachHaveTheirOwn: of two that are open each is watched, reminded
// of and settled by itself.
func TestRemedy_severalEachHaveTheirOwn(t *testing.T) {
	p := policy(t)
	c := play(t, p, promisedTo(t, p, trainer), played{start.AddDays(1), Reopen{Reason: "Nog iets."}},
		played{start.AddDays(2), refund(start.AddDays(2), "")}, played{start.AddDays(2), Confirm{letter(start.AddDays(2))}})
	_, err := p.Step(c, SettleRemedy{Result: RemedyDone, Date: start.AddDays(3)}, officer, noon(start.AddDays(3)))
	if diff := cmp.Diff(Refusals{{Field: "remedy_entry", Code: CodeRequired}}, Refused(err)); diff != "" {
		t.Error(diff)
	}
	// Both last days are within a week: each is asked of another person.
	due := do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(25)))
	want := []Effect{ReminderDue{trainer, RemedyWatch(1)}, ReminderDue{officer, RemedyWatch(2)}, CaseChanged{}}
	if diff := cmp.Diff(want, due.Effects); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	again, _ := p.Step(due.Complaint, Tick{}, roster.Clock, noon(start.AddDays(25)))
	if len(again.Effects) > 0 {
		t.Errorf("reminded twice: %v", again.Effects)
	}
	done := play(t, p, due.Complaint, played{start.AddDays(25), SettleRemedy{Entry: 1, Result: RemedyDone, Date: start.AddDays(25)}})
	for number, open := range map[int]bool{1: false, 2: true} {
		_, watched := p.Watched(&done, RemedyWatch(number), start.AddDays(26))
		if r, _ := done.Remedy(number); r.Open() != open || watched != open {
			t.Errorf("remedy %d is open: %v, watched: %v", number, r.Open(), watched)
		}
	}
	if ok, later := p.MayRemindNow(&done, RemedyWatch(1), trainer, noon(start.AddDays(25))); ok || !later.IsZero() {
		t.Error("reminded of what is settled")
	}
}

// TestRemedy_reminders follows the nudges of a remedy, day by day: its handler's, and
// once it is overdue also those of owner, deputy and directors.
func TestRemedy_reminders(t *testing.T) {
	p := policy(t)
	c := promisedTo(t, p, trainer) // due on Wednesday 2 December
	var got []string
	for d := start; !d.After(start.AddDays(33)); d = d.AddDays(1) {
		change, err := p.Step(c, Tick{}, roster.Clock, noon(d))
		if err != nil {
			t.Fatal(err)
		}
		c = change.Complaint
		for _, e := range change.Effects {
			if r, ok := e.(ReminderDue); ok && r.Watch == RemedyWatch(1) {
				got = append(got, d.String()+" "+string(r.To))
			}
		}
	}
	due := c.Promises[len(c.Promises)-1].Due
	target := func(days int) string { return p.Calendar.Target(due.AddDays(-days)).String() + " " + string(trainer) }
	next := p.Calendar.NextWorkingDay(due)
	want := []string{target(14), target(7), target(0)}
	for _, who := range append([]roster.PersonID{officer, deputy, trainer}, p.Roster.Directors...) {
		want = append(want, next.String()+" "+string(who))
	}
	if len(got) < len(want) {
		t.Fatalf("%v", got)
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestRemedy_passesToTheOwner: who left, who said that it is done, and whom a case
// concerns by now, is reminded of nothing.
func TestRemedy_passesToTheOwner(t *testing.T) {
	p, on := policy(t), start.AddDays(16)
	gone, away := *p, *p
	gone.Roster.Presence = roster.Presence{Day: on, Gone: map[roster.PersonID]bool{trainer: true}}
	away.Roster.Presence = roster.Presence{Day: on, Away: map[roster.PersonID][]roster.Period{trainer: {{From: on, Until: on.AddDays(30)}}}}
	reported := do(t, p, promisedTo(t, p, trainer), ReportRemedy{Entry: 1, Date: start}, trainer, noon(start)).Complaint
	for name, test := range map[string]struct {
		p    *Policy
		c    Complaint
		want roster.PersonID
	}{
		"there": {p, promisedTo(t, p, trainer), trainer}, "left": {&gone, promisedTo(t, p, trainer), officer},
		"away": {&away, promisedTo(t, p, trainer), officer}, "reported": {p, reported, officer},
	} {
		change := do(t, test.p, test.c, Tick{}, roster.Clock, noon(on))
		if !slices.Contains(change.Effects, Effect(ReminderDue{test.want, RemedyWatch(1)})) {
			t.Errorf("%s: %v", name, change.Effects)
		}
		other := map[roster.PersonID]roster.PersonID{trainer: officer, officer: trainer}[test.want]
		if slices.Contains(change.Effects, Effect(ReminderDue{other, RemedyWatch(1)})) {
			t.Errorf("%s: %s is reminded", name, other)
		}
	}
}

func TestReportRemedy_onlyWhoSeesToIt(t *testing.T) {
	p := policy(t)
	c := promisedTo(t, p, trainer)
	report := ReportRemedy{Entry: 1, Date: start, Reason: "Overgemaakt."}
	for _, who := range []roster.PersonID{staff, director, officer, deputy} {
		if _, err := p.Step(c, report, who, noon(start)); !Refused(err).Has(CodeForbidden) {
			t.Errorf("%s says that it is done: %v", who, err)
		}
	}
	change := do(t, p, c, report, trainer, noon(start))
	want := []Effect{CaseChanged{}, RemedyChanged{trainer, 1}, RemedyReported{officer, 1}}
	if diff := cmp.Diff(want, change.Effects); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(change.Complaint.OpenRemedies()) != 1 {
		t.Error("settled by who sees to it")
	}
	if _, err := p.Step(change.Complaint, report, trainer, noon(start)); !Refused(err).Has(CodeRemedySettled) {
		t.Errorf("said twice: %v", err)
	}
	if change.Complaint.Last.By == trainer {
		t.Error("an officer would read that the trainer changed the case")
	}
}

// TestRemedy_sixMonthsOverdue: what nobody renews ends, and the directors read it.
func TestRemedy_sixMonthsOverdue(t *testing.T) {
	p := policy(t)
	c := promisedTo(t, p, trainer)
	due := c.OpenRemedies()[0].Due
	last := due.AddMonths(6)
	for !p.Calendar.IsWorkingDay(last.AddDays(1)) { // so that the window opens on it
		last = last.AddDays(1)
	}
	before := do(t, p, c, Tick{}, roster.Clock, noon(due.AddMonths(6))).Complaint
	if len(before.OpenRemedies()) != 1 || before.NextAt.After(p.Calendar.At(last.AddDays(1), p.Calendar.Opens)) {
		t.Fatalf("ended early, or not looked at until %v", before.NextAt)
	}
	ended := do(t, p, before, Tick{}, roster.Clock, noon(last.AddDays(1)))
	r, _ := ended.Complaint.Remedy(1)
	if r.Ended != EndNotKept || r.Lapsed != last.AddDays(1) || !ended.Journal {
		t.Fatalf("%+v", r)
	}
	for _, who := range append([]roster.PersonID{officer}, p.Roster.Directors...) {
		if !slices.Contains(ended.Effects, Effect(RemedyNotKept{who, 1})) {
			t.Errorf("%s is not told: %v", who, ended.Effects)
		}
	}
	if until, ok := p.RetainUntil(&ended.Complaint); !ok || until != last.AddDays(1).AddMonths(24) {
		t.Errorf("kept until %s, %v", until, ok)
	}
	renewed := play(t, p, before, played{due.AddMonths(6), settle(RemedyMoved, due.AddMonths(6))})
	after := do(t, p, renewed, Tick{}, roster.Clock, noon(last.AddDays(1))).Complaint
	if len(after.OpenRemedies()) != 1 {
		t.Error("ended though it was renewed")
	}
}

func TestRemedy_recordsSayWhatWasPromised(t *testing.T) {
	p := policy(t)
	change := do(t, p, logged(t, p, func(*File) {}, noon(start)), refund(start, trainer), officer, noon(start))
	got := RemedyIn(change.Records, 1)
	if got.Text != "Je krijgt je geld terug." || got.Amount != 45000 || RemedyEntry(change.Records[0]) != 1 {
		t.Errorf("%s of %d", got.Text.Reveal(), got.Amount)
	}
	terms := refund(start, trainer).Promised
	if due, amount := terms.Owed(); due != start.AddDays(30) || amount != 45000 {
		t.Errorf("%d owed by %s", amount, due)
	}
	terms.Kind = "other"
	if due, amount := terms.Owed(); due != start.AddDays(30) || amount != 0 {
		t.Errorf("no refund, and %d owed by %s", amount, due)
	}
	if due, amount := (RemedyTerms{Kind: RemedyNone, Due: start, Amount: "450"}).Owed(); !due.IsZero() || amount != 0 {
		t.Errorf("nothing promised, and %d owed by %s", amount, due)
	}
	if RemedyIn(change.Records, 2) != (PromisedRemedy{}) {
		t.Error("another remedy has the words of the first")
	}
	for field, want := range map[string]Confidential{
		"remedy_kind": RemedyRefund, "remedy_date": Confidential(start.AddDays(30).String()),
		"remedy_owner": Confidential(trainer), "remedy_amount": "450.00",
	} {
		if got := change.Records[0].Texts[field]; got != want {
			t.Errorf("%s: %s", field, got.Reveal())
		}
	}
}

// TestRemedy_movedCaseIsShownAnew: a case that becomes a guarded one takes away what
// was posted, and shows it again but to whom it concerns.
func TestRemedy_movedCaseIsShownAnew(t *testing.T) {
	p := policy(t)
	for who, shown := range map[roster.PersonID]bool{trainer: true, deputy: false} {
		c := promisedTo(t, p, who)
		l := complaint(concerning(deputy))
		change := do(t, p, c, Correct{File: l, Reason: "Het gaat over een collega."}, officer, noon(start))
		if slices.Contains(change.Effects, Effect(RemedyChanged{who, 1})) != shown {
			t.Errorf("%s: %v", who, change.Effects)
		}
		r, _ := change.Complaint.Remedy(1)
		if (p.SeesTo(&change.Complaint, r) == who) != shown || change.Complaint.MayReport(who, 1) != shown {
			t.Errorf("%s sees to it", who)
		}
	}
}

func TestPurge_leavesOfARemedyWhatFiguresNeed(t *testing.T) {
	p, on := policy(t), start.AddDays(9)
	c := play(t, p, promisedTo(t, p, trainer), played{on, settle(RemedyDropped, on)})
	late, told := told(p, c)
	gone := do(t, late, told, Purge{}, roster.Clock, noon(start.AddMonths(26))).Complaint
	r, _ := gone.Remedy(1)
	if r.Handler != "" || r.Ended != EndDropped || r.Subject != RemedyRefund || r.Open() {
		t.Errorf("%+v", r)
	}
}

func TestWatchKind_ofARemedy(t *testing.T) {
	for kind, want := range map[WatchKind]int{
		RemedyWatch(1): 1, RemedyWatch(12): 12, "remedy": 0, "remedy:": 0, "remedy:x": 0, "outcome:1": 0, "outcome": 0, "": 0,
	} {
		if got := kind.Remedy(); got != want {
			t.Errorf("%q is of remedy %d, want %d", kind, got, want)
		}
	}
	if RemedyWatch(3).Base() != "remedy" || WatchKind("outcome").Base() != "outcome" {
		t.Error("the base of a watch")
	}
}

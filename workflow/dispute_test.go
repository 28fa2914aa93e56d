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

// disputed is a case that was decided, or closed, on the first day and went to the
// committee on 30 November, a Monday, with these dates.
func disputed(t *testing.T, p *Policy, from State, d DisputeDates) Complaint {
	t.Helper()
	on := start.AddDays(28)
	return play(t, p, in(t, p, from), played{on, Dispute{Date: on, Reference: "GC 12", Dates: d}})
}

func changes(c *Complaint, change func(*DisputeDates)) Dispute {
	known := c.DisputeDates()
	a := Dispute{Shown: known, Dates: known}
	change(&a.Dates)
	return a
}

func recordKinds(records []Record) string {
	var all []string
	for _, r := range records {
		all = append(all, string(r.Kind))
	}
	return strings.Join(all, " ")
}

// TestDispute_defenceIsAPromise: the committee's date is promised, watched by whoever
// handles the case, and kept on the day on which the defence went.
func TestDispute_defenceIsAPromise(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21"), Hearing: day("2027-02-09")})
	promise, ok := c.Promise(PromiseDefence)
	if !ok || !promise.Open() || promise.Due != day("2026-12-21") || c.NextDue() != promise.Due || c.Dispute.Hearing != day("2027-02-09") {
		t.Fatalf("%+v, next %s", promise, c.NextDue())
	}
	if w, found := p.Watched(&c, WatchKind(PromiseDefence), day("2026-12-01")); !found || w.Due != promise.Due {
		t.Error("nobody watches it")
	}
	c = do(t, p, c, changes(&c, func(d *DisputeDates) { d.Sent = day("2026-12-18") }), deputy, noon(day("2026-12-19"))).Complaint
	promise, _ = c.Promise(PromiseDefence)
	want := Kept{On: day("2026-12-18"), Entered: day("2026-12-18"), By: deputy, At: noon(day("2026-12-19")), Later: true}
	if diff := cmp.Diff(want, promise.Kept); diff != "" || !promise.InTime() || c.State != StateDisputed || !c.NextDue().IsZero() {
		t.Errorf("kept, in %s, next %s:\n%s", c.State, c.NextDue(), diff)
	}
}

// TestDispute_remindsOfTheDefence is the row of the table of nudges: 14, 7 and 2 days
// before and on the day, the deputy from two days before; then as an outcome.
func TestDispute_remindsOfTheDefence(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-25")}) // Christmas: the last working day before is the 24th
	got := map[string][]string{}
	for now := noon(day("2026-12-01")); now.Before(noon(day("2026-12-29"))); now = now.Add(24 * time.Hour) {
		change, err := p.Step(c, Tick{}, roster.Clock, now)
		if err != nil {
			t.Fatal(err)
		}
		c = change.Complaint
		for _, e := range change.Effects {
			if due, is := e.(ReminderDue); is && due.Watch == WatchKind(PromiseDefence) {
				date := p.Calendar.Today(now).String()
				got[date] = append(got[date], string(due.To))
			}
		}
	}
	both := []string{string(officer), string(deputy)}
	want := map[string][]string{
		"2026-12-11": {string(officer)}, "2026-12-18": {string(officer)},
		"2026-12-23": both, "2026-12-24": both,
		// Overdue from Saturday the 26th; the first working day is Monday the 28th, and
		// from then on it is as with an outcome.
		"2026-12-28": append(slices.Clone(both), string(director), string(second)),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reminders (-want +got):\n%s", diff)
	}
	if as := escalations[WatchKind(PromiseOutcome)]; escalations[WatchKind(PromiseDefence)].Then != as.Then {
		t.Error("what is overdue is not repeated as an outcome is")
	}
	if all := p.Overdue(&c, director, day("2027-01-08")); len(all) != 1 || all[0].Kind != WatchKind(PromiseDefence) {
		t.Errorf("the directors' digest has %v", all)
	}
}

// TestDispute_endsInEveryWay: a ruling or another end returns the case to where it
// was and ends the defence, with the reason.
func TestDispute_endsInEveryWay(t *testing.T) {
	p := policy(t)
	over := day("2026-12-10")
	for _, from := range []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed} {
		for _, test := range []struct {
			a      Dispute
			why    Ending
			stage  DisputeStage
			record RecordKind
			line   ActionName
		}{
			{Dispute{Ruling: "Terecht.", Verdict: RulingUpheld}, EndRuling, DisputeRuled, RecordRuling, ActionDisputeRuled},
			{Dispute{Ended: EndSettled}, EndSettled, DisputeOver, RecordDisputeEnd, ActionDisputeEnded},
			{Dispute{Ended: EndWithdrawn}, EndWithdrawn, DisputeOver, RecordDisputeEnd, ActionDisputeEnded},
			{Dispute{Ended: EndFeeNotPaid}, EndFeeNotPaid, DisputeOver, RecordDisputeEnd, ActionDisputeEnded},
		} {
			c := disputed(t, p, from, DisputeDates{Defence: day("2026-12-21")})
			test.a.Date, test.a.Shown, test.a.Dates = over, c.DisputeDates(), c.DisputeDates()
			change := do(t, p, c, test.a, officer, noon(over))
			c = change.Complaint
			defence, _ := c.Promise(PromiseDefence)
			if c.State != from || c.DisputeStage() != test.stage || c.Dispute.EndedOn != over || c.Dispute.Ended != test.a.Ended || c.Dispute.Ruling != test.a.Verdict {
				t.Errorf("from %s by %s: %s, %+v", from, test.why, c.State, c.Dispute)
			}
			if defence.Open() || defence.Ended != test.why || defence.Lapsed != over || c.AtCommittee() {
				t.Errorf("from %s by %s: %+v", from, test.why, defence)
			}
			if got := recordKinds(change.Records); got != string(test.record) || !slices.Contains(change.Effects, Effect(ActionTaken{test.line})) {
				t.Errorf("from %s by %s: records %q, effects %v", from, test.why, got, change.Effects)
			}
		}
	}
}

// TestDispute_rulingIsCarriedOut: what a ruling asks is a remedy of the case's owner.
func TestDispute_rulingIsCarriedOut(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{})
	on := day("2026-12-10")
	c = play(t, p, c, played{on, Dispute{Date: on, Ruling: "Betaal de helft terug.", Verdict: RulingPartly, RulingDue: day("2027-01-10")}})
	last := c.Promises[len(c.Promises)-1]
	if last.Kind != PromiseRemedy || !last.Open() || last.Due != day("2027-01-10") || last.Made != on || last.Handler != "" || last.Subject != "ruling" {
		t.Errorf("%+v", last)
	}
}

// TestDispute_refusals: each mistake at its field.
func TestDispute_refusals(t *testing.T) {
	p := policy(t)
	going := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21"), Hearing: day("2027-02-09")})
	on, known := day("2026-12-10"), going.DisputeDates()
	with := func(change func(*Dispute)) Dispute {
		a := Dispute{Date: on, Shown: known, Dates: known}
		change(&a)
		return a
	}
	first := func(change func(*Dispute)) Dispute {
		a := Dispute{Date: on}
		change(&a)
		return a
	}
	closed := in(t, p, StateClosed)
	for name, test := range map[string]struct {
		c    Complaint
		a    Dispute
		want string
	}{
		"nothing new":                  {going, with(func(*Dispute) {}), "ruling_verdict:dispute_same"},
		"a verdict without a ruling":   {going, with(func(a *Dispute) { a.Verdict = RulingUpheld }), "ruling:required"},
		"a ruling without a verdict":   {going, with(func(a *Dispute) { a.Ruling = "Terecht." }), "ruling_verdict:required"},
		"a term without either":        {going, with(func(a *Dispute) { a.RulingDue = on }), "ruling:required, ruling_verdict:required"},
		"a verdict of our own":         {going, with(func(a *Dispute) { a.Ruling, a.Verdict = "x", "not_considered" }), "ruling_verdict:unknown_choice"},
		"two ends":                     {going, with(func(a *Dispute) { a.Ended, a.Ruling = EndSettled, "x" }), "ended:dispute_end"},
		"an end of a remedy":           {going, with(func(a *Dispute) { a.Ended = EndDropped }), "ended:unknown_choice"},
		"over before it began":         {going, with(func(a *Dispute) { a.Ended, a.Date = EndSettled, day("2026-11-29") }), "date:date_early"},
		"over tomorrow":                {going, with(func(a *Dispute) { a.Ended, a.Date = EndSettled, on.AddDays(1) }), "date:date_future"},
		"the defence emptied":          {going, with(func(a *Dispute) { a.Dates.Defence = calendar.Date{} }), "defence_date:date_required"},
		"a defence before the dispute": {going, with(func(a *Dispute) { a.Dates.Defence = day("2026-11-29") }), "defence_date:date_early"},
		"a slip of the year":           {going, with(func(a *Dispute) { a.Dates.Hearing = day("2062-02-09") }), "hearing_date:date_late"},
		"sent tomorrow":                {going, with(func(a *Dispute) { a.Dates.Sent = on.AddDays(1) }), "defence_sent:date_future"},
		"sent before the dispute":      {going, with(func(a *Dispute) { a.Dates.Sent = day("2026-11-29") }), "defence_sent:date_early"},
		"carried out before it":        {going, with(func(a *Dispute) { a.Ruling, a.Verdict, a.RulingDue = "x", RulingUpheld, on.AddDays(-1) }), "ruling_due:date_early"},
		"sent, but asked by no date":   {closed, first(func(a *Dispute) { a.Dates.Sent = on }), "defence_date:date_required"},
		"begins in the future":         {closed, first(func(a *Dispute) { a.Date = on.AddDays(1) }), "date:date_future"},
		"begins with half a ruling":    {closed, first(func(a *Dispute) { a.Ruling = "x" }), "ruling_verdict:required"},
	} {
		_, err := p.Step(test.c, test.a, officer, noon(on))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestDispute_keepsBothVersions: what changes stands in the dossier with what it was,
// and what somebody else changed meanwhile stays.
func TestDispute_keepsBothVersions(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21"), Hearing: day("2027-02-09")})
	opened := c.DisputeDates() // by an officer who takes their time
	c = play(t, p, c, played{day("2026-12-02"), changes(&c, func(d *DisputeDates) { d.Hearing = day("2027-03-01") })})
	late := Dispute{Shown: opened, Dates: opened}
	late.Dates.Defence = day("2027-01-11")
	change := do(t, p, c, late, officer, noon(day("2026-12-03")))
	c = change.Complaint
	if got, want := c.DisputeDates(), (DisputeDates{Defence: day("2027-01-11"), Hearing: day("2027-03-01")}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	want := texts{"reference": "", "defence_date": "2027-01-11", "old_defence_date": "2026-12-21"}
	if diff := cmp.Diff(want, change.Records[0].Texts); diff != "" || recordKinds(change.Records) != "dispute_dates" {
		t.Errorf("%s:\n%s", recordKinds(change.Records), diff)
	}
	sent := do(t, p, c, changes(&c, func(d *DisputeDates) { d.Sent = day("2026-12-04") }), officer, noon(day("2026-12-04"))).Complaint
	back := do(t, p, sent, changes(&sent, func(d *DisputeDates) { d.Sent, d.Hearing = calendar.Date{}, calendar.Date{} }), officer, noon(day("2026-12-05")))
	if promise, _ := back.Complaint.Promise(PromiseDefence); !promise.Open() || !back.Complaint.Dispute.Hearing.IsZero() {
		t.Errorf("a wrong press that was taken back left %+v", promise)
	}
}

// TestDispute_endsWithWhatElseChanged: dates that come with the ruling are recorded
// before it.
func TestDispute_endsWithWhatElseChanged(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21")})
	a := changes(&c, func(d *DisputeDates) { d.Sent = day("2026-12-09") })
	a.Date, a.Ruling, a.Verdict = on, "Ongegrond.", RulingNotUpheld
	change := do(t, p, c, a, officer, noon(on))
	defence, _ := change.Complaint.Promise(PromiseDefence)
	if recordKinds(change.Records) != "dispute_dates ruling" || !defence.InTime() || defence.Ended != "" {
		t.Errorf("%s, %+v", recordKinds(change.Records), defence)
	}
}

// TestDispute_lateRecorded: a dispute of which the firm only learns when it is over is
// recorded in one go, and the case stays where it is.
func TestDispute_lateRecorded(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	change := do(t, p, in(t, p, StateClosed), Dispute{Date: on, Ruling: "Ongegrond.", Verdict: RulingNotUpheld}, officer, noon(on))
	c := change.Complaint
	if c.State != StateClosed || c.DisputeStage() != DisputeRuled || c.Dispute.From != StateNone || recordKinds(change.Records) != "dispute ruling" {
		t.Errorf("%s, %+v, %s", c.State, c.Dispute, recordKinds(change.Records))
	}
}

// TestDispute_again: a second dispute has dates of its own, and none before the first
// was over.
func TestDispute_again(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21"), Hearing: day("2027-02-09")})
	over := day("2026-12-10")
	c = play(t, p, c, played{over, Dispute{Date: over, Shown: c.DisputeDates(), Dates: c.DisputeDates(), Ended: EndWithdrawn}})
	_, err := p.Step(c, Dispute{Date: over.AddDays(-1)}, officer, noon(over.AddDays(9)))
	if got := errText(err); got != "date:date_early" {
		t.Errorf("before the first was over: %q", got)
	}
	c = play(t, p, c, played{over.AddDays(9), Dispute{Date: over.AddDays(8)}})
	if _, ok := c.Promise(PromiseDefence); ok || c.DisputeDates() != (DisputeDates{}) || c.DisputeStage() != DisputeOpen {
		t.Errorf("the second begins with %+v, %s", c.DisputeDates(), c.DisputeStage())
	}
	c = play(t, p, c, played{over.AddDays(9), changes(&c, func(d *DisputeDates) { d.Defence = day("2027-01-29") })})
	if promise, ok := c.Promise(PromiseDefence); !ok || promise.Due != day("2027-01-29") || len(c.Promises) < 5 {
		t.Errorf("%+v", c.Promises)
	}
}

// TestDispute_reopenedStillOwesTheDefence: the firm takes a case up again, and the
// committee's term runs on; the dispute goes on from there.
func TestDispute_reopenedStillOwesTheDefence(t *testing.T) {
	p := policy(t)
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21")})
	c = play(t, p, c, played{day("2026-12-01"), Reopen{Reason: "We kijken opnieuw."}})
	if promise, _ := c.Promise(PromiseDefence); !promise.Open() || c.State != StateInProgress || !c.AtCommittee() {
		t.Fatalf("%s, %+v", c.State, promise)
	}
	if _, ok := p.Watched(&c, WatchKind(PromiseDefence), day("2026-12-01")); !ok {
		t.Error("nobody watches the defence of a case that was reopened")
	}
	settled := c.DisputeDates()
	ended := play(t, p, c, played{day("2026-12-08"), Dispute{Date: day("2026-12-08"), Shown: settled, Dates: settled, Ended: EndSettled}})
	if ended.State != StateInProgress || ended.AtCommittee() || ended.DisputeStage() != DisputeOver {
		t.Errorf("settled: %s, %+v", ended.State, ended.Dispute)
	}
	on := day("2026-12-02")
	closed := play(t, p, c, played{on, decision(on)}, played{on, Confirm{letter(on)}})
	if _, ok := p.RetainUntil(&closed); ok || closed.State != StateClosed || closed.Unerasable() != CodeEraseDisputed {
		t.Errorf("%s: a case that owes the committee something may go", closed.State)
	}
	bare := play(t, p, disputed(t, p, StateClosed, DisputeDates{}), played{on, Reopen{Reason: "Opnieuw."}})
	if bare.DisputeStage() != DisputeReopened || bare.Dispute.EndedOn != on {
		t.Errorf("%s, %+v", bare.DisputeStage(), bare.Dispute)
	}
}

// TestDispute_outcomeRests: what the firm owes itself can't be settled while the
// committee has the case; nobody is reminded of it, and it is owed again after.
func TestDispute_outcomeRests(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	for from, kind := range map[State]PromiseKind{StateInProgress: PromiseOutcome, StateDecided: PromiseConfirmation} {
		c := disputed(t, p, from, DisputeDates{})
		if _, watched := p.Watched(&c, WatchKind(kind), on); watched || !c.Resting() {
			t.Errorf("from %s: reminded of %s, resting %t", from, kind, c.Resting())
		}
		c = play(t, p, c, played{on, Dispute{Date: on, Ended: EndSettled}})
		if w, watched := p.Watched(&c, WatchKind(kind), on); !watched || c.Resting() || w.Due.After(on) && kind == PromiseOutcome {
			t.Errorf("from %s, after the dispute: %+v", from, w)
		}
	}
}

// TestDispute_retention: the months count from the end of the dispute, and after a
// ruling never less than three of them.
func TestDispute_retention(t *testing.T) {
	over := day("2027-06-15")
	for name, test := range map[string]struct {
		terms func(*Terms)
		end   Dispute
		want  string
	}{
		"ended":                            {func(*Terms) {}, Dispute{Ended: EndSettled}, "2029-06-15"},
		"ruled":                            {func(*Terms) {}, Dispute{Ruling: "x", Verdict: RulingUpheld}, "2029-06-15"},
		"ruled, from the receipt":          {func(x *Terms) { x.RetentionMonths, x.RetentionFrom = 6, FromReceived }, Dispute{Ruling: "x", Verdict: RulingUpheld}, "2027-09-15"},
		"ended, from the receipt":          {func(x *Terms) { x.RetentionMonths, x.RetentionFrom = 6, FromReceived }, Dispute{Ended: EndSettled}, "2027-05-02"},
		"ruled, long ago from the receipt": {func(x *Terms) { x.RetentionFrom = FromReceived }, Dispute{Ruling: "x", Verdict: RulingUpheld}, "2028-11-02"},
		"ruled on, one month of retention": {func(x *Terms) { x.RetentionMonths = 1 }, Dispute{Ruling: "x", Verdict: RulingUpheld}, "2027-09-15"},
	} {
		p := policy(t)
		test.terms(&p.Terms)
		c := disputed(t, p, StateClosed, DisputeDates{})
		if _, ok := p.RetainUntil(&c); ok {
			t.Errorf("%s: a disputed case has an end of retention", name)
		}
		test.end.Date = over
		c = play(t, p, c, played{over, test.end})
		if last, ok := p.RetainUntil(&c); !ok || last.String() != test.want {
			t.Errorf("%s: kept until %s, want %s", name, last, test.want)
		}
	}
}

// TestDispute_ofBefore: a case that was disputed, or ruled on, before any of this was
// kept goes on, and says what it does not know.
func TestDispute_ofBefore(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	c := in(t, p, StateClosed)
	c.Dispute = DisputeFile{From: StateClosed, On: start.AddDays(3)}
	if got := c.DisputeStage(); got != DisputeUnknown {
		t.Errorf("ruled on before: %s", got)
	}
	if last, ok := p.RetainUntil(&c); !ok || last != start.AddMonths(24) {
		t.Errorf("ruled on before, kept until %s", last)
	}
	c.State = StateDisputed
	if got := c.DisputeStage(); got != DisputeOpen {
		t.Errorf("disputed before: %s", got)
	}
	c = play(t, p, c, played{on, changes(&c, func(d *DisputeDates) { d.Defence = day("2026-12-21") })})
	c = play(t, p, c, played{on, Dispute{Date: on, Shown: c.DisputeDates(), Dates: c.DisputeDates(), Ruling: "x", Verdict: RulingNotUpheld}})
	if c.State != StateClosed || c.DisputeStage() != DisputeRuled {
		t.Errorf("%s, %s", c.State, c.DisputeStage())
	}
}

// TestDispute_purgeLeavesFigures: verdict, end and their month stay; days, the hearing
// and the text don't.
func TestDispute_purgeLeavesFigures(t *testing.T) {
	p, over := policy(t), day("2027-06-15")
	c := disputed(t, p, StateClosed, DisputeDates{Defence: day("2026-12-21"), Hearing: day("2027-02-09")})
	c = play(t, p, c, played{over, Dispute{Date: over, Shown: c.DisputeDates(), Dates: c.DisputeDates(), Ruling: "x", Verdict: RulingPartly}})
	late, c := told(p, c)
	c = do(t, late, c, Purge{}, roster.Clock, noon(day("2029-07-01"))).Complaint
	want := DisputeFile{On: day("2026-11-01"), Ruling: RulingPartly, EndedOn: day("2027-06-01")}
	if diff := cmp.Diff(want, c.Dispute); diff != "" {
		t.Error(diff)
	}
	if got := c.Promises[len(c.Promises)-1]; got.Kind != PromiseDefence || got.Ended != EndRuling || got.Lapsed.IsZero() {
		t.Errorf("%+v", got)
	}
}

// TestDispute_lastDayCounts: a defence that went on its last day is in time, also
// when that is recorded the day after, and one that is late can be recorded.
// (island-is/island.is #23287)
func TestDispute_lastDayCounts(t *testing.T) {
	p, due := policy(t), day("2026-12-21")
	for sent, inTime := range map[calendar.Date]bool{due: true, due.AddDays(1): false} {
		c := disputed(t, p, StateClosed, DisputeDates{Defence: due})
		midnight := p.Calendar.At(due.AddDays(2), 0)
		c = do(t, p, c, changes(&c, func(d *DisputeDates) { d.Sent = sent }), officer, midnight).Complaint
		if promise, _ := c.Promise(PromiseDefence); promise.InTime() != inTime || !promise.Kept.Later {
			t.Errorf("sent on %s: %+v", sent, promise)
		}
	}
}

// TestDispute_recordedLongAfter: a ruling of months ago can still be recorded, with
// its own date. (ministryofjustice/correspondence_tool_staff #2160)
func TestDispute_recordedLongAfter(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	c := disputed(t, p, StateClosed, DisputeDates{})
	c = play(t, p, c, played{on.AddDays(200), Dispute{Date: on, Ruling: "Ongegrond.", Verdict: RulingNotUpheld}})
	if last, ok := p.RetainUntil(&c); !ok || last != on.AddMonths(24) || c.Dispute.EndedOn != on {
		t.Errorf("%+v, kept until %s", c.Dispute, last)
	}
}

// TestDispute_letterThatFailedMeanwhile: a confirmation that turns out not to have
// arrived while the committee has the case is owed again after the dispute.
func TestDispute_letterThatFailedMeanwhile(t *testing.T) {
	p, on := policy(t), day("2026-12-10")
	c := disputed(t, p, StateClosed, DisputeDates{})
	sent, _ := c.Promise(PromiseConfirmation)
	c = do(t, p, c, MailFailed{Kind: RecordConfirmation, At: sent.Kept.At, Fault: "smtp_refused_550"}, roster.Clock, noon(on)).Complaint
	if c.State != StateDisputed {
		t.Fatalf("the failed letter moved the case to %s", c.State)
	}
	c = play(t, p, c, played{on, Dispute{Date: on, Ended: EndSettled}})
	if _, watched := p.Watched(&c, WatchKind(PromiseConfirmation), on); c.State != StateDecided || !watched {
		t.Errorf("%s after the dispute, and the confirmation is watched: %t", c.State, watched)
	}
}

package workflow

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// consulted is a case in which staff was asked for advice on its first day.
func consulted(t *testing.T, p *Policy, edit func(*File)) Complaint {
	t.Helper()
	return do(t, p, logged(t, p, edit, noon(start)), asking(start), officer, noon(start)).Complaint
}

func plain(*File) {}

func TestConsult_refusesAtTheField(t *testing.T) {
	p := policy(t)
	for name, test := range map[string]struct {
		concerns roster.PersonID
		edit     func(*Consult)
		field    string
		code     Code
	}{
		"nobody":                 {"", func(a *Consult) { a.Person = "" }, "person", CodeRequired},
		"oneself":                {"", func(a *Consult) { a.Person = officer }, "person", CodeConsultSelf},
		"advice of whom":         {staff, func(a *Consult) {}, "person", CodeConsultConcerns},
		"guarded, advice":        {director, func(a *Consult) { a.Person = director }, "person", CodeConsultGuarded},
		"guarded, reaction":      {director, func(a *Consult) { a.Person, a.Purpose = director, PurposeReaction }, "person", CodeConsultGuarded},
		"no question":            {"", func(a *Consult) { a.Question = " \n" }, "question", CodeRequired},
		"no day":                 {"", func(a *Consult) { a.AnswerBy = calendar.Date{} }, "answer_by", CodeDateRequired},
		"today":                  {"", func(a *Consult) { a.AnswerBy = start }, "answer_by", CodeDatePast},
		"after three months":     {"", func(a *Consult) { a.AnswerBy = start.AddMonths(3).AddDays(1) }, "answer_by", CodeDateLate},
		"a purpose that is none": {"", func(a *Consult) { a.Purpose = "gossip" }, "purpose", CodeUnknownChoice},
	} {
		by := deputy
		if name == "oneself" {
			by = officer
		}
		file := complaint(concerning(test.concerns))
		change, err := p.Step(Complaint{}, file, second, noon(start))
		if err != nil {
			t.Fatal(err)
		}
		a := asking(start)
		test.edit(&a)
		_, err = p.Step(change.Complaint, a, by, noon(start))
		if r := Refused(err); len(r) != 1 || r[0].Field != test.field || r[0].Code != test.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConsult_hearsWhomItConcerns: that is the point of it, where the case is not kept
// from that person.
func TestConsult_hearsWhomItConcerns(t *testing.T) {
	p := policy(t)
	change, err := p.Step(Complaint{}, complaint(concerning(staff)), officer, noon(start))
	if err != nil {
		t.Fatal(err)
	}
	a := asking(start)
	a.Purpose = PurposeReaction
	c := do(t, p, change.Complaint, a, officer, noon(start)).Complaint
	if c.Access(p.Roster, staff) != AccessNone || !c.MayReport(PromiseConsultation, staff, 1) {
		t.Error("whoever is asked reads the case, or not the question")
	}
	do(t, p, c, AnswerConsult{Entry: 1, Answer: "Het was mijn fout."}, staff, noon(start.AddDays(1)))
}

// TestConsult_answeredOnce, by who was asked only; the case stays where it is, and
// whatever is promised to the complainant too.
func TestConsult_answeredOnce(t *testing.T) {
	p := policy(t)
	c := consulted(t, p, plain)
	before := logged(t, p, plain, noon(start))
	if diff := cmp.Diff(before.Owed(), c.Owed()); diff != "" || c.NextDue() != before.NextDue() || len(c.Current()) != len(before.Current()) {
		t.Errorf("a question is owed to the complainant: %s", diff)
	}
	answer := AnswerConsult{Entry: 1, Answer: "Ja."}
	for _, who := range []roster.PersonID{officer, deputy, director, "UOTHER"} {
		if _, err := p.Step(c, answer, who, noon(start)); !Refused(err).Has(CodeForbidden) {
			t.Errorf("%s answers: %v", who, err)
		}
	}
	if _, err := p.Step(c, AnswerConsult{Entry: 2, Answer: "Ja."}, staff, noon(start)); !Refused(err).Has(CodeForbidden) {
		t.Errorf("a question that there is not: %v", err)
	}
	if _, err := p.Step(c, AnswerConsult{Entry: 1, Answer: " "}, staff, noon(start)); !Refused(err).Has(CodeRequired) {
		t.Errorf("nothing: %v", err)
	}
	change := do(t, p, c, answer, staff, noon(start.AddDays(2)))
	after := change.Complaint
	q, _ := after.Consultation(1)
	if q.Kept.On != start.AddDays(2) || q.Kept.By != staff || after.State != c.State || after.Last != c.Last {
		t.Errorf("%+v, %s, %v", q, after.State, after.Last)
	}
	want := []shown{{kind: "case"}, {kind: "line", what: "consult_answer"}, {"consultation", staff, "1"}}
	if diff := cmp.Diff(want, effects(change), cmp.AllowUnexported(shown{})); diff != "" {
		t.Errorf("shown -want +got:\n%s", diff)
	}
	if _, err := p.Step(after, answer, staff, noon(start.AddDays(2))); !Refused(err).Has(CodeConsultOver) {
		t.Errorf("again: %v", err)
	}
	if got := ConsultedIn(append(do(t, p, before, asking(start), officer, noon(start)).Records, change.Records...), 1); got.Purpose != PurposeAdvice || got.By != officer {
		t.Errorf("%+v", got)
	}
}

func effects(change Change) (all []shown) {
	for _, e := range change.Effects {
		all = append(all, shownBy(e))
	}
	return all
}

// TestConsult_endsWithTheCase: what was not answered when it closes is over, and what
// shows it is emptied; reopening asks nobody again.
func TestConsult_endsWithTheCase(t *testing.T) {
	p := policy(t)
	c := do(t, p, consulted(t, p, plain), decision(start), officer, noon(start)).Complaint
	if q, _ := c.Consultation(1); !q.Open() {
		t.Error("a decision ends it")
	}
	closing := do(t, p, c, Confirm{letter(start)}, officer, noon(start))
	q, _ := closing.Complaint.Consultation(1)
	if q.Ended != EndClosed || !slices.Contains(effects(closing), shown{"consultation", staff, "1"}) {
		t.Errorf("%+v, %v", q, effects(closing))
	}
	if _, err := p.Step(closing.Complaint, asking(start), officer, noon(start)); !Refused(err).Has(CodeNotNow) {
		t.Errorf("of a closed case somebody is asked: %v", err)
	}
	again := do(t, p, closing.Complaint, Reopen{Reason: "Nog iets."}, officer, noon(start)).Complaint
	if q, _ := again.Consultation(1); q.Open() {
		t.Error("reopening asks again")
	}
	if _, err := p.Step(again, AnswerConsult{Entry: 1, Answer: "Ja."}, staff, noon(start)); !Refused(err).Has(CodeConsultOver) {
		t.Errorf("answered afterwards: %v", err)
	}
}

// TestConsult_guardEndsIt: a case that turns out to concern an officer moves away from
// them, with what they were asked about it; others read their question with its new
// number.
func TestConsult_guardEndsIt(t *testing.T) {
	p := policy(t)
	c := consulted(t, p, plain)
	other := asking(start)
	other.Person = deputy
	c = do(t, p, c, other, officer, noon(start)).Complaint
	moved := do(t, p, c, Correct{File: complaint(concerning(deputy)), Reason: "Het gaat over hem."}, officer, noon(start))
	first, _ := moved.Complaint.Consultation(1)
	second, _ := moved.Complaint.Consultation(2)
	if !first.Open() || second.Ended != EndGuarded {
		t.Errorf("%+v, %+v", first, second)
	}
	if moved.Complaint.MayReport(PromiseConsultation, deputy, 2) {
		t.Error("whom it concerns reads the question")
	}
	if !slices.Contains(effects(moved), shown{"consultation", staff, "1"}) {
		t.Errorf("the other question is not shown anew: %v", effects(moved))
	}
	if _, err := p.Step(moved.Complaint, AnswerConsult{Entry: 2, Answer: "Ja."}, deputy, noon(start)); !Refused(err).Has(CodeForbidden) {
		t.Errorf("whom it concerns answers: %v", err)
	}
}

// remindersOf are the days and people of every reminder of the first question, as the
// clock asks for them.
func remindersOf(t *testing.T, p *Policy, c Complaint, days int, between func(Complaint, calendar.Date) Complaint) (all []string) {
	t.Helper()
	for n := range days {
		today := start.AddDays(n)
		c = between(c, today)
		change := do(t, p, c, Tick{}, roster.Clock, noon(today))
		for _, e := range change.Effects {
			if due, ok := e.(ReminderDue); ok && due.Watch == ConsultationWatch(1) {
				all = append(all, string(due.To)+" "+today.String())
			}
		}
		c = change.Complaint
	}
	return all
}

func same(c Complaint, _ calendar.Date) Complaint { return c }

// TestConsult_reminders (deadlines.md): the colleague on the last working day before the
// answer is due and once more two working days later, then nobody but the owner, once.
func TestConsult_reminders(t *testing.T) {
	p := policy(t)
	due := asking(start)
	due.AnswerBy = start.AddDays(12) // a Saturday
	ask := func() Complaint {
		return do(t, p, logged(t, p, plain, noon(start)), due, officer, noon(start)).Complaint
	}
	want := []string{"USTAFF 2026-11-13", "USTAFF 2026-11-17", "UOFFICER 2026-11-19"}
	if diff := cmp.Diff(want, remindersOf(t, p, ask(), 60, same)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	handedOn := func(c Complaint, today calendar.Date) Complaint {
		if today == start.AddDays(14) {
			return do(t, p, c, Assign{Owner: deputy}, officer, noon(today)).Complaint
		}
		return c
	}
	want[2] = "UDEPUTY 2026-11-19"
	if diff := cmp.Diff(want, remindersOf(t, p, ask(), 60, handedOn)); diff != "" {
		t.Errorf("with another owner, -want +got:\n%s", diff)
	}
	gone := p.With(roster.Presence{Gone: map[roster.PersonID]bool{staff: true}})
	if diff := cmp.Diff([]string{"UOFFICER 2026-11-13", "UOFFICER 2026-11-17", "UOFFICER 2026-11-19"}, remindersOf(t, gone, ask(), 60, same)); diff != "" {
		t.Errorf("of who left, -want +got:\n%s", diff)
	}
	answered := do(t, p, ask(), AnswerConsult{Entry: 1, Answer: "Ja."}, staff, noon(start)).Complaint
	if got := remindersOf(t, p, answered, 60, same); len(got) > 0 {
		t.Errorf("of what was answered: %v", got)
	}
	c := ask()
	if w, _ := p.Watched(&c, ConsultationWatch(1), start); len(p.Overdue(&c, director, start.AddDays(60))) > 3 || w.Promised() {
		t.Error("the directors read of a colleague's answer")
	}
	if p.putRightBy(t, c) {
		t.Error("counted as a term that was put right")
	}
}

// putRightBy reports whether another day for the answer counts for the directors.
func (p *Policy) putRightBy(t *testing.T, c Complaint) bool {
	t.Helper()
	entry := Record{Line: 2, Kind: RecordConsult, At: noon(start), By: officer, Date: start, Texts: texts{
		"consult_entry": "1", "purpose": "advice", "person": Confidential(staff), "question": "Ja?", "answer_by": Confidential(start.AddDays(12).String()),
	}}
	a := Amend{Entry: "2.0.answer_by", Date: start.AddDays(40), Reason: "Vakantie.", Records: []Record{entry}}
	change := do(t, p, c, a, officer, noon(start.AddDays(30)))
	q, _ := change.Complaint.Consultation(1)
	if q.Due != start.AddDays(40) || q.Reminders != "" || !slices.Contains(effects(change), shown{"consultation", staff, "1"}) {
		t.Errorf("%+v, %v", q, effects(change))
	}
	return change.Complaint.AmendedInTime > 0
}

// TestConsult_takenBack: the question is over and keeps its number, so that a later one
// is still the second; one that was answered rests on its answer.
func TestConsult_takenBack(t *testing.T) {
	p := policy(t)
	h := filed(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(h.step(asking(start), officer, noon(start)))
	must(h.step(asking(start), officer, noon(start.AddDays(1))))
	entries := p.Entries(h.records, officer)
	if len(entries) != 2 || entries[1].Part != "answer_by" || entries[1].Date != start.AddDays(7) {
		t.Fatalf("%+v", entries)
	}
	retract := Amend{Entry: entries[1].ID, Retract: true, Reason: "Verkeerde collega.", Records: h.records}
	change := do(t, p, h.complaint, retract, officer, noon(start.AddDays(2)))
	first, _ := change.Complaint.Consultation(1)
	later, ok := change.Complaint.Consultation(2)
	if first.Ended != EndTakenBack || first.Lapsed != start.AddDays(2) || !ok || !later.Open() {
		t.Errorf("%+v, %+v", first, later)
	}
	if want := (shown{"consultation", staff, "1"}); !slices.Contains(effects(change), want) || slices.Contains(effects(change), shown{"consultation", staff, "2"}) {
		t.Errorf("%v", effects(change))
	}
	must(h.step(AnswerConsult{Entry: 1, Answer: "Ja."}, staff, noon(start.AddDays(1))))
	retract.Records = h.records
	_, err := p.Step(h.complaint, retract, officer, noon(start.AddDays(2)))
	if r := Refused(err); !r.Has(CodeAmendRests) || r[0].Args.Step != RecordConsultAnswer {
		t.Errorf("an answered one: %v", err)
	}
}

// TestConsult_purged: of what somebody was asked no name is left, and its dates go with
// the others.
func TestConsult_purged(t *testing.T) {
	p := policy(t)
	c := do(t, p, consulted(t, p, plain), AnswerConsult{Entry: 1, Answer: "Ja."}, staff, noon(start.AddDays(2))).Complaint
	c = play(t, p, c, played{start.AddDays(2), decision(start.AddDays(2))}, played{start.AddDays(2), Confirm{letter(start.AddDays(2))}})
	late, c := told(p, c)
	c = do(t, late, c, Purge{}, roster.Clock, noon(start.AddMonths(25))).Complaint
	q, ok := c.Consultation(1)
	if !ok || q.Handler != "" || q.Kept.By != "" || q.Reminders != "" || q.Made != calendar.NewDate(2026, 11, 1) {
		t.Errorf("%+v", q)
	}
}

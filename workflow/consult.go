package workflow

import (
	"strconv"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Consultation: whoever handles a case asks a colleague for advice, or hears whom it
// concerns. The answer is a promise with a number, like a remedy; being asked gives
// nobody a right on the case, and why somebody was asked is sealed.

// Purpose is why a colleague is asked.
type Purpose string

// The purposes of the contract.
const (
	PurposeAdvice   Purpose = "advice"
	PurposeReaction Purpose = "reaction" // of whom the complaint concerns, who then knows of it
)

// Purposes lists them as the form does.
func Purposes() []Purpose { return []Purpose{PurposeAdvice, PurposeReaction} }

// The endings of a question that was not answered.
const (
	EndClosed    Ending = "case_closed" // the case was closed
	EndTakenBack Ending = "taken_back"  // it was taken back
	EndGuarded   Ending = "guarded"     // the case turned out to concern who was asked, and is kept from them
)

// The codes of a question that is refused.
const (
	CodeConsultSelf     Code = "consult_self"     // to oneself
	CodeConsultGuarded  Code = "consult_guarded"  // to whom a guarded case concerns
	CodeConsultConcerns Code = "consult_concerns" // advice of whom the case concerns
	CodeConsultOver     Code = "consult_over"     // answered or ended already
)

// maxConsultMonths is how far off an answer may be asked for.
const maxConsultMonths = 3

// The texts of a question that a replay reads; textTakenBack is in no register.
const (
	textConsultEntry = "consult_entry"
	textAnswerBy     = "answer_by"
	textTakenBack    = "taken_back"
)

// Consultation is what a colleague was asked, with its number, from 1, among those of
// its case. The number never changes.
type Consultation struct {
	Number int
	Promise
}

// Consulted is what whoever was asked reads of the case.
type Consulted struct {
	ID   CaseID
	Case string // its number
	Consultation
	Purpose  Purpose
	Question Confidential
	By       roster.PersonID // who asks
}

// Consultations lists what colleagues were asked, in the order of the numbers.
func (c *Complaint) Consultations() (all []Consultation) {
	for n, p := range numbered(c, PromiseConsultation) {
		all = append(all, Consultation{n, p})
	}
	return all
}

// Consultation returns the one with that number; ok is false when there is none.
func (c *Complaint) Consultation(number int) (q Consultation, ok bool) {
	p, ok := nth(c, PromiseConsultation, number)
	return Consultation{number, p}, ok
}

// ConsultEntry is the number of the question that an entry is about, 0 for none.
func ConsultEntry(r Record) int {
	n, err := strconv.Atoi(r.Texts[textConsultEntry].Reveal())
	if err != nil {
		return 0
	}
	return n
}

// ConsultedIn returns what the records of a case say of the question with that number.
func ConsultedIn(records []Record, number int) (q Consulted) {
	for _, r := range records {
		if r.Kind == RecordConsult && ConsultEntry(r) == number {
			q.Purpose, q.Question, q.By = Purpose(r.Texts["purpose"]), r.Texts["question"], r.By
		}
	}
	return q
}

// consulting is a step that is about what colleagues were asked.
type consulting struct{ *step }

// Consult asks a colleague something. Only Question goes out, with the number of the
// case, why it is asked, and by when an answer is wanted.
type Consult struct {
	Purpose  Purpose
	Person   roster.PersonID
	Question Confidential
	AnswerBy calendar.Date

	takenBack calendar.Date // in a replay
}

func (a Consult) perform(s *step) {
	s.choice("purpose", known(a.Purpose, Purposes()))
	consulting{s}.asked(a)
	s.text("question", a.Question)
	last := s.today.AddMonths(maxConsultMonths)
	switch {
	case a.AnswerBy.IsZero():
		s.refuse(textAnswerBy, CodeDateRequired)
	case !a.AnswerBy.After(s.today):
		s.refuse(textAnswerBy, CodeDatePast)
	case a.AnswerBy.After(last):
		s.refuseWith(textAnswerBy, CodeDateLate, Args{Date: last})
	}
	c := &s.Complaint
	number := len(c.Consultations()) + 1
	p := Promise{Kind: PromiseConsultation, Made: s.today, Due: a.AnswerBy, Handler: a.Person}
	if !a.takenBack.IsZero() {
		p.Lapsed, p.Ended = a.takenBack, EndTakenBack
	}
	c.Promises = append(c.Promises, p)
	s.record(Record{Kind: RecordConsult, Date: s.today, Texts: texts{
		textConsultEntry: Confidential(strconv.Itoa(number)), "purpose": Confidential(a.Purpose),
		"person": Confidential(a.Person), "question": a.Question, textAnswerBy: Confidential(a.AnswerBy.String()),
	}})
	s.showAction(ActionConsult)
	s.show(ConsultationChanged{To: a.Person, Consultation: number})
}

// asked checks who may be asked. Whom an ordinary case concerns may be heard, and is
// not asked for advice on it; in a guarded case that person must not know of it.
func (s consulting) asked(a Consult) {
	c := &s.Complaint
	switch {
	case a.Person == "":
		s.refuse("person", CodeRequired)
	case a.Person == s.by:
		s.refuse("person", CodeConsultSelf)
	case !c.mayHear(a.Person):
		s.refuse("person", CodeConsultGuarded)
	case a.Purpose == PurposeAdvice && a.Person == c.Particulars.Concerns:
		s.refuse("person", CodeConsultConcerns)
	}
}

// AnswerConsult is the answer of who was asked.
type AnswerConsult struct {
	Entry  int
	Answer Confidential
}

func (a AnswerConsult) perform(s *step) {
	s.text("answer", a.Answer)
	c := &s.Complaint
	q, _ := c.Consultation(a.Entry)
	switch {
	case !c.MayReport(PromiseConsultation, s.by, a.Entry):
		s.refuse("", CodeForbidden)
	case !q.Open():
		s.refuse("", CodeConsultOver)
	}
	if len(s.refusals) > 0 {
		return
	}
	c.Promises[c.index(PromiseConsultation, a.Entry)].Kept = Kept{On: s.today, Entered: s.today, By: s.by, At: s.now}
	s.record(Record{Kind: RecordConsultAnswer, Date: s.today, Texts: texts{
		textConsultEntry: Confidential(strconv.Itoa(a.Entry)), "answer": a.Answer,
	}})
	s.showAction(ActionConsultAnswer)
	s.show(ConsultationChanged{To: s.by, Consultation: a.Entry})
}

// end ends the open questions that are meant, and empties what shows them.
func (s consulting) end(why Ending, meant func(Promise) bool) {
	for _, q := range s.Complaint.Consultations() {
		if q.Open() && meant(q.Promise) {
			p := &s.Complaint.Promises[s.Complaint.index(PromiseConsultation, q.Number)]
			p.Lapsed, p.Ended = s.today, why
			s.show(ConsultationChanged{To: q.Handler, Consultation: q.Number})
		}
	}
}

// move shows the open questions anew, since what was posted before is taken away when
// a case shows elsewhere. One to whom the case is kept from now on is over.
func (s consulting) move() {
	c := &s.Complaint
	s.end(EndGuarded, func(p Promise) bool { return !c.mayHear(p.Handler) })
	for _, q := range c.Consultations() {
		if q.Open() {
			s.show(ConsultationChanged{To: q.Handler, Consultation: q.Number})
		}
	}
}

// showTasks shows whoever sees to something, or was asked something, what differs now
// from how it was.
func (s *step) showTasks(was *Complaint) {
	for _, r := range was.Remedies() {
		if now, _ := s.Complaint.Remedy(r.Number); r.Handler != "" && now != r {
			s.show(RemedyChanged{To: r.Handler, Remedy: r.Number})
		}
	}
	for _, q := range was.Consultations() {
		if now, _ := s.Complaint.Consultation(q.Number); now != q {
			s.show(ConsultationChanged{To: q.Handler, Consultation: q.Number})
		}
	}
}

// consult is the question of an entry. One that was taken back keeps its number.
func (h *replay) consult(r Record) performer {
	return Consult{
		Purpose: Purpose(r.Texts["purpose"]), Person: roster.PersonID(r.Texts["person"]), Question: r.Texts["question"],
		AnswerBy: r.dateOf(textAnswerBy), takenBack: r.dateOf(textTakenBack),
	}
}

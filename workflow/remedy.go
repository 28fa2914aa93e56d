package workflow

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/money"
	"github.com/artra/klachtbot/workflow/roster"
)

// Remedies (R14): what the firm promised the complainant beyond an outcome. Each
// is a promise with a kind, a last day and somebody who sees to it; several may
// be open at once, also after the case was closed.

// The kinds of a remedy that rules depend on.
const (
	RemedyNone   = "none"
	RemedyRefund = "refund"
	RemedyRuling = "ruling" // of the dispute committee; never chosen in a form
)

// The codes of a remedy that is refused.
const (
	CodeEraseRemedy    Code = "erase_remedy"    // a remedy is open (R14)
	CodeRemedyEarly    Code = "remedy_early"    // before the decision; Args: date
	CodeRemedyConcerns Code = "remedy_concerns" // a guarded case concerns whoever would see to it
	CodeRemedySettled  Code = "remedy_settled"  // not open any more
	CodeSameDate       Code = "same_date"       // the day that was promised already
	CodeNotAmount      Code = "not_amount"      // no amount in euros
)

// RemedyKinds lists the kinds that an officer chooses from, none first.
func RemedyKinds() []string {
	return []string{RemedyNone, "apology", RemedyRefund, "repeat", "repair", "other"}
}

// RemedyTerms are what was promised: its kind ("" is RemedyNone), its last day,
// who sees to it ("" is the case's owner), and of a refund the amount as it was
// typed.
type RemedyTerms struct {
	Kind    string
	Due     calendar.Date
	Handler roster.PersonID
	Amount  Confidential
}

// remedying is a step that is about a remedy.
type remedying struct{ *step }

// Some reports whether anything was promised.
func (t RemedyTerms) Some() bool { return t.Kind != "" && t.Kind != RemedyNone }

// SeesTo is who sees to a remedy apart from the case's owner; "" when the owner
// does. It passes to the owner when the other one said that it is done, has left,
// or turns out to be whom a guarded case concerns.
func (p *Policy) SeesTo(c *Complaint, r Remedy) roster.PersonID {
	who := r.Handler
	if who == c.Owner || !r.Reported.IsZero() || !c.mayHear(who) || p.Roster.Presence.Gone[who] {
		return ""
	}
	return who
}

// mayHear reports whether somebody may be told of a remedy of the case: anybody
// but whom a guarded case concerns.
func (c *Complaint) mayHear(who roster.PersonID) bool {
	return who != "" && (!c.Guarded() || who != c.Particulars.Concerns)
}

// MayReport reports whether somebody reads of that remedy, and may say that it is
// done, without any right on its case.
func (c *Complaint) MayReport(who roster.PersonID, number int) bool {
	r, ok := c.Remedy(number)
	return ok && c.mayHear(who) && who == r.Handler
}

// reports reports whether somebody sees to any remedy of the case.
func (c *Complaint) reports(who roster.PersonID) bool {
	return slices.ContainsFunc(c.Remedies(), func(r Remedy) bool { return c.MayReport(who, r.Number) })
}

// maxRemedyMonths is how far off a remedy may be promised: what is later is a
// mistake, and would keep the case for as long.
const maxRemedyMonths = 24

// remedyTerms checks what is promised with a decision of that day.
func (s *step) remedyTerms(t RemedyTerms, text Confidential, decided calendar.Date) {
	s.choice("remedy_kind", t.Kind == "" || known(t.Kind, RemedyKinds()))
	if !t.Some() {
		return
	}
	if text.Blank() {
		s.refuse("remedy", CodeRequired)
	}
	last := s.today.AddMonths(maxRemedyMonths)
	switch {
	case t.Due.IsZero():
		s.refuse("remedy_date", CodeDateRequired)
	case t.Due.Before(decided):
		s.refuseWith("remedy_date", CodeRemedyEarly, Args{Date: decided})
	case t.Due.After(last):
		s.refuseWith("remedy_date", CodeDateLate, Args{Date: last})
	}
	if t.Handler != "" && !s.Complaint.mayHear(t.Handler) {
		s.refuse("remedy_owner", CodeRemedyConcerns)
	}
	if _, err := money.Parse(t.Amount.Reveal()); t.Kind == RemedyRefund && !t.Amount.Blank() && err != nil {
		s.refuse("remedy_amount", CodeNotAmount)
	}
}

// promiseRemedy promises a remedy from that day on, and shows it to whoever sees to it beside the
// case's owner. It returns the texts by which the caller's record of this step
// says what was promised.
func (s *step) promiseRemedy(t RemedyTerms, made calendar.Date) texts {
	c := &s.Complaint
	if t.Handler == c.Owner {
		t.Handler = "" // it goes along when the case is handed on
	}
	c.Promises = append(c.Promises, Promise{
		Kind: PromiseRemedy, Made: made, Due: t.Due, Handler: t.Handler, Subject: t.Kind,
	})
	number := len(c.Remedies())
	s.showRemedy(number)
	all := texts{
		"remedy_entry": Confidential(strconv.Itoa(number)), "remedy_kind": Confidential(t.Kind),
		"remedy_date": Confidential(t.Due.String()), "remedy_owner": Confidential(cmp.Or(t.Handler, c.Owner)),
	}
	if _, amount := t.Owed(); amount > 0 {
		all["remedy_amount"] = Confidential(amount.Plain())
	}
	return all
}

// showRemedy shows a remedy, as it is now, to whoever sees to it.
func (s *step) showRemedy(number int) {
	if r, _ := s.Complaint.Remedy(number); r.Handler != "" {
		s.show(RemedyChanged{To: r.Handler, Remedy: number})
	}
}

// showRemedies shows every remedy that is open: what was posted before is taken
// away when a case shows elsewhere.
func (s *step) showRemedies() {
	for _, r := range s.Complaint.OpenRemedies() {
		if s.Complaint.mayHear(r.Handler) {
			s.showRemedy(r.Number)
		}
	}
}

// RemedyResult is what became of a remedy.
type RemedyResult string

// The results of the contract.
const (
	RemedyDone    RemedyResult = "done"
	RemedyMoved   RemedyResult = "changed"
	RemedyDropped RemedyResult = "dropped"

	// remedyNotKept is the clock's own (R14): nobody renewed it.
	remedyNotKept RemedyResult = "not_kept"
)

// RemedyResults lists those that an officer chooses from.
func RemedyResults() []RemedyResult {
	return []RemedyResult{RemedyDone, RemedyMoved, RemedyDropped}
}

// SettleRemedy says what became of a remedy. Entry is its number, 0 for the only
// one that is open. Date is the day on which it was done, New the last day that
// takes the place of the one before; Reason is needed unless it was done, and
// may then say how that is known.
type SettleRemedy struct {
	Entry  int
	Result RemedyResult
	Date   calendar.Date
	New    calendar.Date
	Reason Confidential
}

func (a SettleRemedy) perform(of *step) {
	s := remedying{of}
	number := s.remedyEntry(a.Entry)
	s.choice("result", known(a.Result, RemedyResults()))
	switch a.Result {
	case RemedyDone:
		s.date("date", a.Date)
		s.optional("reason", a.Reason)
	case RemedyMoved:
		s.renewed(number, a.New)
		s.text("reason", a.Reason)
	case RemedyDropped:
		s.text("reason", a.Reason)
	}
	if len(s.refusals) > 0 {
		return
	}
	p := &s.Complaint.Promises[s.Complaint.remedy(number)]
	all := texts{
		"remedy_entry": Confidential(strconv.Itoa(number)), "result": Confidential(a.Result), "reason": a.Reason,
	}
	on, line := s.today, ActionRemedy
	switch a.Result {
	case RemedyDone:
		on, p.Kept = a.Date, Kept{On: a.Date, Entered: a.Date, By: s.by, At: s.now, Later: s.today.After(a.Date)}
	case RemedyMoved:
		all["old_date"], all["new_date"] = Confidential(p.Due.String()), Confidential(a.New.String())
		p.Due, p.Reported, p.Snoozed, p.Reminders = a.New, calendar.Date{}, calendar.Date{}, ""
		line = ActionRemedyChanged
	case RemedyDropped:
		p.Lapsed, p.Ended = s.today, EndDropped
		line = ActionRemedyDropped
	}
	s.Complaint.RetentionReminders, s.Complaint.Announcement = "", Announcement{}
	s.record(Record{Kind: RecordRemedy, Date: on, Texts: all})
	s.showAction(line)
	s.showRemedy(number)
}

// remedyEntry is the number of the open remedy that is meant.
func (s remedying) remedyEntry(entry int) int {
	open := s.Complaint.OpenRemedies()
	switch {
	case entry == 0 && len(open) == 1:
		return open[0].Number
	case entry == 0:
		s.refuse("remedy_entry", CodeRequired)
	case !slices.ContainsFunc(open, func(r Remedy) bool { return r.Number == entry }):
		s.refuse("remedy_entry", CodeRemedySettled)
	}
	return entry
}

// renewed checks the last day that takes the place of another.
func (s remedying) renewed(number int, due calendar.Date) {
	r, _ := s.Complaint.Remedy(number)
	last := s.today.AddMonths(maxRemedyMonths)
	switch {
	case due.IsZero():
		s.refuse("new_date", CodeDateRequired)
	case !due.After(s.today):
		s.refuse("new_date", CodeDatePast)
	case due.After(last):
		s.refuseWith("new_date", CodeDateLate, Args{Date: last})
	case due == r.Due:
		s.refuse("new_date", CodeSameDate)
	}
}

// ReportRemedy says, for whoever sees to a remedy, that it is done: on that day,
// and if they like how. The case's owner records it.
type ReportRemedy struct {
	Entry  int
	Date   calendar.Date
	Reason Confidential
}

func (a ReportRemedy) perform(s *step) {
	s.date("date", a.Date)
	s.optional("reason", a.Reason)
	c := &s.Complaint
	r, _ := c.Remedy(a.Entry)
	switch {
	case !c.MayReport(s.by, a.Entry):
		s.refuse("", CodeForbidden)
	case !r.Open() || !r.Reported.IsZero():
		s.refuse("", CodeRemedySettled)
	}
	if len(s.refusals) > 0 {
		return
	}
	p := &c.Promises[c.remedy(a.Entry)]
	p.Reported, p.Reminders = a.Date, p.Reminders.Restarted()
	s.record(Record{Kind: RecordRemedyDone, Date: a.Date, Texts: texts{
		"remedy_entry": Confidential(strconv.Itoa(a.Entry)), "reason": a.Reason,
	}})
	s.show(CaseChanged{})
	s.showRemedy(a.Entry)
	if who := s.policy.present(c, s.today); who != "" {
		s.show(RemedyReported{To: who, Remedy: a.Entry})
	}
}

// present is who handles the case on that day: its owner, or whoever stands in.
func (p *Policy) present(c *Complaint, today calendar.Date) roster.PersonID {
	if deputy := c.Deputy(p.Roster, today); deputy != "" && p.Roster.Absent(c.Owner, today) {
		return deputy
	}
	return c.Owner
}

// RemedyLetter records the letter that says what became of a remedy: another day,
// or that it does not come.
type RemedyLetter struct{ Sent }

func (a RemedyLetter) perform(s *step) {
	s.sent(a.Sent)
	s.recordLetter(a.Sent, RecordRemedyLetter, nil)
	s.showAction(ActionRemedyLetter)
}

// remedyExpires is how many months a remedy may be overdue (R14).
const remedyExpires = 6

// expiry is the first day on which an open remedy that nobody renewed ends.
func (r Remedy) expiry() calendar.Date { return r.Due.AddMonths(remedyExpires).AddDays(1) }

// endRemedies ends what was overdue for six months and not renewed. The owner
// and the directors hear of it.
func (s remedying) endRemedies() {
	c := &s.Complaint
	for _, r := range c.OpenRemedies() {
		if s.today.Before(r.expiry()) {
			continue
		}
		p := &c.Promises[c.remedy(r.Number)]
		p.Lapsed, p.Ended = s.today, EndNotKept
		s.record(Record{Kind: RecordRemedy, Date: s.today, Texts: texts{
			"remedy_entry": Confidential(strconv.Itoa(r.Number)), "result": Confidential(remedyNotKept),
		}})
		s.showRemedy(r.Number)
		for _, who := range s.toldOfEnd() {
			s.show(RemedyNotKept{To: who, Remedy: r.Number})
		}
		s.silent = false
	}
	if !s.silent {
		c.RetentionReminders, c.Announcement = "", Announcement{}
	}
}

// toldOfEnd is who reads that a remedy was not kept.
func (s remedying) toldOfEnd() (all []roster.PersonID) {
	c, r := &s.Complaint, s.policy.Roster
	for _, who := range append([]roster.PersonID{s.policy.present(c, s.today)}, r.Directors...) {
		if who != "" && !r.Presence.Gone[who] && c.Access(r, who) >= AccessOverview && !slices.Contains(all, who) {
			all = append(all, who)
		}
	}
	return all
}

package workflow

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
)

// The dispute to its end (R15): what the committee asks, and how it ended.

// DisputeEndings lists how a dispute may end without a ruling.
func DisputeEndings() []Ending { return []Ending{EndSettled, EndWithdrawn, EndFeeNotPaid} }

// disputeMonths is how far off the committee's dates may be; beyond is a slip.
const disputeMonths = 24

// rulingMonths is how long a case is kept after a ruling at least (R10): as long
// as a court may be asked to set it aside.
const rulingMonths = 3

// DisputeDates are the committee's dates, zero where none is known: by when it
// wants the defence, when that was sent, and when it hears the case.
type DisputeDates struct{ Defence, Sent, Hearing calendar.Date }

// Dispute records that the complainant went to the dispute committee. On a case
// that is there it changes the committee's dates; with a Ruling and its Verdict,
// or with Ended, it returns the case to where it was.
type Dispute struct {
	Date      calendar.Date // when the complainant went there, or when it was over
	Reference Confidential
	// Dates are those that stand in the form, and Shown those that it was opened
	// with: what somebody else changed meanwhile stays.
	Dates, Shown DisputeDates
	Ended        Ending // "" while it goes on, and with a ruling
	Ruling       Confidential
	Verdict      RulingVerdict
	RulingDue    calendar.Date // by when the ruling is to be carried out; zero for nothing to do
}

// ruled reports whether something of a ruling was filled in.
func (a Dispute) ruled() bool {
	return !a.Ruling.Blank() || a.Verdict != "" || !a.RulingDue.IsZero()
}

// over reports whether the dispute ends with it.
func (a Dispute) over() bool { return a.Ended != "" || a.ruled() }

// disputing is a step that is about a dispute.
type disputing struct{ *step }

// perform begins a dispute or goes on with the one that the case is in. An end
// that comes with the beginning is one that nobody had recorded before.
func (a Dispute) perform(of *step) {
	s := disputing{of}
	c := &s.Complaint
	going, from := c.AtCommittee(), c.State
	s.optional("reference", a.Reference)
	if !going {
		s.begun(a.Date)
		c.Dispute = DisputeFile{From: from, On: a.Date}
	}
	if a.over() {
		s.ending(a)
	}
	old := c.DisputeDates()
	dates := a.merged(old)
	s.disputeDates(dates, old)
	news := dates != old || !a.Reference.Blank()
	if going && !a.over() && !news {
		s.refuse("ruling_verdict", CodeDisputeSame)
	}
	if len(s.refusals) > 0 {
		return
	}
	s.setDisputeDates(dates)
	line := ActionDisputeDates
	switch {
	case !going:
		line = ActionDisputeBegun
		s.record(Record{Kind: RecordDispute, Date: a.Date, Texts: a.texts(dates.known())})
	case news:
		s.record(Record{Kind: RecordDisputeDates, Date: s.today, Texts: a.texts(dates.changed(old))})
	}
	if a.over() {
		line = s.endDispute(a)
	}
	s.land(from, a.over())
	s.show(CaseChanged{})
	s.show(ActionTaken{line})
}

func (a Dispute) texts(dates texts) texts {
	dates["reference"] = a.Reference
	return dates
}

// land says where the case is after it.
func (s disputing) land(from State, over bool) {
	d := &s.Complaint.Dispute
	switch {
	case !over:
		s.landed = StateDisputed
		if from != StateDisputed {
			d.From = from
		}
	case from != StateDisputed: // it never went there, or was reopened meanwhile
		s.landed, d.From = from, StateNone
	}
}

// begun checks the day on which the complainant went to the committee. Who goes
// there again goes after the last time was over.
func (s disputing) begun(on calendar.Date) {
	s.date("date", on)
	if over := s.Complaint.Dispute.EndedOn; on.Before(over) && !s.refused("date") {
		s.refuseWith("date", CodeDateEarly, Args{Date: over})
	}
}

// ending checks what was filled in about the end of a dispute: either a whole
// ruling, or another end.
func (s disputing) ending(a Dispute) {
	s.onOrAfterDispute("date", a.Date)
	switch {
	case a.Ended != "" && a.ruled():
		s.refuse("ended", CodeDisputeEnd)
		return
	case a.Ended != "":
		s.choice("ended", known(a.Ended, DisputeEndings()))
		return
	}
	s.text("ruling", a.Ruling)
	if a.Verdict == "" {
		s.refuse("ruling_verdict", CodeRequired)
	} else {
		s.choice("ruling_verdict", known(a.Verdict, RulingVerdicts()))
	}
	if !a.RulingDue.IsZero() {
		s.ahead("ruling_due", a.RulingDue, a.Date)
	}
}

// onOrAfterDispute checks the day of something that was done in a dispute.
func (s disputing) onOrAfterDispute(field string, on calendar.Date) {
	if s.refused(field) {
		return
	}
	s.date(field, on)
	if began := s.Complaint.Dispute.On; on.Before(began) && !s.refused(field) {
		s.refuseWith(field, CodeDateEarly, Args{Date: began})
	}
}

// ahead checks a date that the committee set: not before that day, and not so
// far off that it must be a slip.
func (s disputing) ahead(field string, on, earliest calendar.Date) {
	switch last := s.today.AddMonths(disputeMonths); {
	case on.Before(earliest):
		s.refuseWith(field, CodeDateEarly, Args{Date: earliest})
	case on.After(last):
		s.refuseWith(field, CodeDateLate, Args{Date: last})
	}
}

// merged are the dates as they become: each that the form changed, and of the
// others what the register knows.
func (a Dispute) merged(known DisputeDates) DisputeDates {
	pick := func(typed, shown, known calendar.Date) calendar.Date {
		if typed == shown {
			return known
		}
		return typed
	}
	return DisputeDates{
		Defence: pick(a.Dates.Defence, a.Shown.Defence, known.Defence),
		Sent:    pick(a.Dates.Sent, a.Shown.Sent, known.Sent),
		Hearing: pick(a.Dates.Hearing, a.Shown.Hearing, known.Hearing),
	}
}

// disputeDates checks the dates that change. A date for the defence that was
// promised moves and is not emptied, since the promise would be forgotten; and
// nothing is sent in time or late that nobody had asked for by a date.
func (s disputing) disputeDates(is, was DisputeDates) {
	began := s.Complaint.Dispute.On
	if is.Defence.IsZero() && (!was.Defence.IsZero() || !is.Sent.IsZero()) {
		s.refuse("defence_date", CodeDateRequired)
	}
	if is.Defence != was.Defence && !is.Defence.IsZero() {
		s.ahead("defence_date", is.Defence, began)
	}
	if is.Sent != was.Sent && !is.Sent.IsZero() {
		s.onOrAfterDispute("defence_sent", is.Sent)
	}
	if is.Hearing != was.Hearing && !is.Hearing.IsZero() {
		s.ahead("hearing_date", is.Hearing, began)
	}
}

// setDisputeDates makes them those of the dispute. The escalation of a defence
// that moves begins anew.
func (s disputing) setDisputeDates(d DisputeDates) {
	c := &s.Complaint
	c.Dispute.Hearing = d.Hearing
	i := defence(c)
	switch {
	case i < 0 && d.Defence.IsZero():
		return
	case i < 0:
		i = len(c.Promises)
		s.promise(PromiseDefence, c.Dispute.On, d.Defence)
	}
	p := &c.Promises[i]
	if p.Due != d.Defence {
		p.Due, p.Reminders, p.Snoozed = d.Defence, "", calendar.Date{}
	}
	switch {
	case d.Sent.IsZero():
		p.Kept = Kept{}
	case d.Sent != p.Kept.Entered:
		p.Kept = Kept{On: d.Sent, Entered: d.Sent, By: s.by, At: s.now, Later: s.today.After(d.Sent)}
	}
}

// endDispute ends a dispute, and whatever was still owed to the committee. It
// returns the line that tells of it.
func (s disputing) endDispute(a Dispute) ActionName {
	d := &s.Complaint.Dispute
	d.EndedOn = a.Date
	if a.Ended != "" {
		d.Ended = a.Ended
		s.end(a.Ended, a.Date, PromiseDefence)
		s.record(Record{Kind: RecordDisputeEnd, Date: a.Date, Texts: texts{"ended": Confidential(a.Ended)}})
		return ActionDisputeEnded
	}
	d.Ruling = a.Verdict
	s.end(EndRuling, a.Date, PromiseDefence)
	all := texts{"ruling": a.Ruling, "ruling_verdict": Confidential(a.Verdict)}
	if !a.RulingDue.IsZero() {
		all["ruling_due"] = Confidential(a.RulingDue.String())
		// What it asks to be carried out is a remedy of the case's owner (R14).
		all["remedy_entry"] = s.promiseRemedy(RemedyTerms{Kind: RemedyRuling, Due: a.RulingDue}, a.Date)["remedy_entry"]
	}
	s.record(Record{Kind: RecordRuling, Date: a.Date, Texts: all})
	return ActionDisputeRuled
}

// known are the dates by field, without those that nobody knows.
func (d DisputeDates) known() texts {
	all := texts{}
	for name, on := range d.fields() {
		if !on.IsZero() {
			all[name] = Confidential(on.String())
		}
	}
	return all
}

// changed are the dates that differ from those before, with both versions: an
// empty one is a date that was taken back, or that nobody knew.
func (d DisputeDates) changed(before DisputeDates) texts {
	all, was := texts{}, before.fields()
	for name, on := range d.fields() {
		if on != was[name] {
			all[name], all["old_"+name] = Confidential(on.String()), Confidential(was[name].String())
		}
	}
	return all
}

func (d DisputeDates) fields() map[string]calendar.Date {
	return map[string]calendar.Date{"defence_date": d.Defence, "defence_sent": d.Sent, "hearing_date": d.Hearing}
}

// AtCommittee reports whether the dispute committee has the case. A case that was
// reopened meanwhile is there as long as it owes a defence.
func (c *Complaint) AtCommittee() bool {
	return c.State == StateDisputed || c.open(PromiseDefence) >= 0
}

// DisputeDates are those of the dispute that the case is in.
func (c *Complaint) DisputeDates() DisputeDates {
	d := DisputeDates{Hearing: c.Dispute.Hearing}
	if i := defence(c); i >= 0 {
		d.Defence, d.Sent = c.Promises[i].Due, c.Promises[i].Kept.Entered
	}
	return d
}

// defence is the index of the defence in the dispute that the case is in, -1 while
// none was asked for.
func defence(c *Complaint) int {
	for i, p := range slices.Backward(c.Promises) {
		if p.Kind == PromiseDefence && p.Lapsed.IsZero() && c.current(p) {
			return i
		}
	}
	return -1
}

// DisputeStage says where the last dispute of a case stands.
type DisputeStage string

// The stages of a dispute; "" when there never was one.
const (
	DisputeNone     DisputeStage = ""
	DisputeOpen     DisputeStage = "open"
	DisputeRuled    DisputeStage = "ruled"
	DisputeOver     DisputeStage = "ended"    // without a ruling
	DisputeReopened DisputeStage = "reopened" // the firm took the case up again meanwhile
	DisputeUnknown  DisputeStage = "unknown"  // over before the register kept how
)

// DisputeStage is that of the last dispute.
func (c *Complaint) DisputeStage() DisputeStage {
	d := c.Dispute
	switch {
	case d.On.IsZero():
		return DisputeNone
	case c.AtCommittee():
		return DisputeOpen
	case d.Ruling != "":
		return DisputeRuled
	case d.Ended != "":
		return DisputeOver
	case !d.EndedOn.IsZero():
		return DisputeReopened
	}
	return DisputeUnknown
}

// Resting reports whether the committee has a case of which the firm owes an
// outcome or its confirmation. Neither can be kept meanwhile, so nobody is
// reminded; both are owed again when the dispute is over.
func (c *Complaint) Resting() bool {
	return c.State == StateDisputed && (c.open(PromiseOutcome) >= 0 || c.open(PromiseConfirmation) >= 0)
}

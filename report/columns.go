package report

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// column is a column of the register, of cases or of promises.
type column[T any] struct {
	name  string
	views audience
	cell  func(*T) any
}

// audience says in which views a column stands. The zero audience stands in
// none, so that a forgotten one discloses nothing.
type audience int

const (
	everybody audience = iota + 1
	overviewNot
	identityOnly
)

func (a audience) reads(v View) bool {
	switch a {
	case everybody:
		return true
	case overviewNot:
		return v != ViewOverview
	case identityOnly:
		return v == ViewIdentity
	}
	return false
}

// promised is a promise with the number of its case.
type promised struct {
	number string
	workflow.Promise
}

// caseColumns are the columns of a case. Of a single case directors read what
// it is about, how it was judged and how its promises were kept; dates, state
// and who complained are for who handles them (design section 4).
func (r Register) caseColumns() []column[workflow.Complaint] {
	sp := r.Speaker
	return visible(r.View, []column[workflow.Complaint]{
		{sp.Say("register.number"), everybody, func(c *workflow.Complaint) any { return c.Number }},
		{sp.Say("register.name"), identityOnly, func(c *workflow.Complaint) any { return c.Particulars.Name.Reveal() }},
		{sp.Say("register.on_behalf_of"), identityOnly, func(c *workflow.Complaint) any { return c.Particulars.OnBehalfOf.Reveal() }},
		{sp.Say("register.email"), identityOnly, func(c *workflow.Complaint) any { return c.Particulars.Email.Reveal() }},
		{sp.Say("register.phone"), identityOnly, func(c *workflow.Complaint) any { return c.Particulars.Phone.Reveal() }},
		{sp.Say("register.address"), identityOnly, func(c *workflow.Complaint) any { return c.Particulars.Address.Reveal() }},
		{sp.Say("register.preferred"), identityOnly, func(c *workflow.Complaint) any { return choice(sp, "contact", c.Facts.Preferred) }},
		{sp.Say("register.state"), overviewNot, func(c *workflow.Complaint) any { return choice(sp, "state", c.State) }},
		{sp.Say("register.received"), overviewNot, func(c *workflow.Complaint) any { return c.Facts.Received }},
		{sp.Say("register.incident"), overviewNot, func(c *workflow.Complaint) any { return c.Facts.Incident }},
		{sp.Say("register.via"), everybody, func(c *workflow.Complaint) any { return choice(sp, "way", c.Facts.ReceivedVia) }},
		{sp.Say("register.complainant_kind"), overviewNot, func(c *workflow.Complaint) any { return choice(sp, "complainant_kind", c.Facts.ComplainantKind) }},
		{sp.Say("register.offering_kind"), everybody, func(c *workflow.Complaint) any { return choice(sp, "offering_kind", c.Facts.OfferingKind) }},
		{sp.Say("register.offering"), everybody, func(c *workflow.Complaint) any { return c.Facts.OfferingName }},
		{sp.Say("register.category"), everybody, func(c *workflow.Complaint) any { return choice(sp, "category", c.Facts.Category) }},
		{sp.Say("register.urgent"), everybody, func(c *workflow.Complaint) any { return sp.Urgent(c.Facts.Urgent) }},
		{sp.Say("register.logged"), overviewNot, func(c *workflow.Complaint) any { return r.local(c.LoggedAt) }},
		{sp.Say("register.late_logged"), overviewNot, func(c *workflow.Complaint) any { return r.yes(c.LateLogged) }},
		{sp.Say("register.out_of_time"), overviewNot, func(c *workflow.Complaint) any { return r.yes(c.OutOfTime) }},
		{sp.Say("register.class"), everybody, func(c *workflow.Complaint) any { return r.class(c) }},
		{sp.Say("register.verdict"), everybody, func(c *workflow.Complaint) any { return choice(sp, "verdict", c.Decision.Verdict) }},
		{sp.Say("register.cause"), everybody, func(c *workflow.Complaint) any { return choice(sp, "cause", c.Decision.Cause) }},
		{sp.Say("register.lesson"), everybody, func(c *workflow.Complaint) any { return c.Decision.Lesson }},
		{sp.Say("register.decided"), overviewNot, func(c *workflow.Complaint) any { return c.Decision.On }},
		{sp.Say("register.told"), overviewNot, func(c *workflow.Complaint) any { return toldOn(c) }},
		{sp.Say("register.counting"), everybody, func(c *workflow.Complaint) any { return countedBy(sp, c) }},
		{sp.Say("register.reacted"), everybody, func(c *workflow.Complaint) any { return r.reacted(c) }},
		{sp.Say("register.closed"), overviewNot, func(c *workflow.Complaint) any { return r.local(c.ClosedAt) }},
		{sp.Say("register.waited"), overviewNot, func(c *workflow.Complaint) any { return c.WaitedDays }},
		{sp.Say("register.disputed"), overviewNot, func(c *workflow.Complaint) any { return c.Dispute.On }},
		{sp.Say("register.hearing"), overviewNot, func(c *workflow.Complaint) any { return c.Dispute.Hearing }},
		{sp.Say("register.ruling"), overviewNot, func(c *workflow.Complaint) any { return choice(sp, "ruling_verdict", c.Dispute.Ruling) }},
		{sp.Say("register.dispute_ended"), overviewNot, func(c *workflow.Complaint) any { return choice(sp, "dispute_end", c.Dispute.Ended) }},
		{sp.Say("register.dispute_over"), overviewNot, func(c *workflow.Complaint) any { return c.Dispute.EndedOn }},
		{sp.Say("register.hold"), overviewNot, func(c *workflow.Complaint) any { return c.HoldReview }},
		{sp.Say("register.remedies"), everybody, func(c *workflow.Complaint) any { return len(c.Remedies()) }},
		{sp.Say("register.remedies_kept"), everybody, func(c *workflow.Complaint) any { return keptRemedies(c) }},
		{sp.Say("register.remedy_due"), everybody, func(c *workflow.Complaint) any { return remedyDue(c) }},
	})
}

// promiseColumns are the columns of a promise.
func (r Register) promiseColumns() []column[promised] {
	sp := r.Speaker
	return visible(r.View, []column[promised]{
		{sp.Say("register.number"), everybody, func(p *promised) any { return p.number }},
		{sp.Say("register.promise"), everybody, func(p *promised) any { return sp.Say("common.promise_name." + string(p.Kind)) }},
		{sp.Say("register.made"), overviewNot, func(p *promised) any { return p.Made }},
		{sp.Say("register.due"), everybody, func(p *promised) any { return p.Due }},
		{sp.Say("register.kept"), everybody, func(p *promised) any { return p.Kept.On }},
		{sp.Say("register.entered"), overviewNot, func(p *promised) any { return p.Kept.Entered }},
		{sp.Say("register.way"), overviewNot, func(p *promised) any { return choice(sp, "way", p.Kept.Way) }},
		{sp.Say("register.afterwards"), everybody, func(p *promised) any { return r.yes(p.Kept.Later) }},
		{sp.Say("register.lapsed"), everybody, func(p *promised) any { return p.Lapsed }},
		{sp.Say("register.subject"), everybody, func(p *promised) any { return choice(sp, "remedy_kind", p.Subject) }},
		{sp.Say("register.ended"), everybody, func(p *promised) any { return choice(sp, "ending", p.Ended) }},
	})
}

func keptRemedies(c *workflow.Complaint) (n int) {
	for _, r := range c.Remedies() {
		n += oneIf(!r.Kept.At.IsZero())
	}
	return n
}

// remedyDue is the first day by which an open remedy is due; zero for none.
func remedyDue(c *workflow.Complaint) (first calendar.Date) {
	for _, r := range c.OpenRemedies() {
		if first.IsZero() || r.Due.Before(first) {
			first = r.Due
		}
	}
	return first
}

// visible returns the columns that stand in a view.
func visible[T any](v View, all []column[T]) []column[T] {
	var some []column[T]
	for _, c := range all {
		if c.views.reads(v) {
			some = append(some, c)
		}
	}
	return some
}

func names[T any](columns []column[T]) []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.name
	}
	return all
}

func cells[T any](columns []column[T], of *T) []any {
	all := make([]any, len(columns))
	for i, c := range columns {
		all[i] = c.cell(of)
	}
	return all
}

// class names the class of R4 that a case is in: in time, with a notice, late, or
// open.
func (r Register) class(c *workflow.Complaint) string {
	names := ClassNames(r.Speaker)
	switch c.Class(r.Today) {
	case workflow.ClassInTime:
		return names[0]
	case workflow.ClassNoticed:
		return names[1]
	case workflow.ClassLate:
		return names[2]
	case workflow.ClassUnreachable:
		return names[4]
	}
	return names[3]
}

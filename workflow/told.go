package workflow

import (
	"cmp"
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reaction"
)

// Told, not decided (R13): the outcome is kept on the day on which the complainant
// heard it. Until then it is open, also in a case that was decided.

// Counting says by which day the outcome of a case counts.
type Counting string

// CountDecided is the day of the decision, as it was before R13: a case that was
// erased by then stays so. CountTold is the day on which the complainant was told.
const (
	CountDecided Counting = ""
	CountTold    Counting = "told"
)

// told checks when it was decided and when the complainant heard of it: received ≤
// decided ≤ told ≤ today. The second date is zero when contact failed.
func (s *step) told(a Resolve) (decided, told calendar.Date) {
	decided = cmp.Or(a.Decided, s.today)
	s.date("decided_date", decided)
	if a.Way == WayNotPossible {
		return decided, calendar.Date{}
	}
	s.date("contact_date", a.Contact)
	// An entry from before has no day of its own for the decision.
	if !a.Decided.IsZero() && a.Contact.Before(decided) && !s.refused("contact_date") && !s.refused("decided_date") {
		s.refuseWith("contact_date", CodeToldEarly, Args{Date: decided})
	}
	return decided, a.Contact
}

// counts returns the date that counts for something sent on that day: e-mail counts
// at once, a letter by post when it is delivered (R18).
func (p *Policy) counts(entered calendar.Date, way Way) calendar.Date {
	if way == WayLetter {
		return p.Calendar.Delivered(entered)
	}
	return entered
}

// heard keeps what is open of the outcome: the complainant was told on that day.
func (s *step) heard(on calendar.Date, way Way) {
	kept := Kept{On: s.counts(on, way), Entered: on, Way: way, Later: s.today.After(on)}
	s.keep(PromiseOutcome, kept)
	s.keep(PromiseProgress, kept)
	s.reacted(on, way)
}

// end ends what is open of promises of these kinds, though they were not kept.
func (s *step) end(why Ending, on calendar.Date, kinds ...PromiseKind) {
	for i, p := range s.Complaint.Promises {
		if p.Open() && slices.Contains(kinds, p.Kind) {
			s.Complaint.Promises[i].Lapsed, s.Complaint.Promises[i].Ended = on, why
		}
	}
}

// Told is the day on which the complainant was told the last outcome; ok is false
// when nobody did.
func (c *Complaint) Told() (p Promise, ok bool) {
	p, ok = c.Promise(PromiseOutcome)
	return p, ok && !p.Kept.At.IsZero()
}

// Untold reports whether a decision waits for the complainant to be told, also while
// the dispute committee has the case.
func (c *Complaint) Untold() bool {
	decided := c.State == StateDecided || c.State == StateDisputed && c.Dispute.From == StateDecided
	return decided && c.open(PromiseOutcome) >= 0
}

// heardBefore reports whether a confirmation that can't be delivered kept nothing
// of the outcome, since the complainant had been told before.
func (a MailFailed) heardBefore(c *Complaint, k PromiseKind) bool {
	return a.Kind == RecordConfirmation && (k == PromiseOutcome || k == PromiseProgress) && !c.Decision.Contact.IsZero()
}

// settledAs is a promise of which the letter that had kept it turns out not to have
// arrived, when something else settled it: what was said later, where the case was
// reopened and closed again since, or the outcome, of a notice.
func (p Promise) settledAs(other Promise) Promise {
	p.Kept, p.Lapsed, p.Ended = other.Kept, other.Lapsed, other.Ended
	return p
}

// saidLater is what keeps a promise of a closed case when the letter that had kept it
// turns out not to have arrived: an acknowledgement is kept by the last confirmation.
func (c *Complaint) saidLater(k PromiseKind) Promise {
	if k == PromiseAcknowledgement {
		k = PromiseConfirmation
	}
	p, _ := c.Promise(k)
	return p
}

// over reports whether a case is closed, or was when it went to the dispute committee.
func (c *Complaint) over() bool {
	return c.State == StateClosed || c.State == StateDisputed && c.Dispute.From == StateClosed
}

// outcomeOf is the outcome that a notice, by its index, is about.
func (c *Complaint) outcomeOf(notice int) Promise {
	for _, p := range slices.Backward(c.Promises[:notice]) {
		if p.Kind == PromiseOutcome {
			return p
		}
	}
	return Promise{}
}

// Settlers lists the actions that end a watch where the case stands, the likeliest
// first. An outcome that nobody told the complainant yet ends with its
// confirmation.
func (c *Complaint) Settlers(k WatchKind) []ActionName {
	if c.State == StateDecided && (k == WatchKind(PromiseOutcome) || k == WatchKind(PromiseProgress)) {
		return []ActionName{ActionConfirm}
	}
	return k.Settlers()
}

// ReactDays is within how many days after the receipt the complainant hears
// something of the matter itself (R4a).
const ReactDays = 28

// reacted remembers that the complainant heard something of the matter.
func (s *step) reacted(on calendar.Date, way Way) {
	if on.IsZero() || way == WayNotPossible {
		return
	}
	s.Complaint.Reactions = s.Complaint.Reactions.With(s.counts(on, way), s.now)
}

// Reacted returns when the complainant first heard something of the matter, zero as
// long as that did not happen, and how it counts (R4a): ClassInTime, ClassLate,
// ClassOpen while there is time, and ClassUnreachable where nobody can be told, or
// the register does not know since the case was erased before R4a.
func (c *Complaint) Reacted(today calendar.Date) (first calendar.Date, class Class) {
	first, by := c.Reactions.First(), c.Facts.Received.AddDays(ReactDays)
	for _, p := range c.Promises {
		var on calendar.Date
		switch {
		case p.Kind == PromiseOutcome && p.Kept.Way != WayNotPossible:
			on = p.Kept.On
		case p.Kind == PromiseProgress && p.Stands():
			on = p.Made
		}
		if !on.IsZero() && (first.IsZero() || on.Before(first)) {
			first = on
		}
	}
	ended, _ := c.Promise(PromiseOutcome)
	switch {
	case !first.IsZero() && !first.After(by):
		return first, ClassInTime
	case c.Counting == CountDecided, first.IsZero() && ended.Ended == EndUnreachable:
		return first, ClassUnreachable
	case first.IsZero() && !today.After(by):
		return first, ClassOpen
	}
	return first, ClassLate
}

// Recount counts a case of before R13 by the day on which the complainant was told,
// as far as its dossier says so; the texts of the entries are not looked at. A case
// that was counted so, or erased, stays as it is.
func (p *Policy) Recount(c Complaint, entries []Record, now time.Time) Complaint {
	if c.Counting != CountDecided || c.State == StateErased {
		return c
	}
	c.Promises = slices.Clone(c.Promises)
	r := recount{p, &c, entries}
	r.letters()
	r.outcomes()
	r.contact()
	r.reactions()
	c.Counting = CountTold
	c.NextAt = p.nextAt(&c, now)
	return c
}

// recount is one run over a case and the entries of its dossier.
type recount struct {
	policy    *Policy
	complaint *Complaint
	entries   []Record
}

// decidedBy returns the decision or withdrawal that kept a promise by the old rule:
// both were recorded at the same instant.
func (r recount) decidedBy(p Promise) (e Record, ok bool) {
	if p.Kept.At.IsZero() || p.Kind != PromiseOutcome && p.Kind != PromiseProgress {
		return e, false
	}
	for _, e := range r.entries {
		if (e.Kind == RecordDecision || e.Kind == RecordWithdrawal) && e.At.Equal(p.Kept.At) {
			return e, true
		}
	}
	return e, false
}

// letters has what went by post count when it was delivered (R18): what it kept, and
// the notices that it made.
func (r recount) letters() {
	all := r.complaint.Promises
	for i, p := range all {
		if _, decided := r.decidedBy(p); !decided && !p.Kept.At.IsZero() && !p.Kept.Entered.IsZero() {
			all[i].Kept.On = r.policy.counts(p.Kept.Entered, p.Kept.Way)
		}
	}
	var notices []Record
	for _, e := range r.entries {
		if e.Kind == RecordProgress {
			notices = append(notices, e)
		}
	}
	var made []int
	for i, p := range all {
		if p.Kind == PromiseProgress {
			made = append(made, i)
		}
	}
	if len(made) == len(notices) {
		for n, i := range made {
			all[i].Made = r.policy.counts(notices[n].Date, notices[n].Way)
		}
	}
}

// settling is something that settled an outcome, or, where neither kept nor ended
// says anything, gave up its notices: the case was reopened.
type settling struct {
	at    time.Time
	kept  Kept
	ended Ending
	on    calendar.Date // when it ended
}

func (s settling) settles(k PromiseKind) bool {
	return k == PromiseProgress || s.ended != "" || !s.kept.At.IsZero()
}

// settlings lists them in the order in which they were recorded: contact about a
// decision, a withdrawal, a reopening, and a confirmation that reached somebody or
// nobody could.
func (r recount) settlings() []settling {
	var all []settling
	today := r.policy.Calendar.Today
	for _, e := range r.entries {
		switch {
		case e.Kind == RecordReopening:
			all = append(all, settling{at: e.At, on: today(e.At)})
		case e.Kind == RecordWithdrawal:
			all = append(all, settling{at: e.At, ended: EndWithdrawn, on: today(e.At)})
		case e.Kind == RecordDecision && e.Way != WayNotPossible:
			all = append(all, settling{at: e.At, kept: Kept{
				On: r.policy.counts(e.Date, e.Way), Entered: e.Date, By: e.By, At: e.At, Way: e.Way, Later: today(e.At).After(e.Date),
			}})
		}
	}
	for _, p := range r.complaint.Promises {
		switch {
		case p.Kind != PromiseConfirmation || p.Kept.At.IsZero():
		case p.Kept.Way == WayNotPossible:
			all = append(all, settling{at: p.Kept.At, ended: EndUnreachable, on: p.Kept.Entered})
		default:
			all = append(all, settling{at: p.Kept.At, kept: p.Kept})
		}
	}
	slices.SortStableFunc(all, func(a, b settling) int { return a.at.Compare(b.at) })
	return all
}

// outcomes has each outcome and notice that a decision had kept settled by the first
// that told the complainant since, or open when nobody did.
func (r recount) outcomes() {
	all := r.settlings()
	for i, p := range r.complaint.Promises {
		e, decided := r.decidedBy(p)
		if !decided {
			continue
		}
		at := slices.IndexFunc(all, func(s settling) bool { return !s.at.Before(e.At) && s.settles(p.Kind) })
		switch {
		case at >= 0:
			p.Kept, p.Ended, p.Lapsed = all[at].kept, all[at].ended, all[at].on
		case r.complaint.State != StateClosed:
			p.Kept, p.Reminders = Kept{}, ""
		}
		r.complaint.Promises[i] = p
	}
}

// contact is that about the decision that stands.
func (r recount) contact() {
	d := &r.complaint.Decision
	for _, e := range slices.Backward(r.entries) {
		switch e.Kind {
		case RecordDecision:
			if e.Way != WayNotPossible && !d.On.IsZero() {
				d.Contact = e.Date
			}
			return
		case RecordWithdrawal, RecordReopening:
			return
		}
	}
}

// reactions are what the dossier has of them. A letter that could not be delivered
// is the last one before the entry that says so.
func (r recount) reactions() {
	var all reaction.Days
	var last time.Time // of the last letter by e-mail
	for _, e := range r.entries {
		switch e.Kind {
		case RecordMailFailed:
			all = all.Without(last)
			continue
		case RecordQuestion, RecordProgress, RecordConfirmation, RecordDecision:
			if e.Way != WayNotPossible && !e.Date.IsZero() {
				all = all.With(r.policy.counts(e.Date, e.Way), e.At)
			}
		case RecordAcknowledgement:
		default:
			continue
		}
		if e.Way == WayEmail && e.Kind != RecordDecision {
			last = e.At
		}
	}
	r.complaint.Reactions = all
}

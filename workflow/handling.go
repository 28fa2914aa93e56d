package workflow

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Access is what a person may see of a case; each level includes the ones
// before it.
type Access int

// The levels of access.
const (
	AccessNone     Access = iota // the case does not exist for this person
	AccessOwn                    // filed it: number and dates
	AccessOverview               // director: number and promises
	AccessFull                   // officer's rights: everything, every action
)

// Access is the one place that says who may see what (design section 4):
// nobody sees a complaint about themselves; officers see everything; a
// director who handles a case, or stands in for its absent owner, has an
// officer's rights on that case only.
func (c *Complaint) Access(r roster.Roster, who roster.PersonID) Access {
	switch {
	case who == "" || who == c.Particulars.Concerns:
		return AccessNone
	case r.IsOfficer(who), r.IsDirector(who) && (who == c.Owner || c.standsIn(r, who)):
		return AccessFull
	case r.IsDirector(who):
		return AccessOverview
	case who == c.LoggedBy:
		return AccessOwn
	}
	return AccessNone
}

// Deputy returns who stands in for the owner on that day: the next officer
// without a conflict who is there, else a director; "" when there is nobody.
func (c *Complaint) Deputy(r roster.Roster, d calendar.Date) roster.PersonID {
	return r.StandInFor(c.Owner, c.Particulars.Concerns, d)
}

// standsIn reports whether the person stands in for an owner who is away on
// the day for which presence was looked up.
func (c *Complaint) standsIn(r roster.Roster, who roster.PersonID) bool {
	day := r.Presence.Day
	return !day.IsZero() && r.Absent(c.Owner, day) && c.Deputy(r, day) == who
}

// Confirmers lists the people who may be asked to confirm an erasure, in the
// order in which they are asked: those who are there on that day and have an
// officer's rights on the case, or, when nobody but the asker has, the directors
// whom it does not concern.
func (c *Complaint) Confirmers(r roster.Roster, asker roster.PersonID, d calendar.Date) []roster.PersonID {
	var full, directors []roster.PersonID
	for _, who := range r.Eligible(c.Particulars.Concerns) {
		switch {
		case who == asker || r.Absent(who, d):
		case c.Access(r, who) == AccessFull:
			full = append(full, who)
		default:
			directors = append(directors, who)
		}
	}
	if len(full) > 0 {
		return full
	}
	return directors
}

// MayDecide reports whether somebody may read why a case is to be erased and
// decide on it: a person with an officer's rights, a director who takes the
// second officer's place, and one who was asked to. Confirming is not for the
// person who asked.
func (p *Policy) MayDecide(c *Complaint, who roster.PersonID, today calendar.Date) bool {
	r, asked := p.Roster, c.Erasure
	if c.Access(r, who) == AccessFull {
		return true
	}
	if !asked.Stands() || !r.IsDirector(who) || c.Access(r, who) < AccessOverview {
		return false
	}
	return asked.Reminders.Reached(who) || slices.Contains(c.Confirmers(r, asked.By, today), who)
}

// Assign gives the case to another officer or director without a conflict.
type Assign struct{ Owner roster.PersonID }

// perform hands the case on. The new owner reads in the thread what is due, so
// reminders that are past by now count as sent.
func (a Assign) perform(s *step) {
	c := &s.Complaint
	before := c.Owner
	switch {
	case !slices.Contains(s.policy.Roster.Eligible(c.Particulars.Concerns), a.Owner):
		s.refuse("owner", CodeNotEligible)
	case a.Owner == before:
		s.refuse("owner", CodeSameOwner)
	}
	c.Owner = a.Owner
	s.restartReminders()
	for _, w := range s.policy.Watches(c, s.today) {
		s.remind(w)
	}
	s.record(Record{Kind: RecordAssignment, Date: s.today, Texts: texts{"owner": Confidential(a.Owner)}})
	if c.Guarded() || before == "" {
		s.introduce()
		return
	}
	s.showAction(ActionAssign)
	s.reach()
}

// introduce posts the case where its handler sees it. Without a handler there
// is nowhere to post; the register keeps it until the roster has one.
func (s *step) introduce() {
	if s.Complaint.Owner == "" {
		return
	}
	s.show(CaseChanged{})
	s.show(StoryTold{})
	s.reach()
}

// reach sends the case directly to a handler who is no officer, and so no
// member of the case channel. The handler of a guarded case has it there
// already.
func (s *step) reach() {
	c := &s.Complaint
	if !c.Guarded() && !s.policy.Roster.IsOfficer(c.Owner) {
		s.show(HandedOver{c.Owner})
	}
}

// moveAway keeps the case from an officer or director whom it turns out to
// concern: it becomes a guarded one, and what was posted where that person reads
// is taken away. It gets another handler when its own is that person or has
// left. It reports whether the case is posted anew.
func (s *step) moveAway() bool {
	c, roster := &s.Complaint, s.policy.Roster
	before := c.directTo()
	if roster.Guards(c.Particulars.Concerns) {
		c.Series = SeriesGuarded
		s.show(MovedAway{})
	}
	next := roster.Handler(c.Particulars.Concerns, s.today)
	if c.Owner == "" || c.Owner == c.Particulars.Concerns || next != "" && s.policy.orphaned(c, s.today) {
		c.Owner = next
		s.restartReminders()
	}
	s.showRemedies()
	if c.directTo() == before {
		return false
	}
	s.introduce()
	urging{s}.elsewhere()
	return true
}

// orphaned reports whether a case needs another handler: the one that it has
// left, and there is something to handle.
func (p *Policy) orphaned(c *Complaint, today calendar.Date) bool {
	if c.State == StateClosed && len(p.Watches(c, today)) == 0 {
		return false
	}
	return c.Access(p.Roster, c.Owner) < AccessFull || p.Roster.Presence.Gone[c.Owner]
}

// adopt gives the complaint to the handler whom the roster has for it now,
// because nobody could handle it when it came, or its handler left. A guarded
// case, and one that had no handler, is posted anew with the story; in the case
// channel a line names the new handler.
func (s *step) adopt() {
	c, before := &s.Complaint, s.Complaint.Owner
	next := s.policy.Roster.Handler(c.Particulars.Concerns, s.today)
	if s.silent = next == before || next == "" && s.policy.Roster.Presence.Gone[before]; s.silent {
		return
	}
	c.Owner = next
	s.restartReminders()
	if before == "" || c.Guarded() {
		s.introduce()
		urging{s}.call()
		return
	}
	s.showAction(ActionTick)
	s.reach()
	urging{s}.call()
}

// Note adds a note to the dossier.
type Note struct {
	Text        Confidential
	Attachments []Attachment // File and Name only
}

func (a Note) perform(s *step) {
	s.text("note", a.Text)
	s.attach(a.Attachments)
	s.record(Record{Kind: RecordNote, Date: s.today, Texts: texts{"note": a.Text}})
	s.show(ActionTaken{ActionNote})
}

// Link records that two cases are of the same complainant.
type Link struct{ Other CaseID }

// perform records the other case by its id, since its number may change. No
// thread mentions it: either case may be a guarded one, or become it, and the
// person whom it concerns must not wonder which case it is.
func (a Link) perform(s *step) {
	if a.Other == "" || a.Other == s.Complaint.ID {
		s.refuse("", CodeNoSuchCase)
	}
	s.record(Record{Kind: RecordLink, Date: s.today, Texts: texts{"linked": Confidential(a.Other)}})
}

// LookIdentity, LookDossier and Export show somebody what is sealed. Nothing
// changes, but the journal has a line of it before they see anything.
type (
	// LookIdentity shows who complains; in the form of For, when that is set,
	// which the case must allow.
	LookIdentity struct{ For ActionName }
	LookDossier  struct{}
	Export       struct{}
)

func (a LookIdentity) perform(s *step) {
	s.silent, s.Journal = true, true
	if a.For != "" && !rules[a.For].allows(s.policy, &s.Complaint, s.today) {
		s.refusals = append(s.refusals, Refusal{Code: CodeNotNow, Args: Args{Performed: s.Complaint.Last}})
	}
}

func (LookDossier) perform(s *step) { s.silent, s.Journal = true, true }
func (Export) perform(s *step)      { s.silent, s.Journal = true, true }

// Disclose hands out all that is held on the complainant, to them (AVG, article
// 15). Like an Export it changes nothing; the dossier records that it was done.
type Disclose struct{ Reason Confidential }

func (a Disclose) perform(s *step) {
	s.silent, s.Journal = true, true
	s.optional("reason", a.Reason)
	s.record(Record{Kind: RecordDisclosure, Date: s.today, Texts: texts{"reason": a.Reason}})
}

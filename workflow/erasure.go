package workflow

import (
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Erasure before the term (AVG article 17): an officer asks for it with a
// reason, and a second person confirms. Nobody does both: four eyes see what
// can't be undone. Only a case that is closed and not held can be erased; a
// request lapses with what takes the case back to work, and after four weeks.

// Erasure is a request to erase a case before its term; zero when none stands.
type Erasure struct {
	By        roster.PersonID // who asked, and so can't confirm
	On        calendar.Date
	Reminders ReminderHistory // who was asked to confirm
}

// Stands reports whether the request waits for somebody.
func (e Erasure) Stands() bool { return e.By != "" }

// Asked is who was asked last to confirm it, "" when nobody was.
func (e Erasure) Asked() roster.PersonID {
	all := e.Reminders.all()
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].who
}

// The days of a request.
const (
	eraseAgain  = 7  // after which the second person is reminded
	eraseLapses = 28 // after which it lapses
)

// RequestErasure asks for a case to be erased before its term.
type RequestErasure struct{ Reason Confidential }

// LookErasure is a look at why a case is to be erased, by who may confirm it:
// nothing changes, but the journal keeps that somebody looked.
type LookErasure struct{}

// ConfirmErasure has the case erased at once.
type ConfirmErasure struct{}

// DeclineErasure ends a request: the second person does not agree, or who
// asked takes it back.
type DeclineErasure struct{ Reason Confidential }

// LapseErasure ends a request that nobody decided on. It is the clock's own.
type LapseErasure struct{}

// ReplayErasure erases, wherever it stands, a case that was erased on that day
// before its term and came back with an older copy of the register. It is the
// clock's own: two people decided then, on a case that was closed.
type ReplayErasure struct{ On calendar.Date }

// The actions of an erasure before the term. Of these the dossier offers the
// request, and the message to the second person the decision.
const (
	ActionErase        ActionName = "erase"
	ActionEraseLook    ActionName = "erase_look"
	ActionEraseConfirm ActionName = "erase_confirm"
	ActionEraseDecline ActionName = "erase_decline"
	ActionEraseLapse   ActionName = "erase_lapse"
	ActionEraseReplay  ActionName = "erase_replay"
)

// Name implements Action.
func (RequestErasure) Name() ActionName { return ActionErase }
func (LookErasure) Name() ActionName    { return ActionEraseLook }    // Name implements Action.
func (ConfirmErasure) Name() ActionName { return ActionEraseConfirm } // Name implements Action.
func (DeclineErasure) Name() ActionName { return ActionEraseDecline } // Name implements Action.
func (LapseErasure) Name() ActionName   { return ActionEraseLapse }   // Name implements Action.
func (ReplayErasure) Name() ActionName  { return ActionEraseReplay }  // Name implements Action.

// erasureActions lists them.
func erasureActions() []ActionName {
	return []ActionName{
		ActionErase, ActionEraseLook, ActionEraseConfirm, ActionEraseDecline, ActionEraseLapse, ActionEraseReplay,
	}
}

// What a message to who asked for an erasure tells.
const (
	ErasureDeclined = "declined"
	ErasureLapsed   = "lapsed"
)

// CodeNone says that nothing stands in the way.
const CodeNone Code = ""

// Unerasable is why a case can't be erased before its term, CodeNone when it
// can.
func (c *Complaint) Unerasable() Code {
	switch {
	case c.State == StateErased:
		return CodeErased
	case c.State == StateDisputed:
		return CodeEraseDisputed
	case c.State != StateClosed:
		return CodeEraseOpen
	case !c.HoldReview.IsZero():
		return CodeEraseHeld
	}
	return CodeNone
}

// Confirmers lists who is asked to confirm an erasure that somebody asks for,
// in that order, of who is there on that day: who has an officer's rights on
// the case, or, when nobody else has, the directors whom it does not concern.
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
// confirm or decline it, if they are not who asked: whoever has an officer's
// rights, a director who takes the second officer's place, and one who was
// asked to.
func (p *Policy) MayDecide(c *Complaint, who roster.PersonID, today calendar.Date) bool {
	r, asked := p.Roster, c.Erasure
	if c.Access(r, who) == AccessFull {
		return true
	}
	if !asked.Stands() || !r.IsDirector(who) || c.Access(r, who) < AccessOverview {
		return false
	}
	step, _ := asked.Reminders.lastTo(who)
	return step > 0 || slices.Contains(c.Confirmers(r, asked.By, today), who)
}

// holds reports whether a request is still one: the case can be erased, and
// who asked has an officer's rights on it.
func (p *Policy) holds(c *Complaint) bool {
	return c.Unerasable() == CodeNone && c.Access(p.Roster, c.Erasure.By) == AccessFull
}

// erasureOver reports whether a request ends without anybody's decision.
func (p *Policy) erasureOver(c *Complaint, today calendar.Date) bool {
	return c.Erasure.Stands() && (!p.holds(c) || today.After(c.Erasure.On.AddDays(eraseLapses)))
}

// erasureReminders reminds the second person every week: the first one who is there.
func (p *Policy) erasureReminders(c *Complaint, w Watch, today calendar.Date) []reminder {
	all := c.Confirmers(p.Roster, c.Erasure.By, today)
	if len(all) == 0 {
		return nil
	}
	day := w.Made
	if last := w.reminders.lastOn(); !last.IsZero() {
		day = last.AddDays(eraseAgain)
	}
	return []reminder{{all[0], stepAfterLast, p.workday(all[0], day.AddDays(-1))}}
}

// requestErasure asks the second person at once. When there is nobody to ask,
// nothing happens.
func (s *step) requestErasure(a RequestErasure) {
	s.text("reason", a.Reason)
	c := &s.Complaint
	second := c.Confirmers(s.policy.Roster, s.by, s.today)
	switch why := c.Unerasable(); {
	case why != CodeNone:
		s.refuse("", why)
	case c.Erasure.Stands():
		s.refuse("", CodeEraseAsked)
	case len(second) == 0:
		s.refuse("", CodeEraseNobody)
	}
	if len(s.refusals) > 0 {
		return
	}
	c.Erasure = Erasure{By: s.by, On: s.today, Reminders: ReminderHistory("").with(second[0], stepAfterLast, s.today)}
	s.record(Record{Kind: RecordErasure, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.show(ReminderDue{second[0], WatchErasure})
	s.show(ActionTaken{ActionErase})
}

// asked refuses who decides on a request that is not there.
func (s *step) asked() bool {
	if !s.Complaint.Erasure.Stands() || !s.policy.holds(&s.Complaint) {
		s.refuse("", CodeEraseNone)
		return false
	}
	return true
}

func (s *step) lookErasure(LookErasure) {
	s.silent, s.Journal = true, true
	s.asked()
}

// confirmErasure is the purge, before its time.
func (s *step) confirmErasure(ConfirmErasure) {
	switch {
	case !s.asked():
	case s.by == s.Complaint.Erasure.By:
		s.refuse("", CodeEraseSelf)
	default:
		s.purge(Purge{})
	}
}

func (s *step) declineErasure(a DeclineErasure) {
	s.optional("reason", a.Reason)
	if !s.asked() {
		return
	}
	s.record(Record{Kind: RecordErasureDeclined, Date: s.today, Texts: texts{"reason": a.Reason}})
	s.show(ActionTaken{ActionEraseDecline})
	s.endErasure(ErasureDeclined)
}

func (s *step) lapseErasure(LapseErasure) {
	s.show(ActionTaken{ActionEraseLapse})
	s.endErasure(ErasureLapsed)
}

// endErasure takes a request away and tells who asked, if they did not do it
// themselves and may still know of the case.
func (s *step) endErasure(how string) {
	c := &s.Complaint
	by := c.Erasure.By
	c.Erasure = Erasure{}
	if by != s.by && c.Access(s.policy.Roster, by) == AccessFull {
		s.show(ErasureEnded{by, how})
	}
}

// replayErasure does on an older copy of a case what was done to the newer one.
// Where that copy is not closed yet, it is closed as of that day, and what it
// still owes is owed no more.
func (s *step) replayErasure(a ReplayErasure) {
	c := &s.Complaint
	if c.State != StateClosed {
		s.stopWaiting(a.On)
		c.ClosedAt, c.Dispute.From = noonOf(a.On), StateNone
		for i, p := range c.Promises {
			if p.Open() {
				c.Promises[i].Lapsed = a.On
			}
		}
	}
	c.HoldReview = calendar.Date{}
	s.purge(Purge{})
}

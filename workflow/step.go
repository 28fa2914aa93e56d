package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Change is what a Step decided: the complaint as it becomes, what to add to
// the dossier, and what to show to whom.
type Change struct {
	Complaint Complaint
	Records   []Record
	Effects   []Effect
	// Attachments are the files that came with it; the register numbers them
	// and has them taken over.
	Attachments []Attachment
	// Journal is false for a tick that found nothing to do: it leaves no
	// line behind.
	Journal bool
	// Action is what was done: the one that was asked for, or what the clock's
	// tick came down to.
	Action ActionName
}

// step is one run of the rule book.
type step struct {
	Change
	policy   *Policy
	by       roster.PersonID
	now      time.Time
	today    calendar.Date
	refusals Refusals
	silent   bool  // changes nothing that anybody sees: the version stays
	undone   State // where a letter that can't be delivered puts the case back
}

// Step is the only rule book: it takes a complaint, an action, who acts (or
// Clock) and the instant, and returns what becomes of it, or Refusals and
// nothing else. It reads no clock, database or Slack, and does not touch what
// it was given.
func (p *Policy) Step(c Complaint, a Action, by roster.PersonID, now time.Time) (Change, error) {
	now = now.UTC().Truncate(time.Second)
	s := &step{policy: p, by: by, now: now, today: p.Calendar.Today(now)}
	s.Complaint = c
	s.Complaint.Promises = append([]Promise(nil), c.Promises...)
	a = p.due(&c, a, s.today)
	s.Action = a.Name()
	r, ok := rules[a.Name()]
	if !ok || !p.mayDo(&c, a.Name(), by, s.today) {
		return Change{}, Refusals{{Code: CodeForbidden}}
	}
	if c.State == StateErased {
		return Change{}, Refusals{{Code: CodeErased}}
	}
	if !r.allows(p, &c, s.today) {
		return Change{}, Refusals{{Code: CodeNotNow, Args: Args{Performed: c.Last}}}
	}
	performers[a.Name()](s, a)
	if len(s.refusals) > 0 {
		return Change{}, s.refusals
	}
	s.finish(a.Name(), r.moves[c.State])
	return s.Change, nil
}

// mayDo reports whether the role allows the action: anybody logs, the clock
// ticks and brings the postman's word, a director may have to decide on an
// erasure, and everything else needs an officer's rights on this case.
func (p *Policy) mayDo(c *Complaint, name ActionName, by roster.PersonID, today calendar.Date) bool {
	switch name {
	case ActionTick, ActionPurge, ActionMailWaits, ActionMailFailed, ActionMailDoubt, ActionEraseLapse, ActionEraseReplay:
		return by == roster.Clock
	case ActionFile:
		return by != roster.Clock
	case ActionEraseLook, ActionEraseConfirm, ActionEraseDecline:
		return p.MayDecide(c, by, today)
	}
	return c.Access(p.Roster, by) == AccessFull
}

// finish moves the state, counts the version and sets the alarm.
func (s *step) finish(name ActionName, state State) {
	c := &s.Complaint
	switch {
	case s.undone != StateNone:
		c.State = s.undone
	case state == stateBack:
		c.State = c.Dispute.From
	default:
		c.State = state
	}
	if !s.silent {
		if c.Erasure.Stands() && (name == ActionCorrect || !s.policy.holds(c)) {
			s.endErasure(ErasureLapsed)
		}
		c.Version++
		s.Journal = true
		if s.by != roster.Clock && excludesOthers(name) {
			c.Last = Performed{Action: name, By: s.by, At: s.now}
		}
	}
	c.NextAt = s.policy.nextAt(c, s.now)
}

// excludesOthers reports whether an action may be why another is possible no more:
// who presses an outdated button reads who did it.
func excludesOthers(name ActionName) bool {
	switch name {
	case ActionNote, ActionLink, ActionHold, ActionSnooze, ActionMailAgain,
		ActionErase, ActionEraseConfirm, ActionEraseDecline:
		return false
	}
	return true
}

func (s *step) refuse(field string, code Code) {
	s.refusals = append(s.refusals, Refusal{Field: field, Code: code})
}

func (s *step) refuseWith(field string, code Code, args Args) {
	s.refusals = append(s.refusals, Refusal{Field: field, Code: code, Args: args})
}

// showAction refreshes the case message and adds a line to its thread.
func (s *step) showAction(name ActionName) {
	s.show(CaseChanged{})
	s.show(ActionTaken{name})
}

func (s *step) show(e Effect) { s.Effects = append(s.Effects, e) }

func (s *step) record(r Record) {
	r.At, r.By = s.now, s.by
	s.Records = append(s.Records, r)
}

// promise adds a promise that was made on one date and is due on another.
func (s *step) promise(k PromiseKind, made, due calendar.Date) {
	s.Complaint.Promises = append(s.Complaint.Promises, Promise{Kind: k, Made: made, Due: due})
}

// keepLetter settles the open promise of that kind, if there is one, by
// something that went to the complainant.
func (s *step) keepLetter(k PromiseKind, l Sent) {
	s.keep(k, Kept{On: s.counts(l.Date, l.Way), Entered: l.Date, Way: l.Way, Later: s.today.After(l.Date)})
}

// keep settles the open promises of that kind. There may be two of an outcome:
// a case that was reopened before it was ever decided owes both.
func (s *step) keep(k PromiseKind, kept Kept) {
	kept.By, kept.At = s.by, s.now
	for i, p := range s.Complaint.Promises {
		if p.Kind == k && p.Open() {
			s.Complaint.Promises[i].Kept = kept
		}
	}
}

// counts returns the date that counts for something sent on that day: a
// letter by post counts one working day later (design section 6).
func (s *step) counts(entered calendar.Date, way Way) calendar.Date {
	if way == WayLetter {
		return s.policy.Calendar.NextWorkingDay(entered)
	}
	return entered
}

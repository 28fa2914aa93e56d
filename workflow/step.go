package workflow

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Terms are the regulation's terms. The zero Terms are not usable; see
// DefaultTerms.
type Terms struct {
	AcknowledgeDays int // R2
	OutcomeMonths   int // R3
	ComplainDays    int // R5
	ConfirmDays     int // R9
	DisputeDays     int // R8
	RetentionMonths int // R10, and how far back a complaint may be dated (R1)
	RetentionFrom   RetentionFrom
}

// DefaultTerms are those of artra's regulation.
func DefaultTerms() Terms {
	return Terms{
		AcknowledgeDays: 5, OutcomeMonths: 1, ComplainDays: 14,
		ConfirmDays: 5, DisputeDays: 28, RetentionMonths: 24, RetentionFrom: FromClosed,
	}
}

// Policy is the firm's procedure: its terms, its calendar and its people. Step is
// its only rule book.
type Policy struct {
	Terms    Terms
	Calendar calendar.Calendar
	Roster   roster.Roster
	Uptime   Uptime
}

// Fingerprint changes with terms, calendar, roster and escalations, so that the
// register knows when open cases must be looked at again.
func (p *Policy) Fingerprint() string {
	all := fmt.Sprintln(escalationEdition, p.Terms, p.Calendar.Location, p.Calendar.Extra, p.Calendar.EveryDay,
		p.Calendar.Opens, p.Calendar.Closes, p.Roster.Officers, p.Roster.Directors, p.Roster.Weekdays)
	sum := sha256.Sum256([]byte(all))
	return hex.EncodeToString(sum[:])
}

// RetentionFingerprint changes when cases are kept longer or shorter, so that
// the register knows when closed cases must be looked at again.
func (p *Policy) RetentionFingerprint() string {
	return fmt.Sprint(retentionEdition, p.Terms.RetentionMonths, p.Terms.RetentionFrom, p.Calendar.Location)
}

// retentionEdition counts the changes of what has to come before an erasure.
const retentionEdition = 3

// escalationEdition counts the changes of the table of escalations.
const escalationEdition = 6

// Since returns the policy as it holds after the bot was at work for so long.
func (p *Policy) Since(u Uptime) *Policy {
	q := *p
	q.Uptime = u
	return &q
}

// With returns the policy as it holds while these people are away.
func (p *Policy) With(presence roster.Presence) *Policy {
	q := *p
	q.Roster.Presence = presence
	return &q
}

// OnMessage lists the actions that the case message offers, in that order: those
// that the state allows, whoever reads it. Rights are checked at the click.
func (p *Policy) OnMessage(c *Complaint, today calendar.Date) []ActionName {
	return slices.DeleteFunc(Actions(), func(name ActionName) bool { return !rules[name].allows(p, c, today) })
}

// Command is one change asked for through the register's only door.
type Command struct {
	Case    CaseID // "" for File
	Action  Action
	By      roster.PersonID
	Gesture string // identity of the gesture; the same one twice changes nothing
}

// Result is what became of a Command.
type Result struct {
	Complaint Complaint
	Repeated  bool // the gesture had been carried out before
}

// step is one run of the rule book.
type step struct {
	Change
	checks
	policy *Policy
	by     roster.PersonID
	now    time.Time
	silent bool  // nothing that anybody sees changes, and the version stays
	landed State // where the case is instead of where the table leads: see finish
}

// Step is the only rule book. It takes a complaint, an action, the person who
// acts (or Clock) and the instant, and returns what becomes of the complaint, or
// Refusals and nothing else. It reads no clock, database or Slack, and leaves
// its arguments as they were.
func (p *Policy) Step(c Complaint, a Action, by roster.PersonID, now time.Time) (Change, error) {
	now = now.UTC().Truncate(time.Second)
	s := &step{policy: p, by: by, now: now}
	s.Complaint = c
	s.checks = checks{complaint: &s.Complaint, terms: p.Terms, today: p.Calendar.Today(now)}
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
	if why := p.shut(&c, a.Name(), by, s.today); why != CodeNone {
		return Change{}, Refusals{{Code: why}}
	}
	performers[a.Name()](s, a)
	if len(s.refusals) > 0 {
		return Change{}, s.refusals
	}
	s.finish(s.Action, r.moves[c.State])
	return s.Change, nil
}

// mayDo reports whether the role allows the action: anybody files, the clock
// ticks and reports on letters, a director may have to decide on an erasure,
// whoever sees to a remedy says that it is done, and who was told that something is
// urgent that they saw it; everything else needs an
// officer's rights on this case.
func (p *Policy) mayDo(c *Complaint, name ActionName, by roster.PersonID, today calendar.Date) bool {
	switch name {
	case ActionTick, ActionPurge, ActionMailWaits, ActionMailFailed, ActionMailDoubt, ActionMailLeft, ActionEraseLapse, ActionEraseReplay:
		return by == roster.Clock
	case ActionFile:
		return by != roster.Clock
	case ActionEraseLook, ActionEraseConfirm, ActionEraseDecline:
		return p.MayDecide(c, by, today)
	case ActionRemedyDone:
		return c.reports(by)
	case ActionUrgentSeen:
		access := c.Access(p.Roster, by)
		return access == AccessFull || access != AccessNone && c.Calls.Reached(by)
	}
	return c.Access(p.Roster, by) == AccessFull
}

// finish moves the state, counts the version and sets NextAt. A letter that can't
// be delivered, and a dispute that goes on or ends, may have landed the case
// elsewhere than the table says.
func (s *step) finish(name ActionName, state State) {
	c := &s.Complaint
	switch {
	case s.landed != StateNone:
		c.State = s.landed
	case state == stateBack:
		c.State, c.Dispute.From = c.Dispute.From, StateNone
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

// excludesOthers reports whether an action may make another impossible, so that
// a person who presses an outdated button reads who did it.
func excludesOthers(name ActionName) bool {
	switch name {
	case ActionNote, ActionLink, ActionHold, ActionSnooze, ActionMailAgain, ActionMailSelf,
		ActionErase, ActionEraseConfirm, ActionEraseDecline, ActionRemedyDone, ActionUrgentSeen:
		return false
	}
	return true
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

package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
)

// ActionName names something that can be done with a complaint. The names are
// the action ids, option values and callback ids of the contract.
type ActionName string

// The filing of a complaint, and the actions that work from the case message in
// the order in which they are shown.
const (
	ActionFile        ActionName = "log_complaint"
	ActionAcknowledge ActionName = "acknowledge"
	ActionQuestion    ActionName = "question"
	ActionAnswer      ActionName = "answer"
	ActionProgress    ActionName = "progress"
	ActionResolve     ActionName = "resolve"
	ActionConfirm     ActionName = "confirm"
	ActionIdentity    ActionName = "identity"
	ActionDossier     ActionName = "dossier"
	ActionNote        ActionName = "note"
	ActionAssign      ActionName = "assign"
	ActionCorrect     ActionName = "correct"
	ActionAmend       ActionName = "amend"
	ActionHold        ActionName = "hold"
	ActionDispute     ActionName = "dispute"
	ActionWithdraw    ActionName = "withdraw"
	ActionReopen      ActionName = "reopen"
	ActionRemedy      ActionName = "remedy"
)

// The actions that come from elsewhere: a reminder, the dossier, the delivery
// of a letter, the clock.
const (
	ActionSnooze     ActionName = "snooze"
	ActionLink       ActionName = "link"
	ActionExport     ActionName = "export"
	ActionDisclose   ActionName = "disclose"
	ActionMailWaits  ActionName = "mail_waits"
	ActionMailFailed ActionName = "mail_failed"
	ActionMailDoubt  ActionName = "mail_doubt"
	ActionMailAgain  ActionName = "mail_again"
	ActionMailLeft   ActionName = "mail_left"
	ActionMailSelf   ActionName = "mail_self"
	ActionRetract    ActionName = "retract" // what an amendment comes down to that takes a step back
	ActionTick       ActionName = "tick"
	ActionUrgentSeen ActionName = "urgent_seen"
	ActionPurge      ActionName = "purge"
)

// Of a remedy: what whoever sees to it says, and the letter that tells the
// complainant of another day or none. A line in the thread names those two apart.
const (
	ActionRemedyDone    ActionName = "remedy_done"
	ActionRemedyLetter  ActionName = "remedy_letter"
	ActionRemedyChanged ActionName = "remedy_changed"
	ActionRemedyDropped ActionName = "remedy_dropped"
)

// The actions of an erasure before the term. The dossier offers the request,
// and the message to the second person offers the decision.
const (
	ActionErase        ActionName = "erase"
	ActionEraseLook    ActionName = "erase_look"
	ActionEraseConfirm ActionName = "erase_confirm"
	ActionEraseDecline ActionName = "erase_decline"
	ActionEraseLapse   ActionName = "erase_lapse"
	ActionEraseReplay  ActionName = "erase_replay"
)

// The lines in the thread that tell what a Dispute came down to. Until they came,
// every such line was that of ActionDispute.
const (
	ActionDisputeBegun ActionName = "dispute_begun"
	ActionDisputeDates ActionName = "dispute_dates"
	ActionDisputeRuled ActionName = "dispute_ruled"
	ActionDisputeEnded ActionName = "dispute_ended"
)

// Action is one thing to do, with what the person filled in. Step refuses an
// action that it does not know. Each stands in the file of its subject, beside
// the method that performs it.
type Action interface{ Name() ActionName }

func (File) Name() ActionName         { return ActionFile }
func (Acknowledge) Name() ActionName  { return ActionAcknowledge }
func (Question) Name() ActionName     { return ActionQuestion }
func (Answer) Name() ActionName       { return ActionAnswer }
func (Progress) Name() ActionName     { return ActionProgress }
func (Resolve) Name() ActionName      { return ActionResolve }
func (Confirm) Name() ActionName      { return ActionConfirm }
func (Withdraw) Name() ActionName     { return ActionWithdraw }
func (Reopen) Name() ActionName       { return ActionReopen }
func (Assign) Name() ActionName       { return ActionAssign }
func (Correct) Name() ActionName      { return ActionCorrect }
func (Amend) Name() ActionName        { return ActionAmend }
func (Hold) Name() ActionName         { return ActionHold }
func (Dispute) Name() ActionName      { return ActionDispute }
func (Note) Name() ActionName         { return ActionNote }
func (Snooze) Name() ActionName       { return ActionSnooze }
func (Link) Name() ActionName         { return ActionLink }
func (MailFailed) Name() ActionName   { return ActionMailFailed }
func (MailDoubt) Name() ActionName    { return ActionMailDoubt }
func (MailWaits) Name() ActionName    { return ActionMailWaits }
func (MailAgain) Name() ActionName    { return ActionMailAgain }
func (MailLeft) Name() ActionName     { return ActionMailLeft }
func (MailSelf) Name() ActionName     { return ActionMailSelf }
func (LookIdentity) Name() ActionName { return ActionIdentity }
func (LookDossier) Name() ActionName  { return ActionDossier }
func (Export) Name() ActionName       { return ActionExport }
func (Disclose) Name() ActionName     { return ActionDisclose }
func (Tick) Name() ActionName         { return ActionTick }
func (Purge) Name() ActionName        { return ActionPurge }
func (SeeUrgent) Name() ActionName    { return ActionUrgentSeen }
func (SettleRemedy) Name() ActionName { return ActionRemedy }
func (ReportRemedy) Name() ActionName { return ActionRemedyDone }
func (RemedyLetter) Name() ActionName { return ActionRemedyLetter }

func (RequestErasure) Name() ActionName { return ActionErase }
func (LookErasure) Name() ActionName    { return ActionEraseLook }
func (ConfirmErasure) Name() ActionName { return ActionEraseConfirm }
func (DeclineErasure) Name() ActionName { return ActionEraseDecline }
func (LapseErasure) Name() ActionName   { return ActionEraseLapse }
func (ReplayErasure) Name() ActionName  { return ActionEraseReplay }

// Actions lists what an officer can be offered on a case message, in the
// order in which it is shown.
func Actions() []ActionName {
	return []ActionName{
		ActionAcknowledge, ActionQuestion, ActionAnswer, ActionProgress, ActionResolve, ActionConfirm,
		ActionIdentity, ActionDossier, ActionRemedy, ActionNote, ActionAssign, ActionCorrect, ActionAmend, ActionHold,
		ActionDispute, ActionWithdraw, ActionReopen,
	}
}

// performers routes each action to the method that performs it.
var performers = map[ActionName]func(*step, Action){
	ActionFile:        on(File.perform),
	ActionAcknowledge: on(Acknowledge.perform),
	ActionQuestion:    on(Question.perform),
	ActionAnswer:      on(Answer.perform),
	ActionProgress:    on(Progress.perform),
	ActionResolve:     on(Resolve.perform),
	ActionConfirm:     on(Confirm.perform),
	ActionWithdraw:    on(Withdraw.perform),
	ActionDispute:     on(Dispute.perform),
	ActionReopen:      on(Reopen.perform),
	ActionNote:        on(Note.perform),
	ActionAssign:      on(Assign.perform),
	ActionCorrect:     on(Correct.perform),
	ActionAmend:       on(Amend.perform),
	ActionHold:        on(Hold.perform),
	ActionSnooze:      on(Snooze.perform),
	ActionLink:        on(Link.perform),
	ActionMailWaits:   on(MailWaits.perform),
	ActionMailFailed:  on(MailFailed.perform),
	ActionMailDoubt:   on(MailDoubt.perform),
	ActionMailAgain:   on(MailAgain.perform),
	ActionMailLeft:    on(MailLeft.perform),
	ActionMailSelf:    on(MailSelf.perform),
	ActionIdentity:    on(LookIdentity.perform),
	ActionDossier:     on(LookDossier.perform),
	ActionExport:      on(Export.perform),
	ActionDisclose:    on(Disclose.perform),
	ActionTick:        on(Tick.perform),
	ActionPurge:       on(Purge.perform),
	ActionUrgentSeen:  on(SeeUrgent.perform),

	ActionRemedy:       on(SettleRemedy.perform),
	ActionRemedyDone:   on(ReportRemedy.perform),
	ActionRemedyLetter: on(RemedyLetter.perform),

	ActionErase:        on(RequestErasure.perform),
	ActionEraseLook:    on(LookErasure.perform),
	ActionEraseConfirm: on(ConfirmErasure.perform),
	ActionEraseDecline: on(DeclineErasure.perform),
	ActionEraseLapse:   on(LapseErasure.perform),
	ActionEraseReplay:  on(ReplayErasure.perform),
}

// on makes the performer of one type of action fit the table.
func on[A Action](perform func(A, *step)) func(*step, Action) {
	return func(s *step, a Action) { perform(a.(A), s) }
}

// rule is one line of the transition table: the states in which an action is
// allowed, the state that it leads to from each, and a further condition that
// may depend on the day.
type rule struct {
	moves map[State]State
	when  func(*Policy, *Complaint, calendar.Date) bool
}

// stateBack stands for the state in which a case was before its dispute.
const stateBack State = "back"

// allows reports whether the action is possible where the complaint stands.
func (r rule) allows(p *Policy, c *Complaint, today calendar.Date) bool {
	_, ok := r.moves[c.State]
	return ok && (r.when == nil || r.when(p, c, today))
}

// rules is the transition table of design section 6; doc.go draws it.
var rules = map[ActionName]rule{
	ActionFile: {
		moves: map[State]State{StateNone: StateReceived},
	},
	ActionAcknowledge: {
		moves: with(stay(StateInProgress, StateWaiting, StateDecided, StateDisputed), StateReceived, StateInProgress),
		when:  func(_ *Policy, c *Complaint, _ calendar.Date) bool { return c.open(PromiseAcknowledgement) >= 0 },
	},
	ActionQuestion: {
		moves: to(StateWaiting, undecided...),
	},
	ActionAnswer: {
		moves: to(StateInProgress, StateWaiting),
	},
	ActionProgress: {
		moves: stay(undecided...),
	},
	ActionResolve: {
		moves: to(StateDecided, undecided...),
	},
	ActionConfirm: {
		moves: to(StateClosed, StateDecided),
	},
	ActionWithdraw: {
		moves: to(StateDecided, undecided...),
	},
	ActionDispute: {
		moves: with(to(StateDisputed, StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed), StateDisputed, stateBack),
		when:  (*Policy).mayDispute,
	},
	ActionReopen: {
		moves: to(StateInProgress, StateClosed, StateDisputed),
	},
	ActionRemedy: {
		moves: stay(live...),
		when:  func(_ *Policy, c *Complaint, _ calendar.Date) bool { return len(c.OpenRemedies()) > 0 },
	},
	ActionRemedyDone: {moves: stay(live...)}, // a refusal says that it was settled
	ActionRemedyLetter: {
		moves: stay(live...),
		when:  func(_ *Policy, c *Complaint, _ calendar.Date) bool { return len(c.Remedies()) > 0 },
	},
	ActionNote:    {moves: stay(live...)},
	ActionAssign:  {moves: stay(live...)},
	ActionCorrect: {moves: stay(live...)},
	ActionAmend: {
		moves: stay(live...), // the replay says where the case stands then
		when:  amendable,
	},
	ActionHold:       {moves: stay(live...)},
	ActionSnooze:     {moves: stay(live...)},
	ActionLink:       {moves: stay(live...)},
	ActionMailWaits:  {moves: stay(live...)},
	ActionMailFailed: {moves: stay(live...)},
	ActionMailDoubt:  {moves: stay(live...)},
	ActionMailAgain:  {moves: stay(live...)},
	ActionMailLeft:   {moves: stay(live...)},
	ActionMailSelf:   {moves: stay(live...)},
	ActionIdentity:   {moves: stay(live...)},
	ActionDossier:    {moves: stay(live...)},
	ActionExport:     {moves: stay(live...)},
	ActionDisclose:   {moves: stay(live...)},
	ActionTick:       {moves: stay(live...)},
	ActionUrgentSeen: {moves: stay(live...)}, // a refusal says who saw it before
	ActionPurge: {
		moves: to(StateErased, StateClosed),
		when:  (*Policy).purgeable,
	},
	ActionErase:        {moves: stay(live...)}, // a refusal names what stands in the way
	ActionEraseLook:    {moves: stay(StateClosed)},
	ActionEraseConfirm: {moves: to(StateErased, StateClosed)},
	ActionEraseDecline: {moves: stay(StateClosed)},
	ActionEraseLapse: {
		moves: stay(live...),
		when:  (*Policy).erasureOver,
	},
	ActionEraseReplay: {moves: to(StateErased, live...)},
}

func to(target State, from ...State) map[State]State {
	m := make(map[State]State, len(from))
	for _, s := range from {
		m[s] = target
	}
	return m
}

func stay(states ...State) map[State]State {
	m := make(map[State]State, len(states))
	for _, s := range states {
		m[s] = s
	}
	return m
}

func with(m map[State]State, from, target State) map[State]State {
	m[from] = target
	return m
}

// HasLine reports whether the thread has a line of each change by that action, to
// be said again as the journal names it. A change of the clock's has one now and
// then, and what is said of a letter asks for something that may be over.
func (n ActionName) HasLine() bool {
	switch n {
	case ActionAcknowledge, ActionQuestion, ActionAnswer, ActionProgress, ActionResolve, ActionConfirm, ActionNote, ActionAssign,
		ActionCorrect, ActionAmend, ActionHold, ActionDispute, ActionWithdraw, ActionReopen, ActionRemedy, ActionRemedyLetter,
		ActionSnooze, ActionMailAgain, ActionMailLeft, ActionMailSelf, ActionErase, ActionEraseDecline, ActionEraseLapse,
		ActionUrgentSeen:
		return true
	}
	return false
}

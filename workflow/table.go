package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
)

// rule is one line of the transition table: from which states an action is
// allowed and where it leads, and a further condition on that day.
type rule struct {
	moves map[State]State
	when  func(*Policy, *Complaint, calendar.Date) bool
}

// stateBack stands for the state in which a case was before its dispute.
const stateBack State = "back"

// allows reports whether the complaint stands where the action is possible.
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
	ActionNote:       {moves: stay(live...)},
	ActionAssign:     {moves: stay(live...)},
	ActionCorrect:    {moves: stay(live...)},
	ActionHold:       {moves: stay(live...)},
	ActionSnooze:     {moves: stay(live...)},
	ActionLink:       {moves: stay(live...)},
	ActionMailWaits:  {moves: stay(live...)},
	ActionMailFailed: {moves: stay(live...)},
	ActionMailDoubt:  {moves: stay(live...)},
	ActionMailAgain:  {moves: stay(live...)},
	ActionIdentity:   {moves: stay(live...)},
	ActionDossier:    {moves: stay(live...)},
	ActionExport:     {moves: stay(live...)},
	ActionDisclose:   {moves: stay(live...)},
	ActionTick:       {moves: stay(live...)},
	ActionPurge: {
		moves: to(StateErased, StateClosed),
		when:  (*Policy).purgeable,
	},
	ActionErase:        {moves: stay(live...)}, // what stands in the way is told by its name
	ActionEraseLook:    {moves: stay(StateClosed)},
	ActionEraseConfirm: {moves: to(StateErased, StateClosed)},
	ActionEraseDecline: {moves: stay(StateClosed)},
	ActionEraseLapse: {
		moves: stay(live...),
		when:  (*Policy).erasureOver,
	},
	ActionEraseReplay: {moves: to(StateErased, live...)},
}

// live are the states of a case that was not erased.
var live = []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed, StateDisputed}

// undecided are the states in which the outcome is still to come.
var undecided = []State{StateReceived, StateInProgress, StateWaiting}

// mayDispute reports whether the dispute committee may take the case: once it
// was decided, or once four weeks have passed (design section 6).
func (p *Policy) mayDispute(c *Complaint, today calendar.Date) bool {
	if !c.State.Undecided() {
		return true
	}
	from, ok := p.FourWeeks(c)
	if !ok { // nothing was written; who complains went all the same
		from = c.Facts.Received.AddDays(p.Terms.DisputeDays)
	}
	return !today.Before(from)
}

// performers say what each action does.
var performers = map[ActionName]func(*step, Action){
	ActionFile:        on((*step).file),
	ActionAcknowledge: on((*step).acknowledge),
	ActionQuestion:    on((*step).question),
	ActionAnswer:      on((*step).answer),
	ActionProgress:    on((*step).progress),
	ActionResolve:     on((*step).resolve),
	ActionConfirm:     on((*step).confirm),
	ActionWithdraw:    on((*step).withdraw),
	ActionDispute:     on((*step).dispute),
	ActionReopen:      on((*step).reopen),
	ActionNote:        on((*step).note),
	ActionAssign:      on((*step).assign),
	ActionCorrect:     on((*step).correct),
	ActionHold:        on((*step).hold),
	ActionSnooze:      on((*step).snooze),
	ActionLink:        on((*step).link),
	ActionMailWaits:   on((*step).mailWaits),
	ActionMailFailed:  on((*step).mailFailed),
	ActionMailDoubt:   on((*step).mailDoubt),
	ActionMailAgain:   on((*step).mailAgain),
	ActionIdentity:    on((*step).lookIdentity),
	ActionDossier:     on((*step).lookDossier),
	ActionExport:      on((*step).export),
	ActionDisclose:    on((*step).disclose),
	ActionTick:        on((*step).tick),
	ActionPurge:       on((*step).purge),

	ActionErase:        on((*step).requestErasure),
	ActionEraseLook:    on((*step).lookErasure),
	ActionEraseConfirm: on((*step).confirmErasure),
	ActionEraseDecline: on((*step).declineErasure),
	ActionEraseLapse:   on((*step).lapseErasure),
	ActionEraseReplay:  on((*step).replayErasure),
}

// on fits a method for one kind of action into the table.
func on[A Action](f func(*step, A)) func(*step, Action) {
	return func(s *step, a Action) { f(s, a.(A)) }
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

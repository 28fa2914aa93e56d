package workflow

// rule is one line of the transition table: from which states an action is
// allowed and where it leads, a further condition, and what it does.
type rule struct {
	moves map[State]State
	when  func(*Complaint) bool
	do    func(*step, Action)
}

// allows reports whether the complaint stands where the action is possible.
func (r rule) allows(c *Complaint) bool {
	_, ok := r.moves[c.State]
	return ok && (r.when == nil || r.when(c))
}

// rules is the transition table of design section 6; doc.go draws it.
var rules = map[ActionName]rule{
	ActionLog: {
		moves: map[State]State{StateNone: StateReceived},
		do:    on((*step).log),
	},
	ActionAcknowledge: {
		moves: with(stay(StateInProgress, StateWaiting, StateDecided), StateReceived, StateInProgress),
		when:  func(c *Complaint) bool { return c.open(PromiseAcknowledgement) >= 0 },
		do:    on((*step).acknowledge),
	},
	ActionQuestion: {
		moves: to(StateWaiting, StateReceived, StateInProgress, StateWaiting),
		do:    on((*step).question),
	},
	ActionAnswer: {
		moves: to(StateInProgress, StateWaiting),
		do:    on((*step).answer),
	},
	ActionResolve: {
		moves: to(StateDecided, StateReceived, StateInProgress, StateWaiting),
		do:    on((*step).resolve),
	},
	ActionConfirm: {
		moves: to(StateClosed, StateDecided),
		do:    on((*step).confirm),
	},
	ActionNote:     {moves: stay(States()...), do: on((*step).note)},
	ActionIdentity: {moves: stay(States()...), do: on((*step).lookIdentity)},
	ActionDossier:  {moves: stay(States()...), do: on((*step).lookDossier)},
	ActionTick:     {moves: stay(States()...), do: on((*step).tick)},
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

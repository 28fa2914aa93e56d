package workflow

// ActionName names something that can be done with a complaint. The names are
// the action ids, option values and callback ids of the contract.
type ActionName string

// The actions that work from the case message, plus log and tick.
const (
	ActionLog         ActionName = "log_complaint"
	ActionAcknowledge ActionName = "acknowledge"
	ActionQuestion    ActionName = "question"
	ActionAnswer      ActionName = "answer"
	ActionResolve     ActionName = "resolve"
	ActionConfirm     ActionName = "confirm"
	ActionIdentity    ActionName = "identity"
	ActionDossier     ActionName = "dossier"
	ActionNote        ActionName = "note"
	ActionTick        ActionName = "tick"
)

// Action is one thing to do, with what the person filled in. Step refuses
// what it does not know.
type Action interface{ Name() ActionName }

// Log registers a complaint that came in by phone, e-mail, letter or in
// person.
type Log struct {
	Facts       Facts
	Particulars Particulars
}

// Sent is a letter or call to the complainant: when, how, and what it said.
// Body is what the officer wrote, Letter the whole text as it left, with the
// fixed paragraphs.
type Sent struct {
	Date   Date
	Way    Way
	Body   Confidential
	Letter Confidential
}

// Acknowledge records the acknowledgement of receipt (R2).
type Acknowledge struct{ Sent }

// Question records a question to the complainant; the clock runs on (R6).
type Question struct{ Sent }

// Answer records the complainant's answer.
type Answer struct {
	Date Date
	Way  Way
	Text Confidential
}

// Resolve records the decision, with the contact that the regulation
// promises: when, how, and what the complainant said of it; or, with
// WayNotPossible, why contact failed.
type Resolve struct {
	Verdict  Verdict
	Outcome  Confidential
	Remedy   Confidential
	Cause    string
	Lesson   string
	Contact  Date
	Way      Way
	Reaction Confidential
}

// Confirm records the confirmation of the outcome and closes the case (R9).
type Confirm struct{ Sent }

// Note adds a note to the dossier.
type Note struct{ Text Confidential }

// LookIdentity and LookDossier are looks at what is sealed: nothing changes,
// but the journal keeps that somebody looked, before they see anything.
type (
	LookIdentity struct{}
	LookDossier  struct{}
)

// Tick is the clock's own action: it asks for what has come due.
type Tick struct{}

// Name implements Action.
func (Log) Name() ActionName          { return ActionLog }
func (Acknowledge) Name() ActionName  { return ActionAcknowledge } // Name implements Action.
func (Question) Name() ActionName     { return ActionQuestion }    // Name implements Action.
func (Answer) Name() ActionName       { return ActionAnswer }      // Name implements Action.
func (Resolve) Name() ActionName      { return ActionResolve }     // Name implements Action.
func (Confirm) Name() ActionName      { return ActionConfirm }     // Name implements Action.
func (Note) Name() ActionName         { return ActionNote }        // Name implements Action.
func (LookIdentity) Name() ActionName { return ActionIdentity }    // Name implements Action.
func (LookDossier) Name() ActionName  { return ActionDossier }     // Name implements Action.
func (Tick) Name() ActionName         { return ActionTick }        // Name implements Action.

// Actions lists what an officer can be offered on a case message, in the
// order in which it is shown.
func Actions() []ActionName {
	return []ActionName{
		ActionAcknowledge, ActionQuestion, ActionAnswer, ActionResolve, ActionConfirm,
		ActionIdentity, ActionDossier, ActionNote,
	}
}

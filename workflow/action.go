package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// ActionName names something that can be done with a complaint. The names are
// the action ids, option values and callback ids of the contract.
type ActionName string

// The actions that work from the case message, in the order in which they are
// shown, plus the log.
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
	ActionHold        ActionName = "hold"
	ActionDispute     ActionName = "dispute"
	ActionWithdraw    ActionName = "withdraw"
	ActionReopen      ActionName = "reopen"
)

// The actions that work from elsewhere: a nudge, the dossier, the postman and
// the clock.
const (
	ActionSnooze     ActionName = "snooze"
	ActionLink       ActionName = "link"
	ActionExport     ActionName = "export"
	ActionDisclose   ActionName = "disclose"
	ActionMailWaits  ActionName = "mail_waits"
	ActionMailFailed ActionName = "mail_failed"
	ActionMailDoubt  ActionName = "mail_doubt"
	ActionMailAgain  ActionName = "mail_again"
	ActionTick       ActionName = "tick"
	ActionPurge      ActionName = "purge"
)

// Action is one thing to do, with what the person filled in. Step refuses
// what it does not know.
type Action interface{ Name() ActionName }

// File registers a complaint that came in by phone, e-mail, letter or in
// person.
type File struct {
	Facts       Facts
	Particulars Particulars
	Attachments []Attachment // File and Name only
}

// Sent is a letter or call to the complainant: when, how, and what it said.
// Body is what the officer wrote, Letter the whole text as it left, with the
// fixed paragraphs. With Mail the bot sends the letter itself, today and by
// e-mail.
type Sent struct {
	Date   calendar.Date
	Way    Way
	Body   Confidential
	Letter Confidential
	Mail   bool
}

// Acknowledge records the acknowledgement of receipt (R2).
type Acknowledge struct{ Sent }

// Question records a question to the complainant; the clock runs on (R6).
type Question struct{ Sent }

// Answer records the complainant's answer.
type Answer struct {
	Date calendar.Date
	Way  Way
	Text Confidential
}

// Progress records a notice that the outcome will be later than promised:
// why, and by when it is expected, at most two months after the notice (R4).
// It may be repeated.
type Progress struct {
	Sent
	Reason   Confidential
	Expected calendar.Date
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
	Contact  calendar.Date
	Way      Way
	Reaction Confidential
}

// Confirm records the confirmation of the outcome and closes the case (R9).
type Confirm struct{ Sent }

// Withdraw records that the complainant takes the complaint back: the outcome
// is VerdictWithdrawn, and has to be confirmed like any other.
type Withdraw struct{ Reason Confidential }

// Reopen takes a closed or disputed case up again; the outcome is due one
// month from then (design section 6).
type Reopen struct{ Reason Confidential }

// Assign gives the case to another officer or director without a conflict.
type Assign struct{ Owner roster.PersonID }

// Correct replaces what was logged, with a reason. Promises are computed anew,
// the old values are kept sealed; a conflict that shows so moves the case
// (design section 4, conflict guard).
type Correct struct {
	File
	Reason Confidential
}

// Hold keeps a case from the purge until a review date, at most six months off
// (R10). On a case that is held, a zero Review ends the hold.
type Hold struct {
	Reason Confidential
	Review calendar.Date
}

// Dispute records that the complainant went to the dispute committee; on a
// disputed case it records the ruling and returns the case to where it was.
type Dispute struct {
	Date      calendar.Date
	Reference Confidential
	Ruling    Confidential
}

// Note adds a note to the dossier.
type Note struct {
	Text        Confidential
	Attachments []Attachment // File and Name only
}

// Snooze puts off the nudges about one watch until a day, never beyond what
// was promised.
type Snooze struct {
	What   WatchKind
	Reason Confidential
	Until  calendar.Date
}

// Link records that two cases are of the same complainant.
type Link struct{ Other CaseID }

// MailFailed is the postman's word that a letter can't be delivered: what it
// had kept is open again. At is when the letter was recorded, Fault a word for
// why.
type MailFailed struct {
	Kind  RecordKind
	At    time.Time
	Fault string
}

// MailDoubt is the postman's word that nobody knows whether a letter left. It
// is not sent again unless somebody asks for it. Version is that of the change
// that recorded the letter.
type MailDoubt struct {
	Version int
	Fault   string
}

// MailWaits is the postman's word that a letter has not left yet, and is tried
// again.
type MailWaits struct{ Fault string }

// MailAgain sends a letter again. Version is that of the change that recorded
// it.
type MailAgain struct{ Version int }

// LookIdentity, LookDossier and Export are looks at what is sealed: nothing
// changes, but the journal keeps that somebody looked, before they see
// anything.
type (
	LookIdentity struct{}
	LookDossier  struct{}
	Export       struct{}
)

// Disclose hands all that is held on the complainant out, for them (AVG, article
// 15). Like an Export it changes nothing; the dossier keeps that it was done.
type Disclose struct{ Reason Confidential }

// Tick is the clock's own action: it asks for what has come due, which may be
// the purge.
type Tick struct{}

// Purge takes everything about people away (R10). It is the clock's own, and
// the end: nothing is possible after it.
type Purge struct{}

// Name implements Action.
func (File) Name() ActionName         { return ActionFile }
func (Acknowledge) Name() ActionName  { return ActionAcknowledge } // Name implements Action.
func (Question) Name() ActionName     { return ActionQuestion }    // Name implements Action.
func (Answer) Name() ActionName       { return ActionAnswer }      // Name implements Action.
func (Progress) Name() ActionName     { return ActionProgress }    // Name implements Action.
func (Resolve) Name() ActionName      { return ActionResolve }     // Name implements Action.
func (Confirm) Name() ActionName      { return ActionConfirm }     // Name implements Action.
func (Withdraw) Name() ActionName     { return ActionWithdraw }    // Name implements Action.
func (Reopen) Name() ActionName       { return ActionReopen }      // Name implements Action.
func (Assign) Name() ActionName       { return ActionAssign }      // Name implements Action.
func (Correct) Name() ActionName      { return ActionCorrect }     // Name implements Action.
func (Hold) Name() ActionName         { return ActionHold }        // Name implements Action.
func (Dispute) Name() ActionName      { return ActionDispute }     // Name implements Action.
func (Note) Name() ActionName         { return ActionNote }        // Name implements Action.
func (Snooze) Name() ActionName       { return ActionSnooze }      // Name implements Action.
func (Link) Name() ActionName         { return ActionLink }        // Name implements Action.
func (MailFailed) Name() ActionName   { return ActionMailFailed }  // Name implements Action.
func (MailDoubt) Name() ActionName    { return ActionMailDoubt }   // Name implements Action.
func (MailWaits) Name() ActionName    { return ActionMailWaits }   // Name implements Action.
func (MailAgain) Name() ActionName    { return ActionMailAgain }   // Name implements Action.
func (LookIdentity) Name() ActionName { return ActionIdentity }    // Name implements Action.
func (LookDossier) Name() ActionName  { return ActionDossier }     // Name implements Action.
func (Export) Name() ActionName       { return ActionExport }      // Name implements Action.
func (Disclose) Name() ActionName     { return ActionDisclose }    // Name implements Action.
func (Tick) Name() ActionName         { return ActionTick }        // Name implements Action.
func (Purge) Name() ActionName        { return ActionPurge }       // Name implements Action.

// Actions lists what an officer can be offered on a case message, in the
// order in which it is shown.
func Actions() []ActionName {
	return []ActionName{
		ActionAcknowledge, ActionQuestion, ActionAnswer, ActionProgress, ActionResolve, ActionConfirm,
		ActionIdentity, ActionDossier, ActionNote, ActionAssign, ActionCorrect, ActionHold,
		ActionDispute, ActionWithdraw, ActionReopen,
	}
}

// fromElsewhere lists the actions that no case message offers.
func fromElsewhere() []ActionName {
	return append([]ActionName{
		ActionTick, ActionPurge, ActionSnooze, ActionLink, ActionExport, ActionDisclose, ActionMailWaits, ActionMailFailed, ActionMailDoubt, ActionMailAgain,
	}, erasureActions()...)
}

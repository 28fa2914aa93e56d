package workflow

import (
	"github.com/artra/klachtbot/workflow/roster"
)

// Effect is something that a Step asks to have shown or sent: what happened,
// and for whom. It says neither where nor how, and holds no text; package
// outbox makes deliveries of it. The effects are those of this file.
type Effect interface{ effect() }

// CaseChanged: the case message shows the case as it is now.
type CaseChanged struct{}

// StoryTold: what the complainant told is shown below the case message.
type StoryTold struct{}

// ActionTaken: a line in the thread says what was done, by whom and when.
type ActionTaken struct{ Action ActionName }

// LetterFailed: a line in the thread says that a letter of that kind did not
// reach the complainant.
type LetterFailed struct{ Letter RecordKind }

// LetterInDoubt: a line asks whether the letter that was recorded with that
// version of the case left.
type LetterInDoubt struct{ Version int }

// LetterWritten: the letter of that kind, which the same step recorded, is to be
// mailed.
type LetterWritten struct{ Letter RecordKind }

// LetterRepeated: the letter that was recorded with that version of the case is
// to be mailed once more.
type LetterRepeated struct{ Version int }

// ReminderDue: somebody is to be reminded of what is watched.
type ReminderDue struct {
	To    roster.PersonID
	Watch WatchKind
}

// HandedOver: a handler who does not read the case channel is told of the case.
type HandedOver struct{ To roster.PersonID }

// MovedAway: what was posted where the case shows no more is taken away.
type MovedAway struct{}

// Purged: everything that was posted about the case is taken away (R10).
type Purged struct{}

// ErasureEnded: who asked for an erasure hears that it was declined or lapsed.
type ErasureEnded struct {
	To  roster.PersonID
	How string // ErasureDeclined or ErasureLapsed
}

// Erased: who asked for it hears that the case with that number is gone.
type Erased struct {
	To     roster.PersonID
	Number string
}

func (CaseChanged) effect()    {}
func (StoryTold) effect()      {}
func (ActionTaken) effect()    {}
func (LetterFailed) effect()   {}
func (LetterInDoubt) effect()  {}
func (LetterWritten) effect()  {}
func (LetterRepeated) effect() {}
func (ReminderDue) effect()    {}
func (HandedOver) effect()     {}
func (MovedAway) effect()      {}
func (Purged) effect()         {}
func (ErasureEnded) effect()   {}
func (Erased) effect()         {}

package outbox

import (
	"strconv"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Payloads of what shows a case, to who handles it or is to act on it.

// Case is the case message, as the case is now.
type Case struct{}

// Story is the complaint in the complainant's own words.
type Story struct{}

// Line says what was done, by whom and when: the action of the case's version
// that is the delivery's.
type Line struct {
	Action workflow.ActionName `json:"action"`
}

// LetterFailedLine says that a letter of that kind did not reach the
// complainant.
type LetterFailedLine struct {
	Letter workflow.RecordKind `json:"failed"`
}

// LetterExpiredLine says that a mail server did not take a letter of that kind for
// days, and that it is tried no more.
type LetterExpiredLine struct {
	Letter workflow.RecordKind `json:"expired"`
}

// LetterWaitsLine says that the letter that was recorded with that version of the
// case has not left yet.
type LetterWaitsLine struct {
	Version int `json:"waits"`
}

// LetterInDoubtLine asks whether the letter that was recorded with that version
// of the case left.
type LetterInDoubtLine struct {
	Version int `json:"in_doubt"`
}

// Reminder reminds somebody of what is watched.
type Reminder struct {
	To    roster.PersonID    `json:"to"`
	Watch workflow.WatchKind `json:"watch"`
}

// NewLetter is the letter of that kind, which the case's version recorded that
// is the delivery's.
type NewLetter struct {
	Letter workflow.RecordKind `json:"letter"`
}

// RepeatedLetter is the letter that was recorded with that version of the case,
// once more.
type RepeatedLetter struct {
	Version int `json:"version"`
}

// Handover is for a handler who does not read the case channel: the case is theirs.
type Handover struct {
	To roster.PersonID `json:"to"`
}

// Deletion takes away what was posted about a case: where it shows no more, or
// all of it when the case was erased.
type Deletion struct {
	Erased bool `json:"erased"`
}

// ErasureOutcome says to who asked for an erasure that it does not come.
type ErasureOutcome struct {
	To  roster.PersonID `json:"to"`
	How string          `json:"how"` // workflow.ErasureDeclined or ErasureLapsed
}

// RepeatedNotice tells a director how many progress notices the complainant got.
type RepeatedNotice struct {
	To    roster.PersonID `json:"to"`
	Count int             `json:"count"`
}

// Urgent tells somebody that a complaint can't wait: the call with that number, of
// urgency.Call.
type Urgent struct {
	To   roster.PersonID `json:"to"`
	Call int             `json:"call"`
}

// SourceReminder reminds who filed a case that the message from which they did
// stands in an open channel.
type SourceReminder struct {
	To      roster.PersonID `json:"to"`
	Channel string          `json:"channel"`
	TS      string          `json:"ts"`
}

// The kinds.
func (Case) Kind() Kind              { return KindCase }
func (Story) Kind() Kind             { return KindStory }
func (Line) Kind() Kind              { return KindLine }
func (LetterFailedLine) Kind() Kind  { return KindLine }
func (LetterExpiredLine) Kind() Kind { return KindLine }
func (LetterWaitsLine) Kind() Kind   { return KindLine }
func (LetterInDoubtLine) Kind() Kind { return KindLine }
func (Reminder) Kind() Kind          { return KindReminder }
func (NewLetter) Kind() Kind         { return KindLetter }
func (RepeatedLetter) Kind() Kind    { return KindLetter }
func (Handover) Kind() Kind          { return KindHandover }
func (Deletion) Kind() Kind          { return KindDeletion }
func (ErasureOutcome) Kind() Kind    { return KindErasureOutcome }
func (RepeatedNotice) Kind() Kind    { return KindRepeatedNotice }
func (SourceReminder) Kind() Kind    { return KindSource }
func (Urgent) Kind() Kind            { return KindUrgent }

// Whom they are for.
func (Case) Recipient() roster.PersonID              { return "" }
func (Story) Recipient() roster.PersonID             { return "" }
func (Line) Recipient() roster.PersonID              { return "" }
func (LetterFailedLine) Recipient() roster.PersonID  { return "" }
func (LetterExpiredLine) Recipient() roster.PersonID { return "" }
func (LetterWaitsLine) Recipient() roster.PersonID   { return "" }
func (LetterInDoubtLine) Recipient() roster.PersonID { return "" }
func (r Reminder) Recipient() roster.PersonID        { return r.To }
func (NewLetter) Recipient() roster.PersonID         { return "" }
func (RepeatedLetter) Recipient() roster.PersonID    { return "" }
func (h Handover) Recipient() roster.PersonID        { return h.To }
func (Deletion) Recipient() roster.PersonID          { return "" }
func (e ErasureOutcome) Recipient() roster.PersonID  { return e.To }
func (r RepeatedNotice) Recipient() roster.PersonID  { return r.To }
func (s SourceReminder) Recipient() roster.PersonID  { return s.To }
func (u Urgent) Recipient() roster.PersonID          { return u.To }

func (Case) Slot() string { return "" }

func (Story) Slot() string { return "" }

func (l Line) Slot() string { return string(l.Action) }

func (l LetterFailedLine) Slot() string {
	return string(workflow.ActionMailFailed) + " " + string(l.Letter)
}

func (l LetterExpiredLine) Slot() string {
	return "mail_expired " + string(l.Letter)
}

func (l LetterWaitsLine) Slot() string {
	return string(workflow.ActionMailWaits) + " " + strconv.Itoa(l.Version)
}

func (l LetterInDoubtLine) Slot() string {
	return string(workflow.ActionMailDoubt) + " " + strconv.Itoa(l.Version)
}

func (r Reminder) Slot() string { return string(r.Watch) }

func (l NewLetter) Slot() string { return string(l.Letter) }

func (l RepeatedLetter) Slot() string { return strconv.Itoa(l.Version) }

func (Handover) Slot() string { return "" }

func (d Deletion) Slot() string {
	if d.Erased {
		return string(workflow.ActionPurge)
	}
	return ""
}

func (e ErasureOutcome) Slot() string { return e.How }

func (r RepeatedNotice) Slot() string { return strconv.Itoa(r.Count) }

func (s SourceReminder) Slot() string { return s.Channel + " " + s.TS }

func (u Urgent) Slot() string { return strconv.Itoa(u.Call) }

func (Case) valid() bool                { return true }
func (Story) valid() bool               { return true }
func (l Line) valid() bool              { return isWord(l.Action) }
func (l LetterFailedLine) valid() bool  { return isWord(l.Letter) }
func (l LetterExpiredLine) valid() bool { return isWord(l.Letter) }
func (l LetterWaitsLine) valid() bool   { return l.Version > 0 }
func (l LetterInDoubtLine) valid() bool { return l.Version > 0 }
func (r Reminder) valid() bool          { return isWord(r.To) && isWord(r.Watch) }
func (l NewLetter) valid() bool         { return isWord(l.Letter) && !isNumber(l.Slot()) }
func (l RepeatedLetter) valid() bool    { return l.Version > 0 }
func (h Handover) valid() bool          { return isWord(h.To) }
func (Deletion) valid() bool            { return true }
func (e ErasureOutcome) valid() bool    { return isWord(e.To) && isWord(e.How) }
func (r RepeatedNotice) valid() bool    { return isWord(r.To) && r.Count > 0 }
func (u Urgent) valid() bool            { return isWord(u.To) && u.Call > 0 }
func (s SourceReminder) valid() bool    { return isWord(s.To) && isWord(s.Channel) && isWord(s.TS) }

// isNumber reports whether a slot names the version of a letter.
func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

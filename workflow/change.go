package workflow

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/money"
	"github.com/artra/klachtbot/workflow/roster"
)

// Change is what a Step decided: the complaint as it becomes, what to add to
// the dossier, and the effects that it asks for.
type Change struct {
	Complaint Complaint
	Records   []Record
	Effects   []Effect
	// Attachments are the files that came with the action; the register numbers
	// them and imports them.
	Attachments []Attachment
	// Journal reports whether the change has a line in the journal. A tick that
	// found nothing to do has none.
	Journal bool
	// Unannounced: the case was purged though nobody could be told before (R10).
	Unannounced bool
	// Action is what was done: the one that was asked for, or what the clock's
	// tick came down to.
	Action ActionName
}

// Effect is something that a Step asks to have shown or sent: what happened,
// and for whom. It says neither where nor how, and holds no text; package
// outbox makes deliveries of it. The effects are those of this file.
type Effect interface{ effect() }

// CaseChanged: the case message shows the case as it is now.
type CaseChanged struct{}

// StoryTold: the complainant's story is shown below the case message.
type StoryTold struct{}

// ActionTaken: a line in the thread says what was done, by whom and when.
type ActionTaken struct{ Action ActionName }

// LetterFailed: a line in the thread says that a letter of that kind did not
// reach the complainant.
type LetterFailed struct{ Letter RecordKind }

// LetterExpired: a line in the thread says that a mail server did not take a
// letter of that kind for days, and that it is tried no more.
type LetterExpired struct{ Letter RecordKind }

// LetterWaits: a line says that the letter that was recorded with that version of
// the case has not left yet.
type LetterWaits struct{ Version int }

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

// NoticeRepeated: a director hears how many progress notices the complainant got,
// from the third on (R4a).
type NoticeRepeated struct {
	To    roster.PersonID
	Count int
}

// RemedyChanged: who sees to a remedy reads it as it is now, or that there is
// nothing to see to any more.
type RemedyChanged struct {
	To     roster.PersonID
	Remedy int
}

// RemedyReported: whoever handles the case hears that a remedy is said to be done,
// and is to record it.
type RemedyReported struct {
	To     roster.PersonID
	Remedy int
}

// RemedyNotKept: somebody hears that a remedy ended since it was overdue for six
// months (R14).
type RemedyNotKept struct {
	To     roster.PersonID
	Remedy int
}

// UrgentCalled: somebody is told, by the number alone, that a complaint is urgent; or
// reads in that message that it was seen, or is over.
type UrgentCalled struct {
	To   roster.PersonID
	Call int // its number, of urgency.Call
}

// HandedOver: a handler who does not read the case channel gets the case
// directly.
type HandedOver struct{ To roster.PersonID }

// MovedAway: the case shows elsewhere from now on, and what was posted before is
// deleted.
type MovedAway struct{}

// Purged: everything that was posted about the case is deleted (R10).
type Purged struct{}

// ErasureEnded: who asked for an erasure hears that it was declined or lapsed.
type ErasureEnded struct {
	To  roster.PersonID
	How string // ErasureDeclined or ErasureLapsed
}

// Erased: who asked for it hears that the case with that number is gone; or,
// when it was unannounced, a director that it went without anybody being told.
type Erased struct {
	To          roster.PersonID
	Number      string
	Unannounced bool
}

// SourceStands: the message from which the case was filed stands in an open
// channel, and who filed it is to be reminded of that.
type SourceStands struct {
	To     roster.PersonID
	Source Source
}

func (CaseChanged) effect()    {}
func (StoryTold) effect()      {}
func (ActionTaken) effect()    {}
func (LetterFailed) effect()   {}
func (LetterExpired) effect()  {}
func (LetterWaits) effect()    {}
func (LetterInDoubt) effect()  {}
func (LetterWritten) effect()  {}
func (LetterRepeated) effect() {}
func (ReminderDue) effect()    {}
func (NoticeRepeated) effect() {}
func (HandedOver) effect()     {}
func (UrgentCalled) effect()   {}
func (RemedyChanged) effect()  {}
func (RemedyReported) effect() {}
func (RemedyNotKept) effect()  {}
func (MovedAway) effect()      {}
func (Purged) effect()         {}
func (ErasureEnded) effect()   {}
func (Erased) effect()         {}
func (SourceStands) effect()   {}

// RecordKind says what an entry of the dossier is.
type RecordKind string

// The kinds of entries.
const (
	RecordAcknowledgement RecordKind = "acknowledgement"
	RecordQuestion        RecordKind = "question"
	RecordAnswer          RecordKind = "answer"
	RecordDecision        RecordKind = "decision"
	RecordConfirmation    RecordKind = "confirmation"
	RecordNote            RecordKind = "note"
	RecordProgress        RecordKind = "progress"
	RecordWithdrawal      RecordKind = "withdrawal"
	RecordReopening       RecordKind = "reopening"
	RecordDispute         RecordKind = "dispute"
	RecordDisputeDates    RecordKind = "dispute_dates" // R15: dates of the committee that changed
	RecordDisputeEnd      RecordKind = "dispute_ended" // R15: an end without a ruling
	RecordRuling          RecordKind = "ruling"
	RecordAssignment      RecordKind = "assignment"
	RecordCorrection      RecordKind = "correction"
	RecordAmendment       RecordKind = "amendment"
	RecordRetraction      RecordKind = "retraction"
	RecordHold            RecordKind = "hold"
	RecordSnooze          RecordKind = "snooze"
	RecordLink            RecordKind = "link"
	RecordMailWaits       RecordKind = "mail_waits"
	RecordMailFailed      RecordKind = "mail_failed"
	RecordMailDoubt       RecordKind = "mail_doubt"
	RecordMailLeft        RecordKind = "mail_left"
	RecordMailSelf        RecordKind = "mail_self"
	RecordDisclosure      RecordKind = "disclosure"
	RecordErasure         RecordKind = "erasure"
	RecordRemedy          RecordKind = "remedy"        // what became of one (R14)
	RecordRemedyDone      RecordKind = "remedy_done"   // who sees to it says so
	RecordRemedyLetter    RecordKind = "remedy_letter" // to the complainant, of another day or none
	RecordErasureDeclined RecordKind = "erasure_declined"
)

type texts = map[string]Confidential

// Record is one entry of the dossier: when and by whom it was made, the date and
// the way that it records, and its sealed texts by field. A field is a block id
// of the contract; "letter" is the whole letter as it left.
type Record struct {
	Line    int // the journal line of the change that made it; 0 until the register has it
	Ordinal int // among the entries of that change

	Kind  RecordKind
	At    time.Time
	By    roster.PersonID
	Date  calendar.Date
	Way   Way
	Texts map[string]Confidential
}

// Later reports whether something was entered after the day on which it was: of a
// decision, after either of its days.
func (r Record) Later(c calendar.Calendar) bool {
	recorded := c.Today(r.At)
	decided, err := calendar.ParseDate(r.Texts["decided_date"].Reveal())
	return recorded.After(r.Date) && !r.Date.IsZero() || err == nil && recorded.After(decided)
}

// PromisedRemedy is what was promised in words, as the records of a case say it.
type PromisedRemedy struct {
	Text   Confidential
	Amount money.Amount // of a refund; 0 when it is not known
}

// RemedyTask is what whoever sees to a remedy reads of its case.
type RemedyTask struct {
	Case string // its number
	Remedy
	PromisedRemedy
}

// Owed are the last day and the amount of what was promised; zero where there is
// none, as there is no amount of anything but a refund.
func (t RemedyTerms) Owed() (due calendar.Date, amount money.Amount) {
	if !t.Some() {
		return calendar.Date{}, 0
	}
	if parsed, err := money.Parse(t.Amount.Reveal()); err == nil && t.Kind == RemedyRefund {
		amount = parsed
	}
	return t.Due, amount
}

// RemedyEntry is the number of the remedy that an entry is about, 0 for none.
func RemedyEntry(r Record) int {
	n, err := strconv.Atoi(r.Texts["remedy_entry"].Reveal())
	if err != nil {
		return 0
	}
	return n
}

// RemedyIn returns what the records of a case say of its remedy with that number.
func RemedyIn(records []Record, number int) (p PromisedRemedy) {
	entry := Confidential(strconv.Itoa(number))
	for _, r := range records {
		if r.Texts["remedy_entry"] != entry || r.Texts["remedy_kind"] == "" {
			continue
		}
		p.Text = cmp.Or(r.Texts["remedy"], r.Texts["ruling"])
		p.Amount, _ = money.Parse(r.Texts["remedy_amount"].Reveal())
	}
	return p
}

// Limits of the files that come with one form: Slack's own for a file_input.
const (
	MaxAttachments = 10
	MaxAttached    = 10 << 20 // bytes of one file
)

// Attachment is a file that came with a complaint or a note. The register
// imports it, sealed, and has it removed from Slack.
type Attachment struct {
	Ordinal int    // within the case, from 1
	File    string // Slack's file id, or a MailPart
	Name    Confidential
	By      roster.PersonID // the person who sent it in
	At      time.Time
	Line    int // the journal line of the change that it came with
	State   AttachmentState
	Fault   string // why it was refused, in one word
	Size    int    // in bytes; 0 until it was imported
}

// MailPart names the file at that place, from 0, among those of an e-mail that
// was forwarded into Slack.
func MailPart(mail string, place int) string { return mail + mailPart + strconv.Itoa(place) }

// PartOfMail undoes MailPart; ok is false for a file that stands by itself.
func PartOfMail(file string) (mail string, place int, ok bool) {
	mail, number, ok := strings.Cut(file, mailPart)
	place, err := strconv.Atoi(number)
	return mail, place, ok && err == nil && place >= 0
}

// mailPart is in no id of Slack's.
const mailPart = "#"

// AttachmentState is how far the import of an attachment has come.
type AttachmentState string

// The states of an attachment.
const (
	AttachmentWaiting AttachmentState = "waiting" // only in Slack
	AttachmentTaken   AttachmentState = "taken"   // in the register, and still in Slack
	AttachmentRemoved AttachmentState = "removed" // in the register only
	AttachmentAsked   AttachmentState = "asked"   // as taken; its sender is asked to remove it from Slack
	AttachmentLost    AttachmentState = "lost"    // deleted from Slack before it was imported
	AttachmentRefused AttachmentState = "refused" // too large; only in Slack
)

// Settled reports whether nothing more happens to it by itself.
func (s AttachmentState) Settled() bool { return s != AttachmentWaiting && s != AttachmentTaken }

// Held reports whether the register has the content.
func (a Attachment) Held() bool {
	return a.State == AttachmentTaken || a.State == AttachmentRemoved || a.State == AttachmentAsked
}

package workflow

import (
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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
	RecordRuling          RecordKind = "ruling"
	RecordAssignment      RecordKind = "assignment"
	RecordCorrection      RecordKind = "correction"
	RecordHold            RecordKind = "hold"
	RecordSnooze          RecordKind = "snooze"
	RecordLink            RecordKind = "link"
	RecordMailWaits       RecordKind = "mail_waits"
	RecordMailFailed      RecordKind = "mail_failed"
	RecordMailDoubt       RecordKind = "mail_doubt"
	RecordDisclosure      RecordKind = "disclosure"
	RecordErasure         RecordKind = "erasure"
	RecordErasureDeclined RecordKind = "erasure_declined"
)

// RecordKinds lists them.
func RecordKinds() []RecordKind {
	return []RecordKind{
		RecordAcknowledgement, RecordQuestion, RecordAnswer, RecordDecision, RecordConfirmation, RecordNote,
		RecordProgress, RecordWithdrawal, RecordReopening, RecordDispute, RecordRuling, RecordAssignment,
		RecordCorrection, RecordHold, RecordSnooze, RecordLink, RecordMailWaits, RecordMailFailed, RecordMailDoubt,
		RecordDisclosure,
		RecordErasure, RecordErasureDeclined,
	}
}

type texts = map[string]Confidential

// Record is one entry of the dossier: when it was made and by whom, the date
// and way it tells of, and its sealed texts by field (a block id of the
// contract; "letter" is the whole letter as it left).
type Record struct {
	Kind  RecordKind
	At    time.Time
	By    roster.PersonID
	Date  calendar.Date
	Way   Way
	Texts map[string]Confidential
}

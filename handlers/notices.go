package handlers

import (
	"context"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// noticeSource is what rendering needs of the register; it is asked for the
// bot, not for a person.
type noticeSource interface {
	// Case returns a case with its Particulars.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
	// Performed returns who did what in the change that made this version.
	Performed(ctx context.Context, id workflow.CaseID, version int) (workflow.Performed, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
}

// roundsReader is what rendering needs of the register for what is of a person
// rather than a case, and to explain what comes late.
type roundsReader interface {
	// DigestItems returns what a digest or a weekly digest tells of.
	DigestItems(context.Context, outbox.Delivery) ([]outbox.DigestItem, error)
	// Outage returns the last time in which no bot was at work; zero for none.
	Outage(context.Context) (workflow.Outage, error)
}

// noticesHandler renders what the bot sends about cases.
type noticesHandler struct {
	*Env
	Source noticeSource
	Rounds roundsReader
}

func newNotices(e *Env, s noticeSource, r roundsReader) *noticesHandler {
	return &noticesHandler{e, s, r}
}

// Table registers who renders what.
func (h *noticesHandler) Table() table {
	return table{Messages: map[outbox.Kind]renderer{
		outbox.KindCase:           h.ofCase,
		outbox.KindStory:          h.ofCase,
		outbox.KindLine:           h.ofCase,
		outbox.KindReminder:       h.ofCase,
		outbox.KindHandover:       h.ofCase,
		outbox.KindErasureOutcome: h.ofCase,
		outbox.KindFileRemoval:    h.ofCase,
		outbox.KindDigest:         h.digest,
		outbox.KindWeeklyDigest:   h.digest,
		outbox.KindErased:         h.erasedMessage,
	}}
}

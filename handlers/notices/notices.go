// Package notices makes what the bot sends of its own accord about cases: the
// case message and its thread, reminders, digests, and what became of an
// erasure.
package notices

import (
	"context"
	"iter"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// NoticeSource is what rendering needs of the register; it is asked for the
// bot, not for a person.
type NoticeSource interface {
	// Case returns a case with its Particulars.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
	// Performed returns who did what in the change that made this version.
	Performed(ctx context.Context, id workflow.CaseID, version int) (workflow.Performed, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
}

// RoundsReader is what rendering needs of the register for messages about
// several cases, and to explain why one comes late.
type RoundsReader interface {
	// DigestItems yields what a digest or a weekly digest tells of, what presses
	// most first; it reads no further than it is asked for.
	DigestItems(context.Context, outbox.Delivery) iter.Seq2[outbox.DigestItem, error]
	// DigestCases counts the cases that a digest tells of; of a weekly digest, those
	// of which a term is over.
	DigestCases(context.Context, outbox.Delivery) (int, error)
	// Repeats returns what a digest tells its reader of a case that is one of several
	// on the same offering; zero for nothing.
	Repeats(context.Context, workflow.CaseID, roster.PersonID) (workflow.Repeats, error)
	// Outage returns the last time in which no bot was at work; zero for none.
	Outage(context.Context) (workflow.Outage, error)
}

// MessageRenewer has messages shown anew.
type MessageRenewer interface {
	// RenewCaseMessage has the case message shown anew where it stands, soon. It
	// fails while the message is being sent.
	RenewCaseMessage(context.Context, workflow.CaseID) error
}

// Handler renders what the bot sends about cases.
type Handler struct {
	*core.Env
	source NoticeSource
	rounds RoundsReader
	shown  MessageRenewer
}

func New(e *core.Env, s NoticeSource, r RoundsReader, m MessageRenewer) *Handler {
	return &Handler{e, s, r, m}
}

// Table registers who renders what.
func (h *Handler) Table() core.Table {
	return core.Table{Renew: h.renew, Messages: map[outbox.Kind]core.Renderer{
		outbox.KindCase:           h.ofCase,
		outbox.KindStory:          h.ofCase,
		outbox.KindLine:           h.ofCase,
		outbox.KindReminder:       h.ofCase,
		outbox.KindHandover:       h.ofCase,
		outbox.KindErasureOutcome: h.ofCase,
		outbox.KindRepeatedNotice: h.ofCase,
		outbox.KindFileRemoval:    h.ofCase,
		outbox.KindSource:         h.ofCase,
		outbox.KindDigest:         h.digest,
		outbox.KindWeeklyDigest:   h.digest,
		outbox.KindErased:         h.erasedMessage,
	}}
}

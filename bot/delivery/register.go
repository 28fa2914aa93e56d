package delivery

import (
	"context"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// Register is what delivering needs of the register.
type Register struct {
	Outbox           Outbox
	PendingDeletions PendingDeletions
	Undeletables     UndeletableRecords
	Views            Views
	Mailbox          Mailbox
	Files            Files
}

// Outbox is what waits to be sent (design section 3). Its lanes are
// leased for outbox.Lane.LeaseTime.
type Outbox interface {
	// Lease gives a lane in which something is due to this sender; false when
	// there is none.
	Lease(context.Context) (outbox.Lease, bool, error)
	// Next records what became of attempts, and takes at most so many of the
	// lane's deliveries that are due and may leave at this pace; attempts at them
	// are on record before they are made. When there is nothing to be sent now,
	// the lane is given back. An error means that nothing was recorded, or that
	// nobody knows.
	Next(ctx context.Context, l outbox.Lease, settled []outbox.Settled, most int) (outbox.Batch, error)
	// Release records what became of attempts, and gives the lane back.
	Release(ctx context.Context, l outbox.Lease, settled []outbox.Settled) error
	// Queued tells that this process put something in the outbox.
	Queued() <-chan struct{}
}

// PendingDeletions knows what was posted about a case where it shows no more.
type PendingDeletions interface {
	// PendingDeletions lists what is to be taken away, in that order: a case message
	// after its replies, and last what may be there.
	PendingDeletions(context.Context, workflow.CaseID) ([]outbox.PendingDeletion, error)
	// Deleted records that one of them stands nowhere any more.
	Deleted(context.Context, workflow.CaseID, outbox.PendingDeletion) error
}

// UndeletableRecords is where the register keeps what the bot can't take out of
// Slack.
type UndeletableRecords interface {
	// Undeletables lists them, of one case.
	Undeletables(context.Context, workflow.CaseID) ([]outbox.Undeletable, error)
	// SetThread records what others have written below a message: all of it.
	SetThread(ctx context.Context, id workflow.CaseID, channel, thread string, all []outbox.Undeletable) error
	// RecordUndeletable records one, or that it is still there.
	RecordUndeletable(context.Context, workflow.CaseID, outbox.Undeletable) error
	// ForgetUndeletable records that one stands nowhere any more.
	ForgetUndeletable(context.Context, workflow.CaseID, outbox.Undeletable) error
}

// Views is what the register knows of where cases show.
type Views interface {
	// ShownIn lists the conversations in which case messages of open cases stand.
	ShownIn(context.Context) ([]string, error)
	// Roots lists case messages of open cases in a conversation, the newest first: at
	// most limit of those before a timestamp, "" for no bound.
	Roots(ctx context.Context, channel, before string, limit int) ([]outbox.Root, error)
	// Root returns the case message of a case, with the replies on record below it;
	// false when none is.
	Root(context.Context, workflow.CaseID) (outbox.Root, bool, error)
	// Renew has the case message edited, unless it is being sent; when it is gone it is
	// posted anew.
	Renew(context.Context, workflow.CaseID) error
	// Refill has those of a case message's replies said again that Root knew of and
	// that are not among standing, the timestamps of the bot's own.
	Refill(ctx context.Context, r outbox.Root, standing []string) error
}

// Mailbox is what mailing needs of the register.
type Mailbox interface {
	// Letter returns the letter that the change with that version recorded.
	// workflow.CodeNoSuchCase when there is none.
	Letter(ctx context.Context, id workflow.CaseID, version int) (outbox.Letter, error)
	// MarkSending writes down, before a letter leaves, that nobody may know from
	// now on whether it did. It fails when somebody said meanwhile that they sent it
	// themselves, or the lane is somebody else's by now.
	MarkSending(context.Context, outbox.Lease, outbox.Delivery) error
	// MarkReporting writes down that the case is about to be told of a letter. It
	// fails when somebody said meanwhile that they sent it themselves, or the lane
	// is somebody else's by now.
	MarkReporting(context.Context, outbox.Lease, outbox.Delivery) error
	// CarriedOut reports whether a gesture was carried out before.
	CarriedOut(ctx context.Context, gesture string) (bool, error)
	// Apply brings the mail server's word to the case, once per gesture.
	Apply(context.Context, workflow.Command) (workflow.Result, error)
}

// Files is the register's side of taking attachments over. Each of its changes
// happens once, however often it is asked for.
type Files interface {
	// Attachment returns a file of a case; workflow.CodeNoSuchCase when there
	// is none any more.
	Attachment(ctx context.Context, id workflow.CaseID, ordinal int) (workflow.Attachment, error)
	// TakeAttachment keeps the content.
	TakeAttachment(ctx context.Context, id workflow.CaseID, ordinal int, content []byte) error
	// EndAttachment keeps what became of it in Slack, and a word for why.
	EndAttachment(ctx context.Context, id workflow.CaseID, ordinal int, state workflow.AttachmentState, fault string) error
}

// MailClient hands letters to a mail server; *mail.Client does.
type MailClient interface {
	// Send returns nil when the server took the letter, else an error that
	// mail.OutcomeOf sorts. Before anything of the letter leaves it calls
	// before, and sends nothing when that fails.
	Send(ctx context.Context, m mail.Message, before func(context.Context) error) error
}

// Renderer says what a delivery looks like now, and which version of the case
// it shows. Its error is handlers.ErrMoot when the delivery lost its reason, a
// *handlers.Later when it must wait.
type Renderer interface {
	Render(context.Context, outbox.Delivery) (handlers.Message, int, error)
}

// Channels knows the channels that the bot posts in; *monitor.Monitor does.
type Channels interface {
	// ChannelOf returns the channel of a lane; "" when there is none.
	ChannelOf(outbox.Lane) string
	// MayShow refuses to show anything in a channel that others can read, with
	// the error that a refused call of the method has.
	MayShow(ctx context.Context, channel, method string) error
	// CheckNow asks for a check of channels and people: one is out of order.
	CheckNow()
	// Refused tells that Slack refused a message of a lane for good, by its word;
	// how is what was asked for. Accepted tells that it took such a message.
	Refused(lane outbox.Lane, how, code string)
	Accepted(lane outbox.Lane, how string)
}

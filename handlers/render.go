package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// ErrMoot says that a delivery has lost its reason: a nudge about a promise
// that was kept meanwhile, a case that is gone. Drop it.
var ErrMoot = errors.New("the delivery has lost its reason")

// Later says that a delivery has to wait until people may be nudged again.
type Later struct{ At time.Time }

// Error implements error.
func (l *Later) Error() string { return "not before " + l.At.Format(time.RFC3339) }

// Render makes what a delivery shows from the register as it is now, in the
// language that channels read, and returns the complaint's version that it
// shows; of what is of a person and no case, the version that was wanted. The
// error is ErrMoot, a *Later, errNotTheirs, or one of the register's.
func (h *Handler) Render(ctx context.Context, d outbox.Delivery) (Message, int, error) {
	switch d.Payload.(type) {
	case outbox.DocumentFile, outbox.DocumentRecall:
		return h.outgoingMessage(ctx, d)
	}
	if d.Kind().Personal() {
		m, err := h.personal(ctx, d)
		return m, d.Version, err
	}
	c, err := h.Source.Case(ctx, d.Case)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return Message{}, 0, ErrMoot
	}
	if err != nil {
		return Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	if err := h.mayRead(&c, d); err != nil {
		return Message{}, 0, err
	}
	m, err := h.render(ctx, &c, d)
	if err != nil {
		return Message{}, 0, err
	}
	return m, c.Version, nil
}

// errNotTheirs keeps back what a direct message would show to somebody who has
// no rights on the case any more, or the case channel of a guarded case. It
// waits, and shows as failing, until the roster has that person again or the
// case another handler.
var errNotTheirs = errors.New("who reads this lane may not read the case")

// mayRead asks the roster again at the moment of sending: it may have changed
// since the delivery was queued. Of a nudge MayRemindNow asks the same; the messages
// about files to remove and about a handing over ask what is enough for them.
func (h *Handler) mayRead(c *workflow.Complaint, d outbox.Delivery) error {
	who, direct := d.Lane.Direct()
	if c.Guarded() && d.Lane == outbox.LaneCases {
		return fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
	}
	if !direct {
		return nil
	}
	switch d.Kind() {
	case outbox.KindReminder, outbox.KindFileRemoval, outbox.KindHandover:
		return nil
	}
	if c.Access(h.Policy.Roster, who) < workflow.AccessFull {
		return fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
	}
	return nil
}

func (h *Handler) render(ctx context.Context, c *workflow.Complaint, d outbox.Delivery) (Message, error) {
	sp := h.Texts.In(h.Language)
	switch p := d.Payload.(type) {
	case outbox.Case:
		return h.caseMessage(sp, c), nil
	case outbox.Story:
		return storyMessage(sp, c), nil
	case outbox.Line:
		if p.Action == workflow.ActionMailWaits {
			return mailMessage(sp, c, p.Action), nil
		}
		return h.deedMessage(ctx, sp, c, d)
	case outbox.LetterFailedLine:
		return mailMessage(sp, c, workflow.ActionMailFailed, h.afterFailure(sp, c, p.Letter)...), nil
	case outbox.LetterInDoubtLine:
		return mailMessage(sp, c, workflow.ActionMailDoubt, resendButton(sp, c, p.Version)), nil
	case outbox.Handover:
		return h.handoverMessage(sp, c, p)
	case outbox.ErasureOutcome:
		return h.erasureOutcome(ctx, sp, c, p, d.Version)
	case outbox.FileRemoval:
		return h.removalMessage(ctx, c, p)
	case outbox.Reminder:
		return h.nudgeMessage(ctx, sp, c, p)
	}
	return Message{}, fmt.Errorf("%w: %q", errNoRenderer, d.Kind())
}

// errNoRenderer is a payload of which no message is made.
var errNoRenderer = errors.New("nothing to render")

// deedMessage is a line in the thread: what was done, by whom, when; names
// without mentions, but for a new handler.
func (h *Handler) deedMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (Message, error) {
	deed, err := h.Source.Performed(ctx, c.ID, d.Version)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	what := sp.Say("case.did." + string(deed.Action))
	by := h.recordedBy(ctx, sp, deed.By, deed.At)
	blocks := paragraph(bold(what), words("\n"+by))
	if handsOver(deed.Action) {
		blocks = append(blocks, h.handover(sp, c)...)
	}
	return Message{Text: fallback(sp, c, what), Blocks: blocks}, nil
}

// recordedBy says who recorded something, and when; what the clock did, the bot
// did.
func (h *Handler) recordedBy(ctx context.Context, sp texts.Speaker, who roster.PersonID, at time.Time) string {
	key := "case.recorded"
	if who == roster.Clock {
		key = "case.recorded_by_bot"
	}
	return sp.Say(key, texts.Args{"Who": h.name(ctx, sp, who), "When": sp.Instant(at, h.Policy.Calendar.Location)})
}

// fallback is what a notification shows: the number and what happened,
// nothing else (design section 4).
func fallback(sp texts.Speaker, c *workflow.Complaint, what string) string {
	return sp.Say("case.fallback", texts.Args{"Number": c.Number, "What": what})
}

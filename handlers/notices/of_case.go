package notices

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// ofCase renders what a delivery shows of its case; the version is the case's.
func (h *Handler) ofCase(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	c, err := cases.CaseOf(ctx, h.source.Case, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	if err := h.mayRead(&c, d); err != nil {
		return core.Message{}, 0, err
	}
	if h.Policy.PastTerm(&c, h.Today()) {
		c = c.Shut()
	}
	m, err := h.render(ctx, &c, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	return m, c.Version, nil
}

// errNotTheirs keeps back what a direct message would show to somebody who has
// no rights on the case any more, or the case channel of a guarded case. It
// waits, and shows as failing, until the roster has that person again or the
// case another handler.
var errNotTheirs = errors.New("who reads this lane may not read the case")

// mayRead asks the roster again at the moment of sending: it may have changed
// since the delivery was queued. MayRemindNow does so for reminders; the
// messages about files to remove, about where a complaint was filed from, about a
// handover and about notices check what is enough for them.
func (h *Handler) mayRead(c *workflow.Complaint, d outbox.Delivery) error {
	who, direct := d.Lane.Direct()
	if c.Guarded() && d.Lane == outbox.LaneCases {
		return fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
	}
	if !direct {
		return nil
	}
	switch d.Kind() {
	case outbox.KindReminder, outbox.KindFileRemoval, outbox.KindHandover, outbox.KindSource, outbox.KindRepeatedNotice:
		return nil
	}
	if c.Access(h.Policy.Roster, who) < workflow.AccessFull {
		return fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
	}
	return nil
}

func (h *Handler) render(ctx context.Context, c *workflow.Complaint, d outbox.Delivery) (core.Message, error) {
	sp := h.SpeakIn(d.Lane)
	switch p := d.Payload.(type) {
	case outbox.Case:
		return h.caseMessage(ctx, sp, c, d.Reposted), nil
	case outbox.Story:
		if h.Policy.PastTerm(c, h.Today()) {
			text := sp.Say("case.term_over")
			return core.Message{Text: cases.Fallback(sp, c, sp.Say("case.story")), Blocks: []slack.Block{kit.Section(text, nil)}}, nil
		}
		return storyMessage(sp, c), nil
	case outbox.Line:
		if p.Action == workflow.ActionMailWaits {
			return mailMessage(sp, c, mailWaits), nil // of a bot of before: it names no letter
		}
		return h.lineMessage(ctx, sp, c, d)
	case outbox.LetterFailedLine:
		return mailMessage(sp, c, mailFailed, h.afterFailure(sp, c, p.Letter)...), nil
	case outbox.LetterExpiredLine:
		return mailMessage(sp, c, mailExpired, h.afterFailure(sp, c, p.Letter)...), nil
	case outbox.LetterWaitsLine:
		return mailMessage(sp, c, mailWaits, ownButton(sp, c, p.Version)), nil
	case outbox.LetterInDoubtLine:
		return mailMessage(sp, c, mailDoubt, resendButton(sp, c, p.Version)), nil
	case outbox.Handover:
		return h.handoverMessage(sp, c, p)
	case outbox.ErasureOutcome:
		return h.erasureOutcome(ctx, sp, c, p, d.Version)
	case outbox.RepeatedNotice:
		return h.repeatedNotice(sp, c, p)
	case outbox.FileRemoval:
		return h.removalMessage(ctx, c, p)
	case outbox.SourceReminder:
		return h.sourceMessage(ctx, c, p)
	case outbox.Reminder:
		return h.reminderMessage(ctx, sp, c, p)
	}
	return core.Message{}, fmt.Errorf("%w: %q", core.ErrNoRenderer, d.Kind())
}

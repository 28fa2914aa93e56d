package notices

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// sourceMessage reminds whoever filed a complaint from a message in an open
// channel that everybody can still read it there: once, on the first working day
// after that. It names the case's number and tells nothing of it. When the
// message is gone, they left, or the case does not exist for them by now, it has
// lost its reason.
func (h *Handler) sourceMessage(ctx context.Context, c *workflow.Complaint, p outbox.SourceReminder) (core.Message, error) {
	if c.Access(h.Policy.Roster, p.To) == workflow.AccessNone {
		return core.Message{}, core.ErrMoot
	}
	calendar := h.Policy.Calendar
	next := calendar.NextWindow(h.Now(), calendar.Today(c.LoggedAt).AddDays(1))
	if next.After(h.Now()) {
		return core.Message{}, &core.Later{At: next}
	}
	who, err := h.People.Person(ctx, p.To)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	if who.Standing != roster.StandingMember {
		return core.Message{}, core.ErrMoot
	}
	link, err := h.Links.Permalink(ctx, p.Channel, p.TS)
	if errors.Is(err, core.ErrNoMessage) {
		return core.Message{}, core.ErrMoot
	}
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", p.Kind(), err)
	}
	sp, about := h.SpeakTo(p.To), texts.Args{"Number": c.Number, "Channel": p.Channel}
	more := sp.Say("story.remind_more", about)
	return core.Message{Text: sp.Say("story.remind", about), Blocks: []slack.Block{kit.Section(more+story.LinkTo(sp, link), nil)}}, nil
}

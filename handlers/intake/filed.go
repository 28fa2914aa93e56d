package intake

import (
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// filedView is what the filing form becomes: the number, both dates, who
// handles the case and what happens next, so that staff can tell the caller.
// Whom the complaint concerns reads no number: for them the case does not
// exist, even when they logged it. Whom it concerns is asked of what the form
// said too, in case the register left the particulars out.
func (h *Handler) filedView(ctx context.Context, g core.Gesture, c *workflow.Complaint, filed workflow.File) slack.ModalViewRequest {
	sp := g.Speak
	var blocks []slack.Block
	if g.Who.ID == filed.Particulars.Concerns || c.Access(h.Policy.Roster, g.Who.ID) == workflow.AccessNone {
		blocks = []slack.Block{kit.Section(sp.Say("filing.done.concerned"), nil)}
	} else {
		blocks = h.filedCase(ctx, g, c)
	}
	blocks = append(blocks, h.stillStands(ctx, sp, filed.Source)...)
	return kit.Modal("logged", sp.Say("filing.done.title"), "", sp.Say("common.close"), kit.Metadata{}, blocks...)
}

// linkTime is how long the answer to a form may wait for Slack's link.
const linkTime = 700 * time.Millisecond

// stillStands says of a complaint that was filed from a message in an open
// channel that everybody can still read it there.
func (h *Handler) stillStands(ctx context.Context, sp texts.Speaker, s workflow.Source) []slack.Block {
	if s == (workflow.Source{}) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, linkTime)
	defer cancel()
	link, err := h.Links.Permalink(ctx, s.Channel, s.TS)
	if errors.Is(err, core.ErrNoMessage) {
		return nil
	}
	stands := sp.Say("story.stands", texts.Args{"Channel": s.Channel})
	return []slack.Block{kit.Section(stands+story.LinkTo(sp, link), nil)}
}

func (h *Handler) filedCase(ctx context.Context, g core.Gesture, c *workflow.Complaint) []slack.Block {
	sp := g.Speak
	blocks := append([]slack.Block{kit.Header(sp.Say("filing.done.header", texts.Args{"Number": c.Number}))}, h.ring(ctx, g, c)...)
	blocks = append(blocks, kit.Rows(h.DueRows(ctx, sp, c)...)...)
	for _, flag := range h.flags(sp, c) {
		blocks = append(blocks, kit.Section(flag, nil))
	}
	if c.Owner != "" {
		return append(blocks, kit.Section(sp.Say("filing.done.next"), nil))
	}
	blocks = append(blocks, kit.Section(sp.Say("filing.done.nobody"), nil))
	return append(blocks, kit.Rows(kit.Row{Label: sp.Say("filing.done.outside"), Text: h.Firm.OutsideContact})...)
}

// flags are the remarks that a case carries from its registration (R1, R5).
func (h *Handler) flags(sp texts.Speaker, c *workflow.Complaint) []string {
	var all []string
	if c.LateLogged {
		all = append(all, sp.Say("filing.flag.late"))
	}
	if c.OutOfTime {
		all = append(all, sp.Say("filing.flag.out_of_time", texts.Args{"Days": sp.Days(h.Policy.Terms.ComplainDays)}))
	}
	return all
}

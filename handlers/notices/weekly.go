package notices

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

const (
	maxWeekly  = 150 // promises that a weekly digest lists
	inOneBlock = 25  // of its lines
)

// weeklyMessage lists for a director what is overdue: number, promise and days
// late, nothing else. Where that is more than it lists, it says how many
// complaints are late.
func (h *Handler) weeklyMessage(ctx context.Context, sp texts.Speaker, o sending, d outbox.Delivery) (core.Message, error) {
	lines, more, err := h.weeklyLines(ctx, sp, o, d)
	if err != nil {
		return core.Message{}, err
	}
	if len(lines) == 0 || o.Roster.Presence.Gone[d.Recipient()] {
		return core.Message{}, core.ErrMoot
	}
	intro := sp.Say("weekly.intro")
	blocks := []slack.Block{kit.Section("*"+intro+"*", nil)}
	for part := range slices.Chunk(lines, inOneBlock) {
		blocks = append(blocks, kit.Section(strings.Join(part, "\n"), nil))
	}
	if more {
		n, err := h.rounds.DigestCases(ctx, d)
		if err != nil {
			return core.Message{}, fmt.Errorf("render weekly digest: %w", err)
		}
		blocks = append(blocks, kit.Remark(sp.Say("weekly.more", texts.Args{"Count": n})))
	}
	return core.Message{Text: intro, Blocks: blocks}, nil
}

// weeklyLines reads as many lines as the message has; more says that there are
// others.
func (h *Handler) weeklyLines(ctx context.Context, sp texts.Speaker, o sending, d outbox.Delivery) (lines []string, more bool, err error) {
	for item, err := range h.rounds.DigestItems(ctx, d) {
		if err != nil {
			return nil, false, fmt.Errorf("render weekly digest: %w", err)
		}
		if len(lines) == maxWeekly {
			return lines, true, nil
		}
		c, err := h.source.Case(ctx, item.Case)
		if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			continue
		}
		if err != nil {
			return nil, false, fmt.Errorf("render weekly digest: %w", err)
		}
		for _, w := range o.Overdue(&c, d.Recipient(), o.today()) {
			if w.Kind == item.Watch {
				lines = append(lines, overviewLine(sp, reminder{Watch: w, c: &c, to: d.Recipient()}, o.today()))
			}
		}
	}
	return lines, false, nil
}

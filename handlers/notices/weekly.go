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
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	maxWeekly  = 150 // promises that a weekly digest lists
	inOneBlock = 25  // of its lines
)

// weeklyMessage lists for a director what is overdue: number, promise and days
// late, nothing else.
func (h *Handler) weeklyMessage(ctx context.Context, sp texts.Speaker, o sending, to roster.PersonID, items []outbox.DigestItem) (core.Message, error) {
	lines, err := h.weeklyLines(ctx, sp, o, to, items)
	if err != nil {
		return core.Message{}, err
	}
	if len(lines) == 0 || o.Roster.Presence.Gone[to] {
		return core.Message{}, core.ErrMoot
	}
	intro := sp.Say("weekly.intro")
	blocks := []slack.Block{kit.Section("*"+intro+"*", nil)}
	for part := range slices.Chunk(lines[:min(len(lines), maxWeekly)], inOneBlock) {
		blocks = append(blocks, kit.Section(strings.Join(part, "\n"), nil))
	}
	if more := len(lines) - maxWeekly; more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("weekly.more", texts.Args{"Count": more})))
	}
	return core.Message{Text: intro, Blocks: blocks}, nil
}

func (h *Handler) weeklyLines(ctx context.Context, sp texts.Speaker, o sending, to roster.PersonID, items []outbox.DigestItem) ([]string, error) {
	var lines []string
	for _, item := range items {
		c, err := h.source.Case(ctx, item.Case)
		if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("render weekly digest: %w", err)
		}
		for _, w := range o.Overdue(&c, to, o.today()) {
			if w.Kind == item.Watch {
				lines = append(lines, overviewLine(sp, reminder{Watch: w, c: &c, to: to}, o.today()))
			}
		}
	}
	return lines, nil
}

package notices

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// maxDigest is how many cases a digest shows: Slack takes 50 blocks, of which
// six are for the introduction, three headings and two remarks.
const maxDigest = 44

// digest renders a message about several cases.
func (h *Handler) digest(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	o, err := h.sending(ctx)
	if err != nil {
		return core.Message{}, d.Version, err
	}
	if err := h.AwaitWindow(); err != nil {
		return core.Message{}, d.Version, err
	}
	items, err := h.rounds.DigestItems(ctx, d)
	if err != nil {
		return core.Message{}, d.Version, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	show, sp := h.digestMessage, h.Texts.In(h.Language)
	if d.Kind() == outbox.KindWeeklyDigest {
		show = h.weeklyMessage
	}
	m, err := show(ctx, sp, o, d.Recipient(), items)
	return m, d.Version, err
}

// digestLine is what a digest says of one case.
type digestLine []reminder

// left is how many days are left for what presses most; a question, or a hold
// to review, counts as today's.
func (l digestLine) left(today calendar.Date) int {
	left := 0
	for i, r := range l {
		days := 0
		if r.Promised() || r.Kind == workflow.WatchRetention {
			days = r.Due.DaysSince(today)
		}
		if i == 0 || days < left {
			left = days
		}
	}
	return left
}

// digestMessage is a morning's reminders in one message: a line a case with a
// button, what presses most first. What was settled since is left out.
func (h *Handler) digestMessage(ctx context.Context, sp texts.Speaker, o sending, to roster.PersonID, items []outbox.DigestItem) (core.Message, error) {
	lines, err := h.digestLines(ctx, o, to, items)
	if err != nil {
		return core.Message{}, err
	}
	if len(lines) == 0 {
		return core.Message{}, core.ErrMoot
	}
	today := o.today()
	slices.SortStableFunc(lines, func(a, b digestLine) int { return a.left(today) - b.left(today) })
	intro := sp.Say("digest.intro", texts.Args{"Count": len(lines)})
	blocks := append([]slack.Block{kit.Section(intro, nil)}, digestBlocks(sp, lines[:min(len(lines), maxDigest)], today)...)
	if more := len(lines) - maxDigest; more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("digest.more", texts.Args{"Count": more})))
	}
	if slices.ContainsFunc(lines, digestLine.missed) {
		blocks = append(blocks, outageRemark(sp, o))
	}
	return core.Message{Text: intro, Blocks: blocks}, nil
}

// digestLines reads every case of the items anew.
func (h *Handler) digestLines(ctx context.Context, o sending, to roster.PersonID, items []outbox.DigestItem) ([]digestLine, error) {
	var order []workflow.CaseID
	lines := map[workflow.CaseID]digestLine{}
	for _, item := range items {
		c, err := h.source.Case(ctx, item.Case)
		if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("render digest: %w", err)
		}
		r, err := o.remind(&c, item.Watch, to)
		switch {
		case errors.Is(err, core.ErrMoot):
			continue
		case err != nil:
			return nil, err
		case lines[c.ID] == nil:
			order = append(order, c.ID)
		}
		lines[c.ID] = append(lines[c.ID], r)
	}
	all := make([]digestLine, len(order))
	for i, id := range order {
		all[i] = lines[id]
	}
	return all, nil
}

func (l digestLine) missed() bool {
	return slices.ContainsFunc(l, func(r reminder) bool { return r.missed && r.full })
}

// digestBlocks puts sorted lines under headings.
func digestBlocks(sp texts.Speaker, lines []digestLine, today calendar.Date) []slack.Block {
	var blocks []slack.Block
	heading := ""
	for _, l := range lines {
		if group := digestGroup(l.left(today)); group != heading {
			heading = group
			title := sp.Say("digest.group." + group)
			blocks = append(blocks, kit.Section("*"+title+"*", nil))
		}
		blocks = append(blocks, l.block(sp, today))
	}
	return blocks
}

func digestGroup(left int) string {
	switch {
	case left < 0:
		return "late"
	case left == 0:
		return "today"
	}
	return "soon"
}

// block is the line, with the dossier, or, where it says no more than that the
// case is going to be erased, what stops that. A director reads number, promise
// and days, and gets no button but for a decision that is theirs.
func (l digestLine) block(sp texts.Speaker, today calendar.Date) slack.Block {
	var parts []string
	for _, r := range l {
		if !r.full {
			parts = append(parts, overviewLine(sp, r, today))
			continue
		}
		parts = append(parts, sp.Say("digest.part", texts.Args{
			"What": sp.Say("reminder." + string(r.Kind)), "When": daysLeft(sp, r.Watch, today),
		}))
	}
	c := l[0].c
	if !l[0].full {
		return kit.Section(strings.Join(parts, "\n"), l.decision(sp))
	}
	line := sp.Say("digest.line", texts.Args{"Number": c.Number, "Parts": strings.Join(parts, "; ")})
	if decide := l.decision(sp); decide != nil {
		return kit.Section(line, decide)
	}
	offer := workflow.ActionDossier
	if len(l) == 1 && l[0].Kind == workflow.WatchRetention {
		offer = workflow.ActionHold
	}
	return kit.Section(line, cases.ActionButton(sp, c, offer, false))
}

// decision leads to an erasure that waits for this person's word, a director's
// too; nil when the line asks for none.
func (l digestLine) decision(sp texts.Speaker) slack.BlockElement {
	if len(l) != 1 || l[0].Kind != workflow.WatchErasure {
		return nil
	}
	return cases.ActionButton(sp, l[0].c, workflow.ActionEraseConfirm, false)
}

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
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	maxWeekly  = 80 // promises that a weekly digest lists: a message takes some 13,000 characters
	inOneBlock = 20 // of its lines
)

// weeklyMessage lists for a director what is overdue: number, what it is about,
// promise and days late, nothing else; and says what is expected of them.
func (h *Handler) weeklyMessage(ctx context.Context, sp texts.Speaker, o sending, d outbox.Delivery) (core.Message, error) {
	list, err := h.weekly(ctx, sp, o, d.Recipient(), "weekly.intro", nil)
	if err != nil {
		return core.Message{}, err
	}
	if len(list.blocks) == 0 {
		return core.Message{}, core.ErrMoot
	}
	return core.Message{Text: sp.Say("weekly.intro"), Blocks: append(list.blocks, expected(sp, list.guarded))}, nil
}

// weeklyList is the blocks of what is overdue; guarded says that one of the cases is.
type weeklyList struct {
	blocks  []slack.Block
	guarded bool
}

// weekly is what is overdue but for what was said already, under a heading; nothing for
// who left. Where that is more than it lists, it says how many complaints are late.
func (h *Handler) weekly(ctx context.Context, sp texts.Speaker, o sending, to roster.PersonID, heading string, said map[outbox.DigestItem]bool) (list weeklyList, err error) {
	d := outbox.Delivery{Payload: outbox.WeeklyDigest{To: to}}
	lines, more, err := h.weeklyLines(ctx, sp, o, d, said)
	if err != nil || len(lines) == 0 || o.Roster.Presence.Gone[to] {
		return list, err
	}
	title := sp.Say(heading)
	list.blocks = []slack.Block{kit.Section("*"+title+"*", nil)}
	for part := range slices.Chunk(lines, inOneBlock) {
		var all []string
		for _, l := range part {
			all, list.guarded = append(all, l.text), list.guarded || l.guarded
		}
		list.blocks = append(list.blocks, kit.Section(strings.Join(all, "\n"), nil))
	}
	if more {
		n, err := h.rounds.DigestCases(ctx, d)
		if err != nil {
			return list, fmt.Errorf("render weekly digest: %w", err)
		}
		list.blocks = append(list.blocks, kit.Remark(sp.Say("weekly.more", texts.Args{"Count": n})))
	}
	return list, nil
}

// weeklyLine is what the list says of a promise.
type weeklyLine struct {
	text    string
	guarded bool
}

// weeklyLines reads as many lines as the message has; more says that there are
// others.
func (h *Handler) weeklyLines(ctx context.Context, sp texts.Speaker, o sending, d outbox.Delivery, said map[outbox.DigestItem]bool) (lines []weeklyLine, more bool, err error) {
	for item, err := range h.rounds.DigestItems(ctx, d) {
		if err != nil {
			return nil, false, fmt.Errorf("render weekly digest: %w", err)
		}
		if said[item] {
			continue
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
				r := reminder{Watch: w, c: &c, to: d.Recipient(), about: o.about(&c, c.Access(o.Roster, d.Recipient()))}
				lines = append(lines, weeklyLine{overviewLine(sp, r, o.today()), c.Guarded()})
			}
		}
	}
	return lines, false, nil
}

// firstNotices are the lines that tell a director for the first time that something is
// overdue, under a heading of their own, and the lines beside them.
func firstNotices(sp texts.Speaker, lines []digestLine, today calendar.Date) (blocks []slack.Block, rest []digestLine) {
	var first []string
	for _, l := range lines {
		if slices.ContainsFunc(l, func(r reminder) bool { return !r.first(today) }) {
			rest = append(rest, l)
			continue
		}
		for _, r := range l {
			first = append(first, overviewLine(sp, r, today))
		}
	}
	if len(first) == 0 {
		return nil, lines
	}
	title := sp.Say("digest.group.new")
	blocks = []slack.Block{kit.Section("*"+title+"*", nil)}
	for part := range slices.Chunk(first, inOneBlock) {
		blocks = append(blocks, kit.Section(strings.Join(part, "\n"), nil))
	}
	return blocks, rest
}

// forDirector adds to a digest what was overdue before, where the weekly digest comes
// with it, and what is expected of a director who reads of what is overdue.
func (h *Handler) forDirector(ctx context.Context, sp texts.Speaker, o sending, p outbox.Digest, lines []digestLine, blocks []slack.Block) ([]slack.Block, error) {
	reads, guarded, said := false, false, map[outbox.DigestItem]bool{}
	for _, l := range lines {
		for _, r := range l {
			said[outbox.DigestItem{Case: r.c.ID, Watch: r.Kind}] = true
			if r.first(o.today()) {
				reads, guarded = true, guarded || r.c.Guarded()
			}
		}
	}
	var list weeklyList
	if p.Weekly {
		var err error
		if list, err = h.weekly(ctx, sp, o, p.To, "weekly.earlier", said); err != nil {
			return nil, err
		}
	}
	if list.guarded = list.guarded || guarded; reads || len(list.blocks) > 0 {
		list.blocks = append(list.blocks, expected(sp, list.guarded))
	}
	return append(blocks, list.blocks...), nil
}

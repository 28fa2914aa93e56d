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

// besideWeekly is how many it shows where the weekly digest stands in it too.
const besideWeekly = 34

// digest renders a message about several cases.
func (h *Handler) digest(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	o, err := h.sending(ctx)
	if err != nil {
		return core.Message{}, d.Version, err
	}
	if err := h.AwaitWindow(); err != nil {
		return core.Message{}, d.Version, err
	}
	show, sp := h.digestMessage, h.SpeakIn(d.Lane)
	if d.Kind() == outbox.KindWeeklyDigest {
		show = h.weeklyMessage
	}
	m, err := show(ctx, sp, o, d)
	return m, d.Version, err
}

// digestLine is what a digest says of one case.
type digestLine []reminder

// lastNotice is how many days there are at least between the announcement of an
// erasure and the erasure (R10).
const lastNotice = 7

// left is how many days are left for what presses most; a question, or a hold
// to review, counts as today's.
func (l digestLine) left(today calendar.Date) int {
	left := 0
	for i, r := range l {
		days := 0
		switch {
		case pastTerm(r.Watch, today):
			days = lastNotice
		case r.Promised() || r.Kind == workflow.WatchRetention:
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
func (h *Handler) digestMessage(ctx context.Context, sp texts.Speaker, o sending, d outbox.Delivery) (core.Message, error) {
	lines, more, err := h.digestLines(ctx, o, d)
	if err != nil {
		return core.Message{}, fmt.Errorf("render digest: %w", err)
	}
	p, ok := d.Payload.(outbox.Digest)
	if len(lines) == 0 && ok && p.Weekly {
		return h.weeklyMessage(ctx, sp, o, d)
	}
	if len(lines) == 0 {
		return core.Message{}, core.ErrMoot
	}
	today := o.today()
	slices.SortStableFunc(lines, func(a, b digestLine) int { return a.left(today) - b.left(today) })
	intro := sp.Say("digest.intro", texts.Args{"Count": len(lines) + more})
	blocks := append([]slack.Block{kit.Section(intro, nil)}, digestBlocks(sp, lines, today)...)
	if more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("digest.more", texts.Args{"Count": more})))
	}
	if slices.ContainsFunc(lines, digestLine.missed) {
		blocks = append(blocks, outageRemark(sp, o))
	}
	if blocks, err = h.forDirector(ctx, sp, o, p, lines, blocks); err != nil {
		return core.Message{}, err
	}
	return core.Message{Text: intro, Blocks: blocks, Announces: o.announcesAll(lines)}, nil
}

func (o sending) announcesAll(lines []digestLine) (all []outbox.Announcement) {
	for _, l := range lines {
		for _, r := range l {
			all = append(all, o.announces(r)...)
		}
	}
	return all
}

// digestLines reads as many cases as the message shows, each anew, and counts
// those that it did not look at.
func (h *Handler) digestLines(ctx context.Context, o sending, d outbox.Delivery) (lines []digestLine, more int, err error) {
	most := maxDigest
	if p, ok := d.Payload.(outbox.Digest); ok && p.Weekly {
		most = besideWeekly
	}
	at := map[workflow.CaseID]int{} // line of a case, -1 for none
	for item, err := range h.rounds.DigestItems(ctx, d) {
		if err != nil {
			return nil, 0, err
		}
		i, seen := at[item.Case]
		if !seen && len(lines) == most {
			total, err := h.rounds.DigestCases(ctx, d)
			return lines, max(total-len(at), 1), err
		}
		r, err := h.digestReminder(ctx, o, item, d.Recipient())
		switch {
		case errors.Is(err, core.ErrMoot):
			if !seen {
				at[item.Case] = -1
			}
		case err != nil:
			return nil, 0, err
		case seen && i >= 0:
			lines[i] = append(lines[i], r)
		case len(lines) < most:
			at[item.Case] = len(lines)
			lines = append(lines, digestLine{r})
		}
	}
	return lines, 0, nil
}

// digestReminder is what is to be said now of an item. The error is ErrMoot when
// that is nothing any more.
func (h *Handler) digestReminder(ctx context.Context, o sending, item outbox.DigestItem, to roster.PersonID) (reminder, error) {
	c, err := h.source.Case(ctx, item.Case)
	if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
		return reminder{}, core.ErrMoot
	}
	if err != nil {
		return reminder{}, err
	}
	return o.remind(&c, item.Watch, to)
}

func (l digestLine) missed() bool {
	return slices.ContainsFunc(l, func(r reminder) bool { return r.missed && r.full })
}

// digestBlocks puts sorted lines under headings.
func digestBlocks(sp texts.Speaker, lines []digestLine, today calendar.Date) []slack.Block {
	blocks, lines := firstNotices(sp, lines, today)
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
			"What": r.what(sp), "When": daysLeft(sp, r.Watch, today),
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

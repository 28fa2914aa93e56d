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
// seven are for the introduction, three headings, two remarks and the offerings with
// several complaints.
const maxDigest = 43

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
	all, err := h.readDigest(ctx, o, d)
	if err != nil {
		return core.Message{}, fmt.Errorf("render digest: %w", err)
	}
	p, ok := d.Payload.(outbox.Digest)
	switch {
	case len(all.lines) > 0:
	case all.later != nil:
		return core.Message{}, all.later
	case ok && p.Weekly:
		return h.weeklyMessage(ctx, sp, o, d)
	default:
		return core.Message{}, core.ErrMoot
	}
	today := o.today()
	slices.SortStableFunc(all.lines, func(a, b digestLine) int { return a.left(today) - b.left(today) })
	intro := sp.Say("digest.intro", texts.Args{"Count": len(all.lines) + all.more})
	blocks := append([]slack.Block{kit.Section(intro, nil)}, o.digestBlocks(sp, all.lines)...)
	if all.more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("digest.more", texts.Args{"Count": all.more})))
	}
	if len(all.repeats) > 0 {
		blocks = append(blocks, kit.Section(strings.Join(all.repeats, "\n"), nil))
	}
	if slices.ContainsFunc(all.lines, digestLine.missed) {
		blocks = append(blocks, outageRemark(sp, o))
	}
	if blocks, err = h.forDirector(ctx, sp, o, p, all.lines, blocks); err != nil {
		return core.Message{}, err
	}
	return core.Message{Text: intro, Blocks: blocks, Announces: o.announcesAll(all.lines)}, nil
}

// digestContent is what a digest says: of so many cases a line each, how many more
// there are, and on which offerings several complaints came. Later is when to look again
// at what was asked for on a day that is still to come.
type digestContent struct {
	lines   []digestLine
	more    int
	repeats []string
	later   *core.Later
}

func (o sending) announcesAll(lines []digestLine) (all []outbox.Announcement) {
	for _, l := range lines {
		for _, r := range l {
			all = append(all, o.announces(r)...)
		}
	}
	return all
}

// readDigest reads as many cases as the message shows, each anew, and counts those
// that it did not look at.
func (h *Handler) readDigest(ctx context.Context, o sending, d outbox.Delivery) (all digestContent, err error) {
	most := maxDigest
	if p, ok := d.Payload.(outbox.Digest); ok && p.Weekly {
		most = besideWeekly
	}
	at := map[workflow.CaseID]int{} // line of a case, -1 for none
	for item, err := range h.rounds.DigestItems(ctx, d) {
		if err != nil {
			return all, err
		}
		if item.Watch == outbox.ItemRepeats {
			if err := h.addRepeats(ctx, &all, item.Case, d); err != nil {
				return all, err
			}
			continue
		}
		i, seen := at[item.Case]
		if !seen && len(all.lines) == most {
			total, err := h.rounds.DigestCases(ctx, d)
			all.more = max(total-len(at), 1)
			return all, err
		}
		r, err := h.digestReminder(ctx, o, item, d.Recipient())
		switch {
		case errors.Is(err, core.ErrMoot), errors.As(err, &all.later):
			if !seen {
				at[item.Case] = -1
			}
		case err != nil:
			return all, err
		case seen && i >= 0:
			all.lines[i] = append(all.lines[i], r)
		case len(all.lines) < most:
			at[item.Case] = len(all.lines)
			all.lines = append(all.lines, digestLine{r})
		}
	}
	return all, nil
}

// addRepeats adds how many complaints came on the offering of a case. It is said to
// one person only, in their direct messages: the number counts what they may know of.
func (h *Handler) addRepeats(ctx context.Context, all *digestContent, id workflow.CaseID, d outbox.Delivery) error {
	n, err := h.rounds.Repeats(ctx, id, d.Recipient())
	if err != nil || n.Count == 0 {
		return err
	}
	all.repeats = append(all.repeats, h.SpeakIn(d.Lane).Say("digest.repeats", texts.Args{
		"Count": n.Count, "Offering": kit.Escape(n.Offering), "Days": workflow.RepeatDays,
	}))
	return nil
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
func (o sending) digestBlocks(sp texts.Speaker, lines []digestLine) []slack.Block {
	today := o.today()
	blocks, lines := firstNotices(sp, lines, today)
	heading := ""
	for _, l := range lines {
		if group := digestGroup(l.left(today)); group != heading {
			heading = group
			title := sp.Say("digest.group." + group)
			blocks = append(blocks, kit.Section("*"+title+"*", nil))
		}
		blocks = append(blocks, o.lineBlock(sp, l))
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

// lineBlock is the line, with what the case is about and the dossier, or, where it says
// no more than that the case is going to be erased, what stops that. A director reads
// number, promise and days, and gets no button but for a decision that is theirs.
func (o sending) lineBlock(sp texts.Speaker, l digestLine) slack.Block {
	c := l[0].c
	if !l[0].full {
		var parts []string
		for _, r := range l {
			parts = append(parts, overviewLine(sp, r, o.today()))
		}
		return kit.Section(strings.Join(parts, "\n"), l.decision(sp))
	}
	line := sp.Say("digest.line", texts.Args{"Number": c.Number, "Parts": strings.Join(o.parts(sp, l), "; ")})
	if also := o.alsoLate(sp, l); len(also) > 0 {
		also := sp.Say("digest.also", texts.Args{"Parts": strings.Join(also, "; ")})
		line += "\n" + also
	}
	if about := cases.About(sp, c); about != "" && !o.PastTerm(c, o.today()) {
		line += "\n" + about
	}
	if decide := l.decision(sp); decide != nil {
		return kit.Section(line, decide)
	}
	offer := workflow.ActionDossier
	if len(l) == 1 && l[0].Kind == workflow.WatchRetention {
		offer = workflow.ActionHold
	}
	return kit.Section(line, cases.ActionButton(sp, c, offer, false))
}

// parts are what the line reminds of.
func (o sending) parts(sp texts.Speaker, l digestLine) (all []string) {
	for _, r := range l {
		all = append(all, o.part(sp, r))
	}
	return all
}

func (o sending) part(sp texts.Speaker, r reminder) string {
	return sp.Say("digest.part", texts.Args{"What": r.what(sp), "When": daysLeft(sp, r.Watch, o.today())})
}

// alsoLate are the promises of the case that are late and of which the line does not
// remind.
func (o sending) alsoLate(sp texts.Speaker, l digestLine) (all []string) {
	for _, w := range o.Watches(l[0].c, o.today()) {
		said := slices.ContainsFunc(l, func(r reminder) bool { return r.Kind == w.Kind })
		promise := slices.Contains(workflow.PromiseKinds(), workflow.PromiseKind(w.Kind.Base()))
		if promise && w.Overdue(o.today()) && !said {
			all = append(all, o.part(sp, reminder{Watch: w, c: l[0].c}))
		}
	}
	return all
}

// decision leads to an erasure that waits for this person's word, a director's
// too; nil when the line asks for none.
func (l digestLine) decision(sp texts.Speaker) slack.BlockElement {
	if len(l) != 1 || l[0].Kind != workflow.WatchErasure {
		return nil
	}
	return cases.ActionButton(sp, l[0].c, workflow.ActionEraseConfirm, false)
}

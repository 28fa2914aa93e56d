package remedy

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

var zeroDate calendar.Date

func entry(number int) string { return strconv.Itoa(number) }

// number reads entry; 0 for what is none.
func number(entry string) int {
	n, err := strconv.Atoi(entry)
	if err != nil {
		return 0
	}
	return n
}

// task shows whoever sees to a remedy its number, what was promised and by when,
// and nothing else of the case.
func (h *Handler) task(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	p := d.Payload.(outbox.Remedy)
	c, err := cases.CaseOf(ctx, h.reader.Case, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	sp := h.SpeakIn(d.Lane)
	r, err := h.reader.Remedy(ctx, d.Case, p.Remedy, p.To)
	hidden := workflow.Refused(err) != nil
	if err != nil && !hidden {
		return core.Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	t := cases.Task{Over: sp.Say("remedy.task.over")}
	switch {
	case hidden || !r.Open():
	case !r.Reported.IsZero():
		t.Over = sp.Say("remedy.task.reported", texts.Args{"Date": sp.Date(r.Reported)})
	case !h.Roster(ctx).Presence.Gone[p.To]:
		t.Show = func() core.Message { return h.taskMessage(sp, &c, r) }
	}
	return t.Message(sp, &c, d)
}

func (h *Handler) taskMessage(sp texts.Speaker, c *workflow.Complaint, t workflow.RemedyTask) core.Message {
	title := sp.Say("remedy.task", texts.Args{"Number": t.Case})
	blocks := []slack.Block{kit.Section(kit.Strong(title), nil)}
	blocks = append(blocks, taskBlocks(sp, t)...)
	blocks = append(blocks, kit.Remark(sp.Say("remedy.task.secret")), kit.Buttons(kit.RefTo(c).String(), cases.RemedyDoneButton(sp, t.Number)))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("remedy.task.fallback")), Blocks: blocks}
}

// taskBlocks are what was promised, and by when.
func taskBlocks(sp texts.Speaker, t workflow.RemedyTask) []slack.Block {
	rows := []kit.Row{{Label: sp.Say("remedy.kind"), Text: kit.Choice(sp, "remedy_kind", t.Subject)}}
	if t.Amount > 0 {
		rows = append(rows, kit.Row{Label: sp.Say("action.remedy_amount"), Text: sp.Euros(t.Amount)})
	}
	rows = append(rows, kit.Row{Label: sp.Say("action.remedy_date"), Text: sp.Date(t.Due)})
	return append(kit.Rows(rows...), kit.Prose(sp.Say("remedy.what"), t.Text.Reveal())...)
}

// errSettled is that there is nothing to report any more.
var errSettled = workflow.Refusals{{Code: workflow.CodeRemedySettled}}

// openReport asks when it was done, and if they like how.
func (h *Handler) openReport(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	asked := workflow.WatchKind(g.Value)
	t, err := h.reader.Remedy(reading, g.Ref.Case, asked.Remedy(), g.Who.ID)
	switch {
	case err != nil:
		return err
	case !t.Open() || !t.Reported.IsZero():
		return errSettled
	}
	m := kit.Metadata{Case: g.Ref.Case, Version: g.Ref.Version, Nonce: h.Nonce(), What: asked}
	blocks := append([]slack.Block{kit.Section(kit.Strong(g.Speak.Say("remedy.report", texts.Args{"Number": t.Case})), nil)}, taskBlocks(g.Speak, t)...)
	how := kit.Input{
		ID: "reason", Label: g.Speak.Say("remedy.how"), Hint: g.Speak.Say("remedy.how.hint"), Element: kit.Area(""), Optional: true,
	}
	blocks = append(blocks, cases.Field(g, "date", kit.Day(h.Today())), how.Block())
	return h.Show(ctx, g, kit.Modal(string(workflow.ActionRemedyDone), g.Speak.Say("action.remedy_done.title"),
		g.Speak.Say("action.submit"), g.Speak.Say("common.cancel"), m, blocks...))
}

func (h *Handler) submitReport(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	return h.CarryOut(ctx, g, workflow.ReportRemedy{
		Entry: g.Metadata().What.Remedy(), Date: v.Date("date"), Reason: kit.Typed(v, "reason"),
	})
}

// errNotTheirs keeps back what somebody may not read any more.
var errNotTheirs = errors.New("who reads this lane may not read of the remedy")

// news says what became of a remedy, to who handles the case, or, of one that was
// not kept, also to a director. Once it is settled, a report has lost its reason.
func (h *Handler) news(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	c, err := cases.CaseOf(ctx, h.reader.Case, d)
	if err != nil {
		return core.Message{}, 0, err
	}
	access := c.Access(h.Roster(ctx), d.Recipient())
	sp := h.SpeakIn(d.Lane)
	switch p := d.Payload.(type) {
	case outbox.RemedyReported:
		r, ok := c.Remedy(p.Remedy)
		switch {
		case !ok || !r.Open() || r.Reported.IsZero():
			return core.Message{}, 0, core.ErrMoot
		case access < workflow.AccessFull:
			return core.Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
		}
		return h.reportedMessage(ctx, sp, &c, r, p), c.Version, nil
	case outbox.RemedyNotKept:
		r, ok := c.Remedy(p.Remedy)
		switch {
		case !ok:
			return core.Message{}, 0, core.ErrMoot
		case access < workflow.AccessOverview:
			return core.Message{}, 0, fmt.Errorf("render %s: %w", d.Kind(), errNotTheirs)
		}
		text := sp.Say("remedy.not_kept", texts.Args{"Number": c.Number, "Date": sp.Date(r.Due)})
		return core.Message{Text: cases.Fallback(sp, &c, sp.Say("remedy.not_kept.fallback")), Blocks: []slack.Block{kit.Section(text, nil)}}, c.Version, nil
	}
	return core.Message{}, 0, fmt.Errorf("%w: %q", core.ErrNoRenderer, d.Kind())
}

// reportedMessage names whoever said so without a mention, and has the owner
// record it. How it was done stands in the dossier.
func (h *Handler) reportedMessage(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, r workflow.Remedy, p outbox.RemedyReported) core.Message {
	text := sp.Say("remedy.reported.line", texts.Args{
		"Who": "<@" + string(p.To) + ">", "Number": c.Number, "By": kit.Escape(h.Name(ctx, sp, r.Handler)),
		"Kind": kit.Choice(sp, "remedy_kind", r.Subject), "Date": sp.Date(r.Reported),
	})
	buttons := kit.Buttons(kit.RefTo(c).String(), cases.RemedyButton(sp, r.Number), cases.ActionButton(sp, c, workflow.ActionDossier, false))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("remedy.reported.fallback")), Blocks: []slack.Block{kit.Section(text, nil), buttons}}
}

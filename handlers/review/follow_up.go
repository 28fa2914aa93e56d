package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// The buttons of a recommendation; the second is also the callback id of its
// modal. Their value is the recommendation's id.
const (
	recommendationDone = "recommendation_done"
	recommendationDate = "recommendation_date"
)

// recommendationMessage asks who sees to a recommendation whether it was done.
func (h *followUps) recommendationMessage(ctx context.Context, id string, who roster.PersonID) (core.Message, error) {
	r, err := h.openRecommendation(ctx, id, who)
	if err != nil {
		return core.Message{}, err
	}
	if h.Today().Before(r.Due) { // it was put off
		return core.Message{}, core.ErrMoot
	}
	sp := h.SpeakTo(who)
	due := sp.Date(r.Due)
	if r.Due.Before(h.Today()) {
		due = strings.Join([]string{due, sp.Say("quarter.overdue")}, " ")
	}
	facts := []kit.Row{{Label: sp.Say("recommendation.due"), Text: due}}
	if who != r.Owner {
		facts = append(facts, kit.Row{Label: sp.Say("recommendation.owner"), Text: h.Name(ctx, sp, r.Owner)})
	}
	return recommendationBlock(sp, r, sp.Say("recommendation.reminder", named(r.Quarter)), kit.Rows(facts...)...), nil
}

// askedMessage asks somebody to see to a recommendation, and says by when. From
// that day on the reminder does.
func (h *followUps) askedMessage(ctx context.Context, id string, who roster.PersonID) (core.Message, error) {
	r, err := h.openRecommendation(ctx, id, who)
	if err != nil {
		return core.Message{}, err
	}
	if who != r.Owner || !h.Today().Before(r.Due) {
		return core.Message{}, core.ErrMoot
	}
	sp := h.SpeakTo(who)
	about := named(r.Quarter)
	about["Who"] = kit.Escape(h.Name(ctx, sp, r.By))
	title := sp.Say("recommendation.asked", texts.Args{"Date": sp.Date(r.Due)})
	return recommendationBlock(sp, r, title, kit.Remark(sp.Say("recommendation.asked.by", about))), nil
}

// openRecommendation returns a recommendation that is open, for who hears of
// it; else ErrMoot.
func (h *followUps) openRecommendation(ctx context.Context, id string, who roster.PersonID) (review.Recommendation, error) {
	r, err := h.reviews.Recommendation(ctx, id)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoRecommendation):
		return r, core.ErrMoot
	case err != nil:
		return r, fmt.Errorf("render recommendation: %w", err)
	case !r.Open(), !slices.Contains(r.Recipients(h.Roster(ctx)), who):
		return r, core.ErrMoot
	}
	return r, nil
}

// recommendationBlock shows a recommendation between a title and what is to be
// known of it, with the buttons of who sees to it.
func recommendationBlock(sp texts.Speaker, r review.Recommendation, title string, below ...slack.Block) core.Message {
	blocks := append([]slack.Block{kit.Section(kit.Strong(title), nil)}, kit.Prose("", r.Text.Reveal())...)
	blocks = append(blocks, below...)
	return core.Message{Text: title, Blocks: append(blocks, kit.Buttons("", recommendationActions(sp, r, slack.StylePrimary)...))}
}

// recommendationActions are the buttons of who may say what becomes of a
// recommendation. That it was done can't be taken back, so Slack asks first.
func recommendationActions(sp texts.Speaker, r review.Recommendation, style slack.Style) []slack.BlockElement {
	done := kit.Button(recommendationDone, r.ID, sp.Say("recommendation.done"), style)
	done.Confirm = slack.NewConfirmationBlockObject(
		kit.Plain(sp.Say("recommendation.done.title")), kit.Plain(sp.Say("recommendation.done.sure")),
		kit.Plain(sp.Say("recommendation.done")), kit.Plain(sp.Say("common.cancel")))
	return []slack.BlockElement{done, kit.Button(recommendationDate, r.ID, sp.Say("recommendation.date"), slack.StyleDefault)}
}

// recommendationButtons offers, below the figures, to say what became of each
// open recommendation that the person may finish. What stands out there is to
// record one.
func (h *Handler) recommendationButtons(ctx context.Context, g core.Gesture, f figures) ([]slack.Block, error) {
	open, _, err := h.recommendations(ctx, f, g.Who.ID)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	for _, r := range open[:min(len(open), maxOpenRecommendations)] {
		if r.MayFinish(g.Who.ID, h.Policy.Roster) {
			text := slack.NewSectionBlock(kit.Plain(kit.Cut(r.Text.Reveal(), kit.MaxLabel)), nil, nil)
			blocks = append(blocks, text, kit.Buttons("", recommendationActions(g.Speak, r, slack.StyleDefault)...))
		}
	}
	if blocks != nil {
		blocks = append([]slack.Block{slack.NewDividerBlock(), kit.Section(kit.Strong(g.Speak.Say("recommendation.update")), nil)}, blocks...)
	}
	return blocks, nil
}

// finishRecommendation records that a recommendation was done.
func (h *followUps) finishRecommendation(ctx context.Context, g core.Gesture) error {
	r, err := h.reviews.FollowUp(ctx, review.FollowUp{ID: g.Value, By: g.Who.ID, On: h.Today(), Done: true, Gesture: g.ID})
	if err != nil {
		return h.notFollowed(ctx, g, g.Value, err)
	}
	return h.answer(ctx, g, r, g.Speak.Say("recommendation.done.recorded"))
}

// answer says what was recorded: in the modal in which somebody pressed, from
// where they can go back to the figures, or beside the message.
func (h *followUps) answer(ctx context.Context, g core.Gesture, r review.Recommendation, text string) error {
	if g.View.Type == slack.VTModal {
		return h.Replace(ctx, g, g.View.ID, h.followedView(g, r, text))
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: kit.Escape(text)})
}

func (h *followUps) followedView(g core.Gesture, r review.Recommendation, text string) slack.ModalViewRequest {
	blocks := append([]slack.Block{kit.Section(kit.Escape(text), nil)}, kit.Prose("", r.Text.Reveal())...)
	if h.Policy.Roster.Has(g.Who.ID) {
		back := kit.Button(quarterOpen, scope{Quarter: r.Quarter}.String(), g.Speak.Say("quarter.back"), slack.StyleDefault)
		blocks = append(blocks, kit.Buttons("", back))
	}
	return kit.Modal("followed", g.Speak.Say("recommendation.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...)
}

// notFollowed puts into words why nothing was recorded: who was first, and when.
func (h *followUps) notFollowed(ctx context.Context, g core.Gesture, id string, err error) error {
	switch refusals := workflow.Refused(err); {
	case refusals.Has(workflow.CodeForbidden):
		return core.RefusalKey("recommendation.not_yours")
	case !refusals.Has(workflow.CodeRecommendationDone):
		return err
	}
	r, err := h.reviews.Recommendation(ctx, id)
	if err != nil {
		return err
	}
	return core.RefusalText(g.Speak.Say("recommendation.done_already", texts.Args{
		"Who": h.Name(ctx, g.Speak, r.DoneBy), "Date": g.Speak.Date(r.Done),
	}))
}

// openRecommendationDate asks for another date.
func (h *followUps) openRecommendationDate(ctx context.Context, g core.Gesture) error {
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	r, err := h.reviews.Recommendation(reading, g.Value)
	roster := h.Policy.Roster
	switch {
	case err != nil:
		return err
	case !r.Readable(g.Who.ID, roster):
		return workflow.Refusals{{Code: workflow.CodeNoRecommendation}}
	case !r.MayFinish(g.Who.ID, roster):
		return core.RefusalKey("recommendation.not_yours")
	case !r.Open():
		return h.notFollowed(ctx, g, r.ID, workflow.Refusals{{Code: workflow.CodeRecommendationDone}})
	}
	say := g.Speak.Say
	blocks := append(kit.Prose("", r.Text.Reveal()), kit.Rows(kit.Row{Label: say("recommendation.due"), Text: g.Speak.Date(r.Due)})...)
	blocks = append(blocks, kit.Input{ID: "due_date", Label: say("recommendation.new_date"), Element: kit.Day(h.later(r.Due))}.Block())
	m := kit.Metadata{Nonce: h.Nonce(), Recommendation: r.ID}
	return h.Show(ctx, g, kit.Modal(recommendationDate, say("recommendation.title"), say("action.submit"), say("common.cancel"), m, blocks...))
}

// later is a working day a month after a date, or from today when that is past.
func (h *followUps) later(due calendar.Date) calendar.Date {
	if due.Before(h.Today()) {
		due = h.Today()
	}
	return h.Policy.Calendar.NextWorkingDay(due.AddMonths(1).AddDays(-1))
}

func (h *followUps) submitRecommendationDate(ctx context.Context, g core.Gesture) core.Ack {
	id, due := g.Metadata().Recommendation, g.Values().Date("due_date")
	r, err := h.reviews.FollowUp(ctx, review.FollowUp{ID: id, By: g.Who.ID, On: h.Today(), Due: due, Gesture: g.ID})
	if err != nil {
		return h.Failed(ctx, g, h.notFollowed(ctx, g, id, err))
	}
	return core.Update(h.followedView(g, r, g.Speak.Say("recommendation.date.recorded", texts.Args{"Date": g.Speak.Date(r.Due)})))
}

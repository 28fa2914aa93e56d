package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

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
func (h *reviewHandler) recommendationMessage(ctx context.Context, id string, who roster.PersonID) (Message, error) {
	r, err := h.openRecommendation(ctx, id, who)
	if err != nil {
		return Message{}, err
	}
	if h.today().Before(r.Due) { // it was put off
		return Message{}, ErrMoot
	}
	sp := h.Texts.In(h.Language)
	due := sp.Date(r.Due)
	if r.Due.Before(h.today()) {
		due = strings.Join([]string{due, sp.Say("quarter.overdue")}, " ")
	}
	facts := []row{{sp.Say("recommendation.due"), due}}
	if who != r.Owner {
		facts = append(facts, row{sp.Say("recommendation.owner"), h.name(ctx, sp, r.Owner)})
	}
	return recommendationBlock(sp, r, sp.Say("recommendation.reminder", named(r.Quarter)), rows(facts...)...), nil
}

// askedMessage tells somebody that they are to see to a recommendation, and by
// when. From that day on the reminder tells them.
func (h *reviewHandler) askedMessage(ctx context.Context, id string, who roster.PersonID) (Message, error) {
	r, err := h.openRecommendation(ctx, id, who)
	if err != nil {
		return Message{}, err
	}
	if who != r.Owner || !h.today().Before(r.Due) {
		return Message{}, ErrMoot
	}
	sp := h.Texts.In(h.Language)
	about := named(r.Quarter)
	about["Who"] = escape(h.name(ctx, sp, r.By))
	title := sp.Say("recommendation.asked", texts.Args{"Date": sp.Date(r.Due)})
	return recommendationBlock(sp, r, title, remark(sp.Say("recommendation.asked.by", about))), nil
}

// openRecommendation returns a recommendation that is open, for who hears of it; else
// ErrMoot.
func (h *reviewHandler) openRecommendation(ctx context.Context, id string, who roster.PersonID) (review.Recommendation, error) {
	r, err := h.Reviews.Recommendation(ctx, id)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoRecommendation):
		return r, ErrMoot
	case err != nil:
		return r, fmt.Errorf("render recommendation: %w", err)
	case !r.Open(), !slices.Contains(r.Recipients(h.roster(ctx)), who):
		return r, ErrMoot
	}
	return r, nil
}

// recommendationBlock shows a recommendation between a title and what is to be known
// of it, with the buttons of who sees to it.
func recommendationBlock(sp texts.Speaker, r review.Recommendation, title string, below ...slack.Block) Message {
	blocks := append([]slack.Block{section(strong(title), nil)}, prose("", r.Text.Reveal())...)
	blocks = append(blocks, below...)
	return Message{Text: title, Blocks: append(blocks, buttons("", recommendationActions(sp, r, slack.StylePrimary)...))}
}

// recommendationActions are the buttons of who may say what becomes of a
// recommendation. That it was done can't be taken back, so Slack asks first.
func recommendationActions(sp texts.Speaker, r review.Recommendation, style slack.Style) []slack.BlockElement {
	done := button(recommendationDone, r.ID, sp.Say("recommendation.done"), style)
	done.Confirm = slack.NewConfirmationBlockObject(
		plain(sp.Say("recommendation.done.title")), plain(sp.Say("recommendation.done.sure")),
		plain(sp.Say("recommendation.done")), plain(sp.Say("common.cancel")))
	return []slack.BlockElement{done, button(recommendationDate, r.ID, sp.Say("recommendation.date"), slack.StyleDefault)}
}

// recommendationButtons offers, below the figures, to say what became of each open
// recommendation that the person may finish. What stands out there is to record
// one.
func (h *reviewHandler) recommendationButtons(ctx context.Context, g gesture, f figures) ([]slack.Block, error) {
	open, _, err := h.recommendations(ctx, f, g.who.ID)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	for _, r := range open[:min(len(open), maxOpenRecommendations)] {
		if r.MayFinish(g.who.ID, h.Policy.Roster) {
			text := slack.NewSectionBlock(plain(cut(r.Text.Reveal(), maxLabel)), nil, nil)
			blocks = append(blocks, text, buttons("", recommendationActions(g.speak, r, slack.StyleDefault)...))
		}
	}
	if blocks != nil {
		blocks = append([]slack.Block{slack.NewDividerBlock(), section(strong(g.speak.Say("recommendation.update")), nil)}, blocks...)
	}
	return blocks, nil
}

// finishRecommendation records that a recommendation was done.
func (h *reviewHandler) finishRecommendation(ctx context.Context, g gesture) error {
	r, err := h.Reviews.FollowUp(ctx, review.FollowUp{ID: g.value, By: g.who.ID, On: h.today(), Done: true, Gesture: g.id})
	if err != nil {
		return h.notFollowed(ctx, g, g.value, err)
	}
	return h.answer(ctx, g, r, g.speak.Say("recommendation.done.recorded"))
}

// answer says what was recorded: in the modal in which somebody pressed, from
// where they can go back to the figures, or beside the message.
func (h *reviewHandler) answer(ctx context.Context, g gesture, r review.Recommendation, text string) error {
	if g.view.Type == slack.VTModal {
		return h.Slack.UpdateView(ctx, g.view.ID, h.followedView(g, r, text))
	}
	return h.Slack.Respond(ctx, g.responseURL, escape(text))
}

func (h *reviewHandler) followedView(g gesture, r review.Recommendation, text string) slack.ModalViewRequest {
	blocks := append([]slack.Block{section(escape(text), nil)}, prose("", r.Text.Reveal())...)
	if h.Policy.Roster.Has(g.who.ID) {
		back := button(quarterOpen, scope{Quarter: r.Quarter}.String(), g.speak.Say("quarter.back"), slack.StyleDefault)
		blocks = append(blocks, buttons("", back))
	}
	return modal("followed", g.speak.Say("recommendation.title"), "", g.speak.Say("common.close"), metadata{}, blocks...)
}

// notFollowed puts into words why nothing was recorded: who was first, and when.
func (h *reviewHandler) notFollowed(ctx context.Context, g gesture, id string, err error) error {
	switch refusals := workflow.Refused(err); {
	case refusals.Has(workflow.CodeForbidden):
		return refusalKey("recommendation.not_yours")
	case !refusals.Has(workflow.CodeRecommendationDone):
		return err
	}
	r, err := h.Reviews.Recommendation(ctx, id)
	if err != nil {
		return err
	}
	return refusalText(g.speak.Say("recommendation.done_already", texts.Args{
		"Who": h.name(ctx, g.speak, r.DoneBy), "Date": g.speak.Date(r.Done),
	}))
}

// openRecommendationDate asks for another date.
func (h *reviewHandler) openRecommendationDate(ctx context.Context, g gesture) error {
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	r, err := h.Reviews.Recommendation(reading, g.value)
	roster := h.Policy.Roster
	switch {
	case err != nil:
		return err
	case !r.Readable(g.who.ID, roster):
		return workflow.Refusals{{Code: workflow.CodeNoRecommendation}}
	case !r.MayFinish(g.who.ID, roster):
		return refusalKey("recommendation.not_yours")
	case !r.Open():
		return h.notFollowed(ctx, g, r.ID, workflow.Refusals{{Code: workflow.CodeRecommendationDone}})
	}
	say := g.speak.Say
	blocks := append(prose("", r.Text.Reveal()), rows(row{say("recommendation.due"), g.speak.Date(r.Due)})...)
	blocks = append(blocks, input{ID: "due_date", Label: say("recommendation.new_date"), Element: day(h.later(r.Due))}.block())
	m := metadata{Nonce: h.Nonce(), Recommendation: r.ID}
	return h.show(ctx, g, modal(recommendationDate, say("recommendation.title"), say("action.submit"), say("common.cancel"), m, blocks...))
}

// later is a working day a month after a date, or from today when that is past.
func (h *reviewHandler) later(due calendar.Date) calendar.Date {
	if due.Before(h.today()) {
		due = h.today()
	}
	return h.Policy.Calendar.NextWorkingDay(due.AddMonths(1).AddDays(-1))
}

func (h *reviewHandler) submitRecommendationDate(ctx context.Context, g gesture) Ack {
	id, due := g.metadata().Recommendation, g.values().date("due_date")
	r, err := h.Reviews.FollowUp(ctx, review.FollowUp{ID: id, By: g.who.ID, On: h.today(), Due: due, Gesture: g.id})
	if err != nil {
		return h.failed(ctx, g, h.notFollowed(ctx, g, id, err))
	}
	return update(h.followedView(g, r, g.speak.Say("recommendation.date.recorded", texts.Args{"Date": g.speak.Date(r.Due)})))
}

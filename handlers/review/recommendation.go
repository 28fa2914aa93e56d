package review

import (
	"context"
	"fmt"
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

// mayDeal checks that somebody may record what comes of a quarter: a director,
// for figures that are theirs to see, once the quarter is over.
func (h *Handler) mayDeal(who roster.PersonID, t scope) error {
	switch {
	case t.Quarter.IsZero():
		return core.ErrUnknown
	case !h.Policy.Roster.IsDirector(who),
		t.Audience != review.AudienceShared && t.Audience != review.Audience(who):
		return core.RefusalKey("quarter.directors_only")
	case !t.over(h.Today()):
		return workflow.Refusals{{Code: workflow.CodeQuarterOpen}}
	}
	return nil
}

// beginRecommendation asks for a recommendation, with the figures of the
// quarter to link it to.
func (h *Handler) beginRecommendation(ctx context.Context, g core.Gesture) (func(context.Context), error) {
	t := parseScope(g.Value)
	if err := h.mayDeal(g.Who.ID, t); err != nil {
		return nil, err
	}
	reply := g.ResponseURL
	return h.afterwards(ctx, g, t, func(ctx context.Context, g core.Gesture) (slack.ModalViewRequest, error) {
		f, err := h.figuresOf(ctx, t)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		return h.recommendationView(ctx, g, f, reply)
	})
}

// recommendationMonths is how far off the date stands that the form proposes.
const recommendationMonths = 3

func (h *Handler) recommendationView(ctx context.Context, g core.Gesture, f figures, reply string) (slack.ModalViewRequest, error) {
	say := g.Speak.Say
	blocks := []slack.Block{kit.Section(say("recommendation.intro", named(f.scope.Quarter)), nil)}
	if !f.review.Quarter.IsZero() {
		how, err := h.dealtWith(ctx, g.Speak, f.review)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		blocks = append(blocks, kit.Remark(how))
	}
	blocks = append(blocks,
		kit.Input{
			ID: "recommendation", Label: say("recommendation.text"), Hint: say("recommendation.text.hint"),
			Element: kit.Line("", review.MaxRecommendation).WithMultiline(true),
		}.Block(),
		kit.Input{ID: "owner", Label: say("recommendation.owner"), Hint: say("recommendation.owner.hint"), Element: kit.Colleague("")}.Block(),
		kit.Input{ID: "due_date", Label: say("recommendation.due"), Element: kit.Day(h.proposed())}.Block(),
	)
	if linked := figureChoice(g.Speak, f); linked != nil {
		blocks = append(blocks, kit.Input{
			ID: "linked", Label: say("recommendation.linked"), Hint: say("recommendation.linked.hint"), Optional: true, Element: linked,
		}.Block())
	}
	m := kit.Metadata{Nonce: h.Nonce(), Scope: f.String(), Reply: reply}
	return kit.Modal(recommendID, say("recommendation.title"), say("recommendation.submit"), say("common.cancel"), m, blocks...), nil
}

// proposed is a working day some months ahead.
func (h *Handler) proposed() calendar.Date {
	return h.Policy.Calendar.NextWorkingDay(h.Today().AddMonths(recommendationMonths).AddDays(-1))
}

// What a value of "linked" begins with.
const (
	linkCategory = "category:"
	linkOffering = "offering:"
)

// maxValue is how long the value of an option may be.
const maxValue = 150

// maxOptions is how many options a group may have.
const maxOptions = 100

// figureChoice offers the categories and offerings that occur, with how often;
// nil when none does. A name that no option's value can hold is not offered.
func figureChoice(sp texts.Speaker, f figures) *slack.SelectBlockElement {
	var categories, offerings []*slack.OptionBlockObject
	for _, c := range f.Categories {
		label := kit.Choice(sp, "category", c.Key)
		categories = append(categories, countedOption(linkCategory+c.Key, label, c.Count))
	}
	for _, c := range f.Offerings {
		if kit.Length(linkOffering+c.Key) <= maxValue && len(offerings) < maxOptions {
			offerings = append(offerings, countedOption(linkOffering+c.Key, c.Key, c.Count))
		}
	}
	var groups []*slack.OptionGroupBlockObject
	for _, g := range []struct {
		title   string
		options []*slack.OptionBlockObject
	}{{sp.Say("report.categories"), categories}, {sp.Say("report.offerings"), offerings}} {
		if len(g.options) > 0 {
			groups = append(groups, slack.NewOptionGroupBlockElement(kit.Plain(g.title), g.options...))
		}
	}
	if groups == nil {
		return nil
	}
	return slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, kit.Plain(sp.Say("recommendation.linked.none")), kit.ValueID, groups...)
}

// countedOption is an option with a number behind it, which stays when a long
// name is cut.
func countedOption(value, label string, n int) *slack.OptionBlockObject {
	number := fmt.Sprintf(" (%d)", n)
	return kit.Option{Value: value, Label: kit.Cut(label, kit.MaxLabel-len(number)) + number}.Object()
}

// written is the recommendation that was filled in.
func written(v kit.Values) review.Recommendation {
	linked := v.Choice("linked")
	r := review.Recommendation{Text: kit.Typed(v, "recommendation"), Owner: v.Person("owner"), Due: v.Date("due_date")}
	if category, ok := strings.CutPrefix(linked, linkCategory); ok {
		r.Category = category
	}
	if offering, ok := strings.CutPrefix(linked, linkOffering); ok {
		r.Offering = offering
	}
	return r
}

// submitRecommendation records it. Everything that is wrong shows at once.
func (h *Handler) submitRecommendation(ctx context.Context, g core.Gesture) core.Ack {
	t, r := parseScope(g.Metadata().Scope), written(g.Values())
	if err := h.mayDeal(g.Who.ID, t); err != nil {
		return h.Failed(ctx, g, err)
	}
	refusals := workflow.Refused(r.Check(h.Today()))
	if r.Owner != "" {
		p, err := h.People.Person(ctx, r.Owner)
		if err != nil {
			return h.Failed(ctx, g, err)
		}
		if p.Standing != roster.StandingMember {
			refusals = append(refusals, workflow.Refusal{Field: "owner", Code: workflow.CodeNotMember})
		}
	}
	if len(refusals) > 0 {
		return h.Failed(ctx, g, refusals)
	}
	rest, err := h.deal(ctx, g, t, &r)
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	ack := core.Update(h.recordedView(ctx, g, t, r))
	ack.Then = h.respondThere(g, t, rest)
	return ack
}

// respondThere says below the message that led here that its quarter was dealt
// with, for when the modal is closed, and does the rest.
func (h *Handler) respondThere(g core.Gesture, t scope, rest func(context.Context)) func(context.Context) {
	reply := g.Metadata().Reply
	if reply == "" {
		return rest
	}
	return func(ctx context.Context) {
		if rest != nil {
			rest(ctx)
		}
		how, err := h.howDealt(ctx, g.Speak, t)
		if err == nil {
			err = h.Slack.Respond(ctx, reply, core.Response{Text: how})
		}
		if err != nil { // the modal said so already
			h.Log.WarnContext(ctx, "review not told of", "quarter", t.Quarter.String(), "error", err)
		}
	}
}

// recordedView says what was recorded, and goes on to the next.
func (h *Handler) recordedView(ctx context.Context, g core.Gesture, t scope, r review.Recommendation) slack.ModalViewRequest {
	say := g.Speak.Say
	blocks := []slack.Block{kit.Section(say("recommendation.recorded", named(t.Quarter)), nil)}
	blocks = append(blocks, kit.Prose("", r.Text.Reveal())...)
	blocks = append(blocks, kit.Rows(
		kit.Row{Label: say("recommendation.owner"), Text: h.Name(ctx, g.Speak, r.Owner)},
		kit.Row{Label: say("recommendation.due"), Text: g.Speak.Date(r.Due)},
		kit.Row{Label: say("recommendation.linked"), Text: subjectOf(g.Speak, r)},
	)...)
	blocks = append(blocks,
		kit.Remark(say("recommendation.watched")),
		kit.Buttons("",
			kit.Button(recommendID, t.String(), say("recommendation.another"), slack.StyleDefault),
			kit.Button(quarterOpen, t.String(), say("quarter.back"), slack.StyleDefault)))
	return kit.Modal("recorded", say("recommendation.title"), "", say("common.close"), kit.Metadata{}, blocks...)
}

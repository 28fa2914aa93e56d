package handlers

import (
	"context"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// mayDeal checks that somebody may record what comes of a quarter: a director,
// for figures that are theirs to see, once the quarter is over.
func (h *reviewHandler) mayDeal(who roster.PersonID, t scope) error {
	switch {
	case t.Quarter.IsZero():
		return errUnknown
	case !h.Policy.Roster.IsDirector(who),
		t.Audience != review.AudienceShared && t.Audience != review.Audience(who):
		return refusalKey("quarter.directors_only")
	case !t.over(h.today()):
		return workflow.Refusals{{Code: workflow.CodeQuarterOpen}}
	}
	return nil
}

// beginRecommendation asks for a recommendation, with the figures of the
// quarter to link it to.
func (h *reviewHandler) beginRecommendation(ctx context.Context, g gesture) (func(context.Context), error) {
	t := parseScope(g.value)
	if err := h.mayDeal(g.who.ID, t); err != nil {
		return nil, err
	}
	reply := g.responseURL
	return h.afterwards(ctx, g, t, func(ctx context.Context, g gesture) (slack.ModalViewRequest, error) {
		f, err := h.figuresOf(ctx, t)
		if err != nil {
			return slack.ModalViewRequest{}, err
		}
		return h.recommendationView(ctx, g, f, reply), nil
	})
}

// recommendationMonths is how far off the date stands that the form proposes.
const recommendationMonths = 3

func (h *reviewHandler) recommendationView(ctx context.Context, g gesture, f figures, reply string) slack.ModalViewRequest {
	say := g.speak.Say
	blocks := []slack.Block{section(say("recommendation.intro", named(f.scope.Quarter)), nil)}
	if !f.review.Quarter.IsZero() {
		blocks = append(blocks, remark(h.dealtWith(ctx, g.speak, f.review)))
	}
	blocks = append(blocks,
		input{
			ID: "recommendation", Label: say("recommendation.text"), Hint: say("recommendation.text.hint"),
			Element: line("", review.MaxRecommendation).WithMultiline(true),
		}.block(),
		input{ID: "owner", Label: say("recommendation.owner"), Hint: say("recommendation.owner.hint"), Element: colleague("")}.block(),
		input{ID: "due_date", Label: say("recommendation.due"), Element: day(h.proposed())}.block(),
	)
	if linked := figureChoice(g.speak, f); linked != nil {
		blocks = append(blocks, input{
			ID: "linked", Label: say("recommendation.linked"), Hint: say("recommendation.linked.hint"), Optional: true, Element: linked,
		}.block())
	}
	m := metadata{Nonce: h.Nonce(), Scope: f.String(), Reply: reply}
	return modal(recommendID, say("recommendation.title"), say("recommendation.submit"), say("common.cancel"), m, blocks...)
}

// proposed is a working day some months ahead.
func (h *reviewHandler) proposed() calendar.Date {
	return h.Policy.Calendar.NextWorkingDay(h.today().AddMonths(recommendationMonths).AddDays(-1))
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

// figureChoice offers the categories and offerings that occur, with how often; nil
// when none does. A name that no option's value can hold is not offered.
func figureChoice(sp texts.Speaker, f figures) *slack.SelectBlockElement {
	var categories, offerings []*slack.OptionBlockObject
	for _, c := range f.Categories {
		label := choice(sp, "category", c.Key)
		categories = append(categories, countedOption(linkCategory+c.Key, label, c.Count))
	}
	for _, c := range f.Offerings {
		if length(linkOffering+c.Key) <= maxValue && len(offerings) < maxOptions {
			offerings = append(offerings, countedOption(linkOffering+c.Key, c.Key, c.Count))
		}
	}
	var groups []*slack.OptionGroupBlockObject
	for _, g := range []struct {
		title   string
		options []*slack.OptionBlockObject
	}{{sp.Say("report.categories"), categories}, {sp.Say("report.offerings"), offerings}} {
		if len(g.options) > 0 {
			groups = append(groups, slack.NewOptionGroupBlockElement(plain(g.title), g.options...))
		}
	}
	if groups == nil {
		return nil
	}
	return slack.NewOptionsGroupSelectBlockElement(slack.OptTypeStatic, plain(sp.Say("recommendation.linked.none")), valueID, groups...)
}

// countedOption is an option with a number behind it, which stays when a long name is
// cut.
func countedOption(value, label string, n int) *slack.OptionBlockObject {
	number := fmt.Sprintf(" (%d)", n)
	return option{value, cut(label, maxLabel-len(number)) + number}.object()
}

// written is the recommendation that was filled in.
func written(v values) review.Recommendation {
	linked := v.choice("linked")
	r := review.Recommendation{Text: typed(v, "recommendation"), Owner: v.person("owner"), Due: v.date("due_date")}
	if category, ok := strings.CutPrefix(linked, linkCategory); ok {
		r.Category = category
	}
	if offering, ok := strings.CutPrefix(linked, linkOffering); ok {
		r.Offering = offering
	}
	return r
}

// submitRecommendation records it. Everything that is wrong is told at once.
func (h *reviewHandler) submitRecommendation(ctx context.Context, g gesture) Ack {
	t, r := parseScope(g.metadata().Scope), written(g.values())
	if err := h.mayDeal(g.who.ID, t); err != nil {
		return h.failed(ctx, g, err)
	}
	refusals := workflow.Refused(r.Check(h.today()))
	if r.Owner != "" {
		p, err := h.People.Person(ctx, r.Owner)
		if err != nil {
			return h.failed(ctx, g, err)
		}
		if p.Standing != roster.StandingMember {
			refusals = append(refusals, workflow.Refusal{Field: "owner", Code: workflow.CodeNotMember})
		}
	}
	if len(refusals) > 0 {
		return h.failed(ctx, g, refusals)
	}
	rest, err := h.deal(ctx, g, t, &r)
	if err != nil {
		return h.failed(ctx, g, err)
	}
	ack := update(h.recordedView(ctx, g, t, r))
	ack.Then = h.respondThere(g, t, rest)
	return ack
}

// respondThere says below the message that led here that its quarter was dealt
// with, for when the modal is closed, and does the rest.
func (h *reviewHandler) respondThere(g gesture, t scope, rest func(context.Context)) func(context.Context) {
	reply := g.metadata().Reply
	if reply == "" {
		return rest
	}
	return func(ctx context.Context) {
		if rest != nil {
			rest(ctx)
		}
		r, err := h.Figures.Review(ctx, t.Quarter, t.Audience)
		if err == nil {
			err = h.Slack.Respond(ctx, reply, h.dealtWith(ctx, g.speak, r))
		}
		if err != nil { // the modal said so already
			h.Log.WarnContext(ctx, "review not told of", "quarter", t.Quarter.String(), "error", err)
		}
	}
}

// recordedView says what was recorded, and goes on to the next.
func (h *reviewHandler) recordedView(ctx context.Context, g gesture, t scope, r review.Recommendation) slack.ModalViewRequest {
	say := g.speak.Say
	blocks := []slack.Block{section(say("recommendation.recorded", named(t.Quarter)), nil)}
	blocks = append(blocks, prose("", r.Text.Reveal())...)
	blocks = append(blocks, rows(
		row{say("recommendation.owner"), h.name(ctx, g.speak, r.Owner)},
		row{say("recommendation.due"), g.speak.Date(r.Due)},
		row{say("recommendation.linked"), subjectOf(g.speak, r)},
	)...)
	blocks = append(blocks,
		remark(say("recommendation.watched")),
		buttons("",
			button(recommendID, t.String(), say("recommendation.another"), slack.StyleDefault),
			button(quarterOpen, t.String(), say("quarter.back"), slack.StyleDefault)))
	return modal("recorded", say("recommendation.title"), "", say("common.close"), metadata{}, blocks...)
}

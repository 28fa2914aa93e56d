package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// The buttons of a review. The first and third are also the callback ids of
// their modals.
const (
	recommendID  = "recommendation"
	nothingID    = "no_recommendations"
	quarterOpen  = "quarter_open"
	quarterEarly = "quarter_previous"
	quarterLater = "quarter_next"
)

// render makes what the review of a quarter sends: to the directors'
// channel, or to one director, who also gets what the channel did not take.
func (h *Handler) render(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	if d.TS == "" { // an edit pings nobody
		if err := h.AwaitWindow(); err != nil {
			return core.Message{}, d.Version, err
		}
	}
	m, err := h.message(ctx, d)
	return m, d.Version, err
}

func (h *Handler) message(ctx context.Context, d outbox.Delivery) (core.Message, error) {
	who, direct := d.Lane.Direct()
	if !direct {
		who = "" // all directors together
	}
	roster := h.Roster(ctx)
	switch p := d.Payload.(type) {
	case outbox.RecommendationReminder:
		return h.recommendationMessage(ctx, p.ID, who)
	case outbox.RecommendationAssigned:
		return h.askedMessage(ctx, p.ID, who)
	}
	if direct && (!roster.IsDirector(who) || roster.Presence.Gone[who]) {
		return core.Message{}, core.ErrMoot
	}
	switch p := d.Payload.(type) {
	case outbox.ReviewsWaiting:
		return h.reviewsMessage(ctx, readAs(d.Lane, p.Reader), who)
	case outbox.Reviewed:
		return h.reviewedMessage(ctx, p.Quarter, who)
	case outbox.QuarterSummary:
		f, err := h.laneFigures(ctx, p.Quarter, readAs(d.Lane, p.Reader))
		if err != nil {
			return core.Message{}, err
		}
		return h.quarterMessage(ctx, f, who)
	}
	return core.Message{}, fmt.Errorf("%w: %q", core.ErrNoRenderer, d.Kind())
}

// readAs is the lane whose content a message shows: its own, or the directors'
// channel, which did not take it.
func readAs(lane outbox.Lane, r outbox.Reader) outbox.Lane {
	if r.Instead {
		return outbox.LaneDirectors
	}
	return lane
}

// laneFigures are the figures that a lane shows. Where the directors have a
// channel, one of them is sent only what the channel must not know.
func (h *Handler) laneFigures(ctx context.Context, q calendar.Quarter, lane outbox.Lane) (figures, error) {
	who, direct := lane.Direct()
	if !direct {
		return h.figuresOf(ctx, scope{q, review.AudienceShared})
	}
	f, err := h.figuresFor(ctx, q, who)
	if err == nil && h.directorsChannel && !f.restricted {
		err = core.ErrMoot
	}
	return f, err
}

// quarterMessage is the summary of a quarter; who reads it is "" for the
// directors' channel.
func (h *Handler) quarterMessage(ctx context.Context, f figures, who roster.PersonID) (core.Message, error) {
	sp := speakTo(h.Env, who)
	blocks, err := h.summaryBlocks(ctx, sp, f, who, quarterChart(f.Summary, sp))
	if err != nil {
		return core.Message{}, err
	}
	blocks = append(blocks, kit.Buttons("", h.dealing(sp, f, slack.StyleDefault)...))
	return core.Message{Text: sp.Say("quarter.fallback", named(f.scope.Quarter)), Blocks: blocks, Picture: quarterPicture(f.Summary, h.Firm.Name, sp)}, nil
}

// speakTo speaks to one director, or to all of them when who is "".
func speakTo(e *core.Env, who roster.PersonID) texts.Speaker {
	if who == "" {
		return e.SpeakIn(outbox.LaneDirectors)
	}
	return e.SpeakTo(who)
}

// summaryBlocks is all that is shown of a quarter, without buttons to deal with
// it.
func (h *Handler) summaryBlocks(ctx context.Context, sp texts.Speaker, f figures, who roster.PersonID, chart ...slack.Block) ([]slack.Block, error) {
	recommended, err := h.recommendationBlocks(ctx, sp, f, who)
	if err != nil {
		return nil, err
	}
	dealt, err := h.dealt(ctx, sp, f, who)
	if err != nil {
		return nil, err
	}
	blocks := slices.Insert(figureBlocks(sp, f.Summary, chart...), 1, dealt...)
	if f.restricted {
		blocks = slices.Insert(blocks, 1, slack.Block(kit.Section(sp.Say("quarter.apart"), nil)))
	}
	blocks = append(blocks, recommended...)
	return append(blocks, kit.Remark(h.state(sp, f))), nil
}

// dealt stands above the figures: who dealt with the quarter, when, and how many
// recommendations came of it; before that it asks the directors to.
func (h *Handler) dealt(ctx context.Context, sp texts.Speaker, f figures, who roster.PersonID) ([]slack.Block, error) {
	switch {
	case !f.review.Quarter.IsZero():
		told, err := h.dealtWith(ctx, sp, f.review)
		return []slack.Block{kit.Section(":white_check_mark: "+told, nil)}, err
	case !f.over(h.Today()), f.kept:
	case who == "", h.Policy.Roster.IsDirector(who):
		return []slack.Block{kit.Section(sp.Say("quarter.ask"), nil)}, nil
	default:
		return []slack.Block{kit.Section(sp.Say("quarter.undealt"), nil)}, nil
	}
	return nil, nil
}

// state says of when the figures are, and whether more may come.
func (h *Handler) state(sp texts.Speaker, f figures) string {
	parts := []string{sp.Say("quarter.as_of", texts.Args{"Date": sp.Date(f.AsOf)})}
	switch {
	case f.kept:
		parts = append(parts, sp.Say("quarter.kept"))
	case !f.over(h.Today()):
		parts = append(parts, sp.Say("quarter.running"))
	}
	return strings.Join(parts, " ")
}

// dealtWith says who dealt with a quarter, when, and what came of it.
func (h *figuresReader) dealtWith(ctx context.Context, sp texts.Speaker, r review.Review) (string, error) {
	n, err := h.recommendationCount(ctx, r)
	return report.DealtWith(r, kit.Escape(h.Name(ctx, sp, r.By)), n, sp), err
}

// dealing are the buttons of who may deal with a quarter. As long as nobody has, one
// of them stands out; more is the style of the one that adds a recommendation later.
func (h *Handler) dealing(sp texts.Speaker, f figures, more slack.Style) []slack.BlockElement {
	value := f.String()
	var all []slack.BlockElement
	switch {
	case !f.over(h.Today()):
	case f.review.Quarter.IsZero():
		all = append(all,
			kit.Button(recommendID, value, sp.Say("quarter.recommend"), slack.StylePrimary),
			kit.Button(nothingID, value, sp.Say("quarter.nothing"), slack.StyleDefault))
	default:
		all = append(all, kit.Button(recommendID, value, sp.Say("recommendation.another"), more))
	}
	return append(all, download(sp))
}

// download offers the register as a file.
func download(sp texts.Speaker) slack.BlockElement {
	return kit.Button(export.RegisterExport, "", sp.Say("quarter.download"), slack.StyleDefault)
}

// over reports whether the quarter has ended.
func (t scope) over(today calendar.Date) bool { return today.After(t.Quarter.Last()) }

// named are the arguments of a text that names a quarter.
func named(q calendar.Quarter) texts.Args {
	return texts.Args{"Number": q.Number, "Year": q.Year}
}

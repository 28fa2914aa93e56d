package review

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// maxWaiting is how many quarters a reminder lists.
const maxWaiting = 8

// reviewsMessage reminds of the quarters in a lane that nobody dealt with; who
// reads it is "" for the directors' channel.
func (h *Handler) reviewsMessage(ctx context.Context, lane outbox.Lane, who roster.PersonID) (core.Message, error) {
	waiting, err := h.waiting(ctx, lane)
	if err != nil {
		return core.Message{}, err
	}
	if len(waiting) == 0 {
		return core.Message{}, core.ErrMoot
	}
	sp := h.speakTo(who)
	intro := sp.Say("quarter.reminder", texts.Args{"Count": len(waiting)})
	return core.Message{Text: intro, Blocks: append([]slack.Block{kit.Section(intro, nil)}, waitingBlocks(sp, waiting)...)}, nil
}

// waitingBlocks is a line with a button for each quarter that waits.
func waitingBlocks(sp texts.Speaker, waiting []scope) []slack.Block {
	var blocks []slack.Block
	for _, t := range waiting {
		open := kit.Button(quarterOpen, t.String(), sp.Say("quarter.look"), slack.StyleDefault)
		blocks = append(blocks, kit.Section(kit.Strong(sp.Say("quarter.name", named(t.Quarter))), open))
	}
	return blocks
}

// waiting reads again what waits in a lane: somebody may have dealt with it
// since, and a director is not reminded of what the channel reads.
func (h *Handler) waiting(ctx context.Context, lane outbox.Lane) ([]scope, error) {
	audience := review.AudienceShared
	if who, direct := lane.Direct(); direct {
		audience = review.Audience(who)
	}
	quarters, err := h.reviews.Waiting(ctx, audience)
	if err != nil {
		return nil, fmt.Errorf("quarters that wait: %w", err)
	}
	var all []scope
	for _, q := range quarters[:min(len(quarters), maxWaiting)] {
		switch f, err := h.laneFigures(ctx, q, lane); {
		case errors.Is(err, core.ErrMoot):
		case err != nil:
			return nil, err
		case f.review.Quarter.IsZero():
			all = append(all, f.scope)
		}
	}
	return all, nil
}

// HomeSection shows a director the quarters that wait: for them, and for all
// directors together.
func (h *Handler) HomeSection(ctx context.Context, g core.Gesture) []slack.Block {
	if !h.Policy.Roster.IsDirector(g.Who.ID) {
		return nil
	}
	reading, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	var all []scope
	for audience, read := range map[review.Audience]review.Audience{
		review.Audience(g.Who.ID): "", review.AudienceShared: review.AudienceShared,
	} {
		quarters, err := h.reviews.Waiting(reading, audience)
		if err != nil { // the list below says that the register is lost
			return nil
		}
		for _, q := range quarters {
			all = append(all, scope{q, read})
		}
	}
	slices.SortFunc(all, func(a, b scope) int {
		return cmp.Or(a.Quarter.Compare(b.Quarter), cmp.Compare(a.Audience, b.Audience))
	})
	all = slices.CompactFunc(all, func(a, b scope) bool { return a.Quarter == b.Quarter })
	if len(all) == 0 {
		return nil
	}
	blocks := []slack.Block{kit.Section(kit.Strong(g.Speak.Say("quarter.home")), nil)}
	blocks = append(blocks, waitingBlocks(g.Speak, all[:min(len(all), maxWaiting)])...)
	return append(blocks, slack.NewDividerBlock())
}

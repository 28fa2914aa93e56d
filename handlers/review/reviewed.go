package review

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// reviewedMessage says to the directors that one of them dealt with a quarter
// for all, and with how many recommendations; who reads it is "" for their
// channel. What they are stands in the figures. Whoever dealt with it gets no
// message.
func (h *Handler) reviewedMessage(ctx context.Context, q calendar.Quarter, who roster.PersonID) (core.Message, error) {
	r, err := h.figures.Review(ctx, q, review.AudienceShared)
	switch {
	case err != nil:
		return core.Message{}, fmt.Errorf("render review: %w", err)
	case r.Quarter.IsZero(), r.By == who:
		return core.Message{}, core.ErrMoot
	}
	n, err := h.recommendationCount(ctx, r)
	if err != nil {
		return core.Message{}, err
	}
	sp := speakTo(h.Env, who)
	text := reviewedText(sp, q, kit.Escape(h.Name(ctx, sp, r.By)), n)
	at := scope{Quarter: q}
	if who == "" {
		at.Audience = review.AudienceShared
	}
	open := kit.Button(quarterOpen, at.String(), sp.Say("quarter.look"), slack.StyleDefault)
	return core.Message{Text: text, Blocks: []slack.Block{kit.Section(text, open)}}, nil
}

func reviewedText(sp texts.Speaker, q calendar.Quarter, who string, recommended int) string {
	about := named(q)
	about["Who"], about["Count"] = who, recommended
	if recommended == 0 {
		return sp.Say("quarter.reviewed.nothing", about)
	}
	return sp.Say("quarter.reviewed.advised", about)
}

// recommendationCount counts the recommendations that a review led to until now. Who
// recorded the first may be no director any more.
func (h *figuresReader) recommendationCount(ctx context.Context, r review.Review) (n int, err error) {
	viewer := r.By
	if directors := h.Policy.Roster.Directors; r.Audience == review.AudienceShared && len(directors) > 0 {
		viewer = directors[0]
	}
	all, err := h.reviews.Recommendations(ctx, viewer)
	if err != nil {
		return 0, fmt.Errorf("recommendations: %w", err)
	}
	for _, a := range all {
		if a.Quarter == r.Quarter && a.Audience == r.Audience {
			n++
		}
	}
	return n, nil
}

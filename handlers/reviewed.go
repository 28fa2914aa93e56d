package handlers

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// reviewedMessage tells the directors that one of them dealt with a quarter for
// all, and with how many recommendations; who reads it is "" for their channel.
// What they are stands in the figures. Who dealt with it is not told.
func (h *reviewHandler) reviewedMessage(ctx context.Context, q calendar.Quarter, who roster.PersonID) (Message, error) {
	r, err := h.Figures.Review(ctx, q, review.AudienceShared)
	switch {
	case err != nil:
		return Message{}, fmt.Errorf("render review: %w", err)
	case r.Quarter.IsZero(), r.By == who:
		return Message{}, ErrMoot
	}
	n, err := h.recommendationCount(ctx, r)
	if err != nil {
		return Message{}, err
	}
	sp := h.Texts.In(h.Language)
	text := reviewedText(sp, q, escape(h.name(ctx, sp, r.By)), n)
	at := scope{Quarter: q}
	if who == "" {
		at.Audience = review.AudienceShared
	}
	look := button(quarterOpen, at.String(), sp.Say("quarter.look"), slack.StyleDefault)
	return Message{Text: text, Blocks: []slack.Block{section(text, look)}}, nil
}

func reviewedText(sp texts.Speaker, q calendar.Quarter, who string, recommended int) string {
	about := named(q)
	about["Who"], about["Count"] = who, recommended
	if recommended == 0 {
		return sp.Say("quarter.reviewed.nothing", about)
	}
	return sp.Say("quarter.reviewed.advised", about)
}

// recommendationCount counts the recommendations that a review led to until now.
func (h *reviewHandler) recommendationCount(ctx context.Context, r review.Review) (n int, err error) {
	all, err := h.Reviews.Recommendations(ctx, r.By)
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

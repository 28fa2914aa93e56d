package review

import (
	"context"
	"fmt"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/workflow/review"
)

// countTime is what counting may take before a submission is committed; what
// takes longer is counted afterwards.
const countTime = time.Second

// deal commits what comes of a quarter, with the figures of all audiences when
// they can be counted before Slack stops waiting; else it returns the counting
// of them.
func (h *Handler) deal(ctx context.Context, g core.Gesture, t scope, r *review.Recommendation) (rest func(context.Context), err error) {
	d := review.Dealing{
		Review:         review.Review{Quarter: t.Quarter, Audience: t.Audience, On: h.Today(), By: g.Who.ID, Recommended: r != nil},
		Recommendation: r, Gesture: g.ID,
	}
	counting, cancel := context.WithTimeout(ctx, countTime)
	defer cancel()
	d.Snapshots, err = h.missing(counting, t)
	if err != nil {
		if counting.Err() == nil {
			return nil, err
		}
		rest = func(ctx context.Context) { h.keepFigures(ctx, d.Review) }
	}
	return rest, h.reviews.Deal(ctx, d)
}

// missing counts what is to be kept of a quarter; nothing when that was done.
func (h *figuresReader) missing(ctx context.Context, t scope) (map[review.Audience][]byte, error) {
	if kept, err := h.figures.Snapshot(ctx, t.Quarter, t.Audience); kept != nil || err != nil {
		return nil, err
	}
	return h.snapshots(ctx, t.Quarter)
}

// keepFigures keeps the figures of a quarter that was dealt with before they
// could be counted. Until that is done, the next start tries again, and so does
// whoever opens the quarter.
func (h *figuresReader) keepFigures(ctx context.Context, r review.Review) {
	t := scope{r.Quarter, r.Audience}
	snapshots, err := h.missing(ctx, t)
	if err == nil && snapshots != nil {
		err = h.reviews.Deal(ctx, review.Dealing{Review: r, Snapshots: snapshots, Gesture: core.Identity("figures", t.String())})
	}
	if err != nil {
		h.Log.ErrorContext(ctx, "figures not kept", "quarter", r.Quarter.String(), "error", err)
	}
}

// KeepFigures keeps the figures of every quarter that was dealt with by a
// program that died before it could. Of who is no director any more they are
// never kept.
func (h *figuresReader) KeepFigures(ctx context.Context) error {
	unkept, err := h.figures.UnsavedSnapshots(ctx)
	if err != nil {
		return fmt.Errorf("figures to keep: %w", err)
	}
	for _, r := range unkept {
		if d := (review.Dealing{Review: r}); d.Check(h.Policy.Roster) == nil {
			h.keepFigures(ctx, r)
		}
	}
	return nil
}

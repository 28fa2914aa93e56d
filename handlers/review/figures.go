package review

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// figures are what somebody may know of a quarter.
type figures struct {
	scope
	report.Summary
	review review.Review // zero as long as the quarter waits
	kept   bool          // as they were when the quarter was dealt with
	// restricted says that they count a case that not all directors may know of.
	restricted bool
}

// figuresOf makes the figures for an audience: as they were when the quarter
// was dealt with, else as they are now. It reads every case of eight quarters.
func (h *figuresReader) figuresOf(ctx context.Context, t scope) (figures, error) {
	f := figures{scope: t}
	var err error
	if f.review, err = h.figures.Review(ctx, t.Quarter, t.Audience); err != nil {
		return f, fmt.Errorf("review of %s: %w", t.Quarter, err)
	}
	f.Summary, f.kept, err = h.snapshot(ctx, t)
	if err == nil && !f.kept {
		f.Summary, err = h.summary(ctx, t)
	}
	return f, err
}

func (h *figuresReader) snapshot(ctx context.Context, t scope) (s report.Summary, ok bool, err error) {
	b, err := h.figures.Snapshot(ctx, t.Quarter, t.Audience)
	if err != nil || b == nil {
		return s, false, err
	}
	if s, err = report.ReadJSON(b); err != nil {
		return s, false, fmt.Errorf("snapshot of %s: %w", t.Quarter, err)
	}
	return s, true, nil
}

// summary counts, as things are now.
func (h *figuresReader) summary(ctx context.Context, t scope) (report.Summary, error) {
	c := report.NewCollector(t.Quarter, h.Today(), h.Policy.Calendar)
	err := h.figures.Quarterly(ctx, report.Since(t.Quarter), t.Quarter, t.Audience.Without(h.Policy.Roster), c.Add)
	if err != nil {
		return report.Summary{}, fmt.Errorf("figures of %s: %w", t.Quarter, err)
	}
	s := c.Summary()
	s.ComplainDays = h.Policy.Terms.ComplainDays
	if !t.readsAmounts(h.Policy.Roster) {
		return s, nil
	}
	sum, err := h.figures.Refunds(ctx, t.Quarter, t.Audience.Without(h.Policy.Roster))
	if err != nil {
		return report.Summary{}, fmt.Errorf("figures of %s: %w", t.Quarter, err)
	}
	s.Refunds = &sum
	return s, nil
}

// readsAmounts reports whether the audience reads the sum of what was promised in
// money: directors do, officers have the amount of each case.
func (t scope) readsAmounts(r roster.Roster) bool {
	return t.Audience == review.AudienceShared || r.IsDirector(roster.PersonID(t.Audience))
}

// figuresFor makes the figures that somebody may see by themselves. A director
// reads those of all directors when their own hold no more.
func (h *figuresReader) figuresFor(ctx context.Context, q calendar.Quarter, who roster.PersonID) (figures, error) {
	roster, audience := h.Policy.Roster, review.Audience(who)
	if !roster.IsDirector(who) {
		return h.figuresOf(ctx, scope{q, audience})
	}
	if slices.Equal(audience.Without(roster), review.AudienceShared.Without(roster)) { // the only director
		return h.figuresOf(ctx, scope{q, review.AudienceShared})
	}
	own, err := h.figuresOf(ctx, scope{q, audience})
	if err != nil {
		return own, err
	}
	shared, err := h.figuresOf(ctx, scope{q, review.AudienceShared})
	if err != nil {
		return own, err
	}
	same, err := h.sameFigures(ctx, own, shared)
	if err != nil || same {
		return shared, err
	}
	own.restricted = true
	return own, nil
}

// sameFigures compares two audiences' figures of one moment: when only one was
// kept (somebody became a director since), both as they are now.
func (h *figuresReader) sameFigures(ctx context.Context, own, shared figures) (bool, error) {
	if own.kept != shared.kept {
		var err error
		for _, f := range []*figures{&own, &shared} {
			if f.Summary, err = h.summary(ctx, f.scope); err != nil {
				return false, err
			}
		}
	}
	a, err := encoded(quarterOnly(own.Summary))
	if err != nil {
		return false, err
	}
	b, err := encoded(quarterOnly(shared.Summary))
	return bytes.Equal(a, b), err
}

// quarterOnly is the quarter by itself: a case that only earlier quarters count
// would have a director read figures of their own for two years.
func quarterOnly(s report.Summary) report.Summary {
	s.History = s.History[len(s.History)-1:]
	return s
}

// encoded is a summary as the register keeps it.
func encoded(s report.Summary) ([]byte, error) {
	var b bytes.Buffer
	if err := report.WriteJSON(&b, s); err != nil {
		return nil, fmt.Errorf("snapshot of %s: %w", s.Quarter, err)
	}
	return b.Bytes(), nil
}

// snapshots are the figures of every audience that there is, to be kept.
// Those that leave out the same people share one count.
func (h *figuresReader) snapshots(ctx context.Context, q calendar.Quarter) (map[review.Audience][]byte, error) {
	all, made := map[review.Audience][]byte{}, map[string][]byte{}
	for _, audience := range h.audiences() {
		without := fmt.Sprint(audience.Without(h.Policy.Roster))
		if made[without] == nil {
			s, err := h.summary(ctx, scope{q, audience})
			if err != nil {
				return nil, err
			}
			if made[without], err = encoded(s); err != nil {
				return nil, err
			}
		}
		all[audience] = made[without]
	}
	return all, nil
}

func (h *figuresReader) audiences() []review.Audience {
	all := []review.Audience{review.AudienceShared, review.AudienceAll}
	for _, who := range slices.Concat(h.Policy.Roster.Directors, h.Policy.Roster.Officers) {
		if !slices.Contains(all, review.Audience(who)) {
			all = append(all, review.Audience(who))
		}
	}
	return all
}

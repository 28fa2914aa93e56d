package review

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// What a summary shows of recommendations at most.
const (
	maxOpenRecommendations = 8
	maxDoneRecommendations = 6
	maxRecommendationText  = 300 // characters of one; its owner reads it whole
)

// recommendationBlocks lists the recommendations of this quarter and those
// before it: the open ones, and those that were done, with what came of them.
func (h *Handler) recommendationBlocks(ctx context.Context, sp texts.Speaker, f figures, who roster.PersonID) ([]slack.Block, error) {
	open, done, err := h.recommendations(ctx, f, who)
	if err != nil {
		return nil, err
	}
	var blocks []slack.Block
	if len(open) > 0 {
		lines := make([]slack.RichTextElement, 0, maxOpenRecommendations)
		for _, r := range open[:min(len(open), maxOpenRecommendations)] {
			lines = append(lines, h.openLine(ctx, sp, r))
		}
		blocks = append(blocks, titledList(sp.Say("quarter.open_advice"), lines))
		blocks = append(blocks, moreRecommendations(sp, len(open)-len(lines))...)
	}
	if len(done) == 0 {
		return blocks, nil
	}
	lines := make([]slack.RichTextElement, 0, maxDoneRecommendations)
	for _, r := range done[:min(len(done), maxDoneRecommendations)] {
		line, err := h.doneLine(ctx, sp, f, r)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	blocks = append(blocks, titledList(sp.Say("quarter.done_advice"), lines))
	return append(blocks, moreRecommendations(sp, len(done)-len(lines))...), nil
}

func titledList(title string, lines []slack.RichTextElement) slack.Block {
	return slack.NewRichTextBlock("", slack.NewRichTextSection(kit.Bold(title)), bullets(lines...))
}

func moreRecommendations(sp texts.Speaker, more int) []slack.Block {
	if more <= 0 {
		return nil
	}
	return []slack.Block{kit.Remark(sp.Say("quarter.more_advice", texts.Args{"Count": more}))}
}

// recommendations sorts what may be shown: what is open by its date, what was
// done the last first, as far back as eight quarters. The directors' channel
// reads what all directors may read.
func (h *Handler) recommendations(ctx context.Context, f figures, who roster.PersonID) (open, done []review.Recommendation, err error) {
	viewer := who
	if viewer == "" && len(h.Policy.Roster.Directors) > 0 {
		viewer = h.Policy.Roster.Directors[0]
	}
	all, err := h.reviews.Recommendations(ctx, viewer)
	if err != nil {
		return nil, nil, fmt.Errorf("recommendations: %w", err)
	}
	since := report.Since(f.scope.Quarter)
	for _, r := range all {
		switch {
		case who == "" && r.Audience != review.AudienceShared, r.Quarter.Compare(f.scope.Quarter) > 0:
		case r.Open():
			open = append(open, r)
		case r.Quarter.Compare(since) >= 0:
			done = append(done, r)
		}
	}
	slices.SortStableFunc(open, func(a, b review.Recommendation) int { return a.Due.Compare(b.Due) })
	slices.SortStableFunc(done, func(a, b review.Recommendation) int { return b.Done.Compare(a.Done) })
	return open, done, nil
}

// openLine is a recommendation with who sees to it and by when; nobody is
// pinged.
func (h *Handler) openLine(ctx context.Context, sp texts.Speaker, r review.Recommendation) *slack.RichTextSection {
	owner := sp.Say("quarter.owner", texts.Args{"Who": h.Name(ctx, sp, r.Owner), "Date": sp.Date(r.Due)})
	runs := []slack.RichTextSectionElement{kit.Words(kit.Cut(r.Text.Reveal(), maxRecommendationText)), kit.Words("\n"), kit.Words(owner)}
	if r.Due.Before(h.Today()) {
		runs = append(runs, kit.Words(" "), kit.Bold(sp.Say("quarter.overdue")))
	}
	return slack.NewRichTextSection(runs...)
}

// doneLine says what the figure that a recommendation is about did since: in
// the quarter that it came from, and in this one, as the reader may know them.
func (h *Handler) doneLine(ctx context.Context, sp texts.Speaker, f figures, r review.Recommendation) (*slack.RichTextSection, error) {
	runs := []slack.RichTextSectionElement{kit.Words(kit.Cut(r.Text.Reveal(), maxRecommendationText))}
	subject := subjectOf(sp, r)
	if subject == "" || r.Quarter.Compare(f.scope.Quarter) >= 0 {
		return slack.NewRichTextSection(append(runs, kit.Words("\n"), kit.Words(sp.Say("quarter.done_on", texts.Args{"Date": sp.Date(r.Done)})))...), nil
	}
	then, err := h.figuresOf(ctx, scope{r.Quarter, f.Audience})
	if err != nil {
		return nil, err
	}
	effect := fmt.Sprintf("%d → %d", then.Of(r.Category, r.Offering), f.Of(r.Category, r.Offering))
	return slack.NewRichTextSection(append(runs, kit.Words("\n"+kit.Cut(subject, kit.MaxLabel)+": "), kit.Bold(effect))...), nil
}

// subjectOf names the figure that a recommendation is about; "" for none.
func subjectOf(sp texts.Speaker, r review.Recommendation) string {
	if r.Category != "" {
		return kit.Choice(sp, "category", r.Category)
	}
	return r.Offering
}

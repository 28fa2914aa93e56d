package report

import (
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// Dealing is what stands on paper beside the figures of a quarter: whose they are, and
// what the directors made of them. The zero Dealing says nothing.
type Dealing struct {
	Firm    string
	Quarter calendar.Quarter
	Today   calendar.Date
	// Review is how the quarter was dealt with, zero as long as it was not, and By the
	// name of who recorded that.
	Review          review.Review
	By              string
	Recommendations []Recommended
}

// Recommended is a recommendation, of this quarter or open from one before, with the
// name of who sees to it.
type Recommended struct {
	review.Recommendation
	Who string
}

// OnPaper reports whether paper shows a recommendation beside the figures of a quarter:
// those of the quarter itself, and those from before it that are still open.
func OnPaper(r *review.Recommendation, q calendar.Quarter) bool {
	ago := r.Quarter.Compare(q)
	return ago == 0 || ago < 0 && r.Open()
}

// told says whether the directors dealt with the quarter: who recorded that and when,
// and how many recommendations came of it; "" while it lasts.
func (d *Dealing) told(sp texts.Speaker) string {
	own := 0
	for _, r := range d.Recommendations {
		own += oneIf(r.Quarter == d.Quarter)
	}
	switch {
	case !d.Review.Quarter.IsZero():
		return DealtWith(d.Review, d.By, own, sp)
	case !d.Quarter.IsZero() && d.Today.After(d.Quarter.Last()):
		return sp.Say("quarter.undealt")
	}
	return ""
}

// DealtWith says who dealt with a quarter, when, and how many recommendations came of
// it.
func DealtWith(r review.Review, by string, recommendations int, sp texts.Speaker) string {
	about := texts.Args{"Who": by, "Date": sp.Date(r.On), "Count": recommendations}
	if recommendations == 0 {
		return sp.Say("quarter.dealt.nothing", about)
	}
	return sp.Say("quarter.dealt.advised", about)
}

// State is who sees to a recommendation and by when, and how that stands.
func (r *Recommended) State(today calendar.Date, sp texts.Speaker) string {
	key := "quarter.state.open"
	switch {
	case !r.Open():
		key = "quarter.state.done"
	case r.Due.Before(today):
		key = "quarter.state.late"
	}
	return sp.Say(key, texts.Args{"Who": r.Who, "Date": sp.Date(r.Due), "Done": sp.Date(r.Done)})
}

// With is the summary with what the directors made of it.
func (t SummaryView) With(d Dealing, sp texts.Speaker) SummaryView {
	t.Firm, t.Dealt = d.Firm, d.told(sp)
	t.AdviceTitle = sp.Say("quarter.advice")
	for _, r := range d.Recommendations {
		t.Advice = append(t.Advice, Advice{r.Text.Reveal(), r.State(d.Today, sp)})
	}
	return t
}

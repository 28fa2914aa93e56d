// Package review is the directors' review of a quarter (R11): its figures, what
// they recommend, and what becomes of that.
package review

import (
	"context"
	"strings"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// FiguresReader is what the figures of a quarter need of the register.
type FiguresReader interface {
	// Quarterly calls f with every complaint that the figures of that quarter
	// and of its history count, but for those that concern one of these people.
	Quarterly(ctx context.Context, since, quarter calendar.Quarter, without []roster.PersonID, f func(workflow.Complaint) error) error
	// Snapshot returns the figures as they were when the quarter was dealt
	// with, as JSON of a report.Summary; nil when none were kept.
	Snapshot(context.Context, calendar.Quarter, review.Audience) ([]byte, error)
	// Review returns how the quarter was dealt with for that audience; the zero
	// Review when it was not.
	Review(context.Context, calendar.Quarter, review.Audience) (review.Review, error)
	// Refunds adds up what was promised in money to the complainants of that
	// quarter, but for those whose case concerns one of these people.
	Refunds(ctx context.Context, quarter calendar.Quarter, without []roster.PersonID) (review.Refunds, error)
	// UnsavedSnapshots lists the reviews for which no figures were kept.
	UnsavedSnapshots(context.Context) ([]review.Review, error)
}

// ReviewStore is what the review of a quarter (R11) needs of the register.
type ReviewStore interface {
	// Waiting lists the quarters that were offered to an audience and not
	// dealt with, oldest first.
	Waiting(context.Context, review.Audience) ([]calendar.Quarter, error)
	// Deal records what comes of a quarter, once per gesture.
	Deal(context.Context, review.Dealing) error
	// Recommendations lists those that somebody may read.
	Recommendations(ctx context.Context, viewer roster.PersonID) ([]review.Recommendation, error)
	// Recommendation returns one, for the bot.
	Recommendation(ctx context.Context, id string) (review.Recommendation, error)
	// FollowUp records what becomes of one, once per gesture.
	FollowUp(context.Context, review.FollowUp) (review.Recommendation, error)
}

// Handler shows the figures of a quarter and takes what the directors
// recommend.
type Handler struct {
	*core.Env
	*figuresReader
	*followUps
	reviews ReviewStore
	// directorsChannel says that the directors have a channel together.
	directorsChannel bool
}

// New returns the Handler of a quarter's review; channel says whether the
// directors have a channel together.
func New(e *core.Env, f FiguresReader, r ReviewStore, channel bool) *Handler {
	return &Handler{e, &figuresReader{e, f, r}, &followUps{e, r}, r, channel}
}

// figuresReader counts figures and keeps those of a quarter that was dealt with.
type figuresReader struct {
	*core.Env
	figures FiguresReader
	reviews ReviewStore
}

// followUps is what becomes of recommendations: their owners are asked, and
// answer that one was done or put its date off.
type followUps struct {
	*core.Env
	reviews ReviewStore
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		quarterOpen:        {Begin: h.beginQuarter},
		quarterEarly:       {Begin: h.beginQuarter},
		quarterLater:       {Begin: h.beginQuarter},
		recommendID:        {Begin: h.beginRecommendation, Submit: h.submitRecommendation},
		nothingID:          {Open: h.openNothing, Submit: h.submitNothing},
		recommendationDone: {Open: h.finishRecommendation},
		recommendationDate: {Open: h.openRecommendationDate, Submit: h.submitRecommendationDate},
	}, Command: h.command, Messages: map[outbox.Kind]core.Renderer{
		outbox.KindQuarter:                h.render,
		outbox.KindReviewsWaiting:         h.render,
		outbox.KindReviewed:               h.render,
		outbox.KindRecommendation:         h.render,
		outbox.KindRecommendationAssigned: h.render,
	}}
}

// scope is which figures a button is about: those of a quarter, as an audience
// may know them. The zero Quarter is none.
type scope struct {
	Quarter  calendar.Quarter
	Audience review.Audience // "" for whatever the person may see
}

// String is the value of a button.
func (t scope) String() string { return t.Quarter.String() + "|" + string(t.Audience) }

// parseScope reads what String wrote; the zero scope when it is anything else.
func parseScope(value string) scope {
	quarter, audience, _ := strings.Cut(value, "|")
	q, err := calendar.ParseQuarter(quarter)
	if err != nil || q.Year < firstYear {
		return scope{}
	}
	return scope{q, review.Audience(audience)}
}

// firstYear is before every complaint: whoever types an earlier quarter
// mistyped.
const firstYear = 2000

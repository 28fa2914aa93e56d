package outbox

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Payloads of the review of a quarter (R11).

// QuarterSummary is the summary of a quarter.
type QuarterSummary struct {
	Reader

	Quarter calendar.Quarter `json:"quarter"`
}

// ReviewsWaiting reminds of the quarters that were not dealt with.
type ReviewsWaiting struct {
	Reader
}

// Reviewed says to the other directors that the review of a quarter is done.
type Reviewed struct {
	Reader

	Quarter calendar.Quarter `json:"quarter"`
}

// Reader is who reads a message for the directors: all of them together in
// their channel, or one of them directly.
type Reader struct {
	To roster.PersonID `json:"to,omitempty"` // "" for the channel
	// Instead: the channel did not take the message, and so this director gets
	// what it would read.
	Instead bool `json:"instead,omitempty"`
}

// ForDirectors is a payload that may go to the directors' channel.
type ForDirectors interface {
	Payload
	// InsteadTo is the same for one director, to whom it goes because the channel
	// does not take it.
	InsteadTo(director roster.PersonID) Payload
}

// RecommendationAssigned says to somebody that a recommendation is theirs to
// carry out.
type RecommendationAssigned struct {
	To roster.PersonID `json:"to"`
	ID string          `json:"id"`
}

// RecommendationReminder asks somebody whether a recommendation was carried out.
type RecommendationReminder struct {
	To roster.PersonID `json:"to"`
	ID string          `json:"id"`
}

func (q QuarterSummary) InsteadTo(director roster.PersonID) Payload {
	q.Reader = Reader{director, true}
	return q
}

func (r ReviewsWaiting) InsteadTo(director roster.PersonID) Payload {
	r.Reader = Reader{director, true}
	return r
}

func (r Reviewed) InsteadTo(director roster.PersonID) Payload {
	r.Reader = Reader{director, true}
	return r
}

// insteadSlot ends the slot of what a director gets instead of the channel.
const insteadSlot = "/instead"

func (r Reader) slot(of string) string {
	if r.Instead {
		return of + insteadSlot
	}
	return of
}

// valid: what goes to the channel is instead of nothing.
func (r Reader) valid() bool { return isWord(r.To) || r == Reader{} }

func (r Reader) Recipient() roster.PersonID { return r.To }

// The kinds.
func (QuarterSummary) Kind() Kind         { return KindQuarter }
func (ReviewsWaiting) Kind() Kind         { return KindReviewsWaiting }
func (Reviewed) Kind() Kind               { return KindReviewed }
func (RecommendationAssigned) Kind() Kind { return KindRecommendationAssigned }
func (RecommendationReminder) Kind() Kind { return KindRecommendation }

// Whom they are for.
func (r RecommendationAssigned) Recipient() roster.PersonID { return r.To }
func (r RecommendationReminder) Recipient() roster.PersonID { return r.To }

func (q QuarterSummary) Slot() string { return q.slot(q.Quarter.String()) }

func (r ReviewsWaiting) Slot() string { return r.slot("") }

func (r Reviewed) Slot() string { return r.slot(r.Quarter.String()) }

func (r RecommendationAssigned) Slot() string { return r.ID }

func (r RecommendationReminder) Slot() string { return r.ID }

func (q QuarterSummary) valid() bool         { return q.Reader.valid() && !q.Quarter.IsZero() }
func (r Reviewed) valid() bool               { return r.Reader.valid() && !r.Quarter.IsZero() }
func (r RecommendationAssigned) valid() bool { return isWord(r.To) && isWord(r.ID) }
func (r RecommendationReminder) valid() bool { return isWord(r.To) && isWord(r.ID) }

package outbox

// Kind is a place where a case shows.
type Kind string

// The kinds. Case and nudge are views: one row in the outbox per case and
// kind (a nudge: per person and promise too), a newer version replacing an
// unsent older one. Story and line are events: each is sent once.
const (
	KindCase           Kind = "case"     // the case message, root of the thread
	KindStory          Kind = "story"    // first reply: story and wish
	KindLine           Kind = "line"     // what was done, by whom, when
	KindReminder       Kind = "nudge"    // a reminder; posted anew each time
	KindLetter         Kind = "mail"     // a letter, by e-mail
	KindHandover       Kind = "handover" // to a handler who does not read the case channel
	KindDeletion       Kind = "clear"    // takes away what was posted where the case shows no more
	KindErasureOutcome Kind = "erasure"  // tells who asked for an erasure what became of that, in What

	// The register asks for these itself, when files come with a change. They
	// stand in no order with what else a case shows.
	KindFileImport  Kind = "file"    // takes an attachment over; What is its ordinal
	KindFileRemoval Kind = "removal" // asks who sent files in to take them out of Slack; What is the journal line
)

// The kinds of a document that goes to one person as a file. A delivery
// says in What which document, and stands in no order with the case's others.
const (
	KindDocument       Kind = "outgoing" // the file
	KindDocumentRecall Kind = "recall"   // takes it back, a day later
)

// KindPicture is a picture below a message, of what Slack did not show in it.
const KindPicture Kind = "picture"

// Uploads reports whether deliveries of this kind bring a file to Slack,
// which takes its time.
func (s Kind) Uploads() bool { return s == KindDocument || s == KindPicture }

// The kinds that are of a person, or of the directors together, and no case.
// They are views: one row a person.
const (
	KindDigest       Kind = "digest" // a morning's nudges in one message
	KindWeeklyDigest Kind = "weekly" // a director's overdue promises
	KindErased       Kind = "erased" // to who asked for it: the case with the number in What is gone

	KindUndeletable Kind = "remnants" // what people have to take out of Slack themselves
)

// KindUndeletableCheck looks whether what of a case was left in Slack is still there; it
// comes back every day as long as something is.
const KindUndeletableCheck Kind = "look"

// View reports whether rows of this kind are views.
func (s Kind) View() bool {
	switch s {
	case KindCase, KindReminder, KindDigest, KindWeeklyDigest, KindErased,
		KindQuarter, KindReviewsWaiting, KindReviewed, KindRecommendation, KindRecommendationAssigned, KindUndeletable, KindUndeletableCheck:
		return true
	}
	return false
}

// Slow reports whether preparing a delivery of this kind may take longer
// than its lane is leased for: a file is brought, or figures are counted over
// every case.
func (s Kind) Slow() bool {
	return s.Uploads() || s == KindQuarter || s == KindReviewsWaiting
}

// Edits reports whether a newer version edits the message that is there; a
// nudge is posted anew, since an edit pings nobody.
func (s Kind) Edits() bool { return s == KindCase }

// The kinds of the review of a quarter (R11); as those of a person they are views.
const (
	KindQuarter                Kind = "quarter"        // the summary of the quarter in What
	KindReviewsWaiting         Kind = "reviews"        // quarters that were not dealt with
	KindReviewed               Kind = "reviewed"       // that the quarter in What was dealt with, to the other directors
	KindRecommendationAssigned Kind = "asked"          // to who is to see to the recommendation whose id is What
	KindRecommendation         Kind = "recommendation" // asks them whether it was done
)

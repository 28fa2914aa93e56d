package outbox

import "slices"

// Kind is the kind of a delivery. Its value is stored, and part of the key that
// a message carries in Slack: it never changes.
type Kind string

// The kinds of delivery that show a case, in the order that its effects ask for.
const (
	KindCase           Kind = "case"     // the case message, root of the thread
	KindStory          Kind = "story"    // first reply: story and wish
	KindLine           Kind = "line"     // what was done, by whom, when
	KindReminder       Kind = "nudge"    // a reminder; posted anew each time
	KindLetter         Kind = "mail"     // a letter, by e-mail
	KindHandover       Kind = "handover" // to a handler who does not read the case channel
	KindDeletion       Kind = "clear"    // takes away what was posted where the case shows no more
	KindErasureOutcome Kind = "erasure"  // to who asked for an erasure that does not come
)

// The kinds that belong to a case and stand in no order with its other
// deliveries. The register asks for them itself.
const (
	KindFileImport       Kind = "file"     // takes an attachment over
	KindFileRemoval      Kind = "removal"  // asks who sent files in to take them out of Slack
	KindDocument         Kind = "outgoing" // a document, as a file
	KindDocumentRecall   Kind = "recall"   // takes it back, a day later
	KindPicture          Kind = "picture"  // below a message, of what Slack did not show in it
	KindUndeletableCheck Kind = "look"     // whether what was left in Slack is still there; daily
)

// The kinds that are of a person and no case.
const (
	KindDigest       Kind = "digest"   // a morning's reminders in one message
	KindWeeklyDigest Kind = "weekly"   // a director's overdue promises
	KindErased       Kind = "erased"   // to who asked for it: the case is gone
	KindUndeletable  Kind = "remnants" // what people have to take out of Slack themselves
)

// The kinds of the review of a quarter (R11): of a director, or of all of them
// together in their channel.
const (
	KindQuarter                Kind = "quarter"        // the summary of a quarter
	KindReviewsWaiting         Kind = "reviews"        // quarters that were not dealt with
	KindReviewed               Kind = "reviewed"       // a quarter was dealt with, to the other directors
	KindRecommendationAssigned Kind = "asked"          // to who is to see to a recommendation
	KindRecommendation         Kind = "recommendation" // asks them whether it was done
)

// traits is a row of the table of kinds.
type traits struct {
	payloads []Payload // an empty one of each type that a delivery of the kind may carry
	lane     laneRule
	view     bool
	edits    bool
	threaded bool
	personal bool
	silent   bool
	uploads  bool
	slow     bool
}

// kinds is all that is known of each kind; a test holds it complete.
var kinds = map[Kind]traits{
	KindCase:           {payloads: []Payload{Case{}}, lane: laneOfCase, view: true, edits: true},
	KindStory:          {payloads: []Payload{Story{}}, lane: laneOfCase, threaded: true},
	KindLine:           {payloads: []Payload{Line{}, LetterFailedLine{}, LetterInDoubtLine{}}, lane: laneOfCase, threaded: true},
	KindReminder:       {payloads: []Payload{Reminder{}}, lane: laneOfReminder, view: true, threaded: true},
	KindLetter:         {payloads: []Payload{NewLetter{}, RepeatedLetter{}}, lane: laneOfLetters},
	KindHandover:       {payloads: []Payload{Handover{}}, lane: laneOfRecipient},
	KindDeletion:       {payloads: []Payload{Deletion{}}, lane: laneOfDeletions, silent: true},
	KindErasureOutcome: {payloads: []Payload{ErasureOutcome{}}, lane: laneOfRecipient},

	KindFileImport:       {payloads: []Payload{FileImport{}}, lane: laneOfFiles, silent: true},
	KindFileRemoval:      {payloads: []Payload{FileRemoval{}}, lane: laneOfRecipient},
	KindDocument:         {payloads: []Payload{DocumentFile{}}, lane: laneOfRecipient, uploads: true, slow: true},
	KindDocumentRecall:   {payloads: []Payload{DocumentRecall{}}, lane: laneOfRecipient},
	KindPicture:          {payloads: []Payload{Picture{}}, lane: laneBelow, uploads: true, slow: true},
	KindUndeletableCheck: {payloads: []Payload{UndeletableCheck{}}, lane: laneOfChecks, view: true, silent: true},

	KindDigest:       {payloads: []Payload{Digest{}}, lane: laneOfRecipient, view: true, personal: true},
	KindWeeklyDigest: {payloads: []Payload{WeeklyDigest{}}, lane: laneOfRecipient, view: true, personal: true},
	KindErased:       {payloads: []Payload{Erased{}}, lane: laneOfRecipient, view: true, personal: true},
	KindUndeletable:  {payloads: []Payload{UndeletableNotice{}}, lane: laneOfRecipient, view: true, personal: true},

	KindQuarter:                {payloads: []Payload{QuarterSummary{}}, lane: laneOfDirectors, view: true, personal: true, slow: true},
	KindReviewsWaiting:         {payloads: []Payload{ReviewsWaiting{}}, lane: laneOfDirectors, view: true, personal: true, slow: true},
	KindReviewed:               {payloads: []Payload{Reviewed{}}, lane: laneOfDirectors, view: true, personal: true},
	KindRecommendationAssigned: {payloads: []Payload{RecommendationAssigned{}}, lane: laneOfRecipient, view: true, personal: true},
	KindRecommendation:         {payloads: []Payload{RecommendationReminder{}}, lane: laneOfRecipient, view: true, personal: true},
}

// View reports whether rows of this kind are views: one row for a case, a
// recipient and a slot, a newer version replacing an unsent older one. Of any
// other kind each delivery is an event, sent once.
func (k Kind) View() bool { return kinds[k].view }

// Edits reports whether a newer version edits the message that is there; a
// reminder is posted anew, since an edit pings nobody.
func (k Kind) Edits() bool { return kinds[k].edits }

// Anew reports whether each new version is another message, with another key.
func (k Kind) Anew() bool { return k.View() && !k.Edits() }

// Threaded reports whether a kind stands below the case message, where it goes
// into the same lane.
func (k Kind) Threaded() bool { return kinds[k].threaded }

// Personal reports whether a kind is of a person, or of the directors together,
// and of no case.
func (k Kind) Personal() bool { return kinds[k].personal }

// Silent reports whether a delivery of this kind is carried out without a
// message.
func (k Kind) Silent() bool { return kinds[k].silent }

// Uploads reports whether deliveries of this kind bring a file to Slack.
func (k Kind) Uploads() bool { return kinds[k].uploads }

// Slow reports whether preparing a delivery of this kind may take longer than
// its lane is leased for: a file is brought, or figures are counted over every
// case.
func (k Kind) Slow() bool { return kinds[k].slow }

// Kinds lists all kinds, in the order of their words.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds))
	for k := range kinds {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

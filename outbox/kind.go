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
	KindRepeatedNotice Kind = "notices"  // to a director: the complainant got one notice after another
	KindUrgent         Kind = "urgent"   // whatever the hour: a complaint that can't wait; edited once it was seen
)

// The kinds of a remedy: to whoever sees to it, and of what became of it.
const (
	KindRemedy     Kind = "remedy"      // what was promised, and by when; edited as that changes
	KindRemedyNews Kind = "remedy_news" // it is said to be done, or it was not kept
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
	KindRootCheck        Kind = "root"     // whether the case message and its thread still stand
	KindSource           Kind = "source"   // to who filed it from a message in an open channel: that stands there
)

// The kinds that are of a person and no case.
const (
	KindDigest       Kind = "digest"   // a morning's reminders in one message
	KindWeeklyDigest Kind = "weekly"   // a director's overdue promises
	KindErased       Kind = "erased"   // to who asked for it: the case is gone
	KindUndeletable  Kind = "remnants" // what people have to take out of Slack themselves
)

// KindViewCheck is whether what open cases show still stands: daily, and when
// somebody asks for it. It is of no case and no person.
const KindViewCheck Kind = "views"

// The kinds of the review of a quarter (R11): of a director, or of all of them
// together in their channel.
const (
	KindQuarter                Kind = "quarter"        // the summary of a quarter
	KindReviewsWaiting         Kind = "reviews"        // quarters that were not dealt with
	KindReviewed               Kind = "reviewed"       // a quarter was dealt with, to the other directors
	KindRecommendationAssigned Kind = "asked"          // to who is to see to a recommendation
	KindRecommendation         Kind = "recommendation" // asks them whether it was done
)

// traits is a row of the table of kinds. The methods of Kind say what each means.
type traits struct {
	payloads []Payload // an empty one of each type that a delivery of the kind may carry
	lane     laneRule
	has      trait
}

// trait is a set of what may hold of a kind.
type trait int

const (
	view trait = 1 << iota
	edits
	threaded
	personal
	silent
	keyed
	stays
	cleans
	uploads
	slow
	reposts
)

// kinds is all that is known of each kind; a test holds it complete.
var kinds = map[Kind]traits{
	KindCase:           {[]Payload{Case{}}, laneOfCase, view | edits | keyed},
	KindStory:          {[]Payload{Story{}}, laneOfCase, threaded | keyed | reposts},
	KindLine:           {[]Payload{Line{}, LetterFailedLine{}, LetterExpiredLine{}, LetterWaitsLine{}, LetterInDoubtLine{}}, laneOfCase, threaded | keyed | reposts},
	KindReminder:       {[]Payload{Reminder{}}, laneOfReminder, view | threaded | keyed},
	KindLetter:         {[]Payload{NewLetter{}, RepeatedLetter{}}, laneOfLetters, 0},
	KindHandover:       {[]Payload{Handover{}}, laneOfRecipient, keyed},
	KindDeletion:       {[]Payload{Deletion{}}, laneOfDeletions, silent | cleans},
	KindErasureOutcome: {[]Payload{ErasureOutcome{}}, laneOfRecipient, keyed},
	KindRepeatedNotice: {[]Payload{RepeatedNotice{}}, laneOfRecipient, keyed},
	KindUrgent:         {[]Payload{Urgent{}}, laneOfRecipient, view | edits | stays | keyed},

	KindRemedy:     {[]Payload{Remedy{}}, laneOfRecipient, view | edits | stays | keyed},
	KindRemedyNews: {[]Payload{RemedyReported{}, RemedyNotKept{}}, laneOfReminder, threaded | keyed},

	KindFileImport:       {[]Payload{FileImport{}}, laneOfFiles, silent},
	KindFileRemoval:      {[]Payload{FileRemoval{}}, laneOfRecipient, stays | keyed},
	KindDocument:         {[]Payload{DocumentFile{}}, laneOfRecipient, stays | uploads | slow},
	KindDocumentRecall:   {[]Payload{DocumentRecall{}}, laneOfRecipient, stays | cleans},
	KindPicture:          {[]Payload{Picture{}}, laneBelow, uploads | slow},
	KindUndeletableCheck: {[]Payload{UndeletableCheck{}}, laneOfChecks, view | silent | cleans},
	KindRootCheck:        {[]Payload{RootCheck{}}, laneOfViews, view | silent | slow},
	KindViewCheck:        {[]Payload{ViewCheck{}}, laneOfViews, view | personal | silent | slow},
	KindSource:           {[]Payload{SourceReminder{}}, laneOfRecipient, view | stays | keyed},

	KindDigest:       {[]Payload{Digest{}}, laneOfRecipient, view | personal | keyed},
	KindWeeklyDigest: {[]Payload{WeeklyDigest{}}, laneOfRecipient, view | personal | keyed},
	KindErased:       {[]Payload{Erased{}}, laneOfRecipient, view | personal | keyed},
	KindUndeletable:  {[]Payload{UndeletableNotice{}}, laneOfRecipient, view | personal | keyed},

	KindQuarter:                {[]Payload{QuarterSummary{}}, laneOfDirectors, view | edits | personal | keyed | slow},
	KindReviewsWaiting:         {[]Payload{ReviewsWaiting{}}, laneOfDirectors, view | personal | keyed | slow},
	KindReviewed:               {[]Payload{Reviewed{}}, laneOfDirectors, view | personal | keyed},
	KindRecommendationAssigned: {[]Payload{RecommendationAssigned{}}, laneOfRecipient, view | personal | keyed},
	KindRecommendation:         {[]Payload{RecommendationReminder{}}, laneOfRecipient, view | personal | keyed},
}

func (k Kind) is(t trait) bool { return kinds[k].has&t != 0 }

// View reports whether rows of this kind are views: one row for a case, a
// recipient and a slot, a newer version replacing an unsent older one. Of any
// other kind each delivery is an event, sent once.
func (k Kind) View() bool { return k.is(view) }

// Edits reports whether a newer version edits the message that is there; a
// reminder is posted anew, since an edit pings nobody.
func (k Kind) Edits() bool { return k.is(edits) }

// Anew reports whether each new version is another message, with another key.
func (k Kind) Anew() bool { return k.View() && !k.Edits() }

// Threaded reports whether a kind stands below the case message, where it goes
// into the same lane.
func (k Kind) Threaded() bool { return k.is(threaded) }

// Personal reports whether a kind is of a person, or of the directors together,
// and of no case.
func (k Kind) Personal() bool { return k.is(personal) }

// Silent reports whether a delivery of this kind is carried out without a
// message.
func (k Kind) Silent() bool { return k.is(silent) }

// Keyed reports whether the message of a delivery of this kind carries its key in
// Slack, by which it is searched for after an attempt whose end nobody knows.
// A file has the key in its name, and a letter as its Message-ID.
func (k Kind) Keyed() bool { return k.is(keyed) }

// Stays reports whether a delivery stays with its recipient when its case shows
// elsewhere from now on. All else that waits where the case showed goes along.
func (k Kind) Stays() bool { return k.is(stays) }

// Cleans reports whether deliveries of this kind take something out of Slack, or
// check whether it is gone: an erased case is not gone before they are done.
func (k Kind) Cleans() bool { return k.is(cleans) }

// Uploads reports whether deliveries of this kind bring a file to Slack.
func (k Kind) Uploads() bool { return k.is(uploads) }

// Slow reports whether preparing a delivery of this kind may take longer than
// its lane is leased for: a file is brought, or figures are counted over every
// case.
func (k Kind) Slow() bool { return k.is(slow) }

// Reposts reports whether deliveries of this kind are posted anew with the case
// message above them, when that is.
func (k Kind) Reposts() bool { return k.is(reposts) }

// Payloads are an empty one of each type that a delivery of this kind may carry.
func (k Kind) Payloads() []Payload { return slices.Clone(kinds[k].payloads) }

// Kinds lists all kinds, in the order of their words.
func Kinds() []Kind {
	all := make([]Kind, 0, len(kinds))
	for k := range kinds {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

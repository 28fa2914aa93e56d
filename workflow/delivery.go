package workflow

import (
	"strings"
	"time"
)

// Kind is a place where a case shows.
type Kind string

// The surfaces. Case and nudge are views: one row in the outbox per case and
// surface (a nudge: per person and promise too), a newer version replacing an
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

// The surfaces of a document that goes to one person as a file. A delivery
// says in What which document, and stands in no order with the case's others.
const (
	KindDocument       Kind = "outgoing" // the file
	KindDocumentRecall Kind = "recall"   // takes it back, a day later
)

// KindPicture is a picture below a message, of what Slack did not show in it.
const KindPicture Kind = "picture"

// Uploads reports whether deliveries of this surface bring a file to Slack,
// which takes its time.
func (s Kind) Uploads() bool { return s == KindDocument || s == KindPicture }

// The surfaces that are of a person, or of the directors together, and no case.
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

// View reports whether rows of this surface are views.
func (s Kind) View() bool {
	switch s {
	case KindCase, KindReminder, KindDigest, KindWeeklyDigest, KindErased,
		KindQuarter, KindReviewsWaiting, KindReviewed, KindRecommendation, KindRecommendationAssigned, KindUndeletable, KindUndeletableCheck:
		return true
	}
	return false
}

// Slow reports whether preparing a delivery of this surface may take longer
// than its lane is leased for: a file is brought, or figures are counted over
// every case.
func (s Kind) Slow() bool {
	return s.Uploads() || s == KindQuarter || s == KindReviewsWaiting
}

// Edits reports whether a newer version edits the message that is there; a
// nudge is posted anew, since an edit pings nobody.
func (s Kind) Edits() bool { return s == KindCase }

// Effect is something to show, as Step asks for it. It holds no text: what it
// says is rendered from the register when it is sent.
type Effect struct {
	Kind Kind
	To   PersonID // whom a nudge is for
	What string   // a line's action, a nudge's watch, which letter
}

// Lane is where an effect on the case is shown. A nudge goes below the case
// message where the person reads that anyway; who is no officer, and so no
// member of the case channel, or reads another's direct messages no more than
// anybody, gets it directly. So does who is told that a case, closed long ago,
// is going to be erased, or is asked to confirm that.
func (e Effect) Lane(c *Complaint, r Roster) Lane {
	switch {
	case e.Kind == KindLetter:
		return LaneLetters
	case e.Kind == KindDeletion:
		return LaneDeletion
	case e.Kind == KindHandover, e.Kind == KindErasureOutcome, e.Kind == KindErased:
		return DirectLane(e.To)
	case e.Kind == KindReminder && (!r.IsOfficer(e.To) || c.Guarded() || e.What == string(WatchRetention) || e.What == string(WatchErasure)):
		return DirectLane(e.To)
	}
	return c.Lane()
}

// Lane is where messages go one after the other: the case channel, or the
// direct messages with one person. It is the unit of order, pace and lease.
type Lane string

// LaneCases is the case channel's lane.
const LaneCases Lane = "cases"

// LaneDirectors is that of the directors' channel, where there is one.
const LaneDirectors Lane = "directors"

// LaneLetters is that of letters by e-mail.
const LaneLetters Lane = "mail"

// LaneFiles is that of files to be taken over.
const LaneFiles Lane = "files"

// LaneDeletion is that of taking messages away: it waits for no pace, and what it
// can't take away shows in no count that everybody reads.
const LaneDeletion Lane = "clear"

// LaneUndeletable is that of looking at what is left: however much that is, it keeps no
// case waiting that is to be taken away.
const LaneUndeletable Lane = "look"

// DirectLane is the lane of the direct messages with that person.
func DirectLane(who PersonID) Lane { return Lane("dm:" + string(who)) }

// Direct returns the person of a direct lane.
func (l Lane) Direct() (PersonID, bool) {
	who, ok := strings.CutPrefix(string(l), "dm:")
	return PersonID(who), ok
}

// Lane returns where the case is shown: a guarded case only in direct
// messages with its handler.
func (c *Complaint) Lane() Lane {
	if c.Guarded() {
		return DirectLane(c.Owner)
	}
	return LaneCases
}

// RecordKind says what an entry of the dossier is.
type RecordKind string

// The kinds of entries.
const (
	RecordAcknowledgement RecordKind = "acknowledgement"
	RecordQuestion        RecordKind = "question"
	RecordAnswer          RecordKind = "answer"
	RecordDecision        RecordKind = "decision"
	RecordConfirmation    RecordKind = "confirmation"
	RecordNote            RecordKind = "note"
	RecordProgress        RecordKind = "progress"
	RecordWithdrawal      RecordKind = "withdrawal"
	RecordReopening       RecordKind = "reopening"
	RecordDispute         RecordKind = "dispute"
	RecordRuling          RecordKind = "ruling"
	RecordAssignment      RecordKind = "assignment"
	RecordCorrection      RecordKind = "correction"
	RecordHold            RecordKind = "hold"
	RecordSnooze          RecordKind = "snooze"
	RecordLink            RecordKind = "link"
	RecordMailWaits       RecordKind = "mail_waits"
	RecordMailFailed      RecordKind = "mail_failed"
	RecordMailDoubt       RecordKind = "mail_doubt"
	RecordDisclosure      RecordKind = "disclosure"
	RecordErasure         RecordKind = "erasure"
	RecordErasureDeclined RecordKind = "erasure_declined"
)

// RecordKinds lists them.
func RecordKinds() []RecordKind {
	return []RecordKind{
		RecordAcknowledgement, RecordQuestion, RecordAnswer, RecordDecision, RecordConfirmation, RecordNote,
		RecordProgress, RecordWithdrawal, RecordReopening, RecordDispute, RecordRuling, RecordAssignment,
		RecordCorrection, RecordHold, RecordSnooze, RecordLink, RecordMailWaits, RecordMailFailed, RecordMailDoubt,
		RecordDisclosure,
		RecordErasure, RecordErasureDeclined,
	}
}

type texts = map[string]Confidential

// Record is one entry of the dossier: when it was made and by whom, the date
// and way it tells of, and its sealed texts by field (a block id of the
// contract; "letter" is the whole letter as it left).
type Record struct {
	Kind  RecordKind
	At    time.Time
	By    PersonID
	Date  Date
	Way   Way
	Texts map[string]Confidential
}

// Command is one change asked for through the register's only door.
type Command struct {
	Case    CaseID // "" for Log
	Action  Action
	By      PersonID
	Gesture string // identity of the gesture; the same one twice changes nothing
}

// Result is what became of a Command.
type Result struct {
	Complaint Complaint
	Repeated  bool // the gesture had been carried out before
}

// Delivery is one row of the outbox on its way out. Key is what the message
// carries as metadata, so that it can be found again after an answer was
// lost; it tells nothing.
type Delivery struct {
	ID      int64
	Lane    Lane
	Case    CaseID
	Kind    Kind
	To      PersonID
	What    string
	Version int    // an event's version; of a view the version wanted
	Key     string // complaint, version and ordinal
	// Channel and TS are where the surface stands already (views), Root the
	// case message above a reply; empty when nothing was posted yet.
	Channel, TS, Root string
	// BelowKind is the surface of the message below which a picture goes; that stands
	// at Channel and TS.
	BelowKind Kind
	// Threaded says that it belongs below the case message; Root is empty as
	// long as that was not posted.
	Threaded bool
	Attempts int       // this one included
	FirstTry time.Time // wall clock; a look-up pages back to here
	Fault    string    // why the last attempt failed; "" for none
}

// insteadMark ends the What of a message that a director gets directly because
// the directors' channel did not take it: it tells what the channel would read.
const insteadMark = "/instead" // a space would not fit into a Below

// Instead is that What for a message to the channel.
func Instead(what string) string { return what + insteadMark }

// InsteadOf returns what the message is about, and whether the director gets it
// instead of the channel.
func (d *Delivery) InsteadOf() (what string, channel bool) {
	return strings.CutSuffix(d.What, insteadMark)
}

// FaultSending is the Fault of a letter that is leaving at this moment, or was
// when the program died.
const FaultSending = "sending"

// Letter is a letter to be mailed: what was recorded, and to whom it goes.
type Letter struct {
	Kind           RecordKind
	At             time.Time // when it was recorded
	Key            string    // the same for the same letter, however often it is sent
	Language       string
	To, Name, Text Confidential
}

// Lease is one sender's right to a lane, across all replicas. It ends by
// itself; Token tells a sender that came too late that it has lost it.
type Lease struct {
	Lane  Lane
	Token string
}

// Settlement is what became of one attempt. Exactly one of Posted, Done, Retry
// and Drop is set.
type Settlement struct {
	Posted *Posted
	Done   bool      // carried out, without a message
	Retry  time.Time // try again then (wall clock)
	Drop   bool      // it lost its reason (a settled promise), or nobody can receive it
	Fault  string    // for Retry and Drop: why, a Slack error name or a word of ours; never a payload

	// Pause, with Retry: Slack asked for a rest (429). Until then nothing new
	// is posted in this lane; edits may go on.
	Pause bool
	// OutOfHours, with Retry: people may not be nudged at this hour. A nudge or
	// digest waits for the next gathering.
	OutOfHours bool
	// FanOut, with Retry: the directors' channel takes nothing. Each director
	// gets it directly instead, marked by InsteadOf; it is retried when none can
	// be reached.
	FanOut bool
	// RootGone, with Retry: the case message above this reply is gone. The
	// register forgets where it stood, so that it is posted anew first.
	RootGone bool
}

// Posted is where a delivery ended up.
type Posted struct {
	Channel, TS string
	Version     int  // the complaint's version that it shows
	Edit        bool // an edit doesn't count for the lane's pace
	// ChartRefused: Slack did not take the chart in it. A picture is to follow below it.
	ChartRefused bool
	// File is Slack's id of the document that was handed over, of which no
	// ts is known.
	File string
}

// PendingDeletion is something of a case that was posted where the case shows no more.
// It is a message at Channel and TS, Root when that is a case message with its
// thread; or, with a Key, a message of which nobody knows yet whether it was
// posted: in that lane, in the thread of TS when there is one, not before Since.
// It may still arrive until After.
type PendingDeletion struct {
	Lane         Lane
	Channel, TS  string
	Root         bool
	Key          string
	Since, After time.Time // wall clock
}

// Lookup finds one case as somebody sees it, by one of its names.
type Lookup struct {
	ID     CaseID
	Number string
	// Channel and TS are those of a message that the bot posted about it.
	Channel, TS string
}

// Standing is how Slack knows a person.
type Standing string

// The standings; only a member may do anything.
const (
	StandingMember      Standing = "member"
	StandingGuest       Standing = "guest"
	StandingDeactivated Standing = "deactivated"
	StandingStranger    Standing = "stranger" // of another workspace
	StandingBot         Standing = "bot"
)

// Person is what the bot knows of somebody in the workspace.
type Person struct {
	ID       PersonID
	Name     string // as people know them; shown without a mention
	Language string // "nl" or "en"
	Standing Standing
}

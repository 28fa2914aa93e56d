package outbox

import (
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Delivery is one row of the outbox on its way out. Key is what the message
// carries as metadata, so that it can be found again after an answer was
// lost; it tells nothing.
type Delivery struct {
	Payload

	ID      int64
	Lane    Lane
	Case    workflow.CaseID
	Version int    // an event's version; of a view the version wanted
	Ordinal int    // an event's place among those of its version
	Key     string // complaint, kind, recipient, slot, version and ordinal
	// Channel and TS are where a message that is edited stands already, Channel and
	// Root the case message above a reply; empty when nothing was posted yet.
	Channel, TS, Root string
	// Reposted says that it was said before: it mentions nobody. Of a case message
	// that holds until the case gets another handler.
	Reposted bool
	// Threaded says that it belongs below the case message; Root is empty as
	// long as that was not posted.
	Threaded bool
	Attempts int       // this one included
	FirstTry time.Time // wall clock; a look-up pages back to here
	// NotBefore is when the lane's pace allows this post; a moment ahead at most.
	NotBefore time.Time
	Due       time.Time // wall clock; no earlier attempt can arrive later than this, unless its process died
	Fault     string    // why the last attempt failed; "" for none
}

// FaultSending is the Fault of a letter that is leaving at this moment, or was
// when the program died.
const FaultSending = "sending"

// FaultReporting is the Fault of a letter about which the case is being told at
// this moment: nobody may say meanwhile that they sent it themselves.
const FaultReporting = "reporting"

// FaultLeft is the Fault of a letter that left, though the case could not be told
// so yet: all that is still to be done.
const FaultLeft = "left"

// Letter is a letter to be mailed: what was recorded, and to whom it goes.
type Letter struct {
	Kind           workflow.RecordKind
	At             time.Time // when it was recorded
	Key            string    // the same for the same letter, however often it is sent
	Language       string
	To, Name, Text workflow.Confidential
}

// Lease is one sender's right to a lane, across all replicas. It ends by
// itself; Token tells a sender that came too late that it has lost it.
type Lease struct {
	Lane  Lane
	Token string
}

// Batch is what to send next in a leased lane, in this order. Without deliveries
// the lease is over (Released), and Again says when the lane may post again, zero
// when nothing waits for that alone.
type Batch struct {
	Deliveries []Delivery
	Again      time.Time // wall clock
	Released   bool
}

// Settled is a delivery with what became of it.
type Settled struct {
	Delivery Delivery
	Settlement
}

// Settlement is what became of one attempt. Exactly one of Posted, Done, Retry,
// Drop and Untried is set.
type Settlement struct {
	Posted *Posted
	Done   bool      // carried out, without a message
	Retry  time.Time // try again then (wall clock)
	Drop   bool      // it lost its reason (a settled promise), or nobody can receive it
	// Untried: no attempt was made, so none counts.
	Untried bool
	Fault   string // for Retry and Drop: why, a Slack error name or a word of ours; never a payload

	// Pause, with Retry: Slack asked for a rest (429). Until then nothing new
	// is posted in this lane; edits may go on.
	Pause bool
	// OutOfHours, with Retry: people may not be reminded at this hour. A reminder of
	// any kind, or a digest, waits for the next gathering.
	OutOfHours bool
	// FanOut, with Retry: the directors' channel takes nothing. Each director
	// gets it directly instead; it is retried when none can be reached.
	FanOut bool
	// RootGone, with Retry: the case message, or the one above this reply, is gone
	// or stands in a channel that is not the lane's any more. The register forgets
	// where it stood, so that it is posted anew first, with what stood below it.
	RootGone bool
}

// Announcement says that a case is going to be erased after that day.
type Announcement struct {
	Case  workflow.CaseID
	Until calendar.Date
}

// Posted is where a delivery ended up.
type Posted struct {
	Channel, TS string
	Version     int  // the complaint's version that it shows
	Edit        bool // an edit doesn't count for the lane's pace
	// ChartRefused: Slack did not take the chart in it. A picture is to follow below it.
	ChartRefused bool
	// Announced are the cases of which it told somebody who may hold them that they
	// are going to be erased (R10).
	Announced []Announcement
	// File is Slack's id of the document that was handed over, of which no
	// ts is known.
	File string
}

// PendingDeletion is something of a case that was posted where the case shows no more.
// Replaced is a case message that was posted anew: what Slack won't have deleted of
// its thread stays, and nobody is told.
// It is a message at Channel and TS, Root when that is a case message with its
// thread; or, with a Key, a message of which nobody knows yet whether it was
// posted: in that lane, in the thread of TS when there is one, not before Since.
// It may still arrive until After.
type PendingDeletion struct {
	Lane         Lane
	Channel, TS  string
	Root         bool
	Replaced     bool
	Key          string
	Since, After time.Time // wall clock
}

// DigestItem is a line of a message about several cases: what is watched on which
// case.
type DigestItem struct {
	Case  workflow.CaseID
	Watch workflow.WatchKind
}

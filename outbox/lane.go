package outbox

import (
	"strings"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// LaneViews is that of looking whether what cases show still stands: one sender
// looks, of all replicas.
const LaneViews Lane = "views"

// DirectLane is the lane of the direct messages with that person.
func DirectLane(who roster.PersonID) Lane { return Lane("dm:" + string(who)) }

// Direct returns the person of a direct lane.
func (l Lane) Direct() (roster.PersonID, bool) {
	who, ok := strings.CutPrefix(string(l), "dm:")
	return roster.PersonID(who), ok
}

// Posts reports whether deliveries of the lane are messages to Slack, which take
// a moment each.
func (l Lane) Posts() bool {
	_, direct := l.Direct()
	return direct || l == LaneCases || l == LaneDirectors
}

// CaseLane is where the case is shown: a guarded case only in direct messages
// with its handler.
func CaseLane(c *workflow.Complaint) Lane {
	if c.Guarded() {
		return DirectLane(c.Owner)
	}
	return LaneCases
}

// laneRule says which lane deliveries of a kind take.
type laneRule int

const (
	laneOfCase      laneRule = iota + 1 // where the case shows
	laneOfReminder                      // there too, or directly: see directly
	laneOfRecipient                     // direct messages
	laneOfDirectors                     // their channel, or direct messages with one of them
	laneBelow                           // that of the message below which it goes
	laneOfLetters
	laneOfFiles
	laneOfDeletions
	laneOfChecks
	laneOfViews
)

// laneOf is the lane that a payload takes, given its case.
func laneOf(p Payload, c *workflow.Complaint, r roster.Roster) Lane {
	switch kinds[p.Kind()].lane {
	case laneOfReminder:
		if directly(p, c, r) {
			return DirectLane(p.Recipient())
		}
	case laneOfRecipient:
		return DirectLane(p.Recipient())
	case laneOfDirectors:
		if p.Recipient() == "" {
			return LaneDirectors
		}
		return DirectLane(p.Recipient())
	case laneBelow:
		if picture, ok := p.(Picture); ok {
			return laneOf(picture.Below, c, r)
		}
	case laneOfLetters:
		return LaneLetters
	case laneOfFiles:
		return LaneFiles
	case laneOfDeletions:
		return LaneDeletion
	case laneOfChecks:
		return LaneUndeletable
	case laneOfViews:
		return LaneViews
	}
	return CaseLane(c)
}

// directly reports whether a reminder goes to its recipient alone, and not below
// the case message: to who does not read the case channel, and for a guarded
// case, which nobody else reads of. So does the one that a case, closed long ago,
// is going to be erased, and the question to confirm that. What became of a
// remedy goes the same way.
func directly(p Payload, c *workflow.Complaint, r roster.Roster) bool {
	if !r.IsOfficer(p.Recipient()) || c.Guarded() {
		return true
	}
	reminder, _ := p.(Reminder)
	return reminder.Watch == workflow.WatchRetention || reminder.Watch == workflow.WatchErasure
}

package outbox

import (
	"strings"

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

// DirectLane is the lane of the direct messages with that person.
func DirectLane(who roster.PersonID) Lane { return Lane("dm:" + string(who)) }

// Direct returns the person of a direct lane.
func (l Lane) Direct() (roster.PersonID, bool) {
	who, ok := strings.CutPrefix(string(l), "dm:")
	return roster.PersonID(who), ok
}

package outbox

import (
	"strconv"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Item is what an effect becomes: one delivery, before the register has given
// it an id.
type Item struct {
	Kind     Kind
	Lane     Lane
	To       roster.PersonID
	What     string
	Threaded bool // stands below the case message
}

// From says how an effect on a case leaves the house: as what, and where.
func From(e workflow.Effect, c *workflow.Complaint, r roster.Roster) Item {
	item := itemOf(e)
	item.Lane = laneOf(item, c, r)
	item.Threaded = item.Kind.Threaded() && item.Lane == CaseLane(c)
	return item
}

func itemOf(e workflow.Effect) Item {
	switch e := e.(type) {
	case workflow.CaseChanged:
		return Item{Kind: KindCase}
	case workflow.StoryTold:
		return Item{Kind: KindStory}
	case workflow.ActionTaken:
		return Item{Kind: KindLine, What: string(e.Action)}
	case workflow.LetterFailed:
		return Item{Kind: KindLine, What: string(workflow.ActionMailFailed) + " " + string(e.Letter)}
	case workflow.LetterInDoubt:
		return Item{Kind: KindLine, What: string(workflow.ActionMailDoubt) + " " + strconv.Itoa(e.Version)}
	case workflow.LetterWritten:
		return Item{Kind: KindLetter, What: string(e.Letter)}
	case workflow.LetterRepeated:
		return Item{Kind: KindLetter, What: strconv.Itoa(e.Version)}
	case workflow.ReminderDue:
		return Item{Kind: KindReminder, To: e.To, What: string(e.Watch)}
	case workflow.HandedOver:
		return Item{Kind: KindHandover, To: e.To}
	case workflow.MovedAway:
		return Item{Kind: KindDeletion}
	case workflow.Purged:
		return Item{Kind: KindDeletion, What: string(workflow.ActionPurge)}
	case workflow.ErasureEnded:
		return Item{Kind: KindErasureOutcome, To: e.To, What: e.How}
	case workflow.Erased:
		return Item{Kind: KindErased, To: e.To, What: e.Number}
	}
	return Item{}
}

// laneOf is where an effect on the case is shown. A reminder goes below the case
// message where the person reads that anyway; who is no officer, and so no
// member of the case channel, or reads another's direct messages no more than
// anybody, gets it directly. So does who is told that a case, closed long ago,
// is going to be erased, or is asked to confirm that.
func laneOf(i Item, c *workflow.Complaint, r roster.Roster) Lane {
	switch {
	case i.Kind == KindLetter:
		return LaneLetters
	case i.Kind == KindDeletion:
		return LaneDeletion
	case i.Kind == KindHandover, i.Kind == KindErasureOutcome, i.Kind == KindErased:
		return DirectLane(i.To)
	case i.Kind == KindReminder && (!r.IsOfficer(i.To) || c.Guarded() || i.What == string(workflow.WatchRetention) || i.What == string(workflow.WatchErasure)):
		return DirectLane(i.To)
	}
	return CaseLane(c)
}

// CaseLane is where the case is shown: a guarded case only in direct messages
// with its handler.
func CaseLane(c *workflow.Complaint) Lane {
	if c.Guarded() {
		return DirectLane(c.Owner)
	}
	return LaneCases
}

// Threaded reports whether a kind stands below the case message, where it goes
// into the same lane.
func (s Kind) Threaded() bool {
	switch s {
	case KindStory, KindLine, KindReminder:
		return true
	}
	return false
}

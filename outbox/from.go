package outbox

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Item is one delivery before the register has given it an id: what it is about,
// and where it goes.
type Item struct {
	Payload

	Lane     Lane
	Threaded bool // stands below the case message
}

// From says what delivery becomes of an effect on a case, and in which lane.
func From(e workflow.Effect, c *workflow.Complaint, r roster.Roster) Item {
	p := payloadOf(e)
	lane := laneOf(p, c, r)
	return Item{Payload: p, Lane: lane, Threaded: p.Kind().Threaded() && lane == CaseLane(c)}
}

// Alone is a delivery that goes where it goes whatever its case looks like, or
// that has none.
func Alone(p Payload) Item {
	return Item{Payload: p, Lane: laneOf(p, &workflow.Complaint{}, roster.Roster{})}
}

func payloadOf(e workflow.Effect) Payload {
	switch e := e.(type) {
	case workflow.CaseChanged:
		return Case{}
	case workflow.StoryTold:
		return Story{}
	case workflow.ActionTaken:
		return Line{Action: e.Action}
	case workflow.LetterFailed:
		return LetterFailedLine{Letter: e.Letter}
	case workflow.LetterExpired:
		return LetterExpiredLine{Letter: e.Letter}
	case workflow.LetterWaits:
		return LetterWaitsLine{Version: e.Version}
	case workflow.LetterInDoubt:
		return LetterInDoubtLine{Version: e.Version}
	case workflow.LetterWritten:
		return NewLetter{Letter: e.Letter}
	case workflow.LetterRepeated:
		return RepeatedLetter{Version: e.Version}
	case workflow.ReminderDue:
		return Reminder{To: e.To, Watch: e.Watch}
	case workflow.NoticeRepeated:
		return RepeatedNotice{To: e.To, Count: e.Count}
	case workflow.MovedAway:
		return Deletion{}
	case workflow.Purged:
		return Deletion{Erased: true}
	}
	return payloadFor(e)
}

// payloadFor is what somebody is told directly.
func payloadFor(e workflow.Effect) Payload {
	switch e := e.(type) {
	case workflow.RemedyChanged:
		return Remedy{To: e.To, Remedy: e.Remedy}
	case workflow.RemedyReported:
		return RemedyReported{To: e.To, Remedy: e.Remedy}
	case workflow.RemedyNotKept:
		return RemedyNotKept{To: e.To, Remedy: e.Remedy}
	case workflow.UrgentCalled:
		return Urgent{To: e.To, Call: e.Call}
	case workflow.HandedOver:
		return Handover{To: e.To}
	case workflow.ErasureEnded:
		return ErasureOutcome{To: e.To, How: e.How}
	case workflow.SourceStands:
		return SourceReminder{To: e.To, Channel: e.Source.Channel, TS: e.Source.TS}
	case workflow.Erased:
		return Erased{To: e.To, Number: e.Number, Unannounced: e.Unannounced}
	}
	return Unreadable{}
}

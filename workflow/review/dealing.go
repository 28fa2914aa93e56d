package review

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Dealing is that a director records what comes of a quarter: a
// recommendation, or (nil) that there is none. The register gives the
// recommendation its id, and takes quarter, audience, author and day from the
// review.
type Dealing struct {
	Review         Review
	Recommendation *Recommendation
	// Snapshots are the figures as they are now, of every audience: see
	// Audience. The register keeps them the first time and looks into none.
	Snapshots map[Audience][]byte
	Gesture   string // identity of the gesture; the same one twice changes nothing
}

// Check refuses who is no director or speaks for another audience than their
// own, a quarter that is not over, and what Recommendation.Check refuses.
func (d *Dealing) Check(roster roster.Roster) error {
	r := &d.Review
	switch {
	case !roster.IsDirector(r.By), r.Audience != AudienceShared && r.Audience != Audience(r.By):
		return workflow.Refusals{{Code: workflow.CodeForbidden}}
	case !r.On.After(r.Quarter.Last()):
		return workflow.Refusals{{Code: workflow.CodeQuarterOpen}}
	case d.Recommendation != nil:
		return d.Recommendation.Check(r.On)
	}
	return nil
}

// FollowUp is what becomes of a recommendation: it was done, or its date is
// put off.
type FollowUp struct {
	ID      string
	By      roster.PersonID
	On      calendar.Date // today
	Done    bool
	Due     calendar.Date // the new date, when it is not done
	Gesture string
}

// After returns the recommendation as it is after that. For whom it is not
// readable it does not exist.
func (r Recommendation) After(f FollowUp, roster roster.Roster) (Recommendation, error) {
	refuse := func(field string, code workflow.Code) (Recommendation, error) {
		return r, workflow.Refusals{{Field: field, Code: code}}
	}
	switch {
	case !r.Readable(f.By, roster):
		return refuse("", workflow.CodeNoRecommendation)
	case !r.MayFinish(f.By, roster):
		return refuse("", workflow.CodeForbidden)
	case !r.Open():
		return refuse("", workflow.CodeRecommendationDone)
	case f.Done:
		r.Done, r.DoneBy = f.On, f.By
	case f.Due.IsZero():
		return refuse("due_date", workflow.CodeDateRequired)
	case !f.Due.After(f.On):
		return refuse("due_date", workflow.CodeDatePast)
	default:
		r.Due = f.Due
	}
	return r, nil
}

// Hearers are whom a reminder of the recommendation goes to: its owner; when
// that account is deactivated, who recorded it; else the directors who may
// read it. The roster knows who is gone.
func (r *Recommendation) Hearers(people roster.Roster) []roster.PersonID {
	for _, who := range []roster.PersonID{r.Owner, r.By} {
		if !people.Presence.Gone[who] {
			return []roster.PersonID{who}
		}
	}
	var all []roster.PersonID
	for _, who := range people.Directors {
		if !people.Presence.Gone[who] && r.Readable(who, people) {
			all = append(all, who)
		}
	}
	return all
}

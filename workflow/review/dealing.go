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
	// Snapshots are the figures as they are now, by audience. The register stores
	// them at the first dealing, unread.
	Snapshots map[Audience][]byte
	Gesture   string // identity of the gesture; the same one twice changes nothing
}

// Check refuses a dealing by anybody but a director for all or for themselves, a
// quarter that is not over (R11), and what Recommendation.Check refuses.
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

// FollowUp ends a recommendation or puts its date off.
type FollowUp struct {
	ID      string
	By      roster.PersonID
	On      calendar.Date // today
	Done    bool
	Due     calendar.Date // the new date, when it is not done
	Gesture string
}

// After returns the recommendation with the follow-up carried out. To whoever may
// not read the recommendation it does not exist (CodeNoRecommendation).
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

// Recipients returns who is reminded of the recommendation: its owner; when that
// account is deactivated, who recorded it; else the directors who may read it.
func (r *Recommendation) Recipients(people roster.Roster) []roster.PersonID {
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

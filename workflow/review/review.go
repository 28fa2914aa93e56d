package review

import (
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The directors review each quarter (R11): they read its figures and record
// what they recommend, or that they have nothing to recommend. Until then they
// are reminded every week.

// Audience is whom figures are for. Each leaves out the cases that concern its
// readers, as if they did not exist (design section 4). Beside the two below it
// is a PersonID, for everything but what concerns that person.
type Audience string

// The audiences that are no person.
const (
	AudienceShared Audience = "shared" // all directors together: without what concerns any of them
	AudienceAll    Audience = "all"    // without leaving anything out
)

// Without returns the people whose cases the audience must not know of.
func (a Audience) Without(r roster.Roster) []roster.PersonID {
	switch a {
	case AudienceAll:
		return nil
	case AudienceShared:
		return r.Directors
	}
	return []roster.PersonID{roster.PersonID(a)}
}

// ReviewOn returns the first day on which the summary of a quarter is offered: the
// first working day after it (R11).
func ReviewOn(c calendar.Calendar, q calendar.Quarter) calendar.Date {
	return c.NextWorkingDay(q.Last())
}

// reviewEvery is how many days lie between two reminders of a review or of a
// recommendation that waits.
const reviewEvery = 7

// RemindReview returns the day on which the directors are next reminded of a
// waiting review, given the day on which they last were.
func RemindReview(c calendar.Calendar, heard calendar.Date) calendar.Date {
	return remindOn(c, heard.AddDays(reviewEvery))
}

// remindOn returns the first working day from d on.
func remindOn(c calendar.Calendar, d calendar.Date) calendar.Date {
	return c.NextWorkingDay(d.AddDays(-1))
}

// Review records that a quarter was dealt with for one audience: the first time
// that one of its directors recorded something.
type Review struct {
	Quarter  calendar.Quarter
	Audience Audience
	On       calendar.Date
	By       roster.PersonID
	// Recommended: there is a recommendation; else the directors had none.
	Recommended bool
}

// Recommendation is what the directors want to see changed after a quarter,
// who is responsible and by when. At most one of Category and Offering is set:
// the figure that shows the effect later.
type Recommendation struct {
	ID       string // given by the register
	Quarter  calendar.Quarter
	Audience Audience // whose figures it came from, and so who may read it
	Text     workflow.Confidential
	Owner    roster.PersonID
	Due      calendar.Date
	Category string
	Offering string // name of an offering, as the figures show it
	By       roster.PersonID
	On       calendar.Date
	Done     calendar.Date // zero while it is open
	DoneBy   roster.PersonID
}

// MaxRecommendation is the longest recommendation, in characters: a Slack section,
// less the words around it.
const MaxRecommendation = 1500

// Check returns everything that is wrong with the fields of the form as
// workflow.Refusals, each with its block id.
func (r *Recommendation) Check(today calendar.Date) error {
	var all workflow.Refusals
	refuse := func(field string, code workflow.Code, args workflow.Args) {
		all = append(all, workflow.Refusal{Field: field, Code: code, Args: args})
	}
	switch text := strings.TrimSpace(r.Text.Reveal()); {
	case text == "":
		refuse("recommendation", workflow.CodeRequired, workflow.Args{})
	case len([]rune(text)) > MaxRecommendation:
		refuse("recommendation", workflow.CodeTooLong, workflow.Args{Max: MaxRecommendation})
	}
	if r.Owner == "" {
		refuse("owner", workflow.CodeRequired, workflow.Args{})
	}
	switch {
	case r.Due.IsZero():
		refuse("due_date", workflow.CodeDateRequired, workflow.Args{})
	case !r.Due.After(today):
		refuse("due_date", workflow.CodeDatePast, workflow.Args{})
	}
	if r.Category != "" && (r.Offering != "" || !slices.Contains(workflow.Categories(), r.Category)) {
		refuse("linked", workflow.CodeUnknownChoice, workflow.Args{})
	}
	if len(all) > 0 {
		return all
	}
	return nil
}

// Open reports whether the recommendation still has to be carried out.
func (r *Recommendation) Open() bool { return r.Done.IsZero() }

// Readable reports whether the person may read it. A recommendation from figures
// that not all directors may see is for its author and its owner only.
func (r *Recommendation) Readable(by roster.PersonID, roster roster.Roster) bool {
	if by == r.By || by == r.Owner {
		return true
	}
	return r.Audience == AudienceShared && roster.Has(by)
}

// MayFinish reports whether the person may record that it was done, or put its
// date off.
func (r *Recommendation) MayFinish(by roster.PersonID, roster roster.Roster) bool {
	return by == r.Owner || roster.IsDirector(by) && r.Readable(by, roster)
}

// Remind returns the day on which its owner is next reminded: on its date, then
// every week. last is the day of the last reminder, zero when there was none.
func (r *Recommendation) Remind(c calendar.Calendar, last calendar.Date) calendar.Date {
	if last.IsZero() || last.Before(r.Due) {
		return remindOn(c, r.Due)
	}
	return remindOn(c, last.AddDays(reviewEvery))
}

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

// Audience is for whom figures are: each leaves out the cases that concern
// who reads them, as if they did not exist (design section 4). Beside the two
// below it is a PersonID: everything but what concerns that person.
type Audience string

// The audiences that are no person.
const (
	AudienceShared Audience = "shared" // all directors together: without what concerns any of them
	AudienceAll    Audience = "all"    // without leaving anything out
)

// Without are the people whose cases the audience must not know of.
func (a Audience) Without(r roster.Roster) []roster.PersonID {
	switch a {
	case AudienceAll:
		return nil
	case AudienceShared:
		return r.Directors
	}
	return []roster.PersonID{roster.PersonID(a)}
}

// ReviewOn is the first day on which the summary of a quarter is offered: the
// first working day after it (R11).
func ReviewOn(c calendar.Calendar, q calendar.Quarter) calendar.Date {
	return c.NextWorkingDay(q.Last())
}

// reviewEvery is how many days lie between two reminders of a review or of a
// recommendation that waits.
const reviewEvery = 7

// RemindReview is the day on which the directors are reminded next of a review
// that waits, when they last heard of it on that day.
func RemindReview(c calendar.Calendar, heard calendar.Date) calendar.Date {
	return remindOn(c, heard.AddDays(reviewEvery))
}

// remindOn is the first working day from d on.
func remindOn(c calendar.Calendar, d calendar.Date) calendar.Date {
	return c.NextWorkingDay(d.AddDays(-1))
}

// Review is that a quarter was dealt with, for one audience: the first time
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
// who sees to it and by when. Of Category and Offering at most one is set: the
// figure by which the effect is told later.
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

// MaxRecommendation is how many characters a recommendation may have: that of
// a Slack section with room for what stands around it.
const MaxRecommendation = 1500

// Check says everything that is wrong with what was filled in, by block id.
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

// Open reports whether somebody still has to see to it.
func (r *Recommendation) Open() bool { return r.Done.IsZero() }

// Readable reports whether somebody may read it. One that came from figures
// that not all directors may see is for who wrote it and who sees to it.
func (r *Recommendation) Readable(by roster.PersonID, roster roster.Roster) bool {
	if by == r.By || by == r.Owner {
		return true
	}
	return r.Audience == AudienceShared && roster.Has(by)
}

// MayFinish reports whether somebody may record that it was done, or put its
// date off.
func (r *Recommendation) MayFinish(by roster.PersonID, roster roster.Roster) bool {
	return by == r.Owner || roster.IsDirector(by) && r.Readable(by, roster)
}

// Remind is the day on which its owner is reminded next, when that was last
// done on the day told (zero: never): on its date, then every week.
func (r *Recommendation) Remind(c calendar.Calendar, told calendar.Date) calendar.Date {
	if told.IsZero() || told.Before(r.Due) {
		return remindOn(c, r.Due)
	}
	return remindOn(c, told.AddDays(reviewEvery))
}

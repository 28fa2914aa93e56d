package review

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestReview_days: R11, and a week between reminders; nobody is reminded on a
// day on which people don't work.
func TestReview_days(t *testing.T) {
	c := calendar.Calendar{Location: time.UTC}
	for _, one := range []struct {
		what      string
		got, want calendar.Date
	}{
		{"Q4: 1 January is a holiday", ReviewOn(c, calendar.Quarter{Year: 2026, Number: 4}), calendar.NewDate(2027, time.January, 4)},
		{"Q3: a Thursday", ReviewOn(c, calendar.Quarter{Year: 2026, Number: 3}), calendar.NewDate(2026, time.October, 1)},
		{"Q1: 1 April", ReviewOn(c, calendar.Quarter{Year: 2026, Number: 1}), calendar.NewDate(2026, time.April, 1)},
		{"on all days", ReviewOn(calendar.Calendar{Location: time.UTC, EveryDay: true}, calendar.Quarter{Year: 2026, Number: 4}), calendar.NewDate(2027, time.January, 1)},
		{"a week later", RemindReview(c, calendar.NewDate(2026, time.October, 1)), calendar.NewDate(2026, time.October, 8)},
		{"a week later is Christmas", RemindReview(c, calendar.NewDate(2026, time.December, 18)), calendar.NewDate(2026, time.December, 28)},
	} {
		if one.got != one.want {
			t.Errorf("%s: %s, want %s", one.what, one.got, one.want)
		}
	}
}

func TestRecommendation_remind(t *testing.T) {
	c := calendar.Calendar{Location: time.UTC}
	r := Recommendation{Due: calendar.NewDate(2026, time.November, 28)} // a Saturday
	first := r.Remind(c, calendar.Date{})
	if want := calendar.NewDate(2026, time.November, 30); first != want {
		t.Errorf("first on %s, want %s", first, want)
	}
	if got, want := r.Remind(c, first), calendar.NewDate(2026, time.December, 7); got != want {
		t.Errorf("then on %s, want %s", got, want)
	}
	r.Due = calendar.NewDate(2027, time.January, 15) // put off after its reminder
	if got := r.Remind(c, first); got != r.Due {
		t.Errorf("put off: on %s, want %s", got, r.Due)
	}
}

func TestRecommendation_check(t *testing.T) {
	today := calendar.NewDate(2026, time.October, 5)
	good := func() Recommendation {
		return Recommendation{Text: "Planning belt terug", Owner: "U1", Due: today.AddDays(1), Category: workflow.Categories()[0]}
	}
	for name, one := range map[string]struct {
		change func(*Recommendation)
		field  string
		code   workflow.Code
	}{
		"no text":     {func(r *Recommendation) { r.Text = " \n" }, "recommendation", workflow.CodeRequired},
		"a novel":     {func(r *Recommendation) { r.Text = workflow.Confidential(strings.Repeat("é", MaxRecommendation+1)) }, "recommendation", workflow.CodeTooLong},
		"nobody":      {func(r *Recommendation) { r.Owner = "" }, "owner", workflow.CodeRequired},
		"no date":     {func(r *Recommendation) { r.Due = calendar.Date{} }, "due_date", workflow.CodeDateRequired},
		"today":       {func(r *Recommendation) { r.Due = today }, "due_date", workflow.CodeDatePast},
		"two figures": {func(r *Recommendation) { r.Offering = "Bellen" }, "linked", workflow.CodeUnknownChoice},
		"made up":     {func(r *Recommendation) { r.Category = "weather" }, "linked", workflow.CodeUnknownChoice},
	} {
		r := good()
		one.change(&r)
		refusals := workflow.Refused(r.Check(today))
		if len(refusals) != 1 || refusals[0].Field != one.field || refusals[0].Code != one.code {
			t.Errorf("%s: %v", name, refusals)
		}
	}
	r := good()
	if err := r.Check(today); err != nil {
		t.Error(err)
	}
	if n := len(workflow.Refused((&Recommendation{}).Check(today))); n != 3 {
		t.Errorf("%d refusals of an empty one, want all three at once", n)
	}
}

// TestRecommendation_whoReads: what came from figures that not every director
// may see stays with its author and its owner.
func TestRecommendation_whoReads(t *testing.T) {
	people := roster.Roster{Officers: []roster.PersonID{"UOFFICER"}, Directors: []roster.PersonID{"UA", "UB"}}
	shared := Recommendation{Audience: AudienceShared, By: "UA", Owner: "USTAFF"}
	own := Recommendation{Audience: "UA", By: "UA", Owner: "USTAFF"}
	for _, one := range []struct {
		who          roster.PersonID
		shared, own  bool
		mayS, mayOwn bool
	}{
		{"UA", true, true, true, true},
		{"UB", true, false, true, false},
		{"UOFFICER", true, false, false, false},
		{"USTAFF", true, true, true, true},
		{"UELSE", false, false, false, false},
	} {
		if shared.Readable(one.who, people) != one.shared || own.Readable(one.who, people) != one.own {
			t.Errorf("%s reads shared %v, own %v", one.who, shared.Readable(one.who, people), own.Readable(one.who, people))
		}
		if shared.MayFinish(one.who, people) != one.mayS || own.MayFinish(one.who, people) != one.mayOwn {
			t.Errorf("%s finishes shared %v, own %v", one.who, shared.MayFinish(one.who, people), own.MayFinish(one.who, people))
		}
	}
}

func TestAudience_without(t *testing.T) {
	r := roster.Roster{Directors: []roster.PersonID{"UA", "UB"}}
	if AudienceAll.Without(r) != nil || len(AudienceShared.Without(r)) != 2 || AudienceShared.Without(r)[1] != "UB" ||
		len(Audience("UB").Without(r)) != 1 || Audience("UB").Without(r)[0] != "UB" {
		t.Error("who is left out of which figures")
	}
}

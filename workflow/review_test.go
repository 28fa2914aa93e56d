package workflow

import (
	"strings"
	"testing"
	"time"
)

// TestReviewDays: R11, and a week between reminders; nobody is reminded on a
// day on which people don't work.
func TestReviewDays(t *testing.T) {
	c := Calendar{Location: time.UTC}
	for _, one := range []struct {
		what      string
		got, want Date
	}{
		{"Q4: 1 January is a holiday", ReviewOn(c, Quarter{2026, 4}), NewDate(2027, time.January, 4)},
		{"Q3: a Thursday", ReviewOn(c, Quarter{2026, 3}), NewDate(2026, time.October, 1)},
		{"Q1: 1 April", ReviewOn(c, Quarter{2026, 1}), NewDate(2026, time.April, 1)},
		{"on all days", ReviewOn(Calendar{Location: time.UTC, EveryDay: true}, Quarter{2026, 4}), NewDate(2027, time.January, 1)},
		{"a week later", RemindReview(c, NewDate(2026, time.October, 1)), NewDate(2026, time.October, 8)},
		{"a week later is Christmas", RemindReview(c, NewDate(2026, time.December, 18)), NewDate(2026, time.December, 28)},
	} {
		if one.got != one.want {
			t.Errorf("%s: %s, want %s", one.what, one.got, one.want)
		}
	}
}

func TestRemindOfRecommendation(t *testing.T) {
	c := Calendar{Location: time.UTC}
	r := Recommendation{Due: NewDate(2026, time.November, 28)} // a Saturday
	first := r.Remind(c, Date{})
	if want := NewDate(2026, time.November, 30); first != want {
		t.Errorf("first on %s, want %s", first, want)
	}
	if got, want := r.Remind(c, first), NewDate(2026, time.December, 7); got != want {
		t.Errorf("then on %s, want %s", got, want)
	}
	r.Due = NewDate(2027, time.January, 15) // put off after it was told
	if got := r.Remind(c, first); got != r.Due {
		t.Errorf("put off: on %s, want %s", got, r.Due)
	}
}

func TestCheckRecommendation(t *testing.T) {
	today := NewDate(2026, time.October, 5)
	good := func() Recommendation {
		return Recommendation{Text: "Planning belt terug", Owner: "U1", Due: today.AddDays(1), Category: Categories()[0]}
	}
	for name, one := range map[string]struct {
		change func(*Recommendation)
		field  string
		code   Code
	}{
		"no text":     {func(r *Recommendation) { r.Text = " \n" }, "recommendation", CodeRequired},
		"a novel":     {func(r *Recommendation) { r.Text = Confidential(strings.Repeat("é", MaxRecommendation+1)) }, "recommendation", CodeTooLong},
		"nobody":      {func(r *Recommendation) { r.Owner = "" }, "owner", CodeRequired},
		"no date":     {func(r *Recommendation) { r.Due = Date{} }, "due_date", CodeDateRequired},
		"today":       {func(r *Recommendation) { r.Due = today }, "due_date", CodeDatePast},
		"two figures": {func(r *Recommendation) { r.Offering = "Bellen" }, "linked", CodeUnknownChoice},
		"made up":     {func(r *Recommendation) { r.Category = "weather" }, "linked", CodeUnknownChoice},
	} {
		r := good()
		one.change(&r)
		refusals := Refused(r.Check(today))
		if len(refusals) != 1 || refusals[0].Field != one.field || refusals[0].Code != one.code {
			t.Errorf("%s: %v", name, refusals)
		}
	}
	r := good()
	if err := r.Check(today); err != nil {
		t.Error(err)
	}
	if n := len(Refused((&Recommendation{}).Check(today))); n != 3 {
		t.Errorf("%d refusals of an empty one, want all three at once", n)
	}
}

// TestWhoReadsRecommendations: what came from figures that not every director
// may see stays with who wrote it and who sees to it.
func TestWhoReadsRecommendations(t *testing.T) {
	roster := Roster{Officers: []PersonID{"UOFFICER"}, Directors: []PersonID{"UA", "UB"}}
	shared := Recommendation{Audience: AudienceShared, By: "UA", Owner: "USTAFF"}
	own := Recommendation{Audience: "UA", By: "UA", Owner: "USTAFF"}
	for _, one := range []struct {
		who          PersonID
		shared, own  bool
		mayS, mayOwn bool
	}{
		{"UA", true, true, true, true},
		{"UB", true, false, true, false},
		{"UOFFICER", true, false, false, false},
		{"USTAFF", true, true, true, true},
		{"UELSE", false, false, false, false},
	} {
		if shared.Readable(one.who, roster) != one.shared || own.Readable(one.who, roster) != one.own {
			t.Errorf("%s reads shared %v, own %v", one.who, shared.Readable(one.who, roster), own.Readable(one.who, roster))
		}
		if shared.MayFinish(one.who, roster) != one.mayS || own.MayFinish(one.who, roster) != one.mayOwn {
			t.Errorf("%s finishes shared %v, own %v", one.who, shared.MayFinish(one.who, roster), own.MayFinish(one.who, roster))
		}
	}
}

func TestAudiences(t *testing.T) {
	r := Roster{Directors: []PersonID{"UA", "UB"}}
	if AudienceAll.Without(r) != nil || len(AudienceShared.Without(r)) != 2 || AudienceShared.Without(r)[1] != "UB" ||
		len(Audience("UB").Without(r)) != 1 || Audience("UB").Without(r)[0] != "UB" {
		t.Error("who is left out of which figures")
	}
}

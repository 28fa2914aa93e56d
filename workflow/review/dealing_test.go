package review

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestDealing_who: a director, for all or for themselves, once the quarter is over.
func TestDealing_who(t *testing.T) {
	people := roster.Roster{Officers: []roster.PersonID{"UOFFICER"}, Directors: []roster.PersonID{"UA", "UB"}}
	q := calendar.Quarter{Year: 2026, Number: 3}
	day := calendar.NewDate(2026, time.October, 1)
	for _, one := range []struct {
		name string
		r    Review
		want workflow.Code
	}{
		{"for all", Review{q, AudienceShared, day, "UA", false}, ""},
		{"for herself", Review{q, "UA", day, "UA", false}, ""},
		{"for another", Review{q, "UB", day, "UA", false}, workflow.CodeForbidden},
		{"for the shell", Review{q, AudienceAll, day, "UA", false}, workflow.CodeForbidden},
		{"an officer", Review{q, AudienceShared, day, "UOFFICER", false}, workflow.CodeForbidden},
		{"on its last day", Review{q, AudienceShared, day.AddDays(-1), "UA", false}, workflow.CodeQuarterOpen},
	} {
		d := Dealing{Review: one.r}
		got := workflow.Refused(d.Check(people))
		if one.want == "" && got != nil || one.want != "" && !got.Has(one.want) {
			t.Errorf("%s: %v, want %q", one.name, got, one.want)
		}
	}
	d := Dealing{Review: Review{q, AudienceShared, day, "UA", false}, Recommendation: &Recommendation{}}
	if n := len(workflow.Refused(d.Check(people))); n != 3 {
		t.Errorf("%d refusals of an empty recommendation, want 3", n)
	}
}

func TestFollowUp_of(t *testing.T) {
	people := roster.Roster{Officers: []roster.PersonID{"UOFFICER"}, Directors: []roster.PersonID{"UA", "UB"}}
	today := calendar.NewDate(2026, time.November, 30)
	open := Recommendation{Audience: AudienceShared, By: "UA", Owner: "USTAFF", Due: today}
	done := open
	done.Done, done.DoneBy = today, "UA"
	own := open
	own.Audience = "UA"
	for _, one := range []struct {
		name string
		r    Recommendation
		f    FollowUp
		want string
	}{
		{"the owner is done", open, FollowUp{By: "USTAFF", On: today, Done: true}, ""},
		{"another director puts it off", open, FollowUp{By: "UB", On: today, Due: today.AddDays(1)}, ""},
		{"an officer only reads", open, FollowUp{By: "UOFFICER", On: today, Done: true}, ":forbidden"},
		{"somebody else", open, FollowUp{By: "UELSE", On: today, Done: true}, ":no_recommendation"},
		{"not for this director", own, FollowUp{By: "UB", On: today, Done: true}, ":no_recommendation"},
		{"twice", done, FollowUp{By: "USTAFF", On: today, Done: true}, ":recommendation_done"},
		{"put off after it was done", done, FollowUp{By: "USTAFF", On: today, Due: today.AddDays(1)}, ":recommendation_done"},
		{"no date", open, FollowUp{By: "USTAFF", On: today}, "due_date:date_required"},
		{"until today", open, FollowUp{By: "USTAFF", On: today, Due: today}, "due_date:date_past"},
	} {
		got, err := one.r.After(one.f, people)
		refused := ""
		if err != nil {
			refused = err.Error()[len("refused: "):]
		}
		want := one.r
		if one.want == "" {
			want.Due, want.Done, want.DoneBy = one.f.Due, calendar.Date{}, ""
			if one.f.Done {
				want.Due, want.Done, want.DoneBy = one.r.Due, today, one.f.By
			}
		}
		if refused != one.want || got != want {
			t.Errorf("%s: %q, want %q; %+v", one.name, refused, one.want, got)
		}
	}
}

// TestRecommendation_hearers: nobody is reminded who left, and nobody who may not read it.
func TestRecommendation_hearers(t *testing.T) {
	shared := Recommendation{Audience: AudienceShared, By: "UA", Owner: "USTAFF"}
	own := Recommendation{Audience: "UA", By: "UA", Owner: "USTAFF"}
	for _, one := range []struct {
		gone        []roster.PersonID
		shared, own string
	}{
		{nil, "USTAFF", "USTAFF"},
		{[]roster.PersonID{"UA"}, "USTAFF", "USTAFF"},
		{[]roster.PersonID{"USTAFF"}, "UA", "UA"},
		{[]roster.PersonID{"USTAFF", "UA"}, "UB UC", ""},
		{[]roster.PersonID{"USTAFF", "UA", "UB"}, "UC", ""},
	} {
		people := roster.Roster{Directors: []roster.PersonID{"UA", "UB", "UC"}, Presence: roster.Presence{Gone: map[roster.PersonID]bool{}}}
		for _, who := range one.gone {
			people.Presence.Gone[who] = true
		}
		hear := func(r Recommendation) (all string) {
			for i, who := range r.Recipients(people) {
				if i > 0 {
					all += " "
				}
				all += string(who)
			}
			return all
		}
		if hear(shared) != one.shared || hear(own) != one.own {
			t.Errorf("gone %v: %q and %q", one.gone, hear(shared), hear(own))
		}
	}
}

func TestDealing_quarterInTheRegister(t *testing.T) {
	var q calendar.Quarter
	v, err := calendar.Quarter{Year: 2026, Number: 3}.Value()
	if err != nil || v != "2026-Q3" || q.Scan(v) != nil || q != (calendar.Quarter{Year: 2026, Number: 3}) {
		t.Errorf("%v, %v, %v", v, err, q)
	}
	if q.Scan([]byte("2025-Q1")) != nil || q != (calendar.Quarter{Year: 2025, Number: 1}) || q.Scan(7) == nil || q.Scan("2025-Q5") == nil {
		t.Errorf("%v", q)
	}
}

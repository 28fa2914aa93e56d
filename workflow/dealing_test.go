package workflow

import (
	"testing"
	"time"
)

// TestWhoDeals: a director, for all or for themselves, once the quarter is over.
func TestWhoDeals(t *testing.T) {
	roster := Roster{Officers: []PersonID{"UOFFICER"}, Directors: []PersonID{"UA", "UB"}}
	q := Quarter{2026, 3}
	day := NewDate(2026, time.October, 1)
	for _, one := range []struct {
		name string
		r    Review
		want Code
	}{
		{"for all", Review{q, AudienceShared, day, "UA", false}, ""},
		{"for herself", Review{q, "UA", day, "UA", false}, ""},
		{"for another", Review{q, "UB", day, "UA", false}, CodeForbidden},
		{"for the shell", Review{q, AudienceAll, day, "UA", false}, CodeForbidden},
		{"an officer", Review{q, AudienceShared, day, "UOFFICER", false}, CodeForbidden},
		{"on its last day", Review{q, AudienceShared, day.AddDays(-1), "UA", false}, CodeQuarterOpen},
	} {
		d := Dealing{Review: one.r}
		got := Refused(d.Check(roster))
		if one.want == "" && got != nil || one.want != "" && !got.Has(one.want) {
			t.Errorf("%s: %v, want %q", one.name, got, one.want)
		}
	}
	d := Dealing{Review: Review{q, AudienceShared, day, "UA", false}, Recommendation: &Recommendation{}}
	if n := len(Refused(d.Check(roster))); n != 3 {
		t.Errorf("%d refusals of an empty recommendation, want 3", n)
	}
}

func TestFollowUp(t *testing.T) {
	roster := Roster{Officers: []PersonID{"UOFFICER"}, Directors: []PersonID{"UA", "UB"}}
	today := NewDate(2026, time.November, 30)
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
		got, err := one.r.After(one.f, roster)
		refused := ""
		if err != nil {
			refused = err.Error()[len("refused: "):]
		}
		want := one.r
		if one.want == "" {
			want.Due, want.Done, want.DoneBy = one.f.Due, Date{}, ""
			if one.f.Done {
				want.Due, want.Done, want.DoneBy = one.r.Due, today, one.f.By
			}
		}
		if refused != one.want || got != want {
			t.Errorf("%s: %q, want %q; %+v", one.name, refused, one.want, got)
		}
	}
}

// TestHearers: nobody is reminded who left, and nobody who may not read it.
func TestHearers(t *testing.T) {
	shared := Recommendation{Audience: AudienceShared, By: "UA", Owner: "USTAFF"}
	own := Recommendation{Audience: "UA", By: "UA", Owner: "USTAFF"}
	for _, one := range []struct {
		gone        []PersonID
		shared, own string
	}{
		{nil, "USTAFF", "USTAFF"},
		{[]PersonID{"UA"}, "USTAFF", "USTAFF"},
		{[]PersonID{"USTAFF"}, "UA", "UA"},
		{[]PersonID{"USTAFF", "UA"}, "UB UC", ""},
		{[]PersonID{"USTAFF", "UA", "UB"}, "UC", ""},
	} {
		roster := Roster{Directors: []PersonID{"UA", "UB", "UC"}, Presence: Presence{Gone: map[PersonID]bool{}}}
		for _, who := range one.gone {
			roster.Presence.Gone[who] = true
		}
		hear := func(r Recommendation) (all string) {
			for i, who := range r.Hearers(roster) {
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

func TestQuarterInTheRegister(t *testing.T) {
	var q Quarter
	v, err := Quarter{2026, 3}.Value()
	if err != nil || v != "2026-Q3" || q.Scan(v) != nil || q != (Quarter{2026, 3}) {
		t.Errorf("%v, %v, %v", v, err, q)
	}
	if q.Scan([]byte("2025-Q1")) != nil || q != (Quarter{2025, 1}) || q.Scan(7) == nil || q.Scan("2025-Q5") == nil {
		t.Errorf("%v", q)
	}
}

// TestInstead: what the channel did not take is known by its What, below which a
// picture can go too.
func TestInstead(t *testing.T) {
	for _, want := range []string{"2026-Q3", ""} {
		at, err := ParseBelow(Below{KindQuarter, Instead(want), "D1", "1.2"}.String())
		if err != nil {
			t.Fatal(err)
		}
		d := Delivery{What: at.What}
		if what, channel := d.InsteadOf(); what != want || !channel {
			t.Errorf("%q: %q, %v", want, what, channel)
		}
		d.What = want
		if what, channel := d.InsteadOf(); what != want || channel {
			t.Errorf("%q: %q, %v", want, what, channel)
		}
	}
}

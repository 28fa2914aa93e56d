package workflow

import (
	"testing"

	"github.com/artra/klachtbot/workflow/roster"
)

func TestConflictGuard(t *testing.T) {
	one := roster.Roster{Officers: []roster.PersonID{officer}, Directors: []roster.PersonID{officer}}
	full := policy(t).Roster
	alone := roster.Roster{Officers: []roster.PersonID{officer}, Directors: []roster.PersonID{director, second}}
	for _, test := range []struct {
		name     string
		roster   roster.Roster
		concerns roster.PersonID
		series   Series
		owner    roster.PersonID
		direct   roster.PersonID
	}{
		{"nobody of the firm", full, "", SeriesOrdinary, officer, ""},
		{"a trainer without a role", full, staff, SeriesOrdinary, officer, ""},
		{"the officer", full, officer, SeriesGuarded, deputy, deputy},
		{"the deputy", full, deputy, SeriesGuarded, officer, officer},
		{"a director", full, director, SeriesGuarded, officer, officer},
		{"the only officer", alone, officer, SeriesGuarded, director, director},
		{"officer and director at once, alone", one, officer, SeriesGuarded, "", ""},
	} {
		p := policy(t)
		p.Roster = test.roster
		c := logged(t, p, concerning(test.concerns), noon(start))
		if c.Series != test.series || c.Owner != test.owner || c.directTo() != test.direct {
			t.Errorf("concerns %s: series %s, owner %q, shown to %q", test.name, c.Series, c.Owner, c.directTo())
		}
		if test.concerns == "" {
			continue
		}
		if a := c.Access(p.Roster, test.concerns); a != AccessNone {
			t.Errorf("concerns %s: that person has access %d", test.name, a)
		}
	}
}

func TestAccess(t *testing.T) {
	r := policy(t).Roster
	guarded := Complaint{Owner: director, LoggedBy: staff, Particulars: Particulars{Concerns: second}}
	plain := Complaint{Owner: officer, LoggedBy: staff}
	for _, test := range []struct {
		name string
		c    Complaint
		who  roster.PersonID
		want Access
	}{
		{"officer", plain, officer, AccessFull},
		{"deputy", plain, deputy, AccessFull},
		{"director", plain, director, AccessOverview},
		{"who logged it", plain, staff, AccessOwn},
		{"anybody else", plain, "UOTHER", AccessNone},
		{"the clock", plain, roster.Clock, AccessNone},
		{"the director who handles it", guarded, director, AccessFull},
		{"the director whom it concerns", guarded, second, AccessNone},
		{"who logged it about themselves", Complaint{LoggedBy: staff, Particulars: Particulars{Concerns: staff}}, staff, AccessNone},
		{"a former director who handles it", Complaint{Owner: "UGONE"}, "UGONE", AccessNone},
	} {
		if got := test.c.Access(r, test.who); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestADirectorWhoHandlesActsOnThatCaseOnly(t *testing.T) {
	p := policy(t)
	p.Roster.Officers = []roster.PersonID{officer}
	guarded := logged(t, p, concerning(officer), noon(start))
	if !p.mayDo(&guarded, ActionAcknowledge, director, start) {
		t.Error("the director who handles the case may do nothing")
	}
	plain := logged(t, p, func(*File) {}, noon(start))
	if p.mayDo(&plain, ActionAcknowledge, director, start) {
		t.Error("a director acts on a case of the officer's")
	}
}

func TestACaseWithoutAHandlerGetsOneWhenTheRosterHasOne(t *testing.T) {
	p := policy(t)
	p.Roster = roster.Roster{Officers: []roster.PersonID{officer}}
	c := logged(t, p, concerning(officer), noon(start))
	if c.Owner != "" || !c.NextAt.IsZero() {
		t.Fatalf("owner %q, next %v", c.Owner, c.NextAt)
	}
	p.Roster.Officers = append(p.Roster.Officers, deputy)
	change := do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(1)))
	if change.Complaint.Owner != deputy || len(change.Effects) != 2 || !change.Journal {
		t.Errorf("owner %q, effects %v", change.Complaint.Owner, change.Effects)
	}
}

package workflow

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

// TestHandling_passesFromDeactivatedAccounts: a new case and an open one go to
// who is left; when nobody is, the case stays where it is.
func TestHandling_passesFromDeactivatedAccounts(t *testing.T) {
	lone := roster.Roster{Officers: []roster.PersonID{officer}}
	for _, test := range []struct {
		name   string
		roster roster.Roster
		gone   []roster.PersonID
		want   roster.PersonID
	}{
		{"the officer", policy(t).Roster, []roster.PersonID{officer}, deputy},
		{"both officers", policy(t).Roster, []roster.PersonID{officer, deputy}, director},
		{"the only one", lone, []roster.PersonID{officer}, officer},
	} {
		p := policy(t)
		p.Roster = test.roster
		c := logged(t, p, func(*File) {}, noon(start))
		gone := map[roster.PersonID]bool{}
		for _, who := range test.gone {
			gone[who] = true
		}
		p = p.With(roster.Presence{Gone: gone})
		change := do(t, p, c, Tick{}, roster.Clock, noon(start.AddDays(1)))
		moved := len(change.Effects) > 0 && change.Effects[1] == Effect(ActionTaken{ActionTick})
		if got := change.Complaint.Owner; got != test.want || moved != (test.want != officer) {
			t.Errorf("%s: owner %s, effects %v", test.name, got, change.Effects)
		}
		if made := logged(t, p, func(*File) {}, noon(start)); test.want != officer && made.Owner != test.want {
			t.Errorf("%s: a new case goes to %s", test.name, made.Owner)
		}
	}
}

// TestHandling_newCaseGoesToWhoIsThere on the day that it comes in.
func TestHandling_newCaseGoesToWhoIsThere(t *testing.T) {
	for _, test := range []struct {
		name string
		away []roster.PersonID
		want roster.PersonID
	}{
		{"everybody there", nil, officer},
		{"the officer away", []roster.PersonID{officer}, deputy},
		{"the officers away", []roster.PersonID{officer, deputy}, director},
		{"everybody away", []roster.PersonID{officer, deputy, director, second}, officer},
	} {
		periods := map[roster.PersonID][]roster.Period{}
		for _, who := range test.away {
			periods[who] = away("2026-11-01", "2026-11-02")
		}
		p := policy(t).With(roster.Presence{Away: periods})
		if c := logged(t, p, func(*File) {}, noon(start)); c.Owner != test.want {
			t.Errorf("%s: %s handles it, want %s", test.name, c.Owner, test.want)
		}
		if c := logged(t, p, func(*File) {}, noon(start.AddDays(1))); c.Owner != officer {
			t.Errorf("%s: the next day %s handles it", test.name, c.Owner)
		}
	}
}

// TestAccess_directorStandsIn with an officer's rights on what the absent officer
// handles, for that time, and never on a case about themselves.
func TestAccess_directorStandsIn(t *testing.T) {
	p := policy(t)
	p.Roster.Officers = []roster.PersonID{officer}
	plain := logged(t, p, func(*File) {}, noon(start))
	about := logged(t, p, concerning(director), noon(start))
	periods := map[roster.PersonID][]roster.Period{officer: away("2026-11-02", "2026-11-06")}
	then := p.With(roster.Presence{Day: day("2026-11-06"), Away: periods})
	later := p.With(roster.Presence{Day: day("2026-11-07"), Away: periods})
	for _, test := range []struct {
		name string
		p    *Policy
		c    Complaint
		who  roster.PersonID
		want Access
	}{
		{"who stands in", then, plain, director, AccessFull},
		{"the next director", then, plain, second, AccessOverview},
		{"whom it concerns", then, about, director, AccessNone},
		{"who stands in for that one", then, about, second, AccessFull},
		{"afterwards", later, plain, director, AccessOverview},
		{"staff", then, plain, staff, AccessOwn},
	} {
		if got := test.c.Access(test.p.Roster, test.who); got != test.want {
			t.Errorf("%s: access %d, want %d", test.name, got, test.want)
		}
	}
}

// TestHandling_passesFromWhoLeftTheRoster: the case goes to whom the roster has
// now, who is reminded of what still stands; before, nobody was ever reminded
// again.
func TestHandling_passesFromWhoLeftTheRoster(t *testing.T) {
	p := policy(t)
	plain := logged(t, p, func(*File) {}, noon(start))
	plain = do(t, p, plain, Tick{}, roster.Clock, noon(start.AddDays(4))).Complaint // reminded by now
	guarded := logged(t, p, concerning(director), noon(start))
	p.Roster.Officers = []roster.PersonID{deputy}
	for _, test := range []struct {
		name     string
		c        Complaint
		surfaces []string
	}{
		{"in the channel", plain, []string{"case", "line"}},
		{"in direct messages", guarded, []string{"case", "story"}},
	} {
		moved := do(t, p, test.c, Tick{}, roster.Clock, noon(start.AddDays(5)))
		var shown []string
		for _, e := range moved.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if c := moved.Complaint; c.Owner != deputy || !moved.Journal || !cmp.Equal(shown, test.surfaces) {
			t.Errorf("%s: owner %s, journal %v, shown %q", test.name, c.Owner, moved.Journal, shown)
		}
		_, reminders := run(t, p, moved.Complaint, day("2026-11-09"))
		reminders = reminders[:1]
		want := []string{"11-09 acknowledgement UDEPUTY"}
		if !cmp.Equal(want, reminders) {
			t.Errorf("%s: %s", test.name, cmp.Diff(want, reminders))
		}
		if again := do(t, p, moved.Complaint, Tick{}, roster.Clock, noon(start.AddDays(5))); again.Journal {
			t.Errorf("%s: moved twice", test.name)
		}
	}
}

func TestHandling_conflictGuard(t *testing.T) {
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

func TestAccess_byRole(t *testing.T) {
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

func TestAccess_directorWhoHandlesActsOnThatCaseOnly(t *testing.T) {
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

func TestHandling_caseWithoutAHandlerGetsOneFromTheRoster(t *testing.T) {
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

func TestAssign_handsTheCaseOn(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	guarded := logged(t, p, concerning(director), noon(start))
	for _, test := range []struct {
		name  string
		c     Complaint
		to    roster.PersonID
		want  string
		shown []string
	}{
		{"the deputy", c, deputy, "", []string{"case", "line"}},
		{"a director", c, second, "", []string{"case", "line", "handover"}},
		{"who has it", c, officer, "owner:same_owner", nil},
		{"staff", c, staff, "owner:not_eligible", nil},
		{"nobody", c, "", "owner:not_eligible", nil},
		{"whom it concerns", guarded, director, "owner:not_eligible", nil},
		{"another one of a guarded case", guarded, deputy, "", []string{"case", "story"}},
	} {
		change, err := p.Step(test.c, Assign{test.to}, officer, noon(start))
		var shown []string
		for _, e := range change.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if errText(err) != test.want || !cmp.Equal(shown, test.shown) || err == nil && change.Complaint.Owner != test.to {
			t.Errorf("%s: %q, owner %s, shown %q", test.name, errText(err), change.Complaint.Owner, shown)
		}
	}
}

// TestAssign_doesNotRemindAtOnce: the line about the handover says what is due;
// the next step is theirs.
func TestAssign_doesNotRemindAtOnce(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c, _ = run(t, p, c, start.AddDays(2))
	c = do(t, p, c, Assign{deputy}, officer, noon(start.AddDays(2))).Complaint
	_, reminders := run(t, p, c, start.AddDays(4))
	want := []string{"11-06 acknowledgement UDEPUTY", "11-06 acknowledgement UOFFICER"}
	if !cmp.Equal(want, reminders) {
		t.Error(cmp.Diff(want, reminders))
	}
}

func TestLink_isInTheDossierOnly(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c.ID = "this"
	for _, other := range []CaseID{"", "this"} {
		if _, err := p.Step(c, Link{Other: other}, officer, noon(start)); !Refused(err).Has(CodeNoSuchCase) {
			t.Errorf("linked to %q: %v", other, err)
		}
	}
	change := do(t, p, c, Link{Other: "that"}, officer, noon(start))
	if len(change.Records) != 1 || change.Records[0].Texts["linked"] != "that" {
		t.Errorf("records: %d", len(change.Records))
	}
	if len(change.Effects) > 0 || !change.Journal {
		t.Errorf("a link shows in %v", change.Effects)
	}
}

func TestLooks_leaveALineAndNothingElse(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(*File) {}, at)
	for _, a := range []Action{LookIdentity{}, LookDossier{}} {
		change := do(t, p, c, a, deputy, at)
		if !change.Journal || change.Effects != nil || change.Records != nil {
			t.Errorf("%s: journal %v, effects %v", a.Name(), change.Journal, change.Effects)
		}
		if diff := cmp.Diff(c, change.Complaint, cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) })); diff != "" {
			t.Errorf("%s changed the complaint:\n%s", a.Name(), diff)
		}
	}
}

// TestLooks_inAForm: a look in the form of an action that is not possible any more
// is refused, with who did what and when.
func TestLooks_inAForm(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(*File) {}, at)
	if change := do(t, p, c, LookIdentity{For: ActionAcknowledge}, deputy, at); !change.Journal || change.Complaint.Version != c.Version {
		t.Errorf("journal %v, version %d", change.Journal, change.Complaint.Version)
	}
	c = do(t, p, c, examples(start)[ActionAcknowledge], officer, at).Complaint
	_, err := p.Step(c, LookIdentity{For: ActionAcknowledge}, deputy, at)
	if r := Refused(err); len(r) != 1 || r[0].Code != CodeNotNow || r[0].Args.Performed.By != officer {
		t.Errorf("refused with %+v", r)
	}
}

// TestNote_closesNoWay: who presses an outdated button reads who made it so,
// not who wrote a note since.
func TestNote_closesNoWay(t *testing.T) {
	p, at := policy(t), noon(start)
	c := do(t, p, logged(t, p, func(*File) {}, at), examples(start)[ActionAcknowledge], officer, at).Complaint
	c = do(t, p, c, examples(start)[ActionNote], deputy, at).Complaint
	_, err := p.Step(c, examples(start)[ActionAcknowledge], officer, at)
	if r := Refused(err); len(r) != 1 || r[0].Args.Performed.Action != ActionAcknowledge || r[0].Args.Performed.By != officer {
		t.Errorf("refused with %+v", r)
	}
}

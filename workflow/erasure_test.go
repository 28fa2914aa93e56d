package workflow

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// asked is a closed case of which the officer asked the erasure on that day.
func asked(t *testing.T, p *Policy, on calendar.Date) Complaint {
	t.Helper()
	return do(t, p, closedOn(t, p, on), RequestErasure{Reason: "De klager vraagt erom."}, officer, noon(on)).Complaint
}

// effectsOf lists what a change shows, without the case message.
func effectsOf(change Change) []string {
	var all []string
	for _, e := range change.Effects {
		if s := shownBy(e); s.kind != "case" {
			all = append(all, strings.Join(strings.Fields(fmt.Sprint(s.kind, " ", s.to, " ", s.what)), " "))
		}
	}
	return all
}

// TestErasure_matrix writes down what every action does, for every role, to a
// case of which the officer asked the erasure.
func TestErasure_matrix(t *testing.T) {
	p := policy(t)
	var out strings.Builder
	for _, name := range slices.Concat([]ActionName{ActionFile}, Actions(), fromElsewhere()) {
		fmt.Fprintf(&out, "%-14s", name)
		for _, who := range []roster.PersonID{officer, deputy, director, staff, roster.Clock} {
			c := asked(t, p, start)
			change, err := p.Step(c, examples(start)[name], who, noon(start))
			became := verdictOf(t, p, c, examples(start)[name], who)
			if err == nil && change.Complaint.Erasure.Stands() {
				became += "+asked"
			}
			fmt.Fprintf(&out, " %s=%s", roleOf(who), became)
		}
		out.WriteByte('\n')
	}
	golden(t, "testdata/erasure.golden", out.String())
}

func roleOf(who roster.PersonID) string {
	if who == roster.Clock {
		return "clock"
	}
	return strings.ToLower(strings.TrimPrefix(string(who), "U"))
}

// TestErasure_whatCannotBeErased: what is open, disputed or held is refused by its
// name, however old.
func TestErasure_whatCannotBeErased(t *testing.T) {
	p := policy(t)
	for _, state := range slices.Concat(live, []State{StateErased}) {
		for _, held := range []bool{false, true} {
			c, want := in(t, p, state), ":erase_open"
			switch {
			case state == StateErased:
				want = ":erased"
			case state == StateDisputed:
				want = ":erase_disputed"
			case state == StateClosed && held:
				want = ":erase_held"
			case state == StateClosed:
				want = ""
			}
			if held && state != StateErased {
				c = play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(6)}})
			}
			for _, months := range []int{0, 3, 20} {
				_, err := p.Step(c, examples(start)[ActionErase], officer, noon(start.AddMonths(months)))
				if got := errText(err); got != want {
					t.Errorf("%s held=%t after %d months: %q, want %q", state, held, months, got, want)
				}
			}
		}
	}
	_, err := p.Step(in(t, p, StateClosed), RequestErasure{Reason: " "}, officer, noon(start))
	if got := errText(err); got != "reason:required" {
		t.Errorf("without a reason: %q", got)
	}
}

// TestErasure_needsTwoPeople: one asks, another confirms, and only then it is gone; who asked
// is told.
func TestErasure_needsTwoPeople(t *testing.T) {
	p := policy(t)
	change := do(t, p, closedOn(t, p, start), RequestErasure{Reason: "De klager vraagt erom."}, officer, noon(start))
	if diff := cmp.Diff([]string{"reminder UDEPUTY erasure", "line erase"}, effectsOf(change)); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	c := change.Complaint
	if change.Records[0].Texts["reason"] != "De klager vraagt erom." || c.State != StateClosed {
		t.Error("the reason is not in the dossier, or the case moved")
	}
	_, err := p.Step(c, ConfirmErasure{}, officer, noon(start))
	if got := errText(err); got != ":erase_self" {
		t.Errorf("who asked confirms: %q", got)
	}
	_, err = p.Step(c, examples(start)[ActionErase], deputy, noon(start))
	if got := errText(err); got != ":erase_asked" {
		t.Errorf("asked twice: %q", got)
	}
	change = do(t, p, c, ConfirmErasure{}, deputy, noon(start))
	if diff := cmp.Diff([]string{"clear purge", "erased UOFFICER"}, effectsOf(change)); diff != "" {
		t.Errorf("confirmed (-want +got):\n%s", diff)
	}
	after := change.Complaint
	if after.State != StateErased || !after.NextAt.IsZero() || after.Erasure != (Erasure{}) {
		t.Errorf("confirmed: %s, next %v, %+v", after.State, after.NextAt, after.Erasure)
	}
	if said := fmt.Sprintf("%+v", after); strings.Contains(said, string(officer)) || strings.Contains(said, string(deputy)) {
		t.Errorf("people are still there: %s", said)
	}
}

// TestErasure_twoRolesAreOnePerson: an officer who is a director too does not confirm
// what they asked.
func TestErasure_twoRolesAreOnePerson(t *testing.T) {
	p := policy(t)
	p.Roster = roster.Roster{Officers: []roster.PersonID{officer}, Directors: []roster.PersonID{officer, director}}
	c := asked(t, p, start)
	_, err := p.Step(c, ConfirmErasure{}, officer, noon(start))
	if got := errText(err); got != ":erase_self" {
		t.Errorf("in the other role: %q", got)
	}
	if s := do(t, p, c, ConfirmErasure{}, director, noon(start)).Complaint.State; s != StateErased {
		t.Errorf("the director: %s", s)
	}
}

// TestErasure_whoIsAsked: the first of the others who is there; a director where no
// other officer is; when nobody is, nothing happens.
func TestErasure_whoIsAsked(t *testing.T) {
	third := roster.PersonID("UTHIRD")
	away := func(who ...roster.PersonID) roster.Presence {
		p := roster.Presence{Day: start, Away: map[roster.PersonID][]roster.Period{}}
		for _, one := range who {
			p.Away[one] = []roster.Period{{From: start, Until: start.AddDays(3)}}
		}
		return p
	}
	two, one := []roster.PersonID{officer, deputy, third}, []roster.PersonID{officer}
	for _, test := range []struct {
		name      string
		officers  []roster.PersonID
		directors []roster.PersonID
		concerns  roster.PersonID
		by        roster.PersonID
		presence  roster.Presence
		want      roster.PersonID
	}{
		{"the deputy", two, []roster.PersonID{director}, "", officer, roster.Presence{}, deputy},
		{"the first, of the deputy", two, []roster.PersonID{director}, "", deputy, roster.Presence{}, officer},
		{"who is there", two, []roster.PersonID{director}, "", officer, away(deputy), third},
		{"who has no conflict", two, []roster.PersonID{director}, deputy, officer, roster.Presence{}, third},
		{"a director when the officers are away", two, []roster.PersonID{director}, "", officer, away(deputy, third), director},
		{"a director where there is one officer", one, []roster.PersonID{director, second}, "", officer, roster.Presence{}, director},
		{"the director without the conflict", one, []roster.PersonID{director, second}, director, officer, roster.Presence{}, second},
		{"another director when a director handles it", one, []roster.PersonID{director, second}, officer, director, roster.Presence{}, second},
		{"nobody: one director who handles it", one, []roster.PersonID{director}, officer, director, roster.Presence{}, ""},
		{"nobody: the director has the conflict", one, []roster.PersonID{director}, director, officer, roster.Presence{}, ""},
		{"nobody: all are away", one, []roster.PersonID{director}, "", officer, away(director), ""},
		{"nobody: the account is gone", one, []roster.PersonID{director}, "", officer, roster.Presence{Gone: map[roster.PersonID]bool{director: true}}, ""},
	} {
		p := policy(t)
		p.Roster = roster.Roster{Officers: test.officers, Directors: test.directors}
		c := logged(t, p, concerning(test.concerns), noon(start))
		for _, a := range []Action{decision(start), Confirm{letter(start)}} {
			c = do(t, p, c, a, test.by, noon(start)).Complaint
		}
		change, err := p.With(test.presence).Step(c, examples(start)[ActionErase], test.by, noon(start))
		if test.want == "" {
			if got := errText(err); got != ":erase_nobody" {
				t.Errorf("%s: %q", test.name, got)
			}
			continue
		}
		if err != nil || shownBy(change.Effects[0]).to != test.want {
			t.Errorf("%s: %v, %v", test.name, change.Effects, err)
		}
	}
}

// TestErasure_whoDecides: any other officer, asked or not; a director only when no
// other officer is there, or when they were asked; nobody else.
func TestErasure_whoDecides(t *testing.T) {
	p := policy(t)
	c := asked(t, p, start)
	refused := func(p *Policy, c Complaint, who roster.PersonID, want string) {
		t.Helper()
		for _, a := range []Action{LookErasure{}, ConfirmErasure{}, DeclineErasure{}} {
			_, err := p.Step(c, a, who, noon(start))
			if got := errText(err); got != want {
				t.Errorf("%s by %s: %q, want %q", a.Name(), who, got, want)
			}
		}
	}
	refused(p, c, director, ":forbidden")
	refused(p, c, staff, ":forbidden")
	refused(p, c, roster.Clock, ":forbidden")
	gone := p.With(roster.Presence{Gone: map[roster.PersonID]bool{deputy: true}})
	c = do(t, gone, closedOn(t, gone, start), examples(start)[ActionErase], officer, noon(start)).Complaint
	refused(p, c, second, ":forbidden")
	for _, who := range []roster.PersonID{deputy, director} { // the deputy is back; the director was asked
		if s := do(t, p, c, ConfirmErasure{}, who, noon(start)).Complaint.State; s != StateErased {
			t.Errorf("%s: %s", who, s)
		}
	}
	left := *p
	left.Roster.Directors = []roster.PersonID{second}
	refused(&left, c, director, ":forbidden")
	left.Roster = roster.Roster{Officers: []roster.PersonID{deputy}, Directors: p.Roster.Directors}
	refused(&left, c, deputy, ":erase_none") // who asked has no role any more
	concerned := c
	concerned.Particulars.Concerns = deputy
	refused(p, concerned, deputy, ":forbidden")
}

// TestErasure_whatEndsARequest: what takes the case back to work, and what corrects it.
// Who asked is told, unless they did it.
func TestErasure_whatEndsARequest(t *testing.T) {
	p := policy(t)
	for _, name := range []ActionName{ActionReopen, ActionDispute, ActionHold, ActionCorrect} {
		c := asked(t, p, start)
		change := do(t, p, c, examples(start)[name], deputy, noon(start))
		if change.Complaint.Erasure.Stands() || !slices.Contains(effectsOf(change), "erasure UOFFICER lapsed") {
			t.Errorf("%s: %+v, %v", name, change.Complaint.Erasure, effectsOf(change))
		}
		_, err := p.Step(change.Complaint, ConfirmErasure{}, deputy, noon(start))
		if Refused(err) == nil {
			t.Errorf("confirmed after %s", name)
		}
		own := do(t, p, c, examples(start)[name], officer, noon(start))
		if own.Complaint.Erasure.Stands() || slices.Contains(effectsOf(own), "erasure UOFFICER lapsed") {
			t.Errorf("%s by who asked: %v", name, effectsOf(own))
		}
	}
	c := asked(t, p, start)
	for _, name := range []ActionName{ActionNote, ActionAssign, ActionLink, ActionExport, ActionDossier} {
		if !do(t, p, c, examples(start)[name], officer, noon(start)).Complaint.Erasure.Stands() {
			t.Errorf("%s ends it", name)
		}
	}
	change := do(t, p, c, Correct{File: complaint(concerning(officer)), Reason: "Het ging over Ella."}, deputy, noon(start))
	if slices.ContainsFunc(change.Effects, func(e Effect) bool { return shownBy(e).to == officer }) {
		t.Errorf("whom it concerns is told: %v", effectsOf(change))
	}
}

// TestErasure_declined: the second person says no, and who asked is told; or who asked
// takes it back.
func TestErasure_declined(t *testing.T) {
	p := policy(t)
	c := asked(t, p, start)
	for who, want := range map[roster.PersonID][]string{
		deputy: {"line erase_decline", "erasure UOFFICER declined"}, officer: {"line erase_decline"},
	} {
		change := do(t, p, c, DeclineErasure{Reason: "Er loopt nog iets."}, who, noon(start))
		if diff := cmp.Diff(want, effectsOf(change)); diff != "" {
			t.Errorf("by %s (-want +got):\n%s", who, diff)
		}
		after := change.Complaint
		if after.Erasure.Stands() || after.State != StateClosed {
			t.Errorf("by %s: %s %+v", who, after.State, after.Erasure)
		}
		if do(t, p, after, examples(start)[ActionErase], officer, noon(start)).Complaint.Erasure.Reminders == "" {
			t.Error("can't be asked again")
		}
	}
}

// TestErasure_replay: from wherever an older copy of the register has the case, it is
// erased, closed as of that day, owing nothing; for the clock only.
func TestErasure_replay(t *testing.T) {
	p := policy(t)
	on := start.AddDays(40)
	for _, state := range live {
		c := in(t, p, state)
		if state == StateClosed {
			c = play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(6)}})
		}
		for _, who := range []roster.PersonID{officer, deputy, director, staff} {
			_, err := p.Step(c, ReplayErasure{On: on}, who, noon(on))
			if got := errText(err); got != ":forbidden" {
				t.Errorf("%s by %s: %q", state, who, got)
			}
		}
		change := do(t, p, c, ReplayErasure{On: on}, roster.Clock, noon(on.AddMonths(1)))
		after := change.Complaint
		if after.State != StateErased || !after.NextAt.IsZero() || len(after.Owed()) > 0 || slices.ContainsFunc(after.Promises, Promise.Open) {
			t.Errorf("%s: %s, next %v, owes %v", state, after.State, after.NextAt, after.Owed())
		}
		want := monthOf(on)
		if state == StateClosed {
			want = monthOf(start)
		}
		if got := p.Calendar.Today(after.ClosedAt); got != want {
			t.Errorf("%s: closed %s, want %s", state, got, want)
		}
		if diff := cmp.Diff([]string{"clear purge"}, effectsOf(change)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", state, diff)
		}
		if said := fmt.Sprintf("%+v", after); strings.Contains(said, string(officer)) || strings.Contains(said, "Gesprekstechniek") {
			t.Errorf("%s: people are still there: %s", state, said)
		}
	}
}

// TestErasure_nothingButTwoPeopleErases: of all that clock and people can do to a case
// before its term, in every state, held or not, asked or not, only a second
// person's confirmation of what was asked on a closed case erases it, and the
// replay of one.
func TestErasure_nothingButTwoPeopleErases(t *testing.T) {
	p := policy(t)
	cases := map[string]Complaint{"asked": asked(t, p, start)}
	for _, state := range live {
		cases[string(state)] = in(t, p, state)
		cases[string(state)+" held"] = play(t, p, in(t, p, state), played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(6)}})
	}
	for name, c := range cases {
		for _, at := range []time.Time{noon(start), noon(start.AddMonths(20))} {
			for action, a := range examples(start) {
				for _, who := range []roster.PersonID{officer, deputy, director, second, staff, roster.Clock} {
					change, err := p.Step(c, a, who, at)
					erased := err == nil && change.Complaint.State == StateErased
					want := action == ActionEraseReplay && who == roster.Clock || action == ActionEraseConfirm && name == "asked" && who == deputy
					if erased != want {
						t.Errorf("%s, %s by %s: erased %t", name, action, who, erased)
					}
				}
			}
		}
	}
}

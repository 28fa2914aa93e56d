package subject_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestAccess_isForOfficers: staff and guests are refused whatever they send; a
// director gets what they handle, which is nothing here.
func TestAccess_isForOfficers(t *testing.T) {
	d := handlerstest.New(t)
	first, _, _, _ := jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Guest} {
		if said := handlerstest.Answer(t, d.Types(t, who, "inzage jan")); said == "" {
			t.Errorf("%s may ask", who)
		}
		if ack := ticks(t, d, who, choice, first); ack.Then != nil {
			t.Errorf("%s may go on", who)
		}
	}
	if got := handlerstest.TextOf(t, asks(t, d, handlerstest.Director, "jan@vries.example", "")); strings.Contains(got, first.Number) || strings.Contains(got, "antwoorden dat jullie niets bewaren") {
		t.Errorf("a director finds a case that is not theirs, or that there is none: %s", got)
	}
	if ack := ticks(t, d, handlerstest.Director, choice, first); ack.Then != nil {
		t.Error("a director takes a case that is not theirs along")
	}
	if n := len(d.Outgoing(t)); n != 0 {
		t.Errorf("%d documents", n)
	}
}

// TestAccess_ofADirectorIsToTheirCases: who handles a case gives access to it,
// and to no other.
func TestAccess_ofADirectorIsToTheirCases(t *testing.T) {
	d := handlerstest.New(t)
	first, second, _, _ := jan(t, d)
	assign := workflow.Command{Case: first.ID, Action: workflow.Assign{Owner: handlerstest.Director}, By: handlerstest.Officer, Gesture: "assign"}
	if _, err := d.DB.Apply(t.Context(), assign); err != nil {
		t.Fatal(err)
	}
	choice := asks(t, d, handlerstest.Director, "de Vries", "")
	if got := handlerstest.TextOf(t, choice); !strings.Contains(got, first.Number) || strings.Contains(got, second.Number) {
		t.Errorf("the director chooses from %s", got)
	}
	if ack := ticks(t, d, handlerstest.Director, choice, first, second); ack.Then != nil {
		t.Error("takes a case that is not theirs along")
	}
	ticks(t, d, handlerstest.Director, choice, first).Then(t.Context())
	decrypted(t, d, handlerstest.PassphraseForm.FindString(handlerstest.TextOf(t, d.Screen.LastModal(t))))
}

// TestAccess_isWithdrawnFromWhomACaseConcerns: a case that turns out to concern
// who asked, while the document is made or before it was sent, keeps it from
// them.
func TestAccess_isWithdrawnFromWhomACaseConcerns(t *testing.T) {
	for _, late := range []bool{false, true} {
		d := handlerstest.New(t)
		first, second, _, _ := jan(t, d)
		choice := asks(t, d, handlerstest.Officer, "de Vries", "")
		ack := ticks(t, d, handlerstest.Officer, choice, first, second)
		if late {
			ack.Then(t.Context())
		}
		l := handlerstest.PlainFiling()
		l.Particulars.Concerns = handlerstest.Officer
		correct := workflow.Command{Case: first.ID, Action: workflow.Correct{File: l, Reason: "Gaat over Omar."}, By: handlerstest.Deputy, Gesture: "correct"}
		if _, err := d.DB.Apply(t.Context(), correct); err != nil {
			t.Fatal(err)
		}
		if !late {
			ack.Then(t.Context())
			if handlerstest.PassphraseForm.MatchString(handlerstest.TextOf(t, d.Screen.LastModal(t))) {
				t.Error("the passphrase is shown")
			}
		}
		for _, delivery := range d.Outgoing(t) {
			if m, _, err := d.Render(t.Context(), delivery); err == nil && m.Document.Content != nil {
				t.Errorf("late %v: the document is sent", late)
			}
		}
	}
}

// TestAccess_hidesAGuardedCase: the modals of an officer about whom there is a
// complaint read exactly like those of one about whom there is none.
func TestAccess_hidesAGuardedCase(t *testing.T) {
	var seen []string
	for _, concerns := range []roster.PersonID{"", handlerstest.Officer} {
		d := handlerstest.New(t)
		complaintBy(t, d, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@vries.example"})
		if concerns != "" {
			complaintBy(t, d, "g2", workflow.Particulars{Name: "Jan de Vries", Email: "jan@vries.example", Concerns: concerns})
		}
		first, err := d.DB.Search().List(t.Context(), lists.Query{Viewer: handlerstest.Officer})
		if err != nil || len(first.Cases) != 1 {
			t.Fatal(len(first.Cases), err)
		}
		for _, by := range []string{"jan@vries.example", "niemand@nergens.example"} {
			shown := handlerstest.TextOf(t, asks(t, d, handlerstest.Officer, by, ""))
			seen = append(seen, strings.ReplaceAll(shown, string(first.Cases[0].ID), "case"))
		}
	}
	if seen[0] != seen[2] || seen[1] != seen[3] {
		t.Errorf("with and without a complaint about them:\n%s\n%s", seen[0], seen[2])
	}
	if !strings.Contains(seen[0], "Petra") {
		t.Errorf("nobody else is named who can search: %s", seen[0])
	}
}

// TestAccess_redeliveryMakesNothing: the second delivery makes nothing.
func TestAccess_redeliveryMakesNothing(t *testing.T) {
	d := handlerstest.New(t)
	first, _, _, _ := jan(t, d)
	choice := asks(t, d, handlerstest.Officer, "jan@vries.example", "")
	ticks(t, d, handlerstest.Officer, choice, first).Then(t.Context())
	if again := ticks(t, d, handlerstest.Officer, choice, first); again.Then != nil {
		t.Error("makes another one")
	}
	if n := len(d.Outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
}

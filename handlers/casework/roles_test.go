package casework_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestButton_ofAnOldMessageSaysWhoWasFirst(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["decided"]...)
	old := c
	old.Version = 1
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionAnswer, workflow.ActionResolve} {
		d.Click(t, handlerstest.Deputy, &old, name)
		if reply := d.Replies(); !strings.Contains(reply, "Omar Khalil") || len(d.Screen.Modals) > 0 {
			t.Errorf("%s: reply %q, %d modals", name, reply, len(d.Screen.Modals))
		}
	}
	d.Click(t, handlerstest.Deputy, &old, workflow.ActionConfirm) // an old version of what is still allowed
	if view := d.Screen.LastModal(t); view.CallbackID != "confirm" || !strings.Contains(handlerstest.JSONOf(t, view), "De zaal was te koud.") {
		t.Error("no confirmation with what was decided")
	}
}

// TestCasework_refusesWhoHasNoRole tries every action, its form too, as people
// who may not.
func TestCasework_refusesWhoHasNoRole(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["received"]...)
	forms := map[workflow.ActionName]slack.ModalViewRequest{}
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote} {
		d.Click(t, handlerstest.Officer, &c, name)
		forms[name] = d.Screen.LastModal(t)
	}
	d.Screen.Modals = nil
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest, handlerstest.Gone, handlerstest.Stranger, handlerstest.Robot, handlerstest.Lost} {
		for _, name := range workflow.Actions() {
			d.Click(t, who, &c, name)
			if reply := d.Replies(); reply == "" || len(d.Screen.Modals) > 0 {
				t.Errorf("%s, %s: reply %q, %d modals", who, name, reply, len(d.Screen.Modals))
			}
		}
		for name, form := range forms {
			typed := handlerstest.DecidedValues()
			typed["note"] = "x"
			if errs := handlerstest.FieldErrors(d.Submit(t, who, form, typed)); len(errs) == 0 {
				t.Errorf("%s, %s: a forged form was taken", who, name)
			}
		}
	}
	if after := d.Current(t, c.ID); after.Version != c.Version {
		t.Error("something was committed")
	}
}

// TestCasework_hidesACaseFromWhomItConcerns: for the officer whom a case
// concerns it does not exist, whatever they send.
func TestCasework_hidesACaseFromWhomItConcerns(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.Filing()
	filing.Particulars.Concerns = handlerstest.Officer
	c := d.Filed(t, filing)
	missing := c
	missing.ID = "no-such-case"
	for _, name := range workflow.Actions() {
		d.Click(t, handlerstest.Officer, &c, name)
		concerned := d.Replies()
		d.Click(t, handlerstest.Officer, &missing, name)
		if nowhere := d.Replies(); concerned != nowhere || concerned == "" || len(d.Screen.Modals) > 0 {
			t.Errorf("%s: %q, and of a case that does not exist %q", name, concerned, nowhere)
		}
	}
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		d.Click(t, handlerstest.Deputy, &c, name)
		if !strings.Contains(handlerstest.JSONOf(t, d.Screen.LastModal(t)), handlerstest.People()[handlerstest.Officer].Name) {
			t.Errorf("%s does not show its handler whom it concerns", name)
		}
	}
	d.Click(t, handlerstest.Deputy, &c, workflow.ActionAcknowledge)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Deputy, d.Screen.LastModal(t), nil))
}

// TestCasework_forgedCaseReadsAsNone sends forms that were opened on one case
// for another, as the officer whom that one concerns: the answer is that of a
// case that was never made, to the letter, and the register remembers the
// attempt.
func TestCasework_forgedCaseReadsAsNone(t *testing.T) {
	d := handlerstest.New(t)
	ordinary := d.Filed(t, handlerstest.Filing())
	filing := handlerstest.Filing()
	filing.Particulars.Concerns = handlerstest.Officer
	done, err := d.DB.Apply(t.Context(), workflow.Command{Action: filing, By: handlerstest.Staff, Gesture: "file about the officer"})
	if err != nil {
		t.Fatal(err)
	}
	typed := handlerstest.DecidedValues()
	typed["note"] = "x"
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote} {
		d.Click(t, handlerstest.Officer, &ordinary, name)
		form := d.Screen.LastModal(t)
		answer := func(id workflow.CaseID) string {
			forged := form
			forged.PrivateMetadata = strings.ReplaceAll(form.PrivateMetadata, string(ordinary.ID), string(id))
			return handlerstest.JSONOf(t, handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, forged, typed)))
		}
		there, nowhere := answer(done.Complaint.ID), answer("no-such-case")
		if there != nowhere || !strings.Contains(nowhere, "bestaat niet") {
			t.Errorf("%s: %s, and of a case that does not exist %s", name, there, nowhere)
		}
	}
	if after := d.Current(t, done.Complaint.ID); after.Version != done.Complaint.Version {
		t.Error("something was committed")
	}
}

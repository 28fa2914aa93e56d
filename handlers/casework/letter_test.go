package casework_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/casework"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
)

// TestResolve_opensALongConfirmationBehindAButton decides with texts that make the confirmation too large
// for an ack: it opens behind a button, with all that fits the letter.
func TestResolve_opensALongConfirmationBehindAButton(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Logged(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	typed := handlerstest.DecidedValues()
	typed["outcome"], typed["remedy"] = strings.Repeat("<", 2800), strings.Repeat("😀", 1500)
	ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), typed)
	if b, err := json.Marshal(ack.Payload); err != nil || len(b) > casework.MaxAck {
		t.Fatalf("an ack of %d bytes, %v", len(b), err)
	}
	between := handlerstest.Updated(t, ack)
	d.ClickView(t, handlerstest.Officer, between, "confirm")
	confirm := d.Screen.LastModal(t)
	handlerstest.CheckFits(t, confirm)
	if confirm.CallbackID != "confirm" || !strings.Contains(handlerstest.JSONOf(t, confirm), strings.Repeat(`\u003c`, 2800)) {
		t.Error("no confirmation with the decision")
	}
	if !strings.Contains(handlerstest.JSONOf(t, confirm), "te lang voor de brief") {
		t.Error("does not say that the letter was cut")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, confirm, nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
}

// TestModal_keepsTextsOfFullLength sends every field at its full length, in emoji.
func TestModal_keepsTextsOfFullLength(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Logged(t, handlerstest.Filing())
	long := strings.Repeat("😀", 3000)
	for _, step := range []struct {
		name  workflow.ActionName
		field string
	}{
		{workflow.ActionAcknowledge, "body"}, {workflow.ActionQuestion, "body"},
		{workflow.ActionAnswer, "answer"}, {workflow.ActionNote, "note"},
	} {
		c = d.Current(t, c.ID)
		d.Click(t, handlerstest.Officer, &c, step.name)
		handlerstest.CheckFits(t, d.Screen.LastModal(t))
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{step.field: long}))
	}
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) != 4 {
		t.Fatalf("%d entries, %v", len(records), err)
	}
	for _, r := range records {
		kept := false
		for _, text := range r.Texts {
			kept = kept || strings.Contains(text.Reveal(), long)
		}
		if !kept {
			t.Errorf("%s did not keep all of it", r.Kind)
		}
	}
}

package casework_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/casework"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
)

// TestResolve_opensALongConfirmationBehindAButton decides with texts that make
// the confirmation too large for an ack: it opens behind a button, with all
// that fits the letter.
func TestResolve_opensALongConfirmationBehindAButton(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
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

// TestResolve_redeliveryShowsTheConfirmationAgain sends a decision again: the
// confirmation shows again while it is to be done, and no more afterwards.
func TestResolve_redeliveryShowsTheConfirmationAgain(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	resolve := d.Screen.LastModal(t)
	handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
	again := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, again, nil))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
}

// TestResolve_asksWhatIntakeLeftOpen, only then, at its field, and without losing
// what was typed; the case says what was chosen.
func TestResolve_asksWhatIntakeLeftOpen(t *testing.T) {
	d := handlerstest.New(t)
	a := handlerstest.Filing()
	a.Facts.OfferingKind, a.Facts.Category, a.Facts.ComplainantKind = "", "", ""
	c := d.Filed(t, a)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	view := d.Screen.LastModal(t)
	for _, id := range []string{"offering_kind", "category"} {
		if !strings.Contains(handlerstest.JSONOf(t, view), `"block_id":"`+id+`"`) {
			t.Errorf("%s is not asked", id)
		}
	}
	handlerstest.CheckFits(t, view)
	errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, view, handlerstest.DecidedValues()))
	if len(errs) != 2 || !strings.Contains(errs["category"], "bleef open") || !strings.Contains(errs["offering_kind"], "bleef open") {
		t.Errorf("decided without them: %v", errs)
	}
	chosen := handlerstest.DecidedValues()
	chosen["offering_kind"], chosen["category"] = "course", "invoice"
	handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, view, chosen))
	if f := d.Current(t, c.ID).Facts; f.OfferingKind != "course" || f.Category != "invoice" {
		t.Errorf("%+v", f)
	}
	other := d.Another(t, "other")
	d.Click(t, handlerstest.Officer, &other, workflow.ActionResolve)
	if said := handlerstest.JSONOf(t, d.Screen.LastModal(t)); strings.Contains(said, `"block_id":"category"`) {
		t.Error("what is known is asked again")
	}
}

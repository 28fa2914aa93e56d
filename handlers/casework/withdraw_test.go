package casework_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
)

// TestWithdraw_goesOnToItsConfirmation: the letter says that it was withdrawn,
// and nothing of an outcome that was taken back.
func TestWithdraw_goesOnToItsConfirmation(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, append(handlerstest.Stages()["closed"], handlerstest.Step{By: handlerstest.Officer, After: 5 * 3600e9, Action: workflow.Reopen{Reason: "Toch niet."}})...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionWithdraw)
	confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	shown := handlerstest.JSONOf(t, confirm)
	if confirm.CallbackID != "confirm" || !strings.Contains(shown, "ingetrokken") || strings.Contains(shown, "te koud") {
		t.Errorf("goes on to %s", confirm.CallbackID)
	}
	c = d.Current(t, c.ID)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm) // later is the same
	if again := handlerstest.JSONOf(t, d.Screen.LastModal(t)); strings.Contains(again, "te koud") {
		t.Error("the letter names an outcome that was taken back")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed || c.Decision.Verdict != workflow.VerdictWithdrawn {
		t.Errorf("%s, %s", c.State, c.Decision.Verdict)
	}
}

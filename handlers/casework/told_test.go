package casework_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestTold_byTheForms: a decision that nobody could be told goes on to the letter, which
// may say that nobody can be reached; one that was told does not offer that.
func TestTold_byTheForms(t *testing.T) {
	for way, ended := range map[string]workflow.Ending{"not_possible": workflow.EndUnreachable, "email": ""} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
		typed := handlerstest.DecidedValues()
		maps.Copy(typed, map[string]string{"contact_way": "not_possible", "contact_date": "2026-11-01", "decided_date": "2026-11-22"})
		confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), typed))
		if c = d.Current(t, c.ID); !c.Untold() || c.Decision.On != calendar.NewDate(2026, 11, 22) {
			t.Fatalf("%s, decided on %s", c.State, c.Decision.On)
		}
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, confirm, map[string]string{"way": way}))
		c = d.Current(t, c.ID)
		if p, told := c.Told(); c.State != workflow.StateClosed || p.Ended != ended || told != (ended == "") {
			t.Errorf("by %s: %s, ended %q, told %v", way, c.State, p.Ended, told)
		}
	}
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["decided"]...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	if said := handlerstest.JSONOf(t, d.Screen.LastModal(t)); strings.Contains(said, "not_possible") {
		t.Error("offers that nobody can be reached, though the complainant was told")
	}
}

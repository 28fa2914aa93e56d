package casework_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestModal_goldenVariants compares what modals ask a second time, when there is
// nobody to choose, and away from the case message.
func TestModal_goldenVariants(t *testing.T) {
	held := handlerstest.Moment{By: handlerstest.Officer, After: 5 * 3600e9, Action: workflow.Hold{Review: calendar.NewDate(2027, 1, 4), Reason: "Rechter."}}
	disputed := handlerstest.Moment{By: handlerstest.Officer, After: 6 * 3600e9, Action: workflow.Dispute{Date: calendar.NewDate(2026, 11, 23)}}
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		press := func(name workflow.ActionName, moments ...handlerstest.Moment) func(*handlerstest.Fixture) {
			return func(d *handlerstest.Fixture) {
				c := d.Carried(t, moments...)
				d.Click(t, who, &c, name)
			}
		}
		for name, open := range map[string]func(*handlerstest.Fixture){
			"action-hold-again":    press(workflow.ActionHold, append(handlerstest.Stages()["received"], held)...),
			"action-dispute-again": press(workflow.ActionDispute, append(handlerstest.Stages()["closed"], disputed)...),
			"action-assign-nobody": func(d *handlerstest.Fixture) {
				d.Policy.Roster.Officers, d.Policy.Roster.Directors = []roster.PersonID{who}, nil
				press(workflow.ActionAssign, handlerstest.Stages()["received"]...)(d)
			},
			"absence": func(d *handlerstest.Fixture) { d.ClickHome(t, who, "absence", "") },
			"action-snooze": func(d *handlerstest.Fixture) {
				c := d.Logged(t, handlerstest.Filing())
				pressSnooze(t, d, who, &c, handlerstest.Acknowledging)
			},
		} {
			d := handlerstest.New(t)
			open(d)
			view := d.Screen.LastModal(t)
			if m := kit.MetadataOf(view.PrivateMetadata); m.Case != "" {
				view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(m.Case), "case")
			}
			handlerstest.Golden(t, name+"."+handlerstest.People()[who].Language, view)
		}
	}
}

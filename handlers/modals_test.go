package handlers

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestModalVariantsGolden compares what modals ask a second time, when there is
// nobody to choose, and away from the case message.
func TestModalVariantsGolden(t *testing.T) {
	held := moment{officer, 5 * 3600e9, workflow.Hold{Review: calendar.NewDate(2027, 1, 4), Reason: "Rechter."}}
	disputed := moment{officer, 6 * 3600e9, workflow.Dispute{Date: calendar.NewDate(2026, 11, 23)}}
	for _, who := range []roster.PersonID{officer, english} {
		press := func(name workflow.ActionName, moments ...moment) func(*desk) {
			return func(d *desk) {
				c := d.carried(t, moments...)
				d.click(t, who, &c, name)
			}
		}
		for name, open := range map[string]func(*desk){
			"action-hold-again":    press(workflow.ActionHold, append(stages()["received"], held)...),
			"action-dispute-again": press(workflow.ActionDispute, append(stages()["closed"], disputed)...),
			"action-assign-nobody": func(d *desk) {
				d.Policy.Roster.Officers, d.Policy.Roster.Directors = []roster.PersonID{who}, nil
				press(workflow.ActionAssign, stages()["received"]...)(d)
			},
			"absence": func(d *desk) { d.clickHome(t, who, home.AbsenceID, "") },
			"action-snooze": func(d *desk) {
				c := d.logged(t, complaintOf())
				d.pressSnooze(t, who, &c, ack)
			},
		} {
			d := newDesk(t)
			open(d)
			view := d.screen.lastModal(t)
			if m := kit.MetadataOf(view.PrivateMetadata); m.Case != "" {
				view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(m.Case), "case")
			}
			golden(t, name+"."+people()[who].Language, view)
		}
	}
}

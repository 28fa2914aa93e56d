package casework_test

import (
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// pressSnooze presses the button of a reminder.
func pressSnooze(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c *workflow.Complaint, kind workflow.WatchKind) {
	t.Helper()
	d.Press(t, who, "C0CASES", c, workflow.ActionSnooze, string(kind))
}

// snoozed is until when reminders of the acknowledgement wait.
func snoozed(t *testing.T, d *handlerstest.Fixture, id workflow.CaseID) string {
	t.Helper()
	c := d.Current(t, id)
	p, _ := c.Promise(workflow.PromiseAcknowledgement)
	return p.Snoozed.String()
}

func TestSnooze_waitsUntilTheChosenDay(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing()) // acknowledgement due on Wednesday 25 November
	pressSnooze(t, d, handlerstest.Officer, &c, handlerstest.Acknowledging)
	view := d.Screen.LastModal(t)
	handlerstest.GoldenForm(t, "action-snooze.nl", view)
	if got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, view, map[string]string{"reason": " "})); got["reason"] == "" {
		t.Errorf("without a reason: %v", got)
	}
	if got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, view, map[string]string{"reason": "Vrij.", "until": "2026-11-26"})); got["until"] == "" {
		t.Errorf("beyond the promise: %v", got)
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"reason": "De trainer belt morgen."}))
	if until := snoozed(t, d, c.ID); until != "2026-11-24" {
		t.Errorf("until %s, want tomorrow", until)
	}
	_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Reminder{To: handlerstest.Officer, Watch: handlerstest.Acknowledging}})
	if err != core.ErrMoot {
		t.Errorf("a reminder that was on its way: %v", err)
	}
}

// TestSnooze_proposesTomorrow: tomorrow stands there, and another day may be
// chosen up to the promise.
func TestSnooze_proposesTomorrow(t *testing.T) {
	for day, want := range map[int]string{23: "2026-11-24", 24: "2026-11-25"} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Clock = d.Clock.AddDate(0, 0, day-23)
		pressSnooze(t, d, handlerstest.Officer, &c, handlerstest.Acknowledging)
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"reason": "Morgen."}))
		if until := snoozed(t, d, c.ID); until != want {
			t.Errorf("on the %dth: until %s, want %s", day, until, want)
		}
	}
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	pressSnooze(t, d, handlerstest.Officer, &c, handlerstest.Outcome)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"reason": "Later.", "until": "2026-12-20"}))
}

func TestSnooze_refusesWhatCantWait(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	for _, test := range []struct {
		name string
		who  roster.PersonID
		kind workflow.WatchKind
		days int
	}{
		{"staff", handlerstest.Staff, handlerstest.Acknowledging, 0},
		{"a director", handlerstest.Director, handlerstest.Acknowledging, 0},
		{"on the last day", handlerstest.Officer, handlerstest.Acknowledging, 2},
		{"overdue", handlerstest.Officer, handlerstest.Acknowledging, 3},
		{"nothing that is watched", handlerstest.Officer, "confirmation", 0},
		{"a value of somebody's own", handlerstest.Officer, "", 0},
	} {
		d.Clock = handlerstest.Monday.AddDate(0, 0, test.days)
		before := len(d.Screen.Modals)
		pressSnooze(t, d, test.who, &c, test.kind)
		if said := d.Replies(); said == "" || len(d.Screen.Modals) != before {
			t.Errorf("%s: said %q, %d modals", test.name, said, len(d.Screen.Modals)-before)
		}
	}
}

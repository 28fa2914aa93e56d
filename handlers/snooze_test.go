package handlers

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// pressSnooze presses the button of a nudge.
func (d *desk) pressSnooze(t *testing.T, who roster.PersonID, c *workflow.Complaint, kind workflow.WatchKind) {
	t.Helper()
	d.send(t, who, map[string]any{
		"type": "block_actions", "response_url": "https://hooks.example/1", "channel": map[string]any{"id": "C0CASES"},
		"container": map[string]any{"type": "message", "message_ts": "1.2", "channel_id": "C0CASES"},
		"actions": []any{map[string]any{
			"type": "button", "action_id": "snooze", "block_id": kit.RefTo(c).String(), "value": string(kind),
		}},
	})
}

// snoozed is until when reminders of the acknowledgement wait.
func (d *desk) snoozed(t *testing.T, id workflow.CaseID) string {
	t.Helper()
	c := d.current(t, id)
	p, _ := c.Promise(workflow.PromiseAcknowledgement)
	return p.Snoozed.String()
}

func TestSnooze(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf()) // acknowledgement due on Wednesday 25 November
	d.pressSnooze(t, officer, &c, ack)
	view := d.screen.lastModal(t)
	shown := view
	shown.PrivateMetadata = strings.ReplaceAll(shown.PrivateMetadata, string(c.ID), "case")
	golden(t, "action-snooze.nl", shown)
	if got := fieldErrors(d.submit(t, officer, view, map[string]string{"reason": " "})); got["reason"] == "" {
		t.Errorf("without a reason: %v", got)
	}
	if got := fieldErrors(d.submit(t, officer, view, map[string]string{"reason": "Vrij.", "until": "2026-11-26"})); got["until"] == "" {
		t.Errorf("beyond the promise: %v", got)
	}
	closes(t, d.submit(t, officer, view, map[string]string{"reason": "De trainer belt morgen."}))
	if until := d.snoozed(t, c.ID); until != "2026-11-24" {
		t.Errorf("until %s, want tomorrow", until)
	}
	_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Reminder{To: officer, Watch: ack}})
	if err != core.ErrMoot {
		t.Errorf("a nudge that was on its way: %v", err)
	}
}

// TestSnoozeProposals: tomorrow stands there, and another day may be chosen up
// to the promise.
func TestSnoozeProposals(t *testing.T) {
	for day, want := range map[int]string{23: "2026-11-24", 24: "2026-11-25"} {
		d := newDesk(t)
		c := d.logged(t, complaintOf())
		d.now = d.now.AddDate(0, 0, day-23)
		d.pressSnooze(t, officer, &c, ack)
		closes(t, d.submit(t, officer, d.screen.lastModal(t), map[string]string{"reason": "Morgen."}))
		if until := d.snoozed(t, c.ID); until != want {
			t.Errorf("on the %dth: until %s, want %s", day, until, want)
		}
	}
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	d.pressSnooze(t, officer, &c, outcome)
	closes(t, d.submit(t, officer, d.screen.lastModal(t), map[string]string{"reason": "Later.", "until": "2026-12-20"}))
}

func TestSnoozeRefused(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	for _, test := range []struct {
		name string
		who  roster.PersonID
		kind workflow.WatchKind
		days int
	}{
		{"staff", staff, ack, 0},
		{"a director", director, ack, 0},
		{"on the last day", officer, ack, 2},
		{"overdue", officer, ack, 3},
		{"nothing that is watched", officer, "confirmation", 0},
		{"a value of somebody's own", officer, "", 0},
	} {
		d.now = monday.AddDate(0, 0, test.days)
		before := len(d.screen.modals)
		d.pressSnooze(t, test.who, &c, test.kind)
		if said := d.told(); said == "" || len(d.screen.modals) != before {
			t.Errorf("%s: said %q, %d modals", test.name, said, len(d.screen.modals)-before)
		}
	}
}

package handlers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
)

// atCases gives the workspace a register with an officer who reads English.
func atCases(t *testing.T, w *handlerstest.Workspace) *handlerstest.Fixture {
	t.Helper()
	d := handlerstest.New(t)
	d.Slack = w.Slack
	*w.Handler = *d.Handler
	return d
}

// TestLive_fromReceivedToClosed works from a posted case message, through
// Slack's own states: press, fill in, submit, until the case is closed.
func TestLive_fromReceivedToClosed(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	d := atCases(t, &w)
	c := d.Filed(t, handlerstest.Filing())
	for _, step := range []struct {
		name   workflow.ActionName
		values slacksim.Values
	}{
		{workflow.ActionAcknowledge, slacksim.Values{"body": "Je vond de zaal te koud, en wilt je geld terug."}},
		{workflow.ActionQuestion, slacksim.Values{"body": "Hoe koud was het?"}},
		{workflow.ActionAnswer, slacksim.Values{"answer": strings.Repeat("😀", 1500)}},
		{workflow.ActionNote, slacksim.Values{"note": "<!channel>"}},
		{workflow.ActionResolve, resolved()},
	} {
		c = d.Current(t, c.ID)
		clickPosted(t, &w, d, &c, step.name)
		view := w.Awaits(t, handlerstest.Officer, string(step.name))
		got, err := w.Sim.As(string(handlerstest.Officer)).Submit(t.Context(), view.ID, step.values)
		if err != nil || len(got.Errors) > 0 || got.Local {
			t.Fatalf("%s: %+v, %v", step.name, got, err)
		}
	}
	confirm := w.Awaits(t, handlerstest.Officer, "confirm")
	if got, err := w.Sim.As(string(handlerstest.Officer)).Submit(t.Context(), confirm.ID, nil); err != nil || !got.Closed {
		t.Fatalf("confirm: %+v, %v", got, err)
	}
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		clickPosted(t, &w, d, &c, name)
		w.Awaits(t, handlerstest.Officer, string(name))
	}
}

func resolved() slacksim.Values {
	values := slacksim.Values{}
	for id, v := range handlerstest.DecidedValues() {
		values[id] = v
	}
	return values
}

// clickPosted posts the case message as it is now and presses one of its buttons.
func clickPosted(t *testing.T, w *handlerstest.Workspace, d *handlerstest.Fixture, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
	if err != nil {
		t.Fatal(err)
	}
	channel, ts := w.Posted(t, handlerstest.Officer, m)
	action, value := string(name), kit.RefTo(c).String()
	if name == workflow.ActionNote {
		action, value = core.MoreID, string(name)
	}
	if err := w.Sim.As(string(handlerstest.Officer)).Click(t.Context(), channel, ts, action, value); err != nil {
		t.Fatal(err)
	}
}

// TestLive_turnsThePagesOfALongDossier turns the pages of a dossier that a
// strict Slack judges.
func TestLive_turnsThePagesOfALongDossier(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	d := atCases(t, &w)
	c := handlerstest.LongDossier(t, d, 12)
	clickPosted(t, &w, d, &c, workflow.ActionDossier)
	view := w.Awaits(t, handlerstest.Officer, "dossier")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	user := w.Sim.As(string(handlerstest.Officer))
	for range 2 {
		if err := user.ClickView(ctx, view.ID, "dossier_next", ""); err != nil {
			t.Fatal(err)
		}
	}
	if last, ok := user.Modal(); !ok || !strings.Contains(string(last.Raw), "dossier_previous") {
		t.Error("no page with a way back")
	}
}

package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestHandover_reachesADirectorDirectly: a director is no member of the case
// channel, so what is needed to handle the case comes in a direct message, and
// only as long as the case is theirs.
func TestHandover_reachesADirectorDirectly(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	c.Owner = handlerstest.Director
	o.From(handlerstest.OneCase{Complaint: c})
	d := outbox.Delivery{Case: "case", Payload: outbox.Handover{To: handlerstest.Director}, Lane: outbox.DirectLane(handlerstest.Director)}
	m := o.Rendered(t, d)
	said := handlerstest.JSONOf(t, m)
	for _, want := range []string{c.Number, "<@" + string(handlerstest.Director) + ">", `"acknowledge"`, `"dossier"`, "Ontvangst bevestigen uiterlijk"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q", want)
		}
	}
	for _, secret := range []string{c.Particulars.Name.Reveal(), c.Particulars.Story.Reveal()} {
		if strings.Contains(said, secret) {
			t.Error("says who complains, or what")
		}
	}
	directors := o.Policy.Roster.Directors
	o.Policy.Roster.Directors = nil
	if _, _, err := o.Render(t.Context(), d); !errors.Is(err, notices.ErrNotTheirs) {
		t.Errorf("to a former director: %v", err)
	}
	o.Policy.Roster.Directors = directors
	c.Owner = handlerstest.Officer
	o.From(handlerstest.OneCase{Complaint: c})
	if _, _, err := o.Render(t.Context(), d); !errors.Is(err, core.ErrMoot) {
		t.Errorf("after somebody else took it: %v", err)
	}
}

// TestHandover_golden: the line about another handler mentions them, and says
// what is promised; the clock's own says that it was nobody in particular.
func TestHandover_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t)
		o.Language = lang
		c := handlerstest.Life(t, o.Policy, append(handlerstest.Stages()["received"], handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: workflow.Assign{Owner: handlerstest.Deputy}})...)
		for name, performed := range map[string]workflow.Performed{
			"handover":       {Action: workflow.ActionAssign, By: handlerstest.Officer, At: handlerstest.Monday},
			"handover-clock": {Action: workflow.ActionTick, By: roster.Clock, At: handlerstest.Monday},
		} {
			o.From(handlerstest.OneCase{Complaint: c, Done: performed})
			m := o.Rendered(t, outbox.Delivery{Payload: outbox.Line{Action: performed.Action}, Version: c.Version})
			handlerstest.Golden(t, name+"."+lang, m)
			handlerstest.Confidential(t, name, m)
			if text := handlerstest.JSONOf(t, m); strings.Count(text, "<@") != 1 || !strings.Contains(text, "<@"+string(handlerstest.Deputy)+">") ||
				strings.Contains(text, o.Texts.In(lang).Say("common.nobody")) {
				t.Errorf("%s %s: one mention, of the new handler, and no nobody", name, lang)
			}
		}
	}
}

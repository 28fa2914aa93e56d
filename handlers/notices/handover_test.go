package notices_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
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

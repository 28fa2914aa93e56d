package handlers

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
)

// TestADirectorWhoHandlesIsToldDirectly: a director is no member of the case
// channel, so what is needed to handle the case comes in a direct message, and
// only as long as the case is theirs.
func TestADirectorWhoHandlesIsToldDirectly(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
	c.Owner = director
	o.from(shelf{complaint: c})
	d := outbox.Delivery{Case: "case", Payload: outbox.Handover{To: director}, Lane: outbox.DirectLane(director)}
	m := o.rendered(t, d)
	said := jsonOf(t, m)
	for _, want := range []string{c.Number, "<@" + string(director) + ">", `"acknowledge"`, `"dossier"`, "Ontvangst bevestigen uiterlijk"} {
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
	c.Owner = officer
	o.from(shelf{complaint: c})
	if _, _, err := o.Render(t.Context(), d); !errors.Is(err, core.ErrMoot) {
		t.Errorf("after somebody else took it: %v", err)
	}
}

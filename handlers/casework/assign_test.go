package casework_test

import (
	"slices"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestAssign_proposesWhoIsThere: not a deputy who is away, and nobody who left.
func TestAssign_proposesWhoIsThere(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	if err := d.DB.SetAbsence(t.Context(), handlerstest.Deputy, roster.Period{From: d.Today(), Until: d.Today()}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DB.SetDeactivated(t.Context(), handlerstest.Director, true); err != nil {
		t.Fatal(err)
	}
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAssign)
	for _, b := range d.Screen.LastModal(t).Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		people := in.Element.(*slack.SelectBlockElement)
		var offered []string
		for _, o := range people.Options {
			offered = append(offered, o.Value)
		}
		if want := []string{string(handlerstest.Deputy), string(handlerstest.English)}; !slices.Equal(offered, want) || people.InitialOption.Value != string(handlerstest.English) {
			t.Errorf("offers %q, standing on %s", offered, people.InitialOption.Value)
		}
	}
}

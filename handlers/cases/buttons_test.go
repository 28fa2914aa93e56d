package cases

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// TestMore_everyActionHasItsHeading: what has no button stands below the heading that
// it belongs to, once, and by the value that other programs choose it by.
func TestMore_everyActionHasItsHeading(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	var offered []string
	for _, g := range grouped(words.In("nl"), workflow.Actions()) {
		for _, o := range g.Options {
			offered = append(offered, o.Value)
		}
	}
	for _, name := range workflow.Actions() {
		button, heading := slices.Contains(pressable, name), groupOf(name) >= 0
		if button == heading {
			t.Errorf("%s: a button %v, a heading %v", name, button, heading)
		}
		if slices.Contains(offered, string(name)) != heading {
			t.Errorf("%s is offered: %v", name, !heading)
		}
	}
	unknown := grouped(words.In("nl"), []workflow.ActionName{"from_a_newer_bot"})
	if len(unknown) != 1 || unknown[0].Options[0].Value != "from_a_newer_bot" {
		t.Errorf("an action without a heading is lost: %+v", unknown)
	}
}

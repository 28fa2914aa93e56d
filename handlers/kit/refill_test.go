package kit_test

import (
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestValues_refill puts what was filled in back, what was emptied too, and leaves
// alone what the values say nothing of.
func TestValues_refill(t *testing.T) {
	options := []kit.Option{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}
	text, other, day := kit.Area("old"), kit.Area("kept"), kit.Day(calendar.NewDate(2026, 11, 23))
	chosen, radio, person, boxes := kit.Choose("a", options), kit.Radio("a", options), kit.Colleague("U0A"), kit.Offered(options...)
	blocks := []slack.Block{
		kit.Input{ID: "text", Element: text}.Block(), kit.Input{ID: "other", Element: other}.Block(), kit.Input{ID: "day", Element: day}.Block(),
		kit.Input{ID: "chosen", Element: chosen}.Block(), kit.Input{ID: "radio", Element: radio}.Block(),
		kit.Input{ID: "person", Element: person}.Block(), kit.Input{ID: "boxes", Element: boxes}.Block(), slack.NewDividerBlock(),
	}
	in := func(i incoming.Input) map[string]incoming.Input { return map[string]incoming.Input{kit.ValueID: i} }
	kit.Values{
		"text": in(incoming.Input{Value: "new"}), "day": in(incoming.Input{Date: "2026-11-25"}),
		"chosen": in(incoming.Input{Option: incoming.Option{Value: "b"}}), "radio": in(incoming.Input{Option: incoming.Option{Value: "b"}}),
		"person": in(incoming.Input{UserID: "U0B"}), "boxes": in(incoming.Input{Options: []incoming.Option{{Value: "b"}}}),
	}.Refill(blocks)
	if text.InitialValue != "new" || other.InitialValue != "kept" || day.InitialDate != "2026-11-25" || person.InitialUser != "U0B" {
		t.Errorf("%q %q %q %q", text.InitialValue, other.InitialValue, day.InitialDate, person.InitialUser)
	}
	if chosen.InitialOption.Value != "b" || radio.InitialOption.Value != "b" || len(boxes.InitialOptions) != 1 || boxes.InitialOptions[0].Value != "b" {
		t.Errorf("%v %v %v", chosen.InitialOption, radio.InitialOption, boxes.InitialOptions)
	}
	kit.Values{"text": in(incoming.Input{}), "chosen": in(incoming.Input{}), "boxes": in(incoming.Input{})}.Refill(blocks)
	if text.InitialValue != "" || chosen.InitialOption != nil || boxes.InitialOptions != nil {
		t.Errorf("emptied: %q %v %v", text.InitialValue, chosen.InitialOption, boxes.InitialOptions)
	}
}

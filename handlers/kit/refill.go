package kit

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
)

// Refill puts what was filled in back into a form that is shown anew. Slack keeps
// it too, but only as long as it takes an input for the same one. An input of which
// the values say nothing stays as it is.
func (v Values) Refill(blocks []slack.Block) {
	for _, b := range blocks {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		if filled, ok := v[in.BlockID][ValueID]; ok {
			refill(in.Element, filled)
		}
	}
}

func refill(element slack.BlockElement, filled incoming.Input) {
	switch e := element.(type) {
	case *slack.PlainTextInputBlockElement:
		e.InitialValue = filled.Value
	case *slack.DatePickerBlockElement:
		e.InitialDate = filled.Date
	case *slack.SelectBlockElement:
		e.InitialOption, e.InitialUser = optionOf(e.Options, filled), filled.UserID
	case *slack.RadioButtonsBlockElement:
		e.InitialOption = optionOf(e.Options, filled)
	case *slack.CheckboxGroupsBlockElement:
		e.InitialOptions = nil
		for _, o := range filled.Options {
			if chosen := optionOf(e.Options, incoming.Input{Option: o}); chosen != nil {
				e.InitialOptions = append(e.InitialOptions, chosen)
			}
		}
	}
}

// optionOf is the option that was chosen; nil for none.
func optionOf(all []*slack.OptionBlockObject, filled incoming.Input) *slack.OptionBlockObject {
	for _, o := range all {
		if o.Value == filled.Option.Value {
			return o
		}
	}
	return nil
}

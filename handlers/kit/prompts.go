package kit

import "github.com/slack-go/slack"

// Prompts are what stands in a field in which nothing is chosen yet. Slack's own words
// are in the language of somebody's Slack, which has no Dutch.
type Prompts struct{ Option, Person, Day string }

// Prompt gives every select and date picker of these blocks its prompt that has none, and
// on which nothing is chosen or somebody may take the choice away.
func (p Prompts) Prompt(blocks []slack.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.InputBlock:
			p.element(b.Element, b.Optional)
		case *slack.ActionBlock:
			for _, e := range b.Elements.ElementSet {
				p.element(e, false)
			}
		case *slack.SectionBlock:
			if a := b.Accessory; a != nil && a.SelectElement != nil {
				p.element(a.SelectElement, false)
			}
		}
	}
}

func (p Prompts) element(e slack.BlockElement, clears bool) {
	switch e := e.(type) {
	case *slack.SelectBlockElement:
		chosen := e.InitialOption != nil || e.InitialUser != ""
		if e.Placeholder == nil && !chosen {
			e.Placeholder = Plain(p.Option)
			if e.Type == slack.OptTypeUser {
				e.Placeholder = Plain(p.Person)
			}
		}
	case *slack.DatePickerBlockElement:
		if e.Placeholder == nil && (e.InitialDate == "" || clears) {
			e.Placeholder = Plain(p.Day)
		}
	}
}

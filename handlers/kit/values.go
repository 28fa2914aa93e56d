package kit

import (
	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Values is what a person filled in, by block id. A field that is empty, or
// that the submission left out, reads as the zero value.
type Values map[string]map[string]incoming.Input

// ValuesOf returns what a view carries; nil when it carries no state.
func ValuesOf(v incoming.View) Values { return v.State.Values }

func (v Values) Text(block string) workflow.Confidential {
	text := v[block][ValueID].Value
	return workflow.Confidential(text[:min(len(text), mostTyped)])
}

// mostTyped is how many bytes of a field are looked at. Slack's longest has 3,000
// characters, so that what is longer is forged, and refused for its length all the same.
const mostTyped = 64 << 10

func (v Values) Choice(block string) string { return v[block][ValueID].Option.Value }

// Choices are the values of the ticked boxes.
func (v Values) Choices(block string) []string {
	var all []string
	for _, o := range v[block][ValueID].Options {
		all = append(all, o.Value)
	}
	return all
}

func (v Values) Person(block string) roster.PersonID {
	return roster.PersonID(v[block][ValueID].UserID)
}

// Date returns the zero Date for a field that is empty or holds no date; the
// rules say whether one is needed.
func (v Values) Date(block string) calendar.Date {
	d, err := calendar.ParseDate(v[block][ValueID].Date)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// Ticked are the files behind ticked boxes, by what the boxes say (Offered).
func (v Values) Ticked(block string) []workflow.Attachment {
	var all []workflow.Attachment
	for _, o := range v[block][ValueID].Options {
		all = append(all, workflow.Attachment{File: o.Value, Name: workflow.Confidential(o.Text.Text)})
	}
	return all
}

func (v Values) Files(block string) []workflow.Attachment {
	var all []workflow.Attachment
	for _, f := range v[block][ValueID].Attached {
		all = append(all, workflow.Attachment{File: f.ID, Name: workflow.Confidential(f.Name)})
	}
	return all
}

// Typed is what a person wrote in a field, without control characters and
// without blanks around it.
func Typed(v Values, block string) workflow.Confidential {
	return workflow.Confidential(contact.Clean(v.Text(block).Reveal()))
}

package handlers

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// values is what a person filled in, by block id. A field that is empty, or
// that the submission left out, reads as the zero value.
type values map[string]map[string]slack.BlockAction

// valuesOf returns what a view carries; nil when it carries no state.
func valuesOf(v slack.View) values {
	if v.State == nil {
		return nil
	}
	return v.State.Values
}

func (v values) text(block string) workflow.Confidential {
	return workflow.Confidential(v[block][valueID].Value)
}

func (v values) choice(block string) string { return v[block][valueID].SelectedOption.Value }

// choices are the values of the ticked boxes.
func (v values) choices(block string) []string {
	var all []string
	for _, o := range v[block][valueID].SelectedOptions {
		all = append(all, o.Value)
	}
	return all
}

func (v values) person(block string) roster.PersonID {
	return roster.PersonID(v[block][valueID].SelectedUser)
}

// date returns the zero Date for a field that is empty or holds no date; the
// rules say whether one is needed.
func (v values) date(block string) calendar.Date {
	d, err := calendar.ParseDate(v[block][valueID].SelectedDate)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

func (v values) files(block string) []workflow.Attachment {
	var all []workflow.Attachment
	for _, f := range v[block][valueID].Files {
		all = append(all, workflow.Attachment{File: f.ID, Name: workflow.Confidential(f.Name)})
	}
	return all
}

// typed is what a person wrote in a field, without control characters and
// without blanks around it.
func typed(v values, block string) workflow.Confidential {
	return workflow.Confidential(workflow.Clean(v.text(block).Reveal()))
}

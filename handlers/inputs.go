package handlers

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// valueID is the action id of every input: an input is known by its block id
// (design section 5).
const valueID = "value"

// maxLine is the longest text of one line, in characters.
const maxLine = 200

// input is one question of a form.
type input struct {
	ID       string // block id of the contract
	Label    string
	Hint     string // small print below it; "" for none
	Optional bool
	Element  slack.BlockElement
}

// block builds the input, cut to Slack's limits.
func (in input) block() *slack.InputBlock {
	var hint *slack.TextBlockObject
	if in.Hint != "" {
		hint = plain(cut(in.Hint, maxHint))
	}
	return slack.NewInputBlock(in.ID, plain(cut(in.Label, maxHint)), hint, in.Element).WithOptional(in.Optional)
}

// line is a field for one line of at most limit characters.
func line(initial string, limit int) *slack.PlainTextInputBlockElement {
	return slack.NewPlainTextInputBlockElement(nil, valueID).WithMaxLength(limit).WithInitialValue(cut(initial, limit))
}

// area is a field for several lines, as long as Slack allows.
func area(initial string) *slack.PlainTextInputBlockElement {
	return line(initial, maxTyped).WithMultiline(true)
}

// holding sets what an empty field shows in grey.
func holding(e *slack.PlainTextInputBlockElement, text string) *slack.PlainTextInputBlockElement {
	e.Placeholder = plain(cut(text, maxHolder))
	return e
}

// day is a date picker that stands on initial; on nothing when that is zero.
func day(initial calendar.Date) *slack.DatePickerBlockElement {
	e := slack.NewDatePickerBlockElement(valueID)
	e.InitialDate = initial.String()
	return e
}

// option is one choice: the contract's value and what people read.
type option struct{ Value, Label string }

func (o option) object() *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(o.Value, plain(cut(o.Label, maxLabel)), nil)
}

// choose is a select of one option, standing on initial when that is one of
// them.
func choose(initial string, options []option) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, valueID)
	for _, o := range options {
		object := o.object()
		if e.Options = append(e.Options, object); o.Value == initial {
			e.InitialOption = object
		}
	}
	return e
}

// radio is a choice between a few options that all show, standing on initial.
func radio(initial string, options []option) *slack.RadioButtonsBlockElement {
	e := slack.NewRadioButtonsBlockElement(valueID)
	for _, o := range options {
		object := o.object()
		if e.Options = append(e.Options, object); o.Value == initial {
			e.InitialOption = object
		}
	}
	return e
}

// checks is a box for each option, none of them ticked.
func checks(options ...option) *slack.CheckboxGroupsBlockElement {
	e := slack.NewCheckboxGroupsBlockElement(valueID)
	for _, o := range options {
		e.Options = append(e.Options, o.object())
	}
	return e
}

// colleague is a select of a person in the workspace, standing on initial, or
// on nobody.
func colleague(initial roster.PersonID) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, valueID)
	e.InitialUser = string(initial)
	return e
}

// files is a field for up to ten files.
func files() *slack.FileInputBlockElement {
	return slack.NewFileInputBlockElement(valueID).WithMaxFiles(workflow.MaxAttachments)
}

// modal builds a modal. Without a submit label it only shows.
func modal(callbackID, title, submit, closing string, m metadata, blocks ...slack.Block) slack.ModalViewRequest {
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callbackID, PrivateMetadata: m.String(),
		Title: plain(cut(title, maxTitle)), Close: plain(cut(closing, maxTitle)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
	if submit != "" {
		view.Submit = plain(cut(submit, maxTitle))
	}
	return view
}

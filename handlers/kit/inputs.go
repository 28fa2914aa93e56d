package kit

import (
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// ValueID is the action id of every input: an input is known by its block id
// (design section 5).
const ValueID = "value"

// MaxLine is the longest text of one line, in characters.
const MaxLine = 200

// Input is one question of a form.
type Input struct {
	ID       string // block id of the contract
	Label    string
	Hint     string // small print below it; "" for none
	Optional bool
	Element  slack.BlockElement
}

// Block builds the input, cut to Slack's limits.
func (in Input) Block() *slack.InputBlock {
	var hint *slack.TextBlockObject
	if in.Hint != "" {
		hint = Plain(Cut(in.Hint, maxHint))
	}
	return slack.NewInputBlock(in.ID, Plain(Cut(in.Label, maxHint)), hint, in.Element).WithOptional(in.Optional)
}

// Line is a field for one line of at most limit characters.
func Line(initial string, limit int) *slack.PlainTextInputBlockElement {
	return slack.NewPlainTextInputBlockElement(nil, ValueID).WithMaxLength(limit).WithInitialValue(Cut(initial, limit))
}

// Area is a field for several lines, as long as Slack allows.
func Area(initial string) *slack.PlainTextInputBlockElement {
	return Line(initial, MaxTyped).WithMultiline(true)
}

// Day is a date picker that stands on initial; on nothing when that is zero.
func Day(initial calendar.Date) *slack.DatePickerBlockElement {
	e := slack.NewDatePickerBlockElement(ValueID)
	e.InitialDate = initial.String()
	return e
}

// Option is one choice: the contract's value and what people read.
type Option struct{ Value, Label string }

func (o Option) Object() *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(o.Value, Plain(Cut(o.Label, MaxLabel)), nil)
}

// Choose is a select of one option, standing on initial when that is one of
// them.
func Choose(initial string, options []Option) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, ValueID)
	for _, o := range options {
		object := o.Object()
		if e.Options = append(e.Options, object); o.Value == initial {
			e.InitialOption = object
		}
	}
	return e
}

// Radio is a choice between a few options that all show, standing on initial.
func Radio(initial string, options []Option) *slack.RadioButtonsBlockElement {
	e := slack.NewRadioButtonsBlockElement(ValueID)
	for _, o := range options {
		object := o.Object()
		if e.Options = append(e.Options, object); o.Value == initial {
			e.InitialOption = object
		}
	}
	return e
}

// Checks is a box for each option, none of them ticked.
func Checks(options ...Option) *slack.CheckboxGroupsBlockElement {
	e := slack.NewCheckboxGroupsBlockElement(ValueID)
	for _, o := range options {
		e.Options = append(e.Options, o.Object())
	}
	return e
}

// Offered is a box for each option, all of them ticked.
func Offered(options ...Option) *slack.CheckboxGroupsBlockElement {
	e := Checks(options...)
	e.InitialOptions = e.Options
	return e
}

// Ticks is a box for each option, of which some are ticked.
func Ticks(ticked []string, options []Option) *slack.CheckboxGroupsBlockElement {
	e := Checks(options...)
	for i, o := range options {
		if slices.Contains(ticked, o.Value) {
			e.InitialOptions = append(e.InitialOptions, e.Options[i])
		}
	}
	return e
}

// Focus has a form open with the cursor in that field: one in a form.
func Focus(e slack.BlockElement) {
	switch e := e.(type) {
	case *slack.PlainTextInputBlockElement:
		e.FocusOnLoad = true
	case *slack.SelectBlockElement:
		e.FocusOnLoad = true
	}
}

// Colleague is a select of a person in the workspace, standing on initial, or
// on nobody.
func Colleague(initial roster.PersonID) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, ValueID)
	e.InitialUser = string(initial)
	return e
}

// Files is a field for up to ten files.
func Files() *slack.FileInputBlockElement {
	return slack.NewFileInputBlockElement(ValueID).WithMaxFiles(workflow.MaxAttachments)
}

// Modal builds a modal. Without a submit label it only shows.
func Modal(callbackID, title, submit, closing string, m Metadata, blocks ...slack.Block) slack.ModalViewRequest {
	view := slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: callbackID, PrivateMetadata: m.String(),
		Title: Plain(Cut(title, maxTitle)), Close: Plain(Cut(closing, maxTitle)),
		Blocks: slack.Blocks{BlockSet: blocks},
	}
	if submit != "" {
		view.Submit = Plain(Cut(submit, maxTitle))
	}
	return view
}

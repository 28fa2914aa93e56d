package blockkit

import "encoding/json"

// Element is one interactive element as a client shows it: what the
// person may type or choose, and what it holds at first.
type Element struct {
	Kind     string // "plain_text_input", "static_select", …
	BlockID  string
	ActionID string

	Optional bool // of the input block: may stay empty
	Dispatch bool // of the input block: dispatch_action

	MinLength, MaxLength int      // plain_text_input, in characters; maxLength 0 is no limit
	MinValue, MaxValue   string   // number_input; "" is no limit
	Decimals             bool     // number_input
	MaxFiles             int      // file_input
	FileTypes            []string // file_input, extensions without a dot; empty is any
	MaxSelected          int      // multi selects; 0 is no limit
	Options              []Option // selects, radio buttons, checkboxes, overflow

	// Initial is what it holds at first, in the form that JudgeValue takes: a
	// string, a []string, a json.RawMessage (rich text), or nil.
	Initial any
}

// Option is one choice; raw is the option object as the app sent it, text
// its label.
type Option struct {
	Value, Text string
	Raw         json.RawMessage
}

// Inputs is every input block of a view by its block id. The view must
// have passed JudgeView; blocks without an id are left out, so ids that Slack
// makes up have to be filled in first.
func Inputs(view json.RawMessage) map[string]Element {
	object, _ := decodeObject(view)
	inputs := map[string]Element{}
	for _, block := range listAt(object, "blocks") {
		id := stringAt(block, "block_id")
		if id == "" || stringAt(block, "type") != "input" {
			continue
		}
		for _, el := range elementsOf(block) {
			inputs[id] = el
		}
	}
	return inputs
}

// Elements lists every interactive element of a blocks array, in
// order: accessories, the elements of actions blocks, and inputs.
func Elements(blocks json.RawMessage) []Element {
	list, _ := decodeList(blocks)
	var found []Element
	for _, block := range list {
		found = append(found, elementsOf(block)...)
	}
	return found
}

// elementsOf lists the interactive elements of one block.
func elementsOf(block any) []Element {
	object, _ := block.(map[string]any)
	var candidates []any
	switch stringAt(block, "type") {
	case "section":
		candidates = []any{object["accessory"]}
	case "actions":
		candidates = listAt(block, "elements")
	case "input":
		candidates = []any{object["element"]}
	}
	var found []Element
	for _, one := range candidates {
		if name := stringAt(one, "type"); name != "" && name != "image" {
			found = append(found, newInputElement(block, one))
		}
	}
	return found
}

func newInputElement(block, element any) Element {
	el := Element{
		Kind:      stringAt(element, "type"),
		BlockID:   stringAt(block, "block_id"),
		ActionID:  stringAt(element, "action_id"),
		Optional:  boolAt(block, "optional") || stringAt(block, "type") != "input",
		Dispatch:  boolAt(block, "dispatch_action"),
		MinLength: intAt(element, "min_length", 0),
		MinValue:  stringAt(element, "min_value"),
		MaxValue:  stringAt(element, "max_value"),
		Decimals:  boolAt(element, "is_decimal_allowed"),
		MaxFiles:  intAt(element, "max_files", maxFiles),
		FileTypes: stringsIn(listAt(element, "filetypes")),
	}
	if el.Kind == "plain_text_input" {
		el.MaxLength = intAt(element, "max_length", maxInputLength)
	}
	el.MaxSelected = intAt(element, "max_selected_items", 0)
	for _, option := range optionsOf(element) {
		el.Options = append(el.Options, newInputOption(option))
	}
	if how, ok := stateKinds[el.Kind]; ok {
		object, _ := element.(map[string]any)
		el.Initial = initialOf(object[how.initial])
	}
	return el
}

func newInputOption(option any) Option {
	object, _ := option.(map[string]any)
	return Option{
		Value: stringAt(option, "value"),
		Text:  stringAt(object["text"], "text"),
		Raw:   encode(option),
	}
}

// initialOf turns an initial value, option, or list of these into what
// JudgeValue takes.
func initialOf(v any) any {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return wholeNumber(v)
	case []any:
		return initialList(v)
	case map[string]any:
		if stringAt(v, "type") == "rich_text" {
			return encode(v)
		}
		return stringAt(v, "value")
	}
	return nil
}

func initialList(items []any) []string {
	var values []string
	for _, one := range items {
		if s, ok := one.(string); ok {
			values = append(values, s)
		} else {
			values = append(values, stringAt(one, "value"))
		}
	}
	return values
}

func stringsIn(items []any) []string {
	var found []string
	for _, one := range items {
		if s, ok := one.(string); ok {
			found = append(found, s)
		}
	}
	return found
}

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

	minLength, maxLength int           // plain_text_input, in characters; maxLength 0 is no limit
	minValue, maxValue   string        // number_input; "" is no limit
	decimals             bool          // number_input
	maxFiles             int           // file_input
	fileTypes            []string      // file_input, extensions without a dot; empty is any
	maxSelected          int           // multi selects; 0 is no limit
	Options              []inputOption // selects, radio buttons, checkboxes, overflow

	// Initial is what it holds at first, in the form judgeValue takes: a
	// string, a []string, a json.RawMessage (rich text), or nil.
	Initial any
}

// inputOption is one choice; raw is the option object as the app sent it, text
// its label.
type inputOption struct {
	Value, text string
	Raw         json.RawMessage
}

// Inputs is every input block of a view by its block id. The view must
// have passed judgeView; blocks without an id are left out, so ids that Slack
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
		minLength: intAt(element, "min_length", 0),
		minValue:  stringAt(element, "min_value"),
		maxValue:  stringAt(element, "max_value"),
		decimals:  boolAt(element, "is_decimal_allowed"),
		maxFiles:  intAt(element, "max_files", maxFiles),
		fileTypes: stringsIn(listAt(element, "filetypes")),
	}
	if el.Kind == "plain_text_input" {
		el.maxLength = intAt(element, "max_length", maxInputLength)
	}
	el.maxSelected = intAt(element, "max_selected_items", 0)
	for _, option := range optionsOf(element) {
		el.Options = append(el.Options, newInputOption(option))
	}
	if how, ok := stateKinds[el.Kind]; ok {
		object, _ := element.(map[string]any)
		el.Initial = initialOf(object[how.initial])
	}
	return el
}

func newInputOption(option any) inputOption {
	object, _ := option.(map[string]any)
	return inputOption{
		Value: stringAt(option, "value"),
		text:  stringAt(object["text"], "text"),
		Raw:   encode(option),
	}
}

// initialOf turns an initial value, option, or list of these into what
// judgeValue takes.
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

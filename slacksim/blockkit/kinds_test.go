package blockkit

import (
	"fmt"
	"testing"
)

// sampleElements is a good one of each kind of element.
var sampleElements = map[string]obj{
	"image":                      {"alt_text": "a", "image_url": "https://example.com/a.png"},
	"button":                     {"text": plainObj("Go"), "style": "primary", "value": "v"},
	"overflow":                   {"options": arr{withKey(optionObj(0).(obj), "url", "https://example.com")}},
	"radio_buttons":              {"options": arr{optionObj(0)}, "initial_option": optionObj(0)},
	"checkboxes":                 {"options": arr{optionObj(0), optionObj(1)}, "initial_options": arr{optionObj(1)}},
	"static_select":              {"options": arr{optionObj(0)}, "initial_option": optionObj(0), "focus_on_load": true},
	"multi_static_select":        {"options": arr{optionObj(0)}, "initial_options": arr{optionObj(0)}},
	"users_select":               {"initial_user": "U1", "placeholder": plainObj("Who")},
	"multi_users_select":         {"initial_users": arr{"U1", "U2"}, "max_selected_items": 2},
	"conversations_select":       {"filter": obj{"include": arr{"im"}}, "default_to_current_conversation": true},
	"multi_conversations_select": {"initial_conversations": arr{"C1"}},
	"channels_select":            {"initial_channel": "C1"},
	"multi_channels_select":      {"initial_channels": arr{"C1"}},
	"datepicker":                 {"initial_date": "2026-02-28"},
	"timepicker":                 {"initial_time": "09:30", "timezone": "Europe/Amsterdam"},
	"datetimepicker":             {"initial_date_time": 1_771_000_000},
	"plain_text_input": {"multiline": true, "min_length": 1, "max_length": 9, "initial_value": "nine char",
		"dispatch_action_config": obj{"trigger_actions_on": arr{"on_enter_pressed"}}},
	"email_text_input": {"initial_value": "a@example.com"},
	"url_text_input":   {"initial_value": "https://example.com"},
	"number_input":     {"is_decimal_allowed": true, "min_value": "-1.5", "max_value": "2", "initial_value": "0"},
	"rich_text_input":  {"initial_value": richObj(obj{"type": "rich_text_section", "elements": arr{}})},
	"file_input":       {"filetypes": arr{"pdf"}, "max_files": 3},
}

// elementPlaces says, per kind of element, in which blocks it may stand (section,
// actions, input, context) and on which surfaces (message, modal, home).
// Surfaces: https://docs.slack.dev/blocks.json and the element pages.
var elementPlaces = map[string]string{
	"image":                      "s--c mdh",
	"button":                     "sa-- mdh",
	"overflow":                   "sa-- mdh",
	"radio_buttons":              "sai- mdh",
	"checkboxes":                 "sai- mdh",
	"static_select":              "sai- mdh",
	"multi_static_select":        "sai- mdh",
	"users_select":               "sai- mdh",
	"multi_users_select":         "sai- mdh",
	"conversations_select":       "sai- mdh",
	"multi_conversations_select": "sai- mdh",
	"channels_select":            "sai- mdh",
	"multi_channels_select":      "sai- mdh",
	"datepicker":                 "sai- mdh",
	"timepicker":                 "sai- mdh",
	"datetimepicker":             "-ai- md-",
	"plain_text_input":           "--i- mdh",
	"email_text_input":           "--i- -d-",
	"url_text_input":             "--i- -d-",
	"number_input":               "--i- -d-",
	"rich_text_input":            "--i- -dh",
	"file_input":                 "--i- -d-",
	"workflow_button":            "---- ---",
	"external_select":            "---- ---",
	"feedback_buttons":           "---- ---",
	"sketch":                     "---- ---",
}

func TestBlocks_whereElementsStand(t *testing.T) {
	if len(elementPlaces) < len(elementKinds) {
		t.Errorf("%d kinds, %d rows", len(elementKinds), len(elementPlaces))
	}
	holders := []struct {
		mark byte
		at   string
		hold func(el obj) any
	}{
		{'s', "accessory", func(el obj) any { return withKey(sectionObj("s"), "accessory", el) }},
		{'a', "elements/0", func(el obj) any { return actionsObj(el) }},
		{'i', "element", func(el obj) any { return inputObj(el) }},
		{'c', "elements/0", func(el obj) any { return obj{"type": "context", "elements": arr{el}} }},
	}
	surfaces := []struct {
		name, code, at string
		mark           byte
	}{{"message", CodeBlocks, "", 'm'}, {"modal", CodeArguments, "/view", 'd'}, {"home", CodeArguments, "/view", 'h'}}
	for kind, marks := range elementPlaces {
		el := withKey(sampleElements[kind], "type", kind)
		for i, holder := range holders {
			for k, on := range surfaces {
				t.Run(fmt.Sprintf("%s/%s/%c", kind, on.name, holder.mark), func(t *testing.T) {
					r := judgeOne(t, on.name, holder.hold(el))
					if marks[i] == holder.mark && marks[5+k] == on.mark {
						wantAccepted(t, r)
					} else {
						wantRefused(t, r, on.code, on.at+"/blocks/0/"+holder.at+"/type")
					}
				})
			}
		}
	}
}

func TestBlocks_whereBlocksStand(t *testing.T) {
	tests := []struct {
		block obj
		on    string // surfaces that take it
	}{
		{sectionObj("s"), "message modal home"},
		{obj{"type": "header", "text": plainObj("h")}, "message modal home"},
		{obj{"type": "divider"}, "message modal home"},
		{obj{"type": "context", "elements": arr{plainObj("c")}}, "message modal home"},
		{actionsObj(withKey(sampleElements["button"], "type", "button")), "message modal home"},
		{obj{"type": "image", "alt_text": "a", "image_url": "https://example.com/a"}, "message modal home"},
		{textInputObj("multiline", true), "message modal home"},
		{richObj(), "message modal home"},
		{obj{"type": "markdown", "text": "m"}, "message"},
		{tableObj(1, 1, 1), "message"},
		{chartObj(1, 1), "message home"},
		{obj{"type": "video", "alt_text": "v"}, ""},
		{obj{"type": "file", "external_id": "F", "source": "remote"}, ""},
		{obj{"type": "call"}, ""},
		{obj{"type": "alert", "text": plainObj("a")}, ""},
	}
	for _, tt := range tests {
		for _, on := range []string{"message", "modal", "home"} {
			t.Run(fmt.Sprint(tt.block["type"], "/", on), func(t *testing.T) {
				r := judgeOne(t, on, tt.block)
				code, at := CodeArguments, "/view/blocks/0/type"
				if on == "message" {
					code, at = CodeBlocks, "/blocks/0/type"
				}
				if hasWord(tt.on, on) {
					wantAccepted(t, r)
				} else {
					wantRefused(t, r, code, at)
				}
			})
		}
	}
}

// blockTest is a block and the pointer, below the block, of its fault.
type blockTest struct {
	name  string
	block any
	at    string
}

// elementLike is the sample of a kind with other members: key, value, ….
func elementLike(kind string, more ...any) obj {
	o := withKey(sampleElements[kind], "type", kind)
	for i := 0; i < len(more); i += 2 {
		o = withKey(o, fmt.Sprint(more[i]), more[i+1])
	}
	return o
}

var otherLabel = obj{"text": plainObj("Another label"), "value": "o0"}

var elementRules = []blockTest{
	{"button style", actionsObj(elementLike("button", "style", "loud")), "/elements/0/style"},
	{"button url", actionsObj(elementLike("button", "url", "not a link")), "/elements/0/url"},
	{"button text mrkdwn", actionsObj(elementLike("button", "text", mrkdwnObj("b"))), "/elements/0/text/type"},
	{"button without text", actionsObj(obj{"type": "button"}), "/elements/0"},
	{"confirm without deny", actionsObj(elementLike("button", "confirm", obj{
		"title": plainObj("t"), "text": plainObj("t"), "confirm": plainObj("y")})), "/elements/0/confirm"},
	{"confirm null", actionsObj(elementLike("button", "confirm", nil)), fine},
	{"element not an object", actionsObj("button"), "/elements/0"},
	{"element without type", actionsObj(obj{}), "/elements/0"},
	{"emoji on mrkdwn", obj{"type": "section", "text": withKey(mrkdwnObj("s"), "emoji", true)}, "/text"},
	{"emoji on plain_text", obj{"type": "section", "text": withKey(plainObj("s"), "emoji", true)}, fine},
	{"verbatim on plain_text", obj{"type": "section", "text": withKey(plainObj("s"), "verbatim", true)}, "/text"},
	{"verbatim on mrkdwn", obj{"type": "section", "text": withKey(mrkdwnObj("s"), "verbatim", true)}, fine},
	{"text is a string", obj{"type": "section", "text": "s"}, "/text"},
	{"text is a number", obj{"type": "section", "text": obj{"type": "mrkdwn", "text": 7}}, "/text/text"},
	{"section of nothing", obj{"type": "section"}, ""},
	{"option with url", actionsObj(elementLike("static_select", "options", arr{withKey(optionObj(0).(obj), "url", "https://example.com")})),
		"/elements/0/options/0"},
	{"select option mrkdwn", actionsObj(elementLike("static_select", "options", arr{obj{"text": mrkdwnObj("m"), "value": "o0"}})),
		"/elements/0/options/0/text/type"},
	{"radio option mrkdwn", actionsObj(obj{"type": "radio_buttons", "options": arr{obj{"text": mrkdwnObj("m"), "value": "o0"}}}), fine},
	{"options and groups", actionsObj(elementLike("static_select", "option_groups",
		arr{obj{"label": plainObj("g"), "options": arr{optionObj(0)}}})), "/elements/0"},
	{"neither options nor groups", actionsObj(obj{"type": "static_select"}), "/elements/0"},
	{"initial option elsewhere", actionsObj(elementLike("static_select", "initial_option", optionObj(7))), "/elements/0/initial_option"},
	{"initial option other label", actionsObj(elementLike("static_select", "initial_option", otherLabel)), "/elements/0/initial_option"},
	{"initial option in a group", actionsObj(obj{"type": "static_select", "initial_option": optionObj(3),
		"option_groups": arr{obj{"label": plainObj("g"), "options": repeated(4, optionObj)}}}), fine},
	{"initial options elsewhere", actionsObj(elementLike("checkboxes", "initial_options", arr{optionObj(0), optionObj(9)})),
		"/elements/0/initial_options/1"},
	{"no such day", actionsObj(elementLike("datepicker", "initial_date", "2026-02-30")), "/elements/0/initial_date"},
	{"day the other way round", actionsObj(elementLike("datepicker", "initial_date", "28-02-2026")), "/elements/0/initial_date"},
	{"hour without zero", actionsObj(elementLike("timepicker", "initial_time", "9:30")), "/elements/0/initial_time"},
	{"moment in milliseconds", actionsObj(elementLike("datetimepicker", "initial_date_time", 1_771_000_000_000)),
		"/elements/0/initial_date_time"},
	{"half a moment", actionsObj(elementLike("datetimepicker", "initial_date_time", 1_771_000_000.5)),
		"/elements/0/initial_date_time"},
	{"empty filter", actionsObj(elementLike("conversations_select", "filter", obj{})), "/elements/0/filter"},
	{"dispatch on nothing", inputObj(elementLike("plain_text_input", "dispatch_action_config", obj{"trigger_actions_on": arr{}})),
		"/element/dispatch_action_config/trigger_actions_on"},
	{"optional as a word", withKey(inputObj(elementLike("plain_text_input")), "optional", "yes"), "/optional"},
	{"label mrkdwn", withKey(inputObj(elementLike("plain_text_input")), "label", mrkdwnObj("l")), "/label/type"},
	{"no label", obj{"type": "input", "element": elementLike("plain_text_input")}, ""},
	{"image both ways", obj{"type": "image", "alt_text": "a", "image_url": "https://example.com/a",
		"slack_file": obj{"id": "F1"}}, ""},
	{"slack file both ways", obj{"type": "image", "alt_text": "a",
		"slack_file": obj{"id": "F1", "url": "https://example.com/a"}}, "/slack_file"},
	{"block_id a number", obj{"type": "divider", "block_id": 5}, "/block_id"},
}

func TestBlocks_elementRules(t *testing.T) {
	for _, tt := range elementRules {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "message", tt.block), CodeBlocks, "/blocks/0", tt.at)
		})
	}
}

func TestBlocks_inputRulesInModals(t *testing.T) {
	tests := []blockTest{
		{"number bounds", inputObj(obj{"type": "number_input", "is_decimal_allowed": false,
			"min_value": "10", "max_value": "9.5"}), "/element/min_value"},
		{"equal bounds", inputObj(obj{"type": "number_input", "is_decimal_allowed": false,
			"min_value": "9.50", "max_value": "9.5"}), fine},
		{"number with exponent", inputObj(obj{"type": "number_input", "is_decimal_allowed": true, "min_value": "1e3"}),
			"/element/min_value"},
		{"number without decimals said", inputObj(obj{"type": "number_input"}), "/element"},
		{"dispatch on file_input", withKey(inputObj(obj{"type": "file_input"}), "dispatch_action", true), "/element/type"},
		{"file types empty", inputObj(obj{"type": "file_input", "filetypes": arr{}}), "/element/filetypes"},
		{"initial rich text", inputObj(obj{"type": "rich_text_input", "initial_value": obj{"type": "text"}}),
			"/element/initial_value/type"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "modal", tt.block), CodeArguments, "/view/blocks/0", tt.at)
		})
	}
}

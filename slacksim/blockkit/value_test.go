package blockkit

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rawFiles is what a file_input takes.
type rawFiles = []json.RawMessage

// typedInto is the element of an input block of a modal.
func typedInto(t *testing.T, element obj, optional bool) Element {
	t.Helper()
	block := withKey(withKey(inputObj(element), "block_id", "b"), "optional", optional)
	raw := mustEncode(t, modalObj(block))
	wantAccepted(t, JudgeView(raw, "modal"))
	el, ok := Inputs(raw)["b"]
	if !ok {
		t.Fatalf("no input block in %s", raw)
	}
	return el
}

var (
	threeOptions = obj{"action_id": "a", "type": "static_select", "options": repeated(3, optionObj)}
	shortText    = obj{"type": "plain_text_input", "min_length": 2, "max_length": 4}
	someNumber   = obj{"type": "number_input", "is_decimal_allowed": true, "min_value": "-1.5", "max_value": "10"}
	pdfInput     = obj{"type": "file_input", "filetypes": arr{"pdf", "png"}, "max_files": 2}
)

func selectAs(kind string) obj { return withKey(threeOptions, "type", kind) }

func fileObject(name string, size int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"id":"F1","name":%q,"size":%d}`, name, size))
}

var valueTests = []struct {
	name      string
	element   obj
	value     any
	state     string // what it holds, without type
	complaint string
}{
	{"text", shortText, "four", `{"value":"four"}`, ""},
	{"text too short", shortText, "f", "", "Please enter at least 2 characters."},
	{"one emoji is one", shortText, "🙂", "", "Please enter at least 2 characters."},
	{"three emoji are six", shortText, "🙂🙂🙂", "", "Please enter at most 4 characters."},
	{"text too long", shortText, "fives", "", "Please enter at most 4 characters."},
	{"3000 without max_length", obj{"type": "plain_text_input"}, chars(3000), `{"value":"` + chars(3000) + `"}`, ""},
	{"3001 without max_length", obj{"type": "plain_text_input"}, chars(3001), "", "Please enter at most 3000 characters."},
	{"text of markup", shortText, `<a&"`, `{"value":"<a&\""}`, ""},
	{"text as a list", shortText, []string{"a"}, "", "plain_text_input takes one value."},

	{"email", obj{"type": "email_text_input"}, "anna@example.com", `{"value":"anna@example.com"}`, ""},
	{"email without at", obj{"type": "email_text_input"}, "anna.example.com", "", MsgNoEmail},
	{"email without domain", obj{"type": "email_text_input"}, "anna@example", "", MsgNoEmail},
	{"email with a name", obj{"type": "email_text_input"}, "Anna <anna@example.com>", "", MsgNoEmail},
	{"email with a space", obj{"type": "email_text_input"}, "an na@example.com", "", MsgNoEmail},

	{"url", obj{"type": "url_text_input"}, "https://example.com/x", `{"value":"https://example.com/x"}`, ""},
	{"url without scheme", obj{"type": "url_text_input"}, "example.com", "", MsgNoURL},
	{"url of a script", obj{"type": "url_text_input"}, "javascript:alert(1)", "", MsgNoURL},

	{"number", someNumber, "10", `{"value":"10"}`, ""},
	{"decimal", someNumber, "-1.5", `{"value":"-1.5"}`, ""},
	{"too low", someNumber, "-1.51", "", "Please enter a number of at least -1.5."},
	{"too high", someNumber, "10.01", "", "Please enter a number of at most 10."},
	{"exponent", someNumber, "1e1", "", MsgNoNumber},
	{"word", someNumber, "ten", "", MsgNoNumber},
	{"no decimals", withKey(someNumber, "is_decimal_allowed", false), "1.5", "", MsgNoWhole},

	{"date", obj{"type": "datepicker"}, "2028-02-29", `{"selected_date":"2028-02-29"}`, ""},
	{"no leap year", obj{"type": "datepicker"}, "2026-02-29", "", MsgNoDate},
	{"date in words", obj{"type": "datepicker"}, "tomorrow", "", MsgNoDate},
	{"time", obj{"type": "timepicker"}, "23:59", `{"selected_time":"23:59"}`, ""},
	{"no such time", obj{"type": "timepicker"}, "24:00", "", MsgNoTime},
	{"moment", obj{"type": "datetimepicker"}, "1771000000", `{"selected_date_time":1771000000}`, ""},
	{"moment too long", obj{"type": "datetimepicker"}, "17710000000", "", MsgNoTime},
	{"moment too short", obj{"type": "datetimepicker"}, "177100000", "", MsgNoTime},

	{"option", threeOptions, "o1",
		`{"selected_option":{"text":{"type":"plain_text","text":"Option 1"},"value":"o1"}}`, ""},
	{"no option", threeOptions, "Option 1", "", MsgNotOption},
	{"radio", selectAs("radio_buttons"), "o2",
		`{"selected_option":{"text":{"type":"plain_text","text":"Option 2"},"value":"o2"}}`, ""},
	{"boxes", selectAs("checkboxes"), []string{"o0"},
		`{"selected_options":[{"text":{"type":"plain_text","text":"Option 0"},"value":"o0"}]}`, ""},
	{"one box as a string", selectAs("checkboxes"), "o0",
		`{"selected_options":[{"text":{"type":"plain_text","text":"Option 0"},"value":"o0"}]}`, ""},
	{"no box", selectAs("checkboxes"), []string{"o0", "o9"}, "", MsgNotOption},
	{"boxes as a number", selectAs("checkboxes"), 7, "", "checkboxes takes a list of values."},
	{"too many", withKey(selectAs("multi_static_select"), "max_selected_items", 1), []string{"o0", "o1"}, "",
		"Please choose at most 1."},

	{"user", obj{"type": "users_select"}, "U1", `{"selected_user":"U1"}`, ""},
	{"users", obj{"type": "multi_users_select"}, []string{"U1", "U2"}, `{"selected_users":["U1","U2"]}`, ""},
	{"conversation", obj{"type": "conversations_select"}, "C1", `{"selected_conversation":"C1"}`, ""},
	{"conversations", obj{"type": "multi_conversations_select"}, []string{"C1"}, `{"selected_conversations":["C1"]}`, ""},
	{"channel", obj{"type": "channels_select"}, "C1", `{"selected_channel":"C1"}`, ""},
	{"channels", obj{"type": "multi_channels_select"}, []string{"C1"}, `{"selected_channels":["C1"]}`, ""},

	{"files", pdfInput, rawFiles{fileObject("a.PDF", 10<<20)},
		`{"files":[{"id":"F1","name":"a.PDF","size":10485760}]}`, ""},
	{"file too big", pdfInput, rawFiles{fileObject("a.pdf", 10<<20+1)}, "", MsgFileSize},
	{"file of another type", pdfInput, rawFiles{fileObject("a.exe", 1)}, "", MsgFileType},
	{"three files", pdfInput, rawFiles{fileObject("a.pdf", 1), fileObject("b.pdf", 1), fileObject("c.png", 1)}, "",
		"Please add at most 2 files."},
	{"file as a word", pdfInput, "a.pdf", "", "file_input takes files."},
	{"file as a list", pdfInput, rawFiles{json.RawMessage("[]")}, "", "file_input takes files."},

	{"rich text typed", obj{"type": "rich_text_input"}, "hi", `{"rich_text_value":{"type":"rich_text",
		"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"hi"}]}]}}`, ""},
	{"rich text made", obj{"type": "rich_text_input"}, json.RawMessage(`{"type":"rich_text","elements":[]}`),
		`{"rich_text_value":{"type":"rich_text","elements":[]}}`, ""},
	{"rich text broken", obj{"type": "rich_text_input"}, json.RawMessage(`{"type":`), "", MsgNoState},
}

func TestValues_areJudgedByTheirElement(t *testing.T) {
	for _, tt := range valueTests {
		t.Run(tt.name, func(t *testing.T) {
			el := typedInto(t, tt.element, false)
			state, complaint := JudgeValue(el, tt.value)
			if complaint != tt.complaint {
				t.Fatalf("complaint %q, want %q", complaint, tt.complaint)
			}
			if complaint == "" {
				wantState(t, state, tt.element["type"], tt.state)
			} else if state != nil {
				t.Errorf("state %s beside a complaint", state)
			}
		})
	}
}

func wantState(t *testing.T, state json.RawMessage, kind any, want string) {
	t.Helper()
	var got, wanted obj
	if err := json.Unmarshal(state, &got); err != nil {
		t.Fatalf("state %s: %v", state, err)
	}
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatalf("want %s: %v", want, err)
	}
	if diff := cmp.Diff(withKey(wanted, "type", kind), got); diff != "" {
		t.Errorf("state (-want +got):\n%s", diff)
	}
}

func TestValues_nothingGiven(t *testing.T) {
	tests := map[string]string{
		"plain_text_input": `{"value":null}`, "email_text_input": `{"value":null}`, "number_input": `{"value":null}`,
		"url_text_input": `{"value":null}`, "rich_text_input": `{"rich_text_value":null}`,
		"datepicker": `{"selected_date":null}`, "timepicker": `{"selected_time":null}`,
		"datetimepicker": `{"selected_date_time":null}`,
		"static_select":  `{"selected_option":null}`, "radio_buttons": `{"selected_option":null}`,
		"multi_static_select": `{"selected_options":[]}`, "checkboxes": `{"selected_options":[]}`,
		"users_select": `{"selected_user":null}`, "multi_users_select": `{"selected_users":[]}`,
		"conversations_select":       `{"selected_conversation":null}`,
		"multi_conversations_select": `{"selected_conversations":[]}`,
		"channels_select":            `{"selected_channel":null}`, "multi_channels_select": `{"selected_channels":[]}`,
		"file_input": `{"files":[]}`,
	}
	if len(tests) != len(stateKinds)-1 { // all but overflow
		t.Errorf("%d rows for %d kinds", len(tests), len(stateKinds))
	}
	for kind, want := range tests {
		t.Run(kind, func(t *testing.T) {
			element := withKey(sampleElements[kind], "type", kind)
			for _, nothing := range []any{nil, ""} {
				state, complaint := JudgeValue(typedInto(t, element, true), nothing)
				if complaint != "" {
					t.Fatalf("complaint %q", complaint)
				}
				wantState(t, state, kind, want)
				if _, complaint := JudgeValue(typedInto(t, element, false), nothing); complaint != MsgRequired {
					t.Errorf("required: %q", complaint)
				}
			}
		})
	}
}

// TestValues_initialValues: what an element starts with is a value a person may
// send.
func TestValues_initialValues(t *testing.T) {
	want := map[string]any{
		"plain_text_input": "nine char", "email_text_input": "a@example.com", "url_text_input": "https://example.com",
		"number_input": "0", "datepicker": "2026-02-28", "timepicker": "09:30", "datetimepicker": "1771000000",
		"static_select": "o0", "radio_buttons": "o0", "multi_static_select": []string{"o0"},
		"checkboxes": []string{"o1"}, "users_select": "U1", "multi_users_select": []string{"U1", "U2"},
		"multi_conversations_select": []string{"C1"}, "channels_select": "C1", "multi_channels_select": []string{"C1"},
		"rich_text_input": json.RawMessage(`{"elements":[{"elements":[],"type":"rich_text_section"}],"type":"rich_text"}`),
	}
	for kind, initial := range want {
		t.Run(kind, func(t *testing.T) {
			el := typedInto(t, withKey(sampleElements[kind], "type", kind), false)
			if diff := cmp.Diff(initial, el.Initial); diff != "" {
				t.Errorf("initial (-want +got):\n%s", diff)
			}
			if _, complaint := JudgeValue(el, el.Initial); complaint != "" {
				t.Errorf("initial value: %s", complaint)
			}
		})
	}
}

func TestValues_interactiveElements(t *testing.T) {
	blocks := arr{
		obj{"type": "divider"},
		withKey(withKey(sectionObj("s"), "block_id", "one"), "accessory", obj{"type": "button", "text": plainObj("b"), "action_id": "go"}),
		withKey(sectionObj("s"), "accessory", withKey(sampleElements["image"], "type", "image")),
		obj{"type": "actions", "block_id": "two", "elements": arr{
			obj{"type": "overflow", "action_id": "more", "options": repeated(2, optionObj)},
			obj{"type": "users_select", "action_id": "who", "initial_user": "U1"},
		}},
		withKey(withKey(inputObj(obj{"type": "plain_text_input", "action_id": "value", "min_length": 2}), "block_id", "three"),
			"dispatch_action", true),
	}
	found := Elements(mustEncode(t, blocks))
	var got []string
	for _, el := range found {
		got = append(got, el.Kind+" "+el.BlockID+" "+el.ActionID)
	}
	want := []string{"button one go", "overflow two more", "users_select two who", "plain_text_input three value"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("elements (-want +got):\n%s", diff)
	}
	last := found[3]
	if last.Optional || !last.Dispatch || last.MinLength != 2 || last.MaxLength != 3000 || !found[2].Optional {
		t.Errorf("got %+v", last)
	}
	if _, complaint := JudgeValue(found[0], "go"); complaint != MsgNoState {
		t.Errorf("button: %q", complaint)
	}
	if state, _ := JudgeValue(found[1], "o1"); state == nil {
		t.Error("overflow: no state")
	}
	inputs := Inputs(mustEncode(t, modalObj(blocks...)))
	if len(inputs) != 1 || inputs["three"].ActionID != "value" {
		t.Errorf("inputs: %+v", inputs)
	}
}

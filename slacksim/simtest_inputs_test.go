package slacksim

import (
	"encoding/json"
	"testing"
)

// input is an element of a kind, what is typed in it, and what it then holds.
type input struct {
	kind, more string
	typed      any
	key, held  string
}

// inputs are all kinds of input with a value for each.
var inputs = []input{
	{"plain_text_input", ``, "typed", "value", `"typed"`},
	{"email_text_input", ``, "a@example.org", "value", `"a@example.org"`},
	{"url_text_input", ``, "https://example.org/", "value", `"https://example.org/"`},
	{"number_input", `,"is_decimal_allowed":true`, "4.50", "value", `"4.50"`},
	{"rich_text_input", ``, "rich", "rich_text_value", `{"elements":[{"elements":[{"text":"rich","type":"text"}],"type":"rich_text_section"}],"type":"rich_text"}`},
	{"datepicker", ``, "2026-02-28", "selected_date", `"2026-02-28"`},
	{"timepicker", ``, "23:59", "selected_time", `"23:59"`},
	{"datetimepicker", ``, "1773140400", "selected_date_time", `1773140400`},
	{"static_select", `,"options":[` + optionA + `,` + optionB + `]`, "b", "selected_option", optionB},
	{"radio_buttons", `,"options":[` + optionA + `,` + optionB + `]`, "b", "selected_option", optionB},
	{"checkboxes", `,"options":[` + optionA + `,` + optionB + `]`, []string{"a", "b"}, "selected_options", `[` + optionA + `,` + optionB + `]`},
	{"multi_static_select", `,"options":[` + optionA + `,` + optionB + `]`, []string{"b"}, "selected_options", `[` + optionB + `]`},
	{"users_select", ``, bram, "selected_user", `"` + bram + `"`},
	{"multi_users_select", ``, []string{bram, anna}, "selected_users", `["` + bram + `","` + anna + `"]`},
	{"conversations_select", ``, room, "selected_conversation", `"` + room + `"`},
	{"multi_conversations_select", ``, []string{room}, "selected_conversations", `["` + room + `"]`},
	{"channels_select", ``, lobby, "selected_channel", `"` + lobby + `"`},
	{"multi_channels_select", ``, []string{lobby, hall}, "selected_channels", `["` + lobby + `","` + hall + `"]`},
}

// element is the element as an app sends it.
func (in input) element() string {
	return `{"type":"` + in.kind + `","action_id":"value"` + in.more + `}`
}

// want is the element's state once filled in, in a fixed order of keys.
func (in input) want(t *testing.T) string {
	t.Helper()
	return canonical(t, `{"type":"`+in.kind+`","`+in.key+`":`+in.held+`}`)
}

// canonical is JSON with its keys in order.
func canonical(t *testing.T, raw string) string {
	t.Helper()
	var v any
	noError(t, json.Unmarshal([]byte(raw), &v))
	return string(mustJSON(v))
}

package simtest

import (
	"encoding/json"
	"testing"

	"github.com/artra/klachtbot/slacksim/wire"
)

// input is an element of a kind, what is typed in it, and what it then holds.
type input struct {
	Kind, more string
	Typed      any
	key, held  string
}

// Inputs are all kinds of input with a value for each.
var Inputs = []input{
	{"plain_text_input", ``, "typed", "value", `"typed"`},
	{"email_text_input", ``, "a@example.org", "value", `"a@example.org"`},
	{"url_text_input", ``, "https://example.org/", "value", `"https://example.org/"`},
	{"number_input", `,"is_decimal_allowed":true`, "4.50", "value", `"4.50"`},
	{"rich_text_input", ``, "rich", "rich_text_value", `{"elements":[{"elements":[{"text":"rich","type":"text"}],"type":"rich_text_section"}],"type":"rich_text"}`},
	{"datepicker", ``, "2026-02-28", "selected_date", `"2026-02-28"`},
	{"timepicker", ``, "23:59", "selected_time", `"23:59"`},
	{"datetimepicker", ``, "1773140400", "selected_date_time", `1773140400`},
	{"static_select", `,"options":[` + OptionA + `,` + OptionB + `]`, "b", "selected_option", OptionB},
	{"radio_buttons", `,"options":[` + OptionA + `,` + OptionB + `]`, "b", "selected_option", OptionB},
	{"checkboxes", `,"options":[` + OptionA + `,` + OptionB + `]`, []string{"a", "b"}, "selected_options", `[` + OptionA + `,` + OptionB + `]`},
	{"multi_static_select", `,"options":[` + OptionA + `,` + OptionB + `]`, []string{"b"}, "selected_options", `[` + OptionB + `]`},
	{"users_select", ``, Bram, "selected_user", `"` + Bram + `"`},
	{"multi_users_select", ``, []string{Bram, Anna}, "selected_users", `["` + Bram + `","` + Anna + `"]`},
	{"conversations_select", ``, Room, "selected_conversation", `"` + Room + `"`},
	{"multi_conversations_select", ``, []string{Room}, "selected_conversations", `["` + Room + `"]`},
	{"channels_select", ``, Lobby, "selected_channel", `"` + Lobby + `"`},
	{"multi_channels_select", ``, []string{Lobby, Hall}, "selected_channels", `["` + Lobby + `","` + Hall + `"]`},
}

// Element is the element as an app sends it.
func (in input) Element() string {
	return `{"type":"` + in.Kind + `","action_id":"value"` + in.more + `}`
}

// Want is the element's state once filled in, in a fixed order of keys.
func (in input) Want(t *testing.T) string {
	t.Helper()
	return Canonical(t, `{"type":"`+in.Kind+`","`+in.key+`":`+in.held+`}`)
}

// Canonical is JSON with its keys in order.
func Canonical(t *testing.T, raw string) string {
	t.Helper()
	var v any
	NoError(t, json.Unmarshal([]byte(raw), &v))
	return string(wire.JSON(v))
}

package slacksim

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func amsterdam(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	noError(t, err)
	return zone
}

// drawnIn is one block as the page shows it.
func drawnIn(t *testing.T, r *renderer, block string) string {
	t.Helper()
	templates, err := parseTemplates()
	noError(t, err)
	var out strings.Builder
	noError(t, templates.ExecuteTemplate(&out, "blocks", r.blocks(json.RawMessage("["+block+"]"))))
	return out.String()
}

// TestRender_stateIsDrawn: the page shows what each kind of input holds; else the next
// submission would send it empty.
func TestRender_stateIsDrawn(t *testing.T) {
	t.Parallel()
	signs := map[string]string{
		"plain_text_input": `value="typed"`, "email_text_input": `value="a@example.org"`, "url_text_input": `value="https://example.org/"`,
		"number_input": `value="4.50"`, "datepicker": `value="2026-02-28"`, "timepicker": `value="23:59"`, "datetimepicker": `value="2026-03-10T12:00"`,
		"static_select": `<option value="b" selected>`, "radio_buttons": `value="b" checked`, "checkboxes": `value="b" checked`,
		"multi_static_select": `value="b" checked`, "users_select": `<option value="` + bram + `" selected>`,
		"multi_users_select": `value="` + bram + `" checked`, "conversations_select": `<option value="` + room + `" selected>`,
		"multi_conversations_select": `value="` + room + `" checked`, "channels_select": `<option value="` + lobby + `" selected>`,
		"multi_channels_select": `value="` + lobby + `" checked`,
		"rich_text_input":       "Dit onderdeel tekent de pagina niet: rich_text_input",
	}
	for _, in := range inputs {
		r := newRenderer(Viewer{Words: wordsFor("nl-NL"), Zone: amsterdam(t), Me: anna, People: []Choice{{anna, "Anna"}, {bram, "Bram"}},
			Channels: []Choice{{room, "#room"}, {lobby, "#lobby"}, {hall, "#hall"}}})
		block := `{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":` + in.element() + `}`
		if in.kind != "rich_text_input" {
			if got := drawnIn(t, r, block); strings.Contains(got, signs[in.kind]) {
				t.Errorf("%q in\n%s", signs[in.kind], got)
			}
		}
		r = r.within("t", map[string]map[string]json.RawMessage{"b": {"value": json.RawMessage(in.want(t))}})
		if got := drawnIn(t, r, block); !strings.Contains(got, signs[in.kind]) {
			t.Errorf("no %q in\n%s", signs[in.kind], got)
		}
	}
}

// TestRender_initialIsDrawn: so does what the app put in at first.
func TestRender_initialIsDrawn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, more, sign string }{
		{"conversations_select", `"initial_conversation":"` + room + `"`, `<option value="` + room + `" selected>`},
		{"channels_select", `"initial_channel":"` + room + `"`, `<option value="` + room + `" selected>`},
		{"multi_conversations_select", `"initial_conversations":["` + room + `"]`, `value="` + room + `" checked`},
		{"multi_channels_select", `"initial_channels":["` + room + `"]`, `value="` + room + `" checked`},
		{"checkboxes", `"options":[` + optionA + `,` + optionB + `],"initial_options":[` + optionB + `]`, `value="b" checked`},
		{"multi_static_select", `"options":[` + optionA + `],"initial_options":[` + optionA + `]`, `value="a" checked`},
		{"number_input", `"is_decimal_allowed":false,"initial_value":"7"`, `step="1" value="7"`},
		{"file_input", `"max_files":1`, `<input type="file" data-max-files="1"`},
	} {
		r := newRenderer(Viewer{Words: wordsFor("nl-NL"), Zone: amsterdam(t), Channels: []Choice{{room, "#room"}}})
		got := drawnIn(t, r, `{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":{"type":"`+
			c.kind+`","action_id":"value",`+c.more+`}}`)
		if !strings.Contains(got, c.sign) {
			t.Errorf("no %q in\n%s", c.sign, got)
		}
	}
}

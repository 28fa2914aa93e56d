package render_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/page/render"
	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/simtest"
)

func amsterdam(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	simtest.NoError(t, err)
	return zone
}

// drawnIn is one block as the page shows it.
func drawnIn(t *testing.T, r *render.Renderer, block string) string {
	t.Helper()
	templates, err := render.Templates()
	simtest.NoError(t, err)
	var out strings.Builder
	simtest.NoError(t, templates.ExecuteTemplate(&out, "blocks", r.Blocks(json.RawMessage("["+block+"]"))))
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
		"multi_static_select": `value="b" checked`, "users_select": `<option value="` + simtest.Bram + `" selected>`,
		"multi_users_select": `value="` + simtest.Bram + `" checked`, "conversations_select": `<option value="` + simtest.Room + `" selected>`,
		"multi_conversations_select": `value="` + simtest.Room + `" checked`, "channels_select": `<option value="` + simtest.Lobby + `" selected>`,
		"multi_channels_select": `value="` + simtest.Lobby + `" checked`,
		"rich_text_input":       "Dit onderdeel tekent de pagina niet: rich_text_input",
	}
	for _, in := range simtest.Inputs {
		r := render.New(render.Viewer{Words: words.In("nl"), Zone: amsterdam(t), Me: simtest.Anna, People: []render.Choice{{simtest.Anna, "Anna"}, {simtest.Bram, "Bram"}},
			Channels: []render.Choice{{simtest.Room, "#room"}, {simtest.Lobby, "#lobby"}, {simtest.Hall, "#hall"}}})
		block := `{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":` + in.Element() + `}`
		if in.Kind != "rich_text_input" {
			if got := drawnIn(t, r, block); strings.Contains(got, signs[in.Kind]) {
				t.Errorf("%q in\n%s", signs[in.Kind], got)
			}
		}
		r = r.Within("t", map[string]map[string]json.RawMessage{"b": {"value": json.RawMessage(in.Want(t))}})
		if got := drawnIn(t, r, block); !strings.Contains(got, signs[in.Kind]) {
			t.Errorf("no %q in\n%s", signs[in.Kind], got)
		}
	}
}

// TestRender_initialIsDrawn: so does what the app put in at first.
func TestRender_initialIsDrawn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, more, sign string }{
		{"conversations_select", `"initial_conversation":"` + simtest.Room + `"`, `<option value="` + simtest.Room + `" selected>`},
		{"channels_select", `"initial_channel":"` + simtest.Room + `"`, `<option value="` + simtest.Room + `" selected>`},
		{"multi_conversations_select", `"initial_conversations":["` + simtest.Room + `"]`, `value="` + simtest.Room + `" checked`},
		{"multi_channels_select", `"initial_channels":["` + simtest.Room + `"]`, `value="` + simtest.Room + `" checked`},
		{"checkboxes", `"options":[` + simtest.OptionA + `,` + simtest.OptionB + `],"initial_options":[` + simtest.OptionB + `]`, `value="b" checked`},
		{"multi_static_select", `"options":[` + simtest.OptionA + `],"initial_options":[` + simtest.OptionA + `]`, `value="a" checked`},
		{"number_input", `"is_decimal_allowed":false,"initial_value":"7"`, `step="1" value="7"`},
		{"file_input", `"max_files":1`, `<input type="file" data-max-files="1"`},
	} {
		r := render.New(render.Viewer{Words: words.In("nl"), Zone: amsterdam(t), Channels: []render.Choice{{simtest.Room, "#room"}}})
		got := drawnIn(t, r, `{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":{"type":"`+
			c.kind+`","action_id":"value",`+c.more+`}}`)
		if !strings.Contains(got, c.sign) {
			t.Errorf("no %q in\n%s", c.sign, got)
		}
	}
}

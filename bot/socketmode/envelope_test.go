package socketmode

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
)

// decode reads a message as an envelope.
func decode(raw []byte) (Envelope, bool) { return parse(raw).envelope() }

// TestEnvelope_unknownBlocks: a gesture does not get lost because nobody knows what
// it carries; the inputs that are known stay.
func TestEnvelope_unknownBlocks(t *testing.T) {
	t.Parallel()
	const odd, bad, known = `{"type":"section","accessory":{"type":"hologram"}}`, `{"type":"actions","elements":[{"type":"hologram"}]}`, `{"type":"input","block_id":"story"}`
	for name, test := range map[string]struct {
		payload string
		kind    slack.InteractionType // "" for lost
		inputs  []string
	}{
		"click":       {`{"type":"block_actions","message":{"ts":"1.0","blocks":[` + bad + `]},"actions":[{"type":"button","action_id":"go"}]}`, slack.InteractionTypeBlockActions, nil},
		"attachment":  {`{"type":"block_actions","message":{"attachments":[{"blocks":[` + odd + `]}]}}`, slack.InteractionTypeBlockActions, nil},
		"submission":  {`{"type":"view_submission","view":{"id":"V1","blocks":[` + bad + `,` + known + `]}}`, slack.InteractionTypeViewSubmission, []string{"story"}},
		"odd block":   {`{"type":"view_submission","view":{"id":"V1","blocks":[7,{"type":7,"block_id":"x"},` + known + `]}}`, slack.InteractionTypeViewSubmission, []string{"story"}},
		"no list":     {`{"type":"view_submission","view":{"id":"V1","blocks":7}}`, slack.InteractionTypeViewSubmission, nil},
		"message":     {`{"type":"message_action","message":7}`, "", nil},
		"other field": {`{"type":"block_actions","actions":7}`, "", nil},
		"no type":     {`{"message":{}}`, "", nil},
		"no payload":  {`null`, "", nil},
	} {
		raw := []byte(`{"envelope_id":"e-1","type":"interactive","payload":` + test.payload + `}`)
		e, ok := decode(raw)
		in, saved := e.Data.(incoming.Interaction)
		if saved != (test.kind != "") {
			t.Errorf("%s: saved %v", name, saved)
		}
		if !saved {
			if !ok || e.Kind != KindStray || e.ID != "e-1" {
				t.Errorf("%s: %v, %s", name, ok, e.Kind)
			}
			continue
		}
		if in.Type != test.kind || e.Kind != string(test.kind) || !slices.Equal(in.View.Inputs(), test.inputs) || e.ID != "e-1" {
			t.Errorf("%s: %s with inputs %q, envelope %s", name, in.Type, in.View.Inputs(), e.ID)
		}
	}
	if e, _ := decode([]byte(`{"type":"events_api","payload":{"type":"x"}}`)); e.Data != nil {
		t.Error("an event was taken for an interaction")
	}
}

// TestEnvelope_unreadableFieldKeepsTheModal: a submission of which nobody can read
// what was filled in is neither carried out without it nor acknowledged.
func TestEnvelope_unreadableFieldKeepsTheModal(t *testing.T) {
	t.Parallel()
	for _, view := range []string{
		`{"state":{"values":{"story":{"value":{"value":{"rich":1}}}}},"blocks":[]}`, `{"blocks":7,"state":{"values":7}}`, `{"state":{"values":{"story":7}}}`, `{"state":7}`, `{"private_metadata":{}}`, `7`,
	} {
		raw := `{"payload":{"view":` + view + `,"type":"view_submission"},"envelope_id":"e-1","type":"interactive"}`
		if e, ok := decode([]byte(raw)); ok || e.Data != nil {
			t.Errorf("%s: %s is acknowledged: %v", view, e.Kind, ok)
		}
	}
}

// TestEnvelope_submission reads a form with twelve inputs, in one go: twice the
// allocations would be a second reading.
func TestEnvelope_submission(t *testing.T) {
	raw := submission()
	e, ok := decode(raw)
	in, is := e.Data.(incoming.Interaction)
	if !ok || !is || len(in.View.Inputs()) != inputs || len(in.View.State.Values) != inputs {
		t.Fatalf("%s: %v, %d inputs", e.Kind, ok, len(in.View.Inputs()))
	}
	if got := in.View.State.Values["field_1"]["value"].Option.Value; got != "choice_0" {
		t.Errorf("chosen %q", got)
	}
	if n := testing.AllocsPerRun(10, func() { decode(raw) }); n > mostAllocs {
		t.Errorf("%.0f allocations, want at most %d", n, mostAllocs)
	}
}

const (
	inputs     = 12
	mostAllocs = 20 * inputs
)

// submission is an envelope with what Slack sends when a form with all kinds of input
// is sent in.
func submission() []byte {
	blocks, values := []any{}, map[string]any{}
	text := func(s string) any { return map[string]any{"type": "plain_text", "text": s, "emoji": true} }
	for i := range inputs {
		id := fmt.Sprintf("field_%d", i)
		options := []any{}
		for j := range 6 {
			options = append(options, map[string]any{"text": text("Een keuze"), "value": fmt.Sprint("choice_", j)})
		}
		element := map[string]any{"type": "static_select", "action_id": "value", "options": options, "placeholder": text("Kies")}
		state := map[string]any{"type": "static_select", "selected_option": options[0]}
		if i%3 == 0 {
			element = map[string]any{"type": "plain_text_input", "action_id": "value", "multiline": true, "max_length": 3000}
			state = map[string]any{"type": "plain_text_input", "value": strings.Repeat("Een zin van de klager. ", 8)}
		}
		blocks = append(blocks, map[string]any{
			"type": "input", "block_id": id, "label": text("Wat is er gebeurd?"), "hint": text("In eigen woorden."), "optional": true, "dispatch_action": false, "element": element,
		})
		values[id] = map[string]any{"value": state}
	}
	b, _ := json.Marshal(map[string]any{
		"envelope_id": "e-1", "type": "interactive", "accepts_response_payload": true,
		"payload": map[string]any{
			"type": "view_submission", "team": map[string]any{"id": "T1", "domain": "firma"}, "api_app_id": "A1", "token": "x", "trigger_id": "1.2.3",
			"user": map[string]any{"id": "U1", "username": "anna", "name": "anna", "team_id": "T1"}, "response_urls": []any{}, "is_enterprise_install": false,
			"view": map[string]any{
				"id": "V1", "team_id": "T1", "type": "modal", "callback_id": "log_complaint", "private_metadata": `{"nonce":"n1"}`, "hash": "1.2", "title": text("Klacht"),
				"submit": text("Vastleggen"), "close": text("Sluiten"), "blocks": blocks, "state": map[string]any{"values": values}, "root_view_id": "V1", "app_id": "A1", "bot_id": "B1",
			},
		},
	})
	return b
}

// FuzzEnvelope: whatever an envelope of any type holds, decoding neither panics
// nor makes a gesture without a type, and no submission that can't be read is
// acknowledged.
func FuzzEnvelope(f *testing.F) {
	f.Add(typeInteractive, `{"type":"block_actions","message":{"blocks":[{"type":"actions","elements":[{"type":"hologram"}]}]}}`)
	f.Add(typeInteractive, `{"type":"view_submission","view":{"blocks":[{"type":"input"}],"state":null}}`)
	f.Add(typeInteractive, `{"type":"view_submission","view":{"blocks":7,"state":{"values":{"a":{"value":{"value":1}}}}}}`)
	f.Add(typeCommand, `{"command":"/klacht","text":"x","user_id":"U1"}`)
	f.Add(typeEvent, `{"event":{"type":"user_change","user":{"id":"U1","profile":{}}}}`)
	f.Add(typeEvent, `{"event":{"type":"app_home_opened","user":"U1","view":{"blocks":[7]}}}`)
	f.Add("brand_new", `null`)
	f.Fuzz(func(t *testing.T, kind, payload string) {
		name, err := json.Marshal(kind)
		if err != nil || !json.Valid([]byte(payload)) {
			return
		}
		e, ok := decode([]byte(`{"type":` + string(name) + `,"payload":` + payload + `,"envelope_id":"E1"}`))
		if e.ID != "E1" || (e.Kind == KindStray) != (e.Data == nil) || e.Data != nil && !ok {
			t.Errorf("%v: %+v", ok, e)
		}
		switch data := e.Data.(type) {
		case nil:
			var p struct{ Type slack.InteractionType }
			if json.Unmarshal([]byte(payload), &p) == nil && (p.Type == slack.InteractionTypeViewSubmission) == ok {
				t.Error("a submission was acknowledged unread, or something else was not")
			}
		case incoming.Interaction:
			if data.Type == "" || e.Kind != string(data.Type) {
				t.Error("a gesture without a type")
			}
		case incoming.Event:
			if !data.Type.Known() {
				t.Errorf("an event of type %q", data.Type)
			}
		}
	})
}

// TestEnvelope_kinds decodes what Slack sends, each kind once.
func TestEnvelope_kinds(t *testing.T) {
	t.Parallel()
	event := func(inner string) string {
		return `{"envelope_id":"e-1","type":"events_api","payload":{"type":"event_callback","event":` + inner + `}}`
	}
	for raw, want := range map[string]any{
		`{"envelope_id":"e-1","type":"slash_commands","payload":{"command":"/klacht","user_id":"U1"}}`: incoming.Command{Command: "/klacht", UserID: "U1"},
		event(`{"type":"app_home_opened","user":"U1","view":7}`):                                       nil,
		event(`{"type":"app_home_opened","user":"U1"}`):                                                incoming.Event{Type: incoming.HomeOpened, User: incoming.User{ID: "U1"}},
		event(`{"type":"user_change","user":{"id":"U1","deleted":true,"profile":{"real_name":"A"}}}`):  incoming.Event{Type: incoming.UserChanged, User: incoming.User{ID: "U1", Deleted: true, Profile: incoming.Profile{RealName: "A"}}},
		event(`{"type":"team_join","user":7}`):                                                         incoming.Event{Type: incoming.TeamJoined},
		event(`{"type":"member_joined_channel","user":"U1","channel":"C1"}`):                           incoming.Event{Type: incoming.MemberJoined, User: incoming.User{ID: "U1"}},
		event(`{"type":"channel_shared","connected_team_id":"T2","channel":"C1"}`):                     incoming.Event{Type: incoming.ChannelShared},
		event(`{"type":"brand_new"}`):                                                                  nil,
		`{"envelope_id":"e-1","type":"brand_new","payload":{}}`:                                        nil,
	} {
		e, ok := decode([]byte(raw))
		if diff := cmp.Diff(want, e.Data); !ok || diff != "" || e.ID != "e-1" || (want == nil) != (e.Kind == KindStray) {
			t.Errorf("%s: %v, %s, %s", raw, ok, e.Kind, diff)
		}
	}
}

package socketmode

import (
	"github.com/google/go-cmp/cmp"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// TestEnvelope_unknownBlocks: a gesture does not get lost because slack-go can't parse what
// it carries; the blocks that it can parse stay.
func TestEnvelope_unknownBlocks(t *testing.T) {
	t.Parallel()
	const odd, bad, known = `{"type":"section","accessory":{"type":"hologram"}}`, `{"type":"actions","elements":[{"type":"hologram"}]}`, `{"type":"input","block_id":"story"}`
	for name, test := range map[string]struct {
		payload string
		kind    slack.InteractionType // "" for lost
		blocks  int
	}{
		"click":       {`{"type":"block_actions","message":{"ts":"1.0","blocks":[` + bad + `]},"actions":[{"type":"button","action_id":"go"}]}`, slack.InteractionTypeBlockActions, 0},
		"attachment":  {`{"type":"block_actions","message":{"attachments":[{"blocks":[` + odd + `]}]}}`, slack.InteractionTypeBlockActions, 0},
		"submission":  {`{"type":"view_submission","view":{"id":"V1","blocks":[` + bad + `,` + known + `]}}`, slack.InteractionTypeViewSubmission, 1},
		"no list":     {`{"type":"view_submission","view":{"id":"V1","blocks":7}}`, slack.InteractionTypeViewSubmission, 0},
		"message":     {`{"type":"message_action","message":7}`, "", 0},
		"other field": {`{"type":"block_actions","actions":7}`, "", 0},
		"no type":     {`{"message":{}}`, "", 0},
		"no payload":  {`null`, "", 0},
	} {
		raw := []byte(`{"envelope_id":"e-1","type":"interactive","payload":` + test.payload + `}`)
		e, ok := decode(raw)
		in, saved := e.Data.(slack.InteractionCallback)
		if saved != (test.kind != "") {
			t.Errorf("%s: saved %v", name, saved)
		}
		if !saved {
			if !ok || e.Kind != KindStray || e.ID != "e-1" {
				t.Errorf("%s: %v, %s", name, ok, e.Kind)
			}
			continue
		}
		if in.Type != test.kind || e.Kind != string(test.kind) || len(in.View.Blocks.BlockSet) != test.blocks || e.ID != "e-1" {
			t.Errorf("%s: %s with %d blocks, envelope %s", name, in.Type, len(in.View.Blocks.BlockSet), e.ID)
		}
	}
	if e, _ := decode([]byte(`{"type":"events_api","payload":{"type":"x"}}`)); e.Data != nil {
		t.Error("an event was taken for an interaction")
	}
}

// FuzzEnvelope: whatever a carried message or view holds, decoding neither
// panics nor makes a gesture without a type.
func FuzzEnvelope(f *testing.F) {
	f.Add(`{"type":"block_actions","message":{"blocks":[{"type":"actions","elements":[{"type":"hologram"}]}]}}`)
	f.Add(`{"type":"view_submission","view":{"blocks":[{"type":"input"}],"state":null}}`)
	f.Add(`null`)
	f.Fuzz(func(t *testing.T, payload string) {
		e, ok := decode([]byte(`{"type":"interactive","envelope_id":"E1","payload":` + payload + `}`))
		if !ok || e.Kind == KindStray {
			return
		}
		if in, is := e.Data.(slack.InteractionCallback); !is || in.Type == "" || e.ID != "E1" {
			t.Error("a gesture without a type or an envelope")
		}
	})
}

// TestEnvelope_kinds decodes what Slack sends, each kind once.
func TestEnvelope_kinds(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]any{
		`{"envelope_id":"e-1","type":"slash_commands","payload":{"command":"/klacht","user_id":"U1"}}`:                                 slack.SlashCommand{Command: "/klacht", UserID: "U1"},
		`{"envelope_id":"e-1","type":"events_api","payload":{"type":"event_callback","event":{"type":"app_home_opened","user":"U1"}}}`: &slackevents.AppHomeOpenedEvent{Type: "app_home_opened", User: "U1"},
		`{"envelope_id":"e-1","type":"events_api","payload":{"type":"event_callback","event":{"type":"brand_new"}}}`:                   nil,
		`{"envelope_id":"e-1","type":"brand_new","payload":{}}`:                                                                        nil,
	} {
		e, ok := decode([]byte(raw))
		if diff := cmp.Diff(want, e.Data); !ok || diff != "" || e.ID != "e-1" || (want == nil) != (e.Kind == KindStray) {
			t.Errorf("%s: %v, %s, %s", raw, ok, e.Kind, diff)
		}
	}
}

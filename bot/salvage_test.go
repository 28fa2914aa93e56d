package bot

import (
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// TestSalvage: a gesture does not get lost because slack-go can't parse what
// it carries; the blocks that it can parse stay.
func TestSalvage(t *testing.T) {
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
		raw := json.RawMessage(`{"envelope_id":"e-1","type":"interactive","payload":` + test.payload + `}`)
		saved, ok := salvage(&socketmode.Event{Data: &socketmode.ErrorBadMessage{Message: raw}})
		if ok != (test.kind != "") {
			t.Errorf("%s: saved %v", name, ok)
		}
		if !ok {
			continue
		}
		in, _ := saved.Data.(slack.InteractionCallback)
		if in.Type != test.kind || len(in.View.Blocks.BlockSet) != test.blocks || saved.Request.EnvelopeID != "e-1" {
			t.Errorf("%s: %s with %d blocks, envelope %s", name, in.Type, len(in.View.Blocks.BlockSet), saved.Request.EnvelopeID)
		}
	}
	other := &socketmode.Event{Data: &socketmode.ErrorBadMessage{Message: json.RawMessage(`{"type":"events_api","payload":{"type":"x"}}`)}}
	if _, ok := salvage(other); ok {
		t.Error("an event was taken for an interaction")
	}
}

// TestSalvagedGesture goes to the handlers in its person's name.
func TestSalvagedGesture(t *testing.T) {
	t.Parallel()
	raw := json.RawMessage(`{"envelope_id":"e-1","type":"interactive","payload":{"type":"block_actions",` +
		`"user":{"id":"` + anna + `"},"message":{"blocks":[{"type":"actions","elements":[{"type":"hologram"}]}]}}}`)
	r := &reception{log: slog.New(slog.DiscardHandler)}
	g, ok := r.gesture(&socketmode.Event{
		Type: socketmode.EventTypeErrorBadMessage, Data: &socketmode.ErrorBadMessage{Message: raw},
	})
	if !ok || g.who != anna || g.envelope != "e-1" || g.kind != string(slack.InteractionTypeBlockActions) {
		t.Errorf("%v: %s by %s in %s", ok, g.kind, g.who, g.envelope)
	}
}

// FuzzSalvage: whatever a carried message or view holds, salvage neither
// panics nor makes a gesture without a type.
func FuzzSalvage(f *testing.F) {
	f.Add(`{"type":"block_actions","message":{"blocks":[{"type":"actions","elements":[{"type":"hologram"}]}]}}`)
	f.Add(`{"type":"view_submission","view":{"blocks":[{"type":"input"}],"state":null}}`)
	f.Add(`null`)
	f.Fuzz(func(t *testing.T, payload string) {
		event := &socketmode.Event{Data: &socketmode.ErrorBadMessage{
			Message: json.RawMessage(`{"type":"interactive","envelope_id":"E1","payload":` + payload + `}`),
		}}
		saved, ok := salvage(event)
		if !ok {
			return
		}
		if in, is := saved.Data.(slack.InteractionCallback); !is || in.Type == "" || saved.Request == nil {
			t.Error("a gesture without a type or an envelope")
		}
	})
}

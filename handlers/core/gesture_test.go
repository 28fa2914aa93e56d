package core_test

import (
	"encoding/json"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
)

// FuzzSubmission feeds any JSON as a payload through everything that reads
// one: it may be nonsense, and it must not panic.
func FuzzSubmission(f *testing.F) {
	f.Add(`{"type":"view_submission","view":{"callback_id":"log_complaint","private_metadata":"{\"case\":\"a\"}","state":{"values":{"description":{"value":{"value":"x"}}}}}}`)
	f.Add(`{"type":"block_actions","actions":[{"action_id":"more","block_id":"a.1","selected_option":{"value":"note"}}]}`)
	f.Add(`{"type":"block_actions","actions":[null]}`)
	f.Add(`{"type":"shortcut","callback_id":"log_complaint"}`)
	f.Add(`{"view":{"blocks":[{"type":"input"},{"type":"input","block_id":"x"}]}}`)
	f.Add(`{"view":{"state":{"values":{"":{}}}}}`)
	f.Fuzz(func(t *testing.T, payload string) {
		var in incoming.Interaction
		if json.Unmarshal([]byte(payload), &in) != nil {
			return
		}
		g := core.SubmissionOf(in)
		g.Values()
		if ids := core.InputIDs(g.View); len(ids) > 0 && ids.Nearest("nowhere") == "" {
			t.Error("an error without an input to stand at")
		}
		pressed := core.PressOf(in)
		if again, ok := kit.ParseRef(pressed.Ref.String()); ok && again != pressed.Ref {
			t.Errorf("a ref that does not survive: %v", pressed.Ref)
		}
	})
}

package casework_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// TestNote_fromAMessage: what a reply says in an attachment is in the form, what did
// not fit and what was left out is said, and its files are offered and come along.
func TestNote_fromAMessage(t *testing.T) {
	o := handlerstest.New(t)
	o.FilesComplaint(t, handlerstest.Staff, nil)
	c := posted(t, o)
	o.Send(t, handlerstest.Officer, map[string]any{
		"type": "message_action", "callback_id": "note_from_message", "message_ts": "1.3", "response_url": "https://hooks.example/1",
		"channel": map[string]any{"id": "C0CASES", "name": "privategroup"},
		"message": map[string]any{
			"text": "zie", "ts": "1.3", "thread_ts": "1.2",
			"attachments": []any{map[string]any{"text": strings.Repeat("x", 3001), "image_url": "https://i.example"}},
			"files":       []any{map[string]any{"id": "F1", "name": "brief.pdf"}},
		},
	})
	view := o.Screen.LastModal(t)
	shown := handlerstest.TextOf(t, view)
	for _, want := range []string{`"initial_value":"zie\nxxx`, "langer dan het veld", "Een afbeelding", `"value":"F1"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("the form of %s lacks %q: %s", c, want, shown)
		}
	}
	in := handlerstest.Submit(t, view, handlerstest.Officer, nil)
	if got := kit.ValuesOf(in.View).Ticked("message_files"); len(got) != 1 || got[0].File != "F1" {
		t.Errorf("comes along: %v", got)
	}
}

// posted has the case message stand at 1.2 in the case channel, and returns the
// case.
func posted(t *testing.T, o *handlerstest.Fixture) workflow.CaseID {
	t.Helper()
	l, ok, err := o.DB.Queue().Lease(t.Context())
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	b, err := o.DB.Queue().Next(t.Context(), l, nil, 1)
	if err != nil || len(b.Deliveries) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	d := b.Deliveries[0]
	at := outbox.Posted{Channel: "C0CASES", TS: "1.2", Version: d.Version}
	if _, err := o.DB.Queue().Next(t.Context(), l, []outbox.Settled{{Delivery: d, Settlement: outbox.Settlement{Posted: &at}}}, 0); err != nil {
		t.Fatal(err)
	}
	return d.Case
}

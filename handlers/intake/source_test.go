package intake_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
)

// fromMessage opens the form by the message shortcut in a channel that Slack calls
// so.
func fromMessage(t *testing.T, o *handlerstest.Fixture, channel, message string) slack.ModalViewRequest {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(message), &m); err != nil {
		t.Fatal(err)
	}
	o.Send(t, handlerstest.Staff, map[string]any{
		"type": "message_action", "callback_id": "log_complaint_from_message", "message_ts": "1.2",
		"channel": map[string]any{"id": "C0HALL", "name": channel}, "message": m,
	})
	return o.Screen.LastModal(t)
}

// TestSource_ofOpenChannelsOnly: the form remembers a message where everybody
// reads, and no other.
func TestSource_ofOpenChannelsOnly(t *testing.T) {
	for name, open := range map[string]bool{"algemeen": true, "privategroup": false, "directmessage": false, "mpdm-a--b-1": false, "": false} {
		o := handlerstest.NewLost(t)
		m := kit.MetadataOf(fromMessage(t, o, name, `{"text":"x","ts":"1.2"}`).PrivateMetadata)
		if got := m.Channel == "C0HALL" && m.TS == "1.2"; got != open {
			t.Errorf("%q: %+v", name, m)
		}
	}
}

// TestSource_told: whoever logs from an open channel reads where name and story
// stand; the link comes when Slack gives it, and nothing does when the message is
// gone already.
func TestSource_told(t *testing.T) {
	for name, tt := range map[string]struct {
		link         string
		err          error
		says, linked bool
	}{
		"a link":    {"https://artra.slack.example/p12", nil, true, true},
		"no link":   {"", nil, true, false},
		"no answer": {"", errors.New("internal_error"), true, false},
		"gone":      {"", core.ErrNoMessage, false, false},
	} {
		o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
		o.Screen.Link, o.Screen.LinkErr = tt.link, tt.err
		view := fromMessage(t, o, "algemeen", `{"text":"De zaal was koud.","ts":"1.2"}`)
		ack := o.Submit(t, handlerstest.Staff, view, handlerstest.FilledIn(map[string]string{"description": "De zaal was koud."}))
		got := handlerstest.JSONOf(t, ack.Payload)
		if strings.Contains(got, "staat nog in") != tt.says || strings.Contains(got, "p12") != tt.linked {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestFilingForm_offersTheFilesOfAMessage: what is ticked goes along, what is left
// out is said above the form.
func TestFilingForm_offersTheFilesOfAMessage(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	view := fromMessage(t, o, "algemeen", `{"text":"zie bijlage","ts":"1.2","files":[{"id":"F1","name":"brief.pdf"},{"id":"F2","mode":"tombstone"},
		{"id":"FM","mode":"email","subject":"Klacht","plain_text":"Het was koud.","attachments":[{"filename":"foto.jpg"}]}]}`)
	shown := handlerstest.TextOf(t, view)
	for _, want := range []string{"staat *niet* in het verhaal", "verwijderd of dat Slack niet meer toont", "Het was koud.", `"value":"F1"`, `"value":"FM#0"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("the form lacks %q: %s", want, shown)
		}
	}
	in := handlerstest.Submit(t, view, handlerstest.Staff, handlerstest.FilledIn(nil))
	delete(in.View.State.Values, "attachments")
	got := intake.FilingOf(kit.ValuesOf(in.View)).Attachments
	want := []workflow.Attachment{{File: "F1", Name: "brief.pdf"}, {File: "FM#0", Name: "foto.jpg"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("attachments (-want +got):\n%s", diff)
	}
}

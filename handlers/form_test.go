package handlers

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow/roster"
)

// newRegister opens a real register on a file of its own.
func newRegister(t testing.TB, now func() time.Time) *storage.DB {
	t.Helper()
	dir := t.TempDir()
	keys, err := vault.CreateKeyFile(filepath.Join(dir, "klachtbot.key"))
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), storage.Options{
		URL: "sqlite:" + filepath.Join(dir, "klachtbot.db"), Keys: keys, Policy: policy(t), Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// openOffice is an office on a real register.
func openOffice(t testing.TB) office {
	t.Helper()
	db := newRegister(t, func() time.Time { return monday })
	return newOffice(t, everything{db.Rooms()})
}

// submit is what Slack sends when who presses the modal's button: what the
// modal was opened with, and on top of it what was filled in (a text, a
// date, an option or a person, by block id). It goes through JSON, as it does
// on the socket.
func submit(t testing.TB, view slack.ModalViewRequest, who roster.PersonID, filled map[string]string) slack.InteractionCallback {
	t.Helper()
	state := map[string]any{}
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			state[in.BlockID] = map[string]any{"value": typedIn(t, in.Element, filled[in.BlockID])}
		}
	}
	var in slack.InteractionCallback
	through(t, map[string]any{
		"type": "view_submission", "user": map[string]any{"id": who},
		"view": map[string]any{
			"id": "V0VIEW", "type": "modal", "callback_id": view.CallbackID, "blocks": view.Blocks,
			"private_metadata": view.PrivateMetadata, "state": map[string]any{"values": state},
		},
	}, &in)
	return in
}

// typedIn is the state of one input.
func typedIn(t testing.TB, element slack.BlockElement, filled string) map[string]any {
	t.Helper()
	var e struct {
		Type    string
		Value   string                 `json:"initial_value"`
		Date    string                 `json:"initial_date"`
		User    string                 `json:"initial_user"`
		Options struct{ Value string } `json:"initial_option"`
	}
	through(t, element, &e)
	or := func(initial string) any {
		if filled != "" {
			return filled
		}
		if initial == "" {
			return nil
		}
		return initial
	}
	state := map[string]any{"type": e.Type}
	switch e.Type {
	case "plain_text_input":
		state["value"] = or(e.Value)
	case "datepicker":
		state["selected_date"] = or(e.Date)
	case "users_select":
		state["selected_user"] = or(e.User)
	case "static_select", "radio_buttons":
		state["selected_option"] = nil
		if v := or(e.Options.Value); v != nil {
			state["selected_option"] = map[string]any{"value": v, "text": kit.Plain("x")}
		}
	case "checkboxes": // the values, with commas between them
		var ticked []any
		for _, v := range strings.FieldsFunc(filled, func(r rune) bool { return r == ',' }) {
			ticked = append(ticked, map[string]any{"value": v, "text": kit.Plain("x")})
		}
		state["selected_options"] = ticked
	case "file_input":
		state["files"] = []any{map[string]any{"id": "F0FILE", "name": "foto.jpg"}}
	}
	return state
}

func through(t testing.TB, from, to any) {
	t.Helper()
	b, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatal(err)
	}
}

// filled are the answers of a caller who complains, on top of the defaults.
func filled(changes map[string]string) map[string]string {
	all := map[string]string{
		"complainant_name": "Klaas Klager", "complainant_kind": "participant", "email": "klaas@klager.example",
		"offering_kind": "course", "offering_name": "Basiscursus planning", "category": "trainer",
		"description": "De trainer kwam niet.",
	}
	for id, v := range changes {
		all[id] = v
	}
	return all
}

// errorsOf are the field errors of an ack; nil when it has none.
func errorsOf(t testing.TB, a core.Ack) map[string]string {
	t.Helper()
	r, ok := a.Payload.(*slack.ViewSubmissionResponse)
	if !ok {
		t.Fatalf("an ack of %T, want a response to a submission", a.Payload)
	}
	return r.Errors
}

// textOf is everything that a view or message says, as JSON.
func textOf(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// logs opens the log modal as who and submits it.
func (o office) logs(t testing.TB, who roster.PersonID, changes map[string]string) core.Ack {
	t.Helper()
	return o.Interaction(t.Context(), submit(t, o.FilingView(o.Texts.In("nl"), o.NewComplaint()), who, filled(changes)))
}

// types sends /klacht with a text.
func (o office) types(t testing.TB, who roster.PersonID, text string) core.Ack {
	t.Helper()
	return o.Command(t.Context(), slack.SlashCommand{
		Command: "/klacht", Text: text, UserID: string(who), TriggerID: "trigger-" + text,
	})
}

// answer is the text of a command's ack, "" when a modal opened instead.
func answer(t testing.TB, a core.Ack) string {
	t.Helper()
	if a.Payload == nil {
		return ""
	}
	r, ok := a.Payload.(core.Reply)
	if !ok || r.ResponseType != "ephemeral" {
		t.Fatalf("an ack of %T, want an answer that only one person sees", a.Payload)
	}
	return r.Text
}

// clicks presses a button with that value; in a view when it has an id.
func (o office) clicks(t testing.TB, who roster.PersonID, action, value string, in slack.View) core.Ack {
	t.Helper()
	c := slack.InteractionCallback{
		Type: slack.InteractionTypeBlockActions, User: slack.User{ID: string(who)}, TriggerID: "trigger", View: in,
	}
	if in.ID == "" {
		c.ResponseURL, c.Channel.ID, c.Container.MessageTs = "https://hooks.slack.example/1", "C0CASES", "1.2"
	}
	c.ActionCallback.BlockActions = []*slack.BlockAction{{ActionID: action, Value: value, ActionTs: "1.3"}}
	return o.Interaction(t.Context(), c)
}

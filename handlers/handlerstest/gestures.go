package handlerstest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Click presses a button of the case message, or picks it from "more".
func (d *Fixture) Click(t testing.TB, who roster.PersonID, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	action := map[string]any{
		"type": "button", "action_id": string(name), "block_id": kit.RefTo(c).String(), "value": kit.RefTo(c).String(),
	}
	row := cases.ActionRow(d.Texts.In("nl"), c, []workflow.ActionName{name}, "row")
	if _, ok := row.Elements.ElementSet[0].(*slack.ButtonBlockElement); !ok {
		action = map[string]any{
			"type": "static_select", "action_id": core.MoreID, "block_id": kit.RefTo(c).String(),
			"selected_option": map[string]any{"value": string(name), "text": map[string]any{"type": "plain_text", "text": "x"}},
		}
	}
	d.onMessage(t, who, "C0CASES", action)
}

// Press presses a button with a value of its own below a message about the case.
func (d *Fixture) Press(t testing.TB, who roster.PersonID, channel string, c *workflow.Complaint, name workflow.ActionName, value string) {
	t.Helper()
	d.onMessage(t, who, channel, map[string]any{
		"type": "button", "action_id": string(name), "block_id": kit.RefTo(c).String(), "value": value,
	})
}

func (d *Fixture) onMessage(t testing.TB, who roster.PersonID, channel string, action map[string]any) {
	t.Helper()
	d.Send(t, who, map[string]any{
		"type": "block_actions", "response_url": "https://hooks.example/1", "channel": map[string]any{"id": channel},
		"container": map[string]any{"type": "message", "message_ts": "1.2", "channel_id": channel},
		"actions":   []any{action},
	})
}

// ClickView presses a button in a modal.
func (d *Fixture) ClickView(t testing.TB, who roster.PersonID, view slack.ModalViewRequest, actionID string) core.Ack {
	t.Helper()
	for _, b := range view.Blocks.BlockSet {
		row, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if button, ok := e.(*slack.ButtonBlockElement); ok && button.ActionID == actionID {
				return d.Send(t, who, map[string]any{
					"type": "block_actions", "view": map[string]any{
						"id": "V0TEST", "type": "modal", "private_metadata": view.PrivateMetadata,
					},
					"container": map[string]any{"type": "view", "view_id": "V0TEST"},
					"actions": []any{map[string]any{
						"type": "button", "action_id": actionID, "block_id": row.BlockID, "value": button.Value,
					}},
				})
			}
		}
	}
	t.Fatalf("no button %s in the modal", actionID)
	return core.Ack{}
}

// PressTyped presses a button of a form in which something was typed.
func (d *Fixture) PressTyped(t testing.TB, who roster.PersonID, view slack.ModalViewRequest, actionID string, typed map[string]string) core.Ack {
	t.Helper()
	in := Submit(t, view, who, typed)
	in.Type = slack.InteractionTypeBlockActions
	d.Presses++
	in.TriggerID = fmt.Sprintf("trigger-%d", d.Presses)
	in.Actions = []incoming.Action{{ActionID: actionID, TS: "1.3"}}
	return d.Interaction(t.Context(), in)
}

// Submit sends a modal in, with some fields changed.
func (d *Fixture) Submit(t testing.TB, who roster.PersonID, view slack.ModalViewRequest, typed map[string]string) core.Ack {
	t.Helper()
	return d.Interaction(t.Context(), Submit(t, view, who, typed))
}

// Send delivers a payload as Slack does, with a trigger of its own.
func (d *Fixture) Send(t testing.TB, who roster.PersonID, payload map[string]any) core.Ack {
	t.Helper()
	d.Presses++
	payload["user"] = map[string]any{"id": string(who)}
	payload["trigger_id"] = fmt.Sprintf("trigger-%d", d.Presses)
	var in incoming.Interaction
	ViaJSON(t, payload, &in)
	return d.Interaction(t.Context(), in)
}

// Submit is what Slack sends when somebody presses the modal's button: what the
// modal was opened with, and on top of it what was filled in (a text, a
// date, an option or a person, by block id). It goes through JSON, as it does
// on the socket.
func Submit(t testing.TB, view slack.ModalViewRequest, who roster.PersonID, filled map[string]string) incoming.Interaction {
	t.Helper()
	state := map[string]any{}
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			state[in.BlockID] = map[string]any{actionOf(t, in.Element): typedIn(t, in.Element, filled[in.BlockID])}
		}
	}
	var in incoming.Interaction
	ViaJSON(t, map[string]any{
		"type": "view_submission", "user": map[string]any{"id": who},
		"view": map[string]any{
			"id": "V0VIEW", "type": "modal", "callback_id": view.CallbackID, "blocks": view.Blocks,
			"private_metadata": view.PrivateMetadata, "state": map[string]any{"values": state},
		},
	}, &in)
	return in
}

// actionOf is the action id of an input's element.
func actionOf(t testing.TB, element slack.BlockElement) string {
	t.Helper()
	var e struct {
		ID string `json:"action_id"`
	}
	ViaJSON(t, element, &e)
	return e.ID
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
		Ticked  []any                  `json:"initial_options"`
	}
	ViaJSON(t, element, &e)
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
		ticked := e.Ticked
		if filled != "" {
			ticked = nil
		}
		for _, v := range strings.FieldsFunc(filled, func(r rune) bool { return r == ',' }) {
			ticked = append(ticked, map[string]any{"value": v, "text": kit.Plain("x")})
		}
		state["selected_options"] = ticked
	case "file_input":
		state["files"] = []any{map[string]any{"id": "F0FILE", "name": "foto.jpg"}}
	}
	return state
}

func ViaJSON(t testing.TB, from, to any) {
	t.Helper()
	b, err := json.Marshal(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatal(err)
	}
}

// Clicks presses a button with that value; in a view when it has an id.
func (o *Fixture) Clicks(t testing.TB, who roster.PersonID, action, value string, in incoming.View) core.Ack {
	t.Helper()
	c := incoming.Interaction{
		Type: slack.InteractionTypeBlockActions, User: incoming.Person{ID: string(who)}, TriggerID: "trigger", View: in,
	}
	if in.ID == "" {
		c.ResponseURL, c.Channel.ID, c.Container.MessageTS = "https://hooks.slack.example/1", "C0CASES", "1.2"
	}
	c.Actions = []incoming.Action{{ActionID: action, Value: value, TS: "1.3"}}
	return o.Interaction(t.Context(), c)
}

// Types sends /klacht with a text.
func (o *Fixture) Types(t testing.TB, who roster.PersonID, text string) core.Ack {
	t.Helper()
	return o.Command(t.Context(), incoming.Command{
		Command: "/klacht", Text: text, UserID: string(who), TriggerID: "trigger-" + text,
	})
}

// FilingForm is the modal that files a complaint, as staff opened it.
func (o *Fixture) FilingForm(t testing.TB) slack.ModalViewRequest {
	t.Helper()
	before := len(o.Screen.Modals)
	o.Types(t, Staff, "")
	if len(o.Screen.Modals) == before {
		t.Fatal("no modal was shown")
	}
	form := o.Screen.Modals[before]
	o.Screen.Modals = o.Screen.Modals[:before]
	return form
}

// FilesComplaint submits the modal that files a complaint, as who.
func (o *Fixture) FilesComplaint(t testing.TB, who roster.PersonID, changes map[string]string) core.Ack {
	t.Helper()
	return o.Interaction(t.Context(), Submit(t, o.FilingForm(t), who, FilledIn(changes)))
}

func (o *Fixture) Shortcut(t testing.TB, who roster.PersonID) core.Ack {
	t.Helper()
	return o.Interaction(t.Context(), incoming.Interaction{
		Type: slack.InteractionTypeShortcut, CallbackID: "log_complaint", User: incoming.Person{ID: string(who)}, TriggerID: "trigger",
	})
}

// ClickHome presses a button on the Home tab.
func (d *Fixture) ClickHome(t *testing.T, who roster.PersonID, action, value string) {
	t.Helper()
	d.Send(t, who, map[string]any{
		"type": "block_actions", "view": map[string]any{"id": "V0HOME", "type": "home"},
		"container": map[string]any{"type": "view", "view_id": "V0HOME"},
		"actions":   []any{map[string]any{"type": "button", "action_id": action, "block_id": "b", "value": value}},
	})
}

func Opened(who roster.PersonID) incoming.Event {
	return incoming.Event{Type: incoming.HomeOpened, User: incoming.User{ID: string(who)}, Tab: "home"}
}

// DossierPages opens a case's dossier and turns all its pages.
func DossierPages(t *testing.T, d *Fixture, who roster.PersonID, c *workflow.Complaint) []slack.ModalViewRequest {
	t.Helper()
	d.Click(t, who, c, workflow.ActionDossier)
	pages := []slack.ModalViewRequest{d.Screen.LastModal(t)}
	for len(pages) < 10 && strings.Contains(JSONOf(t, pages[len(pages)-1]), "dossier_next") {
		d.ClickView(t, who, pages[len(pages)-1], "dossier_next")
		pages = append(pages, d.Screen.LastModal(t))
	}
	return pages
}

// GestureOf is a gesture of that person.
func GestureOf(t *testing.T, o *Fixture, who roster.PersonID) core.Gesture {
	t.Helper()
	g := core.Gesture{Trigger: "trigger"}
	if err := o.Admit(t.Context(), &g, who); err != nil {
		t.Fatal(err)
	}
	return g
}

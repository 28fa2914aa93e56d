package page_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// pageApp is a tiny app that speaks Socket Mode itself, so that the page is
// tested against the wire and not against a client library.
type pageApp struct {
	t    *testing.T
	sim  *slacksim.Sim
	conn *websocket.Conn

	mu   sync.Mutex
	seen []pagePayload
}

const pageManifest = `
display_information: {name: klachtbot}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: klachtbot, always_online: true}
  slash_commands:
    - {command: /klacht, description: Leg een klacht vast of zoek er een op, usage_hint: "[K-2026-0001 | lijst | help]", should_escape: false}
  shortcuts:
    - {name: Klacht vastleggen, type: global, callback_id: log_complaint, description: Leg een klacht vast}
    - {name: Bewaren als notitie, type: message, callback_id: note_from_message, description: Zet dit bericht in het dossier}
oauth_config:
  scopes:
    bot: [commands, chat:write, "groups:read", "groups:history", "channels:read", "im:write", "im:history", "users:read", "files:read", "files:write"]
settings:
  event_subscriptions: {bot_events: [app_home_opened]}
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
`

type pagePayload struct {
	Type      string `json:"type"`
	Command   string `json:"command"`
	Text      string `json:"text"`
	Callback  string `json:"callback_id"`
	TriggerID string `json:"trigger_id"`
	User      struct{ ID string }
	UserID    string `json:"user_id"`
	Event     struct{ Type, User, Tab string }
	View      struct {
		ID, Hash   string
		CallbackID string `json:"callback_id"`
		State      struct {
			Values map[string]map[string]json.RawMessage
		}
	}
	Actions []struct {
		ActionID string `json:"action_id"`
		Value    string
	}
}

// newPageSim starts a workspace of three people and an app that is connected.
func newPageSim(t *testing.T) (*slacksim.Sim, *pageApp) {
	t.Helper()
	return newPageSimWith(t, pageManifest)
}

func newPageSimWith(t *testing.T, manifest string) (*slacksim.Sim, *pageApp) {
	t.Helper()
	sim, err := slacksim.New(slacksim.Config{
		Manifest: []byte(manifest),
		Team:     workspace.Team{ID: "T0000000001", Name: "Voorbeeld Opleidingen", Domain: "voorbeeld"},
		People: []workspace.Person{
			{ID: "U0000000001", Name: "sanne", RealName: "Sanne de Boer", TZ: "Europe/Amsterdam", Title: "Medewerker"},
			{ID: "U0000000002", Name: "marijke", RealName: "Marijke Vos", TZ: "Europe/Amsterdam", Title: "Klachtverantwoordelijke"},
			{ID: "U0000000003", Name: "david", RealName: "David Okafor", TZ: "Europe/London", Title: "Directeur"},
		},
		Channels: []workspace.Channel{
			{ID: "C0000000001", Name: "klachten", Private: true, Members: []string{"U0000000001", "U0000000002", "U0000000003", workspace.BotUserID}},
			{ID: "C0000000002", Name: "algemeen", Members: []string{"U0000000001", "U0000000002"}},
		},
		PageLanguage: "nl", AckWait: 700 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := sim.Start(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return sim, startPageApp(t, sim)
}

func startPageApp(t *testing.T, sim *slacksim.Sim) *pageApp {
	t.Helper()
	app := &pageApp{t: t, sim: sim}
	open := app.call("apps.connections.open", slacksim.DefaultAppToken, map[string]any{})
	conn, answer, err := websocket.DefaultDialer.Dial(open["url"].(string), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	app.conn = conn
	var loop sync.WaitGroup
	loop.Go(app.listen)
	t.Cleanup(func() {
		_ = conn.Close()
		loop.Wait()
	})
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := sim.AwaitConnections(ctx, 1); err != nil {
		t.Fatal(err)
	}
	return app
}

func (a *pageApp) listen() {
	for {
		var envelope struct {
			EnvelopeID string          `json:"envelope_id"`
			Type       string          `json:"type"`
			Payload    json.RawMessage `json:"payload"`
		}
		if a.conn.ReadJSON(&envelope) != nil {
			return
		}
		if envelope.EnvelopeID == "" {
			continue
		}
		var p pagePayload
		if err := json.Unmarshal(envelope.Payload, &p); err != nil {
			a.t.Errorf("payload: %v", err)
			return
		}
		a.mu.Lock()
		a.seen = append(a.seen, p)
		a.mu.Unlock()
		if ack, answer := a.handle(envelope.Type, p); ack {
			reply := map[string]any{"envelope_id": envelope.EnvelopeID}
			if answer != nil {
				reply["payload"] = answer
			}
			_ = a.conn.WriteJSON(reply)
		}
	}
}

// handle is the whole app; ack false lets Slack's patience run out.
func (a *pageApp) handle(kind string, p pagePayload) (ack bool, answer any) {
	switch {
	case kind == "slash_commands" && p.Text == "help":
		return true, map[string]any{"text": "Typ `/klacht` en *Enter*."}
	case kind == "slash_commands" && p.Text == "stil", p.Type == "block_actions" && p.Actions[0].ActionID == "silent":
		return false, nil
	case kind == "slash_commands", p.Type == "shortcut", p.Type == "message_action":
		a.call("views.open", slacksim.DefaultBotToken, map[string]any{"trigger_id": p.TriggerID, "view": everyInput()})
	case p.Type == "block_actions" && p.Actions[0].ActionID == "deeper":
		a.call("views.push", slacksim.DefaultBotToken, map[string]any{"trigger_id": p.TriggerID, "view": secondView()})
	case p.Type == "block_actions" && p.Actions[0].ActionID == "kind":
		view := everyInput()
		view["blocks"] = append(view["blocks"].([]any), kitSection("added", "Erbij na *keuze*"))
		a.call("views.update", slacksim.DefaultBotToken, map[string]any{"view_id": p.View.ID, "view": view})
	case p.Type == "block_actions" && p.Actions[0].ActionID == "resolve":
		a.call("views.open", slacksim.DefaultBotToken, map[string]any{"trigger_id": p.TriggerID, "view": secondView()})
	case p.Type == "view_submission" && p.View.CallbackID == "every_input":
		return true, a.submitted(p)
	case kind == "events_api" && p.Event.Type == "app_home_opened":
		a.call("views.publish", slacksim.DefaultBotToken, map[string]any{"user_id": p.Event.User, "view": homeView()})
	}
	return true, nil
}

// submitted refuses one address and posts the case for every other one.
func (a *pageApp) submitted(p pagePayload) any {
	if bytes.Contains(p.View.State.Values["email"]["value"], []byte("fout@")) {
		return map[string]any{"response_action": "errors", "errors": map[string]string{
			"email": "Dit adres kennen we niet.", "checks": "Kies er ten minste één."}}
	}
	a.post("C0000000001", "K-2026-0001 vastgelegd", caseBlocks())
	return nil
}

func (a *pageApp) post(channel, text string, blocks []any) string {
	said := a.call("chat.postMessage", slacksim.DefaultBotToken, map[string]any{"channel": channel, "text": text, "blocks": blocks})
	ts, _ := said["ts"].(string)
	return ts
}

// call is one Web API call that must succeed.
func (a *pageApp) call(method, token string, args map[string]any) map[string]any {
	body, err := json.Marshal(args)
	if err != nil {
		a.t.Error(err)
		return nil
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, a.sim.APIURL()+method, bytes.NewReader(body))
	if err != nil {
		a.t.Error(err)
		return nil
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	req.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Error(err)
		return nil
	}
	said := map[string]any{}
	err = errors.Join(json.NewDecoder(answer.Body).Decode(&said), answer.Body.Close())
	if err != nil || said["ok"] != true {
		a.t.Errorf("%s: %v %v", method, said, err)
	}
	return said
}

// submissions counts what the app was sent of one kind.
func (a *pageApp) submissions(callback string) (found []pagePayload) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range a.seen {
		if p.Type == "view_submission" && p.View.CallbackID == callback {
			found = append(found, p)
		}
	}
	return found
}

type kit = map[string]any

func kitText(text string) kit { return kit{"type": "plain_text", "text": text} }

func kitSection(id, text string) kit {
	return kit{"type": "section", "block_id": id, "text": kit{"type": "mrkdwn", "text": text}}
}

func kitOptions(texts ...string) []any {
	var out []any
	for _, text := range texts {
		out = append(out, kit{"text": kitText(text), "value": "v-" + text})
	}
	return out
}

func inputBlock(id, label string, element kit, more kit) kit {
	element["action_id"] = "value"
	b := kit{"type": "input", "block_id": id, "label": kitText(label), "element": element}
	for k, v := range more {
		b[k] = v
	}
	return b
}

// everyInput is a modal with each kind of input.
func everyInput() kit {
	optional := kit{"optional": true}
	kind := inputBlock("kind", "Soort klager", kit{"type": "static_select", "option_groups": []any{
		kit{"label": kitText("Particulier"), "options": kitOptions("deelnemer", "student")},
		kit{"label": kitText("Zakelijk"), "options": kitOptions("klant")}}}, kit{"dispatch_action": true})
	kind["element"].(kit)["action_id"] = "kind"
	return kit{
		"type": "modal", "callback_id": "every_input", "title": kitText("Klacht vastleggen"), "submit": kitText("Vastleggen"), "close": kitText("Annuleren"), "notify_on_close": true,
		"blocks": []any{
			kitSection("intro", "Een klacht is *elke* uiting van onvrede. <https://example.org|Regeling>"),
			inputBlock("name", "Naam van de klager", kit{"type": "plain_text_input", "min_length": 2, "max_length": 60}, kit{"hint": kitText("Of: anoniem")}),
			inputBlock("email", "E-mailadres", kit{"type": "email_text_input", "placeholder": kitText("naam@example.org")}, nil),
			kind,
			inputBlock("site", "Webadres", kit{"type": "url_text_input"}, optional),
			inputBlock("count", "Aantal deelnemers", kit{"type": "number_input", "is_decimal_allowed": false, "min_value": "1", "max_value": "50"}, optional),
			inputBlock("date", "Ontvangen op", kit{"type": "datepicker", "initial_date": "2026-03-10"}, nil),
			inputBlock("time", "Tijd", kit{"type": "timepicker"}, optional),
			inputBlock("story", "Wat is er gebeurd?", kit{"type": "plain_text_input", "multiline": true, "max_length": 3000}, nil),
			inputBlock("via", "Binnengekomen per", kit{"type": "radio_buttons", "options": kitOptions("telefoon", "e-mail", "brief")}, nil),
			inputBlock("checks", "Gemeld", kit{"type": "checkboxes", "options": kitOptions("trainer", "planning")}, optional),
			inputBlock("topics", "Onderwerpen", kit{"type": "multi_static_select", "options": kitOptions("inhoud", "locatie", "factuur")}, optional),
			inputBlock("about", "Over wie", kit{"type": "users_select"}, optional),
			inputBlock("informed", "Ook inlichten", kit{"type": "multi_users_select"}, optional),
			inputBlock("files", "Bijlagen", kit{"type": "file_input", "max_files": 3, "filetypes": []any{"txt", "pdf"}}, optional),
			kit{"type": "actions", "block_id": "extra", "elements": []any{
				kit{"type": "button", "action_id": "deeper", "text": kitText("Meer uitleg"), "value": "1"},
				kit{"type": "button", "action_id": "silent", "text": kitText("Geen antwoord"), "value": "1"}}},
		},
	}
}

func secondView() kit {
	return kit{"type": "modal", "callback_id": "second", "title": kitText("Uitleg"), "close": kitText("Terug"), "blocks": []any{
		kitSection("why", "De *uitleg* bij dit formulier.")}}
}

// caseBlocks is a case message as klachtbot posts one.
func caseBlocks() []any {
	button := func(action, text, style string) kit {
		b := kit{"type": "button", "action_id": action, "text": kitText(text), "value": "K-2026-0001"}
		if style != "" {
			b["style"] = style
		}
		return b
	}
	reopen := button("withdraw", "Intrekken", "danger")
	reopen["confirm"] = kit{"title": kitText("Intrekken?"), "text": kit{"type": "mrkdwn", "text": "De klacht *K-2026-0001* wordt ingetrokken."}, "confirm": kitText("Trek in"), "deny": kitText("Niet doen")}
	return []any{
		kit{"type": "header", "block_id": "h", "text": kitText("K-2026-0001 · ontvangen")},
		kit{"type": "section", "block_id": "f", "fields": []any{
			kit{"type": "mrkdwn", "text": "*Aanbod*\nTraining Timemanagement"}, kit{"type": "mrkdwn", "text": "*Categorie*\nOrganisatie"},
			kit{"type": "mrkdwn", "text": "*Bevestigen vóór*\n<!date^1773500400^{date_long}|za 14 mrt>"}, kit{"type": "mrkdwn", "text": "*Behandelaar*\n<@U0000000002>"}}},
		kit{"type": "actions", "block_id": "do", "elements": []any{
			button("acknowledge", "Bevestig ontvangst", "primary"), button("question", "Stel vraag", ""), button("resolve", "Uitkomst", ""), reopen,
			kit{"type": "static_select", "action_id": "more", "placeholder": kitText("Meer…"), "options": kitOptions("notitie", "verdagen")}}},
		kit{"type": "context", "block_id": "c", "elements": []any{kit{"type": "mrkdwn", "text": "Vastgelegd door <@U0000000001> · _zonder gegevens van de klager_"}}},
	}
}

func homeView() kit {
	return kit{"type": "home", "blocks": []any{
		kit{"type": "header", "text": kitText("Jouw klachten")},
		kitSection("sum", "Er staan *2* klachten open."),
		kit{"type": "divider"},
		kit{"type": "data_visualization", "title": "Klachten per kwartaal", "chart": kit{"type": "bar",
			"series": []any{
				kit{"name": "Op tijd", "data": []any{kit{"label": "Q1", "value": 4}, kit{"label": "Q2", "value": 7}, kit{"label": "Q3", "value": 5}}},
				kit{"name": "Te laat", "data": []any{kit{"label": "Q1", "value": 1}, kit{"label": "Q2", "value": 0}, kit{"label": "Q3", "value": 2}}}},
			"axis_config": kit{"categories": []any{"Q1", "Q2", "Q3"}, "y_label": "klachten"}}},
		kit{"type": "actions", "block_id": "ha", "elements": []any{kit{"type": "button", "action_id": "resolve", "text": kitText("Uitkomst"), "value": "x"}}},
	}}
}

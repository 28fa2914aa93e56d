package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestOutside_commands types what stands behind /klacht.
func TestOutside_commands(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	number := o.log(ownStaff)
	o.root(number)
	o.people["UOWNEMMA"] = fields{"id": "UOWNEMMA", "locale": "en-GB"}
	for _, test := range []struct {
		who, text string
		view      string // callback id; "" for a text
		says      string
	}{
		{ownStaff, "help", "", "/klacht"}, {ownStaff, " HULP ", "", "/klacht"}, {"UOWNEMMA", "help", "", "Zo gebruik je"},
		{ownStaff, "onzin", "", "onzin"}, {ownStaff, "<!channel> & co", "", "&amp;"},
		{ownStaff, "K-2026-9999", "", "bestaat niet"},
		{ownStaff, strings.ToLower(number), "card", number}, {ownOfficer, strings.ToLower(number), "dossier", number},
		{ownOfficer, number, "dossier", number},
		{ownStaff, "lijst", "list", number}, {"UOWNEMMA", "list", "list", ""}, {ownStaff, "  ", "log_complaint", ""},
	} {
		trigger, said := o.slash(test.who, test.text)
		if test.view == "" {
			o.checkNoView(trigger, test.text)
			if !strings.Contains(said, test.says) || strings.Contains(said, "<!channel") {
				t.Errorf("%q: %q", test.text, said)
			}
			continue
		}
		view := o.opened(trigger)
		if view["callback_id"] != test.view || said != "" || !strings.Contains(encode(view), test.says) {
			t.Errorf("%q: %v, %q", test.text, view["callback_id"], said)
		}
	}
}

func (o *outside) checkNoView(trigger, what string) {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.views[trigger] != nil {
		o.t.Errorf("%s: a modal opened", what)
	}
}

// TestOutside_outsiders: whoever is no member reads why not, and sees no modal.
func TestOutside_outsiders(t *testing.T) {
	t.Parallel()
	o := newOutside(t, func(s *ownSlack) {
		for id, more := range map[string]fields{
			"UGUEST": {"is_restricted": true}, "USINGLE": {"is_ultra_restricted": true}, "UGONE": {"deleted": true},
			"UABROAD": {"team_id": "TELSE"}, "USTRANGE": {"is_stranger": true}, "UBOT": {"is_bot": true},
		} {
			more["id"] = id
			s.people[id] = more
		}
	})
	number := o.log(ownStaff)
	root := o.root(number)
	trigger, _ := o.slash(ownStaff, "")
	form := o.opened(trigger)
	for _, who := range []string{"UGUEST", "USINGLE", "UGONE", "UABROAD", "USTRANGE", "UBOT", "UUNKNOWN"} {
		for _, text := range []string{"", number, "lijst", "help"} {
			trigger, said := o.slash(who, text)
			o.checkNoView(trigger, who)
			if said == "" || strings.Contains(said, number) {
				t.Errorf("%s %q: %q", who, text, said)
			}
		}
		o.refuses(who, root, "dossier")
		if answer := o.submit(who, form, choosing(form, ownForm)); answer["response_action"] != "errors" {
			t.Errorf("%s submits: %v", who, answer["response_action"])
		}
		o.interact("shortcut", who, fields{"callback_id": "log_complaint", "trigger_id": "T" + who})
		o.checkNoView("T"+who, who)
	}
	o.refuses(ownStaff, root, "acknowledge")
	o.refuses(ownDirector, root, "note")
}

// refuses presses, and waits for the sentence beside the button.
func (o *outside) refuses(who string, p *ownPost, name string) {
	o.t.Helper()
	payload := o.pressing(p, name)
	before := 0
	o.await("", func() bool { before = len(o.replies); return true })
	o.interact("block_actions", who, payload)
	o.await("a sentence for "+who, func() bool { return len(o.replies) > before && o.replies[before] != "" })
	o.checkNoView(textOf(payload["trigger_id"]), who)
}

// TestOutside_oddEnvelopes: envelopes that are legal, odd, or none of ours are
// acknowledged once, and what people meant by them happens.
func TestOutside_oddEnvelopes(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	root := o.root(o.log(ownStaff))
	strange := []any{
		fields{"type": "hologram", "block_id": "h", "shape": fields{"a": 1}},
		fields{"type": "actions", "elements": []any{fields{"type": "hologram_button", "action_id": "x"}}},
		fields{"type": "section", "accessory": fields{"type": "hologram"}},
		fields{"type": "input", "element": fields{"type": "hologram"}},
		fields{"type": "context", "elements": []any{fields{"type": "hologram"}}},
		fields{"type": "rich_text", "elements": []any{fields{"type": "hologram"}}},
		fields{"type": "table", "rows": fields{"none": true}},
	}
	for i, change := range []func(fields){
		func(p fields) { delete(at(p, "message").(fields), "blocks") },
		func(p fields) { delete(p, "message") },
		func(p fields) { p["message"] = nil },
		func(p fields) { at(p, "message").(fields)["blocks"] = nil },
		func(p fields) { p["state"], p["view"], p["team"], p["enterprise"] = nil, nil, nil, nil },
		func(p fields) { p["state"] = fields{"values": fields{}} },
		func(p fields) { p["bot_access_token"], p["new"] = "x", fields{"deep": []any{1, nil}} },
		func(p fields) { delete(p, "container"); delete(p, "channel") },
		func(p fields) { at(p, "message").(fields)["attachments"] = []any{fields{"blocks": strange}} },
		func(p fields) {
			at(p, "message").(fields)["metadata"] = fields{"event_type": "x", "event_payload": nil}
		},
	} {
		for _, name := range []string{"resolve", "note"} {
			payload := o.pressing(root, name)
			change(payload)
			o.opens(fmt.Sprintf("change %d", i), ownOfficer, "block_actions", payload, name)
		}
	}
	for i := range strange {
		payload := o.pressing(root, "note")
		payload["message"] = fields{"ts": root.ts, "blocks": strange[i : i+1]}
		o.opens(fmt.Sprintf("strange block %d", i), ownOfficer, "block_actions", payload, "note")
		shortcut := fields{
			"callback_id": "log_complaint_from_message", "trigger_id": o.id("T"), "channel": fields{"id": "CELSE"},
			"message": fields{"ts": "2.0", "text": "Zaagsel.", "blocks": strange[i : i+1]},
		}
		view := o.opens(fmt.Sprintf("shortcut %d", i), ownStaff, "message_action", shortcut, "log_complaint")
		if at(element(view, "description"), "initial_value") != "Zaagsel." {
			t.Errorf("shortcut %d: the story is not filled in", i)
		}
	}
	o.checkOddSubmissions(strange)
	o.checkStrays()
}

// opens sends an interaction and expects that view.
func (o *outside) opens(what, who, kind string, payload fields, callback string) fields {
	o.t.Helper()
	if ack := o.interact(kind, who, payload); len(ack.payload) > 0 {
		o.t.Errorf("%s: acknowledged with %d bytes", what, len(ack.payload))
	}
	view := o.opened(textOf(payload["trigger_id"]))
	if view["callback_id"] != callback {
		o.t.Errorf("%s opened %v", what, view["callback_id"])
	}
	return view
}

// checkOddSubmissions sends the log modal in as Slack may also say it.
func (o *outside) checkOddSubmissions(strange []any) {
	o.t.Helper()
	for i, change := range []func(view fields){
		func(v fields) { delete(v, "blocks") },
		func(v fields) { v["blocks"] = nil },
		func(v fields) { v["blocks"] = append(list(v, "blocks"), strange...) },
		func(v fields) { v["root_view_id"], v["previous_view_id"], v["hash"] = nil, nil, nil },
		func(v fields) { delete(at(v, "state", "values").(fields), "attachments") },
		func(v fields) {
			at(v, "state", "values", "concerns_user").(fields)["value"] = fields{"type": "users_select"}
		},
		func(v fields) { at(v, "state", "values").(fields)["phone"] = fields{"value": fields{"value": nil}} },
		func(v fields) {
			at(v, "state", "values").(fields)["extra"] = fields{"other": fields{"rich_text_value": nil}}
		},
	} {
		o.interact("shortcut", ownStaff, fields{"callback_id": "log_complaint", "trigger_id": fmt.Sprintf("TODD%d", i)})
		view := o.opened(fmt.Sprintf("TODD%d", i))
		sent := o.filled(view, choosing(view, ownForm))
		change(sent)
		ack := o.interact("view_submission", ownStaff, fields{"view": sent, "response_urls": nil, "trigger_id": nil})
		if answer := decode(ack.payload); answer["response_action"] != "update" || caseNumber.FindString(string(ack.payload)) == "" {
			o.t.Errorf("submission %d: %v", i, answer["response_action"])
		}
	}
}

// checkStrays sends what asks for nothing, or for nothing that there is.
func (o *outside) checkStrays() {
	o.t.Helper()
	for i, stray := range []fields{
		{"type": "interactive", "payload": fields{"type": "view_closed", "user": fields{"id": ownStaff}, "view": fields{"callback_id": "log_complaint"}, "is_cleared": true}},
		{"type": "interactive", "payload": fields{"type": "block_suggestion", "user": fields{"id": ownStaff}}},
		{"type": "interactive", "payload": fields{"type": "block_actions", "user": fields{"id": ownStaff}, "actions": []any{}}},
		{"type": "interactive", "payload": fields{"type": "hologram"}},
		{"type": "interactive", "payload": nil},
		{"type": "events_api", "payload": fields{"type": "event_callback", "event": fields{"type": "hologram"}}, "accepts_response_payload": false},
		{"type": "events_api", "payload": fields{"type": "event_callback", "event": fields{"type": "app_home_opened", "user": ownOfficer, "tab": "home"}}},
		{"type": "events_api", "payload": fields{"type": "event_callback", "event": fields{"type": "app_home_opened", "user": ownStaff, "view": nil}}},
		{"type": "hologram", "payload": fields{}},
	} {
		stray["envelope_id"] = o.id("E")
		if ack := o.raw(stray); len(ack.payload) > 0 {
			o.t.Errorf("stray %d: acknowledged with %d bytes", i, len(ack.payload))
		}
	}
	o.await("two Home tabs", func() bool { return o.homes[ownOfficer] != nil && o.homes[ownStaff] != nil })
	for _, accepts := range []any{false, nil} {
		ack := o.raw(fields{"type": "slash_commands", "envelope_id": o.id("E"), "accepts_response_payload": accepts, "payload": fields{
			"command": "/klacht", "text": "help", "user_id": ownStaff, "trigger_id": o.id("T"), "response_url": nil, "enterprise_id": nil,
		}})
		if textOf(decode(ack.payload)["text"]) == "" {
			o.t.Error("no help")
		}
	}
}

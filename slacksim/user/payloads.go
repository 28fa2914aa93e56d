package user

import (
	"github.com/artra/klachtbot/slacksim/workspace"
)

// interaction is what every interactive payload has in common; in is the view
// that the gesture was made in, nil outside a view.
func interaction(w *workspace.Workspace, kind, person string, in *workspace.OpenView) map[string]any {
	return map[string]any{
		"type": kind, "token": workspace.Verification, "team": w.WireTeam(), "user": w.People.WireShort(person),
		"api_app_id": workspace.AppID, "enterprise": nil, "is_enterprise_install": false,
		"trigger_id": w.Views.NewTrigger(person, in),
	}
}

// messageActions is the payload of a click in a message.
func messageActions(w *workspace.Workspace, person string, c *workspace.Conversation, m *workspace.Message, action map[string]any, state workspace.State) map[string]any {
	payload := interaction(w, "block_actions", person, nil)
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.Ephemeral}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = map[string]any{"id": c.ID, "name": c.PayloadName()}
	if !m.Ephemeral { // Slack keeps no ephemeral messages
		payload["message"] = w.Channels.WireMessage(c, m, false)
	}
	payload["state"] = map[string]any{"values": state}
	payload["response_url"] = w.ResponseURLs.Mint(person, c, m)
	payload["actions"] = []any{action}
	return payload
}

// viewActions is the payload of a click in a modal or Home tab.
func viewActions(w *workspace.Workspace, v *workspace.OpenView, action map[string]any) map[string]any {
	in := v
	if v.Def.Type == "home" {
		in = nil
	}
	payload := interaction(w, "block_actions", v.Person, in)
	payload["container"] = map[string]any{"type": "view", "view_id": v.ID}
	payload["view"] = w.Views.Wire(v)
	payload["actions"] = []any{action}
	return payload
}

// viewSubmission is the payload of pressing Submit.
func viewSubmission(w *workspace.Workspace, v *workspace.OpenView) map[string]any {
	payload := interaction(w, "view_submission", v.Person, v)
	payload["view"], payload["response_urls"] = w.Views.Wire(v), []any{}
	return payload
}

// viewClosed is the payload of dismissing a modal with notify_on_close.
func viewClosed(w *workspace.Workspace, v *workspace.OpenView, cleared bool) map[string]any {
	payload := interaction(w, "view_closed", v.Person, nil)
	delete(payload, "trigger_id")
	payload["view"], payload["is_cleared"] = w.Views.Wire(v), cleared
	return payload
}

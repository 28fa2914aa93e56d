package slacksim

// interaction is what every interactive payload has in common; in is the view
// that the gesture was made in, nil outside a view.
func interaction(w *workspace, kind, person string, in *openView) map[string]any {
	return map[string]any{
		"type": kind, "token": verification, "team": w.wireTeam(), "user": w.people.wireShort(person),
		"api_app_id": appID, "enterprise": nil, "is_enterprise_install": false,
		"trigger_id": w.views.newTrigger(person, in),
	}
}

// messageActions is the payload of a click in a message.
func messageActions(w *workspace, person string, c *conversation, m *Message, action map[string]any, state State) map[string]any {
	payload := interaction(w, "block_actions", person, nil)
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.Ephemeral}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = map[string]any{"id": c.ID, "name": c.payloadName()}
	if !m.Ephemeral { // Slack keeps no ephemeral messages
		payload["message"] = w.channels.wireMessage(c, m, false)
	}
	payload["state"] = map[string]any{"values": state}
	payload["response_url"] = w.responseURLs.mint(person, c, m)
	payload["actions"] = []any{action}
	return payload
}

// viewActions is the payload of a click in a modal or Home tab.
func viewActions(w *workspace, v *openView, action map[string]any) map[string]any {
	in := v
	if v.def.Type == "home" {
		in = nil
	}
	payload := interaction(w, "block_actions", v.person, in)
	payload["container"] = map[string]any{"type": "view", "view_id": v.id}
	payload["view"] = w.views.wire(v)
	payload["actions"] = []any{action}
	return payload
}

// viewSubmission is the payload of pressing Submit.
func viewSubmission(w *workspace, v *openView) map[string]any {
	payload := interaction(w, "view_submission", v.person, v)
	payload["view"], payload["response_urls"] = w.views.wire(v), []any{}
	return payload
}

// viewClosed is the payload of dismissing a modal that asked to be told.
func viewClosed(w *workspace, v *openView, cleared bool) map[string]any {
	payload := interaction(w, "view_closed", v.person, nil)
	delete(payload, "trigger_id")
	payload["view"], payload["is_cleared"] = w.views.wire(v), cleared
	return payload
}

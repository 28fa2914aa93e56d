package slacksim

// verification is the deprecated token that payloads still carry.
const verification = "slacksim-verification"

// interaction is what every interactive payload has in common; in is the view
// that the gesture was made in, nil outside a view.
func (w *workspace) interaction(kind, person string, in *view) map[string]any {
	return map[string]any{
		"type": kind, "token": verification, "team": w.wireTeam(), "user": w.wireUser(person),
		"api_app_id": appID, "enterprise": nil, "is_enterprise_install": false,
		"trigger_id": w.newTrigger(person, in),
	}
}

// actionTS stamps a gesture; it shares no clock with messages but never repeats.
func (w *workspace) actionTS() string { return w.stamp() }

// messageActions is the payload of a click in a message.
func (w *workspace) messageActions(base, person string, c *channel, m *Message, action map[string]any, state State) map[string]any {
	payload := w.interaction("block_actions", person, nil)
	container := map[string]any{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.Ephemeral}
	if m.ThreadTS != "" {
		container["thread_ts"] = m.ThreadTS
	}
	payload["container"] = container
	payload["channel"] = map[string]any{"id": c.ID, "name": c.payloadName()}
	if !m.Ephemeral { // Slack keeps no ephemeral messages
		payload["message"] = w.wire(c, m, false)
	}
	payload["state"] = map[string]any{"values": state}
	payload["response_url"] = w.newResponseURL(base, person, c, m)
	payload["actions"] = []any{action}
	return payload
}

// viewActions is the payload of a click in a modal or Home tab.
func (w *workspace) viewActions(v *view, action map[string]any) map[string]any {
	in := v
	if v.def.Type == "home" {
		in = nil
	}
	payload := w.interaction("block_actions", v.person, in)
	payload["container"] = map[string]any{"type": "view", "view_id": v.id}
	payload["view"] = w.wireView(v)
	payload["actions"] = []any{action}
	return payload
}

// viewSubmission is the payload of pressing Submit.
func (w *workspace) viewSubmission(v *view) map[string]any {
	payload := w.interaction("view_submission", v.person, v)
	payload["view"], payload["response_urls"] = w.wireView(v), []any{}
	return payload
}

// viewClosed is the payload of dismissing a modal that asked to be told.
func (w *workspace) viewClosed(v *view, cleared bool) map[string]any {
	payload := w.interaction("view_closed", v.person, nil)
	delete(payload, "trigger_id")
	payload["view"], payload["is_cleared"] = w.wireView(v), cleared
	return payload
}

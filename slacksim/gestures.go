package slacksim

import (
	"context"
	"fmt"
	"strings"
)

// Hand is a person at a keyboard. Its gestures do what Slack's own clients let
// that person do, and nothing else: ErrNotThere is the answer to the rest.
type Hand struct {
	sim *Sim
	id  string
}

// As returns a person at a keyboard. A person who does not exist can do nothing.
func (s *Sim) As(personID string) *Hand { return &Hand{sim: s, id: personID} }

// ID is the person's id.
func (h *Hand) ID() string { return h.id }

// DM is the id of this person's direct messages with the bot; "" for no person.
func (h *Hand) DM() string {
	return looked(h.sim, func(w *workspace) string {
		if _, bad := w.human(h.id); bad != nil {
			return ""
		}
		return w.dm(h.id).ID
	})
}

// notThere is an ErrNotThere that says why.
func notThere(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrNotThere, fmt.Sprintf(format, args...))
}

// human is a person who can log in.
func (w *workspace) human(id string) (*Person, error) {
	p := w.people[id]
	switch {
	case p == nil:
		return nil, notThere("no person %q", id)
	case p.Deleted:
		return nil, notThere("%s is deactivated", id)
	case p.Bot:
		return nil, notThere("%s is a bot", id)
	}
	return p, nil
}

// room is a conversation that a person can read and write in.
func (w *workspace) room(person, id string) (*channel, error) {
	if _, err := w.human(person); err != nil {
		return nil, err
	}
	c := w.channels[id]
	switch {
	case c == nil || !c.has(person):
		return nil, notThere("%s is not in channel %q", person, id)
	case c.Archived:
		return nil, notThere("channel %s is archived", id)
	}
	return c, nil
}

// Slash types a command in a channel. The answer is also among the person's
// ephemerals, or in the channel if the app says so.
func (h *Hand) Slash(ctx context.Context, channel, command, text string) (Answer, error) {
	e, err := h.slashEnvelope(channel, command, text)
	if err != nil {
		return Answer{}, err
	}
	ack, err := h.sim.sockets.deliver(ctx, "command "+command, e)
	if err != nil {
		return Answer{}, err
	}
	return h.answer(command, channel, ack)
}

func (h *Hand) slashEnvelope(channel, command, text string) (envelope, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	c, err := w.room(h.id, channel)
	switch {
	case err != nil:
		return envelope{}, err
	case !w.app.hasCommand(command):
		return envelope{}, notThere("no command %q", command)
	case c.other != "" && !w.app.peopleMayWrite():
		return envelope{}, notThere("the manifest makes the bot's messages read-only")
	}
	return envelope{Type: "slash_commands", AcceptsResponsePayload: true, Payload: map[string]any{
		"token": verification, "team_id": w.team.ID, "team_domain": w.team.Domain,
		"channel_id": c.ID, "channel_name": c.payloadName(), "user_id": h.id, "user_name": w.people[h.id].Name,
		"command": command, "text": strings.TrimSpace(text), "api_app_id": appID, "is_enterprise_install": "false",
		"response_url": w.newHook(h.sim.URL(), h.id, c, nil), "trigger_id": w.newTrigger(h.id, nil),
	}}, nil
}

// Shortcut picks a global shortcut.
func (h *Hand) Shortcut(ctx context.Context, callbackID string) error {
	payload, err := h.shortcutPayload(callbackID)
	if err != nil {
		return err
	}
	return h.interact(ctx, "shortcut "+callbackID, payload)
}

func (h *Hand) shortcutPayload(callbackID string) (map[string]any, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	if _, err := w.human(h.id); err != nil {
		return nil, err
	}
	if !w.app.hasShortcut("global", callbackID) {
		return nil, notThere("no global shortcut %q", callbackID)
	}
	payload := w.interaction("shortcut", h.id, nil)
	payload["callback_id"], payload["action_ts"] = callbackID, w.actionTS()
	return payload, nil
}

// MessageShortcut picks a shortcut from a message's menu.
func (h *Hand) MessageShortcut(ctx context.Context, callbackID, channel, ts string) error {
	payload, err := h.messageShortcutPayload(callbackID, channel, ts)
	if err != nil {
		return err
	}
	return h.interact(ctx, "message shortcut "+callbackID, payload)
}

func (h *Hand) messageShortcutPayload(callbackID, channel, ts string) (map[string]any, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	c, err := w.room(h.id, channel)
	switch {
	case err != nil:
		return nil, err
	case !w.app.hasShortcut("message", callbackID):
		return nil, notThere("no message shortcut %q", callbackID)
	case c.byTS[ts] == nil || c.byTS[ts].Subtype == tombstone:
		return nil, notThere("no message %s in %s", ts, channel)
	}
	payload := w.interaction("message_action", h.id, nil)
	payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, w.actionTS(), ts
	payload["channel"] = map[string]any{"id": c.ID, "name": c.payloadName()}
	payload["message"] = w.wire(c, c.byTS[ts], false)
	payload["response_url"] = w.newHook(h.sim.URL(), h.id, c, c.byTS[ts])
	return payload, nil
}

// interact delivers an interaction whose acknowledgement carries nothing.
func (h *Hand) interact(ctx context.Context, what string, payload map[string]any) error {
	_, err := h.sim.sockets.deliver(ctx, what, envelope{Type: "interactive", Payload: payload})
	return err
}

// OpenHome opens the app's Home tab. It does not wait for the app.
func (h *Hand) OpenHome(ctx context.Context) error {
	event, err := h.homeEvent()
	if err != nil {
		return err
	}
	h.sim.emit(event)
	return ctx.Err()
}

func (h *Hand) homeEvent() (map[string]any, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	if _, err := w.human(h.id); err != nil {
		return nil, err
	}
	if !w.app.Features.Home.HomeTab {
		return nil, notThere("the manifest has no Home tab")
	}
	event := map[string]any{"type": "app_home_opened", "user": h.id, "channel": w.dm(h.id).ID, "tab": "home"}
	if v := w.homes[h.id]; v != nil {
		event["view"] = w.wireView(v)
	}
	return event, nil
}

// Post writes a message, in a thread when threadTS is given. The text is as
// typed: & < > are stored escaped, as Slack's clients send them.
func (h *Hand) Post(ctx context.Context, channel, threadTS, text string) (ts string, err error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	c, err := w.room(h.id, channel)
	switch {
	case err != nil:
		return "", err
	case strings.TrimSpace(text) == "":
		return "", notThere("an empty message can't be sent")
	case c.other != "" && !w.app.peopleMayWrite():
		return "", notThere("the manifest makes the bot's messages read-only")
	case threadTS != "" && c.root(threadTS) == nil:
		return "", notThere("no thread %s in %s", threadTS, channel)
	}
	m := Message{User: h.id, ThreadTS: threadTS, Text: escape(text), Blocks: w.withIDs(typedBlocks(text))}
	return w.post(c, m).TS, ctx.Err()
}

// escape writes text as Slack stores what a person typed.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// typedBlocks is the rich_text block that Slack makes of what a person typed.
func typedBlocks(text string) []byte {
	return mustJSON([]any{map[string]any{"type": "rich_text", "elements": []any{
		map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": text}}},
	}}})
}

// Delete deletes a message that this person wrote.
func (h *Hand) Delete(ctx context.Context, channel, ts string) error {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	c, err := h.sim.w.room(h.id, channel)
	if err != nil {
		return err
	}
	m := c.byTS[ts]
	if m == nil || m.User != h.id {
		return notThere("no message %s of %s in %s", ts, h.id, channel)
	}
	h.sim.w.remove(c, m, true)
	return ctx.Err()
}

// DeleteFile deletes a file that this person uploaded.
func (h *Hand) DeleteFile(ctx context.Context, id string) error {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	f := h.sim.w.files[id]
	if f == nil || !f.complete || f.User != h.id {
		return notThere("no file %s of %s", id, h.id)
	}
	h.sim.w.removeFile(f)
	return ctx.Err()
}

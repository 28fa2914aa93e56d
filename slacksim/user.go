package slacksim

import (
	"context"
	"strings"
)

// Emitter sends the app the events that it subscribes to.
type Emitter interface {
	// Emit does not wait for the app.
	Emit(events ...map[string]any)
}

// Users makes users of a workspace.
type Users struct {
	w      *workspace
	hub    *hub
	events Emitter
}

// newUsers are users whose gestures reach the app through h, and as events.
func newUsers(w *workspace, h *hub, events Emitter) *Users {
	return &Users{w: w, hub: h, events: events}
}

// As returns a person at a keyboard. A person who does not exist can do nothing.
func (us *Users) As(personID string) *User {
	return &User{w: us.w, hub: us.hub, events: us.events, id: personID}
}

// User is a person at a keyboard. What it does is what Slack's own clients let
// that person do, and nothing else: ErrNotThere is the answer to the rest.
type User struct {
	w      *workspace
	hub    *hub
	events Emitter
	id     string
}

// ID is the person's id.
func (u *User) ID() string { return u.id }

// DM is the id of this person's direct messages with the bot; "" for no person.
func (u *User) DM() string {
	return locked(u.w, func() string {
		if _, bad := u.w.people.active(u.id); bad != nil {
			return ""
		}
		return u.w.channels.dm(u.id).ID
	})
}

// Slash types a command in a channel. The answer is also among the person's
// ephemerals, or in the channel if the app says so.
func (u *User) Slash(ctx context.Context, channel, command, text string) (Answer, error) {
	e, err := u.slashEnvelope(channel, command, text)
	if err != nil {
		return Answer{}, err
	}
	ack, err := u.hub.deliver(ctx, "command "+command, e)
	if err != nil {
		return Answer{}, err
	}
	return u.answer(command, channel, ack)
}

func (u *User) slashEnvelope(channel, command, text string) (envelope, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.channels.writable(u.id, channel)
	switch {
	case err != nil:
		return envelope{}, err
	case !w.app.hasCommand(command):
		return envelope{}, notThere("no command %q", command)
	case c.isDM() && !w.app.peopleMayWrite():
		return envelope{}, notThere("the manifest makes the bot's messages read-only")
	}
	return envelope{Type: "slash_commands", AcceptsResponsePayload: true, Payload: map[string]any{
		"token": verification, "team_id": w.team.ID, "team_domain": w.team.Domain,
		"channel_id": c.ID, "channel_name": c.payloadName(), "user_id": u.id, "user_name": w.people.get(u.id).Name,
		"command": command, "text": strings.TrimSpace(text), "api_app_id": appID, "is_enterprise_install": "false",
		"response_url": w.responseURLs.mint(u.id, c, nil), "trigger_id": w.views.newTrigger(u.id, nil),
	}}, nil
}

// Shortcut picks a global shortcut.
func (u *User) Shortcut(ctx context.Context, callbackID string) error {
	payload, err := u.shortcutPayload(callbackID)
	if err != nil {
		return err
	}
	return u.interact(ctx, "shortcut "+callbackID, payload)
}

func (u *User) shortcutPayload(callbackID string) (map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	if _, err := w.people.active(u.id); err != nil {
		return nil, err
	}
	if !w.app.hasShortcut("global", callbackID) {
		return nil, notThere("no global shortcut %q", callbackID)
	}
	payload := interaction(w, "shortcut", u.id, nil)
	payload["callback_id"], payload["action_ts"] = callbackID, w.stamp()
	return payload, nil
}

// MessageShortcut picks a shortcut from a message's menu.
func (u *User) MessageShortcut(ctx context.Context, callbackID, channel, ts string) error {
	payload, err := u.messageShortcutPayload(callbackID, channel, ts)
	if err != nil {
		return err
	}
	return u.interact(ctx, "message shortcut "+callbackID, payload)
}

func (u *User) messageShortcutPayload(callbackID, channel, ts string) (map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.channels.writable(u.id, channel)
	switch {
	case err != nil:
		return nil, err
	case !w.app.hasShortcut("message", callbackID):
		return nil, notThere("no message shortcut %q", callbackID)
	case c.message(ts) == nil || c.message(ts).Subtype == tombstone:
		return nil, notThere("no message %s in %s", ts, channel)
	}
	payload := interaction(w, "message_action", u.id, nil)
	payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, w.stamp(), ts
	payload["channel"] = map[string]any{"id": c.ID, "name": c.payloadName()}
	payload["message"] = w.channels.wireMessage(c, c.message(ts), false)
	payload["response_url"] = w.responseURLs.mint(u.id, c, c.message(ts))
	return payload, nil
}

// interact delivers an interaction whose acknowledgement carries nothing.
func (u *User) interact(ctx context.Context, what string, payload map[string]any) error {
	_, err := u.hub.deliver(ctx, what, envelope{Type: "interactive", Payload: payload})
	return err
}

// OpenHome opens the app's Home tab. It does not wait for the app.
func (u *User) OpenHome(ctx context.Context) error {
	event, err := u.homeEvent()
	if err != nil {
		return err
	}
	u.events.Emit(event)
	return ctx.Err()
}

func (u *User) homeEvent() (map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	if _, err := w.people.active(u.id); err != nil {
		return nil, err
	}
	if !w.app.Features.Home.HomeTab {
		return nil, notThere("the manifest has no Home tab")
	}
	event := map[string]any{"type": "app_home_opened", "user": u.id, "channel": w.channels.dm(u.id).ID, "tab": "home"}
	if v := w.views.home(u.id); v != nil {
		event["view"] = w.views.wire(v)
	}
	return event, nil
}

// Post writes a message, in a thread when threadTS is given. The text is as
// typed: & < > are stored escaped, as Slack's clients send them.
func (u *User) Post(ctx context.Context, channel, threadTS, text string) (ts string, err error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.channels.writable(u.id, channel)
	switch {
	case err != nil:
		return "", err
	case strings.TrimSpace(text) == "":
		return "", notThere("an empty message can't be sent")
	case c.isDM() && !w.app.peopleMayWrite():
		return "", notThere("the manifest makes the bot's messages read-only")
	case threadTS != "" && c.root(threadTS) == nil:
		return "", notThere("no thread %s in %s", threadTS, channel)
	}
	m := Message{User: u.id, ThreadTS: threadTS, Text: escape(text), Blocks: w.fillIDs(typedBlocks(text))}
	return w.channels.post(c, m).TS, ctx.Err()
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
func (u *User) Delete(ctx context.Context, channel, ts string) error {
	u.w.Lock()
	defer u.w.Unlock()
	c, err := u.w.channels.writable(u.id, channel)
	if err != nil {
		return err
	}
	m := c.message(ts)
	if m == nil || m.User != u.id {
		return notThere("no message %s of %s in %s", ts, u.id, channel)
	}
	u.w.channels.remove(c, m, true)
	return ctx.Err()
}

// DeleteFile deletes a file that this person uploaded.
func (u *User) DeleteFile(ctx context.Context, id string) error {
	u.w.Lock()
	defer u.w.Unlock()
	f := u.w.files.get(id)
	if f == nil || !f.complete || f.User != u.id {
		return notThere("no file %s of %s", id, u.id)
	}
	u.w.files.remove(f)
	return ctx.Err()
}

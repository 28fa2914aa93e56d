package user

import (
	"context"
	"strings"

	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Emitter sends the app the events that it subscribes to.
type Emitter interface {
	// Emit does not wait for the app.
	Emit(events ...map[string]any)
}

// Users makes users of a workspace.
type Users struct {
	w      *workspace.Workspace
	hub    *socket.Hub
	events Emitter
}

// NewUsers are users whose gestures reach the app through h, and as events.
func NewUsers(w *workspace.Workspace, h *socket.Hub, events Emitter) *Users {
	return &Users{w: w, hub: h, events: events}
}

// As returns a person at a keyboard. A person who does not exist can do nothing.
func (us *Users) As(personID string) *User {
	return &User{w: us.w, hub: us.hub, events: us.events, id: personID}
}

// User is a person at a keyboard. What it does is what Slack's own clients let
// that person do, and nothing else: ErrNotThere is the answer to the rest.
type User struct {
	w      *workspace.Workspace
	hub    *socket.Hub
	events Emitter
	id     string
}

// ID is the person's id.
func (u *User) ID() string { return u.id }

// DM is the id of this person's direct messages with the bot; "" for no person.
func (u *User) DM() string {
	return workspace.Locked(u.w, func() string {
		if _, bad := u.w.People.Active(u.id); bad != nil {
			return ""
		}
		return u.w.Channels.DM(u.id).ID
	})
}

// Slash types a command in a channel. The answer is also among the person's
// ephemerals, or in the channel if the app says so.
func (u *User) Slash(ctx context.Context, channel, command, text string) (Answer, error) {
	e, err := u.slashEnvelope(channel, command, text)
	if err != nil {
		return Answer{}, err
	}
	ack, err := u.hub.Deliver(ctx, "command "+command, e)
	if err != nil {
		return Answer{}, err
	}
	return u.answer(command, channel, ack)
}

func (u *User) slashEnvelope(channel, command, text string) (socket.Envelope, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.Channels.Writable(u.id, channel)
	switch {
	case err != nil:
		return socket.Envelope{}, err
	case !w.App.HasCommand(command):
		return socket.Envelope{}, workspace.NotThere("no command %q", command)
	case readOnly(w, c):
		return socket.Envelope{}, errReadOnly
	}
	return socket.Envelope{Type: "slash_commands", AcceptsResponsePayload: true, Payload: map[string]any{
		"token": workspace.Verification, "team_id": w.Team.ID, "team_domain": w.Team.Domain,
		"channel_id": c.ID, "channel_name": c.PayloadName(), "user_id": u.id, "user_name": w.People.Get(u.id).Name,
		"command": command, "text": strings.TrimSpace(text), "api_app_id": workspace.AppID, "is_enterprise_install": "false",
		"response_url": w.ResponseURLs.Mint(u.id, c, nil), "trigger_id": w.Views.NewTrigger(u.id, nil),
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
	if _, err := w.People.Active(u.id); err != nil {
		return nil, err
	}
	if !w.App.HasShortcut("global", callbackID) {
		return nil, workspace.NotThere("no global shortcut %q", callbackID)
	}
	payload := interaction(w, "shortcut", u.id, nil)
	payload["callback_id"], payload["action_ts"] = callbackID, w.Stamp()
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
	c, err := w.Channels.Writable(u.id, channel)
	switch {
	case err != nil:
		return nil, err
	case !w.App.HasShortcut("message", callbackID):
		return nil, workspace.NotThere("no message shortcut %q", callbackID)
	case c.Message(ts) == nil || c.Message(ts).Subtype == workspace.Tombstone:
		return nil, workspace.NotThere("no message %s in %s", ts, channel)
	}
	payload := interaction(w, "message_action", u.id, nil)
	payload["callback_id"], payload["action_ts"], payload["message_ts"] = callbackID, w.Stamp(), ts
	payload["channel"] = map[string]any{"id": c.ID, "name": c.PayloadName()}
	payload["message"] = w.Channels.WireMessage(c, c.Message(ts), false)
	payload["response_url"] = w.ResponseURLs.Mint(u.id, c, c.Message(ts))
	return payload, nil
}

// interact delivers an interaction whose acknowledgement carries nothing.
func (u *User) interact(ctx context.Context, what string, payload map[string]any) error {
	_, err := u.hub.Deliver(ctx, what, socket.Envelope{Type: "interactive", Payload: payload})
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
	if _, err := w.People.Active(u.id); err != nil {
		return nil, err
	}
	if !w.App.Features.Home.HomeTab {
		return nil, workspace.NotThere("the manifest has no Home tab")
	}
	event := map[string]any{"type": "app_home_opened", "user": u.id, "channel": w.Channels.DM(u.id).ID, "tab": "home"}
	if v := w.Views.Home(u.id); v != nil {
		event["view"] = w.Views.Wire(v)
	}
	return event, nil
}

// Delete deletes a message that this person wrote.
func (u *User) Delete(ctx context.Context, channel, ts string) error {
	u.w.Lock()
	defer u.w.Unlock()
	c, err := u.w.Channels.Writable(u.id, channel)
	if err != nil {
		return err
	}
	m := c.Message(ts)
	if m == nil || m.User != u.id {
		return workspace.NotThere("no message %s of %s in %s", ts, u.id, channel)
	}
	u.w.Channels.Remove(c, m, true)
	return ctx.Err()
}

// DeleteFile deletes a file that this person uploaded.
func (u *User) DeleteFile(ctx context.Context, id string) error {
	u.w.Lock()
	defer u.w.Unlock()
	f := u.w.Files.Get(id)
	if f == nil || !f.Complete || f.User != u.id {
		return workspace.NotThere("no file %s of %s", id, u.id)
	}
	u.w.Files.Remove(f)
	return ctx.Err()
}

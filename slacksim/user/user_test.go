package user_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestUser_slashPayload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	answer, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", "  K-1 <b> & ")
	if err != nil || answer.Text != "" {
		t.Fatal(answer, err)
	}
	e := a.Next()
	if e.Type != "slash_commands" || !e.Accepts {
		t.Errorf("got %s", e.Raw)
	}
	simtest.Want(t, e.Payload, map[string]any{"command": "/test", "text": "K-1 <b> &", "user_id": simtest.Anna, "user_name": "anna",
		"channel_id": simtest.Room, "channel_name": "privategroup", "team_id": l.Team().ID, "team_domain": "example",
		"api_app_id": workspace.AppID, "is_enterprise_install": "false", "token": workspace.Verification})
	if !strings.HasPrefix(simtest.Str(e.Payload, "response_url"), l.URL()) || simtest.Str(e.Payload, "trigger_id") == "" {
		t.Errorf("got %s", e.Raw)
	}
	_, err = l.As(simtest.Cleo).Slash(l.Ctx, simtest.Lobby, "/test", "")
	simtest.WantErr(t, err, workspace.ErrNotThere)
	simtest.NoError(t, l.Join(simtest.Cleo, simtest.Lobby))
	_, err = l.As(simtest.Cleo).Slash(l.Ctx, simtest.Lobby, "/test", "") // guests may
	simtest.NoError(t, err)
	simtest.Want(t, a.Next().Payload, map[string]any{"channel_name": "lobby"})
	l.Clean()
}

func TestUser_slashAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		ack       any
		text      string
		err       error
		ephemeral int
		posted    int
	}{
		{"nothing", nil, "", nil, 0, 0},
		{"empty object", map[string]any{}, "", nil, 0, 0},
		{"text", map[string]any{"text": "no"}, "no", nil, 1, 0},
		{"to all", map[string]any{"text": "yes", "response_type": "in_channel"}, "yes", nil, 0, 1},
		{"not a message", "text", "", user.ErrTrouble, 0, 0},
		{"refused blocks", map[string]any{"text": "x", "blocks": []any{map[string]any{"type": "nonsense"}}}, "", user.ErrTrouble, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			l.Connect(func(simtest.Received) any { return c.ack })
			answer, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", "")
			if !errors.Is(err, c.err) || answer.Text != c.text {
				t.Errorf("got %+v, %v", answer, err)
			}
			if len(l.As(simtest.Anna).Ephemerals(simtest.Room)) != c.ephemeral || len(l.Messages(simtest.Room)) != c.posted {
				t.Errorf("got %+v and %+v", l.As(simtest.Anna).Ephemerals(simtest.Room), l.Messages(simtest.Room))
			}
			if (len(l.Complaints()) > 0) != (c.err != nil) {
				t.Errorf("complaints: %q", l.Complaints())
			}
		})
	}
}

func TestUser_gesturesThatNobodyCanMake(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(nil)
	simtest.NoError(t, l.Deactivate(simtest.Bram))
	simtest.NoError(t, l.AddChannel(workspace.Channel{ID: "C0OLD", Name: "old", Archived: true, Members: []string{simtest.Anna}}))
	ts := l.Post(simtest.Room, "x", "blocks", simtest.SectionBlocks)
	dm := l.As(simtest.Anna).DM()
	for name, gesture := range map[string]func() error{
		"unknown command":          func() error { _, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/other", ""); return err },
		"in another's channel":     func() error { _, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Vault, "/test", ""); return err },
		"in no channel":            func() error { _, err := l.As(simtest.Anna).Slash(l.Ctx, "C0NONE", "/test", ""); return err },
		"in an archived channel":   func() error { _, err := l.As(simtest.Anna).Slash(l.Ctx, "C0OLD", "/test", ""); return err },
		"in read-only messages":    func() error { _, err := l.As(simtest.Anna).Slash(l.Ctx, dm, "/test", ""); return err },
		"deactivated":              func() error { _, err := l.As(simtest.Bram).Slash(l.Ctx, simtest.Room, "/test", ""); return err },
		"nobody":                   func() error { _, err := l.As("U0NOBODY").Slash(l.Ctx, simtest.Room, "/test", ""); return err },
		"a bot":                    func() error { return l.As(workspace.BotUserID).Shortcut(l.Ctx, "go_global") },
		"unknown shortcut":         func() error { return l.As(simtest.Anna).Shortcut(l.Ctx, "on_message") },
		"unknown message shortcut": func() error { return l.As(simtest.Anna).MessageShortcut(l.Ctx, "go_global", simtest.Room, ts) },
		"shortcut on no message":   func() error { return l.As(simtest.Anna).MessageShortcut(l.Ctx, "on_message", simtest.Room, "1.1") },
		"shortcut elsewhere":       func() error { return l.As(simtest.Cleo).MessageShortcut(l.Ctx, "on_message", simtest.Room, ts) },
		"click on nothing":         func() error { return l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, "go", "") },
		"click on no message":      func() error { return l.As(simtest.Anna).Click(l.Ctx, simtest.Room, "1.1", "go", "") },
		"click elsewhere":          func() error { return l.As(simtest.Cleo).Click(l.Ctx, simtest.Room, ts, "go", "") },
		"click in no view":         func() error { return l.As(simtest.Anna).ClickView(l.Ctx, "V0NONE", "go", "") },
		"type in no view":          func() error { _, err := l.As(simtest.Anna).Type(l.Ctx, "V0NONE", nil); return err },
		"submit no view":           func() error { _, err := l.As(simtest.Anna).Submit(l.Ctx, "V0NONE", nil); return err },
		"close no view":            func() error { return l.As(simtest.Anna).CloseView(l.Ctx, "V0NONE") },
		"deactivated Home":         func() error { return l.As(simtest.Bram).OpenHome(l.Ctx) },
		"post nothing":             func() error { _, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, "", "  "); return err },
		"post elsewhere":           func() error { _, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Vault, "", "x"); return err },
		"post in read-only":        func() error { _, err := l.As(simtest.Anna).Post(l.Ctx, dm, "", "x"); return err },
		"reply to nothing":         func() error { _, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, "1.1", "x"); return err },
		"delete another's":         func() error { return l.As(simtest.Anna).Delete(l.Ctx, simtest.Room, ts) },
		"delete elsewhere":         func() error { return l.As(simtest.Cleo).Delete(l.Ctx, simtest.Room, ts) },
	} {
		if err := gesture(); !errors.Is(err, workspace.ErrNotThere) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestUser_globalShortcutPayload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	simtest.NoError(t, l.As(simtest.Anna).Shortcut(l.Ctx, "go_global"))
	e := a.Next()
	simtest.Want(t, e.Payload, map[string]any{"type": "shortcut", "callback_id": "go_global", "user.id": simtest.Anna, "user.team_id": l.Team().ID,
		"team.domain": "example", "channel": nil, "response_url": nil, "is_enterprise_install": false})
	if e.Type != "interactive" || simtest.Str(e.Payload, "trigger_id") == "" || simtest.Str(e.Payload, "action_ts") == "" {
		t.Errorf("got %s", e.Raw)
	}
}

func TestUser_messageShortcutPayload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	root, err := l.As(simtest.Bram).Post(l.Ctx, simtest.Room, "", "root")
	simtest.NoError(t, err)
	ts, err := l.As(simtest.Bram).Post(l.Ctx, simtest.Room, root, "1 < 2 & <!channel>")
	simtest.NoError(t, err)
	simtest.NoError(t, l.As(simtest.Anna).MessageShortcut(l.Ctx, "on_message", simtest.Room, ts))
	simtest.Want(t, a.Next().Payload, map[string]any{"type": "message_action", "callback_id": "on_message", "user.id": simtest.Anna,
		"message_ts": ts, "message.ts": ts, "message.user": simtest.Bram, "message.thread_ts": root,
		"message.text":          "1 &lt; 2 &amp; &lt;!channel&gt;",
		"message.blocks.0.type": "rich_text",
		"message.blocks.0.elements.0.elements.0.text": "1 < 2 & <!channel>",
		"channel.id": simtest.Room, "channel.name": "privategroup"})
}

func TestUser_openHome(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	simtest.NoError(t, l.As(simtest.Anna).OpenHome(l.Ctx))
	e := a.Next()
	simtest.Want(t, e.Payload, map[string]any{"type": "event_callback", "event.type": "app_home_opened", "event.user": simtest.Anna,
		"event.channel": l.As(simtest.Anna).DM(), "event.tab": "home", "event.view": nil, "team_id": l.Team().ID})
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab))
	simtest.NoError(t, l.As(simtest.Anna).OpenHome(l.Ctx))
	simtest.Want(t, a.Next().Payload, map[string]any{"event.view.callback_id": "home"})
}

func TestUser_postAndDelete(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, "", "root")
	simtest.NoError(t, err)
	_, err = l.As(simtest.Bram).Post(l.Ctx, simtest.Room, root, "reply")
	simtest.NoError(t, err)
	simtest.WantTexts(t, l.Thread(simtest.Room, root), "reply")
	simtest.NoError(t, l.As(simtest.Anna).Delete(l.Ctx, simtest.Room, root))
	_, err = l.As(simtest.Anna).Post(l.Ctx, simtest.Room, root, "late")
	simtest.WantErr(t, err, workspace.ErrNotThere)
}

func TestUser_writingToTheBotWhenTheManifestLets(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithEdit("messages_tab_read_only_enabled: true", "messages_tab_read_only_enabled: false"))
	u := l.As(simtest.Anna)
	_, err := u.Post(l.Ctx, u.DM(), "", "hello")
	simtest.NoError(t, err)
	simtest.WantTexts(t, u.DMs(), "hello")
	if l.MessagesReadOnly() {
		t.Error("read-only")
	}
}

func TestUser_closeView(t *testing.T) {
	t.Parallel()
	quiet := simtest.Modal("quiet", simtest.TextInput)
	notifying := strings.Replace(simtest.Modal("notifying", simtest.TextInput), `"callback_id"`, `"notify_on_close":true,"callback_id"`, 1)
	clearing := strings.Replace(notifying, `"callback_id"`, `"clear_on_close":true,"callback_id"`, 1)
	for _, c := range []struct {
		name        string
		first, then string
		left        int
		cleared     []any
	}{
		{"quiet", quiet, "", 0, nil},
		{"notifying", notifying, "", 0, []any{false}},
		{"back to the one under it", notifying, notifying, 1, []any{false}},
		{"the whole stack", notifying, clearing, 0, []any{true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			a := l.Connect(nil)
			u := l.As(simtest.Anna)
			id := l.Open(c.first)
			if c.then != "" {
				id = simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(id), "view", c.then)), "view.id")
				simtest.WantErr(t, u.CloseView(l.Ctx, u.Modals()[0].ID), workspace.ErrNotThere)
			}
			simtest.NoError(t, u.CloseView(l.Ctx, id))
			for _, cleared := range c.cleared {
				simtest.Want(t, a.Next().Payload, map[string]any{"type": "view_closed", "is_cleared": cleared, "view.callback_id": "notifying", "trigger_id": nil})
			}
			a.None()
			if n := len(u.Modals()); n != c.left {
				t.Errorf("%d modals left", n)
			}
		})
	}
}

func TestAwait_everything(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	u := l.As(simtest.Anna)
	var app sync.WaitGroup
	defer app.Wait()
	app.Go(func() {
		l.Call("chat.postMessage", "channel", simtest.Room, "text", "noise")
		l.Call("chat.postMessage", "channel", simtest.Room, "text", "root")
		l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "psst")
		l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab)
		l.Call("views.open", "trigger_id", l.Trigger(), "view", simtest.Modal("m", simtest.TextInput))
	})
	m, err := l.AwaitMessage(l.Ctx, simtest.Room, func(m workspace.Message) bool { return m.Text == "root" })
	if err != nil || m.Text != "root" {
		t.Error(m, err)
	}
	m, err = u.AwaitEphemeral(l.Ctx, simtest.Room, func(m workspace.Message) bool { return true })
	if err != nil || m.Text != "psst" {
		t.Error(m, err)
	}
	v, err := u.AwaitView(l.Ctx, func(v workspace.View) bool { return v.CallbackID == "home" })
	if err != nil || v.Type != "home" {
		t.Error(v, err)
	}
	v, err = u.AwaitModal(l.Ctx, "m")
	if err != nil || v.CallbackID != "m" {
		t.Error(v, err)
	}
	soon, cancel := context.WithTimeout(l.Ctx, time.Millisecond)
	defer cancel()
	_, err = u.AwaitModal(soon, "another")
	simtest.WantErr(t, err, context.DeadlineExceeded)
	_, err = l.AwaitMessage(soon, "C0NONE", func(workspace.Message) bool { return true })
	simtest.WantErr(t, err, context.DeadlineExceeded)
}

func TestAwait_findsReplies(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	l.Post(simtest.Room, "reply", "thread_ts", root)
	m, err := l.AwaitMessage(l.Ctx, simtest.Room, func(m workspace.Message) bool { return m.ThreadTS == root && m.TS != root })
	if err != nil || m.Text != "reply" {
		t.Error(m, err)
	}
}

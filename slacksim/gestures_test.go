package slacksim

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestUser_slashPayload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	answer, err := l.As(anna).Slash(l.ctx, room, "/test", "  K-1 <b> & ")
	if err != nil || answer.Text != "" {
		t.Fatal(answer, err)
	}
	e := a.next()
	if e.Type != "slash_commands" || !e.Accepts {
		t.Errorf("got %s", e.Raw)
	}
	want(t, e.Payload, map[string]any{"command": "/test", "text": "K-1 <b> &", "user_id": anna, "user_name": "anna",
		"channel_id": room, "channel_name": "privategroup", "team_id": l.Team().ID, "team_domain": "example",
		"api_app_id": appID, "is_enterprise_install": "false", "token": verification})
	if !strings.HasPrefix(str(e.Payload, "response_url"), l.URL()) || str(e.Payload, "trigger_id") == "" {
		t.Errorf("got %s", e.Raw)
	}
	_, err = l.As(cleo).Slash(l.ctx, lobby, "/test", "")
	wantErr(t, err, ErrNotThere)
	noError(t, l.Join(cleo, lobby))
	_, err = l.As(cleo).Slash(l.ctx, lobby, "/test", "") // guests may
	noError(t, err)
	want(t, a.next().Payload, map[string]any{"channel_name": "lobby"})
	l.clean()
}

func TestUser_slashAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		ack     any
		text    string
		err     error
		whisper int
		posted  int
	}{
		{"nothing", nil, "", nil, 0, 0},
		{"empty object", map[string]any{}, "", nil, 0, 0},
		{"text", map[string]any{"text": "no"}, "no", nil, 1, 0},
		{"to all", map[string]any{"text": "yes", "response_type": "in_channel"}, "yes", nil, 0, 1},
		{"not a message", "text", "", ErrTrouble, 0, 0},
		{"refused blocks", map[string]any{"text": "x", "blocks": []any{map[string]any{"type": "nonsense"}}}, "", ErrTrouble, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			l.connect(func(received) any { return c.ack })
			answer, err := l.As(anna).Slash(l.ctx, room, "/test", "")
			if !errors.Is(err, c.err) || answer.Text != c.text {
				t.Errorf("got %+v, %v", answer, err)
			}
			if len(l.As(anna).Ephemerals(room)) != c.whisper || len(l.Messages(room)) != c.posted {
				t.Errorf("got %+v and %+v", l.As(anna).Ephemerals(room), l.Messages(room))
			}
			if (len(l.Complaints()) > 0) != (c.err != nil) {
				t.Errorf("complaints: %q", l.Complaints())
			}
		})
	}
}

func TestUser_gesturesThatNobodyCanMake(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(nil)
	noError(t, l.Deactivate(bram))
	noError(t, l.AddChannel(Channel{ID: "C0OLD", Name: "old", Archived: true, Members: []string{anna}}))
	ts := l.post(room, "x", "blocks", sectionBlocks)
	dm := l.As(anna).DM()
	for name, gesture := range map[string]func() error{
		"unknown command":          func() error { _, err := l.As(anna).Slash(l.ctx, room, "/other", ""); return err },
		"in another's channel":     func() error { _, err := l.As(anna).Slash(l.ctx, vault, "/test", ""); return err },
		"in no channel":            func() error { _, err := l.As(anna).Slash(l.ctx, "C0NONE", "/test", ""); return err },
		"in an archived channel":   func() error { _, err := l.As(anna).Slash(l.ctx, "C0OLD", "/test", ""); return err },
		"in read-only messages":    func() error { _, err := l.As(anna).Slash(l.ctx, dm, "/test", ""); return err },
		"deactivated":              func() error { _, err := l.As(bram).Slash(l.ctx, room, "/test", ""); return err },
		"nobody":                   func() error { _, err := l.As("U0NOBODY").Slash(l.ctx, room, "/test", ""); return err },
		"a bot":                    func() error { return l.As(botUserID).Shortcut(l.ctx, "go_global") },
		"unknown shortcut":         func() error { return l.As(anna).Shortcut(l.ctx, "on_message") },
		"unknown message shortcut": func() error { return l.As(anna).MessageShortcut(l.ctx, "go_global", room, ts) },
		"shortcut on no message":   func() error { return l.As(anna).MessageShortcut(l.ctx, "on_message", room, "1.1") },
		"shortcut elsewhere":       func() error { return l.As(cleo).MessageShortcut(l.ctx, "on_message", room, ts) },
		"click on nothing":         func() error { return l.As(anna).Click(l.ctx, room, ts, "go", "") },
		"click on no message":      func() error { return l.As(anna).Click(l.ctx, room, "1.1", "go", "") },
		"click elsewhere":          func() error { return l.As(cleo).Click(l.ctx, room, ts, "go", "") },
		"click in no view":         func() error { return l.As(anna).ClickView(l.ctx, "V0NONE", "go", "") },
		"type in no view":          func() error { _, err := l.As(anna).Type(l.ctx, "V0NONE", nil); return err },
		"submit no view":           func() error { _, err := l.As(anna).Submit(l.ctx, "V0NONE", nil); return err },
		"close no view":            func() error { return l.As(anna).CloseView(l.ctx, "V0NONE") },
		"deactivated Home":         func() error { return l.As(bram).OpenHome(l.ctx) },
		"post nothing":             func() error { _, err := l.As(anna).Post(l.ctx, room, "", "  "); return err },
		"post elsewhere":           func() error { _, err := l.As(anna).Post(l.ctx, vault, "", "x"); return err },
		"post in read-only":        func() error { _, err := l.As(anna).Post(l.ctx, dm, "", "x"); return err },
		"reply to nothing":         func() error { _, err := l.As(anna).Post(l.ctx, room, "1.1", "x"); return err },
		"delete another's":         func() error { return l.As(anna).Delete(l.ctx, room, ts) },
		"delete elsewhere":         func() error { return l.As(cleo).Delete(l.ctx, room, ts) },
	} {
		if err := gesture(); !errors.Is(err, ErrNotThere) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestUser_globalShortcutPayload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	noError(t, l.As(anna).Shortcut(l.ctx, "go_global"))
	e := a.next()
	want(t, e.Payload, map[string]any{"type": "shortcut", "callback_id": "go_global", "user.id": anna, "user.team_id": l.Team().ID,
		"team.domain": "example", "channel": nil, "response_url": nil, "is_enterprise_install": false})
	if e.Type != "interactive" || str(e.Payload, "trigger_id") == "" || str(e.Payload, "action_ts") == "" {
		t.Errorf("got %s", e.Raw)
	}
}

func TestUser_messageShortcutPayload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	root, err := l.As(bram).Post(l.ctx, room, "", "root")
	noError(t, err)
	ts, err := l.As(bram).Post(l.ctx, room, root, "1 < 2 & <!channel>")
	noError(t, err)
	noError(t, l.As(anna).MessageShortcut(l.ctx, "on_message", room, ts))
	want(t, a.next().Payload, map[string]any{"type": "message_action", "callback_id": "on_message", "user.id": anna,
		"message_ts": ts, "message.ts": ts, "message.user": bram, "message.thread_ts": root,
		"message.text":          "1 &lt; 2 &amp; &lt;!channel&gt;",
		"message.blocks.0.type": "rich_text",
		"message.blocks.0.elements.0.elements.0.text": "1 < 2 & <!channel>",
		"channel.id": room, "channel.name": "privategroup"})
}

func TestUser_openHome(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	noError(t, l.As(anna).OpenHome(l.ctx))
	e := a.next()
	want(t, e.Payload, map[string]any{"type": "event_callback", "event.type": "app_home_opened", "event.user": anna,
		"event.channel": l.As(anna).DM(), "event.tab": "home", "event.view": nil, "team_id": l.Team().ID})
	wantOK(t, l.call("views.publish", "user_id", anna, "view", homeTab))
	noError(t, l.As(anna).OpenHome(l.ctx))
	want(t, a.next().Payload, map[string]any{"event.view.callback_id": "home"})
}

func TestUser_postAndDelete(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root, err := l.As(anna).Post(l.ctx, room, "", "root")
	noError(t, err)
	_, err = l.As(bram).Post(l.ctx, room, root, "reply")
	noError(t, err)
	wantTexts(t, l.Thread(room, root), "reply")
	noError(t, l.As(anna).Delete(l.ctx, room, root))
	_, err = l.As(anna).Post(l.ctx, room, root, "late")
	wantErr(t, err, ErrNotThere)
}

func TestUser_writingToTheBotWhenTheManifestLets(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withEdit("messages_tab_read_only_enabled: true", "messages_tab_read_only_enabled: false"))
	user := l.As(anna)
	_, err := user.Post(l.ctx, user.DM(), "", "hello")
	noError(t, err)
	wantTexts(t, user.DMs(), "hello")
	if l.MessagesReadOnly() {
		t.Error("read-only")
	}
}

func TestUser_closeView(t *testing.T) {
	t.Parallel()
	quiet := modal("quiet", textInput)
	told := strings.Replace(modal("told", textInput), `"callback_id"`, `"notify_on_close":true,"callback_id"`, 1)
	clearing := strings.Replace(told, `"callback_id"`, `"clear_on_close":true,"callback_id"`, 1)
	for _, c := range []struct {
		name        string
		first, then string
		left        int
		cleared     []any
	}{
		{"quiet", quiet, "", 0, nil},
		{"told", told, "", 0, []any{false}},
		{"back to the one under it", told, told, 1, []any{false}},
		{"the whole stack", told, clearing, 0, []any{true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			a := l.connect(nil)
			user := l.As(anna)
			id := l.open(c.first)
			if c.then != "" {
				id = str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(id), "view", c.then)), "view.id")
				wantErr(t, user.CloseView(l.ctx, user.Modals()[0].ID), ErrNotThere)
			}
			noError(t, user.CloseView(l.ctx, id))
			for _, cleared := range c.cleared {
				want(t, a.next().Payload, map[string]any{"type": "view_closed", "is_cleared": cleared, "view.callback_id": "told", "trigger_id": nil})
			}
			a.none()
			if n := len(user.Modals()); n != c.left {
				t.Errorf("%d modals left", n)
			}
		})
	}
}

func TestAwait_everything(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	user := l.As(anna)
	var app sync.WaitGroup
	defer app.Wait()
	app.Go(func() {
		l.call("chat.postMessage", "channel", room, "text", "noise")
		l.call("chat.postMessage", "channel", room, "text", "root")
		l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "psst")
		l.call("views.publish", "user_id", anna, "view", homeTab)
		l.call("views.open", "trigger_id", l.trigger(), "view", modal("m", textInput))
	})
	m, err := l.AwaitMessage(l.ctx, room, func(m Message) bool { return m.Text == "root" })
	if err != nil || m.Text != "root" {
		t.Error(m, err)
	}
	m, err = user.AwaitEphemeral(l.ctx, room, func(m Message) bool { return true })
	if err != nil || m.Text != "psst" {
		t.Error(m, err)
	}
	v, err := user.AwaitView(l.ctx, func(v View) bool { return v.CallbackID == "home" })
	if err != nil || v.Type != "home" {
		t.Error(v, err)
	}
	v, err = user.AwaitModal(l.ctx, "m")
	if err != nil || v.CallbackID != "m" {
		t.Error(v, err)
	}
	soon, cancel := context.WithTimeout(l.ctx, time.Millisecond)
	defer cancel()
	_, err = user.AwaitModal(soon, "another")
	wantErr(t, err, context.DeadlineExceeded)
	_, err = l.AwaitMessage(soon, "C0NONE", func(Message) bool { return true })
	wantErr(t, err, context.DeadlineExceeded)
}

func TestAwait_findsReplies(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	l.post(room, "reply", "thread_ts", root)
	m, err := l.AwaitMessage(l.ctx, room, func(m Message) bool { return m.ThreadTS == root && m.TS != root })
	if err != nil || m.Text != "reply" {
		t.Error(m, err)
	}
}

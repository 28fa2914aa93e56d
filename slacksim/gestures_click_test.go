package slacksim

import (
	"strings"
	"testing"
)

func TestClicks_payload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	root := l.post(room, "root")
	ts := l.post(room, "case", "blocks", clickBlocks, "thread_ts", root, "metadata", caseKey)
	noError(t, l.As(anna).Click(l.ctx, room, ts, "go", ""))
	e := a.next()
	want(t, e.Payload, map[string]any{"type": "block_actions", "user.id": anna, "channel.id": room, "channel.name": "privategroup",
		"container.type": "message", "container.message_ts": ts, "container.channel_id": room, "container.thread_ts": root,
		"container.is_ephemeral": false, "message.ts": ts, "message.text": "case", "message.blocks.1.type": "actions",
		"message.bot_id": botID, "message.thread_ts": root, "message.metadata": nil, "view": nil,
		"actions.0.type": "button", "actions.0.action_id": "go", "actions.0.block_id": "acts", "actions.0.value": "1",
		"actions.0.text.text": "Go 1", "actions.0.style": "primary",
		"state.values.acts.more.selected_option": nil, "state.values.acts.day.selected_date": "2026-01-31",
		"state.values.s.who.selected_user": nil, "state.values.acts.go": nil, "state.values.acts.menu": nil})
	if str(e.Payload, "response_url") == "" || str(e.Payload, "trigger_id") == "" || str(e.Payload, "actions.0.action_ts") == "" {
		t.Errorf("got %s", e.Raw)
	}
	l.clean()
}

func TestClicks_choices(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := l.post(room, "case", "blocks", clickBlocks)
	for _, c := range []struct{ action, value, path, got string }{
		{"more", "b", "actions.0.selected_option.value", "b"},
		{"more", "b", "state.values.acts.more.selected_option.value", "b"},
		{"menu", "a", "actions.0.selected_option.value", "a"},
		{"day", "2026-02-01", "actions.0.selected_date", "2026-02-01"},
		{"day", "2026-02-01", "state.values.acts.day.selected_date", "2026-02-01"},
		{"boxes", "a,b", "actions.0.selected_options.1.value", "b"},
		{"who", bram, "actions.0.selected_user", bram},
		{"go", "1", "actions.0.value", "1"},
		{"go2", "", "actions.0.text.text", "Go 2"},
	} {
		noError(t, l.As(anna).Click(l.ctx, room, ts, c.action, c.value))
		want(t, a.next().Payload, map[string]any{c.path: c.got})
	}
	for _, c := range []struct{ action, value string }{
		{"more", "c"}, {"menu", "b"}, {"go", "2"}, {"day", "tomorrow"}, {"boxes", "c"}, {"nothing", ""},
	} {
		wantErr(t, l.As(anna).Click(l.ctx, room, ts, c.action, c.value), ErrNotThere)
	}
	a.none()
}

func TestClicks_inEphemeral(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := str(wantOK(t, l.call("chat.postEphemeral", "channel", room, "user", anna, "text", "x", "blocks", clickBlocks)), "message_ts")
	wantErr(t, l.As(bram).Click(l.ctx, room, ts, "go", ""), ErrNotThere)
	noError(t, l.As(anna).Click(l.ctx, room, ts, "go", ""))
	e := a.next()
	want(t, e.Payload, map[string]any{"container.is_ephemeral": true, "message": nil})
	l.postTo(str(e.Payload, "response_url"), `{"delete_original":true}`, 200, "")
	if len(l.As(anna).Ephemerals(room)) != 0 {
		t.Error("still there")
	}
}

func TestClicks_inHome(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := str(wantOK(t, l.call("views.publish", "user_id", anna, "view", homeTab)), "view.id")
	a := l.connect(l.opens(modal("m", textInput)))
	noError(t, l.As(anna).ClickView(l.ctx, id, "go", ""))
	want(t, a.next().Payload, map[string]any{"type": "block_actions", "container.type": "view", "container.view_id": id,
		"view.id": id, "view.type": "home", "actions.0.value": "1", "response_url": nil, "message": nil})
	if v, ok := l.As(anna).Modal(); !ok || v.CallbackID != "m" {
		t.Errorf("no modal from a Home tab: %+v", l.Calls())
	}
	wantErr(t, l.As(bram).ClickView(l.ctx, id, "go", ""), ErrNotThere)
}

func TestClicks_inModalCarriesTheState(t *testing.T) {
	t.Parallel()
	button := `{"type":"actions","block_id":"acts","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}`
	dispatching := `{"type":"input","block_id":"kind","dispatch_action":true,"label":{"type":"plain_text","text":"Kind"},"element":` + selectInput + `}`
	l := newSimTest(t)
	a, user, v := l.opened(strings.Replace(modal("m", textInput, dispatching), `"blocks":[`, `"blocks":[`+button+`,`, 1), nil)
	if _, err := user.Type(l.ctx, v.ID, Values{"b0": "typed"}); err != nil {
		t.Fatal(err)
	}
	noError(t, user.ClickView(l.ctx, v.ID, "go", ""))
	want(t, a.next().Payload, map[string]any{"view.state.values.b0.value.value": "typed", "view.hash": v.Hash,
		"view.root_view_id": v.ID, "actions.0.action_id": "go", "view.private_metadata": "meta"})
	wantErr(t, user.ClickView(l.ctx, v.ID, "value", "nonsense"), ErrNotThere)
	v, _ = user.Modal()
	if !strings.Contains(string(v.Raw), `"typed"`) {
		t.Errorf("the copy lacks the state: %s", v.Raw)
	}
	l.clean()
}

func TestClicks_dispatchedInput(t *testing.T) {
	t.Parallel()
	dispatching := `{"type":"input","block_id":"kind","dispatch_action":true,"label":{"type":"plain_text","text":"Kind"},
		"element":{"type":"static_select","action_id":"choose","options":[` + optionA + `,` + optionB + `]}}`
	l := newSimTest(t)
	a, user, v := l.opened(modal("m", textInput, dispatching), nil)
	noError(t, user.ClickView(l.ctx, v.ID, "choose", "b"))
	want(t, a.next().Payload, map[string]any{"actions.0.type": "static_select", "actions.0.selected_option.value": "b",
		"actions.0.block_id": "kind", "view.state.values.kind.choose.selected_option.value": "b"})
	wantErr(t, user.ClickView(l.ctx, v.ID, "value", "x"), ErrNotThere) // dispatches nothing
	a.none()
}

func TestClicks_inDirectMessage(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	r := wantOK(t, l.call("chat.postMessage", "channel", anna, "text", "nudge", "blocks", clickBlocks))
	noError(t, l.As(anna).Click(l.ctx, str(r, "channel"), str(r, "ts"), "go", ""))
	want(t, a.next().Payload, map[string]any{"channel.id": l.As(anna).DM(), "channel.name": "directmessage"})
	wantErr(t, l.As(bram).Click(l.ctx, str(r, "channel"), str(r, "ts"), "go", ""), ErrNotThere)
}

func TestClicks_pickInHome(t *testing.T) {
	t.Parallel()
	picker := `{"type":"home","blocks":[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"x"},
		"accessory":{"type":"static_select","action_id":"pick","options":[` + optionA + `]}},
		{"type":"input","block_id":"search","label":{"type":"plain_text","text":"Search"},"element":` + textInput + `}]}`
	l := newSimTest(t)
	a := l.connect(nil)
	id := str(wantOK(t, l.call("views.publish", "user_id", anna, "view", picker)), "view.id")
	changes, stop := l.Subscribe()
	defer stop()
	user := l.As(anna)
	if complaints, err := user.Type(l.ctx, id, Values{"search": "x"}); err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	if c := <-changes; c != (Change{Person: anna, Kind: ChangeHome}) {
		t.Errorf("got %+v", c)
	}
	noError(t, user.ClickView(l.ctx, id, "pick", "a"))
	want(t, a.next().Payload, map[string]any{"view.state.values.s.pick.selected_option.value": "a",
		"view.state.values.search.value.value": "x", "actions.0.selected_option.value": "a"})
	if _, err := user.Type(l.ctx, id, Values{"nonsense": "x"}); err == nil {
		t.Error("typed into a block that is not there")
	}
}

func TestClicks_blocksWithoutIDsCanBeClicked(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := l.post(room, "x", "blocks", `[{"type":"context","elements":[{"type":"mrkdwn","text":"x"}]},
		{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Go"},"value":"1"}]}]`)
	m, _ := l.Message(room, ts)
	el := interactiveElements(m.Blocks)
	if len(el) != 1 || el[0].blockID == "" || el[0].actionID == "" {
		t.Fatalf("got %s", m.Blocks)
	}
	noError(t, l.As(anna).Click(l.ctx, room, ts, el[0].actionID, ""))
	want(t, a.next().Payload, map[string]any{"actions.0.block_id": el[0].blockID, "message.blocks.0.elements.0.action_id": nil})
	if _, ok := l.Message(room, "1.1"); ok {
		t.Error("found a message that is not there")
	}
}

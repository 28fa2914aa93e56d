package user_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestClicks_payload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	root := l.Post(simtest.Room, "root")
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks, "thread_ts", root, "metadata", simtest.CaseKey)
	simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, "go", ""))
	e := a.Next()
	simtest.Want(t, e.Payload, map[string]any{"type": "block_actions", "user.id": simtest.Anna, "channel.id": simtest.Room, "channel.name": "privategroup",
		"container.type": "message", "container.message_ts": ts, "container.channel_id": simtest.Room, "container.thread_ts": root,
		"container.is_ephemeral": false, "message.ts": ts, "message.text": "case", "message.blocks.1.type": "actions",
		"message.bot_id": workspace.BotID, "message.thread_ts": root, "message.metadata": nil, "view": nil,
		"actions.0.type": "button", "actions.0.action_id": "go", "actions.0.block_id": "acts", "actions.0.value": "1",
		"actions.0.text.text": "Go 1", "actions.0.style": "primary",
		"state.values.acts.more.selected_option": nil, "state.values.acts.day.selected_date": "2026-01-31",
		"state.values.s.who.selected_user": nil, "state.values.acts.go": nil, "state.values.acts.menu": nil})
	if simtest.Str(e.Payload, "response_url") == "" || simtest.Str(e.Payload, "trigger_id") == "" || simtest.Str(e.Payload, "actions.0.action_ts") == "" {
		t.Errorf("got %s", e.Raw)
	}
	l.Clean()
}

func TestClicks_choices(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks)
	for _, c := range []struct{ action, value, path, got string }{
		{"more", "b", "actions.0.selected_option.value", "b"},
		{"more", "a", "state.values.acts.more.selected_option.value", "a"},
		{"menu", "a", "actions.0.selected_option.value", "a"},
		{"day", "2026-02-01", "actions.0.selected_date", "2026-02-01"},
		{"day", "2026-02-01", "state.values.acts.day.selected_date", "2026-02-01"},
		{"boxes", "a,b", "actions.0.selected_options.1.value", "b"},
		{"who", simtest.Bram, "actions.0.selected_user", simtest.Bram},
		{"go", "1", "actions.0.value", "1"},
		{"go2", "", "actions.0.text.text", "Go 2"},
	} {
		simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, c.action, c.value))
		simtest.Want(t, a.Next().Payload, map[string]any{c.path: c.got})
	}
	for _, c := range []struct{ action, value string }{
		{"more", "c"}, {"menu", "b"}, {"go", "2"}, {"day", "tomorrow"}, {"boxes", "c"}, {"nothing", ""},
	} {
		simtest.WantErr(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, c.action, c.value), workspace.ErrNotThere)
	}
	a.None()
}

func TestClicks_inEphemeral(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := simtest.Str(simtest.WantOK(t, l.Call("chat.postEphemeral", "channel", simtest.Room, "user", simtest.Anna, "text", "x", "blocks", simtest.ClickBlocks)), "message_ts")
	simtest.WantErr(t, l.As(simtest.Bram).Click(l.Ctx, simtest.Room, ts, "go", ""), workspace.ErrNotThere)
	simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, "go", ""))
	e := a.Next()
	simtest.Want(t, e.Payload, map[string]any{"container.is_ephemeral": true, "message": nil})
	l.PostTo(simtest.Str(e.Payload, "response_url"), `{"delete_original":true}`, 200, "")
	if len(l.As(simtest.Anna).Ephemerals(simtest.Room)) != 0 {
		t.Error("still there")
	}
}

func TestClicks_inHome(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab)), "view.id")
	a := l.Connect(l.Opens(simtest.Modal("m", simtest.TextInput)))
	simtest.NoError(t, l.As(simtest.Anna).ClickView(l.Ctx, id, "go", ""))
	simtest.Want(t, a.Next().Payload, map[string]any{"type": "block_actions", "container.type": "view", "container.view_id": id,
		"view.id": id, "view.type": "home", "actions.0.value": "1", "response_url": nil, "message": nil})
	if v, ok := l.As(simtest.Anna).Modal(); !ok || v.CallbackID != "m" {
		t.Errorf("no modal from a Home tab: %+v", l.Calls())
	}
	simtest.WantErr(t, l.As(simtest.Bram).ClickView(l.Ctx, id, "go", ""), workspace.ErrNotThere)
}

func TestClicks_inModalCarriesTheState(t *testing.T) {
	t.Parallel()
	button := `{"type":"actions","block_id":"acts","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}`
	dispatching := `{"type":"input","block_id":"kind","dispatch_action":true,"label":{"type":"plain_text","text":"Kind"},"element":` + simtest.SelectInput + `}`
	l := simtest.New(t)
	a, u, v := l.Opened(strings.Replace(simtest.Modal("m", simtest.TextInput, dispatching), `"blocks":[`, `"blocks":[`+button+`,`, 1), nil)
	if _, err := u.Type(l.Ctx, v.ID, user.Values{"b0": "typed"}); err != nil {
		t.Fatal(err)
	}
	simtest.NoError(t, u.ClickView(l.Ctx, v.ID, "go", ""))
	simtest.Want(t, a.Next().Payload, map[string]any{"view.state.values.b0.value.value": "typed", "view.hash": v.Hash,
		"view.root_view_id": v.ID, "actions.0.action_id": "go", "view.private_metadata": "meta"})
	simtest.WantErr(t, u.ClickView(l.Ctx, v.ID, "value", "nonsense"), workspace.ErrNotThere)
	v, _ = u.Modal()
	if !strings.Contains(string(v.Raw), `"typed"`) {
		t.Errorf("the copy lacks the state: %s", v.Raw)
	}
	l.Clean()
}

func TestClicks_dispatchedInput(t *testing.T) {
	t.Parallel()
	dispatching := `{"type":"input","block_id":"kind","dispatch_action":true,"label":{"type":"plain_text","text":"Kind"},
		"element":{"type":"static_select","action_id":"choose","options":[` + simtest.OptionA + `,` + simtest.OptionB + `]}}`
	l := simtest.New(t)
	a, u, v := l.Opened(simtest.Modal("m", simtest.TextInput, dispatching), nil)
	simtest.NoError(t, u.ClickView(l.Ctx, v.ID, "choose", "b"))
	simtest.Want(t, a.Next().Payload, map[string]any{"actions.0.type": "static_select", "actions.0.selected_option.value": "b",
		"actions.0.block_id": "kind", "view.state.values.kind.choose.selected_option.value": "b"})
	simtest.WantErr(t, u.ClickView(l.Ctx, v.ID, "value", "x"), workspace.ErrNotThere) // dispatches nothing
	a.None()
}

func TestClicks_inDirectMessage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	r := simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Anna, "text", "nudge", "blocks", simtest.ClickBlocks))
	simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Str(r, "channel"), simtest.Str(r, "ts"), "go", ""))
	simtest.Want(t, a.Next().Payload, map[string]any{"channel.id": l.As(simtest.Anna).DM(), "channel.name": "directmessage"})
	simtest.WantErr(t, l.As(simtest.Bram).Click(l.Ctx, simtest.Str(r, "channel"), simtest.Str(r, "ts"), "go", ""), workspace.ErrNotThere)
}

func TestClicks_pickInHome(t *testing.T) {
	t.Parallel()
	picker := `{"type":"home","blocks":[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"x"},
		"accessory":{"type":"static_select","action_id":"pick","options":[` + simtest.OptionA + `]}},
		{"type":"input","block_id":"search","label":{"type":"plain_text","text":"Search"},"element":` + simtest.TextInput + `}]}`
	l := simtest.New(t)
	a := l.Connect(nil)
	id := simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", picker)), "view.id")
	changes, stop := l.Subscribe()
	defer stop()
	u := l.As(simtest.Anna)
	if complaints, err := u.Type(l.Ctx, id, user.Values{"search": "x"}); err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	if c := <-changes; c != (workspace.Change{Person: simtest.Anna, Kind: workspace.ChangeHome}) {
		t.Errorf("got %+v", c)
	}
	simtest.NoError(t, u.ClickView(l.Ctx, id, "pick", "a"))
	simtest.Want(t, a.Next().Payload, map[string]any{"view.state.values.s.pick.selected_option.value": "a",
		"view.state.values.search.value.value": "x", "actions.0.selected_option.value": "a"})
	if _, err := u.Type(l.Ctx, id, user.Values{"nonsense": "x"}); err == nil {
		t.Error("typed into a block that is not there")
	}
}

func TestClicks_blocksWithoutIDsCanBeClicked(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := l.Post(simtest.Room, "x", "blocks", `[{"type":"context","elements":[{"type":"mrkdwn","text":"x"}]},
		{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Go"},"value":"1"}]}]`)
	m, _ := l.Message(simtest.Room, ts)
	el := blockkit.Elements(m.Blocks)
	if len(el) != 1 || el[0].BlockID == "" || el[0].ActionID == "" {
		t.Fatalf("got %s", m.Blocks)
	}
	simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, el[0].ActionID, ""))
	simtest.Want(t, a.Next().Payload, map[string]any{"actions.0.block_id": el[0].BlockID, "message.blocks.0.elements.0.action_id": nil})
	if _, ok := l.Message(simtest.Room, "1.1"); ok {
		t.Error("found a message that is not there")
	}
}

// TestClicks_stickyInMessage: what was picked stays on that person's screen, and
// picking it again sends nothing, until the block has another id. What was posted as
// picked sticks, too; an overflow menu, a button and another person's pick don't.
func TestClicks_stickyInMessage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	anna, bram := l.As(simtest.Anna), l.As(simtest.Bram)
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks)
	for _, action := range []string{"more", "menu", "menu", "go", "go"} {
		simtest.NoError(t, anna.Click(l.Ctx, simtest.Room, ts, action, map[string]string{"more": "b", "menu": "a"}[action]))
		a.Next()
	}
	simtest.WantErr(t, anna.Click(l.Ctx, simtest.Room, ts, "more", "b"), user.ErrShowsAlready)
	a.None()
	simtest.NoError(t, bram.Click(l.Ctx, simtest.Room, ts, "more", "b"))
	a.Next()
	simtest.NoError(t, anna.Click(l.Ctx, simtest.Room, ts, "go", ""))
	simtest.Want(t, a.Next().Payload, map[string]any{"state.values.acts.more.selected_option.value": "b"})

	edit := func(blocks string) {
		simtest.WantOK(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "case", "blocks", blocks))
	}
	edit(strings.ReplaceAll(simtest.ClickBlocks, "Go 1", "Go on")) // the same block
	simtest.WantErr(t, anna.Click(l.Ctx, simtest.Room, ts, "more", "b"), user.ErrShowsAlready)
	edit(strings.ReplaceAll(simtest.ClickBlocks, `"acts"`, `"acts.2"`))
	simtest.NoError(t, anna.Click(l.Ctx, simtest.Room, ts, "more", "b"))
	a.Next()
	edit(simtest.ClickBlocks) // what another block held is forgotten
	simtest.NoError(t, anna.Click(l.Ctx, simtest.Room, ts, "more", "b"))
	a.Next()
	edit(strings.Replace(simtest.ClickBlocks, `"action_id":"more",`, `"action_id":"more","initial_option":`+simtest.OptionA+`,`, 1))
	edit(strings.Replace(strings.ReplaceAll(simtest.ClickBlocks, `"acts"`, `"acts.3"`), `"action_id":"more",`, `"action_id":"more","initial_option":`+simtest.OptionA+`,`, 1))
	simtest.WantErr(t, anna.Click(l.Ctx, simtest.Room, ts, "more", "a"), user.ErrShowsAlready)
	a.None()
}

// TestClicks_stickyInViews: the same in a Home tab and a modal, over an update that
// keeps the block.
func TestClicks_stickyInViews(t *testing.T) {
	t.Parallel()
	picker := func(block string) string {
		return `{"type":"home","blocks":[{"type":"section","block_id":"` + block + `","text":{"type":"mrkdwn","text":"x"},
			"accessory":{"type":"static_select","action_id":"pick","options":[` + simtest.OptionA + `,` + simtest.OptionB + `]}}]}`
	}
	l := simtest.New(t)
	a := l.Connect(nil)
	anna := l.As(simtest.Anna)
	shown := func(block string) string {
		return simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", picker(block))), "view.id")
	}
	id := shown("s")
	simtest.NoError(t, anna.ClickView(l.Ctx, id, "pick", "a"))
	a.Next()
	id = shown("s")
	simtest.WantErr(t, anna.ClickView(l.Ctx, id, "pick", "a"), user.ErrShowsAlready)
	simtest.NoError(t, anna.ClickView(l.Ctx, id, "pick", "b"))
	a.Next()
	id = shown("s.2")
	simtest.NoError(t, anna.ClickView(l.Ctx, id, "pick", "b"))
	a.Next()
	a.None()
}

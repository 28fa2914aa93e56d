package webapi_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestViews_triggers(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := simtest.Modal("m", simtest.TextInput)
	open := func(id string) wire.Reply { return l.Call("views.open", "trigger_id", id, "view", view) }
	once := l.Trigger()
	simtest.WantOK(t, open(once))
	simtest.WantRefusal(t, open(once), "exchanged_trigger_id")
	simtest.WantRefusal(t, open("1.2.abc"), "invalid_trigger_id")
	simtest.WantRefusal(t, open("nonsense"), "invalid_trigger_id")
	late, justInTime := l.Trigger(), l.Trigger()
	l.Clock.Advance(3 * time.Second)
	simtest.WantOK(t, open(justInTime))
	l.Clock.Advance(time.Millisecond)
	simtest.WantRefusal(t, open(late), "expired_trigger_id")
}

func TestViews_refusedViewDoesNotUseTheTrigger(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := l.Trigger()
	simtest.WantRefusal(t, l.Call("views.open", "trigger_id", id, "view", `{"type":"modal"}`), "invalid_arguments")
	simtest.WantOK(t, l.Call("views.open", "trigger_id", id, "view", simtest.Modal("m", simtest.TextInput)))
}

func TestViews_openAnswers(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	r := simtest.WantOK(t, l.Call("views.open", "trigger_id", l.Trigger(), "view", simtest.Modal("m", simtest.TextInput, simtest.SelectInput)))
	id := simtest.Str(r, "view.id")
	simtest.Want(t, r, map[string]any{
		"view.type": "modal", "view.callback_id": "m", "view.private_metadata": "meta", "view.root_view_id": id,
		"view.previous_view_id": nil, "view.app_id": workspace.AppID, "view.bot_id": workspace.BotID, "view.external_id": "",
		"view.notify_on_close": false, "view.title.text": "Title", "view.submit.text": "Go", "view.close": nil,
		"view.state.values.b0.value.type": "plain_text_input", "view.state.values.b0.value.value": nil,
		"view.state.values.b1.value.selected_option": nil,
	})
	v, ok := l.View(id)
	if !ok || v.Hash != simtest.Str(r, "view.hash") || v.Person != simtest.Anna || v.CallbackID != "m" || v.PrivateMetadata != "meta" {
		t.Errorf("got %+v", v)
	}
}

func TestViews_stack(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := simtest.Modal("m", simtest.TextInput)
	first := l.Open(view)
	push := func(from string) wire.Reply {
		return l.Call("views.push", "trigger_id", l.TriggerIn(from), "view", view)
	}
	second := push(first)
	simtest.Want(t, simtest.WantOK(t, second), map[string]any{"view.root_view_id": first, "view.previous_view_id": first})
	third := simtest.WantOK(t, push(simtest.Str(second, "view.id")))
	simtest.Want(t, third, map[string]any{"view.root_view_id": first, "view.previous_view_id": simtest.Str(second, "view.id")})
	simtest.WantRefusal(t, push(simtest.Str(third, "view.id")), "push_limit_reached")
	simtest.WantRefusal(t, l.Call("views.open", "trigger_id", l.TriggerIn(first), "view", view), "push_limit_reached")
	if n := len(l.As(simtest.Anna).Modals()); n != 3 {
		t.Errorf("%d views on the stack", n)
	}
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", l.Trigger(), "view", view), "invalid_trigger_id")
	in := l.TriggerIn(first)
	l.Open(view) // a new stack takes the place of the old one
	if n := len(l.As(simtest.Anna).Modals()); n != 1 {
		t.Errorf("%d views on the stack", n)
	}
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", in, "view", view), "not_found")
}

func TestViews_update(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	external := strings.Replace(simtest.Modal("m", simtest.TextInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	id := l.Open(external)
	before, _ := l.View(id)
	view := simtest.Modal("updated", simtest.TextInput)
	r := simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", view, "hash", before.Hash))
	simtest.Want(t, r, map[string]any{"view.id": id, "view.callback_id": "updated"})
	if simtest.Str(r, "view.hash") == before.Hash {
		t.Error("the hash stayed")
	}
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "view", view, "hash", before.Hash), "hash_conflict")
	simtest.WantRefusal(t, l.Call("views.update", "external_id", "ext", "view", view), "not_found") // the update left it out
	simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", external))
	simtest.WantOK(t, l.Call("views.update", "external_id", "ext", "view", external))
	simtest.WantRefusal(t, l.Call("views.update", "view_id", "V0NONE", "view", view), "not_found")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "external_id", "ext", "view", view), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "view", "{}"), "invalid_arguments")
	simtest.NoError(t, l.As(simtest.Anna).CloseView(l.Ctx, id))
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "view", view), "not_found")
}

func TestViews_externalIDIsUnique(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := strings.Replace(simtest.Modal("m", simtest.TextInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	first := l.Open(view)
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", l.TriggerIn(first), "view", view), "duplicate_external_id")
	simtest.WantOK(t, l.Call("views.update", "view_id", first, "view", view))
}

func TestViews_updateKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	u := l.As(simtest.Anna)
	id := l.Open(simtest.Modal("m", simtest.TextInput, simtest.TextInput, simtest.SelectInput))
	complaints, err := u.Type(l.Ctx, id, user.Values{"b0": "typed", "b1": "going", "b2": "a"})
	if err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	withDefault := `{"type":"plain_text_input","action_id":"value","initial_value":"default"}`
	renamed := strings.Replace(simtest.TextInput, `"value"`, `"other"`, 1)
	r := simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", simtest.Modal("m", withDefault, renamed)))
	simtest.Want(t, r, map[string]any{
		"view.state.values.b0.value.value": "typed", // a new default does not replace it
		"view.state.values.b1.other.value": nil,     // another action id is another input
		"view.state.values.b1.value":       nil,
		"view.state.values.b2":             nil, // gone with its block
	})
	r = simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", simtest.Modal("m", simtest.SelectInput, simtest.TextInput, simtest.SelectInput)))
	simtest.Want(t, r, map[string]any{
		"view.state.values.b0.value.selected_option": nil, // another type is another input
		"view.state.values.b0.value.type":            "static_select",
		"view.state.values.b2.value.selected_option": nil, // hidden input was lost
	})
}

func TestViews_initialValuesAreState(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := l.Open(simtest.Modal("m", `{"type":"plain_text_input","action_id":"value","initial_value":"x"}`,
		`{"type":"static_select","action_id":"value","options":[`+simtest.OptionA+`],"initial_option":`+simtest.OptionA+`}`,
		`{"type":"datepicker","action_id":"value","initial_date":"2026-01-31"}`,
		`{"type":"checkboxes","action_id":"value","options":[`+simtest.OptionA+`]}`,
		`{"type":"users_select","action_id":"value"}`))
	v, _ := l.View(id)
	for block, state := range map[string]string{
		"b0": `{"type":"plain_text_input","value":"x"}`,
		"b2": `{"selected_date":"2026-01-31","type":"datepicker"}`,
		"b3": `{"selected_options":[],"type":"checkboxes"}`,
		"b4": `{"selected_user":null,"type":"users_select"}`,
	} {
		if got := string(v.State[block]["value"]); got != state {
			t.Errorf("%s: got %s, want %s", block, got, state)
		}
	}
	if !strings.Contains(string(v.State["b1"]["value"]), `"value":"a"`) {
		t.Errorf("got %s", v.State["b1"]["value"])
	}
}

func TestViews_publish(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	if _, ok := l.As(simtest.Anna).Home(); ok {
		t.Error("a Home tab before any was published")
	}
	first := simtest.WantOK(t, l.JSON("views.publish", map[string]any{"user_id": simtest.Anna, "view": simtest.HomeTab}))
	second := simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab, "hash", simtest.Str(first, "view.hash")))
	if simtest.Str(first, "view.id") != simtest.Str(second, "view.id") || simtest.Str(first, "view.hash") == simtest.Str(second, "view.hash") {
		t.Error("a Home tab keeps its id and changes its hash")
	}
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab, "hash", simtest.Str(first, "view.hash")), "hash_conflict")
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", "U0NOBODY", "view", simtest.HomeTab), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Anna), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.Modal("m", simtest.TextInput)), "invalid_arguments")
	if home, ok := l.As(simtest.Anna).Home(); !ok || home.Type != "home" || home.Person != simtest.Anna {
		t.Errorf("got %+v", home)
	}
	if _, ok := l.As(simtest.Bram).Home(); ok {
		t.Error("bram has anna's Home tab")
	}
}

func TestViews_publishNeedsHomeTab(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, simtest.WithEdit("home_tab_enabled: true", "home_tab_enabled: false"))
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab), "not_enabled")
	if err := l.As(simtest.Anna).OpenHome(l.Ctx); err == nil {
		t.Error("opened a Home tab that is not there")
	}
}

func TestViews_fileInputNeedsScope(t *testing.T) {
	t.Parallel()
	view := simtest.Modal("m", `{"type":"file_input","action_id":"value"}`)
	l := simtest.New(t, simtest.WithScopes("commands", "users:read", "groups:read"))
	simtest.Want(t, simtest.WantRefusal(t, l.Call("views.open", "trigger_id", l.Trigger(), "view", view), "missing_scope"), map[string]any{"needed": "files:read"})
	simtest.New(t).Open(view)
}

func TestViews_argumentsMissing(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	for _, method := range []string{"views.open", "views.push"} {
		simtest.Want(t, simtest.WantRefusal(t, l.Call(method, "trigger_id", l.Trigger()), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: view"})
	}
}

// A view that is submitted, updated and clicked from many sides stays whole.
func TestViews_underConcurrentUse(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(nil)
	u, id := l.As(simtest.Anna), l.Open(simtest.Modal("m", simtest.TextInput, simtest.TextInput))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			l.Call("views.update", "view_id", id, "view", simtest.Modal("m", simtest.TextInput, simtest.TextInput))
		})
		all.Go(func() {
			if _, err := u.Type(l.Ctx, id, user.Values{"b0": "x", "b1": "y"}); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { u.Modals() })
	}
	all.Wait()
	got, err := u.Submit(l.Ctx, id, nil)
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

package slacksim

import (
	"strings"
	"sync"
	"testing"
	"time"
)

func TestViews_triggers(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := modal("m", textInput)
	open := func(id string) reply { return l.call("views.open", "trigger_id", id, "view", view) }
	once := l.trigger()
	wantOK(t, open(once))
	wantRefusal(t, open(once), "exchanged_trigger_id")
	wantRefusal(t, open("1.2.abc"), "invalid_trigger_id")
	wantRefusal(t, open("nonsense"), "invalid_trigger_id")
	late, justInTime := l.trigger(), l.trigger()
	l.clock.advance(3 * time.Second)
	wantOK(t, open(justInTime))
	l.clock.advance(time.Millisecond)
	wantRefusal(t, open(late), "expired_trigger_id")
}

func TestViews_refusedViewDoesNotUseTheTrigger(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := l.trigger()
	wantRefusal(t, l.call("views.open", "trigger_id", id, "view", `{"type":"modal"}`), "invalid_arguments")
	wantOK(t, l.call("views.open", "trigger_id", id, "view", modal("m", textInput)))
}

func TestViews_openAnswers(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	r := wantOK(t, l.call("views.open", "trigger_id", l.trigger(), "view", modal("m", textInput, selectInput)))
	id := str(r, "view.id")
	want(t, r, map[string]any{
		"view.type": "modal", "view.callback_id": "m", "view.private_metadata": "meta", "view.root_view_id": id,
		"view.previous_view_id": nil, "view.app_id": appID, "view.bot_id": botID, "view.external_id": "",
		"view.notify_on_close": false, "view.title.text": "Title", "view.submit.text": "Go", "view.close": nil,
		"view.state.values.b0.value.type": "plain_text_input", "view.state.values.b0.value.value": nil,
		"view.state.values.b1.value.selected_option": nil,
	})
	v, ok := l.View(id)
	if !ok || v.Hash != str(r, "view.hash") || v.Person != anna || v.CallbackID != "m" || v.PrivateMetadata != "meta" {
		t.Errorf("got %+v", v)
	}
}

func TestViews_stack(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := modal("m", textInput)
	first := l.open(view)
	push := func(from string) reply { return l.call("views.push", "trigger_id", l.triggerIn(from), "view", view) }
	second := push(first)
	want(t, wantOK(t, second), map[string]any{"view.root_view_id": first, "view.previous_view_id": first})
	third := wantOK(t, push(str(second, "view.id")))
	want(t, third, map[string]any{"view.root_view_id": first, "view.previous_view_id": str(second, "view.id")})
	wantRefusal(t, push(str(third, "view.id")), "push_limit_reached")
	wantRefusal(t, l.call("views.open", "trigger_id", l.triggerIn(first), "view", view), "push_limit_reached")
	if n := len(l.As(anna).Modals()); n != 3 {
		t.Errorf("%d views on the stack", n)
	}
	wantRefusal(t, l.call("views.push", "trigger_id", l.trigger(), "view", view), "invalid_trigger_id")
	in := l.triggerIn(first)
	l.open(view) // a new stack takes the place of the old one
	if n := len(l.As(anna).Modals()); n != 1 {
		t.Errorf("%d views on the stack", n)
	}
	wantRefusal(t, l.call("views.push", "trigger_id", in, "view", view), "not_found")
}

func TestViews_update(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	external := strings.Replace(modal("m", textInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	id := l.open(external)
	before, _ := l.View(id)
	view := modal("updated", textInput)
	r := wantOK(t, l.call("views.update", "view_id", id, "view", view, "hash", before.Hash))
	want(t, r, map[string]any{"view.id": id, "view.callback_id": "updated"})
	if str(r, "view.hash") == before.Hash {
		t.Error("the hash stayed")
	}
	wantRefusal(t, l.call("views.update", "view_id", id, "view", view, "hash", before.Hash), "hash_conflict")
	wantRefusal(t, l.call("views.update", "external_id", "ext", "view", view), "not_found") // the update left it out
	wantOK(t, l.call("views.update", "view_id", id, "view", external))
	wantOK(t, l.call("views.update", "external_id", "ext", "view", external))
	wantRefusal(t, l.call("views.update", "view_id", "V0NONE", "view", view), "not_found")
	wantRefusal(t, l.call("views.update", "view_id", id, "external_id", "ext", "view", view), "invalid_arguments")
	wantRefusal(t, l.call("views.update", "view_id", id), "invalid_arguments")
	wantRefusal(t, l.call("views.update", "view_id", id, "view", "{}"), "invalid_arguments")
	noError(t, l.As(anna).CloseView(l.ctx, id))
	wantRefusal(t, l.call("views.update", "view_id", id, "view", view), "not_found")
}

func TestViews_externalIDIsUnique(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := strings.Replace(modal("m", textInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	first := l.open(view)
	wantRefusal(t, l.call("views.push", "trigger_id", l.triggerIn(first), "view", view), "duplicate_external_id")
	wantOK(t, l.call("views.update", "view_id", first, "view", view))
}

func TestViews_updateKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	user := l.As(anna)
	id := l.open(modal("m", textInput, textInput, selectInput))
	complaints, err := user.Type(l.ctx, id, Values{"b0": "typed", "b1": "going", "b2": "a"})
	if err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	withDefault := `{"type":"plain_text_input","action_id":"value","initial_value":"default"}`
	renamed := strings.Replace(textInput, `"value"`, `"other"`, 1)
	r := wantOK(t, l.call("views.update", "view_id", id, "view", modal("m", withDefault, renamed)))
	want(t, r, map[string]any{
		"view.state.values.b0.value.value": "typed", // a new default does not replace it
		"view.state.values.b1.other.value": nil,     // another action id is another input
		"view.state.values.b1.value":       nil,
		"view.state.values.b2":             nil, // gone with its block
	})
	r = wantOK(t, l.call("views.update", "view_id", id, "view", modal("m", selectInput, textInput, selectInput)))
	want(t, r, map[string]any{
		"view.state.values.b0.value.selected_option": nil, // another type is another input
		"view.state.values.b0.value.type":            "static_select",
		"view.state.values.b2.value.selected_option": nil, // hidden input was lost
	})
}

func TestViews_initialValuesAreState(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := l.open(modal("m", `{"type":"plain_text_input","action_id":"value","initial_value":"x"}`,
		`{"type":"static_select","action_id":"value","options":[`+optionA+`],"initial_option":`+optionA+`}`,
		`{"type":"datepicker","action_id":"value","initial_date":"2026-01-31"}`,
		`{"type":"checkboxes","action_id":"value","options":[`+optionA+`]}`,
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
	l := newSimTest(t)
	if _, ok := l.As(anna).Home(); ok {
		t.Error("a Home tab before any was published")
	}
	first := wantOK(t, l.json("views.publish", map[string]any{"user_id": anna, "view": homeTab}))
	second := wantOK(t, l.call("views.publish", "user_id", anna, "view", homeTab, "hash", str(first, "view.hash")))
	if str(first, "view.id") != str(second, "view.id") || str(first, "view.hash") == str(second, "view.hash") {
		t.Error("a Home tab keeps its id and changes its hash")
	}
	wantRefusal(t, l.call("views.publish", "user_id", anna, "view", homeTab, "hash", str(first, "view.hash")), "hash_conflict")
	wantRefusal(t, l.call("views.publish", "user_id", "U0NOBODY", "view", homeTab), "invalid_arguments")
	wantRefusal(t, l.call("views.publish", "user_id", anna), "invalid_arguments")
	wantRefusal(t, l.call("views.publish", "user_id", anna, "view", modal("m", textInput)), "invalid_arguments")
	if home, ok := l.As(anna).Home(); !ok || home.Type != "home" || home.Person != anna {
		t.Errorf("got %+v", home)
	}
	if _, ok := l.As(bram).Home(); ok {
		t.Error("bram has anna's Home tab")
	}
}

func TestViews_publishNeedsHomeTab(t *testing.T) {
	t.Parallel()
	l := newSimTest(t, withEdit("home_tab_enabled: true", "home_tab_enabled: false"))
	wantRefusal(t, l.call("views.publish", "user_id", anna, "view", homeTab), "not_enabled")
	if err := l.As(anna).OpenHome(l.ctx); err == nil {
		t.Error("opened a Home tab that is not there")
	}
}

func TestViews_fileInputNeedsScope(t *testing.T) {
	t.Parallel()
	view := modal("m", `{"type":"file_input","action_id":"value"}`)
	l := newSimTest(t, withScopes("commands", "users:read", "groups:read"))
	want(t, wantRefusal(t, l.call("views.open", "trigger_id", l.trigger(), "view", view), "missing_scope"), map[string]any{"needed": "files:read"})
	newSimTest(t).open(view)
}

func TestViews_argumentsMissing(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	for _, method := range []string{"views.open", "views.push"} {
		want(t, wantRefusal(t, l.call(method, "trigger_id", l.trigger()), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: view"})
	}
}

// A view that is submitted, updated and clicked from many sides stays whole.
func TestViews_underConcurrentUse(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(nil)
	user, id := l.As(anna), l.open(modal("m", textInput, textInput))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { l.call("views.update", "view_id", id, "view", modal("m", textInput, textInput)) })
		all.Go(func() {
			if _, err := user.Type(l.ctx, id, Values{"b0": "x", "b1": "y"}); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { user.Modals() })
	}
	all.Wait()
	got, err := user.Submit(l.ctx, id, nil)
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

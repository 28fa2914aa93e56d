package slacksim

import (
	"strings"
	"sync"
	"testing"
	"time"
)

// trigger is a fresh trigger of anna's, outside any view.
func (l *lab) trigger() string {
	return looked(l.Sim, func(w *workspace) string { return w.newTrigger(anna, nil) })
}

// triggerIn is a trigger from a gesture in a view.
func (l *lab) triggerIn(viewID string) string {
	return looked(l.Sim, func(w *workspace) string { return w.newTrigger(anna, w.views[viewID]) })
}

func (l *lab) open(view string) string {
	l.t.Helper()
	return str(good(l.t, l.call("views.open", "trigger_id", l.trigger(), "view", view)), "view.id")
}

func TestTriggers(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	view := modal("m", textInput)
	open := func(id string) reply { return l.call("views.open", "trigger_id", id, "view", view) }
	once := l.trigger()
	good(t, open(once))
	bad(t, open(once), "exchanged_trigger_id")
	bad(t, open("1.2.abc"), "invalid_trigger_id")
	bad(t, open("nonsense"), "invalid_trigger_id")
	late, justInTime := l.trigger(), l.trigger()
	l.clock.advance(3 * time.Second)
	good(t, open(justInTime))
	l.clock.advance(time.Millisecond)
	bad(t, open(late), "expired_trigger_id")
}

func TestRefusedViewDoesNotUseTheTrigger(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	id := l.trigger()
	bad(t, l.call("views.open", "trigger_id", id, "view", `{"type":"modal"}`), "invalid_arguments")
	good(t, l.call("views.open", "trigger_id", id, "view", modal("m", textInput)))
}

func TestViewsOpenAnswers(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	r := good(t, l.call("views.open", "trigger_id", l.trigger(), "view", modal("m", textInput, selectInput)))
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

func TestViewStack(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	view := modal("m", textInput)
	first := l.open(view)
	push := func(from string) reply { return l.call("views.push", "trigger_id", l.triggerIn(from), "view", view) }
	second := push(first)
	want(t, good(t, second), map[string]any{"view.root_view_id": first, "view.previous_view_id": first})
	third := good(t, push(str(second, "view.id")))
	want(t, third, map[string]any{"view.root_view_id": first, "view.previous_view_id": str(second, "view.id")})
	bad(t, push(str(third, "view.id")), "push_limit_reached")
	bad(t, l.call("views.open", "trigger_id", l.triggerIn(first), "view", view), "push_limit_reached")
	if n := len(l.As(anna).Modals()); n != 3 {
		t.Errorf("%d views on the stack", n)
	}
	bad(t, l.call("views.push", "trigger_id", l.trigger(), "view", view), "invalid_trigger_id")
	in := l.triggerIn(first)
	l.open(view) // a new stack takes the place of the old one
	if n := len(l.As(anna).Modals()); n != 1 {
		t.Errorf("%d views on the stack", n)
	}
	bad(t, l.call("views.push", "trigger_id", in, "view", view), "not_found")
}

func TestViewsUpdate(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	external := strings.Replace(modal("m", textInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	id := l.open(external)
	before, _ := l.View(id)
	view := modal("updated", textInput)
	r := good(t, l.call("views.update", "view_id", id, "view", view, "hash", before.Hash))
	want(t, r, map[string]any{"view.id": id, "view.callback_id": "updated"})
	if str(r, "view.hash") == before.Hash {
		t.Error("the hash stayed")
	}
	bad(t, l.call("views.update", "view_id", id, "view", view, "hash", before.Hash), "hash_conflict")
	bad(t, l.call("views.update", "external_id", "ext", "view", view), "not_found") // the update left it out
	good(t, l.call("views.update", "view_id", id, "view", external))
	good(t, l.call("views.update", "external_id", "ext", "view", external))
	bad(t, l.call("views.update", "view_id", "V0NONE", "view", view), "not_found")
	bad(t, l.call("views.update", "view_id", id, "external_id", "ext", "view", view), "invalid_arguments")
	bad(t, l.call("views.update", "view_id", id), "invalid_arguments")
	bad(t, l.call("views.update", "view_id", id, "view", "{}"), "invalid_arguments")
	noError(t, l.As(anna).CloseView(l.ctx, id))
	bad(t, l.call("views.update", "view_id", id, "view", view), "not_found")
}

func TestExternalIDIsUnique(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	view := strings.Replace(modal("m", textInput), `"callback_id"`, `"external_id":"ext","callback_id"`, 1)
	first := l.open(view)
	bad(t, l.call("views.push", "trigger_id", l.triggerIn(first), "view", view), "duplicate_external_id")
	good(t, l.call("views.update", "view_id", first, "view", view))
}

func TestUpdateKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	hand := l.As(anna)
	id := l.open(modal("m", textInput, textInput, selectInput))
	complaints, err := hand.Type(l.ctx, id, Values{"b0": "typed", "b1": "going", "b2": "a"})
	if err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	withDefault := `{"type":"plain_text_input","action_id":"value","initial_value":"default"}`
	renamed := strings.Replace(textInput, `"value"`, `"other"`, 1)
	r := good(t, l.call("views.update", "view_id", id, "view", modal("m", withDefault, renamed)))
	want(t, r, map[string]any{
		"view.state.values.b0.value.value": "typed", // a new default does not replace it
		"view.state.values.b1.other.value": nil,     // another action id is another input
		"view.state.values.b1.value":       nil,
		"view.state.values.b2":             nil, // gone with its block
	})
	r = good(t, l.call("views.update", "view_id", id, "view", modal("m", selectInput, textInput, selectInput)))
	want(t, r, map[string]any{
		"view.state.values.b0.value.selected_option": nil, // another type is another input
		"view.state.values.b0.value.type":            "static_select",
		"view.state.values.b2.value.selected_option": nil, // hidden input was lost
	})
}

func TestInitialValuesAreState(t *testing.T) {
	t.Parallel()
	l := newLab(t)
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

const labHome = `{"type":"home","callback_id":"home","blocks":[{"type":"actions","block_id":"acts","elements":[
	{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"},"value":"1"},
	{"type":"overflow","action_id":"menu","options":[` + optionA + `,` + optionB + `]}]}]}`

func TestViewsPublish(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if _, ok := l.As(anna).Home(); ok {
		t.Error("a Home tab before any was published")
	}
	first := good(t, l.json("views.publish", map[string]any{"user_id": anna, "view": labHome}))
	second := good(t, l.call("views.publish", "user_id", anna, "view", labHome, "hash", str(first, "view.hash")))
	if str(first, "view.id") != str(second, "view.id") || str(first, "view.hash") == str(second, "view.hash") {
		t.Error("a Home tab keeps its id and changes its hash")
	}
	bad(t, l.call("views.publish", "user_id", anna, "view", labHome, "hash", str(first, "view.hash")), "hash_conflict")
	bad(t, l.call("views.publish", "user_id", "U0NOBODY", "view", labHome), "invalid_arguments")
	bad(t, l.call("views.publish", "user_id", anna), "invalid_arguments")
	bad(t, l.call("views.publish", "user_id", anna, "view", modal("m", textInput)), "invalid_arguments")
	if home, ok := l.As(anna).Home(); !ok || home.Type != "home" || home.Person != anna {
		t.Errorf("got %+v", home)
	}
	if _, ok := l.As(bram).Home(); ok {
		t.Error("bram has anna's Home tab")
	}
}

func TestViewsPublishNeedsHomeTab(t *testing.T) {
	t.Parallel()
	l := newLab(t, editing("home_tab_enabled: true", "home_tab_enabled: false"))
	bad(t, l.call("views.publish", "user_id", anna, "view", labHome), "not_enabled")
	if err := l.As(anna).OpenHome(l.ctx); err == nil {
		t.Error("opened a Home tab that is not there")
	}
}

func TestFileInputNeedsScope(t *testing.T) {
	t.Parallel()
	view := modal("m", `{"type":"file_input","action_id":"value"}`)
	l := newLab(t, granting("commands", "users:read", "groups:read"))
	want(t, bad(t, l.call("views.open", "trigger_id", l.trigger(), "view", view), "missing_scope"), map[string]any{"needed": "files:read"})
	newLab(t).open(view)
}

func TestViewArgumentsMissing(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	for _, method := range []string{"views.open", "views.push"} {
		want(t, bad(t, l.call(method, "trigger_id", l.trigger()), "invalid_arguments"), map[string]any{
			"response_metadata.messages.0": "[ERROR] missing required field: view"})
	}
}

// A view that is submitted, updated and clicked from many sides stays whole.
func TestViewUnderConcurrentUse(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.connect(nil)
	hand, id := l.As(anna), l.open(modal("m", textInput, textInput))
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { l.call("views.update", "view_id", id, "view", modal("m", textInput, textInput)) })
		all.Go(func() {
			if _, err := hand.Type(l.ctx, id, Values{"b0": "x", "b1": "y"}); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() { hand.Modals() })
	}
	all.Wait()
	got, err := hand.Submit(l.ctx, id, nil)
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

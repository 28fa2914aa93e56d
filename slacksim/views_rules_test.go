package slacksim

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every kind of input has its place here but the file_input, whose value is a file.
func TestViews_everyInputIsThere(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{"file_input": true, "overflow": true}
	for _, in := range inputs {
		listed[in.kind] = true
	}
	for _, kind := range inputKinds() {
		if !listed[kind] {
			t.Errorf("%s is not tested", kind)
		}
	}
}

// TestViews_stateOverUpdate: what was typed stays over views.update, views.update with
// more around it, an acknowledged update, and a pushed view that was closed again.
func TestViews_stateOverUpdate(t *testing.T) {
	t.Parallel()
	for _, in := range inputs {
		t.Run(in.kind, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			user, id := l.As(anna), l.open(modal("m", in.element()))
			complaints, err := user.Type(l.ctx, id, Values{"b0": in.typed})
			if err != nil || len(complaints) > 0 {
				t.Fatal(complaints, err)
			}
			check := func(when string, wanted string) {
				t.Helper()
				v, _ := l.View(id)
				if diff := cmp.Diff(wanted, canonical(t, string(v.State["b0"]["value"]))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", when, diff)
				}
			}
			check("typed", in.want(t))
			wantOK(t, l.call("views.update", "view_id", id, "view", modal("m", in.element())))
			check("after the same view", in.want(t))
			wantOK(t, l.call("views.update", "view_id", id, "view", modal("m", in.element(), textInput)))
			check("after a longer view", in.want(t))
			second := str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(id), "view", modal("n", textInput))), "view.id")
			noError(t, user.CloseView(l.ctx, second))
			check("under a view that was closed", in.want(t))
			renamed := strings.Replace(modal("m", in.element()), `"block_id":"b0"`, `"block_id":"c0"`, 1)
			wantOK(t, l.call("views.update", "view_id", id, "view", renamed))
			wantOK(t, l.call("views.update", "view_id", id, "view", modal("m", in.element())))
			v, _ := l.View(id)
			if !emptyState(v.State["b0"]["value"]) {
				t.Errorf("a block that went comes back with %s", v.State["b0"]["value"])
			}
		})
	}
}

// TestViews_emptiedInputs: what a person empties again is empty, of every kind.
func TestViews_emptiedInputs(t *testing.T) {
	t.Parallel()
	for _, in := range inputs {
		l := newSimTest(t)
		user, id := l.As(anna), l.open(modal("m", in.element()))
		fresh, _ := l.View(id)
		for _, nothing := range []any{nil, ""} {
			for _, value := range []any{in.typed, nothing} {
				if complaints, err := user.Type(l.ctx, id, Values{"b0": value}); err != nil || len(complaints) > 0 {
					t.Fatal(in.kind, complaints, err)
				}
			}
			emptied, _ := l.View(id)
			if diff := cmp.Diff(fresh.State, emptied.State); diff != "" {
				t.Errorf("%s emptied with %v (-fresh +emptied):\n%s", in.kind, nothing, diff)
			}
		}
		got, err := user.Submit(l.ctx, id, nil)
		if err != nil || !got.Local || got.Errors["b0"] != msgRequired {
			t.Errorf("%s: an empty required input was sent: %+v %v", in.kind, got, err)
		}
	}
}

// TestViews_closed: the app hears of it with notify_on_close only, once a view,
// from the top down, and never of views that went by its own doing.
func TestViews_closed(t *testing.T) {
	t.Parallel()
	view := func(name, flags string) string {
		return strings.Replace(modal(name, textInput), `{"type":"modal"`, `{"type":"modal"`+flags, 1)
	}
	const notify, clears = `,"notify_on_close":true`, `,"clear_on_close":true`
	for _, c := range []struct {
		name  string
		flags [3]string // of the stack, the bottom first
		heard string
		left  int
	}{
		{"none asks", [3]string{}, "[]", 2},
		{"the top asks", [3]string{"", "", notify}, "[v2 false]", 2},
		{"those under it ask", [3]string{notify, notify, ""}, "[]", 2},
		{"the top clears", [3]string{notify, "", notify + clears}, "[v2 true v0 true]", 0},
		{"the top clears in silence", [3]string{"", "", clears}, "[]", 0},
		{"one under it clears", [3]string{notify, notify + clears, notify}, "[v2 false]", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			a, user := l.connect(nil), l.As(anna)
			id := l.open(view("v0", c.flags[0]))
			for i := 1; i < 3; i++ {
				id = str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(id), "view", view(fmt.Sprint("v", i), c.flags[i]))), "view.id")
			}
			noError(t, user.CloseView(l.ctx, id))
			if n := len(user.Modals()); n != c.left {
				t.Errorf("%d views are left, want %d", n, c.left)
			}
			heard := []string{}
			for len(a.seen) > 0 {
				e := a.next()
				want(t, e.Payload, map[string]any{"type": "view_closed", "user.id": anna, "response_urls": nil, "trigger_id": nil})
				heard = append(heard, str(e.Payload, "view.callback_id"), fmt.Sprint(dig(e.Payload, "is_cleared")))
			}
			if got := fmt.Sprint(heard); got != c.heard {
				t.Errorf("heard %s, want %s", got, c.heard)
			}
			wantErr(t, user.CloseView(l.ctx, id), ErrNotThere)
		})
	}
}

// TestViews_hashes: a hash is of one showing of one view.
func TestViews_hashes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := modal("m", textInput)
	id := l.open(view)
	first, _ := l.View(id)
	if complaints, err := l.As(anna).Type(l.ctx, id, Values{"b0": "x"}); err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	wantRefusal(t, l.call("views.update", "view_id", id, "hash", first.Hash, "view", `{"type":"modal"}`), "invalid_arguments")
	second := str(wantOK(t, l.call("views.update", "view_id", id, "hash", first.Hash, "view", view)), "view.hash")
	wantRefusal(t, l.call("views.update", "view_id", id, "hash", first.Hash, "view", view), "hash_conflict")
	third := str(wantOK(t, l.call("views.update", "view_id", id, "view", view)), "view.hash")
	if first.Hash == second || second == third || first.Hash == third {
		t.Errorf("hashes %s, %s, %s", first.Hash, second, third)
	}
	wantRefusal(t, l.call("views.publish", "user_id", bram, "view", homeTab, "hash", third), "hash_conflict")
	if _, ok := l.As(bram).Home(); ok {
		t.Error("a refused Home tab was published")
	}
	home := str(wantOK(t, l.call("views.publish", "user_id", bram, "view", homeTab)), "view.hash")
	wantRefusal(t, l.call("views.publish", "user_id", anna, "view", homeTab, "hash", home), "hash_conflict")
	wantOK(t, l.call("views.publish", "user_id", bram, "view", homeTab, "hash", home))
}

// TestViews_externalIDs: one of a kind in the workspace, for as long as the view is there.
func TestViews_externalIDs(t *testing.T) {
	t.Parallel()
	named := func(view, id string) string {
		return strings.Replace(view, `{"type":`, `{"external_id":"`+id+`","type":`, 1)
	}
	l := newSimTest(t)
	user, mine := l.As(anna), named(modal("m", textInput), "one")
	id := l.open(mine)
	wantRefusal(t, l.call("views.publish", "user_id", bram, "view", named(homeTab, "one")), "duplicate_external_id")
	wantOK(t, l.call("views.publish", "user_id", bram, "view", named(homeTab, "two")))
	wantOK(t, l.call("views.publish", "user_id", bram, "view", named(homeTab, "two")))
	wantRefusal(t, l.call("views.update", "view_id", id, "view", named(modal("m", textInput), "two")), "duplicate_external_id")
	trigger := l.triggerIn(id)
	wantRefusal(t, l.call("views.push", "trigger_id", trigger, "view", mine), "duplicate_external_id")
	wantOK(t, l.call("views.push", "trigger_id", trigger, "view", named(modal("n", textInput), "three")))
	want(t, wantOK(t, l.call("views.update", "external_id", "three", "view", named(modal("o", textInput), "three"))), map[string]any{"view.callback_id": "o", "view.external_id": "three"})
	want(t, wantOK(t, l.call("views.update", "external_id", "two", "view", named(homeTab, "two"))), map[string]any{"view.type": "home"})
	top, _ := user.Modal()
	noError(t, user.CloseView(l.ctx, top.ID))
	wantRefusal(t, l.call("views.update", "external_id", "three", "view", modal("o", textInput)), "not_found")
	wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(id), "view", named(modal("n", textInput), "three")))
}

// TestViews_kindsStay: a Home tab is updated with a Home tab, a modal with a modal.
func TestViews_kindsStay(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := l.open(modal("m", textInput))
	home := str(wantOK(t, l.call("views.publish", "user_id", anna, "view", homeTab)), "view.id")
	wantRefusal(t, l.call("views.update", "view_id", id, "view", homeTab), "invalid_arguments")
	wantRefusal(t, l.call("views.update", "view_id", home, "view", modal("m", textInput)), "invalid_arguments")
	wantRefusal(t, l.call("views.open", "trigger_id", l.trigger(), "view", homeTab), "invalid_arguments")
	wantRefusal(t, l.call("views.publish", "user_id", botUserID, "view", homeTab), "invalid_arguments")
	if v, _ := l.View(id); v.CallbackID != "m" || v.Type != "modal" {
		t.Errorf("got %+v", v)
	}
	wantErr(t, l.As(anna).CloseView(l.ctx, home), ErrNotThere)
}

// TestViews_fullStackKeepsTheTrigger: a view that does not fit uses up nothing.
func TestViews_fullStackKeepsTheTrigger(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := modal("m", textInput)
	id := l.open(view)
	for range 2 {
		id = str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(id), "view", view)), "view.id")
	}
	trigger := l.triggerIn(id)
	wantRefusal(t, l.call("views.push", "trigger_id", trigger, "view", view), "push_limit_reached")
	noError(t, l.As(anna).CloseView(l.ctx, id))
	wantOK(t, l.call("views.push", "trigger_id", trigger, "view", view))
	wantRefusal(t, l.call("views.push", "trigger_id", trigger, "view", view), "exchanged_trigger_id")
}

package user_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// TestViews_stateOverUpdate: what was typed stays over views.update, views.update with
// more around it, an acknowledged update, and a pushed view that was closed again.
func TestViews_stateOverUpdate(t *testing.T) {
	t.Parallel()
	for _, in := range simtest.Inputs {
		t.Run(in.Kind, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			u, id := l.As(simtest.Anna), l.Open(simtest.Modal("m", in.Element()))
			complaints, err := u.Type(l.Ctx, id, user.Values{"b0": in.Typed})
			if err != nil || len(complaints) > 0 {
				t.Fatal(complaints, err)
			}
			check := func(when string, wanted string) {
				t.Helper()
				v, _ := l.View(id)
				if diff := cmp.Diff(wanted, simtest.Canonical(t, string(v.State["b0"]["value"]))); diff != "" {
					t.Errorf("%s (-want +got):\n%s", when, diff)
				}
			}
			check("typed", in.Want(t))
			simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", simtest.Modal("m", in.Element())))
			check("after the same view", in.Want(t))
			simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", simtest.Modal("m", in.Element(), simtest.TextInput)))
			check("after a longer view", in.Want(t))
			second := simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(id), "view", simtest.Modal("n", simtest.TextInput))), "view.id")
			simtest.NoError(t, u.CloseView(l.Ctx, second))
			check("under a view that was closed", in.Want(t))
			renamed := strings.Replace(simtest.Modal("m", in.Element()), `"block_id":"b0"`, `"block_id":"c0"`, 1)
			simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", renamed))
			simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", simtest.Modal("m", in.Element())))
			v, _ := l.View(id)
			if !blockkit.EmptyState(v.State["b0"]["value"]) {
				t.Errorf("a block that went comes back with %s", v.State["b0"]["value"])
			}
		})
	}
}

// TestViews_emptiedInputs: what a person empties again is empty, of every kind.
func TestViews_emptiedInputs(t *testing.T) {
	t.Parallel()
	for _, in := range simtest.Inputs {
		l := simtest.New(t)
		u, id := l.As(simtest.Anna), l.Open(simtest.Modal("m", in.Element()))
		fresh, _ := l.View(id)
		for _, nothing := range []any{nil, ""} {
			for _, value := range []any{in.Typed, nothing} {
				if complaints, err := u.Type(l.Ctx, id, user.Values{"b0": value}); err != nil || len(complaints) > 0 {
					t.Fatal(in.Kind, complaints, err)
				}
			}
			emptied, _ := l.View(id)
			if diff := cmp.Diff(fresh.State, emptied.State); diff != "" {
				t.Errorf("%s emptied with %v (-fresh +emptied):\n%s", in.Kind, nothing, diff)
			}
		}
		got, err := u.Submit(l.Ctx, id, nil)
		if err != nil || !got.Local || got.Errors["b0"] != blockkit.MsgRequired {
			t.Errorf("%s: an empty required input was sent: %+v %v", in.Kind, got, err)
		}
	}
}

// TestViews_closed: the app hears of it with notify_on_close only, once a view,
// from the top down, and never of views that went by its own doing.
func TestViews_closed(t *testing.T) {
	t.Parallel()
	view := func(name, flags string) string {
		return strings.Replace(simtest.Modal(name, simtest.TextInput), `{"type":"modal"`, `{"type":"modal"`+flags, 1)
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
			l := simtest.New(t)
			a, u := l.Connect(nil), l.As(simtest.Anna)
			id := l.Open(view("v0", c.flags[0]))
			for i := 1; i < 3; i++ {
				id = simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(id), "view", view(fmt.Sprint("v", i), c.flags[i]))), "view.id")
			}
			simtest.NoError(t, u.CloseView(l.Ctx, id))
			if n := len(u.Modals()); n != c.left {
				t.Errorf("%d views are left, want %d", n, c.left)
			}
			heard := []string{}
			for len(a.Seen) > 0 {
				e := a.Next()
				simtest.Want(t, e.Payload, map[string]any{"type": "view_closed", "user.id": simtest.Anna, "response_urls": nil, "trigger_id": nil})
				heard = append(heard, simtest.Str(e.Payload, "view.callback_id"), fmt.Sprint(simtest.Dig(e.Payload, "is_cleared")))
			}
			if got := fmt.Sprint(heard); got != c.heard {
				t.Errorf("heard %s, want %s", got, c.heard)
			}
			simtest.WantErr(t, u.CloseView(l.Ctx, id), workspace.ErrNotThere)
		})
	}
}

// TestViews_hashes: a hash is of one showing of one view.
func TestViews_hashes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := simtest.Modal("m", simtest.TextInput)
	id := l.Open(view)
	first, _ := l.View(id)
	if complaints, err := l.As(simtest.Anna).Type(l.Ctx, id, user.Values{"b0": "x"}); err != nil || len(complaints) > 0 {
		t.Fatal(complaints, err)
	}
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "hash", first.Hash, "view", `{"type":"modal"}`), "invalid_arguments")
	second := simtest.Str(simtest.WantOK(t, l.Call("views.update", "view_id", id, "hash", first.Hash, "view", view)), "view.hash")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "hash", first.Hash, "view", view), "hash_conflict")
	third := simtest.Str(simtest.WantOK(t, l.Call("views.update", "view_id", id, "view", view)), "view.hash")
	if first.Hash == second || second == third || first.Hash == third {
		t.Errorf("hashes %s, %s, %s", first.Hash, second, third)
	}
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Bram, "view", simtest.HomeTab, "hash", third), "hash_conflict")
	if _, ok := l.As(simtest.Bram).Home(); ok {
		t.Error("a refused Home tab was published")
	}
	home := simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", simtest.HomeTab)), "view.hash")
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab, "hash", home), "hash_conflict")
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", simtest.HomeTab, "hash", home))
}

// TestViews_externalIDs: one of a kind in the workspace, for as long as the view is there.
func TestViews_externalIDs(t *testing.T) {
	t.Parallel()
	named := func(view, id string) string {
		return strings.Replace(view, `{"type":`, `{"external_id":"`+id+`","type":`, 1)
	}
	l := simtest.New(t)
	u, mine := l.As(simtest.Anna), named(simtest.Modal("m", simtest.TextInput), "one")
	id := l.Open(mine)
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", simtest.Bram, "view", named(simtest.HomeTab, "one")), "duplicate_external_id")
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", named(simtest.HomeTab, "two")))
	simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", named(simtest.HomeTab, "two")))
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "view", named(simtest.Modal("m", simtest.TextInput), "two")), "duplicate_external_id")
	trigger := l.TriggerIn(id)
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", trigger, "view", mine), "duplicate_external_id")
	simtest.WantOK(t, l.Call("views.push", "trigger_id", trigger, "view", named(simtest.Modal("n", simtest.TextInput), "three")))
	simtest.Want(t, simtest.WantOK(t, l.Call("views.update", "external_id", "three", "view", named(simtest.Modal("o", simtest.TextInput), "three"))), map[string]any{"view.callback_id": "o", "view.external_id": "three"})
	simtest.Want(t, simtest.WantOK(t, l.Call("views.update", "external_id", "two", "view", named(simtest.HomeTab, "two"))), map[string]any{"view.type": "home"})
	top, _ := u.Modal()
	simtest.NoError(t, u.CloseView(l.Ctx, top.ID))
	simtest.WantRefusal(t, l.Call("views.update", "external_id", "three", "view", simtest.Modal("o", simtest.TextInput)), "not_found")
	simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(id), "view", named(simtest.Modal("n", simtest.TextInput), "three")))
}

// TestViews_kindsStay: a Home tab is updated with a Home tab, a modal with a modal.
func TestViews_kindsStay(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := l.Open(simtest.Modal("m", simtest.TextInput))
	home := simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Anna, "view", simtest.HomeTab)), "view.id")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", id, "view", simtest.HomeTab), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.update", "view_id", home, "view", simtest.Modal("m", simtest.TextInput)), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.open", "trigger_id", l.Trigger(), "view", simtest.HomeTab), "invalid_arguments")
	simtest.WantRefusal(t, l.Call("views.publish", "user_id", workspace.BotUserID, "view", simtest.HomeTab), "invalid_arguments")
	if v, _ := l.View(id); v.CallbackID != "m" || v.Type != "modal" {
		t.Errorf("got %+v", v)
	}
	simtest.WantErr(t, l.As(simtest.Anna).CloseView(l.Ctx, home), workspace.ErrNotThere)
}

// TestViews_fullStackKeepsTheTrigger: a view that does not fit uses up nothing.
func TestViews_fullStackKeepsTheTrigger(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := simtest.Modal("m", simtest.TextInput)
	id := l.Open(view)
	for range 2 {
		id = simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(id), "view", view)), "view.id")
	}
	trigger := l.TriggerIn(id)
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", trigger, "view", view), "push_limit_reached")
	simtest.NoError(t, l.As(simtest.Anna).CloseView(l.Ctx, id))
	simtest.WantOK(t, l.Call("views.push", "trigger_id", trigger, "view", view))
	simtest.WantRefusal(t, l.Call("views.push", "trigger_id", trigger, "view", view), "exchanged_trigger_id")
}

package slacksim

import (
	"context"
	"slices"
)

// Type fills in inputs of a view without submitting. It returns what the
// person's own client says of the values, by block id; what it refuses is not kept.
func (u *User) Type(ctx context.Context, viewID string, values Values) (map[string]string, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v, err := w.onScreen(u.id, viewID)
	if err != nil {
		return nil, err
	}
	complaints, err := fillIn(w, v, values)
	if err != nil {
		return nil, err
	}
	w.notify(v.changeKind(), u.id, "")
	return complaints, ctx.Err()
}

// CloseView dismisses the modal on top and returns to the one under it; a modal
// with clear_on_close takes the whole stack along.
func (u *User) CloseView(ctx context.Context, viewID string) error {
	payloads, err := u.dismiss(viewID)
	if err != nil {
		return err
	}
	for _, payload := range payloads {
		if err := u.interact(ctx, "view_closed", payload); err != nil {
			return err
		}
	}
	return nil
}

func (u *User) dismiss(viewID string) ([]map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v := w.views.top(u.id)
	if v == nil || v.id != viewID {
		return nil, notThere("view %q is not in front of %s", viewID, u.id)
	}
	going := []*openView{v}
	if v.def.ClearOnClose {
		going = slices.Clone(w.views.stack(u.id))
		slices.Reverse(going)
	}
	var payloads []map[string]any
	for _, g := range going {
		if g.def.NotifyOnClose {
			payloads = append(payloads, viewClosed(w, g, v.def.ClearOnClose))
		}
		w.views.pop(u.id)
	}
	return payloads, nil
}

// Modal is the top of this person's stack of modals.
func (u *User) Modal() (View, bool) {
	stack := u.Modals()
	if len(stack) == 0 {
		return View{}, false
	}
	return stack[len(stack)-1], true
}

// Modals is the whole stack, the one on top last.
func (u *User) Modals() []View {
	return locked(u.w, func() []View {
		var out []View
		for _, v := range u.w.views.stack(u.id) {
			out = append(out, u.w.views.copyOf(v))
		}
		return out
	})
}

// AwaitModal waits until a modal with that callback id is on top; "" takes any.
func (u *User) AwaitModal(ctx context.Context, callbackID string) (View, error) {
	return awaitOne(ctx, u.w, "modal "+callbackID, func() []View { return u.w.views.copies(u.w.views.top(u.id)) },
		func(v View) bool { return callbackID == "" || v.CallbackID == callbackID })
}

// AwaitView waits until match approves of what the person sees: the modal on
// top, else the Home tab. match gets a copy and may call the simulator.
func (u *User) AwaitView(ctx context.Context, match func(View) bool) (View, error) {
	return awaitOne(ctx, u.w, "a view", func() []View {
		return u.w.views.copies(u.w.views.top(u.id), u.w.views.home(u.id))
	}, match)
}

// Home is this person's Home tab, once published.
func (u *User) Home() (View, bool) {
	u.w.Lock()
	defer u.w.Unlock()
	if v := u.w.views.home(u.id); v != nil {
		return u.w.views.copyOf(v), true
	}
	return View{}, false
}

// Ephemerals are the messages in a channel that only this person sees, oldest first.
func (u *User) Ephemerals(channel string) []Message {
	return locked(u.w, func() []Message { return ephemeralsOf(u.w, channel, u.id) })
}

// ephemeralsOf are copies of what only a person sees in a channel.
func ephemeralsOf(w *workspace, channel, person string) []Message {
	if c := w.channels.get(channel); c != nil {
		return c.ephemeralsOf(person)
	}
	return nil
}

// AwaitEphemeral waits for one that match approves. match gets a copy and may
// call the simulator.
func (u *User) AwaitEphemeral(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	return awaitOne(ctx, u.w, "an ephemeral message", func() []Message {
		return ephemeralsOf(u.w, channel, u.id)
	}, match)
}

// DMs are the top-level messages between this person and the bot, oldest first.
func (u *User) DMs() []Message {
	return locked(u.w, func() []Message {
		if c := u.w.channels.openDM(u.id); c != nil {
			return c.copies(c.topLevel())
		}
		return nil
	})
}

// Channels are the channels this person is a member of.
func (u *User) Channels() []Channel {
	return locked(u.w, func() []Channel {
		var out []Channel
		for _, c := range u.w.channels.list() {
			if c.has(u.id) {
				out = append(out, c.copyChannel())
			}
		}
		return out
	})
}

package slacksim

import (
	"context"
	"slices"
)

// Type fills in inputs of a view without submitting. It returns what the
// person's own client says of the values, by block id; what it refuses is not kept.
func (u *User) Type(ctx context.Context, viewID string, values Values) (map[string]string, error) {
	u.sim.mu.Lock()
	defer u.sim.mu.Unlock()
	w := u.sim.w
	v, err := w.onScreen(u.id, viewID)
	if err != nil {
		return nil, err
	}
	complaints, err := w.fill(u.sim.URL(), v, values)
	if err != nil {
		return nil, err
	}
	w.notify(v.kind(), u.id, "")
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
	u.sim.mu.Lock()
	defer u.sim.mu.Unlock()
	w := u.sim.w
	v := w.top(u.id)
	if v == nil || v.id != viewID {
		return nil, notThere("view %q is not in front of %s", viewID, u.id)
	}
	going := []*view{v}
	if v.def.ClearOnClose {
		going = slices.Clone(w.stacks[u.id])
		slices.Reverse(going)
	}
	var payloads []map[string]any
	for _, g := range going {
		if g.def.NotifyOnClose {
			payloads = append(payloads, w.viewClosed(g, v.def.ClearOnClose))
		}
		w.pop(u.id)
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
	return locked(u.sim, func(w *workspace) []View {
		var out []View
		for _, v := range w.stacks[u.id] {
			out = append(out, w.copyView(v))
		}
		return out
	})
}

// AwaitModal waits until a modal with that callback id is on top; "" takes any.
func (u *User) AwaitModal(ctx context.Context, callbackID string) (View, error) {
	return awaited(ctx, u.sim, "modal "+callbackID, func(w *workspace) []View { return w.copyViews(w.top(u.id)) },
		func(v View) bool { return callbackID == "" || v.CallbackID == callbackID })
}

// AwaitView waits until match approves of what the person sees: the modal on
// top, else the Home tab. match gets a copy and may call the simulator.
func (u *User) AwaitView(ctx context.Context, match func(View) bool) (View, error) {
	return awaited(ctx, u.sim, "a view", func(w *workspace) []View {
		return w.copyViews(w.top(u.id), w.homes[u.id])
	}, match)
}

// copyViews copies the views that are there.
func (w *workspace) copyViews(views ...*view) []View {
	var out []View
	for _, v := range views {
		if v != nil {
			out = append(out, w.copyView(v))
		}
	}
	return out
}

// Home is this person's Home tab, once published.
func (u *User) Home() (View, bool) {
	u.sim.mu.Lock()
	defer u.sim.mu.Unlock()
	if v := u.sim.w.homes[u.id]; v != nil {
		return u.sim.w.copyView(v), true
	}
	return View{}, false
}

// Ephemerals are the messages in a channel that only this person sees, oldest first.
func (u *User) Ephemerals(channel string) []Message {
	return locked(u.sim, func(w *workspace) []Message { return w.ephemeralsOf(channel, u.id) })
}

func (w *workspace) ephemeralsOf(channel, person string) []Message {
	var out []Message
	if c := w.channels[channel]; c != nil {
		for _, m := range c.ephemerals {
			if m.To == person {
				out = append(out, c.copyOf(m))
			}
		}
	}
	return out
}

// AwaitEphemeral waits for one that match approves. match gets a copy and may
// call the simulator.
func (u *User) AwaitEphemeral(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	return awaited(ctx, u.sim, "an ephemeral message", func(w *workspace) []Message {
		return w.ephemeralsOf(channel, u.id)
	}, match)
}

// DMs are the top-level messages between this person and the bot, oldest first.
func (u *User) DMs() []Message {
	return locked(u.sim, func(w *workspace) []Message {
		if c := w.channels[w.dms[u.id]]; c != nil {
			return c.copies(c.top)
		}
		return nil
	})
}

// Channels are the channels this person is a member of.
func (u *User) Channels() []Channel {
	return locked(u.sim, func(w *workspace) []Channel {
		var out []Channel
		for _, id := range w.listed {
			if c := w.channels[id]; c.has(u.id) {
				out = append(out, c.copyChannel())
			}
		}
		return out
	})
}

package slacksim

import (
	"context"
	"slices"
)

// Type fills in inputs of a view without submitting. It returns what the
// person's own client says of the values, by block id; what it refuses is not kept.
func (h *Hand) Type(ctx context.Context, viewID string, values Values) (map[string]string, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	v, err := w.onScreen(h.id, viewID)
	if err != nil {
		return nil, err
	}
	complaints, err := w.fill(h.sim.URL(), v, values)
	if err != nil {
		return nil, err
	}
	w.touch(v.kind(), h.id, "")
	return complaints, ctx.Err()
}

// CloseView dismisses the modal on top and returns to the one under it; a modal
// with clear_on_close takes the whole stack along.
func (h *Hand) CloseView(ctx context.Context, viewID string) error {
	payloads, err := h.dismiss(viewID)
	if err != nil {
		return err
	}
	for _, payload := range payloads {
		if err := h.interact(ctx, "view_closed", payload); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hand) dismiss(viewID string) ([]map[string]any, error) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	w := h.sim.w
	v := w.top(h.id)
	if v == nil || v.id != viewID {
		return nil, notThere("view %q is not in front of %s", viewID, h.id)
	}
	going := []*view{v}
	if v.def.ClearOnClose {
		going = slices.Clone(w.stacks[h.id])
		slices.Reverse(going)
	}
	var payloads []map[string]any
	for _, g := range going {
		if g.def.NotifyOnClose {
			payloads = append(payloads, w.viewClosed(g, v.def.ClearOnClose))
		}
		w.pop(h.id)
	}
	return payloads, nil
}

// Modal is the top of this person's stack of modals.
func (h *Hand) Modal() (View, bool) {
	stack := h.Modals()
	if len(stack) == 0 {
		return View{}, false
	}
	return stack[len(stack)-1], true
}

// Modals is the whole stack, the one on top last.
func (h *Hand) Modals() []View {
	return looked(h.sim, func(w *workspace) []View {
		var out []View
		for _, v := range w.stacks[h.id] {
			out = append(out, w.copyView(v))
		}
		return out
	})
}

// AwaitModal waits until a modal with that callback id is on top; "" takes any.
func (h *Hand) AwaitModal(ctx context.Context, callbackID string) (View, error) {
	return awaited(ctx, h.sim, "modal "+callbackID, func(w *workspace) []View { return w.copyViews(w.top(h.id)) },
		func(v View) bool { return callbackID == "" || v.CallbackID == callbackID })
}

// AwaitView waits until match approves of what the person sees: the modal on
// top, else the Home tab. match gets a copy and may call the simulator.
func (h *Hand) AwaitView(ctx context.Context, match func(View) bool) (View, error) {
	return awaited(ctx, h.sim, "a view", func(w *workspace) []View {
		return w.copyViews(w.top(h.id), w.homes[h.id])
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
func (h *Hand) Home() (View, bool) {
	h.sim.mu.Lock()
	defer h.sim.mu.Unlock()
	if v := h.sim.w.homes[h.id]; v != nil {
		return h.sim.w.copyView(v), true
	}
	return View{}, false
}

// Ephemerals are the messages in a channel that only this person sees, oldest first.
func (h *Hand) Ephemerals(channel string) []Message {
	return looked(h.sim, func(w *workspace) []Message { return w.whispers(channel, h.id) })
}

func (w *workspace) whispers(channel, person string) []Message {
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
func (h *Hand) AwaitEphemeral(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	return awaited(ctx, h.sim, "an ephemeral message", func(w *workspace) []Message {
		return w.whispers(channel, h.id)
	}, match)
}

// DMs are the top-level messages between this person and the bot, oldest first.
func (h *Hand) DMs() []Message {
	return looked(h.sim, func(w *workspace) []Message {
		if c := w.channels[w.dms[h.id]]; c != nil {
			return c.copies(c.top)
		}
		return nil
	})
}

// Channels are the channels this person is a member of.
func (h *Hand) Channels() []Channel {
	return looked(h.sim, func(w *workspace) []Channel {
		var out []Channel
		for _, id := range w.listed {
			if c := w.channels[id]; c.has(h.id) {
				out = append(out, c.copyChannel())
			}
		}
		return out
	})
}

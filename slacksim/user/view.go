package user

import (
	"context"
	"slices"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// Type fills in inputs of a view without submitting. It returns what the
// person's own client says of the values, by block id; what it refuses is dropped.
func (u *User) Type(ctx context.Context, viewID string, values Values) (map[string]string, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v, err := w.OnScreen(u.id, viewID)
	if err != nil {
		return nil, err
	}
	complaints, err := fillIn(w, v, values)
	if err != nil {
		return nil, err
	}
	w.Notify(v.ChangeKind(), u.id, "")
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
	v := w.Views.Top(u.id)
	if v == nil || v.ID != viewID {
		return nil, workspace.NotThere("view %q is not in front of %s", viewID, u.id)
	}
	going := []*workspace.OpenView{v}
	if v.Def.ClearOnClose {
		going = slices.Clone(w.Views.Stack(u.id))
		slices.Reverse(going)
	}
	var payloads []map[string]any
	for _, g := range going {
		if g.Def.NotifyOnClose {
			payloads = append(payloads, viewClosed(w, g, v.Def.ClearOnClose))
		}
		w.Views.Pop(u.id)
	}
	return payloads, nil
}

// Modal is the top of this person's stack of modals.
func (u *User) Modal() (workspace.View, bool) {
	stack := u.Modals()
	if len(stack) == 0 {
		return workspace.View{}, false
	}
	return stack[len(stack)-1], true
}

// Modals is the whole stack, the one on top last.
func (u *User) Modals() []workspace.View {
	return workspace.Locked(u.w, func() []workspace.View {
		var out []workspace.View
		for _, v := range u.w.Views.Stack(u.id) {
			out = append(out, u.w.Views.CopyOf(v))
		}
		return out
	})
}

// AwaitModal waits until a modal with that callback id is on top; "" takes any.
func (u *User) AwaitModal(ctx context.Context, callbackID string) (workspace.View, error) {
	return workspace.AwaitOne(ctx, u.w, "modal "+callbackID, func() []workspace.View { return u.w.Views.Copies(u.w.Views.Top(u.id)) },
		func(v workspace.View) bool { return callbackID == "" || v.CallbackID == callbackID })
}

// AwaitView waits until match approves of what the person sees: the modal on
// top, else the Home tab. match gets a copy and may call the simulator.
func (u *User) AwaitView(ctx context.Context, match func(workspace.View) bool) (workspace.View, error) {
	return workspace.AwaitOne(ctx, u.w, "a view", func() []workspace.View {
		return u.w.Views.Copies(u.w.Views.Top(u.id), u.w.Views.Home(u.id))
	}, match)
}

// Home is this person's Home tab, once published.
func (u *User) Home() (workspace.View, bool) {
	u.w.Lock()
	defer u.w.Unlock()
	if v := u.w.Views.Home(u.id); v != nil {
		return u.w.Views.CopyOf(v), true
	}
	return workspace.View{}, false
}

// Ephemerals are the messages in a channel that only this person sees, oldest first.
func (u *User) Ephemerals(channel string) []workspace.Message {
	return workspace.Locked(u.w, func() []workspace.Message { return ephemeralsOf(u.w, channel, u.id) })
}

// ephemeralsOf are copies of what only a person sees in a channel.
func ephemeralsOf(w *workspace.Workspace, channel, person string) []workspace.Message {
	if c := w.Channels.Get(channel); c != nil {
		return c.EphemeralsOf(person)
	}
	return nil
}

// AwaitEphemeral waits for one that match approves. match gets a copy and may
// call the simulator.
func (u *User) AwaitEphemeral(ctx context.Context, channel string, match func(workspace.Message) bool) (workspace.Message, error) {
	return workspace.AwaitOne(ctx, u.w, "an ephemeral message", func() []workspace.Message {
		return ephemeralsOf(u.w, channel, u.id)
	}, match)
}

// DMs are the top-level messages between this person and the bot, oldest first.
func (u *User) DMs() []workspace.Message {
	return workspace.Locked(u.w, func() []workspace.Message {
		if c := u.w.Channels.OpenDM(u.id); c != nil {
			return c.Copies(c.TopLevel())
		}
		return nil
	})
}

// Holding is what the elements of a message of the app hold on this person's screen.
func (u *User) Holding(channel, ts string) workspace.State {
	return workspace.Locked(u.w, func() workspace.State {
		c, err := u.w.Channels.Writable(u.id, channel)
		if err != nil {
			return nil
		}
		if m := c.Message(ts); m != nil && m.BotID == workspace.BotID {
			return c.Holding(u.id, m)
		}
		return nil
	})
}

// Channels are the channels this person is a member of.
func (u *User) Channels() []workspace.Channel {
	return workspace.Locked(u.w, func() []workspace.Channel {
		var out []workspace.Channel
		for _, c := range u.w.Channels.List() {
			if c.Has(u.id) {
				out = append(out, c.CopyChannel())
			}
		}
		return out
	})
}

package workspace

import (
	"bytes"
	"context"

	"github.com/artra/klachtbot/slacksim/manifest"
)

// Reader reads what stands in a workspace, as copies that are safe to keep. Its
// methods may be called from any goroutine.
type Reader struct{ w *Workspace }

// NewReader reads w.
func NewReader(w *Workspace) *Reader { return &Reader{w: w} }

// Team is the workspace.
func (r *Reader) Team() Team { return r.w.Team }

// URL is where the simulator listens, as "http://127.0.0.1:4321": the page at /,
// the Web API at /api/. It is empty before Start.
func (r *Reader) URL() string { return Locked(r.w, r.w.URL) }

// AppName is the bot's display name in the manifest.
func (r *Reader) AppName() string { return r.w.App.Features.Bot.DisplayName }

// MessagesReadOnly reports whether people can't write to the bot, as the manifest says.
func (r *Reader) MessagesReadOnly() bool { return !r.w.App.PeopleMayWrite() }

// Commands are the slash commands of the manifest.
func (r *Reader) Commands() []manifest.Command { return r.w.App.Commands() }

// Shortcuts are the shortcuts of the manifest.
func (r *Reader) Shortcuts() []manifest.Shortcut { return r.w.App.Shortcuts() }

// People are the members, in the order they came, the bot included.
func (r *Reader) People() []Person { return Locked(r.w, r.w.People.List) }

// Person finds one.
func (r *Reader) Person(id string) (Person, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if p := r.w.People.Get(id); p != nil {
		return *p, true
	}
	return Person{}, false
}

// Channels are the channels, in the order they came; no direct messages.
func (r *Reader) Channels() []Channel {
	return Locked(r.w, func() []Channel {
		var out []Channel
		for _, c := range r.w.Channels.List() {
			out = append(out, c.CopyChannel())
		}
		return out
	})
}

// Channel finds one, direct messages included.
func (r *Reader) Channel(id string) (Channel, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if c := r.w.Channels.Get(id); c != nil {
		return c.CopyChannel(), true
	}
	return Channel{}, false
}

// Messages are the top-level messages of a channel (or direct-message id), oldest first.
func (r *Reader) Messages(channel string) []Message {
	return Locked(r.w, func() []Message {
		if c := r.w.Channels.Get(channel); c != nil {
			return c.Copies(c.top)
		}
		return nil
	})
}

// Thread are the replies under a message, oldest first, without the message itself.
func (r *Reader) Thread(channel, ts string) []Message {
	return Locked(r.w, func() []Message {
		if c := r.w.Channels.Get(channel); c != nil {
			return c.Copies(c.replies[ts])
		}
		return nil
	})
}

// Message finds one, replies included.
func (r *Reader) Message(channel, ts string) (Message, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if c := r.w.Channels.Get(channel); c != nil && c.byTS[ts] != nil {
		return c.copyOf(c.byTS[ts]), true
	}
	return Message{}, false
}

// AwaitMessage waits for a message in a channel (or direct-message id) that match
// approves, thread replies included; one that is there already counts. match is
// asked once about each message, and again when that message was edited or its
// replies became more or fewer; no other change makes it be asked. It gets a copy
// and may call the simulator.
func (r *Reader) AwaitMessage(ctx context.Context, channel string, match func(Message) bool) (Message, error) {
	return r.w.awaitMessage(ctx, channel, match)
}

// View finds an open modal or a Home tab.
func (r *Reader) View(id string) (View, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if v := r.w.Views.Get(id); v != nil {
		return r.w.Views.CopyOf(v), true
	}
	return View{}, false
}

// File finds an uploaded file and its content.
func (r *Reader) File(id string) (File, []byte, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if f := r.w.Files.Get(id); f != nil && f.Complete {
		return f.File, bytes.Clone(f.Body), true
	}
	return File{}, nil, false
}

// Complaints are what the app did that Slack refuses without an answer that the
// app could read: invalid acknowledgements and the like, the latest 1,000 of
// them. A good run has none.
func (r *Reader) Complaints() []string {
	r.w.Lock()
	defer r.w.Unlock()
	return r.w.LatestComplaints()
}

// Subscribe sends every change until the returned function is called or the
// simulator is closed; either closes the channel. A reader that lags loses
// changes and then gets one ChangeMissed; the simulator never waits for it.
func (r *Reader) Subscribe() (<-chan Change, func()) {
	r.w.Lock()
	defer r.w.Unlock()
	s := r.w.subscribe()
	return s.changes, func() {
		r.w.Lock()
		defer r.w.Unlock()
		r.w.leave(s)
	}
}

package slacksim

import (
	"bytes"
	"context"
)

// Reader reads what stands in a workspace, as copies that are safe to keep. Its
// methods may be called from any goroutine.
type Reader struct{ w *workspace }

// newReader reads w.
func newReader(w *workspace) *Reader { return &Reader{w: w} }

// Team is the workspace.
func (r *Reader) Team() Team { return r.w.team }

// URL is where the simulator listens, as "http://127.0.0.1:4321": the page at /,
// the Web API at /api/. It is empty before Start.
func (r *Reader) URL() string { return locked(r.w, r.w.url) }

// AppName is the bot's display name in the manifest.
func (r *Reader) AppName() string { return r.w.app.Features.Bot.DisplayName }

// MessagesReadOnly tells whether people can't write to the bot, as the manifest says.
func (r *Reader) MessagesReadOnly() bool { return !r.w.app.peopleMayWrite() }

// Commands are the slash commands of the manifest.
func (r *Reader) Commands() []Command { return r.w.app.commands() }

// Shortcuts are the shortcuts of the manifest.
func (r *Reader) Shortcuts() []Shortcut { return r.w.app.shortcuts() }

// People are the members, in the order they came, the bot included.
func (r *Reader) People() []Person { return locked(r.w, r.w.people.list) }

// Person finds one.
func (r *Reader) Person(id string) (Person, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if p := r.w.people.get(id); p != nil {
		return *p, true
	}
	return Person{}, false
}

// Channels are the channels, in the order they came; no direct messages.
func (r *Reader) Channels() []Channel {
	return locked(r.w, func() []Channel {
		var out []Channel
		for _, c := range r.w.channels.list() {
			out = append(out, c.copyChannel())
		}
		return out
	})
}

// Channel finds one, direct messages included.
func (r *Reader) Channel(id string) (Channel, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if c := r.w.channels.get(id); c != nil {
		return c.copyChannel(), true
	}
	return Channel{}, false
}

// Messages are the top-level messages of a channel (or direct-message id), oldest first.
func (r *Reader) Messages(channel string) []Message {
	return locked(r.w, func() []Message {
		if c := r.w.channels.get(channel); c != nil {
			return c.copies(c.top)
		}
		return nil
	})
}

// Thread are the replies under a message, oldest first, without the message itself.
func (r *Reader) Thread(channel, ts string) []Message {
	return locked(r.w, func() []Message {
		if c := r.w.channels.get(channel); c != nil {
			return c.copies(c.replies[ts])
		}
		return nil
	})
}

// Message finds one, replies included.
func (r *Reader) Message(channel, ts string) (Message, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if c := r.w.channels.get(channel); c != nil && c.byTS[ts] != nil {
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
	if v := r.w.views.get(id); v != nil {
		return r.w.views.copyOf(v), true
	}
	return View{}, false
}

// File finds an uploaded file and its content.
func (r *Reader) File(id string) (File, []byte, bool) {
	r.w.Lock()
	defer r.w.Unlock()
	if f := r.w.files.get(id); f != nil && f.complete {
		return f.File, bytes.Clone(f.body), true
	}
	return File{}, nil, false
}

// Complaints are what the app did that Slack refuses without an answer that the
// app could read: invalid acknowledgements and the like, the latest 1,000 of
// them. A good run has none.
func (r *Reader) Complaints() []string {
	r.w.Lock()
	defer r.w.Unlock()
	return r.w.latestComplaints()
}

// Subscribe tells of every change until the returned function is called or the
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

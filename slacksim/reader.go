package slacksim

import "bytes"

// locked runs look while the workspace holds still.
func locked[T any](s *Sim, look func(w *workspace) T) T {
	s.mu.Lock()
	defer s.mu.Unlock()
	return look(s.w)
}

// Team is the workspace.
func (s *Sim) Team() Team { return s.w.team }

// AppName is the bot's display name in the manifest.
func (s *Sim) AppName() string { return s.w.app.Features.Bot.DisplayName }

// MessagesReadOnly tells whether people can't write to the bot, as the manifest says.
func (s *Sim) MessagesReadOnly() bool { return !s.w.app.peopleMayWrite() }

func (m *manifest) peopleMayWrite() bool {
	return m.Features.Home.MessagesTab && !m.Features.Home.MessagesRead
}

// Commands are the slash commands of the manifest.
func (s *Sim) Commands() []Command {
	var out []Command
	for _, c := range s.w.app.Features.Commands {
		out = append(out, Command(c))
	}
	return out
}

// Shortcuts are the shortcuts of the manifest.
func (s *Sim) Shortcuts() []Shortcut {
	var out []Shortcut
	for _, c := range s.w.app.Features.Shortcuts {
		out = append(out, Shortcut(c))
	}
	return out
}

// People are the members, in the order they came, the bot included.
func (s *Sim) People() []Person {
	return locked(s, func(w *workspace) []Person {
		var out []Person
		for _, id := range w.arrivals {
			out = append(out, *w.people[id])
		}
		return out
	})
}

// Person looks one up.
func (s *Sim) Person(id string) (Person, bool) {
	p := locked(s, func(w *workspace) *Person {
		if p := w.people[id]; p != nil {
			found := *p
			return &found
		}
		return nil
	})
	if p == nil {
		return Person{}, false
	}
	return *p, true
}

// Channels are the channels, in the order they came; no direct messages.
func (s *Sim) Channels() []Channel {
	return locked(s, func(w *workspace) []Channel {
		var out []Channel
		for _, id := range w.listed {
			out = append(out, w.channels[id].copyChannel())
		}
		return out
	})
}

// Channel looks one up, direct messages included.
func (s *Sim) Channel(id string) (Channel, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.w.channels[id]; c != nil {
		return c.copyChannel(), true
	}
	return Channel{}, false
}

func (c *channel) copyChannel() Channel {
	out := c.Channel
	out.Members = append([]string(nil), c.Members...)
	return out
}

// Messages are the top-level messages of a channel (or direct-message id), oldest first.
func (s *Sim) Messages(channel string) []Message {
	return locked(s, func(w *workspace) []Message {
		if c := w.channels[channel]; c != nil {
			return c.copies(c.top)
		}
		return nil
	})
}

// Thread are the replies under a message, oldest first, without the message itself.
func (s *Sim) Thread(channel, ts string) []Message {
	return locked(s, func(w *workspace) []Message {
		if c := w.channels[channel]; c != nil {
			return c.copies(c.replies[ts])
		}
		return nil
	})
}

// Message looks one up, replies included.
func (s *Sim) Message(channel, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.w.channels[channel]; c != nil && c.byTS[ts] != nil {
		return c.copyOf(c.byTS[ts]), true
	}
	return Message{}, false
}

// View looks up an open modal or a Home tab.
func (s *Sim) View(id string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.w.views[id]; v != nil {
		return s.w.copyView(v), true
	}
	return View{}, false
}

// File looks up an uploaded file and its content.
func (s *Sim) File(id string) (File, []byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.w.files[id]; f != nil && f.complete {
		return f.File, bytes.Clone(f.body), true
	}
	return File{}, nil, false
}

package slacksim

import (
	"fmt"
	"slices"
)

// AddPerson lets a new person join the workspace (team_join).
func (s *Sim) AddPerson(p Person) error {
	s.mu.Lock()
	err := s.w.addPerson(p)
	var event map[string]any
	if err == nil {
		event = map[string]any{"type": "team_join", "user": s.w.wirePerson(*s.w.people[p.ID], true)}
		s.w.notify(ChangePeople, "", "")
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	s.emit(event)
	return nil
}

// ChangePerson changes a person as an administrator may (user_change). The id stays.
func (s *Sim) ChangePerson(id string, change func(*Person)) error {
	s.mu.Lock()
	p := s.w.people[id]
	if p == nil {
		s.mu.Unlock()
		return notThere("no person %q", id)
	}
	change(p)
	p.ID, p.Guest = id, p.Guest || p.SingleChannelGuest
	if p.Deleted {
		s.w.clear(id)
	}
	event := map[string]any{"type": "user_change", "user": s.w.wirePerson(*p, true), "cache_ts": s.w.now().Unix()}
	s.w.notify(ChangePeople, "", "")
	s.mu.Unlock()
	s.emit(event)
	return nil
}

// Deactivate ends a person's account; their messages stay.
func (s *Sim) Deactivate(id string) error {
	return s.ChangePerson(id, func(p *Person) { p.Deleted = true })
}

// Reactivate gives a person the account back.
func (s *Sim) Reactivate(id string) error {
	return s.ChangePerson(id, func(p *Person) { p.Deleted = false })
}

// MakeGuest turns a member into a multi-channel guest.
func (s *Sim) MakeGuest(id string) error {
	return s.ChangePerson(id, func(p *Person) { p.Guest = true })
}

// AddChannel creates a channel.
func (s *Sim) AddChannel(c Channel) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.w.addChannel(c); err != nil {
		return err
	}
	s.w.notify(ChangeChannel, "", c.ID)
	return nil
}

// changeChannel changes a channel and emits what the bot gets to know of it:
// nothing about channels that it is not in, or of a kind that it may not read.
func (s *Sim) changeChannel(id string, change func(c *channel) map[string]any) error {
	s.mu.Lock()
	c := s.w.channels[id]
	if c == nil || c.other != "" {
		s.mu.Unlock()
		return notThere("no channel %q", id)
	}
	event := change(c)
	known := c.has(botUserID) && s.w.app.granted(c.family()+":read")
	s.w.notify(ChangeChannel, "", id)
	s.mu.Unlock()
	if event != nil && known {
		s.emit(event)
	}
	return nil
}

// Join adds a person, or the bot, to a channel (member_joined_channel).
func (s *Sim) Join(person, channelID string) error {
	if _, ok := s.Person(person); !ok {
		return notThere("no person %q", person)
	}
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		if c.has(person) {
			return nil
		}
		c.Members = append(c.Members, person)
		return s.w.membership("member_joined_channel", person, c)
	})
}

// Leave takes a person, or the bot, out of a channel (member_left_channel).
func (s *Sim) Leave(person, channelID string) error {
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		if !c.has(person) {
			return nil
		}
		c.Members = slices.DeleteFunc(c.Members, func(id string) bool { return id == person })
		return s.w.membership("member_left_channel", person, c)
	})
}

func (w *workspace) membership(kind, person string, c *channel) map[string]any {
	letter := "C"
	if c.Private {
		letter = "G"
	}
	return map[string]any{"type": kind, "user": person, "channel": c.ID, "channel_type": letter, "team": w.team.ID}
}

// Archive closes a channel for writing (channel_archive or group_archive).
func (s *Sim) Archive(channelID string) error {
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		c.Archived = true
		kind := "channel_archive"
		if c.Private {
			kind = "group_archive"
		}
		return map[string]any{"type": kind, "channel": c.ID, "is_moved": 0}
	})
}

// Unarchive opens it again.
func (s *Sim) Unarchive(channelID string) error {
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		c.Archived = false
		return nil
	})
}

// MakePublic turns a private channel into a public one. No event tells of it.
func (s *Sim) MakePublic(channelID string) error {
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		c.Private = false
		return nil
	})
}

// ShareChannel shares a channel with another workspace (channel_shared).
func (s *Sim) ShareChannel(channelID, teamID string) error {
	return s.changeChannel(channelID, func(c *channel) map[string]any {
		c.ExtShared = true
		return map[string]any{"type": "channel_shared", "connected_team_id": teamID, "channel": c.ID}
	})
}

// DeleteMessage takes a message away as the workspace's retention does: without
// a trace. Replies to it stay, but no thread can be reached through it any more.
func (s *Sim) DeleteMessage(channelID, ts string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.w.channels[channelID]
	if c == nil || c.byTS[ts] == nil {
		return fmt.Errorf("delete message: %w", notThere("no message %s in %s", ts, channelID))
	}
	s.w.remove(c, c.byTS[ts], false)
	return nil
}

// RevokeToken uninstalls the app: the Web API answers token_revoked and the
// sockets are closed.
func (s *Sim) RevokeToken() {
	s.mu.Lock()
	s.w.revoked = true
	s.mu.Unlock()
	s.sockets.disconnectAll("link_disabled")
}

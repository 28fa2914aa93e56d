package slacksim

import (
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// AddPerson lets a new person join the workspace (team_join, which carries no
// locale).
func (s *Sim) AddPerson(p Person) error {
	s.w.Lock()
	err := s.w.People.Add(p)
	var event map[string]any
	if err == nil {
		event = map[string]any{"type": "team_join", "user": s.w.People.Wire(*s.w.People.Get(p.ID), false)}
		s.w.Notify(workspace.ChangePeople, "", "")
	}
	s.w.Unlock()
	if err != nil {
		return err
	}
	s.events.Emit(event)
	return nil
}

// ChangePerson changes a person as an administrator may (user_change). The id
// stays, and the locale is one that Slack has.
func (s *Sim) ChangePerson(id string, change func(*Person)) error {
	s.w.Lock()
	p := s.w.People.Get(id)
	if p == nil {
		s.w.Unlock()
		return workspace.NotThere("no person %q", id)
	}
	before := *p
	change(p)
	if err := workspace.KnowsLocale(p.Locale); err != nil {
		*p = before
		s.w.Unlock()
		return err
	}
	p.ID, p.Guest = id, p.Guest || p.SingleChannelGuest
	if p.Deleted {
		s.w.Views.Clear(id)
	}
	event := map[string]any{"type": "user_change", "user": s.w.People.Wire(*p, true), "cache_ts": s.w.Now().Unix()}
	s.w.Notify(workspace.ChangePeople, "", "")
	s.w.Unlock()
	s.events.Emit(event)
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
	s.w.Lock()
	defer s.w.Unlock()
	if err := s.w.Channels.Add(c); err != nil {
		return err
	}
	s.w.Notify(workspace.ChangeChannel, "", c.ID)
	return nil
}

// changeChannel changes a channel and emits what the bot gets to know of it:
// nothing about channels that it is not in, or of a kind that it may not read.
func (s *Sim) changeChannel(id string, change func(c *workspace.Conversation) map[string]any) error {
	s.w.Lock()
	c := s.w.Channels.Get(id)
	if c == nil || c.IsDM() {
		s.w.Unlock()
		return workspace.NotThere("no channel %q", id)
	}
	event := change(c)
	known := c.Has(workspace.BotUserID) && s.w.App.Granted(c.ScopeFamily()+":read")
	s.w.Notify(workspace.ChangeChannel, "", id)
	s.w.Unlock()
	if event != nil && known {
		s.events.Emit(event)
	}
	return nil
}

// Join adds a person, or the bot, to a channel (member_joined_channel).
func (s *Sim) Join(person, channelID string) error {
	if _, ok := s.Person(person); !ok {
		return workspace.NotThere("no person %q", person)
	}
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
		if c.Has(person) {
			return nil
		}
		c.Members = append(c.Members, person)
		return membership(s.Team().ID, "member_joined_channel", person, c)
	})
}

// Leave takes a person, or the bot, out of a channel (member_left_channel).
func (s *Sim) Leave(person, channelID string) error {
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
		if !c.Has(person) {
			return nil
		}
		c.Members = slices.DeleteFunc(c.Members, func(id string) bool { return id == person })
		return membership(s.Team().ID, "member_left_channel", person, c)
	})
}

func membership(team, kind, person string, c *workspace.Conversation) map[string]any {
	letter := "C"
	if c.Private {
		letter = "G"
	}
	return map[string]any{"type": kind, "user": person, "channel": c.ID, "channel_type": letter, "team": team}
}

// Archive closes a channel for writing (channel_archive or group_archive).
func (s *Sim) Archive(channelID string) error {
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
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
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
		c.Archived = false
		return nil
	})
}

// MakePublic turns a private channel into a public one. No event is sent for it.
func (s *Sim) MakePublic(channelID string) error {
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
		c.Private = false
		return nil
	})
}

// ShareChannel shares a channel with another workspace (channel_shared).
func (s *Sim) ShareChannel(channelID, teamID string) error {
	return s.changeChannel(channelID, func(c *workspace.Conversation) map[string]any {
		c.ExtShared = true
		return map[string]any{"type": "channel_shared", "connected_team_id": teamID, "channel": c.ID}
	})
}

// Charts says whether the workspace takes data_visualization blocks, as it does
// from the start. Slack brings them to one workspace after the other: where
// they have not come yet, the type is unknown.
func (s *Sim) Charts(taken bool) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.TakeCharts(taken)
}

// KeepBlocks says whether chat.update without blocks keeps those of the message, as
// Slack's documentation said until it said that they are removed. They are removed
// from the start, which is the stricter of the two for who forgets them.
func (s *Sim) KeepBlocks(kept bool) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.KeepBlocks(kept)
}

// Restrict has every chat.postMessage in a channel, or with "" every one, refused
// with that error, as an administrator's settings or a plan's limits do; "" lifts it.
// restricted_action_thread_only_channel lets replies through.
func (s *Sim) Restrict(channelID, code string) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.Restrict(channelID, code)
}

// Reinstall installs the app with these scopes, whatever its manifest asks for: an
// app keeps those of its last installation until somebody installs it again.
func (s *Sim) Reinstall(scopes ...string) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.App.OAuth.Scopes.Bot = slices.Clone(scopes)
}

// JoinGrid makes the workspace one of an organisation on Enterprise Grid, with that id.
func (s *Sim) JoinGrid(enterprise string) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.Team.Enterprise = enterprise
}

// HoldFiles has every file that is uploaded from now on stay in that state until
// ReleaseFiles or DropShares: Slack scans files first. What the app uploads is
// shared only then, although the app was told that all is well.
func (s *Sim) HoldFiles(in FileState) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.Files.Hold(in)
}

// ReleaseFiles makes what was held whole, and shares it.
func (s *Sim) ReleaseFiles() { s.release(true) }

// DropShares makes what was held whole, and never shares it, as happens to Slack.
func (s *Sim) DropShares() { s.release(false) }

func (s *Sim) release(show bool) {
	s.w.Lock()
	defer s.w.Unlock()
	s.w.Files.Release(show)
}

// RevokeToken uninstalls the app: the Web API answers token_revoked and the
// sockets are closed.
func (s *Sim) RevokeToken() {
	s.api.Revoke()
	s.hub.DisconnectAll("link_disabled")
}

// moderation is what an administrator, retention and the plan take away of what was
// written.
type moderation struct{ w *workspace.Workspace }

// DeleteMessage takes a message away as the workspace's retention does: without
// a trace. Replies to it stay, but no thread can be reached through it any more.
func (m moderation) DeleteMessage(channelID, ts string) error {
	m.w.Lock()
	defer m.w.Unlock()
	c := m.w.Channels.Get(channelID)
	if c == nil || c.Message(ts) == nil {
		return fmt.Errorf("delete message: %w", workspace.NotThere("no message %s in %s", ts, channelID))
	}
	m.w.Channels.Remove(c, c.Message(ts), false)
	return nil
}

// DeleteAsAdmin deletes a message, anybody's, as an administrator does: one with
// replies leaves its tombstone above them.
func (m moderation) DeleteAsAdmin(channelID, ts string) error {
	m.w.Lock()
	defer m.w.Unlock()
	c := m.w.Channels.Get(channelID)
	if c == nil || c.Message(ts) == nil {
		return fmt.Errorf("delete message: %w", workspace.NotThere("no message %s in %s", ts, channelID))
	}
	m.w.Channels.Remove(c, c.Message(ts), true)
	return nil
}

// HideBefore hides what was posted before an instant, as the free plan hides what is
// older than 90 days; the zero instant shows all of it. Hidden messages are in no
// history and no thread, which say is_limited, and a thread whose root is hidden is
// not found. They are there all the same: an edit, a deletion and a link find them
// (assumed; Slack documents is_limited only).
func (m moderation) HideBefore(at time.Time) {
	m.w.Lock()
	defer m.w.Unlock()
	m.w.HideBefore(at)
}

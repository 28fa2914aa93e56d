package slacksim

import (
	"encoding/json"

	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// AppMessage is what another app posts. Of what it says, each part may be
// missing: apps put their words in any of the three places.
type AppMessage struct {
	App                 string          // the name under which it posts
	Text                string          // mrkdwn
	Blocks, Attachments json.RawMessage // arrays; nil without
}

// PostAsApp has another app post in a channel. Its blocks are not judged: Slack
// itself posts kinds that no app may.
func (s *Sim) PostAsApp(channel string, m AppMessage) (ts string, err error) {
	s.w.Lock()
	defer s.w.Unlock()
	c := s.w.Channels.Get(channel)
	if c == nil || c.IsDM() {
		return "", workspace.NotThere("no channel %q", channel)
	}
	for _, list := range []json.RawMessage{m.Blocks, m.Attachments} {
		if wire.Present(list) != nil && json.Unmarshal(list, &[]any{}) != nil {
			return "", workspace.NotThere("blocks and attachments are arrays")
		}
	}
	posted := s.w.Channels.Post(c, workspace.Message{App: m.App, Text: m.Text,
		Blocks: wire.Present(m.Blocks), Attachments: wire.Present(m.Attachments)})
	return posted.TS, nil
}

// ReceiveMail has an e-mail come in at a channel's address. Slack posts it as a
// file: the message itself says nothing.
func (s *Sim) ReceiveMail(channel string, m Mail) (ts string, err error) {
	s.w.Lock()
	defer s.w.Unlock()
	c := s.w.Channels.Get(channel)
	if c == nil || c.IsDM() {
		return "", workspace.NotThere("no channel %q", channel)
	}
	f := s.w.Files.AddMail(m)
	posted := s.w.Channels.Post(c, workspace.Message{User: workspace.SlackbotID, Files: []workspace.File{f.File}})
	f.ShareIn(c, posted.TS)
	return posted.TS, nil
}

package workspace

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/expiring"
	"github.com/artra/klachtbot/slacksim/wire"
)

// What a response URL is good for, and how long it is known why it no longer is.
const (
	responseURLUses   = 5
	responseURLLife   = 30 * time.Minute
	responseURLMemory = 2 * responseURLLife
)

// responseURL is a response URL: the right to answer one gesture a few times.
type responseURL struct {
	person  string
	channel *Conversation
	source  *Message // the message the gesture was made on; nil for a command
	made    time.Time
	uses    int
}

// ResponseBody is what an app posts to a response URL.
type ResponseBody struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	ResponseType    string          `json:"response_type"`
	ThreadTS        string          `json:"thread_ts"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
}

// ResponseURLs are those that were given out and are not forgotten.
type ResponseURLs struct {
	*Core
	channels *Channels
	byID     expiring.Map[*responseURL]
}

func newResponseURLs(c *Core, cs *Channels) *ResponseURLs {
	return &ResponseURLs{Core: c, channels: cs, byID: expiring.New[*responseURL]()}
}

// Mint gives a gesture of a person in a conversation its response URL. source is
// the message that it was made on, nil for a command.
func (us *ResponseURLs) Mint(person string, c *Conversation, source *Message) string {
	id := us.id("R")
	us.byID.Add(id, &responseURL{person: person, channel: c, source: source, made: us.Now()}, us.Now(), responseURLMemory)
	return us.base + "/response/" + us.Team.ID + "/" + id
}

// Use shows what the app posted to a response URL: the HTTP status, and Slack's
// answer, which is nil when the post was taken.
func (us *ResponseURLs) Use(id string, body ResponseBody) (int, wire.Reply) {
	url, found := us.byID.Get(id)
	switch {
	case !found:
		return http.StatusNotFound, wire.Refuse("no_such_hook")
	case url.uses >= responseURLUses:
		return http.StatusNotFound, wire.Refuse("used_url")
	case us.Now().Sub(url.made) > responseURLLife:
		return http.StatusNotFound, wire.Refuse("expired_url")
	}
	if answer := us.answer(url, body); answer != nil {
		return http.StatusOK, answer
	}
	url.uses++
	return http.StatusOK, nil
}

// answer shows what the app posted: in place of the source, to the person
// alone, or to all. A nil reply means that it was shown.
func (us *ResponseURLs) answer(h *responseURL, body ResponseBody) wire.Reply {
	c := h.channel
	if body.DeleteOriginal {
		return us.deleteSource(h)
	}
	if r := blockkit.JudgeMessage(body.Text, body.Blocks, body.Attachments, nil, false); r != nil {
		return wire.Refused(r)
	}
	if bad := us.CheckKinds(body.Blocks); bad != nil {
		return bad
	}
	m := Message{User: BotUserID, BotID: BotID, Text: body.Text, Blocks: us.FillIDs(wire.Present(body.Blocks)),
		Attachments: wire.Present(body.Attachments), To: h.person, ThreadTS: body.ThreadTS}
	switch {
	case body.ReplaceOriginal && h.source != nil && h.source.BotID == BotID:
		s := h.source
		s.Text, s.Blocks, s.Attachments, s.Edited = m.Text, m.Blocks, m.Attachments, !s.Ephemeral
		us.channels.replaced(c, s)
	case body.ResponseType == "in_channel":
		m.To = ""
		us.channels.Post(c, m)
	default:
		us.channels.PostEphemeral(c, m)
	}
	return nil
}

func (us *ResponseURLs) deleteSource(h *responseURL) wire.Reply {
	switch {
	case h.source == nil || h.source.BotID != BotID:
		return wire.Refuse("cant_delete_message")
	case h.source.Ephemeral:
		h.channel.dropEphemeral(h.source)
		us.Notify(ChangeMessage, h.person, h.channel.ID)
	default:
		us.channels.Remove(h.channel, h.source, true)
	}
	return nil
}

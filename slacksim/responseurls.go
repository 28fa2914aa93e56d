package slacksim

import (
	"encoding/json"
	"net/http"
	"time"
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
	channel *conversation
	source  *Message // the message the gesture was made on; nil for a command
	made    time.Time
	uses    int
}

// responseBody is what an app posts to a response URL.
type responseBody struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	ResponseType    string          `json:"response_type"`
	ThreadTS        string          `json:"thread_ts"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
}

// responseURLs are those that were given out and are not forgotten.
type responseURLs struct {
	*core
	channels *channels
	byID     expiringMap[*responseURL]
}

func newResponseURLs(c *core, cs *channels) *responseURLs {
	return &responseURLs{core: c, channels: cs, byID: newExpiringMap[*responseURL]()}
}

// mint gives a gesture of a person in a conversation its response URL. source is
// the message that it was made on, nil for a command.
func (us *responseURLs) mint(person string, c *conversation, source *Message) string {
	id := us.id("R")
	us.byID.add(id, &responseURL{person: person, channel: c, source: source, made: us.now()}, us.now(), responseURLMemory)
	return us.base + "/response/" + us.team.ID + "/" + id
}

// use shows what the app posted to a response URL: the HTTP status, and Slack's
// answer, which is nil when the post was taken.
func (us *responseURLs) use(id string, body responseBody) (int, reply) {
	url, found := us.byID.get(id)
	switch {
	case !found:
		return http.StatusNotFound, refuse("no_such_hook")
	case url.uses >= responseURLUses:
		return http.StatusNotFound, refuse("used_url")
	case us.now().Sub(url.made) > responseURLLife:
		return http.StatusNotFound, refuse("expired_url")
	}
	if answer := us.answer(url, body); answer != nil {
		return http.StatusOK, answer
	}
	url.uses++
	return http.StatusOK, nil
}

// answer shows what the app posted: in place of the source, to the person
// alone, or to all. A nil reply means that it was shown.
func (us *responseURLs) answer(h *responseURL, body responseBody) reply {
	c := h.channel
	if body.DeleteOriginal {
		return us.deleteSource(h)
	}
	if r := judgeMessage(body.Text, body.Blocks, body.Attachments, nil, false); r != nil {
		return refused(r)
	}
	if bad := us.checkKinds(body.Blocks); bad != nil {
		return bad
	}
	m := Message{User: botUserID, BotID: botID, Text: body.Text, Blocks: us.fillIDs(present(body.Blocks)),
		Attachments: present(body.Attachments), To: h.person, ThreadTS: body.ThreadTS}
	switch {
	case body.ReplaceOriginal && h.source != nil && h.source.BotID == botID:
		s := h.source
		s.Text, s.Blocks, s.Attachments, s.Edited = m.Text, m.Blocks, m.Attachments, !s.Ephemeral
		us.channels.replaced(c, s)
	case body.ResponseType == "in_channel":
		m.To = ""
		us.channels.post(c, m)
	default:
		us.channels.postEphemeral(c, m)
	}
	return nil
}

func (us *responseURLs) deleteSource(h *responseURL) reply {
	switch {
	case h.source == nil || h.source.BotID != botID:
		return refuse("cant_delete_message")
	case h.source.Ephemeral:
		h.channel.dropEphemeral(h.source)
		us.notify(ChangeMessage, h.person, h.channel.ID)
	default:
		us.channels.remove(h.channel, h.source, true)
	}
	return nil
}

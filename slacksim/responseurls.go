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
	channel *channel
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

func (w *workspace) newResponseURL(base, person string, c *channel, source *Message) string {
	id := w.id("R")
	w.responseURLs.add(id, &responseURL{person: person, channel: c, source: source, made: w.now()}, w.now(), responseURLMemory)
	return base + "/response/" + w.team.ID + "/" + id
}

// serveResponseURL answers a POST to a response URL; calls and faults know it as
// "response_url". Slack answers "ok" as plain text.
func (s *Sim) serveResponseURL(rw http.ResponseWriter, r *http.Request) {
	s.answer(rw, r, Call{Method: "response_url"}, func() (int, reply) { return s.answerResponseURL(r) })
}

func (s *Sim) answerResponseURL(r *http.Request) (int, reply) {
	var body responseBody
	if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody)).Decode(&body); err != nil {
		return http.StatusBadRequest, refuse("invalid_payload")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.w.responseURLs.byID[r.PathValue("hook")]
	switch {
	case h == nil:
		return http.StatusNotFound, refuse("no_such_hook")
	case h.uses >= responseURLUses:
		return http.StatusNotFound, refuse("used_url")
	case s.w.now().Sub(h.made) > responseURLLife:
		return http.StatusNotFound, refuse("expired_url")
	}
	if answer := s.w.useResponseURL(h, body); answer != nil {
		return http.StatusOK, answer
	}
	h.uses++
	return http.StatusOK, nil
}

// useResponseURL shows what the app posted: in place of the source, to the person
// alone, or to all. A nil reply means that it was shown.
func (w *workspace) useResponseURL(h *responseURL, body responseBody) reply {
	c := h.channel
	if body.DeleteOriginal {
		return w.deleteSource(h)
	}
	if r := judgeMessage(body.Text, body.Blocks, body.Attachments, nil, false); r != nil {
		return refused(r)
	}
	if bad := w.checkKinds(body.Blocks); bad != nil {
		return bad
	}
	m := Message{User: botUserID, BotID: botID, Text: body.Text, Blocks: w.withIDs(present(body.Blocks)),
		Attachments: present(body.Attachments), To: h.person, ThreadTS: body.ThreadTS}
	switch {
	case body.ReplaceOriginal && h.source != nil && h.source.BotID == botID:
		s := h.source
		s.Text, s.Blocks, s.Attachments, s.Edited = m.Text, m.Blocks, m.Attachments, !s.Ephemeral
		w.replaced(c, s)
	case body.ResponseType == "in_channel":
		m.To = ""
		w.post(c, m)
	default:
		w.postEphemeral(c, m)
	}
	return nil
}

// replaced tells of new content to those who see the message.
func (w *workspace) replaced(c *channel, m *Message) {
	if m.Ephemeral {
		w.notify(ChangeMessage, m.To, c.ID)
		return
	}
	w.messagesChanged(c, m)
}

func (w *workspace) deleteSource(h *responseURL) reply {
	switch {
	case h.source == nil || h.source.BotID != botID:
		return refuse("cant_delete_message")
	case h.source.Ephemeral:
		h.channel.dropEphemeral(h.source)
		w.notify(ChangeMessage, h.person, h.channel.ID)
	default:
		w.remove(h.channel, h.source, true)
	}
	return nil
}

// present is a JSON array that is really there: null and [] are not.
func present(raw json.RawMessage) json.RawMessage {
	switch string(raw) {
	case "", "null", "[]":
		return nil
	}
	return raw
}

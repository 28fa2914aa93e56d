package slacksim

import (
	"encoding/json"
	"net/http"
	"time"
)

// What a response URL is good for, and how long it is known why it no longer is.
const (
	hookUses   = 5
	hookLife   = 30 * time.Minute
	hookMemory = 2 * hookLife
)

// hook is a response URL: the right to answer one gesture a few times.
type hook struct {
	person  string
	channel *channel
	source  *Message // the message the gesture was made on; nil for a command
	made    time.Time
	uses    int
}

// hookBody is what an app posts to a response URL.
type hookBody struct {
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks"`
	Attachments     json.RawMessage `json:"attachments"`
	ResponseType    string          `json:"response_type"`
	ThreadTS        string          `json:"thread_ts"`
	ReplaceOriginal bool            `json:"replace_original"`
	DeleteOriginal  bool            `json:"delete_original"`
}

func (w *workspace) newHook(base, person string, c *channel, source *Message) string {
	id := w.id("R")
	w.hooks.add(id, &hook{person: person, channel: c, source: source, made: w.now()}, w.now(), hookMemory)
	return base + "/response/" + w.team.ID + "/" + id
}

// serveHook answers a POST to a response URL; calls and faults know it as
// "response_url". Slack answers "ok" as plain text.
func (s *Sim) serveHook(rw http.ResponseWriter, r *http.Request) {
	s.answer(rw, r, Call{Method: "response_url"}, func() (int, reply) { return s.useHook(r) })
}

func (s *Sim) useHook(r *http.Request) (int, reply) {
	var body hookBody
	if err := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody)).Decode(&body); err != nil {
		return http.StatusBadRequest, refuse("invalid_payload")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.w.hooks.byID[r.PathValue("hook")]
	switch {
	case h == nil:
		return http.StatusNotFound, refuse("no_such_hook")
	case h.uses >= hookUses:
		return http.StatusNotFound, refuse("used_url")
	case s.w.now().Sub(h.made) > hookLife:
		return http.StatusNotFound, refuse("expired_url")
	}
	if answer := s.w.answerHook(h, body); answer != nil {
		return http.StatusOK, answer
	}
	h.uses++
	return http.StatusOK, nil
}

// answerHook shows what the app posted: in place of the source, to the person
// alone, or to all. A nil reply means that it was shown.
func (w *workspace) answerHook(h *hook, body hookBody) reply {
	c := h.channel
	if body.DeleteOriginal {
		return w.deleteSource(h)
	}
	if r := judgeMessage(body.Text, body.Blocks, body.Attachments, nil, false); r != nil {
		return refused(r)
	}
	if bad := w.knows(body.Blocks); bad != nil {
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
		w.whisper(c, m)
	}
	return nil
}

// replaced tells of new content to those who see the message.
func (w *workspace) replaced(c *channel, m *Message) {
	if m.Ephemeral {
		w.touch(ChangeMessage, m.To, c.ID)
		return
	}
	w.changed(c, m)
}

func (w *workspace) deleteSource(h *hook) reply {
	switch {
	case h.source == nil || h.source.BotID != botID:
		return refuse("cant_delete_message")
	case h.source.Ephemeral:
		h.channel.dropEphemeral(h.source)
		w.touch(ChangeMessage, h.person, h.channel.ID)
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

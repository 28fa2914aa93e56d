package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// ownSlack is a second opinion on the contract (design section 5): a Slack
// that shares nothing with slacksim, implements only what the bot cannot do
// without, and gives the sparsest answers that are still legal.
type ownSlack struct {
	t      testing.TB
	server *httptest.Server

	mu      sync.Mutex
	changed chan struct{} // closed and replaced whenever something happens
	sockets []*websocket.Conn
	acks    map[string][]ownAck // by envelope id
	posts   []*ownPost
	views   map[string]fields // by trigger id; what was opened
	updates map[string]fields // by view id
	homes   map[string]fields // by user id
	replies []string          // what came through a response_url
	people  map[string]fields // users.info by id
	faults  map[string][]fault
	count   int // of ids
}

// fields is a JSON object.
type fields = map[string]any

// fault spoils one answer; with apply the call is carried out all the same.
type fault struct {
	apply  bool
	answer func(http.ResponseWriter)
}

type ownAck struct {
	payload json.RawMessage
	took    time.Duration
}

// ownPost is a message.
type ownPost struct {
	channel, ts, thread, text string
	blocks                    []any
	rawBlocks                 string
	metadata                  fields
	edits                     int
}

func newOwnSlack(t testing.TB) *ownSlack {
	s := &ownSlack{
		t: t, changed: make(chan struct{}), acks: map[string][]ownAck{}, views: map[string]fields{},
		updates: map[string]fields{}, homes: map[string]fields{}, faults: map[string][]fault{},
		people: map[string]fields{},
	}
	for _, id := range []string{ownStaff, ownOfficer, ownDeputy, ownDirector} {
		s.people[id] = fields{"id": id, "name": strings.ToLower(id)}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.api)
	mux.HandleFunc("/socket", s.socket)
	mux.HandleFunc("/respond", func(_ http.ResponseWriter, r *http.Request) {
		var body fields
		_ = json.NewDecoder(r.Body).Decode(&body)
		s.change(func() { s.replies = append(s.replies, textOf(body["text"])) })
	})
	s.server = httptest.NewServer(mux)
	t.Cleanup(s.server.Close)
	return s
}

// change does something under the lock and wakes whoever waits.
func (s *ownSlack) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	close(s.changed)
	s.changed = make(chan struct{})
}

// await waits until done says so; done runs under the lock.
func (s *ownSlack) await(what string, done func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 12*time.Second)
	defer cancel()
	for {
		s.mu.Lock()
		ok, changed := done(), s.changed
		s.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			s.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// spoil spoils the next answers to a method.
func (s *ownSlack) spoil(method string, faults ...fault) {
	s.change(func() { s.faults[method] = append(s.faults[method], faults...) })
}

func refused(code string) fault {
	return fault{answer: func(w http.ResponseWriter) { write(w, fields{"ok": false, "error": code}) }}
}

func status(code int, header ...string) fault {
	return fault{answer: func(w http.ResponseWriter) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}}
}

// lost cuts the connection instead of answering.
func lost(apply bool) fault {
	return fault{apply: apply, answer: func(w http.ResponseWriter) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	}}
}

func write(w http.ResponseWriter, body fields) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func (s *ownSlack) api(w http.ResponseWriter, r *http.Request) {
	method := strings.TrimPrefix(r.URL.Path, "/api/")
	args, token := readCall(r)
	if want := map[bool]string{true: ownAppToken, false: ownBotToken}[method == "apps.connections.open"]; token != want {
		write(w, fields{"ok": false, "error": "invalid_auth"})
		return
	}
	var spoiled *fault
	var answer fields
	s.change(func() {
		if queue := s.faults[method]; len(queue) > 0 {
			spoiled, s.faults[method] = &queue[0], queue[1:]
		}
		if spoiled == nil || spoiled.apply {
			answer = s.carryOut(method, args)
		}
	})
	if spoiled != nil {
		spoiled.answer(w)
		return
	}
	write(w, answer)
}

// readCall reads the arguments of a call in either of Slack's two forms.
func readCall(r *http.Request) (args fields, token string) {
	args = fields{}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		_ = json.NewDecoder(r.Body).Decode(&args)
	} else if r.ParseForm() == nil {
		for k := range r.Form {
			args[k] = r.Form.Get(k)
		}
	}
	token = cmp.Or(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), textOf(args["token"]))
	return args, token
}

// carryOut answers a call, under the lock.
func (s *ownSlack) carryOut(method string, args fields) fields {
	ok := fields{"ok": true}
	channel := textOf(args["channel"])
	switch method {
	case "apps.connections.open":
		ok["url"] = "ws" + strings.TrimPrefix(s.server.URL, "http") + "/socket"
	case "auth.test":
		ok["user_id"], ok["team_id"] = "UOWNBOT", "TOWN"
	case "users.list":
		var all []any
		for _, p := range s.people {
			all = append(all, p)
		}
		ok["members"] = all
	case "users.info":
		p, known := s.people[textOf(args["user"])]
		if !known {
			return fields{"ok": false, "error": "user_not_found"}
		}
		ok["user"] = p
	case "conversations.info":
		ok["channel"] = fields{"id": channel, "is_channel": true, "is_private": true}
	case "conversations.members":
		ok["members"] = []string{"UOWNBOT", ownOfficer, ownDeputy}
	case "conversations.open":
		ok["channel"] = fields{"id": "D" + textOf(args["users"])}
	case "conversations.history", "conversations.replies":
		ok["messages"] = s.history(method, args)
	case "chat.postMessage", "chat.update", "chat.delete":
		return s.message(method, args)
	case "views.open", "views.update", "views.publish":
		return s.view(method, args)
	default:
		return fields{"ok": false, "error": "unknown_method"}
	}
	return ok
}

func (s *ownSlack) history(method string, args fields) []fields {
	all := []fields{}
	for _, p := range s.posts {
		in := p.thread == ""
		if method == "conversations.replies" {
			in = p.thread == textOf(args["ts"]) || p.ts == textOf(args["ts"])
		}
		if p.channel != textOf(args["channel"]) || !in || p.ts < textOf(args["oldest"]) && p.ts != textOf(args["ts"]) {
			continue
		}
		m := fields{"type": "message", "ts": p.ts, "text": p.text}
		if textOf(args["include_all_metadata"]) != "" {
			m["metadata"] = p.metadata
		}
		all = append(all, m)
	}
	return all
}

func (s *ownSlack) message(method string, args fields) fields {
	p := &ownPost{channel: textOf(args["channel"]), thread: textOf(args["thread_ts"])}
	if method != "chat.postMessage" {
		if p = s.find(textOf(args["channel"]), textOf(args["ts"])); p == nil {
			return fields{"ok": false, "error": "message_not_found"}
		}
		p.edits++
	} else {
		p.ts = fmt.Sprintf("%d.%06d", time.Now().Unix(), s.next())
		s.posts = append(s.posts, p)
	}
	p.text, p.blocks, p.metadata = textOf(args["text"]), nil, nil
	p.rawBlocks = textOf(args["blocks"])
	_ = json.Unmarshal([]byte(p.rawBlocks), &p.blocks)
	_ = json.Unmarshal([]byte(textOf(args["metadata"])), &p.metadata)
	return fields{"ok": true, "channel": p.channel, "ts": p.ts}
}

func (s *ownSlack) find(channel, ts string) *ownPost {
	for _, p := range s.posts {
		if p.channel == channel && p.ts == ts {
			return p
		}
	}
	return nil
}

func (s *ownSlack) view(method string, args fields) fields {
	view, _ := args["view"].(fields)
	id := textOf(args["view_id"])
	switch trigger := textOf(args["trigger_id"]); {
	case method == "views.publish":
		s.homes[textOf(args["user_id"])] = view
	case method == "views.update":
		s.updates[id] = view
	case s.views[trigger] != nil:
		return fields{"ok": false, "error": "exchanged_trigger_id"}
	default:
		id = fmt.Sprintf("V%d", s.next())
		view["id"] = id
		s.views[trigger] = view
	}
	return fields{"ok": true, "view": fields{"id": id}}
}

func (s *ownSlack) next() int {
	s.count++
	return s.count
}

func (s *ownSlack) socket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	_ = conn.WriteJSON(fields{"type": "hello"})
	s.change(func() { s.sockets = append(s.sockets, conn) })
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if conn.ReadJSON(&ack) != nil {
			break
		}
		s.change(func() { s.acks[ack.ID] = append(s.acks[ack.ID], ownAck{payload: ack.Payload}) })
	}
	s.change(func() {
		for i, c := range s.sockets {
			if c == conn {
				s.sockets = append(s.sockets[:i:i], s.sockets[i+1:]...)
				return
			}
		}
	})
}

// textOf reads a JSON value as text, "" for anything else.
func textOf(v any) string {
	s, _ := v.(string)
	return s
}

package slacksim

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Limits of Socket Mode.
const (
	maxSockets = 10
	maxAck     = 20_480 // bytes: an acknowledgement this large is lost without a word
	writeWait  = 5 * time.Second
)

// sockets are the app's open WebSockets. Each envelope goes to one of them, in turn.
type sockets struct {
	sim *Sim

	mu         sync.Mutex
	open       []*socket // oldest first
	next       int
	tickets    map[string]bool
	deliveries map[string]*delivery
	serial     int
	duplicate  int // envelopes still to be delivered twice
	dropAcks   int // acknowledgements still to be lost
	closed     bool
}

// socket is one connection; writes are serialised.
type socket struct {
	conn *websocket.Conn
	mu   sync.Mutex
}

func newSockets(s *Sim) *sockets {
	return &sockets{sim: s, tickets: map[string]bool{}, deliveries: map[string]*delivery{}}
}

// ticket is a WebSocket URL that can be dialled once.
func (s *sockets) ticket(base string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.serial++
	id := fmt.Sprintf("ticket-%d", s.serial)
	s.tickets[id] = true
	return "ws" + base[min(len("http"), len(base)):] + "/link/?ticket=" + id + "&app_id=" + appID
}

// serve upgrades a connection and reads acknowledgements until it ends.
func (s *sockets) serve(rw http.ResponseWriter, r *http.Request) {
	fault := s.sim.faults.take("socket")
	if !s.sim.hold(r, fault.delay) || fault.cutBefore {
		cut(rw)
		return
	}
	if status, answer := fault.answer(); status != 0 {
		respond(rw, status, answer)
		return
	}
	if !s.useTicket(r.URL.Query().Get("ticket")) {
		http.Error(rw, "invalid ticket", http.StatusForbidden)
		return
	}
	// Clients send Slack's own origin; a ticket is what admits them.
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := upgrader.Upgrade(rw, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	s.run(&socket{conn: conn})
}

func (s *sockets) useTicket(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ok := s.tickets[id]
	delete(s.tickets, id)
	return ok
}

func (s *sockets) run(c *socket) {
	defer func() { _ = c.conn.Close() }()
	if err := s.admit(c); err != nil {
		s.sim.cfg.Log.Debug("socket refused", "error", err)
		return
	}
	defer s.leave(c)
	s.sim.notifySockets()
	stop := make(chan struct{})
	var pinger sync.WaitGroup
	pinger.Go(func() { s.ping(c, stop) })
	defer pinger.Wait()
	defer close(stop)
	s.read(c)
}

var errFull = errors.New("too many websockets")

// admit greets a socket and counts it in; the eleventh is told so and sent away.
func (s *sockets) admit(c *socket) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	if len(s.open) >= maxSockets {
		return errors.Join(errFull, c.write(disconnect("too_many_websockets")))
	}
	if err := c.write(hello(len(s.open) + 1)); err != nil {
		return err
	}
	s.open = append(s.open, c)
	return nil
}

func (s *sockets) leave(c *socket) {
	s.mu.Lock()
	s.open = slices.DeleteFunc(s.open, func(o *socket) bool { return o == c })
	s.mu.Unlock()
	s.sim.notifySockets()
}

func hello(count int) any {
	return map[string]any{"type": "hello", "num_connections": count,
		"debug_info":      map[string]any{"host": "slacksim", "build_number": 1, "approximate_connection_time": 18060},
		"connection_info": map[string]any{"app_id": appID}}
}

func disconnect(reason string) any {
	return map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "slacksim"}}
}

func (s *sockets) ping(c *socket, stop <-chan struct{}) {
	ticker := time.NewTicker(s.sim.cfg.PingEvery)
	defer ticker.Stop()
	for n := 1; ; n++ {
		payload := fmt.Sprintf("Ping from slacksim %d", n)
		if c.conn.WriteControl(websocket.PingMessage, []byte(payload), time.Now().Add(writeWait)) != nil {
			return
		}
		select {
		case <-ticker.C:
		case <-stop:
			return
		}
	}
}

// read takes acknowledgements; a client that answers no pings is dropped.
func (s *sockets) read(c *socket) {
	patience := max(6*s.sim.cfg.PingEvery, time.Second)
	alive := func(string) error { return c.conn.SetReadDeadline(time.Now().Add(patience)) }
	c.conn.SetPongHandler(alive)
	for alive("") == nil {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		s.acknowledged(raw)
	}
}

func (c *socket) write(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.conn.SetWriteDeadline(time.Now().Add(writeWait)); err != nil {
		return fmt.Errorf("write deadline: %w", err)
	}
	if err := c.conn.WriteJSON(v); err != nil {
		return fmt.Errorf("write to socket: %w", err)
	}
	return nil
}

// pick is the socket whose turn it is; nil when none is open.
func (s *sockets) pick() *socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == 0 {
		return nil
	}
	s.next++
	return s.open[s.next%len(s.open)]
}

func (s *sockets) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.open)
}

func (s *sockets) cutAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.open {
		_ = c.conn.NetConn().Close()
	}
}

func (s *sockets) refresh(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == 0 {
		return
	}
	c := s.open[0]
	if c.write(disconnect(reason)) != nil || reason == "warning" {
		return
	}
	c.closeNormally()
}

// orderDisturbance orders duplicates and lost acknowledgements; a negative count leaves
// what was ordered before.
func (s *sockets) orderDisturbance(duplicate, dropAcks int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if duplicate >= 0 {
		s.duplicate = duplicate
	}
	if dropAcks >= 0 {
		s.dropAcks = dropAcks
	}
}

// closeNormally closes a socket as a server should.
func (c *socket) closeNormally() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.conn.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(writeWait))
	_ = c.conn.Close()
}

// close ends every socket and admits no more.
func (s *sockets) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, c := range s.open {
		c.closeNormally()
	}
}

// disconnectAll ends every socket; the app may come back if its token is still good.
func (s *sockets) disconnectAll(reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.open {
		if c.write(disconnect(reason)) == nil {
			c.closeNormally()
		}
	}
}

// ackMessage is what the app sends back.
type ackMessage struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
}

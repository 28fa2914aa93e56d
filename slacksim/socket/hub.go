package socket

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// Limits of Socket Mode.
const (
	maxSockets = 10
	maxAck     = 20_480 // bytes: an acknowledgement this large is lost without a word
	writeWait  = 5 * time.Second
)

// Hub holds the app's open WebSockets. Each envelope goes to one of them, in turn.
type Hub struct {
	w       *workspace.Workspace
	ackWait time.Duration
	pings   time.Duration
	log     *slog.Logger

	mu         sync.Mutex
	open       []*conn // oldest first
	next       int
	serial     int // of trigger ids
	tickets    map[string]bool
	deliveries map[string]*delivery
	duplicate  int // envelopes still to be delivered twice
	dropAcks   int // acknowledgements still to be lost
	closed     bool
}

// conn is one connection; writes are serialised.
type conn struct {
	conn *websocket.Conn
	mu   sync.Mutex
}

// Config is how long sockets wait and where they report.
type Config struct {
	AckWait   time.Duration // for an acknowledgement
	PingEvery time.Duration
	Log       *slog.Logger
}

// New opens no socket yet: the app does, with a ticket.
func New(w *workspace.Workspace, cfg Config) *Hub {
	return &Hub{w: w, ackWait: cfg.AckWait, pings: cfg.PingEvery, log: cfg.Log,
		tickets: map[string]bool{}, deliveries: map[string]*delivery{}}
}

// Ticket is a WebSocket URL that can be dialled once.
func (h *Hub) Ticket(base string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	id := rand.Text()
	h.tickets[id] = true
	return "ws" + base[min(len("http"), len(base)):] + "/link/?ticket=" + id + "&app_id=" + workspace.AppID
}

// ServeHTTP upgrades a connection and reads acknowledgements until it ends.
func (h *Hub) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	if !h.useTicket(r.URL.Query().Get("ticket")) {
		http.Error(rw, "invalid ticket", http.StatusForbidden)
		return
	}
	// Clients send Slack's own origin; a ticket admits them, and package guard keeps
	// the pages of other sites away.
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(rw, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	h.run(&conn{conn: ws})
}

func (h *Hub) useTicket(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	ok := h.tickets[id]
	delete(h.tickets, id)
	return ok
}

func (h *Hub) run(c *conn) {
	defer func() { _ = c.conn.Close() }()
	if err := h.admit(c); err != nil {
		h.log.Debug("socket refused", "error", err)
		return
	}
	defer h.leave(c)
	h.w.NotifySockets()
	stop := make(chan struct{})
	var pinger sync.WaitGroup
	pinger.Go(func() { h.ping(c, stop) })
	defer pinger.Wait()
	defer close(stop)
	h.read(c)
}

var errFull = errors.New("too many websockets")

// admit greets a socket and counts it in; the eleventh gets a disconnect envelope and is closed.
func (h *Hub) admit(c *conn) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return workspace.ErrClosed
	}
	if len(h.open) >= maxSockets {
		return errors.Join(errFull, c.write(disconnect("too_many_websockets")))
	}
	if err := c.write(hello(len(h.open) + 1)); err != nil {
		return err
	}
	h.open = append(h.open, c)
	return nil
}

func (h *Hub) leave(c *conn) {
	h.mu.Lock()
	h.open = slices.DeleteFunc(h.open, func(o *conn) bool { return o == c })
	h.mu.Unlock()
	h.w.NotifySockets()
}

func hello(count int) any {
	return map[string]any{"type": "hello", "num_connections": count,
		"debug_info":      map[string]any{"host": "slacksim", "build_number": 1, "approximate_connection_time": 18060},
		"connection_info": map[string]any{"app_id": workspace.AppID}}
}

func disconnect(reason string) any {
	return map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "slacksim"}}
}

func (h *Hub) ping(c *conn, stop <-chan struct{}) {
	ticker := time.NewTicker(h.pings)
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
func (h *Hub) read(c *conn) {
	patience := max(6*h.pings, time.Second)
	alive := func(string) error { return c.conn.SetReadDeadline(time.Now().Add(patience)) }
	c.conn.SetPongHandler(alive)
	for alive("") == nil {
		_, raw, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		h.acknowledged(raw)
	}
}

func (c *conn) write(v any) error {
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
func (h *Hub) pick() *conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.open) == 0 {
		return nil
	}
	h.next++
	return h.open[h.next%len(h.open)]
}

// Count is the number of open sockets.
func (h *Hub) Count() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.open)
}

// CutAll closes every socket without a word.
func (h *Hub) CutAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.open {
		_ = c.conn.NetConn().Close()
	}
}

// Refresh sends a disconnect envelope on the oldest socket, and closes it unless the
// reason is "warning".
func (h *Hub) Refresh(reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.open) == 0 {
		return
	}
	c := h.open[0]
	if c.write(disconnect(reason)) != nil || reason == "warning" {
		return
	}
	c.closeNormally()
}

// Disturb orders duplicates and lost acknowledgements; a negative count leaves
// what was ordered before.
func (h *Hub) Disturb(duplicate, dropAcks int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if duplicate >= 0 {
		h.duplicate = duplicate
	}
	if dropAcks >= 0 {
		h.dropAcks = dropAcks
	}
}

// closeNormally closes a socket as a server should.
func (c *conn) closeNormally() {
	goodbye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = c.conn.WriteControl(websocket.CloseMessage, goodbye, time.Now().Add(writeWait))
	_ = c.conn.Close()
}

// Close ends every socket and admits no more.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, c := range h.open {
		c.closeNormally()
	}
}

// DisconnectAll ends every socket; the app may come back if its token is still good.
func (h *Hub) DisconnectAll(reason string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.open {
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

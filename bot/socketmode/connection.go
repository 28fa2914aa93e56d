package socketmode

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

const (
	pingWait  = 30 * time.Second // Slack pings more often than that
	lingers   = 15 * time.Second // Slack warns about 10 s before it ends a connection
	closeWait = time.Second      // for Slack's answer to our goodbye
	writeWait = 10 * time.Second

	ackBuffer = 32 << 10 // above maxAck: one frame each
	maxAck    = 20_480   // bytes: Slack loses an ack this large without a word

	// maxEnvelope is twice the largest that Slack can mean: a submission repeats its
	// view (250 kB) and what was filled in, 100 inputs of 3,000 characters, each of
	// which JSON may write in six bytes.
	maxEnvelope = 4 << 20
	// maxSkipped is how much of a larger one is read past, without being kept, before
	// the connection is given up for another.
	maxSkipped = 64 << 20
)

// ErrAckTooLarge is an ack that Slack would lose without a word.
var ErrAckTooLarge = errors.New("ack too large for a socket")

// connection is one WebSocket. One goroutine reads; writes are serialised.
type connection struct {
	client *Client
	ws     *websocket.Conn
	over   chan error  // why it ended or is about to; sent once
	last   atomic.Bool // it is about to end: no ping lengthens it

	writing sync.Mutex

	// Of the reading goroutine:
	greeted, ended bool
}

func newConnection(c *Client, ws *websocket.Conn) *connection {
	n := &connection{client: c, ws: ws, over: make(chan error, 1)}
	ws.SetPingHandler(func(payload string) error {
		n.alive()
		err := ws.WriteControl(websocket.PongMessage, []byte(payload), time.Now().Add(writeWait))
		if errors.Is(err, websocket.ErrCloseSent) {
			return nil
		}
		return err
	})
	return n
}

// read takes messages until the connection is gone.
func (n *connection) read() {
	defer func() { _ = n.ws.Close() }()
	n.alive()
	for {
		raw, err := n.next()
		if err != nil {
			n.end()
			return
		}
		if raw != nil {
			n.take(raw)
		}
	}
}

// next reads one message; nil is one that is too large. That one is read past and not
// acknowledged: an ack would tell Slack that what somebody typed has arrived.
func (n *connection) next() ([]byte, error) {
	_, r, err := n.ws.NextReader()
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxEnvelope+1))
	if err != nil || len(raw) <= maxEnvelope {
		return raw, err
	}
	size := int64(len(raw))
	skipped, err := io.CopyN(io.Discard, r, maxSkipped)
	n.client.log.Error("envelope too large, not read", "bytes", size+skipped, "whole", errors.Is(err, io.EOF))
	switch {
	case err == nil:
		return nil, errEndless
	case errors.Is(err, io.EOF):
		return nil, nil
	}
	return nil, err
}

// errEndless is a message that is larger than anybody waits for.
var errEndless = errors.New("message without an end")

// alive gives Slack until the next ping but one.
func (n *connection) alive() {
	if n.last.Load() {
		return
	}
	_ = n.ws.SetReadDeadline(time.Now().Add(pingWait)) // one that fails shows at the next read
	if n.last.Load() {                                 // goodbye came in between
		_ = n.ws.SetReadDeadline(time.Now().Add(closeWait))
	}
}

// take handles one message of Slack's.
func (n *connection) take(raw []byte) {
	m := parse(raw)
	switch m.Type {
	case typeHello:
		n.greeted = true
		n.client.receiver.Connected(int(n.client.open.Add(1)))
	case typeDisconnect:
		n.last.Store(true)
		_ = n.ws.SetReadDeadline(time.Now().Add(lingers))
		n.end()
	default:
		if e, ok := m.envelope(); ok {
			e.from = n
			n.client.receiver.Receive(e)
		}
	}
}

// end says once that the connection is over, or about to be.
func (n *connection) end() {
	if n.ended {
		return
	}
	n.ended = true
	if n.greeted {
		n.client.open.Add(-1)
	}
	n.over <- errReconnect
}

// goodbye closes the connection as a client should: what was written before it
// arrives.
func (n *connection) goodbye() {
	n.last.Store(true)
	message := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = n.ws.WriteControl(websocket.CloseMessage, message, time.Now().Add(closeWait)) // it may be gone
	_ = n.ws.SetReadDeadline(time.Now().Add(closeWait))
}

// Ack sends the answer to the envelope, payload nil for an empty one, on the
// connection that it came on. It returns when the answer was written.
func (e Envelope) Ack(ctx context.Context, payload any) error {
	b, err := json.Marshal(struct {
		ID      string `json:"envelope_id"`
		Payload any    `json:"payload,omitempty"`
	}{e.ID, payload})
	switch {
	case err != nil:
		return err
	case len(b) >= maxAck:
		return ErrAckTooLarge
	}
	return e.from.write(ctx, b)
}

func (n *connection) write(ctx context.Context, message []byte) error {
	n.writing.Lock()
	defer n.writing.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	deadline := time.Now().Add(writeWait)
	if d, ok := ctx.Deadline(); ok {
		deadline = d
	}
	if err := n.ws.SetWriteDeadline(deadline); err != nil {
		return err
	}
	return n.ws.WriteMessage(websocket.TextMessage, message)
}

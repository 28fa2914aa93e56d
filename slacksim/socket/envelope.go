package socket

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// ErrNoAck means that the app did not acknowledge in time: the person reads that
// the app did not respond.
var ErrNoAck = errors.New("the app did not respond")

// Envelope is what goes to the app over a socket.
type Envelope struct {
	EnvelopeID             string `json:"envelope_id"`
	Type                   string `json:"type"`
	AcceptsResponsePayload bool   `json:"accepts_response_payload"`
	Payload                any    `json:"payload"`
	*Retry
}

// Retry marks an event's later deliveries; other envelopes have none.
type Retry struct {
	Attempt int    `json:"retry_attempt"`
	Reason  string `json:"retry_reason"`
}

// delivery is an envelope that was sent: how often, and how often it was
// acknowledged. It stays known, so that a late or second acknowledgement can be
// distinguished from an invented one.
type delivery struct {
	what    string
	accepts bool
	copies  int
	acks    int
	first   chan json.RawMessage // receives the first acknowledgement's payload
}

// Deliver sends an envelope and waits for its acknowledgement: the payload, or
// ErrNoAck when none came in time. what names the gesture in complaints.
func (h *Hub) Deliver(ctx context.Context, what string, e Envelope) (json.RawMessage, error) {
	d := h.register(what, &e)
	timer := time.NewTimer(h.ackWait)
	defer timer.Stop()
	if err := h.send(d, e); err != nil {
		return nil, err
	}
	select {
	case payload := <-d.first:
		return payload, nil
	case <-timer.C:
		return nil, fmt.Errorf("%s: %w", what, ErrNoAck)
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w: %w", what, ErrNoAck, ctx.Err())
	case <-h.w.Ended():
		return nil, workspace.ErrClosed
	}
}

func (h *Hub) register(what string, e *Envelope) *delivery {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.serial++
	e.EnvelopeID = fmt.Sprintf("e0000000-0000-4000-8000-%012d", h.serial)
	d := &delivery{what: what, accepts: e.AcceptsResponsePayload, copies: 1, first: make(chan json.RawMessage, 1)}
	if h.duplicate > 0 {
		h.duplicate--
		d.copies = 2
	}
	h.deliveries[e.EnvelopeID] = d
	return d
}

// send writes an envelope to the socket whose turn it is; when that one turns
// out to be gone it tries the others.
func (h *Hub) send(d *delivery, e Envelope) error {
	for sent, tries := 0, 0; sent < d.copies; tries++ {
		c := h.pick()
		if c == nil || tries > 2*maxSockets {
			return fmt.Errorf("%s: no socket is open: %w", d.what, ErrNoAck)
		}
		if c.write(e) == nil {
			sent++
		}
	}
	return nil
}

// acknowledged takes one message from the app.
func (h *Hub) acknowledged(raw []byte) {
	var ack ackMessage
	if err := json.Unmarshal(raw, &ack); err != nil || ack.EnvelopeID == "" {
		h.w.ReportComplaint("a socket message that is no acknowledgement")
		return
	}
	if complaint := h.acknowledge(ack, len(raw)); complaint != "" {
		h.w.ReportComplaint("%s", complaint)
	}
}

// acknowledge returns what is wrong with an acknowledgement, "" for nothing.
func (h *Hub) acknowledge(ack ackMessage, size int) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.deliveries[ack.EnvelopeID]
	if d == nil {
		return "acknowledged an envelope that was never sent"
	}
	if size >= maxAck {
		return fmt.Sprintf("%s: an acknowledgement of %d bytes: Slack loses %d and more", d.what, size, maxAck)
	}
	if h.dropAcks > 0 {
		h.dropAcks--
		return ""
	}
	d.acks++
	if d.acks > d.copies {
		return fmt.Sprintf("%s: acknowledged %d times", d.what, d.acks)
	}
	complaint := ""
	if p := string(ack.Payload); !d.accepts && p != "" && p != "null" && p != "{}" {
		complaint = d.what + ": acknowledged with a payload that Slack ignores"
	}
	select {
	case d.first <- ack.Payload:
	default:
	}
	return complaint
}

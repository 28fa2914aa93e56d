package bot

import (
	"context"
	"sync"
)

// ledger knows which acks are still on their way to the wire. slack-go's Ack
// returns when the ack is queued, and has no way to wait until it is written;
// an ack in that queue is lost when the socket is closed (18 of 40,
// measured).
//
// It looks on as the WebSocket's buffer pool: gorilla/websocket takes a
// buffer at the start of each data message and puts it back when the message
// has been written, and acks are the only data messages that a socket sends
// (pongs are control messages, without such a buffer).
type ledger struct {
	buffers sync.Pool
	mu      sync.Mutex
	pending int           // acks queued and not yet written
	settled chan struct{} // closed when pending reaches 0; nil while nobody waits
}

// Get implements websocket.BufferPool.
func (l *ledger) Get() any { return l.buffers.Get() }

// Put implements websocket.BufferPool: a message was written.
func (l *ledger) Put(buffer any) {
	l.buffers.Put(buffer)
	l.add(-1)
}

// add counts an ack that is handed to slack-go (+1), or one that was written
// or could not be handed over (-1).
func (l *ledger) add(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending += n
	if l.pending <= 0 && l.settled != nil {
		close(l.settled)
		l.settled = nil
	}
}

// flush returns when every ack was written, or when ctx ends: the socket may
// be gone.
func (l *ledger) flush(ctx context.Context) {
	l.mu.Lock()
	if l.pending <= 0 {
		l.mu.Unlock()
		return
	}
	if l.settled == nil {
		l.settled = make(chan struct{})
	}
	settled := l.settled
	l.mu.Unlock()
	select {
	case <-settled:
	case <-ctx.Done():
	}
}

package delivery

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/artra/klachtbot/outbox"
)

// panicsOnce is an outbox whose first claim panics.
type panicsOnce struct {
	Outbox
	once     sync.Once
	panicked chan struct{}
}

func (p *panicsOnce) Next(ctx context.Context, l outbox.Lease, settled []outbox.Settled, most int) (outbox.Batch, error) {
	p.once.Do(func() {
		close(p.panicked)
		panic(confided)
	})
	return p.Outbox.Next(ctx, l, settled, most)
}

// TestServe_panicOutsideOfAnAttempt: the lane rests, the other lanes are served,
// and the log says where it was, not what the panic said.
func TestServe_panicOutsideOfAnAttempt(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	broken := &panicsOnce{Outbox: l.sender.outbox, panicked: make(chan struct{})}
	l.sender.outbox = broken
	l.run()
	l.outbox.put(root("c1"))
	<-broken.panicked
	aside := root("c2")
	aside.Lane = outbox.DirectLane(olga)
	l.outbox.put(aside)
	l.outbox.awaitDone(t, 2)
	if said := l.Log.String(); !strings.Contains(said, "panic in a lane") || strings.Contains(said, confided) {
		t.Errorf("log: says of the panic %v, quotes it %v", strings.Contains(said, "panic in a lane"), strings.Contains(said, confided))
	}
}

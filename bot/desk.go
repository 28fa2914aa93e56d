package bot

import (
	"context"
	"sync"
)

// desk serves people's gestures with a bounded number of workers: each
// person's in the order in which they came, different people's side by side,
// so that a slow gesture holds up nobody else. What doesn't fit in the
// waiting room is turned away.
type desk struct {
	mu      sync.Mutex
	waiting map[string][]func() // a person has an entry while being served
	room    int                 // places left
	closed  bool
	next    chan string // people whose first gesture may be served
	workers sync.WaitGroup
}

// newDesk opens a desk with that many workers and places in the waiting room.
func newDesk(workers, room int) *desk {
	d := &desk{waiting: map[string][]func(){}, room: room, next: make(chan string, room)}
	for range workers {
		d.workers.Go(d.work)
	}
	return d
}

// enter takes a gesture of that person; it never waits. It returns false when
// the room is full or the desk is closed: the gesture was not taken.
func (d *desk) enter(who string, gesture func()) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.room == 0 {
		return false
	}
	d.room--
	queue, served := d.waiting[who]
	d.waiting[who] = append(queue, gesture)
	if !served {
		d.next <- who // has a place for everybody in the room
	}
	return true
}

func (d *desk) work() {
	for who := range d.next {
		d.first(who)()
		d.done(who)
	}
}

func (d *desk) first(who string) func() {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.waiting[who][0]
}

// done takes the served gesture out and calls up the person's next one.
func (d *desk) done(who string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room++
	if rest := d.waiting[who][1:]; len(rest) > 0 {
		d.waiting[who] = rest
		d.next <- who
		return
	}
	delete(d.waiting, who)
	d.endWhenEmpty()
}

// close takes no more gestures and returns when those in hand are served, or
// when ctx ends.
func (d *desk) close(ctx context.Context) {
	d.mu.Lock()
	if !d.closed {
		d.closed = true
		d.endWhenEmpty()
	}
	d.mu.Unlock()
	served := make(chan struct{})
	go func() {
		defer close(served)
		d.workers.Wait()
	}()
	select {
	case <-served:
	case <-ctx.Done():
	}
}

// endWhenEmpty sends the workers home once the desk is closed and nobody
// waits. The caller holds the lock.
func (d *desk) endWhenEmpty() {
	if d.closed && len(d.waiting) == 0 {
		close(d.next)
	}
}

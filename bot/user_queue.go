package bot

import (
	"context"
	"sync"
)

// userQueue serves people's gestures with a bounded number of workers: each
// person's in the order in which they came, different people's side by side,
// so that a slow gesture holds up nobody else. What doesn't fit in the
// queue is turned away.
type userQueue struct {
	mu      sync.Mutex
	waiting map[string][]func() // a person has an entry while being served
	free    int                 // places left
	closed  bool
	next    chan string // people whose first gesture may be served
	size    int         // workers
	workers sync.WaitGroup
}

// newUserQueue has that many workers and places to wait; start starts it.
func newUserQueue(workers, places int) *userQueue {
	return &userQueue{waiting: map[string][]func(){}, free: places, next: make(chan string, places), size: workers}
}

// start lets the workers work.
func (q *userQueue) start() {
	for range q.size {
		q.workers.Go(q.work)
	}
}

// enter takes a gesture of that person; it never waits. It returns false when
// the queue is full or closed: the gesture was not taken.
func (q *userQueue) enter(who string, gesture func()) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.free == 0 {
		return false
	}
	q.free--
	queue, served := q.waiting[who]
	q.waiting[who] = append(queue, gesture)
	if !served {
		q.next <- who // has a place for everybody who waits
	}
	return true
}

func (q *userQueue) work() {
	for who := range q.next {
		q.first(who)()
		q.done(who)
	}
}

func (q *userQueue) first(who string) func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.waiting[who][0]
}

// done takes the served gesture out and calls up the person's next one.
func (q *userQueue) done(who string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.free++
	if rest := q.waiting[who][1:]; len(rest) > 0 {
		q.waiting[who] = rest
		q.next <- who
		return
	}
	delete(q.waiting, who)
	q.endWhenEmpty()
}

// close takes no more gestures and returns when those in hand are served, or
// when ctx ends.
func (q *userQueue) close(ctx context.Context) {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		q.endWhenEmpty()
	}
	q.mu.Unlock()
	served := make(chan struct{})
	go func() {
		defer close(served)
		q.workers.Wait()
	}()
	select {
	case <-served:
	case <-ctx.Done():
	}
}

// endWhenEmpty sends the workers home once the queue is closed and nobody
// waits. The caller holds the lock.
func (q *userQueue) endWhenEmpty() {
	if q.closed && len(q.waiting) == 0 {
		close(q.next)
	}
}

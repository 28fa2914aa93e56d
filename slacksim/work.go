package slacksim

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// work counts what a simulator has under way (requests, events, the server), so
// that Close can wait for it.
type work struct {
	ctx    context.Context // ends with the simulator
	cancel context.CancelFunc

	mu sync.Mutex // nothing is added once ctx has ended
	wg sync.WaitGroup
}

func newWork() *work {
	w := new(work)
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

// start runs f on a goroutine that wait waits for; false when already ended.
func (w *work) start(f func()) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ctx.Err() != nil {
		return false
	}
	w.wg.Go(f)
	return true
}

// counted makes wait wait for the requests that are under way. What they wait
// for themselves (changes, delays, acknowledgements) ends with the simulator.
func (w *work) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		ended := w.ctx.Err() != nil
		if !ended {
			w.wg.Add(1)
		}
		w.mu.Unlock()
		if ended {
			http.Error(rw, workspace.ErrClosed.Error(), http.StatusServiceUnavailable)
			return
		}
		defer w.wg.Done()
		next.ServeHTTP(rw, r)
	})
}

// pause waits in real time; false when the simulator was closed meanwhile.
func (w *work) pause(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-w.ctx.Done():
		return false
	}
}

// end lets nothing new begin, and asks what runs to stop.
func (w *work) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cancel()
}

// wait waits until all of it has stopped.
func (w *work) wait() { w.wg.Wait() }

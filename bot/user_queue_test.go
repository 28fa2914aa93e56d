package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestUserQueue_keepsEachPersonsOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := startQueue(4, 1000)
		var mu sync.Mutex
		served := map[string][]int{}
		for i := range 50 {
			for p := range 10 {
				who := fmt.Sprint("U", p)
				d.enter(who, func() {
					time.Sleep(time.Duration((i*7+p*3)%5) * time.Millisecond)
					mu.Lock()
					defer mu.Unlock()
					served[who] = append(served[who], i)
				})
			}
		}
		d.close(t.Context())
		for who, order := range served {
			if len(order) != 50 || !slices.IsSorted(order) {
				t.Errorf("%s was served %d times, in order: %v", who, len(order), slices.IsSorted(order))
			}
		}
		if len(served) != 10 {
			t.Errorf("%d people were served", len(served))
		}
	})
}

func TestUserQueue_isBounded(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := startQueue(2, 5)
		release := make(chan struct{})
		busy, most := 0, 0
		var mu sync.Mutex
		taken := 0
		for i := range 9 {
			if d.enter(fmt.Sprint("U", i), func() {
				mu.Lock()
				busy++
				most = max(most, busy)
				mu.Unlock()
				<-release
				mu.Lock()
				busy--
				mu.Unlock()
			}) {
				taken++
			}
		}
		synctest.Wait()
		close(release)
		d.close(t.Context())
		if taken != 5 || most != 2 {
			t.Errorf("took %d and served %d at once, want 5 and 2", taken, most)
		}
		if d.enter("U1", func() {}) {
			t.Error("took a gesture after closing")
		}
	})
}

// TestUserQueue_slowGestureHoldsUpNobodyElse: with two workers, one of them busy for a
// long time with somebody who has more gestures waiting.
func TestUserQueue_slowGestureHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := startQueue(2, 100)
		began := time.Now()
		for range 3 {
			d.enter("slow", func() { time.Sleep(time.Hour) })
		}
		var last time.Duration
		for range 20 {
			d.enter("quick", func() { last = time.Since(began) })
		}
		d.close(t.Context())
		if last > 0 {
			t.Errorf("the quick one waited %v", last)
		}
		if took := time.Since(began); took != 3*time.Hour {
			t.Errorf("closed after %v, want everything in hand finished", took)
		}
	})
}

func TestUserQueue_closeGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := startQueue(1, 10)
		d.enter("U1", func() { time.Sleep(time.Hour) })
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		d.close(ctx)
		if took := time.Since(began); took != time.Minute {
			t.Errorf("waited %v", took)
		}
		d.close(t.Context()) // a second time waits again
	})
}

// startQueue is one that works.
func startQueue(workers, places int) *userQueue {
	q := newUserQueue(workers, places)
	q.start()
	return q
}

package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// together has many people press Submit in the same moment.
func (s *stage) together(ctx context.Context) error {
	people := s.people[:s.b.atOnce]
	views := make([]slacksim.View, len(people))
	for i, u := range people {
		var err error
		if views[i], err = open(ctx, u); err != nil {
			return err
		}
	}
	start := make(chan struct{})
	var t tally
	var all sync.WaitGroup
	for i, u := range people {
		all.Go(func() {
			<-start
			t.note(press(ctx, u, views[i].ID))
			_ = putAside(ctx, u)
		})
	}
	close(start)
	all.Wait()
	return s.crowd(ctx, "at once: ", &t)
}

// arrive has people come at an even pace, whether those before them were served
// or not.
func (s *stage) arrive(ctx context.Context) error {
	n := s.b.arrivals
	if n == 0 {
		return nil
	}
	free := make(chan *slacksim.User, len(s.people))
	for _, u := range s.people {
		free <- u
	}
	ticker := time.NewTicker(s.b.window / time.Duration(n))
	defer ticker.Stop()
	var t tally
	var all sync.WaitGroup
	for range n {
		<-ticker.C
		u := <-free
		all.Go(func() {
			defer func() { free <- u }()
			view, err := open(ctx, u)
			if err != nil {
				t.note(0, err)
				return
			}
			t.note(press(ctx, u, view.ID))
			_ = putAside(ctx, u)
		})
	}
	all.Wait()
	return s.crowd(ctx, "arriving: ", &t)
}

// crowd reports how a crowd fared, and waits until the posts are there.
func (s *stage) crowd(ctx context.Context, what string, t *tally) error {
	if len(t.waited)+t.refused+t.unanswered == 0 {
		return nil
	}
	began := time.Now()
	s.filed += len(t.waited)
	err := s.posted(ctx)
	s.latencies(what+"answer", t.waited)
	s.add(what+"to press again", float64(t.refused))
	s.add(what+"unanswered", float64(t.unanswered))
	s.add(what+"last post after the last answer, ms", milliseconds(time.Since(began)))
	return err
}

// tally collects how many people fared.
type tally struct {
	mu         sync.Mutex
	waited     []time.Duration
	refused    int // the form says that it was not filed
	unanswered int
}

func (t *tally) note(took time.Duration, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case err == nil:
		t.waited = append(t.waited, took)
	case errors.Is(err, errNotFiled):
		t.refused++
	default:
		t.unanswered++
	}
}

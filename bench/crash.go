package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// drainPace is KLACHTBOT_PACE while a backlog is emptied.
const drainPace = 10 * time.Millisecond

// drain files cases while every post is cut off on its way, kills the program,
// and times how long it takes to post everything once Slack is back. Half of the
// backlog are case messages that were attempted, so that nobody knows whether they
// stand in Slack; the other half are the stories, which wait for them.
func (b *bench) drain(ctx context.Context, c contestant) (err error) {
	cases := b.backlog / 2
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	s, err := b.stage(ctx, c, b.people)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.run(ctx, c.command, "KLACHTBOT_HTTP_ADDR="+addr); err != nil {
		return err
	}
	s.Faults().CutBefore("chat.postMessage", 1<<30)
	if err := s.fileUnposted(ctx, cases, addr); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(s.p))
	}
	if err := s.p.kill(); err != nil {
		return err
	}
	s.p = nil
	if err := s.awaitSilence(ctx); err != nil {
		return err
	}
	s.Faults().Clear()
	looked := lookups{last: time.Now()}
	if err := s.run(ctx, c.command, "KLACHTBOT_PACE="+drainPace.String()); err != nil {
		return err
	}
	if err := s.emptied(ctx, &looked); err != nil {
		return fmt.Errorf("%w\n%s", err, tail(s.p))
	}
	return s.halt(ctx)
}

// emptied times the backlog. One that takes too long is a figure too: the ratio is
// then that of the cases that were posted.
func (s *stage) emptied(ctx context.Context, looked *lookups) error {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	began := time.Now()
	watching, enough := context.WithCancel(ctx)
	defer enough()
	var watcher sync.WaitGroup
	watcher.Go(func() { looked.watch(watching, s.Calls) })
	n, err := s.awaitPosted(waiting, s.filed)
	took := time.Since(began)
	enough()
	watcher.Wait()
	if err != nil && (n == 0 || waiting.Err() == nil || ctx.Err() != nil) {
		return err
	}
	s.add("backlog: time ÷ (pace × posts)", took.Seconds()/(drainPace.Seconds()*float64(2*n)))
	s.add("backlog: left after "+patience.String()+", posts", float64(2*(s.filed-n)))
	s.add("backlog: look-ups in Slack", float64(looked.n))
	return nil
}

// fileUnposted files cases until the last attempt of each case message failed.
func (s *stage) fileUnposted(ctx context.Context, cases int, addr string) error {
	if _, err := s.file(ctx, s.b.people, cases); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		n, err := failing(ctx, addr)
		if err != nil {
			return fmt.Errorf("%d of %d posts were attempted: %w", n, cases, err)
		}
		if n >= cases {
			return nil
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return fmt.Errorf("%d of %d posts were attempted: %w", n, cases, err)
		}
	}
}

var failingLine = regexp.MustCompile(`(?m)^klachtbot_outbox_failing (\d+)$`)

// failing reads from klachtbot's metrics how many deliveries failed when last tried.
func failing(ctx context.Context, addr string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/metrics", nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return 0, err
	}
	found := failingLine.FindSubmatch(body)
	if found == nil {
		return 0, nil // the register was too busy to say
	}
	return strconv.Atoi(string(found[1]))
}

// freeAddress is one on this machine where nobody listens.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// lookups counts the calls that read a channel back. The simulator remembers the
// latest calls only, so it is asked again and again.
type lookups struct {
	n    int
	last time.Time // the latest call that was counted, or when counting began
}

func (l *lookups) count(calls []slacksim.Call) {
	for _, c := range calls {
		if !c.At.After(l.last) {
			continue
		}
		l.last = c.At
		if c.Method == "conversations.history" || c.Method == "conversations.replies" {
			l.n++
		}
	}
}

// watch counts until ctx ends.
func (l *lookups) watch(ctx context.Context, calls func() []slacksim.Call) {
	for pause(ctx, time.Second) == nil {
		l.count(calls())
	}
	l.count(calls())
}

// Package health answers /healthz, /readyz and /metrics: with counts, durations
// and the database's faults, never with anything of a complaint.
package health

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Health is what the program says of itself over HTTP. It says something from
// the start on, also while the register can't be opened.
type Health struct {
	Metrics *prometheus.Registry

	explain   func(error) string
	mu        sync.Mutex
	waiting   error      // why the register is not open yet
	register  Register   // nil until it is
	connected func() int // open sockets
	last      verdict
}

// Register is what readiness needs of it.
type Register interface {
	// Try finds out whether a complaint could be written now; thorough also reads
	// every page of a file.
	Try(ctx context.Context, thorough bool) error
}

// New returns a Health of a program that starts. explain puts into a sentence what
// is wrong with the database.
func New(explain func(error) string) *Health {
	h := &Health{Metrics: prometheus.NewRegistry(), explain: explain, waiting: errStarting}
	h.Metrics.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), usable{h},
	)
	return h
}

var (
	errStarting     = errors.New("starting")
	errDisconnected = errors.New("no socket to Slack is open")
)

// Waiting says why the register is not open yet.
func (h *Health) Waiting(why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.waiting = why
}

// Attach says that the register is open, and how many sockets are. Every page
// of it is read once, beside everything else.
func (h *Health) Attach(ctx context.Context, r Register, connected func() int) {
	h.mu.Lock()
	h.register, h.connected = r, connected
	h.mu.Unlock()
	go func() {
		if err := r.Try(ctx, true); err != nil && ctx.Err() == nil {
			h.last.keep(err)
		}
	}()
}

// ready is why the program can't work at this moment, one reason an element.
func (h *Health) ready(ctx context.Context) (why []error) {
	h.mu.Lock()
	r, connected, waiting := h.register, h.connected, h.waiting
	h.mu.Unlock()
	if r == nil {
		return []error{waiting}
	}
	if err := h.last.of(ctx, r); err != nil {
		why = append(why, err)
	}
	if connected() == 0 {
		why = append(why, errDisconnected)
	}
	return why
}

func (h *Health) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", h.serveReady)
	// What can't be read from the register at the moment is left out.
	mux.Handle("GET /metrics", promhttp.HandlerFor(h.Metrics, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return mux
}

func (h *Health) serveReady(w http.ResponseWriter, r *http.Request) {
	why := h.ready(r.Context())
	if len(why) == 0 {
		_, _ = fmt.Fprintln(w, "ok")
		return
	}
	var lines []string
	for _, err := range why {
		lines = append(lines, "not ready: "+h.explain(err))
	}
	http.Error(w, strings.Join(lines, "\n"), http.StatusServiceUnavailable)
}

// How long a client may take, and how many there may be.
const (
	headerTime = 5 * time.Second
	readTime   = 10 * time.Second
	writeTime  = 15 * time.Second
	idleTime   = 30 * time.Second
	mostConns  = 32
)

// Serve serves on addr until the returned function is called; with an empty addr
// it serves nothing.
func (h *Health) Serve(ctx context.Context, addr string) (stop func() error, err error) {
	if addr == "" {
		return func() error { return nil }, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("KLACHTBOT_HTTP_ADDR: %w", err)
	}
	crowd := &crowd{most: mostConns}
	server := &http.Server{
		Handler: h.handler(), ConnState: crowd.state, MaxHeaderBytes: 16 << 10,
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
	}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return func() error {
		err := server.Close()
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}

// crowd closes the connection that has been idle longest when there are too
// many, so that those who only hold one keep nobody out.
type crowd struct {
	most int
	mu   sync.Mutex
	all  []net.Conn // the oldest first
	idle map[net.Conn]bool
}

func (c *crowd) state(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.idle == nil {
		c.idle = map[net.Conn]bool{}
	}
	switch state {
	case http.StateNew:
		c.all, c.idle[conn] = append(c.all, conn), true
		c.makeRoom()
	case http.StateActive:
		c.idle[conn] = false
	case http.StateIdle:
		c.idle[conn] = true
	case http.StateClosed, http.StateHijacked:
		c.forget(conn)
	}
}

func (c *crowd) makeRoom() {
	for len(c.all) > c.most {
		leaves := c.all[len(c.all)-1] // the newest, when all are at work
		for _, conn := range c.all {
			if c.idle[conn] {
				leaves = conn
				break
			}
		}
		c.forget(leaves)
		_ = leaves.Close()
	}
}

func (c *crowd) forget(conn net.Conn) {
	delete(c.idle, conn)
	for i, other := range c.all {
		if other == conn {
			c.all = append(c.all[:i], c.all[i+1:]...)
			return
		}
	}
}

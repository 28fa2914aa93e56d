package slacksim

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Sim is one workspace with one app in it. All its methods may be called from
// any goroutine.
type Sim struct {
	cfg       Config
	methods   map[string]method
	faults    *Faults
	rates     *rates
	sockets   *sockets
	persister persister
	handler   http.Handler

	ctx    context.Context // ends with Close
	cancel context.CancelFunc
	wg     sync.WaitGroup // requests, sockets, events and the server
	base   atomic.Pointer[string]

	mu      sync.Mutex // guards what follows
	w       *workspace
	server  *http.Server
	unwatch func() bool // stops waiting for the end of Start's context
}

// New sets up a workspace, as it was when one is kept. It fails on a manifest that
// Slack would refuse, on people or channels that contradict each other, and on a
// kept workspace that it can't read or write. A simulator that keeps its workspace
// must be closed, started or not.
func New(cfg Config) (*Sim, error) {
	cfg.setDefaults()
	app, err := parseManifest(cfg.Manifest)
	if err != nil {
		return nil, err
	}
	w, err := newWorkspace(cfg, app)
	if err != nil {
		return nil, fmt.Errorf("workspace: %w", err)
	}
	s := &Sim{cfg: cfg, methods: methods(), rates: newRates(), persister: persister{path: cfg.PersistTo}, w: w}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.sockets = newSockets(s)
	s.faults = newFaults(s.sockets)
	if s.handler, err = s.routes(); err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	if err = s.restore(); err != nil {
		return nil, err
	}
	if cfg.PersistTo != "" {
		s.start(s.saveChanges)
	}
	return s, nil
}

func (cfg *Config) setDefaults() {
	cfg.BotToken = cmp.Or(cfg.BotToken, DefaultBotToken)
	cfg.AppToken = cmp.Or(cfg.AppToken, DefaultAppToken)
	cfg.AckWait = cmp.Or(cfg.AckWait, 3*time.Second)
	cfg.PingEvery = cmp.Or(cfg.PingEvery, 5*time.Second)
	cfg.Team.ID = cmp.Or(cfg.Team.ID, "T0SIMTEAM1")
	cfg.Team.Name = cmp.Or(cfg.Team.Name, "Example")
	cfg.Team.Domain = cmp.Or(cfg.Team.Domain, "example")
	if cfg.EventRetries == nil {
		cfg.EventRetries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
}

func (s *Sim) routes() (http.Handler, error) {
	page, err := newPage(s)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveAPI)
	mux.HandleFunc("/link/", s.sockets.serve)
	mux.HandleFunc("POST /response/{team}/{hook}", s.serveResponseURL)
	mux.HandleFunc("POST /upload/v1/{file}", s.serveUpload)
	mux.HandleFunc("GET "+filesPath+"{file}/download/{name}", s.serveDownload)
	mux.HandleFunc("GET /signin", serveSignIn)
	mux.Handle("/", page)
	return s.counted(mux), nil
}

// counted makes Close wait for the requests that are under way. What they wait
// for themselves (changes, delays, acknowledgements) ends with the simulator.
func (s *Sim) counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		closed := s.ctx.Err() != nil
		if !closed {
			s.wg.Add(1)
		}
		s.mu.Unlock()
		if closed {
			http.Error(rw, ErrClosed.Error(), http.StatusServiceUnavailable)
			return
		}
		defer s.wg.Done()
		next.ServeHTTP(rw, r)
	})
}

var errStarted = errors.New("slacksim was started or closed before")

// Start listens on addr ("127.0.0.1:0" picks a port) and serves until Close or
// until ctx ends. It works once.
func (s *Sim) Start(ctx context.Context, addr string) error {
	var lc net.ListenConfig
	listener, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server != nil || s.ctx.Err() != nil {
		return errors.Join(errStarted, listener.Close())
	}
	base := "http://" + listener.Addr().String()
	s.base.Store(&base)
	s.w.rebase(base)
	s.server = &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second,
		ErrorLog: log.New(io.Discard, "", 0)}
	s.wg.Go(func() {
		if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.cfg.Log.Error("serve", "error", err)
		}
	})
	s.unwatch = context.AfterFunc(ctx, s.shut)
	return nil
}

// URL is where the simulator listens, as "http://127.0.0.1:4321": the page at /,
// the Web API at /api/. It is empty before Start.
func (s *Sim) URL() string {
	if base := s.base.Load(); base != nil {
		return *base
	}
	return ""
}

// APIURL is the base of the Web API, with its trailing slash.
func (s *Sim) APIURL() string { return s.URL() + "/api/" }

// Handler serves everything: the Web API, the sockets, files and the page. Links
// that the Web API hands out (upload URLs, response URLs, sockets) need Start.
func (s *Sim) Handler() http.Handler { return s.handler }

// Close closes sockets and listener, waits for all goroutines and keeps the
// workspace, if it is to be kept; it fails when that fails. It may be called more
// than once.
func (s *Sim) Close() error {
	s.shut()
	s.wg.Wait()
	return s.save()
}

func (s *Sim) shut() {
	s.mu.Lock()
	s.cancel()
	server, unwatch := s.server, s.unwatch
	s.w.subscribers.close()
	s.mu.Unlock()
	s.sockets.close()
	if server != nil {
		unwatch()
		_ = server.Close()
	}
}

// BotUserID is the person id of the app's bot.
func (s *Sim) BotUserID() string { return botUserID }

// AwaitConnections waits until n sockets of the app have been greeted.
func (s *Sim) AwaitConnections(ctx context.Context, n int) error {
	return s.await(ctx, fmt.Sprintf("%d sockets", n), func(*workspace) bool { return s.Connections() >= n })
}

// Connections counts the app's open sockets.
func (s *Sim) Connections() int { return s.sockets.count() }

func (s *Sim) notifySockets() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.w.notify(ChangeSocket, "", "")
}

func (s *Sim) complain(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.w.complain(format, args...)
}

// MaxCalls and MaxComplaints are how many of the latest ones are remembered.
const (
	MaxCalls      = 50_000
	MaxComplaints = 1_000
)

// Calls are the latest MaxCalls Web API calls, oldest first.
func (s *Sim) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(latest(s.w.calls, MaxCalls))
}

// Complaints are what the app did that Slack refuses without an answer that the
// app could read: invalid acknowledgements and the like, the latest MaxComplaints
// of them. A good run has none.
func (s *Sim) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(latest(s.w.complaints, MaxComplaints))
}

// Subscribe tells of every change until the returned function is called or the
// simulator is closed; either closes the channel. A reader that lags loses changes and then gets one
// ChangeMissed; the simulator never waits for it.
func (s *Sim) Subscribe() (<-chan Change, func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &subscriber{changes: make(chan Change, maxLag)}
	s.w.subscribers.list[r] = struct{}{}
	if s.ctx.Err() != nil {
		s.w.subscribers.close()
	}
	return r.changes, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.w.subscribers.leave(r)
	}
}

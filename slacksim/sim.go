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
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim/faults"
	"github.com/artra/klachtbot/slacksim/guard"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/page"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/webapi"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Sim is one workspace with one app in it. All its methods may be called from
// any goroutine.
type Sim struct {
	*workspace.Reader
	moderation

	cfg       Config
	w         *workspace.Workspace
	hub       *socket.Hub
	faults    *Faults
	api       *webapi.API
	events    *events
	users     *user.Users
	persister *persister
	handler   http.Handler
	work      *work

	mu      sync.Mutex // guards what follows
	server  *http.Server
	unwatch func() bool // stops waiting for the end of Start's context
}

// New sets up a workspace, as it was if one was saved. It fails on a manifest that
// Slack would refuse, on people or channels that contradict each other, and on a
// saved workspace that it can't read or write. A simulator that saves its workspace
// must be closed, started or not.
func New(cfg Config) (*Sim, error) {
	cfg.setDefaults()
	app, err := manifest.Parse(cfg.Manifest)
	if err != nil {
		return nil, err
	}
	w, err := workspace.New(app, cfg.Team, cfg.Now, cfg.People, cfg.Channels)
	if err != nil {
		return nil, fmt.Errorf("workspace: %w", err)
	}
	s := assemble(cfg, w)
	if s.handler, err = s.routes(); err != nil {
		return nil, fmt.Errorf("page: %w", err)
	}
	if err = s.persister.restore(); err != nil {
		return nil, err
	}
	if cfg.PersistTo != "" {
		s.work.start(s.persister.saveChanges)
	}
	return s, nil
}

// assemble makes the parts around a workspace.
func assemble(cfg Config, w *workspace.Workspace) *Sim {
	s := &Sim{Reader: workspace.NewReader(w), moderation: moderation{w}, cfg: cfg, w: w, work: newWork()}
	s.hub = socket.New(w, socket.Config{AckWait: cfg.AckWait, PingEvery: cfg.PingEvery, Log: cfg.Log})
	s.faults = faults.New(s.hub)
	s.api = webapi.New(w, s.hub, s.faults, webapi.Config{BotToken: cfg.BotToken, AppToken: cfg.AppToken,
		RateLimits: cfg.RateLimits, Log: cfg.Log})
	s.events = &events{w: w, hub: s.hub, work: s.work, retries: cfg.EventRetries, log: cfg.Log}
	s.users = user.NewUsers(w, s.hub, s.events)
	s.persister = &persister{path: cfg.PersistTo, w: w, work: s.work, log: cfg.Log}
	return s
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
	page, err := page.New(s.Reader, s.users, s.cfg.PageLanguage, s.cfg.Now)
	if err != nil {
		return nil, err
	}
	api := http.NewServeMux()
	s.api.Register(api)
	programs := guard.Programs(api)
	mux := http.NewServeMux()
	mux.Handle("/", page)
	for _, path := range webapi.Paths() {
		mux.Handle(path, programs)
	}
	return s.work.counted(guard.Own(s.URL, mux)), nil
}

// ErrStarted means that Start was called before, or after Close.
var ErrStarted = errors.New("slacksim was started or closed before")

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
	if s.server != nil || s.work.ctx.Err() != nil {
		return errors.Join(ErrStarted, listener.Close())
	}
	s.w.MoveTo("http://" + listener.Addr().String())
	s.server = &http.Server{Handler: s.handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		ErrorLog: log.New(io.Discard, "", 0)}
	s.work.start(func() {
		if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			s.cfg.Log.Error("serve", "error", err)
		}
	})
	s.unwatch = context.AfterFunc(ctx, s.shut)
	return nil
}

// APIURL is the base of the Web API, with its trailing slash.
func (s *Sim) APIURL() string { return s.URL() + "/api/" }

// Handler serves everything: the Web API, the sockets, files and the page. Links
// that the Web API hands out (upload URLs, response URLs, sockets) need Start.
func (s *Sim) Handler() http.Handler { return s.handler }

// Close closes sockets and listener, waits for all goroutines and saves the
// workspace, if it is to be saved; it fails when that fails. It may be called more
// than once.
func (s *Sim) Close() error {
	s.shut()
	s.work.wait()
	return s.persister.save()
}

func (s *Sim) shut() {
	s.mu.Lock()
	s.work.end()
	server, unwatch := s.server, s.unwatch
	s.mu.Unlock()
	s.w.Close()
	s.hub.Close()
	if server != nil {
		unwatch()
		_ = server.Close()
	}
}

// Workspace is what the simulator remembers, for what no method does: lock it,
// and unlock it before the next call of the simulator.
func (s *Sim) Workspace() *workspace.Workspace { return s.w }

// As returns a person at a keyboard. A person who does not exist can do nothing.
func (s *Sim) As(personID string) *User { return s.users.As(personID) }

// Faults is where to order trouble.
func (s *Sim) Faults() *Faults { return s.faults }

// BotUserID is the person id of the app's bot.
func (s *Sim) BotUserID() string { return BotUserID }

// AwaitConnections waits until n sockets of the app have been greeted.
func (s *Sim) AwaitConnections(ctx context.Context, n int) error {
	return s.w.Await(ctx, fmt.Sprintf("%d sockets", n), func() bool { return s.Connections() >= n })
}

// Connections counts the app's open sockets.
func (s *Sim) Connections() int { return s.hub.Count() }

// AwaitSaved waits until everything that happened so far is in the file that
// Config.PersistTo names. Without one there is nothing to wait for.
func (s *Sim) AwaitSaved(ctx context.Context) error { return s.persister.awaitSaved(ctx) }

// Calls are the latest 50,000 Web API calls, oldest first.
func (s *Sim) Calls() []Call { return s.api.Calls() }

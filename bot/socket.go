package bot

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

const (
	httpTimeout = 5 * time.Second
	steady      = 30 * time.Second // a socket that lived this long was healthy
	ackBuffer   = 32 << 10         // above Slack's limit for an ack: one frame each
	redialBase  = 200 * time.Millisecond
	redialMost  = 30 * time.Second
)

// errReconnect ends a run of slack-go's client that lost its connection, so
// that supervision decides when to open the next one.
var errReconnect = errors.New("connection ended")

// socket is one Socket Mode connection, opened again whenever it ends.
type socket struct {
	number int
	client *socketmode.Client
	opened *oneOpening
	acks   *ledger
	log    *slog.Logger
	live   atomic.Bool
	hello  func()                           // a connection was greeted
	take   func(*socket, *socketmode.Event) // an envelope came; must not block
}

// newSocket returns a socket that is not yet open. Nothing sets slack-go's
// debug options: they would log what people write.
func newSocket(number int, c Config, web *http.Client) *socket {
	opened := &oneOpening{next: web.Transport}
	acks := &ledger{}
	api := slack.New(c.BotToken,
		slack.OptionAppLevelToken(c.AppToken),
		slack.OptionAPIURL(c.APIURL),
		slack.OptionHTTPClient(&http.Client{Transport: opened, Timeout: web.Timeout}),
		slack.OptionLog(log.New(io.Discard, "", 0)))
	client := socketmode.New(api,
		socketmode.OptionDialer(&websocket.Dialer{
			Proxy:            http.ProxyFromEnvironment,
			HandshakeTimeout: httpTimeout,
			WriteBufferSize:  ackBuffer,
			WriteBufferPool:  acks,
		}),
		socketmode.OptionLog(log.New(io.Discard, "", 0)))
	return &socket{number: number, client: client, opened: opened, acks: acks, log: c.Log}
}

// keep keeps the socket open until ctx ends (nil) or Slack refuses the app
// token (*TokenError). slack-go's own loop does not wait at all between
// connections that succeed and waits up to five minutes after failures; so
// each of its runs is one connection, and the waiting happens here.
func (s *socket) keep(ctx context.Context) error {
	for failures := 0; ; {
		began := time.Now()
		err := s.connection(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if refused := refusedToken(appSetting, err); refused != nil {
			return refused
		}
		if time.Since(began) >= steady {
			failures = 0
		}
		wait := redialWait(failures, err)
		failures++
		s.log.InfoContext(ctx, "socket ended", "socket", s.number, "why", fault(err),
			"lasted", time.Since(began).Round(time.Millisecond), "again_in", wait.Round(time.Millisecond))
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// redialWait returns how long to wait after that many failures before this
// one; a socket that was healthy (0) is opened again at once, and Slack's
// Retry-After is kept exactly.
func redialWait(failures int, err error) time.Duration {
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &limited):
		return limited.RetryAfter
	case failures == 0 && errors.Is(err, errReconnect):
		return 0
	}
	return backoff(max(failures, 1), redialBase, redialMost)
}

// connection runs slack-go's client for one connection and returns why it
// ended. It drains the client's events without working in the loop: a full
// channel would leave pings unanswered.
func (s *socket) connection(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.opened.allow()
	ended := make(chan error, 1)
	go func() { ended <- s.client.RunContext(ctx) }()
	var why error
	for {
		select {
		case event := <-s.client.Events:
			if err := s.receive(&event); err != nil && why == nil {
				why = err
				cancel()
			}
		case err := <-ended:
			s.live.Store(false)
			s.drain()
			if why != nil {
				return why
			}
			return err
		}
	}
}

// drain hands on what was received just before the connection ended.
func (s *socket) drain() {
	for {
		select {
		case event := <-s.client.Events:
			_ = s.receive(&event) // what ends a connection has no meaning any more
		default:
			return
		}
	}
}

// receive looks at one event of slack-go's client; an error means that the
// connection is over.
func (s *socket) receive(event *socketmode.Event) error {
	switch event.Type {
	case socketmode.EventTypeHello:
		s.live.Store(true)
		s.hello()
	case socketmode.EventTypeConnecting:
		if c, ok := event.Data.(*slack.ConnectingEvent); ok && c.ConnectionCount > 0 {
			return errReconnect
		}
	case socketmode.EventTypeConnectionError:
		if c, ok := event.Data.(*slack.ConnectionErrorEvent); ok {
			return c.ErrorObj
		}
		return errReconnect
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive,
		socketmode.EventTypeEventsAPI, socketmode.EventTypeErrorBadMessage:
		s.take(s, event)
	}
	return nil
}

// ack sends the answer to an envelope, payload nil for an empty one. It
// returns when the ack is queued; flush waits until it is written.
func (s *socket) ack(ctx context.Context, envelope string, payload any) error {
	s.acks.add(1)
	err := s.client.AckCtx(ctx, envelope, payload)
	if err != nil {
		s.acks.add(-1)
	}
	return err
}

// strayEnvelope returns the envelope id of a message that slack-go could not
// parse, "" when it is not to be acknowledged: it has none, or it is a
// submission, of which an ack would tell Slack to close the modal, with
// everything that was typed in it.
func strayEnvelope(event *socketmode.Event) string {
	bad, ok := event.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return ""
	}
	var envelope struct {
		ID      string `json:"envelope_id"`
		Payload struct {
			Type string `json:"type"`
		} `json:"payload"`
	}
	if json.Unmarshal(bad.Message, &envelope) != nil || envelope.Payload.Type == string(slack.InteractionTypeViewSubmission) {
		return ""
	}
	return envelope.ID
}

// oneOpening lets slack-go ask for one connection in each run.
type oneOpening struct {
	next  http.RoundTripper
	spent atomic.Bool
}

func (o *oneOpening) allow() { o.spent.Store(false) }

// RoundTrip implements http.RoundTripper.
func (o *oneOpening) RoundTrip(r *http.Request) (*http.Response, error) {
	if o.spent.Swap(true) {
		return nil, errReconnect
	}
	return o.next.RoundTrip(r)
}

// pause waits; false means that ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

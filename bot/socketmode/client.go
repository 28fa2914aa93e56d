package socketmode

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
)

const (
	steady     = 30 * time.Second // a connection that lived this long was healthy
	redialBase = 200 * time.Millisecond
	redialMost = 30 * time.Second
)

// errReconnect ends a connection that Slack or the network ended, so that Keep
// decides when to open the next one.
var errReconnect = errors.New("connection ended")

// Receiver gets what comes over the sockets. Neither call may block: pings
// would go unanswered.
type Receiver interface {
	// Connected says that Slack greeted a connection; so many are open now.
	Connected(open int)
	Receive(Envelope)
}

// Client keeps sockets open, all with one account.
type Client struct {
	api      *slackapi.Client
	receiver Receiver
	log      *slog.Logger
	dialer   websocket.Dialer
	open     atomic.Int64 // connections that were greeted and not announced to end
}

// New returns a client without a socket; Keep opens them.
func New(api *slackapi.Client, receiver Receiver, log *slog.Logger) *Client {
	return &Client{api: api, receiver: receiver, log: log, dialer: websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: outbox.CallTime,
		WriteBufferSize:  ackBuffer,
	}}
}

// Open counts the open sockets.
func (c *Client) Open() int { return int(c.open.Load()) }

// Keep keeps one socket open until ctx ends (nil) or Slack refuses the app
// token (*slackapi.TokenError). The number tells sockets apart in the log.
func (c *Client) Keep(ctx context.Context, number int) error {
	var reading sync.WaitGroup
	defer reading.Wait()
	for failures := 0; ; {
		began := time.Now()
		err := c.connect(ctx, &reading)
		if ctx.Err() != nil {
			return nil
		}
		if refused := slackapi.RefusedToken(slackapi.AppSetting, err); refused != nil {
			return refused
		}
		if time.Since(began) >= steady {
			failures = 0
		}
		wait := redialWait(failures, err)
		failures++
		c.log.InfoContext(ctx, "socket ended", "socket", number, "why", fault(err),
			"lasted", time.Since(began).Round(time.Millisecond), "again_in", wait.Round(time.Millisecond))
		if !slackapi.Pause(ctx, wait) {
			return nil
		}
	}
}

// connect opens a connection and returns why it ended or is about to. Its
// reading may go on after that.
func (c *Client) connect(ctx context.Context, reading *sync.WaitGroup) error {
	_, address, err := c.api.StartSocketModeContext(ctx)
	if err != nil {
		return slackapi.Bare(err)
	}
	ws, answer, err := c.dialer.DialContext(ctx, address, nil)
	if answer != nil {
		_ = answer.Body.Close()
	}
	if err != nil {
		return slackapi.Bare(err)
	}
	n := newConnection(c, ws)
	reading.Go(func() {
		defer context.AfterFunc(ctx, n.goodbye)()
		n.read()
	})
	return <-n.over
}

// redialWait returns how long to wait after that many failures before this
// one; a socket that was healthy (0) is opened again at once, and Slack's
// Retry-After is kept exactly. Slack-go's own loop would not wait at all
// between connections that succeed: 1,435 in 2 s, measured.
func redialWait(failures int, err error) time.Duration {
	var limited *slack.RateLimitedError
	switch {
	case errors.As(err, &limited):
		return limited.RetryAfter
	case failures == 0 && errors.Is(err, errReconnect):
		return 0
	}
	return slackapi.Backoff(max(failures, 1), redialBase, redialMost)
}

// fault returns one word for why a connection ended.
func fault(err error) string {
	if errors.Is(err, errReconnect) {
		return "reconnect"
	}
	return slackapi.Fault(err)
}

package slackapi

import (
	"cmp"
	"errors"
	"io"
	"log"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

// Account is the app's account at Slack: its two tokens, and where Slack's
// methods are.
type Account struct {
	BotToken, AppToken string
	URL                string // with a slash at its end; "" for Slack's own
}

// Address is where Slack's methods are.
func (a Account) Address() string { return cmp.Or(a.URL, slack.APIURL) }

// NewHTTP returns the HTTP client for all of Slack: its calls never hang, its
// connections are its own, so that stopping can close them, and it follows no
// redirect, since some carry the body, with the token in it, to another host.
func NewHTTP(timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			ForceAttemptHTTP2:   true,
			MaxIdleConnsPerHost: 32,
			IdleConnTimeout:     90 * time.Second,
			TLSHandshakeTimeout: outbox.CallTime,
		},
	}
}

// Client calls Slack's Web API: Do what the bot lives by, reading of the answers
// what is used, and slack-go whatever is called rarely.
type Client struct {
	*slack.Client
	web     *http.Client
	clock   *Clock // nil where there is none
	address string
	token   string
}

// New returns a Web API client. Slack-go's own repetitions stay off: after an
// answer that was lost they would post twice. So do its debug options, which
// would log what people write.
//
// Where web goes through a Clock, what is searched for by time goes by that.
func New(account Account, web *http.Client) *Client {
	clock, _ := web.Transport.(*Clock)
	return &Client{
		Client: slack.New(account.BotToken,
			slack.OptionAppLevelToken(account.AppToken),
			slack.OptionAPIURL(account.Address()),
			slack.OptionHTTPClient(web),
			slack.OptionLog(log.New(io.Discard, "", 0))),
		web: web, clock: clock, address: account.Address(), token: account.BotToken,
	}
}

// Bare strips the URL from an error of the HTTP client; a response URL is a
// secret, and the error ends in a log.
func Bare(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// ErrElsewhere is an address that is not Slack's own.
var ErrElsewhere = errors.New("an address that is not Slack's own")

// ErrNoID is an answer of Slack's that says ok and lacks what was asked for.
var ErrNoID = errors.New("answer without an id")

package slacksim

import (
	"log/slog"
	"time"
)

// Config is the workspace at start and the app installed in it. Only Manifest
// is required; everything else has a default.
type Config struct {
	// Manifest is the app's manifest in YAML. The scopes, events, commands and
	// shortcuts it asks for are exactly what the app was granted.
	Manifest []byte
	Team     Team
	People   []Person
	Channels []Channel
	// PageLanguage is what the browser page itself speaks: "nl", or English. It is
	// not that of the people, who have one of Slack's locales, and Dutch is none.
	PageLanguage string
	// BotToken and AppToken are what the app must present. The defaults are
	// DefaultBotToken and DefaultAppToken.
	BotToken, AppToken string
	// RateLimits switches Slack's rate limits on. Off, for load.
	RateLimits bool
	// PersistTo is the path of a file in which the workspace outlasts a restart:
	// people, channels, messages and files, in a file that its owner alone can
	// read. It is written soon after every change and by Close; a kill loses the
	// last moments at most. What it says of people and channels goes before what
	// People and Channels say. One simulator may use it at a time. Not saved: what
	// is on one person's screen only (modals, Home tabs, ephemeral messages),
	// triggers, response URLs and RevokeToken. "" saves nothing.
	PersistTo string
	// Now is the workspace's clock: it stamps messages, ages triggers and
	// response URLs and refills rate limits. Default time.Now.
	Now func() time.Time
	// Log receives method names, ids and errors, never a text. Default: discard.
	Log *slog.Logger

	// AckWait is how long a person waits for the app's acknowledgement in real
	// time. Default 3 s, as Slack.
	AckWait time.Duration
	// PingEvery is the time between pings on a socket. Default 5 s; a client
	// gives up after 30 s without.
	PingEvery time.Duration
	// EventRetries are the pauses before the retries of an unacknowledged event.
	// Default: at once, 1 minute, 5 minutes, as Slack.
	EventRetries []time.Duration
}

// Invented tokens, used when Config names none.
const (
	DefaultBotToken = "xoxb-0000000000-slacksim"
	DefaultAppToken = "xapp-0000000000-slacksim"
)

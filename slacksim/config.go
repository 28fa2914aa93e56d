package slacksim

import (
	"errors"
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
	// BotToken and AppToken are what the app must present. The defaults are
	// DefaultBotToken and DefaultAppToken.
	BotToken, AppToken string
	// RateLimits switches Slack's rate limits on. Off, for load.
	RateLimits bool
	// PersistTo is the path of a file in which the workspace is kept over restarts:
	// people, channels, messages and files, in a file that its owner alone can
	// read. It is written soon after every change and by Close; a kill loses the
	// last moments at most. What it says of people and channels goes before what
	// People and Channels say. One simulator may use it at a time. Not kept: what
	// is on one person's screen only (modals, Home tabs, ephemeral messages),
	// triggers, response URLs and RevokeToken. "" keeps nothing.
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

// BotUserID is the app's bot user, to be named in Channel.Members.
const BotUserID = botUserID

// Invented tokens, used when Config names none.
const (
	DefaultBotToken = "xoxb-0000000000-slacksim"
	DefaultAppToken = "xapp-0000000000-slacksim"
)

// Team is the workspace.
type Team struct{ ID, Name, Domain string }

// Person is a member of the workspace, or a stranger: someone of a connected one.
type Person struct {
	ID, Name, RealName string
	Locale             string // IETF, as "nl-NL"; users.info gives it with include_locale only
	TZ                 string // IANA, as "Europe/Amsterdam"
	Title              string
	Deleted            bool
	Guest              bool // is_restricted
	SingleChannelGuest bool // is_ultra_restricted, which makes is_restricted true as well
	Stranger           bool // is_stranger
	Bot                bool
	TeamID             string // default the team's
}

// Channel is a conversation of more than two people.
type Channel struct {
	ID, Name  string
	Private   bool
	Archived  bool
	ExtShared bool     // shared with another workspace
	Members   []string // person ids; the bot's is Sim.BotUserID
}

// What a gesture may come to.
var (
	// ErrNoAck means that the app did not acknowledge in time: the person reads
	// that the app did not respond.
	ErrNoAck = errors.New("the app did not respond")
	// ErrTrouble means that the app acknowledged with something Slack refuses:
	// the person reads "We had some trouble connecting. Try again?". What was
	// wrong is in Sim.Complaints.
	ErrTrouble = errors.New("we had some trouble connecting")
	// ErrNotThere means that the person can't do this: the channel, message,
	// modal or element is not on that person's screen.
	ErrNotThere = errors.New("not on this person's screen")
	// ErrClosed means that the simulator was closed meanwhile.
	ErrClosed = errors.New("slacksim is closed")
)

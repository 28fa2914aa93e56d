package workspace

import (
	"encoding/json"
	"time"
)

// Team is the workspace.
type Team struct {
	ID, Name, Domain string
	Enterprise       string // id of its organisation on Enterprise Grid; "" for none
}

// Person is a member of the workspace, or a stranger: someone of a connected one.
type Person struct {
	ID, Name, RealName string
	Locale             string // one of Locales, default "en-US"; users.info gives it with include_locale only
	TZ                 string // IANA, as "Europe/Amsterdam"
	Title              string
	Phone              string // as it stands in the profile
	Deleted            bool
	Guest              bool // is_restricted
	SingleChannelGuest bool // is_ultra_restricted, which makes is_restricted true as well
	Stranger           bool // is_stranger
	Bot                bool
	TeamID             string // default the team's; on Grid another one's, or the organisation's, too
	// Teams are the workspaces of the organisation that somebody is of, on Grid;
	// default this one, and none for a stranger.
	Teams []string
}

// Channel is a conversation of more than two people.
type Channel struct {
	ID, Name  string
	Private   bool
	Archived  bool
	ExtShared bool     // shared with another workspace
	Members   []string // person ids; the bot's is BotUserID
}

// Message is a message as it stands on a screen. It is a copy: safe to keep.
type Message struct {
	TS       string // id within its channel, as "1700000000.000100"
	ThreadTS string // the root's TS in a reply, and in a root that has replies
	Channel  string
	User     string // the writer's person id
	BotID    string // set on the app's messages
	Subtype  string // "", "thread_broadcast" or "tombstone" (a deleted root that has replies)
	Text     string // as stored: & < > are escaped
	To       string // of an ephemeral message: the only person who sees it

	Blocks      json.RawMessage // array; nil without blocks
	Attachments json.RawMessage // array; nil without
	Metadata    json.RawMessage // object with event_type and event_payload; nil without
	Files       []File

	// App is the name of another app that wrote the message; "" for this one's
	// and for people's.
	App string `json:",omitempty"`

	Edited      bool
	Ephemeral   bool
	ReplyCount  int
	LatestReply string
}

// View is a modal or a Home tab as it stands on one person's screen. It is a
// copy: safe to keep.
type View struct {
	ID, RootID, PreviousID string
	ExternalID, CallbackID string
	Type                   string // "modal" or "home"
	Hash                   string // changes with every update
	PrivateMetadata        string
	Person                 string          // whose screen it is on
	Raw                    json.RawMessage // the view as Slack returns it: title, blocks, submit, close…
	State                  State           // what its inputs hold now
}

// State is what the inputs of a view hold: block id → action id → the value as
// Slack sends it in view.state.values, such as {"type":"plain_text_input","value":"x"}.
type State map[string]map[string]json.RawMessage

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Alt             string // alt_txt: what a picture shows, in words
	Type            string // mime type
	Size            int    // bytes
	User            string
	Created         time.Time
	URL             string // url_private_download: needs the bot token
	Mail            *Mail  `json:",omitempty"` // of an e-mail that was sent to a channel
}

// Mail is an e-mail as Slack keeps it: a file.
type Mail struct {
	FromName, From string // the sender and the address
	Subject, Date  string
	Text           string // plain text
	Parts          []MailPart
}

// MailPart is a file of an e-mail.
type MailPart struct {
	Name string
	Type string // mime type; default by the name's ending
	Body []byte
}

// Change says that something on a screen changed; the reader looks up what.
type Change struct {
	Person  string // whose screen, when only one person's changed
	Channel string
	Kind    ChangeKind
}

// ChangeKind is the part of the screen that changed.
type ChangeKind string

// The kinds of change. ChangeMissed stands for changes that a slow reader lost.
const (
	ChangeMessage ChangeKind = "message" // posted, edited or deleted, ephemerals included
	ChangeModal   ChangeKind = "modal"
	ChangeHome    ChangeKind = "home"
	ChangePeople  ChangeKind = "people"
	ChangeChannel ChangeKind = "channel"
	ChangeSocket  ChangeKind = "socket"
	ChangeMissed  ChangeKind = "missed"
)

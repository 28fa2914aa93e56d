package slacksim

import (
	"encoding/json"
	"time"
)

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

// Values is what a person fills in: block id → a string, a []string, or for a
// file_input a []Upload. Options are named by their value, people and channels
// by id, dates as "2026-01-31", times as "15:04". An empty string clears.
type Values map[string]any

// Upload is a file as a person picks it from disk.
type Upload struct {
	Name string
	Type string // mime type; default by the name's extension
	Body []byte
}

// File is an uploaded file.
type File struct {
	ID, Name, Title string
	Alt             string // alt_txt: what a picture shows, in words
	Type            string // mime type
	Size            int    // bytes
	User            string
	Created         time.Time
	URL             string // url_private_download: needs the bot token
}

// Answer is what the app acknowledged a slash command with: shown to the person
// alone, unless ResponseType is "in_channel". It is empty for an empty ack.
type Answer struct {
	Text         string          `json:"text"`
	Blocks       json.RawMessage `json:"blocks"`
	ResponseType string          `json:"response_type"`
}

// Submission is what became of pressing Submit.
type Submission struct {
	// Errors are sentences under the fields, by block id. The modal stays open.
	Errors map[string]string
	// Local means that the person's own client refused the values: the app was
	// never asked.
	Local bool
	// Closed: this view went away, and with it the whole stack if it was the last
	// or if the app cleared it.
	Closed bool
	// Updated and Pushed: another view took its place, or came on top.
	Updated, Pushed bool
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

// Call is one Web API call, without any text that it carried.
type Call struct {
	Method  string
	At      time.Time
	Channel string // the channel argument, when there was one
	Status  int    // HTTP status; 0 when the connection was cut
	Error   string // Slack's error name; "" when it succeeded
}

// Command and Shortcut are what the manifest offers people.
type (
	// Command is a slash command.
	Command struct{ Command, Description, UsageHint string }
	// Shortcut is a global or a message shortcut.
	Shortcut struct{ Name, Type, CallbackID, Description string }
)

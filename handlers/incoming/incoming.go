// Package incoming is what the bot reads of what Slack sends: commands,
// interactions and events. Each type is decoded straight from Slack's JSON. What
// is not named here is skipped unread, so that a kind of block or element that
// nobody knows yet loses no gesture.
package incoming

import (
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"
)

// Command is a slash command.
type Command struct {
	Command     string `json:"command"`
	Text        string `json:"text"`
	UserID      string `json:"user_id"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
}

// Interaction is a click, a shortcut, a submission or a closed view.
type Interaction struct {
	Type        slack.InteractionType `json:"type"`
	CallbackID  string                `json:"callback_id"` // of a shortcut
	TriggerID   string                `json:"trigger_id"`
	ResponseURL string                `json:"response_url"`
	MessageTS   string                `json:"message_ts"` // of a message shortcut
	User        Person                `json:"user"`
	Channel     Channel               `json:"channel"`
	Container   Container             `json:"container"`
	Message     Message               `json:"message"`
	View        View                  `json:"view"`
	Actions     []Action              `json:"actions"`
}

// Person is who did something.
type Person struct {
	ID string `json:"id"`
}

// Channel is where somebody did something.
type Channel struct {
	ID   string `json:"id"`
	Name string `json:"name"` // of an open channel; what others are called instead, see Open
}

// Open reports whether everybody in the workspace can read the channel: Slack
// calls no other by its name.
func (c Channel) Open() bool {
	switch {
	case c.ID == "", c.Name == "", c.Name == "privategroup", c.Name == "directmessage", strings.HasPrefix(c.Name, "mpdm-"):
		return false
	}
	return true
}

// Container is what a pressed button stands in.
type Container struct {
	ViewID    string `json:"view_id"`
	MessageTS string `json:"message_ts"`
}

// Message is the message of a message shortcut, or the one that a pressed
// button stands in.
type Message struct {
	Text     string `json:"text"`
	TS       string `json:"ts"`
	ThreadTS string `json:"thread_ts"`
	// The rest of what it says, as Slack wrote it: package story reads it.
	Blocks      json.RawMessage `json:"blocks"`
	Attachments json.RawMessage `json:"attachments"`
	Files       json.RawMessage `json:"files"`
}

// View is a modal or a Home tab.
type View struct {
	ID              string         `json:"id"`
	Type            slack.ViewType `json:"type"`
	CallbackID      string         `json:"callback_id"`
	PrivateMetadata string         `json:"private_metadata"`
	Blocks          []Block        `json:"blocks"`
	State           State          `json:"state"`
}

// Block is a block of a view, without what it shows.
type Block struct {
	Type slack.MessageBlockType `json:"type"`
	ID   string                 `json:"block_id"`
}

// Inputs are the ids of the inputs, at which Slack takes errors.
func (v View) Inputs() (ids []string) {
	for _, b := range v.Blocks {
		if b.Type == slack.MBTInput && b.ID != "" {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// State is what a person filled in, by block id and action id; nil for nothing.
type State struct {
	Values map[string]map[string]Input `json:"values"`
}

// Input is what one input holds; a field per kind of input.
type Input struct {
	Value    string   `json:"value"`
	Option   Option   `json:"selected_option"`
	Options  []Option `json:"selected_options"`
	UserID   string   `json:"selected_user"`
	Date     string   `json:"selected_date"`
	Attached []File   `json:"files"`
}

// Option is one that was chosen.
type Option struct {
	Value string `json:"value"`
	Text  Label  `json:"text"`
}

// Label is what people read.
type Label struct {
	Text string `json:"text"`
}

// File is a file that somebody attached.
type File struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Action is a button that was pressed, or a menu in which something was chosen.
type Action struct {
	ActionID string `json:"action_id"`
	BlockID  string `json:"block_id"`
	Value    string `json:"value"`
	TS       string `json:"action_ts"`
	Option   Option `json:"selected_option"`
}

// Event is the inner event of the Events API.
type Event struct {
	Type EventType `json:"type"`
	User User      `json:"user"`
	Tab  string    `json:"tab"`  // "home" or "messages", of the app's that was opened
	View View      `json:"view"` // the Home tab as it was; its zero value when there was none
}

// EventType is a kind of event.
type EventType string

// The events that the app has subscribed to (manifest.yml).
const (
	HomeOpened    EventType = "app_home_opened"
	UserChanged   EventType = "user_change"
	TeamJoined    EventType = "team_join"
	MemberJoined  EventType = "member_joined_channel"
	ChannelShared EventType = "channel_shared"
)

// Known reports whether the bot has a use for such an event.
func (t EventType) Known() bool {
	switch t {
	case HomeOpened, UserChanged, TeamJoined, MemberJoined, ChannelShared:
		return true
	}
	return false
}

// User is somebody whom an event is about. Most events give the id alone.
type User struct {
	ID                string  `json:"id"`
	TeamID            string  `json:"team_id"`
	Name              string  `json:"name"`
	RealName          string  `json:"real_name"`
	Deleted           bool    `json:"deleted"`
	IsBot             bool    `json:"is_bot"`
	IsRestricted      bool    `json:"is_restricted"`
	IsUltraRestricted bool    `json:"is_ultra_restricted"`
	IsStranger        bool    `json:"is_stranger"`
	Profile           Profile `json:"profile"`
	Enterprise        Grid    `json:"enterprise_user"`
}

// Grid is of which workspaces of an organisation on Enterprise Grid somebody is; its
// zero value elsewhere.
type Grid struct {
	EnterpriseID string   `json:"enterprise_id"`
	Teams        []string `json:"teams"`
}

// Profile is what somebody is called, and their number.
type Profile struct {
	DisplayName string `json:"display_name"`
	RealName    string `json:"real_name"`
	Phone       string `json:"phone"`
}

// UnmarshalJSON takes a person or an id. What is neither is nobody, and no error:
// that would end the reading of the message around it.
func (u *User) UnmarshalJSON(b []byte) error {
	type fields User
	into := any((*fields)(u))
	if b[0] == '"' {
		into = &u.ID
	}
	if json.Unmarshal(b, into) != nil {
		*u = User{}
	}
	return nil
}

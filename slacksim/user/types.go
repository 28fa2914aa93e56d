package user

import (
	"encoding/json"
	"errors"
)

// ErrTrouble means that the app acknowledged with something Slack refuses: the
// person reads "We had some trouble connecting. Try again?". What was wrong is in
// Complaints.
var ErrTrouble = errors.New("we had some trouble connecting")

// ErrShowsAlready means that a person picked the option on which a select stands:
// Slack's clients send nothing then, until the block has another id.
var ErrShowsAlready = errors.New("the option shows already, so that Slack sends nothing")

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

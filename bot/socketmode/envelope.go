package socketmode

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
)

// Envelope is what Slack sent: a gesture of somebody's, or an event.
type Envelope struct {
	ID   string
	Kind string // slash_commands, events_api, or the kind of interaction; KindStray
	// Data is an incoming.Command, an incoming.Interaction, an incoming.Event, or
	// nil for a stray envelope.
	Data any

	from *connection
}

// KindStray is an envelope that nobody can read, and that is acknowledged.
const KindStray = "stray"

// Slack's types of messages on a socket; the last three are envelopes.
const (
	typeHello       = "hello"
	typeDisconnect  = "disconnect"
	typeCommand     = "slash_commands"
	typeInteractive = "interactive"
	typeEvent       = "events_api"
)

// message is one of Slack's, of whatever type.
type message struct {
	ID      string  `json:"envelope_id"`
	Type    string  `json:"type"`
	Payload payload `json:"payload"`
	fault   error   // what of it could not be read
}

// payload is that of an envelope of any type: a field that several types have is
// of one kind in all.
type payload struct {
	incoming.Interaction
	Command string         `json:"command"`
	Text    string         `json:"text"`
	UserID  string         `json:"user_id"`
	Event   incoming.Event `json:"event"`
}

// parse reads a message, all of it at once. What is no JSON has no type, and no
// envelope id to acknowledge. Blocks that are none are no fault, for what people
// filled in stands elsewhere; since only the first fault is named, that is then
// read by itself.
func parse(raw []byte) *message {
	m := &message{}
	m.fault = json.Unmarshal(raw, m)
	var odd *json.UnmarshalTypeError
	if errors.As(m.fault, &odd) && strings.Contains(odd.Field, ".view.blocks") {
		var filled struct {
			Payload struct {
				View struct {
					State incoming.State `json:"state"`
				} `json:"view"`
			} `json:"payload"`
		}
		m.fault = json.Unmarshal(raw, &filled)
	}
	return m
}

// envelope is the message as an envelope. What can't be read is a stray one; ok
// is false for what is not to be acknowledged: it has no id, or it is a
// submission, of which an ack would tell Slack to close the modal, with
// everything that was typed in it.
func (m *message) envelope() (e Envelope, ok bool) {
	p := &m.Payload
	e = Envelope{ID: m.ID, Kind: m.Type}
	switch {
	case m.fault != nil:
	case m.Type == typeCommand:
		e.Data = incoming.Command{Command: p.Command, Text: p.Text, UserID: p.UserID, TriggerID: p.TriggerID, ResponseURL: p.ResponseURL}
	case m.Type == typeInteractive && p.Type != "":
		e.Kind, e.Data = string(p.Type), p.Interaction
	case m.Type == typeEvent && p.Event.Type.Known():
		e.Data = p.Event
	}
	if e.Data != nil {
		return e, true
	}
	e.Kind = KindStray
	return e, e.ID != "" && p.Type != slack.InteractionTypeViewSubmission
}

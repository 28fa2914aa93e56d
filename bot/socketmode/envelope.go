package socketmode

import (
	"encoding/json"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

// Envelope is what Slack sent: a gesture of somebody's, or an event.
type Envelope struct {
	ID   string
	Kind string // slash_commands, events_api, or the kind of interaction; KindStray
	// Data is a slack.SlashCommand, a slack.InteractionCallback, the inner event
	// of the Events API, or nil for a stray envelope.
	Data any

	from *connection
}

// KindStray is an envelope that nobody can read, and that is acknowledged.
const KindStray = "stray"

// Slack's types of envelopes.
const (
	typeCommand     = "slash_commands"
	typeInteractive = "interactive"
	typeEvent       = "events_api"
)

// decode reads an envelope. What can't be read at all is a stray one; ok is
// false for what is not to be acknowledged: it has no id, or it is a
// submission, of which an ack would tell Slack to close the modal, with
// everything that was typed in it.
func decode(raw []byte) (e Envelope, ok bool) {
	var message struct {
		ID      string          `json:"envelope_id"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
	if json.Unmarshal(raw, &message) != nil {
		return Envelope{}, false
	}
	e = Envelope{ID: message.ID, Kind: message.Type}
	switch message.Type {
	case typeCommand:
		var command slack.SlashCommand
		ok = json.Unmarshal(message.Payload, &command) == nil
		e.Data = command
	case typeInteractive:
		var in slack.InteractionCallback
		in, ok = interaction(message.Payload)
		e.Kind, e.Data = string(in.Type), in
	case typeEvent:
		event, err := slackevents.ParseEvent(message.Payload, slackevents.OptionNoVerifyToken())
		ok, e.Data = err == nil, event.InnerEvent.Data
	}
	if ok {
		return e, true
	}
	var payload struct {
		Type string `json:"type"`
	}
	_ = json.Unmarshal(message.Payload, &payload) // without a type it is no submission
	return Envelope{ID: message.ID, Kind: KindStray}, message.ID != "" && payload.Type != string(slack.InteractionTypeViewSubmission)
}

// interaction reads an interaction; when slack-go can't parse the message or
// view that it carries, without the blocks that it can't read: an element that
// slack-go does not know would lose the whole gesture, and the person would see
// nothing happen. ok is false when that does not help.
func interaction(raw json.RawMessage) (in slack.InteractionCallback, ok bool) {
	if json.Unmarshal(raw, &in) == nil {
		return in, in.Type != ""
	}
	var payload map[string]json.RawMessage
	if json.Unmarshal(raw, &payload) != nil {
		return in, false
	}
	for _, carrier := range []string{"message", "original_message", "view"} {
		if carried, ok := payload[carrier]; ok {
			payload[carrier] = legible(carried)
		}
	}
	b, err := json.Marshal(payload)
	if err != nil {
		return in, false
	}
	in = slack.InteractionCallback{}
	return in, json.Unmarshal(b, &in) == nil && in.Type != ""
}

// legible leaves out of a message or view what slack-go can't parse.
func legible(carrier json.RawMessage) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(carrier, &all) != nil || all == nil {
		return carrier
	}
	delete(all, "attachments") // nothing in them is ours
	if blocks, ok := all["blocks"]; ok {
		all["blocks"] = legibleBlocks(blocks)
	}
	b, err := json.Marshal(all)
	if err != nil {
		return carrier
	}
	return b
}

func legibleBlocks(blocks json.RawMessage) json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(blocks, &all) != nil {
		return json.RawMessage("[]")
	}
	kept := []json.RawMessage{}
	for _, block := range all {
		var one slack.Blocks
		alone, err := json.Marshal([]json.RawMessage{block})
		if err == nil && json.Unmarshal(alone, &one) == nil {
			kept = append(kept, block)
		}
	}
	b, err := json.Marshal(kept)
	if err != nil {
		return json.RawMessage("[]")
	}
	return b
}

package bot

import (
	"encoding/json"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// salvage reads an interaction again of which slack-go could not parse the
// message or view that it carries: an element that slack-go does not know
// makes it drop the whole gesture, and the person would see nothing happen.
// The blocks that it can't read are left out; ok is false when that does not
// help.
func salvage(event *socketmode.Event) (saved *socketmode.Event, ok bool) {
	bad, ok := event.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return nil, false
	}
	var request socketmode.Request
	var payload map[string]json.RawMessage
	if json.Unmarshal(bad.Message, &request) != nil || request.Type != socketmode.RequestTypeInteractive ||
		json.Unmarshal(request.Payload, &payload) != nil {
		return nil, false
	}
	for _, carrier := range []string{"message", "original_message", "view"} {
		if carried, ok := payload[carrier]; ok {
			payload[carrier] = legible(carried)
		}
	}
	var in slack.InteractionCallback
	b, err := json.Marshal(payload)
	if err != nil || json.Unmarshal(b, &in) != nil || in.Type == "" {
		return nil, false
	}
	return &socketmode.Event{Type: socketmode.EventTypeInteractive, Data: in, Request: &request}, true
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

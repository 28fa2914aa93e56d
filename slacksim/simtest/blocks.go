package simtest

import (
	"strconv"
	"strings"
)

// Blocks and metadata of messages, and views.
const (
	// SectionBlocks are a text.
	SectionBlocks = `[{"type":"section","text":{"type":"mrkdwn","text":"hello"}}]`
	// CaseKey is metadata.
	CaseKey = `{"event_type":"case","event_payload":{"key":"K1"}}`
)

// ClickBlocks hold an element of each kind that can be clicked in a message.
const ClickBlocks = `[{"type":"section","block_id":"s","text":{"type":"mrkdwn","text":"x"},
	"accessory":{"type":"users_select","action_id":"who","placeholder":{"type":"plain_text","text":"Who"}}},
	{"type":"actions","block_id":"acts","elements":[
	{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go 1"},"value":"1","style":"primary"},
	{"type":"button","action_id":"go2","text":{"type":"plain_text","text":"Go 2"}},
	{"type":"static_select","action_id":"more","placeholder":{"type":"plain_text","text":"More"},"options":[` + OptionA + `,` + OptionB + `]},
	{"type":"overflow","action_id":"menu","options":[` + OptionA + `]},
	{"type":"datepicker","action_id":"day","initial_date":"2026-01-31"},
	{"type":"checkboxes","action_id":"boxes","options":[` + OptionA + `,` + OptionB + `]}]}]`

// HomeTab is a Home tab with something to click.
const HomeTab = `{"type":"home","callback_id":"home","blocks":[{"type":"actions","block_id":"acts","elements":[
	{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"},"value":"1"},
	{"type":"overflow","action_id":"menu","options":[` + OptionA + `,` + OptionB + `]}]}]}`

// Modal is a view with one input per given element, in blocks b0, b1, …
func Modal(callbackID string, elements ...string) string {
	blocks := []string{`{"type":"section","block_id":"intro","text":{"type":"mrkdwn","text":"Hello"}}`}
	for i, el := range elements {
		if !strings.Contains(el, `"type":"input"`) {
			el = `{"type":"input","block_id":"b` + strconv.Itoa(i) + `","label":{"type":"plain_text","text":"Field"},"element":` + el + `}`
		}
		blocks = append(blocks, el)
	}
	return `{"type":"modal","callback_id":"` + callbackID + `","private_metadata":"meta",
		"title":{"type":"plain_text","text":"Title"},"submit":{"type":"plain_text","text":"Go"},
		"blocks":[` + strings.Join(blocks, ",") + `]}`
}

// Elements and options for Modal.
const (
	TextInput   = `{"type":"plain_text_input","action_id":"value"}`
	SelectInput = `{"type":"static_select","action_id":"value","options":[` + OptionA + `,` + OptionB + `]}`
	OptionA     = `{"text":{"type":"plain_text","text":"A"},"value":"a"}`
	OptionB     = `{"text":{"type":"plain_text","text":"B"},"value":"b"}`
)

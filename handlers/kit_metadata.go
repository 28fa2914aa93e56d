package handlers

import (
	"encoding/json"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

// memo is what a view remembers between being shown and being used; it lies
// in private_metadata and holds nothing confidential.
type memo struct {
	Case    workflow.CaseID `json:"case,omitempty"`
	Version int             `json:"version,omitempty"` // that the person saw
	Nonce   string          `json:"nonce,omitempty"`   // of this showing; part of the gesture's identity
	Filter  lists.Filter    `json:"filter,omitempty"`  // chosen on Home

	Format string `json:"format,omitempty"` // of what an access request hands out

	What workflow.WatchKind `json:"what,omitempty"` // what a reminder was about

	Topic          string `json:"topic,omitempty"`          // of a review: see topic
	Recommendation string `json:"recommendation,omitempty"` // its id
	Reply          string `json:"reply,omitempty"`          // response_url of the message that led here
}

// String returns the memo as JSON; "" for the zero memo.
func (m memo) String() string {
	if m == (memo{}) {
		return ""
	}
	b, err := json.Marshal(m)
	if err != nil { // strings and an int always marshal
		return ""
	}
	return string(b)
}

// memoOf reads a view's memo; the zero memo when it is none of ours.
func memoOf(private string) memo {
	var m memo
	if json.Unmarshal([]byte(private), &m) != nil {
		return memo{}
	}
	return m
}

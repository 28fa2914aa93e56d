package kit

import (
	"encoding/json"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

// Metadata is what a view remembers between being shown and being used; it lies
// in private_metadata and holds nothing confidential.
type Metadata struct {
	Case    workflow.CaseID `json:"case,omitempty"`
	Version int             `json:"version,omitempty"` // that the person saw
	Nonce   string          `json:"nonce,omitempty"`   // of this showing; part of the gesture's identity
	Filter  lists.Filter    `json:"filter,omitempty"`  // chosen on Home

	Channel string `json:"channel,omitempty"` // of the message from which a complaint is filed
	TS      string `json:"ts,omitempty"`

	Format string `json:"format,omitempty"` // of what an access request hands out
	Letter string `json:"letter,omitempty"` // of which a PDF is made: see cases.LetterKey

	What workflow.WatchKind `json:"what,omitempty"` // what a reminder was about

	Found string `json:"found,omitempty"` // kinds of what names the complainant in a question, as the person was told

	Dates string `json:"dates,omitempty"` // of a dispute, as the form was filled in

	Scope          string `json:"topic,omitempty"`          // of a review: see review
	Recommendation string `json:"recommendation,omitempty"` // its id
	Reply          string `json:"reply,omitempty"`          // response_url of the message that led here
}

// String returns the metadata as JSON; "" for the zero Metadata.
func (m Metadata) String() string {
	if m == (Metadata{}) {
		return ""
	}
	b, err := json.Marshal(m)
	if err != nil { // strings and an int always marshal
		return ""
	}
	return string(b)
}

// MetadataOf reads a view's metadata; the zero Metadata when it is none of ours.
func MetadataOf(private string) Metadata {
	var m Metadata
	if json.Unmarshal([]byte(private), &m) != nil {
		return Metadata{}
	}
	return m
}

package outbox

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow/roster"
)

// Payloads of what brings files, and takes them away.

// FileImport takes the attachment with that number over.
type FileImport struct {
	Ordinal int `json:"ordinal"`
}

// FileRemoval asks who sent files in, with one form, to take them out of Slack.
type FileRemoval struct {
	To   roster.PersonID `json:"to"`
	Line int             `json:"line"` // of the journal: the change that the files came with
}

// DocumentFile is the document with that id.
type DocumentFile struct {
	To roster.PersonID `json:"to"`
	ID string          `json:"id"`
}

// DocumentRecall takes the document with that id back.
type DocumentRecall struct {
	To roster.PersonID `json:"to"`
	ID string          `json:"id"`
}

// UndeletableCheck checks whether what a case left in Slack is still there.
type UndeletableCheck struct{}

// Picture goes below a message that stands at Channel and TS; Below is what that
// message is about.
type Picture struct {
	Below       Payload
	Channel, TS string
}

// pictureJSON is a picture as the register keeps it.
type pictureJSON struct {
	Kind    Kind            `json:"kind"`
	Below   json.RawMessage `json:"below"`
	Channel string          `json:"channel"`
	TS      string          `json:"ts"`
}

func (p Picture) MarshalJSON() ([]byte, error) {
	below, err := Encode(p.Below)
	if err != nil {
		return nil, err
	}
	return json.Marshal(pictureJSON{p.Below.Kind(), json.RawMessage(below), p.Channel, p.TS})
}

func (p *Picture) UnmarshalJSON(text []byte) error {
	var read pictureJSON
	if err := json.Unmarshal(text, &read); err != nil || read.Kind == KindPicture {
		return errPayload // there are no pictures of pictures
	}
	below, err := Decode(read.Kind, string(read.Below))
	if err != nil {
		return err
	}
	*p = Picture{below, read.Channel, read.TS}
	return nil
}

// DocumentOf is the id of the document that a payload brings or takes back, ""
// for any other payload.
func DocumentOf(p Payload) string {
	switch p := p.(type) {
	case DocumentFile:
		return p.ID
	case DocumentRecall:
		return p.ID
	}
	return ""
}

// The kinds.
func (FileImport) Kind() Kind       { return KindFileImport }
func (FileRemoval) Kind() Kind      { return KindFileRemoval }
func (DocumentFile) Kind() Kind     { return KindDocument }
func (DocumentRecall) Kind() Kind   { return KindDocumentRecall }
func (UndeletableCheck) Kind() Kind { return KindUndeletableCheck }
func (Picture) Kind() Kind          { return KindPicture }

// Whom they are for.
func (FileImport) Recipient() roster.PersonID       { return "" }
func (f FileRemoval) Recipient() roster.PersonID    { return f.To }
func (d DocumentFile) Recipient() roster.PersonID   { return d.To }
func (d DocumentRecall) Recipient() roster.PersonID { return d.To }
func (UndeletableCheck) Recipient() roster.PersonID { return "" }
func (p Picture) Recipient() roster.PersonID        { return p.Below.Recipient() }

func (f FileImport) Slot() string { return strconv.Itoa(f.Ordinal) }

func (f FileRemoval) Slot() string { return strconv.Itoa(f.Line) }

// Slot is what SQL finds the recalls of documents by.
func (d DocumentFile) Slot() string { return d.ID }

func (d DocumentRecall) Slot() string { return d.ID }

func (UndeletableCheck) Slot() string { return "" }

func (p Picture) Slot() string {
	return strings.Join([]string{string(p.Below.Kind()), p.Below.Slot(), p.Channel, p.TS}, " ")
}

func (f FileImport) valid() bool     { return f.Ordinal > 0 }
func (f FileRemoval) valid() bool    { return isWord(f.To) && f.Line > 0 }
func (d DocumentFile) valid() bool   { return isWord(d.To) && isWord(d.ID) }
func (d DocumentRecall) valid() bool { return isWord(d.To) && isWord(d.ID) }
func (UndeletableCheck) valid() bool { return true }

func (p Picture) valid() bool {
	return p.Below != nil && p.Below.Kind() != KindPicture && p.Below.valid() && !strings.Contains(p.Below.Slot(), " ") &&
		isWord(p.Channel) && isWord(p.TS)
}

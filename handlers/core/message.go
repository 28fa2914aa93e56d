package core

import (
	"errors"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
)

// Message is something to post: Text is the fallback (number and what
// happened, nothing else; design section 4), Blocks what people see.
//
// With a Document, the document goes to the person, or is taken back; the
// message itself is then what the person reads when that is impossible.
type Message struct {
	Text     string
	Blocks   []slack.Block
	Document *Document `json:",omitempty"`
	// Picture shows what a chart among the blocks does; nil without a chart.
	Picture *Picture `json:",omitempty"`
	// Announces are the cases that it tells somebody are going to be erased.
	Announces []outbox.Announcement `json:"-"`
}

// Picture follows below a message as a file where Slack takes no chart.
type Picture struct {
	Name  string // of the file
	Title string
	Alt   string // the same in words; at most MaxAlt characters
	// Draw makes the PNG, when it is needed.
	Draw func() ([]byte, error) `json:"-"`
}

// MaxAlt is how many characters Slack takes as the description of a picture.
const MaxAlt = 1000

// Document is a file for one person, encrypted already. Without Content it
// waited too long, and there is nothing to send any more.
type Document struct {
	Name     string // tells nothing about anybody
	Content  []byte
	Comment  string // stands beside the file
	ID       string // Slack's, of a file to take back
	Withheld bool   // the person has lost their rights: it is searched for, never sent
}

// ErrMoot says that a delivery has lost its reason, and is to be dropped: a
// reminder of a promise that was kept meanwhile, a case that is gone.
var ErrMoot = errors.New("the delivery has lost its reason")

// Later says that a delivery has to wait until people may be reminded again.
type Later struct{ At time.Time }

// Error implements error.
func (l *Later) Error() string { return "not before " + l.At.Format(time.RFC3339) }

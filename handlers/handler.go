package handlers

import (
	"context"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// Register is what the gestures need of the register.
type Register interface {
	// Apply carries out one change, once per gesture. A workflow.Refusals
	// error is for the person (workflow.CodeNoSuchCase also when the case does
	// not exist for them); any other means that nothing was committed.
	Apply(context.Context, workflow.Command) (workflow.Result, error)
	// Find returns a case as viewer may see it, with the access; a case that
	// does not exist for viewer is refused with workflow.CodeNoSuchCase.
	// Without full access the Particulars are left out.
	Find(ctx context.Context, key workflow.Lookup, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error)
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
	// Related returns the other cases that are, or may be, of the same
	// complainant, as far as viewer has an officer's rights on them and on
	// this one.
	Related(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Related, error)
}

// Lister are the lists and searches of the register, as somebody may see
// them.
type Lister interface {
	// List returns a page of a list or a search; workflow.CodeForbidden when
	// the viewer may not have it.
	List(context.Context, lists.Query) (lists.Page, error)
	// Counts returns how many cases stand in the lists of open ones.
	Counts(ctx context.Context, viewer roster.PersonID) (lists.Counts, error)
	// Undelivered returns how many messages for the case channel keep failing.
	Undelivered(context.Context) (int, error)
}

// Source is what rendering needs of the register; it is asked for the bot,
// not for a person.
type Source interface {
	// Case returns a case with its Particulars.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
	// Performed returns who did what in the change that made this version.
	Performed(ctx context.Context, id workflow.CaseID, version int) (workflow.Performed, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
	// Presence returns who is away, at this moment.
	Presence(context.Context) (roster.Presence, error)
}

// Rounds is what rendering needs of the register for what is of a person
// rather than a case, and to explain what comes late.
type Rounds interface {
	// DigestItems returns what a digest or a weekly digest tells of.
	DigestItems(context.Context, outbox.Delivery) ([]outbox.DigestItem, error)
	// Outage returns the last time in which no bot was at work; zero for none.
	Outage(context.Context) (workflow.Outage, error)
}

// Slack is what the gestures ask of Slack directly, outside the outbox:
// answers to the person who is looking at the screen.
type Slack interface {
	// OpenView returns the view's id; "" when a gesture that came twice has
	// opened it before.
	OpenView(ctx context.Context, triggerID string, view slack.ModalViewRequest) (viewID string, err error)
	UpdateView(ctx context.Context, viewID string, view slack.ModalViewRequest) error
	PublishHome(ctx context.Context, who roster.PersonID, view slack.HomeTabViewRequest) error
	// Respond answers through a response_url, seen only by the person who
	// pressed, beside what is there (replace_original false). The text is
	// mrkdwn.
	Respond(ctx context.Context, responseURL, text string) error
	// SendDirect sends a direct message (mrkdwn), for gestures without a
	// response_url: a global shortcut, a button on the Home tab.
	SendDirect(ctx context.Context, who roster.PersonID, text string) error
}

// People knows who somebody is, from a cache; a person not yet cached costs
// one users.info.
type People interface {
	Person(context.Context, roster.PersonID) (roster.Person, error)
}

// Config is what a Handler works with. Every field is needed,
// but for those that are false for no.
type Config struct {
	Policy          *workflow.Policy
	Register        Register
	Lister          Lister
	Source          Source
	Rounds          Rounds
	AbsenceKeeper   AbsenceKeeper
	Slack           Slack
	People          People
	DocumentSender  DocumentSender
	Remnants        Undeletables
	SubjectSearcher SubjectSearcher
	Figures         Figures
	Reviews         Reviews
	Texts           *texts.Catalogue
	Letters         *letters.Letters
	Firm            letters.Firm
	Language        string           // what channels read: "nl" or "en"
	Now             func() time.Time // the procedure's clock
	Log             *slog.Logger     // ids, states and durations only
	Nonce           func() string    // random, for each render of a form
	Mails           bool             // letters can be sent from here
	// DirectorsChannel: there is a channel for the directors together.
	DirectorsChannel bool
	// RegisterReader reads the register for who has it made into a file.
	RegisterReader RegisterReader
}

// Handler answers gestures and renders messages.
type Handler struct {
	Config
	screens map[string]screen // by action id and callback id
}

// New returns a Handler.
func New(c Config) *Handler {
	h := &Handler{Config: c}
	h.screens = h.allScreens()
	return h
}

// Ack is the answer to a gesture, sent back on the socket: nothing (nil), the
// text of a command's answer, or the response to a submission.
type Ack struct {
	Payload any
	// Then is what remains to be done once the gesture was answered; nil for
	// nothing. The person's next gesture waits for it.
	Then func(context.Context)
}

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
	Withheld bool   // the person has no rights by now: it is looked for, never sent
}

func (h *Handler) today() calendar.Date { return h.Policy.Calendar.Today(h.Now()) }

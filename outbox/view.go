package outbox

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// RootCheck checks whether the case message and what the bot wrote below it still
// stand.
type RootCheck struct{}

// ViewCheck checks that of every open case.
type ViewCheck struct{}

func (RootCheck) Kind() Kind { return KindRootCheck }
func (ViewCheck) Kind() Kind { return KindViewCheck }

func (RootCheck) Recipient() roster.PersonID { return "" }
func (ViewCheck) Recipient() roster.PersonID { return "" }

func (RootCheck) Slot() string { return "" }
func (ViewCheck) Slot() string { return "" }

func (RootCheck) valid() bool { return true }
func (ViewCheck) valid() bool { return true }

// Root is where the register has a case message.
type Root struct {
	Case        workflow.CaseID
	Lane        Lane
	Channel, TS string
	// Replies are those below it that are posted anew when they are gone; Unnamed
	// are messages of the case from before the register noted what each was.
	Replies, Unnamed int
	Known            []string // timestamps of the messages of the case below it
}

package workflow

import (
	"github.com/artra/klachtbot/workflow/roster"
)

// Command is one change asked for through the register's only door.
type Command struct {
	Case    CaseID // "" for Log
	Action  Action
	By      roster.PersonID
	Gesture string // identity of the gesture; the same one twice changes nothing
}

// Result is what became of a Command.
type Result struct {
	Complaint Complaint
	Repeated  bool // the gesture had been carried out before
}

// Lookup finds one case as somebody sees it, by one of its names.
type Lookup struct {
	ID     CaseID
	Number string
	// Channel and TS are those of a message that the bot posted about it.
	Channel, TS string
}

package outbox

import (
	"github.com/artra/klachtbot/workflow/roster"
)

// UndeletableKind says what an undeletable is, and so who can delete it.
type UndeletableKind string

// The kinds of undeletables.
const (
	UndeletableReply   UndeletableKind = "reply"   // what others wrote in a thread of the bot's: its author
	UndeletableMessage UndeletableKind = "message" // the bot's own, which Slack refuses to delete: the bot, later
	UndeletableFile    UndeletableKind = "file"    // an attachment: who sent it in
)

// UndeletableKinds lists all kinds.
func UndeletableKinds() []UndeletableKind {
	return []UndeletableKind{UndeletableReply, UndeletableMessage, UndeletableFile}
}

// Nobody is the Undeletable.Reader of what nobody is notified of, since the reader
// might be the person whom the case concerns. It counts for the operator only.
const Nobody roster.PersonID = "-"

// Undeletable is something in Slack that the bot can't delete, of a case that was
// erased (R10) or that moved to another channel. It holds no text.
type Undeletable struct {
	Kind        UndeletableKind
	Channel, TS string // where the message stands; a file has no Channel, and its id in TS
	// Thread is the message above a reply; of a message of the bot's with a
	// thread of its own, that message.
	Thread string
	// Reader is who alone is notified of it: the person whose direct message it stands
	// in. "" are the officers, or Nobody.
	Reader  roster.PersonID
	Author  roster.PersonID // who sent a file in, and is notified too; "" for anything else
	Link    string          // Slack's own; "" when Slack gave none
	Fault   string          // Slack's word for why it can't be deleted; "" for none
	Number  string          // of its case, which stays
	Checked bool            // the bot checked this day that it is still there
}

// UndeletableList is what one person is notified of: how many undeletables there
// are, and the first MaxUndeletable of them, by case.
type UndeletableList struct {
	Total int
	First []Undeletable
}

// MaxUndeletable is how many undeletables one message lists.
const MaxUndeletable = 50

// Unfinished is what the register knows to stand in Slack of cases that were
// erased or that moved.
type Unfinished struct {
	Erased, Moved            int // cases
	Replies, Messages, Files int
}

// None reports whether nothing is left.
func (u Unfinished) None() bool { return u == Unfinished{} }

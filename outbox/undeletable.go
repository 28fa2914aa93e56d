package outbox

import (
	"github.com/artra/klachtbot/workflow/roster"
)

// UndeletableKind says what a remnant is, and so who can take it away.
type UndeletableKind string

// The kinds of remnants.
const (
	UndeletableReply   UndeletableKind = "reply"   // what others wrote in a thread of the bot's: its author
	UndeletableMessage UndeletableKind = "message" // the bot's own, which Slack refuses to delete: the bot, later
	UndeletableFile    UndeletableKind = "file"    // an attachment: who sent it in
)

// UndeletableKinds lists them.
func UndeletableKinds() []UndeletableKind {
	return []UndeletableKind{UndeletableReply, UndeletableMessage, UndeletableFile}
}

// Nobody is the Remnant.Reader of what is told to no person: whoever reads of
// it might be the one whom the case concerns. It counts for the operator only.
const Nobody roster.PersonID = "-"

// Undeletable is something of a case that was erased (R10), or that shows elsewhere
// by now, which stands in Slack and which the bot can't take away. It holds no
// text.
type Undeletable struct {
	Kind        UndeletableKind
	Channel, TS string // where the message stands; a file has no Channel, and its id in TS
	// Thread is the message above a reply; of a message of the bot's with a
	// thread of its own, that message.
	Thread string
	// Reader is who alone reads of it: the person whose direct message it stands
	// in. "" are the officers, or Nobody.
	Reader  roster.PersonID
	Author  roster.PersonID // who sent a file in, and reads of it too; "" for anything else
	Link    string          // Slack's own; "" when Slack gave none
	Fault   string          // Slack's word for why it can't be taken away; "" for none
	Number  string          // of its case, which stays
	Checked bool            // the bot looked on this day whether it is still there
}

// UndeletableList are the remnants of which one person reads: how many there are, and
// the first of them, by case.
type UndeletableList struct {
	Total int
	First []Undeletable
}

// MaxUndeletable is how many remnants one message lists.
const MaxUndeletable = 50

// Unfinished is what the register knows to stand in Slack of cases that were
// erased or that moved.
type Unfinished struct {
	Erased, Moved            int // cases
	Replies, Messages, Files int
}

// None reports whether nothing is left.
func (u Unfinished) None() bool { return u == Unfinished{} }

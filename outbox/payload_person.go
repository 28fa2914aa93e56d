package outbox

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Payloads of what is of a person and no case.

// Digest is a morning's reminders in one message, for a director with the weekly
// digest in it where both come on one day.
type Digest struct {
	To     roster.PersonID `json:"to"`
	Weekly bool            `json:"weekly,omitempty"`
}

// WeeklyDigest lists a director's overdue promises.
type WeeklyDigest struct {
	To   roster.PersonID `json:"to"`
	Week calendar.Date   `json:"week"` // its Monday
}

// Erased says to who asked for it that the case with that number is gone; or,
// when it was unannounced, to a director that it went though nobody could be told
// before.
type Erased struct {
	To          roster.PersonID `json:"to"`
	Number      string          `json:"number"`
	Unannounced bool            `json:"unannounced,omitempty"`
}

// UndeletableNotice says to somebody what they have to take out of Slack
// themselves. When they asked for it, it says also that nothing is left.
type UndeletableNotice struct {
	To    roster.PersonID `json:"to"`
	Asked bool            `json:"asked"`
}

// askedSlot is the slot of a notice that its reader asked for.
const askedSlot = "asked"

// The kinds.
func (Digest) Kind() Kind            { return KindDigest }
func (WeeklyDigest) Kind() Kind      { return KindWeeklyDigest }
func (Erased) Kind() Kind            { return KindErased }
func (UndeletableNotice) Kind() Kind { return KindUndeletable }

// Whom they are for.
func (d Digest) Recipient() roster.PersonID            { return d.To }
func (d WeeklyDigest) Recipient() roster.PersonID      { return d.To }
func (e Erased) Recipient() roster.PersonID            { return e.To }
func (n UndeletableNotice) Recipient() roster.PersonID { return n.To }

func (Digest) Slot() string { return "" }

func (d WeeklyDigest) Slot() string { return d.Week.String() }

func (e Erased) Slot() string { return e.Number }

func (n UndeletableNotice) Slot() string {
	if n.Asked {
		return askedSlot
	}
	return ""
}

func (d Digest) valid() bool            { return isWord(d.To) }
func (d WeeklyDigest) valid() bool      { return isWord(d.To) && !d.Week.IsZero() }
func (e Erased) valid() bool            { return isWord(e.To) && isWord(e.Number) }
func (n UndeletableNotice) valid() bool { return isWord(n.To) }

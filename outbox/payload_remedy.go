package outbox

import (
	"strconv"

	"github.com/artra/klachtbot/workflow/roster"
)

// Payloads of a remedy or of a question to a colleague, which its number among those
// of the case names.

// Remedy shows whoever sees to a remedy what it is and by when.
type Remedy struct {
	To     roster.PersonID `json:"to"`
	Remedy int             `json:"remedy"`
}

// Consultation shows somebody what they are asked, and by when.
type Consultation struct {
	To           roster.PersonID `json:"to"`
	Consultation int             `json:"consultation"`
}

// RemedyReported says to whoever handles the case that a remedy is said to be
// done, and is to be recorded.
type RemedyReported struct {
	To     roster.PersonID `json:"to"`
	Remedy int             `json:"reported"`
}

// RemedyNotKept says to somebody that a remedy was overdue for six months.
type RemedyNotKept struct {
	To     roster.PersonID `json:"to"`
	Remedy int             `json:"not_kept"`
}

// The kinds.
func (Remedy) Kind() Kind         { return KindRemedy }
func (Consultation) Kind() Kind   { return KindConsultation }
func (RemedyReported) Kind() Kind { return KindRemedyNews }
func (RemedyNotKept) Kind() Kind  { return KindRemedyNews }

// Whom they are for.
func (r Remedy) Recipient() roster.PersonID         { return r.To }
func (c Consultation) Recipient() roster.PersonID   { return c.To }
func (r RemedyReported) Recipient() roster.PersonID { return r.To }
func (r RemedyNotKept) Recipient() roster.PersonID  { return r.To }

func (r Remedy) Slot() string { return strconv.Itoa(r.Remedy) }

func (c Consultation) Slot() string { return strconv.Itoa(c.Consultation) }

func (r RemedyReported) Slot() string { return "reported " + strconv.Itoa(r.Remedy) }

func (r RemedyNotKept) Slot() string { return "not_kept " + strconv.Itoa(r.Remedy) }

func (r Remedy) valid() bool         { return isWord(r.To) && r.Remedy > 0 }
func (c Consultation) valid() bool   { return isWord(c.To) && c.Consultation > 0 }
func (r RemedyReported) valid() bool { return isWord(r.To) && r.Remedy > 0 }
func (r RemedyNotKept) valid() bool  { return isWord(r.To) && r.Remedy > 0 }

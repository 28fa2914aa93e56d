package review

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/money"
)

// Refunds is what complainants were promised in money (R14), and how much of it
// is said to be paid. A promise that was dropped or not kept is in neither.
type Refunds struct {
	Promised money.Amount `json:"promised_cents"`
	Paid     money.Amount `json:"paid_cents"`
}

// Add adds the amount of a promise to give money back.
func (r *Refunds) Add(p workflow.Promise, amount money.Amount) {
	switch {
	case !p.Kept.At.IsZero():
		r.Promised, r.Paid = r.Promised+amount, r.Paid+amount
	case p.Open():
		r.Promised += amount
	}
}

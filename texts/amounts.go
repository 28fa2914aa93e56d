package texts

import (
	"fmt"
	"strconv"

	"github.com/artra/klachtbot/workflow/money"
)

// Euros writes an amount as people read it: "€ 1.250,50", or "€1,250.50".
func (s Speaker) Euros(a money.Amount) string {
	apart := s.Say("amount.thousands")
	whole := strconv.FormatInt(int64(a/100), 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + apart + whole[i:]
	}
	return s.Say("amount.euros", Args{"Whole": whole, "Cents": fmt.Sprintf("%02d", a%100)})
}

// Amount words an amount as the register keeps it; what is none stays as it is.
func (s Speaker) Amount(value string) string {
	amount, err := money.Parse(value)
	if err != nil {
		return value
	}
	return s.Euros(amount)
}

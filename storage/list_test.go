package storage

import (
	"strings"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

func (h *house) byNumber(number string) workflow.CaseID {
	h.Helper()
	c, _, err := h.find(number, deputy)
	if err != nil {
		h.Fatal(err)
	}
	return c.ID
}

// walk leafs through a list and returns the last digits of the numbers.
func (h *house) walk(q lists.Query) (numbers []string) {
	h.Helper()
	for pages := 0; pages < 20; pages++ {
		p, err := h.Search().List(h.Context(), q)
		if err != nil {
			h.Fatal(err)
		}
		for _, c := range p.Cases {
			numbers = append(numbers, strings.TrimLeft(c.Number[len(c.Number)-4:], "0"))
		}
		if q.After = p.Next; p.Next == "" {
			return numbers
		}
	}
	h.Fatalf("a list without end: %v", numbers)
	return nil
}

package texts

import (
	"strings"

	"github.com/artra/klachtbot/workflow/urgency"
)

// Urgent says why a complaint can't wait; "" for one that can.
func (s Speaker) Urgent(why urgency.Set) string {
	var all []string
	for _, k := range why.Kinds() {
		all = append(all, s.Say("choice.urgent.short."+string(k)))
	}
	return strings.Join(all, ", ")
}

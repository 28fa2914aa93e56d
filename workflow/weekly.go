package workflow

import (
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Overdue lists the overdue promises on a case that a director reads of in the
// weekly digest: those of which the first notice went out on an earlier day. A
// confirmation is the firm's own term, of which no director is told.
func (p *Policy) Overdue(c *Complaint, director roster.PersonID, today calendar.Date) []Watch {
	if !p.Roster.IsDirector(director) || c.Access(p.Roster, director) == AccessNone {
		return nil
	}
	var all []Watch
	for _, w := range p.Watches(c, today) {
		if w.Overdue(today) && w.Kind != WatchKind(PromiseConfirmation) && w.reminders.notifiedBefore(director, today) {
			all = append(all, w)
		}
	}
	return all
}

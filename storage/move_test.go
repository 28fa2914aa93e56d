package storage

import (
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// concerned corrects the sample complaint into one about somebody.
func concerned(who roster.PersonID) workflow.Correct {
	l := sample()
	l.Particulars.Concerns = who
	return workflow.Correct{File: l, Reason: "Het ging over een collega."}
}

func (s *sender) mustLeft(c *workflow.Complaint) []outbox.PendingDeletion {
	s.Helper()
	all, err := s.Queue().PendingDeletions(s.Context(), c.ID)
	if err != nil {
		s.Fatal(err)
	}
	return all
}

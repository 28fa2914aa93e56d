package storage

import (
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

func (s *sender) mustLeft(c *workflow.Complaint) []outbox.PendingDeletion {
	s.Helper()
	all, err := s.Queue().PendingDeletions(s.Context(), c.ID)
	if err != nil {
		s.Fatal(err)
	}
	return all
}

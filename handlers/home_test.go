package handlers

import (
	"context"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// stuck is a register some of whose messages don't arrive.
type stuck struct {
	Register
	messages int
}

func (s stuck) Undelivered(context.Context) (int, error) { return s.messages, nil }

// TestHomeTellsOfficersWhatDoesNotArrive, and nobody else.
func TestHomeTellsOfficersWhatDoesNotArrive(t *testing.T) {
	d := newDesk(t)
	for _, test := range []struct {
		who      workflow.PersonID
		messages int
		want     bool
	}{
		{officer, 2, true}, {officer, 0, false}, {staff, 2, false}, {director, 2, false},
	} {
		d.Register = stuck{d.db, test.messages}
		d.screen.homes = nil
		d.Event(t.Context(), opened(test.who))
		if got := strings.Contains(textOf(t, d.screen.homes), "2 berichten komen niet aan"); got != test.want {
			t.Errorf("%s with %d messages: told %v, want %v", test.who, test.messages, got, test.want)
		}
	}
}

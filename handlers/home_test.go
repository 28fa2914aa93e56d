package handlers

import (
	"context"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/workflow/roster"
)

// stuck is a register some of whose messages don't arrive.
type stuck struct {
	home.HomeReader
	messages int
}

func (s stuck) Undelivered(context.Context) (int, error) { return s.messages, nil }

// TestHomeTellsOfficersWhatDoesNotArrive, and nobody else.
func TestHomeTellsOfficersWhatDoesNotArrive(t *testing.T) {
	d := newDesk(t)
	for _, test := range []struct {
		who      roster.PersonID
		messages int
		want     bool
	}{
		{officer, 2, true}, {officer, 0, false}, {staff, 2, false}, {director, 2, false},
	} {
		d.Home = stuck{d.db.Rooms(), test.messages}
		d.screen.homes = nil
		d.Event(t.Context(), opened(test.who))
		if got := strings.Contains(textOf(t, d.screen.homes), "2 berichten komen niet aan"); got != test.want {
			t.Errorf("%s with %d messages: told %v, want %v", test.who, test.messages, got, test.want)
		}
	}
}

// TestHomeWithoutATab: an event that names no tab is about Home.
func TestHomeWithoutATab(t *testing.T) {
	d := newDesk(t)
	for tab, want := range map[string]int{"": 1, "home": 1, "messages": 0} {
		d.screen.homes = nil
		e := opened(staff)
		e.Tab = tab
		d.Event(t.Context(), e)
		if got := len(d.screen.homes); got != want {
			t.Errorf("tab %q: %d views, want %d", tab, got, want)
		}
	}
}

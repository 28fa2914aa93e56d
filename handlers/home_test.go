package handlers_test

import (
	"context"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/handlerstest"
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
	d := handlerstest.New(t)
	for _, test := range []struct {
		who      roster.PersonID
		messages int
		want     bool
	}{
		{handlerstest.Officer, 2, true}, {handlerstest.Officer, 0, false}, {handlerstest.Staff, 2, false}, {handlerstest.Director, 2, false},
	} {
		d.Use(func(c *handlers.Config) { c.Home = stuck{HomeReader: d.Db, messages: test.messages} })
		d.Screen.Homes = nil
		d.Event(t.Context(), handlerstest.Opened(test.who))
		if got := strings.Contains(handlerstest.TextOf(t, d.Screen.Homes), "2 berichten komen niet aan"); got != test.want {
			t.Errorf("%s with %d messages: told %v, want %v", test.who, test.messages, got, test.want)
		}
	}
}

// TestHomeWithoutATab: an event that names no tab is about Home.
func TestHomeWithoutATab(t *testing.T) {
	d := handlerstest.New(t)
	for tab, want := range map[string]int{"": 1, "home": 1, "messages": 0} {
		d.Screen.Homes = nil
		e := handlerstest.Opened(handlerstest.Staff)
		e.Tab = tab
		d.Event(t.Context(), e)
		if got := len(d.Screen.Homes); got != want {
			t.Errorf("tab %q: %d views, want %d", tab, got, want)
		}
	}
}

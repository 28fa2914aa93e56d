package home_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// stuck is a register some of whose messages don't arrive.
type stuck struct {
	home.HomeReader
	messages int
}

func (s stuck) Undelivered(context.Context) (int, error) { return s.messages, nil }

// TestHome_warnsOfficersOfUndeliveredMessages: officers and nobody else.
func TestHome_warnsOfficersOfUndeliveredMessages(t *testing.T) {
	d := handlerstest.New(t)
	for _, test := range []struct {
		who      roster.PersonID
		messages int
		want     bool
	}{
		{handlerstest.Officer, 2, true}, {handlerstest.Officer, 0, false}, {handlerstest.Staff, 2, false}, {handlerstest.Director, 2, false},
	} {
		d.Use(func(c *handlers.Config) {
			c.Home = stuck{HomeReader: handlerstest.Whole{Rooms: d.DB.Rooms()}, messages: test.messages}
		})
		d.Screen.Homes = nil
		d.Event(t.Context(), handlerstest.Opened(test.who))
		if got := strings.Contains(handlerstest.TextOf(t, d.Screen.Homes), "2 berichten komen niet aan"); got != test.want {
			t.Errorf("%s with %d messages: warned %v, want %v", test.who, test.messages, got, test.want)
		}
	}
}

// gone is a register from which cases were erased though nobody could be told.
type gone struct {
	home.HomeReader
	numbers []string
}

func (g gone) Unannounced(context.Context, calendar.Date, bool) ([]string, error) {
	return g.numbers, nil
}

// TestHome_tellsOfUnannouncedErasures (R10): officers and directors, and nobody else.
func TestHome_tellsOfUnannouncedErasures(t *testing.T) {
	d := handlerstest.New(t)
	for _, test := range []struct {
		who     roster.PersonID
		numbers []string
		want    string
	}{
		{handlerstest.Officer, []string{"K-2024-0001"}, "1 klacht is gewist zonder dat iemand dat vooraf te horen kreeg (K-2024-0001)"},
		{handlerstest.Director, []string{"K-2024-0001", "K-2024-0002"}, "2 klachten zijn gewist zonder dat iemand dat vooraf te horen kreeg (K-2024-0001, K-2024-0002)"},
		{handlerstest.Officer, nil, ""},
		{handlerstest.Staff, []string{"K-2024-0001"}, ""},
	} {
		d.Use(func(c *handlers.Config) {
			c.Home = gone{HomeReader: handlerstest.Whole{Rooms: d.DB.Rooms()}, numbers: test.numbers}
		})
		text := d.Home(t, test.who)
		if got := strings.Contains(text, "zonder dat iemand"); got != (test.want != "") || !strings.Contains(text, test.want) {
			t.Errorf("%s reads %s, want %q", test.who, text, test.want)
		}
	}
}

// TestHome_opensWithoutATab: an event that names no tab is about Home.
func TestHome_opensWithoutATab(t *testing.T) {
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

func TestHome_golden(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.English))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Guest))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Staff))
	o.Event(t.Context(), incoming.Event{Type: incoming.HomeOpened, User: incoming.User{ID: string(handlerstest.Staff)}, Tab: "messages"})
	o.Event(t.Context(), incoming.Event{Type: "message"})
	if len(o.Screen.Homes) != 3 {
		t.Fatalf("%d Home tabs were published, want 3", len(o.Screen.Homes))
	}
	handlerstest.Golden(t, "home_empty.en", o.Screen.Homes[0])
	handlerstest.Golden(t, "home_guest.nl", o.Screen.Homes[1])
	handlerstest.Golden(t, "home_staff.nl", o.Screen.Homes[2])
}

func TestHome_saysThatTheRegisterIsLost(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Lost))
	first, second := handlerstest.TextOf(t, o.Screen.Homes[0]), handlerstest.TextOf(t, o.Screen.Homes[1])
	if !strings.Contains(first, "log_complaint") || !strings.Contains(first, "Dat lukte niet") {
		t.Errorf("without the register the officer sees %s", first)
	}
	if !strings.Contains(second, "Dat lukte niet") || strings.Contains(second, "log_complaint") {
		t.Errorf("who could not be looked up sees %s", second)
	}
}

func TestHome_showsOnePage(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	for i := range home.HomeSize + 1 {
		cmd := workflow.Command{Action: handlerstest.PlainFiling(), By: handlerstest.Staff, Gesture: fmt.Sprint("g", i)}
		if _, err := o.DB.Apply(t.Context(), cmd); err != nil {
			t.Fatal(err)
		}
	}
	o.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	got := handlerstest.TextOf(t, o.Screen.Homes)
	if !strings.Contains(got, "Er zijn er meer") || strings.Contains(got, "K-2026-0011") || !strings.Contains(got, "K-2026-0010") {
		t.Errorf("Home shows %s", got)
	}
}

// TestGuardedCase_staysOutOfHomeListsAndSearches: Home, lists and searches of
// the officer whom a case concerns neither show nor count it.
func TestGuardedCase_staysOutOfHomeListsAndSearches(t *testing.T) {
	d := handlerstest.New(t)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	c := d.Filed(t, about)
	for who, want := range map[roster.PersonID]bool{handlerstest.Deputy: true, handlerstest.Officer: false} {
		d.Screen.Modals, d.Screen.Homes = nil, nil
		d.Event(t.Context(), handlerstest.Opened(who))
		for _, f := range home.HomeFilters() {
			d.Clicks(t, who, home.HomeFilter+string(f), "", incoming.View{ID: "V0HOME", Type: slack.VTHomeTab})
		}
		for _, text := range []string{"lijst", "zoek klaas", "zoek klaas@klager.example", "zoek basis", "zoek trainer", "zoek petra"} {
			d.Types(t, who, text)
		}
		home, lists := handlerstest.TextOf(t, d.Screen.Homes), handlerstest.TextOf(t, d.Screen.Modals)
		if strings.Contains(home, c.Number) != want || strings.Contains(lists, c.Number) != want || strings.Contains(home, "Alle lopende (1)") != want {
			t.Errorf("%s sees the case: want %v", who, want)
		}
	}
}

// TestHome_keepsTheChoice: what was chosen shows, is marked by a sign, and
// stays when the tab is opened again; something forged shows the overview.
func TestHome_keepsTheChoice(t *testing.T) {
	d := handlerstest.New(t)
	d.Filed(t, handlerstest.PlainFiling())
	tab := incoming.View{ID: "V0HOME", Type: slack.VTHomeTab}
	d.Clicks(t, handlerstest.Officer, home.HomeFilter+"overdue", "", tab)
	chosen := d.Screen.Homes[0]
	if got := handlerstest.TextOf(t, chosen); !strings.Contains(got, "✓ Te laat (0)") || strings.Contains(got, "K-2026-0001") {
		t.Errorf("the choice shows %s", got)
	}
	again := handlerstest.Opened(handlerstest.Officer)
	again.View = tab
	again.View.PrivateMetadata = chosen.PrivateMetadata
	d.Event(t.Context(), again)
	showing := regexp.MustCompile(`nonce-\d+`)
	if got, want := handlerstest.TextOf(t, d.Screen.Homes[1]), handlerstest.TextOf(t, chosen); showing.ReplaceAllString(got, "") != showing.ReplaceAllString(want, "") {
		t.Errorf("opened again: %s", got)
	}
	again.View.PrivateMetadata = `{"filter":"closed"}`
	d.Event(t.Context(), again)
	if got := handlerstest.TextOf(t, d.Screen.Homes[2]); !strings.Contains(got, "✓ Overzicht") || !strings.Contains(got, "K-2026-0001") {
		t.Errorf("a forged choice shows %s", got)
	}
}

// TestHome_goldenOfEachRole: golden views of an officer and a director with
// something overdue.
func TestHome_goldenOfEachRole(t *testing.T) {
	d := handlerstest.New(t)
	d.Filed(t, handlerstest.PlainFiling())
	d.Clock = handlerstest.Monday.AddDate(0, 0, 9)
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English, handlerstest.Director} {
		d.Event(t.Context(), handlerstest.Opened(who))
	}
	handlerstest.Golden(t, "home_officer.nl", maskIDs(t, d.Screen.Homes[0]))
	handlerstest.Golden(t, "home_officer.en", maskIDs(t, d.Screen.Homes[1]))
	handlerstest.Golden(t, "home_director.nl", d.Screen.Homes[2])
	for _, secret := range []string{"Klaas", "kwam niet", "Ontvangen", "Omar", `"dossier"`} {
		if strings.Contains(handlerstest.TextOf(t, d.Screen.Homes[2]), secret) {
			t.Errorf("the director's Home holds %q", secret)
		}
	}
}

// maskIDs replaces the random case id on the buttons.
func maskIDs(t *testing.T, v slack.HomeTabViewRequest) slack.HomeTabViewRequest {
	t.Helper()
	for _, b := range v.Blocks.BlockSet {
		if s, ok := b.(*slack.SectionBlock); ok && s.Accessory != nil && s.Accessory.ButtonElement != nil {
			s.Accessory.ButtonElement.Value = "id.1"
		}
	}
	return v
}

// TestHome_othersLeaveOutWhatStandsAbove: a case that is overdue stands among the
// overdue ones, also where that section shows only the first of them.
func TestHome_othersLeaveOutWhatStandsAbove(t *testing.T) {
	d := handlerstest.New(t)
	for i := range 8 {
		late := handlerstest.PlainFiling()
		late.Facts.Received, late.Facts.Incident = calendar.NewDate(2026, 11, 1+i%2), calendar.Date{}
		d.Apply(t, "", handlerstest.Staff, fmt.Sprint("late", i), late)
	}
	asked := d.Apply(t, "", handlerstest.Staff, "asked", handlerstest.PlainFiling())
	d.Apply(t, asked.ID, handlerstest.Officer, "q", workflow.Question{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)})
	fresh := handlerstest.PlainFiling()
	fresh.Facts.Received, fresh.Facts.Incident = calendar.NewDate(2026, 11, 23), calendar.Date{}
	other := d.Apply(t, "", handlerstest.Staff, "other", fresh)
	d.Event(t.Context(), handlerstest.Opened(handlerstest.Officer))
	var section string
	under := map[string]string{}
	for _, b := range d.Screen.Homes[0].Blocks.BlockSet {
		switch b := b.(type) {
		case *slack.HeaderBlock:
			section = b.Text.Text
		case *slack.SectionBlock:
			under[section] += b.Text.Text + "\n"
		}
	}
	if n := strings.Count(under["Te laat"], "K-2026-"); n != 5 {
		t.Errorf("%d overdue cases stand above", n)
	}
	others := under["Andere lopende klachten"]
	if n := strings.Count(others, "*K-2026-"); n != 1 || !strings.Contains(others, other.Number) {
		t.Errorf("the others are\n%s", others)
	}
}

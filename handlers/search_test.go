package handlers

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestSearchCommand: officers find a case in each way, others by number only.
func TestSearchCommand(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, aLog())
	for text, want := range map[string]string{
		"klaas": "search.kind.name", "KLAAS@klager.example": "search.kind.contact", "basiscursus": "search.kind.offering",
		"trainer": "search.kind.category", "teacher": "search.kind.category", "omar": "search.kind.owner", "xyzzy": "search.nothing",
	} {
		d.screen.modals = nil
		if got := answer(t, d.types(t, officer, "zoek "+text)); got != "" {
			t.Errorf("%q is answered %q", text, got)
			continue
		}
		got := textOf(t, d.screen.lastModal(t))
		if words := d.Texts.In("nl").Say(want); !strings.Contains(got, words) || strings.Contains(got, c.Number) != (want != "search.nothing") {
			t.Errorf("%q shows %s, want %q", text, got, words)
		}
	}
	d.screen.modals = nil
	for who, words := range map[roster.PersonID]string{staff: "search.number_only", director: "search.number_only"} {
		if got := answer(t, d.types(t, who, "zoek klaas")); got != d.Texts.In("nl").Say(words) || len(d.screen.modals) > 0 {
			t.Errorf("%s reads %q", who, got)
		}
		d.types(t, who, "search "+c.Number)
		if got := d.screen.lastModal(t); got.CallbackID != "card" {
			t.Errorf("%s sees %s", who, got.CallbackID)
		}
		d.screen.modals = nil
	}
	for text, key := range map[string]string{"zoek": "search.no_text", "zoek x": "search.too_short"} {
		if got := answer(t, d.types(t, officer, text)); got != d.Texts.In("nl").Say(key) {
			t.Errorf("%q is answered %q", text, got)
		}
	}
}

// TestSearchKeepsTheTextOut: no view, answer or log repeats a name that was
// typed.
func TestSearchKeepsTheTextOut(t *testing.T) {
	d := newDesk(t)
	d.logged(t, aLog())
	d.types(t, officer, "zoek klaas klager")
	if got := strings.ToLower(textOf(t, d.screen.modals) + d.log.String()); strings.Contains(got, "klaas") {
		t.Errorf("the text comes back: %s", got)
	}
}

// TestGuardedCaseInViews: Home, lists and searches of the officer whom a case
// concerns neither show nor count it.
func TestGuardedCaseInViews(t *testing.T) {
	d := newDesk(t)
	about := aLog()
	about.Particulars.Concerns = officer
	c := d.logged(t, about)
	for who, want := range map[roster.PersonID]bool{deputy: true, officer: false} {
		d.screen.modals, d.screen.homes = nil, nil
		d.Event(t.Context(), opened(who))
		for _, f := range home.HomeFilters() {
			d.office.clicks(t, who, home.HomeFilter+string(f), "", slack.View{ID: "V0HOME", Type: slack.VTHomeTab})
		}
		for _, text := range []string{"lijst", "zoek klaas", "zoek klaas@klager.example", "zoek basis", "zoek trainer", "zoek petra"} {
			d.types(t, who, text)
		}
		home, lists := textOf(t, d.screen.homes), textOf(t, d.screen.modals)
		if strings.Contains(home, c.Number) != want || strings.Contains(lists, c.Number) != want || strings.Contains(home, "Alle lopende (1)") != want {
			t.Errorf("%s sees the case: want %v", who, want)
		}
	}
}

// TestChoiceOnHome: what was chosen shows, is marked by a sign, and stays when
// the tab is opened again; something forged shows the overview.
func TestChoiceOnHome(t *testing.T) {
	d := newDesk(t)
	d.logged(t, aLog())
	tab := slack.View{ID: "V0HOME", Type: slack.VTHomeTab}
	d.office.clicks(t, officer, home.HomeFilter+"overdue", "", tab)
	chosen := d.screen.homes[0]
	if got := textOf(t, chosen); !strings.Contains(got, "✓ Te laat (0)") || strings.Contains(got, "K-2026-0001") {
		t.Errorf("the choice shows %s", got)
	}
	again := opened(officer)
	tab.PrivateMetadata = chosen.PrivateMetadata
	again.View = &tab
	d.Event(t.Context(), again)
	if got, want := textOf(t, d.screen.homes[1]), textOf(t, chosen); got != want {
		t.Errorf("opened again: %s", got)
	}
	tab.PrivateMetadata = `{"filter":"closed"}`
	d.Event(t.Context(), again)
	if got := textOf(t, d.screen.homes[2]); !strings.Contains(got, "✓ Overzicht") || !strings.Contains(got, "K-2026-0001") {
		t.Errorf("a forged choice shows %s", got)
	}
}

// TestHomeOfRoles: golden views of an officer and a director with something
// overdue.
func TestHomeOfRoles(t *testing.T) {
	d := newDesk(t)
	d.logged(t, aLog())
	d.now = monday.AddDate(0, 0, 9)
	for _, who := range []roster.PersonID{officer, english, director} {
		d.Event(t.Context(), opened(who))
	}
	golden(t, "home_officer.nl", maskIDs(t, d.screen.homes[0]))
	golden(t, "home_officer.en", maskIDs(t, d.screen.homes[1]))
	golden(t, "home_director.nl", d.screen.homes[2])
	for _, secret := range []string{"Klaas", "Basiscursus", "Ontvangen", "Omar", `"dossier"`} {
		if strings.Contains(textOf(t, d.screen.homes[2]), secret) {
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

// FuzzCommands reads anything behind /klacht: what is asked of the register is
// no empty text, and the answer fits.
func FuzzCommands(f *testing.F) {
	for _, text := range []string{"zoek", "zoek  x", "search K-2026-1", "zoek +31 6 1234", "ZOEK a@b", "zoeken\u202e", "find \x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		word := core.Squeeze(typed)
		text, ok := lookup.SearchText(word)
		if ok && (text != strings.TrimSpace(text) || len(text) >= len(word)) {
			t.Errorf("%q searches for %q", typed, text)
		}
		if lookup.LooksLikeContact(text) && text == "" {
			t.Errorf("%q is no contact", text)
		}
	})
}

// FuzzListing reads anything as the value of a button: never a search for a
// person, and what is read is written the same.
func FuzzListing(f *testing.F) {
	for _, s := range []string{"", "{}", lookup.Listing{Filter: "open", After: "K-2026-0001"}.String(), `{"kind":"name","text":"x"}`, `{"text":"x"}`, "x.1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l := lookup.ParseListing(s)
		if again := lookup.ParseListing(l.String()); again != l || l.Kind.Personal() {
			t.Errorf("%q reads as %+v, then as %+v", s, l, again)
		}
		_ = l.Query(officer, 1)
	})
}

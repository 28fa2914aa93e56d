package lookup_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestSearch_findsInEveryWay: officers find a case in each way, others by
// number only.
func TestSearch_findsInEveryWay(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	for text, want := range map[string]string{
		"klaas": "search.kind.name", "KLAAS@klager.example": "search.kind.contact", "basiscursus": "search.kind.offering",
		"trainer": "search.kind.category", "teacher": "search.kind.category", "omar": "search.kind.owner", "xyzzy": "search.nothing",
	} {
		d.Screen.Modals = nil
		if got := handlerstest.Answer(t, d.Types(t, handlerstest.Officer, "zoek "+text)); got != "" {
			t.Errorf("%q is answered %q", text, got)
			continue
		}
		got := handlerstest.TextOf(t, d.Screen.LastModal(t))
		if words := d.Texts.In("nl").Say(want); !strings.Contains(got, words) || strings.Contains(got, c.Number) != (want != "search.nothing") {
			t.Errorf("%q shows %s, want %q", text, got, words)
		}
	}
	d.Screen.Modals = nil
	for who, words := range map[roster.PersonID]string{handlerstest.Staff: "search.number_only", handlerstest.Director: "search.number_only"} {
		if got := handlerstest.Answer(t, d.Types(t, who, "zoek klaas")); got != d.Texts.In("nl").Say(words) || len(d.Screen.Modals) > 0 {
			t.Errorf("%s reads %q", who, got)
		}
		d.Types(t, who, "search "+c.Number)
		if got := d.Screen.LastModal(t); got.CallbackID != "card" {
			t.Errorf("%s sees %s", who, got.CallbackID)
		}
		d.Screen.Modals = nil
	}
	for text, key := range map[string]string{"zoek": "search.no_text", "zoek x": "search.too_short"} {
		if got := handlerstest.Answer(t, d.Types(t, handlerstest.Officer, text)); got != d.Texts.In("nl").Say(key) {
			t.Errorf("%q is answered %q", text, got)
		}
	}
}

// TestSearch_repeatsNoName: no view, answer or log repeats a name that was
// typed.
func TestSearch_repeatsNoName(t *testing.T) {
	d := handlerstest.New(t)
	d.Filed(t, handlerstest.PlainFiling())
	d.Types(t, handlerstest.Officer, "zoek klaas klager")
	if got := strings.ToLower(handlerstest.TextOf(t, d.Screen.Modals) + d.Written.String()); strings.Contains(got, "klaas") {
		t.Errorf("the text comes back: %s", got)
	}
}

// FuzzCommands reads anything behind /klacht: what is asked of the register is
// no empty text, and the answer fits.
func FuzzCommands(f *testing.F) {
	for _, text := range []string{"zoek", "zoek  x", "search K-2026-1", "zoek +31 6 1234", "ZOEK a@b", "zoeken\u202e", "find \x00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		word := kit.Squeeze(typed)
		lookup.CaseNumber(word)
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
		_ = l.Query(handlerstest.Officer, 1)
	})
}

// TestSearch_findsAnySpelling: a form with what a web page or telephone pastes
// is taken, kept as typed, and found in every way that people write it.
func TestSearch_findsAnySpelling(t *testing.T) {
	d := handlerstest.New(t)
	phone := "\u202d+31\u00a0(0)6\u2011123\u202f45\u2009678\u202c"
	ack := d.FilesComplaint(t, handlerstest.Staff, map[string]string{
		"complainant_name": "Søren\u00ad Kok", "email": "soren@bücher.example", "phone": phone, "preferred_contact": "email", "description": "Soeren Kok, tel. 06 12345678, kwam.",
	})
	if errs := handlerstest.FieldErrorsOf(t, ack); len(errs) > 0 {
		t.Fatalf("refused: %v", errs)
	}
	for _, text := range []string{
		"soren kok", "SØREN KOK", "soeren", "Kok", "0612345678", "tel. 06-12345678", "0031612345678",
		"soren@xn--bcher-kva.example", "SOREN@BÜCHER.example",
	} {
		d.Screen.Modals = nil
		d.Types(t, handlerstest.Officer, "zoek "+text)
		if got := handlerstest.TextOf(t, d.Screen.LastModal(t)); !strings.Contains(got, "K-2026-0001") {
			t.Errorf("%+q finds %s", text, got)
		}
	}
	c, _, err := d.DB.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	p := c.Particulars
	if p.Name.Reveal() != "Søren Kok" || p.Email.Reveal() != "soren@bücher.example" || p.Phone.Reveal() != "+31\u00a0(0)6\u2011123\u202f45\u2009678" {
		t.Error("it is not kept as it was typed")
	}
	story, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Story{}})
	if read := handlerstest.TextOf(t, story); err != nil || !strings.Contains(read, `"[naam], tel. [telefoon], kwam."`) {
		t.Errorf("the story says %s, %v", read, err)
	}
}

package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// samplesOfSearch find the sample, each in its own way.
func samplesOfSearch() []lists.Search {
	return []lists.Search{
		{Kind: lists.SearchOffering, Text: "TIMMEREN  voor"},
		{Kind: lists.SearchWords, Text: "beginners timm"},
		{Kind: lists.SearchCategory, Text: "trainer"},
		{Kind: lists.SearchOwner, Text: workflow.Confidential(deputy)},
		{Kind: lists.SearchContact, Text: "jozefien@example.ORG"},
		{Kind: lists.SearchContact, Text: "+31 26 3337572"},
		{Kind: lists.SearchName, Text: "vandersteen"},
		{Kind: lists.SearchName, Text: "Vander Joze"},
	}
}

// TestSearch: each kind finds what it should and nothing else, newest first,
// page by page.
func TestSearch(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i, edit := range []func(*workflow.File){
			func(*workflow.File) {},
			func(l *workflow.File) {
				l.Facts.OfferingName, l.Facts.Category = "Café openen", "invoice"
				l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "André de Wit", "andre@example.org", "06 1234 5678"
			},
			func(*workflow.File) {},
		} {
			l := sample()
			edit(&l)
			h.do("", staff, fmt.Sprint("view:", i), l)
		}
		for _, test := range []struct {
			kind lists.SearchKind
			text workflow.Confidential
			want string
		}{
			{lists.SearchOffering, "timmeren", "1 3"}, // by name, then by number
			{lists.SearchOffering, "cafe OPENEN", "2"},
			{lists.SearchOffering, "voor", ""},
			{lists.SearchOffering, "%", ""},
			{lists.SearchWords, "beginners voor", "3 1"},
			{lists.SearchWords, "timmeren", ""}, // found by its beginning
			{lists.SearchWords, "open", "2"},
			{lists.SearchWords, "", ""},
			{lists.SearchCategory, "trainer", "3 1"},
			{lists.SearchCategory, "conduct", ""},
			{lists.SearchOwner, workflow.Confidential(officer), "3 2 1"},
			{lists.SearchOwner, workflow.Confidential(staff), ""},
			{lists.SearchContact, "Andre@Example.org", "2"},
			{lists.SearchContact, "andre@example.com", ""},
			{lists.SearchContact, "0031612345678", "2"},
			{lists.SearchContact, "12345678", ""},
			{lists.SearchName, "andre", "2"},
			{lists.SearchName, "wit, Andr", "2"},
			{lists.SearchName, "ndré", ""},
			{lists.SearchName, "jozefien", "3 1"},
			{lists.SearchName, "  ", ""},
		} {
			q := lists.Query{Viewer: officer, Search: lists.Search{Kind: test.kind, Text: test.text}}
			equal(t, fmt.Sprint(test.kind, " ", test.text.Reveal()), strings.Join(h.walk(q), " "), test.want)
			if q.Limit = 1; !test.kind.Personal() {
				equal(t, fmt.Sprint(test.kind, " by one"), strings.Join(h.walk(q), " "), test.want)
			}
		}
	})
}

// TestSearchAfterCorrection: a case is found by what it says now.
func TestSearchAfterCorrection(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		l := sample()
		l.Facts.OfferingName, l.Particulars.Email = "Metselen", "nieuw@example.org"
		h.do(made.ID, officer, "click:1", workflow.Correct{File: l, Reason: "Verkeerd verstaan"})
		for text, want := range map[workflow.Confidential]string{"metselen": "1", "timmeren": ""} {
			got := h.walk(lists.Query{Viewer: officer, Search: lists.Search{Kind: lists.SearchOffering, Text: text}})
			equal(t, text.Reveal(), strings.Join(got, " "), want)
		}
		got := h.walk(lists.Query{Viewer: officer, Search: lists.Search{Kind: lists.SearchContact, Text: "nieuw@example.org"}})
		equal(t, "new address", got, []string{"1"})
	})
}

// TestWhoMaySearch: only officers; who may not leaves no line of a search.
func TestWhoMaySearch(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		for _, who := range []roster.PersonID{staff, director, "U0NOBODY", ""} {
			for _, s := range samplesOfSearch() {
				_, err := h.Search().List(t.Context(), lists.Query{Viewer: who, Search: s})
				mustRefuse(t, err, workflow.CodeForbidden)
			}
		}
		equal(t, "lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'searched'`), 0)
	})
}

// TestSearchesAreKept: the register remembers who searched for a person, in a
// chain that verify follows, and not for whom.
func TestSearchesAreKept(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.log("view:1")
		for _, s := range samplesOfSearch() {
			h.listed(lists.Query{Viewer: officer, Search: s})
		}
		h.listed(lists.Query{Viewer: deputy, Search: lists.Search{Kind: lists.SearchName, Text: "niemand"}})
		var lines []journal.Entry
		if err := h.core.Read.All(t.Context(), &lines, `SELECT `+journal.EntryColumns+` FROM register_chain WHERE action = 'searched' ORDER BY line`); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, l := range lines {
			kinds = append(kinds, l.Number)
			who, err := h.core.Search.Open(fmt.Sprintf("person who searched in line %d", l.Line), l.Person)
			if err != nil || l.Complaint != "" || strings.Contains(fmt.Sprint(l), string(officer)) {
				t.Errorf("line %d: %v", l.Line, err)
			}
			if want := officer; l.Line < lines[len(lines)-1].Line && string(who) != string(want) {
				t.Errorf("line %d names %s", l.Line, who)
			}
		}
		equal(t, "searches", strings.Join(kinds, " "), "contact contact name name name")
		h.clean()
		h.raw(`UPDATE register_chain SET number = 'contact' WHERE line = $1`, lines[4].Line)
		equal(t, "findings", h.findings(), []journal.Finding{{Kind: journal.FindingChanged, Line: lines[4].Line}})
	})
}

// TestNamesOfTheLastYear: a name is looked for in open cases of any age and in
// those closed in the last year.
func TestNamesOfTheLastYear(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 3 {
			h.log(fmt.Sprint("view:", i))
		}
		h.close("K-2026-0002", 2)
		h.clock.set(monday.AddDate(1, 0, -2))
		search := lists.Query{Viewer: officer, Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}
		equal(t, "within the year", h.walk(search), []string{"3", "1", "2"})
		h.clock.set(monday.AddDate(1, 0, 2))
		equal(t, "later", h.walk(search), []string{"3", "1"})
	})
}

// TestNameSearchIsBounded: by the number of cases, by its results, and by time.
func TestNameSearchIsBounded(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 3 {
			h.log(fmt.Sprint("view:", i))
		}
		q := lists.Query{Viewer: officer, Limit: 2, Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}
		p, err := h.Search().List(t.Context(), q)
		if err != nil || len(p.Cases) != 2 || !p.Bounded || p.Next != "" {
			t.Errorf("%d cases, bounded %t, next %q, %v", len(p.Cases), p.Bounded, p.Next, err)
		}
		q.Limit = 3
		if p, err = h.Search().List(t.Context(), q); err != nil || len(p.Cases) != 3 || p.Bounded {
			t.Errorf("%d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
		start, looks := monday, 0
		h.core.Wall = func() time.Time { looks++; return start.Add(time.Duration(looks) * 400 * time.Millisecond) }
		if p, err = h.Search().List(t.Context(), q); err != nil || len(p.Cases) != 2 || !p.Bounded {
			t.Errorf("on a slow machine: %d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
	})
}

// TestSearchLooksAtTheNewest: beyond 2,000 cases a search says that it stopped.
func TestSearchLooksAtTheNewest(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.fill(2000 + 1)
		p, err := h.Search().List(t.Context(), lists.Query{
			Viewer: officer, Limit: 5, Search: lists.Search{Kind: lists.SearchWords, Text: "beginners"},
		})
		if err != nil || len(p.Cases) != 5 || !p.Bounded || p.Cases[0].Number != "K-2026-0002" {
			t.Errorf("%d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
	})
}

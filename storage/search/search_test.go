package search_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
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
		{Kind: lists.SearchOwner, Text: workflow.Confidential(storagetest.Deputy)},
		{Kind: lists.SearchContact, Text: "jozefien@example.ORG"},
		{Kind: lists.SearchContact, Text: "+31 26 3337572"},
		{Kind: lists.SearchName, Text: "vandersteen"},
		{Kind: lists.SearchName, Text: "Vander Joze"},
	}
}

// TestSearch_byKind: each kind finds what it should and nothing else, newest first,
// page by page.
func TestSearch_byKind(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i, edit := range []func(*workflow.File){
			func(*workflow.File) {},
			func(l *workflow.File) {
				l.Facts.OfferingName, l.Facts.Category = "Café openen", "invoice"
				l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "André de Wit", "andre@example.org", "06 1234 5678"
			},
			func(*workflow.File) {},
		} {
			l := storagetest.Sample()
			edit(&l)
			reg.Do("", storagetest.Staff, fmt.Sprint("view:", i), l)
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
			{lists.SearchOwner, workflow.Confidential(storagetest.Officer), "3 2 1"},
			{lists.SearchOwner, workflow.Confidential(storagetest.Staff), ""},
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
			q := lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: test.kind, Text: test.text}}
			storagetest.Equal(t, fmt.Sprint(test.kind, " ", test.text.Reveal()), strings.Join(walk(reg, q), " "), test.want)
			if q.Limit = 1; !test.kind.Personal() {
				storagetest.Equal(t, fmt.Sprint(test.kind, " by one"), strings.Join(walk(reg, q), " "), test.want)
			}
		}
	})
}

// TestSearch_afterCorrection: a case is found by what it says now.
func TestSearch_afterCorrection(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		l := storagetest.Sample()
		l.Facts.OfferingName, l.Particulars.Email = "Metselen", "nieuw@example.org"
		reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Correct{File: l, Reason: "Verkeerd verstaan"})
		for text, want := range map[workflow.Confidential]string{"metselen": "1", "timmeren": ""} {
			got := walk(reg, lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchOffering, Text: text}})
			storagetest.Equal(t, text.Reveal(), strings.Join(got, " "), want)
		}
		got := walk(reg, lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchContact, Text: "nieuw@example.org"}})
		storagetest.Equal(t, "new address", got, []string{"1"})
	})
}

// TestSearch_forbidden: only officers; who may not leaves no line of a search.
func TestSearch_forbidden(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		for _, who := range []roster.PersonID{storagetest.Staff, storagetest.Director, "U0NOBODY", ""} {
			for _, s := range samplesOfSearch() {
				_, err := reg.Search().List(t.Context(), lists.Query{Viewer: who, Search: s})
				storagetest.MustRefuse(t, err, workflow.CodeForbidden)
			}
		}
		storagetest.Equal(t, "lines", reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'searched'`), 0)
	})
}

// TestSearch_keptInTheChain: the register remembers who searched for a person, in a
// chain that verify follows, and not for whom.
func TestSearch_keptInTheChain(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		for _, s := range samplesOfSearch() {
			reg.Listed(lists.Query{Viewer: storagetest.Officer, Search: s})
		}
		reg.Listed(lists.Query{Viewer: storagetest.Deputy, Search: lists.Search{Kind: lists.SearchName, Text: "niemand"}})
		var lines []journal.Entry
		if err := reg.Core().Read.All(t.Context(), &lines, `SELECT `+journal.EntryColumns+` FROM register_chain WHERE action = 'searched' ORDER BY line`); err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, l := range lines {
			kinds = append(kinds, l.Number)
			who, err := reg.Core().Search.Open(fmt.Sprintf("person who searched in line %d", l.Line), l.Person)
			if err != nil || l.Complaint != "" || strings.Contains(fmt.Sprint(l), string(storagetest.Officer)) {
				t.Errorf("line %d: %v", l.Line, err)
			}
			if want := storagetest.Officer; l.Line < lines[len(lines)-1].Line && string(who) != string(want) {
				t.Errorf("line %d names %s", l.Line, who)
			}
		}
		storagetest.Equal(t, "searches", strings.Join(kinds, " "), "contact contact name name name")
		reg.MustVerify()
		reg.Exec(`UPDATE register_chain SET number = 'contact' WHERE line = $1`, lines[4].Line)
		storagetest.Equal(t, "findings", reg.Findings(), []journal.Finding{{Kind: journal.FindingChanged, Line: lines[4].Line}})
	})
}

// TestSearch_namesOfTheLastYear: a name is looked for in open cases of any age and in
// those closed in the last year.
func TestSearch_namesOfTheLastYear(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 3 {
			reg.File(fmt.Sprint("view:", i))
		}
		closeNumber(reg, "K-2026-0002", 2)
		reg.Clock.Set(storagetest.Monday.AddDate(1, 0, -2))
		search := lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}
		storagetest.Equal(t, "within the year", walk(reg, search), []string{"3", "1", "2"})
		reg.Clock.Set(storagetest.Monday.AddDate(1, 0, 2))
		storagetest.Equal(t, "later", walk(reg, search), []string{"3", "1"})
	})
}

// TestSearch_namesBounded: by the number of cases, by its results, and by time.
func TestSearch_namesBounded(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 3 {
			reg.File(fmt.Sprint("view:", i))
		}
		q := lists.Query{Viewer: storagetest.Officer, Limit: 2, Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}
		p, err := reg.Search().List(t.Context(), q)
		if err != nil || len(p.Cases) != 2 || !p.Bounded || p.Next != "" {
			t.Errorf("%d cases, bounded %t, next %q, %v", len(p.Cases), p.Bounded, p.Next, err)
		}
		q.Limit = 3
		if p, err = reg.Search().List(t.Context(), q); err != nil || len(p.Cases) != 3 || p.Bounded {
			t.Errorf("%d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
		start, looks := storagetest.Monday, 0
		reg.Core().Wall = func() time.Time { looks++; return start.Add(time.Duration(looks) * 400 * time.Millisecond) }
		if p, err = reg.Search().List(t.Context(), q); err != nil || len(p.Cases) != 2 || !p.Bounded {
			t.Errorf("on a slow machine: %d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
	})
}

// TestSearch_newestFirst: beyond 2,000 cases a search says that it stopped.
func TestSearch_newestFirst(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Fill(2000 + 1)
		p, err := reg.Search().List(t.Context(), lists.Query{
			Viewer: storagetest.Officer, Limit: 5, Search: lists.Search{Kind: lists.SearchWords, Text: "beginners"},
		})
		if err != nil || len(p.Cases) != 5 || !p.Bounded || p.Cases[0].Number != "K-2026-0002" {
			t.Errorf("%d cases, bounded %t, %v", len(p.Cases), p.Bounded, err)
		}
	})
}

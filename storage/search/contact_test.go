package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact/contacttest"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/subject"
)

// contactKind is a kind of row in the table of what is the same, with where it
// stands in a complaint and how it is searched for.
type contactKind struct {
	field      func(*workflow.Particulars) *workflow.Confidential
	search     lists.SearchKind
	identifier subject.IdentifierKind
}

func contactKinds() map[string]contactKind {
	return map[string]contactKind{
		"name": {
			func(p *workflow.Particulars) *workflow.Confidential { return &p.Name },
			lists.SearchName, subject.IdentifierName,
		},
		"email": {
			func(p *workflow.Particulars) *workflow.Confidential { return &p.Email },
			lists.SearchContact, subject.IdentifierEmail,
		},
		"phone": {
			func(p *workflow.Particulars) *workflow.Confidential { return &p.Phone },
			lists.SearchContact, subject.IdentifierPhone,
		},
	}
}

// fileEach logs a case for each text of a kind, and returns their ordinals.
func fileEach(reg *storagetest.Register, kind string, field func(*workflow.Particulars) *workflow.Confidential) map[string]workflow.Complaint {
	reg.Helper()
	all := map[string]workflow.Complaint{}
	for _, p := range contacttest.Pairs(kind) {
		if _, ok := all[p.One]; ok {
			continue
		}
		l := storagetest.Sample()
		l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "Iemand", "", ""
		*field(&l.Particulars) = workflow.Confidential(p.One)
		all[p.One] = reg.Do("", storagetest.Staff, kind+p.One, storagetest.Reachable(l))
	}
	return all
}

// TestContact_everySearchAgrees: what the table says is the same is found by the
// search, by the access request and as a case of the same complainant, both
// ways; an address or number that is another is not.
func TestContact_everySearchAgrees(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for kind, k := range contactKinds() {
			cases := fileEach(reg, kind, k.field)
			for _, p := range contacttest.Pairs(kind) {
				one, other := cases[p.One], cases[p.Other]
				check := func(what string, got bool) {
					if got != p.Same && (p.Same || kind != "name") { // a name that begins alike is found too
						t.Errorf("%s of %+q and %+q: %t", what, p.One, p.Other, got)
					}
				}
				found := reg.Listed(lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: k.search, Text: workflow.Confidential(p.Other)}})
				check("search", slices.Contains(found, one.Number))
				identifier := subject.Identifier{Kind: k.identifier, Text: workflow.Confidential(p.Other)}
				if p.Same || kind == "email" { // a number in another country may be the same person's
					check("access request", matched(reg, one.ID, identifier))
				}
				if kind != "name" {
					check("same complainant", reg.Count(sameHash, one.ID, other.ID) > 0)
				}
			}
		}
	})
}

// matched reports whether a search for an access request finds a case by what
// it says itself.
func matched(reg *storagetest.Register, id workflow.CaseID, identifier subject.Identifier) bool {
	reg.Helper()
	found, err := reg.Search().SearchSubject(reg.Context(), subject.SubjectSearch{Viewer: storagetest.Officer, Identifiers: []subject.Identifier{identifier}})
	if err != nil || found.More {
		reg.Fatalf("more than can be shown: %t, %v", found.More, err)
	}
	return slices.ContainsFunc(found.Found, func(m subject.Match) bool {
		return m.Case.ID == id && m.Why != subject.MatchLinked
	})
}

const sameHash = `SELECT count(*) FROM contacts a JOIN contacts b ON b.hash = a.hash WHERE a.complaint = $1 AND b.complaint = $2`

// TestContact_accessRequestGoesThroughAll: whoever asks for all that is held on
// them gets it under every spelling, also what a story says of them.
func TestContact_accessRequestGoesThroughAll(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fileOf(reg, "g1", workflow.Particulars{Name: "Søren Kok", Email: "soren@bücher.example"})
		fileOf(reg, "g2", workflow.Particulars{Name: "Iemand", Phone: "\u202d+31 6 12345678\u202c"})
		fileOf(reg, "g3", workflow.Particulars{Name: "Iemand Anders", Story: "Søren van der Kok zat naast me, bel tel. (06) 1234 5678."})
		for _, test := range []struct {
			identifier subject.Identifier
			want       string
		}{
			{byName("Soren Kok"), "1:name / 3"},
			{byName("SOEREN KOK"), "1:name / 3"},
			{byEmail("soren@xn--bcher-kva.example"), "1:contact"},
			{byPhone("06‑12345678"), "2:contact / 3"},
		} {
			storagetest.Equal(t, test.identifier.Text.Reveal(), searchSubject(reg, storagetest.Officer, test.identifier), test.want)
		}
	})
}

// TestSearch_offeringsByContactsRule: punctuation and letters of another form
// don't count, and a text of punctuation finds nothing.
func TestSearch_offeringsByContactsRule(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		l := storagetest.Sample()
		l.Facts.OfferingName = "Smørrebrød & e-mail, deel 2"
		reg.Do("", storagetest.Staff, "g1", l)
		for text, want := range map[workflow.Confidential]string{
			"smorrebrod": "1", "SMØRREBRØD, email": "1", "%": "", "“": "", ".": "", " ": "",
		} {
			got := walk(reg, lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchOffering, Text: text}})
			storagetest.Equal(t, text.Reveal(), strings.Join(got, " "), want)
		}
		got := walk(reg, lists.Query{Viewer: storagetest.Officer, Search: lists.Search{Kind: lists.SearchWords, Text: "E-MAIL brød"}})
		storagetest.Equal(t, "words", got, []string{"1"})
	})
}

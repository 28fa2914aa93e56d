package storage

import (
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact/contacttest"
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

// filed logs a case for each text of a kind, and returns their ordinals.
func (h *house) filed(kind string, field func(*workflow.Particulars) *workflow.Confidential) map[string]workflow.Complaint {
	h.Helper()
	all := map[string]workflow.Complaint{}
	for _, p := range contacttest.Pairs(kind) {
		if _, ok := all[p.One]; ok {
			continue
		}
		l := sample()
		l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "Iemand", "", ""
		*field(&l.Particulars) = workflow.Confidential(p.One)
		all[p.One] = h.do("", staff, kind+p.One, l)
	}
	return all
}

// TestContact_everySearchAgrees: what the table says is the same is found by the
// search, by the access request and as a case of the same complainant, both
// ways; an address or number that is another is not.
func TestContact_everySearchAgrees(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for kind, k := range contactKinds() {
			cases := h.filed(kind, k.field)
			for _, p := range contacttest.Pairs(kind) {
				one, other := cases[p.One], cases[p.Other]
				check := func(what string, got bool) {
					if got != p.Same && (p.Same || kind != "name") { // a name that begins alike is found too
						t.Errorf("%s of %+q and %+q: %t", what, p.One, p.Other, got)
					}
				}
				found := h.listed(lists.Query{Viewer: officer, Search: lists.Search{Kind: k.search, Text: workflow.Confidential(p.Other)}})
				check("search", slices.Contains(found, one.Number))
				mark := subject.Identifier{Kind: k.identifier, Text: workflow.Confidential(p.Other)}
				if p.Same || kind == "email" { // a number in another country may be the same person's
					check("access request", h.matched(one.ID, mark))
				}
				if kind != "name" {
					check("same complainant", h.count(sameHash, one.ID, other.ID) > 0)
				}
			}
		}
	})
}

// matched reports whether a search for an access request finds a case by what
// it says itself.
func (h *house) matched(id workflow.CaseID, mark subject.Identifier) bool {
	h.Helper()
	found, err := h.Search().SearchSubject(h.Context(), subject.SubjectSearch{Viewer: officer, Identifiers: []subject.Identifier{mark}})
	if err != nil || found.More {
		h.Fatalf("more than can be shown: %t, %v", found.More, err)
	}
	return slices.ContainsFunc(found.Found, func(m subject.Match) bool {
		return m.Case.ID == id && m.Why != subject.MatchLinked
	})
}

const sameHash = `SELECT count(*) FROM contacts a JOIN contacts b ON b.hash = a.hash WHERE a.complaint = $1 AND b.complaint = $2`

// TestContact_accessRequestGoesThroughAll: whoever asks for all that is held on
// them gets it under every spelling, also what a story says of them.
func TestContact_accessRequestGoesThroughAll(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.of("g1", workflow.Particulars{Name: "Søren Kok", Email: "soren@bücher.example"})
		h.of("g2", workflow.Particulars{Name: "Iemand", Phone: "\u202d+31 6 12345678\u202c"})
		h.of("g3", workflow.Particulars{Name: "Iemand Anders", Story: "Søren van der Kok zat naast me, bel tel. (06) 1234 5678."})
		for _, test := range []struct {
			mark subject.Identifier
			want string
		}{
			{byName("Soren Kok"), "1:name / 3"},
			{byName("SOEREN KOK"), "1:name / 3"},
			{byEmail("soren@xn--bcher-kva.example"), "1:contact"},
			{byPhone("06‑12345678"), "2:contact / 3"},
		} {
			equal(t, test.mark.Text.Reveal(), h.trace(officer, test.mark), test.want)
		}
	})
}

// TestSearch_offeringsByContactsRule: punctuation and letters of another form
// don't count, and a text of punctuation finds nothing.
func TestSearch_offeringsByContactsRule(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		l := sample()
		l.Facts.OfferingName = "Smørrebrød & e-mail, deel 2"
		h.do("", staff, "g1", l)
		for text, want := range map[workflow.Confidential]string{
			"smorrebrod": "1", "SMØRREBRØD, email": "1", "%": "", "“": "", ".": "", " ": "",
		} {
			got := h.walk(lists.Query{Viewer: officer, Search: lists.Search{Kind: lists.SearchOffering, Text: text}})
			equal(t, text.Reveal(), strings.Join(got, " "), want)
		}
		got := h.walk(lists.Query{Viewer: officer, Search: lists.Search{Kind: lists.SearchWords, Text: "E-MAIL brød"}})
		equal(t, "words", got, []string{"1"})
	})
}

package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/subject"
)

func byName(text string) subject.Identifier {
	return subject.Identifier{Kind: subject.IdentifierName, Text: workflow.Confidential(text)}
}

func byEmail(text string) subject.Identifier {
	return subject.Identifier{Kind: subject.IdentifierEmail, Text: workflow.Confidential(text)}
}

func byPhone(text string) subject.Identifier {
	return subject.Identifier{Kind: subject.IdentifierPhone, Text: workflow.Confidential(text)}
}

// searchSubject is what is found for an access request: the ordinal of each case with why, and below
// the stroke those that speak of the person.
func searchSubject(reg *storagetest.Register, viewer roster.PersonID, identifiers ...subject.Identifier) string {
	reg.Helper()
	found, err := reg.Search().SearchSubject(reg.Context(), subject.SubjectSearch{Viewer: viewer, Identifiers: identifiers})
	if err != nil {
		reg.Fatal(err)
	}
	var parts []string
	for _, hit := range found.Found {
		parts = append(parts, fmt.Sprintf("%d:%s", ordinalOf(hit.Case.Number), hit.Why))
	}
	if len(found.Mentions) > 0 {
		parts = append(parts, "/")
	}
	for _, number := range found.Mentions {
		parts = append(parts, fmt.Sprint(ordinalOf(number)))
	}
	return strings.Join(parts, " ")
}

func ordinalOf(number string) (n int) {
	_, _ = fmt.Sscanf(number[strings.LastIndex(number, "-")+1:], "%d", &n)
	return n
}

// fileOf logs a complaint of somebody; fields that are left out are empty.
func fileOf(reg *storagetest.Register, gesture string, p workflow.Particulars) workflow.Complaint {
	reg.Helper()
	l := storagetest.Sample()
	if p.Story == "" {
		p.Story = "Het was te koud."
	}
	if p.Email == "" && p.Phone == "" {
		p.Address = "Dorpsstraat 2\n6800 AA Arnhem"
	}
	l.Particulars = p
	return reg.Do("", storagetest.Staff, gesture, storagetest.Reachable(l))
}

// TestSubject_byIdentifier: by each identifier, in any spelling, in any state, also beyond the year
// in which a search looks.
func TestSubject_byIdentifier(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fileOf(reg, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "Jan@Example.org"})
		closeNumber(reg, "K-2026-0001", 2)
		fileOf(reg, "g2", workflow.Particulars{Name: "J. de Vries", Phone: "+31 6 12345678"})
		fileOf(reg, "g3", workflow.Particulars{Name: "VRIES, mevrouw Anna", Email: "anna@example.org"})
		fileOf(reg, "g4", workflow.Particulars{Name: "Piet Puk", Email: "piet@example.org", Story: "Ik zat naast jan de Vries, bel 0612345678."})
		fileOf(reg, "g5", workflow.Particulars{Name: "Jan Jansen-Smit", Email: "jj@example.org"})
		fileOf(reg, "g6", workflow.Particulars{Name: "Moeder", OnBehalfOf: "Sam Zonderling", Email: "moeder@example.org"})
		reg.Clock.Set(storagetest.Monday.AddDate(1, 10, 0))
		for _, test := range []struct {
			identifiers []subject.Identifier
			want        string
		}{
			{[]subject.Identifier{byEmail("jan@example.ORG ")}, "1:contact"},
			{[]subject.Identifier{byPhone("0031 6 1234 5678")}, "2:contact / 4"},
			{[]subject.Identifier{byName("jan de vries")}, "2:name 1:name / 4"},
			{[]subject.Identifier{byName("Vries")}, "3:name 2:name 1:name"},
			{[]subject.Identifier{byName("Mevr. A. de Vries")}, "3:name"},
			{[]subject.Identifier{byName("Smit")}, "5:name"},
			{[]subject.Identifier{byName("jan")}, "5:name 1:name"},
			{[]subject.Identifier{byName("Sam Zonderling")}, "6:name"},
			{[]subject.Identifier{byName("ries")}, ""},
			{[]subject.Identifier{byName("x"), byEmail(""), byPhone("")}, ""},
			{[]subject.Identifier{byName("Jan Jansen"), byEmail("anna@example.org")}, "5:name 3:contact"},
			{nil, ""},
		} {
			storagetest.Equal(t, fmt.Sprint("by ", revealed(test.identifiers)), searchSubject(reg, storagetest.Officer, test.identifiers...), test.want)
		}
	})
}

func revealed(identifiers []subject.Identifier) (all []string) {
	for _, m := range identifiers {
		all = append(all, m.Text.Reveal())
	}
	return all
}

// TestSubject_casesThatBelongTogether: linked cases, cases with the same address or
// number, and those that belong with these.
func TestSubject_casesThatBelongTogether(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		first := fileOf(reg, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		second := fileOf(reg, "g2", workflow.Particulars{Name: "anoniem", Phone: "06 12345678"})
		fileOf(reg, "g3", workflow.Particulars{Name: "J.", Phone: "0612345678"})
		fileOf(reg, "g4", workflow.Particulars{Name: "Iemand Anders", Email: "anders@example.org"})
		reg.Do(first.ID, storagetest.Officer, "link", workflow.Link{Other: second.ID})
		storagetest.Equal(t, "with what belongs", searchSubject(reg, storagetest.Officer, byEmail("jan@example.org")), "1:contact 2:linked 3:linked")
	})
}

// TestSubject_corrected: what a case said before is still held.
func TestSubject_corrected(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := fileOf(reg, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		l := storagetest.Sample()
		l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "Kees Bakker", "kees@example.org", ""
		reg.Do(c.ID, storagetest.Officer, "correct", workflow.Correct{File: l, Reason: "Verkeerde naam"})
		storagetest.Equal(t, "old name", searchSubject(reg, storagetest.Officer, byName("jan de vries")), "1:former")
		storagetest.Equal(t, "old address", searchSubject(reg, storagetest.Officer, byEmail("jan@example.org")), "1:former")
		l.Particulars.OnBehalfOf = "Iemand Anders"
		reg.Do(c.ID, storagetest.Officer, "correct again", workflow.Correct{File: l, Reason: "Verkeerde naam"})
		storagetest.Equal(t, "for whom it was before", searchSubject(reg, storagetest.Officer, byName("Wubbo Hazelaar")), "1:former")
		storagetest.Equal(t, "new name", searchSubject(reg, storagetest.Officer, byName("bakker")), "1:name")
	})
}

// TestSubject_guarded: a case does not exist for whom it concerns, neither as
// a case, nor as a mention, nor as the link between two others; a director
// finds only what they handle; staff may not ask at all.
func TestSubject_guarded(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fileOf(reg, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		guarded := fileOf(reg, "g2", workflow.Particulars{Name: "Jan de Vries", Phone: "0612345678", Concerns: storagetest.Officer})
		fileOf(reg, "g3", workflow.Particulars{Name: "Anders", Phone: "0612345678"})
		fileOf(reg, "g4", workflow.Particulars{Name: "Nog Iemand", Story: "Net als Jan de Vries.", Concerns: storagetest.Officer})
		reg.Do(guarded.ID, storagetest.Deputy, "link", workflow.Link{Other: byNumber(reg, "K-2026-0001")})
		jan := byName("jan de vries")
		storagetest.Equal(t, "concerned", searchSubject(reg, storagetest.Officer, jan), "1:name")
		for who, looked := range map[roster.PersonID]int{storagetest.Officer: 2, storagetest.Deputy: 4} {
			found, err := reg.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: who, Identifiers: []subject.Identifier{jan}})
			if err != nil || found.Searched != looked {
				t.Errorf("%s: %d cases counted, want %d (%v)", who, found.Searched, looked, err)
			}
		}
		storagetest.Equal(t, "deputy", searchSubject(reg, storagetest.Deputy, jan), "1:name 1:name 2:linked / 2")
		storagetest.Equal(t, "director", searchSubject(reg, storagetest.Director, jan), "")
		reg.Do(guarded.ID, storagetest.Deputy, "assign", workflow.Assign{Owner: storagetest.Director})
		storagetest.Equal(t, "director who handles one", searchSubject(reg, storagetest.Director, jan), "1:name")
		for _, who := range []roster.PersonID{storagetest.Staff, "U0NOBODY", ""} {
			_, err := reg.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: who, Identifiers: []subject.Identifier{jan}})
			storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		}
	})
}

// TestSubject_keptInTheChain: the register remembers that somebody asked, also when there
// is nothing, and not for whom.
func TestSubject_keptInTheChain(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		searchSubject(reg, storagetest.Officer, byName("niemand"))
		var lines []journal.Entry
		if err := reg.Core().Read.All(t.Context(), &lines, `SELECT `+journal.EntryColumns+` FROM register_chain WHERE action = 'searched'`); err != nil {
			t.Fatal(err)
		}
		if len(lines) != 1 || lines[0].Number != "trace" || strings.Contains(fmt.Sprint(lines), "niemand") {
			t.Errorf("%d lines", len(lines))
		}
		reg.MustVerify()
	})
}

// TestSubject_tooManyToShow: what is too much for a modal is said, and not hidden.
func TestSubject_tooManyToShow(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		filePeople(reg, subject.MaxMatches+1)
		found, err := reg.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: storagetest.Officer, Identifiers: []subject.Identifier{byName("nummer")}})
		if err != nil || len(found.Found) != subject.MaxMatches || !found.More {
			t.Errorf("%d cases, more %t, %v", len(found.Found), found.More, err)
		}
		found, err = reg.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: storagetest.Officer, Identifiers: []subject.Identifier{byName("nummer 7x")}})
		if err != nil || len(found.Found) != 1 || found.More {
			t.Errorf("narrowed down: %d cases, more %t, %v", len(found.Found), found.More, err)
		}
	})
}

// TestSubject_everyCase: over several pages, each once, with progress.
func TestSubject_everyCase(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		const n = 2*200 + 3 // three pages
		filePeople(reg, n)
		var told []int
		found, err := reg.Search().SearchSubject(t.Context(), subject.SubjectSearch{
			Viewer: storagetest.Officer, Identifiers: []subject.Identifier{byName("nummer 1x"), byName("nummer 402x")},
			Progress: func(looked int) { told = append(told, looked) },
		})
		if err != nil || found.Searched != n+1 || len(found.Found) != 2 {
			t.Fatalf("looked at %d of %d, found %d, %v", found.Searched, n+1, len(found.Found), err)
		}
		if !slices.IsSorted(told) || told[len(told)-1] != n+1 || len(told) < 3 {
			t.Errorf("told of %v", told)
		}
	})
}

// filePeople puts n cases into the register, each sealed under a key of its own,
// of "Nummer 1x", "Nummer 2x" and so on, beside the sample's.
func filePeople(reg *storagetest.Register, n int) {
	reg.Helper()
	model := reg.File("model").ID
	reg.Copy(model, n)
	err := reg.Core().Change(reg.Context(), func(tx engine.Tx) error {
		for i := 1; i <= n; i++ {
			if err := sealPerson(reg, tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		reg.Fatal(err)
	}
	reg.Exec(`ANALYZE`)
}

func sealPerson(reg *storagetest.Register, tx engine.Tx, i int) error {
	id := workflow.CaseID(fmt.Sprint("bulk", i))
	key, wrapped, err := reg.Core().Keys.NewDataKey(id)
	if err != nil {
		return err
	}
	p := storagetest.Sample().Particulars
	p.Name, p.Email, p.Phone = workflow.Confidential(fmt.Sprintf("Nummer %dx", i)), "", ""
	p.Story = workflow.Confidential(strings.Repeat("De zaagmachine was zoek, en dat was niet de eerste keer. ", 20))
	sealed, err := cases.SealParticulars(key, p)
	if err == nil {
		_, err = tx.Exec(reg.Context(), `UPDATE complaints SET sealed = $2 WHERE id = $1`, id, sealed)
	}
	if err == nil {
		_, err = tx.Exec(reg.Context(), `INSERT INTO case_keys (complaint, wrapped) VALUES ($1, $2)`, id, wrapped)
	}
	return err
}

// BenchmarkSubject looks for a name, an address and a number in 100,000 cases
// with stories of 1,100 characters.
func BenchmarkSubject(b *testing.B) {
	for _, engine := range storagetest.Engines() {
		reg := storagetest.New(b, storagetest.Address(b, engine))
		filePeople(reg, 100_000)
		identifiers := []subject.Identifier{byName("Jan de Vries"), byEmail("jan@example.org"), byPhone("0612345678")}
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				if _, err := reg.Search().SearchSubject(b.Context(), subject.SubjectSearch{Viewer: storagetest.Officer, Identifiers: identifiers}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
		})
	}
}

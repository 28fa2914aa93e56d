package storage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
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

// trace is what a trace finds: the ordinal of each case with why, and below
// the stroke those that speak of the person.
func (h *house) trace(viewer roster.PersonID, marks ...subject.Identifier) string {
	h.Helper()
	found, err := h.Search().SearchSubject(h.Context(), subject.SubjectSearch{Viewer: viewer, Identifiers: marks})
	if err != nil {
		h.Fatal(err)
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

// of logs a complaint of somebody; fields that are left out are empty.
func (h *house) of(gesture string, p workflow.Particulars) workflow.Complaint {
	h.Helper()
	l := sample()
	if p.Story == "" {
		p.Story = "Het was te koud."
	}
	if p.Email == "" && p.Phone == "" {
		p.Address = "Dorpsstraat 2\n6800 AA Arnhem"
	}
	l.Particulars = p
	return h.do("", staff, gesture, l)
}

// TestTrace: by each mark, in any spelling, in any state, also beyond the year
// in which a search looks.
func TestTrace(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.of("g1", workflow.Particulars{Name: "Jan de Vries", Email: "Jan@Example.org"})
		h.close("K-2026-0001", 2)
		h.of("g2", workflow.Particulars{Name: "J. de Vries", Phone: "+31 6 12345678"})
		h.of("g3", workflow.Particulars{Name: "VRIES, mevrouw Anna", Email: "anna@example.org"})
		h.of("g4", workflow.Particulars{Name: "Piet Puk", Email: "piet@example.org", Story: "Ik zat naast jan de Vries, bel 0612345678."})
		h.of("g5", workflow.Particulars{Name: "Jan Jansen-Smit", Email: "jj@example.org"})
		h.clock.set(monday.AddDate(1, 10, 0))
		for _, test := range []struct {
			marks []subject.Identifier
			want  string
		}{
			{[]subject.Identifier{byEmail("jan@example.ORG ")}, "1:contact"},
			{[]subject.Identifier{byPhone("0031 6 1234 5678")}, "2:contact / 4"},
			{[]subject.Identifier{byName("jan de vries")}, "2:name 1:name / 4"},
			{[]subject.Identifier{byName("Vries")}, "3:name 2:name 1:name"},
			{[]subject.Identifier{byName("Mevr. A. de Vries")}, "3:name"},
			{[]subject.Identifier{byName("Smit")}, "5:name"},
			{[]subject.Identifier{byName("jan")}, "5:name 1:name"},
			{[]subject.Identifier{byName("ries")}, ""},
			{[]subject.Identifier{byName("x"), byEmail(""), byPhone("")}, ""},
			{[]subject.Identifier{byName("Jan Jansen"), byEmail("anna@example.org")}, "5:name 3:contact"},
			{nil, ""},
		} {
			equal(t, fmt.Sprint("by ", revealed(test.marks)), h.trace(officer, test.marks...), test.want)
		}
	})
}

func revealed(marks []subject.Identifier) (all []string) {
	for _, m := range marks {
		all = append(all, m.Text.Reveal())
	}
	return all
}

// TestTraceFindsWhatBelongs: linked cases, cases with the same address or
// number, and those that belong with these.
func TestTraceFindsWhatBelongs(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		first := h.of("g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		second := h.of("g2", workflow.Particulars{Name: "anoniem", Phone: "06 12345678"})
		h.of("g3", workflow.Particulars{Name: "J.", Phone: "0612345678"})
		h.of("g4", workflow.Particulars{Name: "Iemand Anders", Email: "anders@example.org"})
		h.do(first.ID, officer, "link", workflow.Link{Other: second.ID})
		equal(t, "with what belongs", h.trace(officer, byEmail("jan@example.org")), "1:contact 2:linked 3:linked")
	})
}

// TestTraceFindsWhatWasCorrected: what a case said before is still held.
func TestTraceFindsWhatWasCorrected(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.of("g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		l := sample()
		l.Particulars.Name, l.Particulars.Email, l.Particulars.Phone = "Kees Bakker", "kees@example.org", ""
		h.do(c.ID, officer, "correct", workflow.Correct{File: l, Reason: "Verkeerde naam"})
		equal(t, "old name", h.trace(officer, byName("jan de vries")), "1:former")
		equal(t, "old address", h.trace(officer, byEmail("jan@example.org")), "1:former")
		equal(t, "new name", h.trace(officer, byName("bakker")), "1:name")
	})
}

// TestTraceIsGuarded: a case does not exist for whom it concerns, neither as
// a case, nor as a mention, nor as the link between two others; a director
// finds only what they handle; staff may not ask at all.
func TestTraceIsGuarded(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.of("g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@example.org"})
		guarded := h.of("g2", workflow.Particulars{Name: "Jan de Vries", Phone: "0612345678", Concerns: officer})
		h.of("g3", workflow.Particulars{Name: "Anders", Phone: "0612345678"})
		h.of("g4", workflow.Particulars{Name: "Nog Iemand", Story: "Net als Jan de Vries.", Concerns: officer})
		h.do(guarded.ID, deputy, "link", workflow.Link{Other: h.byNumber("K-2026-0001")})
		jan := byName("jan de vries")
		equal(t, "concerned", h.trace(officer, jan), "1:name")
		for who, looked := range map[roster.PersonID]int{officer: 2, deputy: 4} {
			found, err := h.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: who, Identifiers: []subject.Identifier{jan}})
			if err != nil || found.Searched != looked {
				t.Errorf("%s: %d cases counted, want %d (%v)", who, found.Searched, looked, err)
			}
		}
		equal(t, "deputy", h.trace(deputy, jan), "1:name 1:name 2:linked / 2")
		equal(t, "director", h.trace(director, jan), "")
		h.do(guarded.ID, deputy, "assign", workflow.Assign{Owner: director})
		equal(t, "director who handles one", h.trace(director, jan), "1:name")
		for _, who := range []roster.PersonID{staff, "U0NOBODY", ""} {
			_, err := h.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: who, Identifiers: []subject.Identifier{jan}})
			mustRefuse(t, err, workflow.CodeForbidden)
		}
	})
}

// TestTraceIsKept: the register remembers that somebody asked, also when there
// is nothing, and not for whom.
func TestTraceIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.trace(officer, byName("niemand"))
		var lines []journal.Entry
		if err := h.core.Read.All(t.Context(), &lines, `SELECT `+journal.EntryColumns+` FROM register_chain WHERE action = 'searched'`); err != nil {
			t.Fatal(err)
		}
		if len(lines) != 1 || lines[0].Number != "trace" || strings.Contains(fmt.Sprint(lines), "niemand") {
			t.Errorf("%d lines", len(lines))
		}
		h.clean()
	})
}

// TestTraceShowsSoMany: what is too much for a modal is said, and not hidden.
func TestTraceShowsSoMany(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.people(subject.MaxMatches + 1)
		found, err := h.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: officer, Identifiers: []subject.Identifier{byName("nummer")}})
		if err != nil || len(found.Found) != subject.MaxMatches || !found.More {
			t.Errorf("%d cases, more %t, %v", len(found.Found), found.More, err)
		}
		found, err = h.Search().SearchSubject(t.Context(), subject.SubjectSearch{Viewer: officer, Identifiers: []subject.Identifier{byName("nummer 7x")}})
		if err != nil || len(found.Found) != 1 || found.More {
			t.Errorf("narrowed down: %d cases, more %t, %v", len(found.Found), found.More, err)
		}
	})
}

// TestTraceLooksAtEveryCase: over several pages, each once, with progress.
func TestTraceLooksAtEveryCase(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		const n = 2*200 + 3 // three pages
		h.people(n)
		var told []int
		found, err := h.Search().SearchSubject(t.Context(), subject.SubjectSearch{
			Viewer: officer, Identifiers: []subject.Identifier{byName("nummer 1x"), byName("nummer 402x")},
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

// people puts n cases into the register, each sealed under a key of its own,
// of "Nummer 1x", "Nummer 2x" and so on, beside the sample's.
func (h *house) people(n int) {
	h.Helper()
	model := h.log("model").ID
	h.fillHelpers()
	for from := 1; from <= n; from += fillStep {
		h.raw(bulk, model, from, min(n, from+fillStep-1))
	}
	h.raw(`INSERT INTO promises (complaint, ordinal, kind, made, due, kept_on, entered, kept_by, kept_at, way, later)
		SELECT c.id, p.ordinal, p.kind, p.made, p.due, p.kept_on, p.entered, p.kept_by, p.kept_at, p.way, p.later
		FROM complaints c, promises p WHERE p.complaint = $1 AND c.id LIKE 'bulk%'`, model)
	err := h.core.Change(h.Context(), func(tx engine.Tx) error {
		for i := 1; i <= n; i++ {
			if err := h.person(tx, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	h.raw(`ANALYZE`)
}

func (h *house) person(tx engine.Tx, i int) error {
	id := workflow.CaseID(fmt.Sprint("bulk", i))
	key, wrapped, err := h.core.Keys.NewDataKey(id)
	if err != nil {
		return err
	}
	p := sample().Particulars
	p.Name, p.Email, p.Phone = workflow.Confidential(fmt.Sprintf("Nummer %dx", i)), "", ""
	p.Story = workflow.Confidential(strings.Repeat("De zaagmachine was zoek, en dat was niet de eerste keer. ", 20))
	sealed, err := cases.SealParticulars(key, p)
	if err == nil {
		_, err = tx.Exec(h.Context(), `UPDATE complaints SET sealed = $2 WHERE id = $1`, id, sealed)
	}
	if err == nil {
		_, err = tx.Exec(h.Context(), `INSERT INTO case_keys (complaint, wrapped) VALUES ($1, $2)`, id, wrapped)
	}
	return err
}

// BenchmarkTrace looks for a name, an address and a number in 100,000 cases
// with stories of 1,100 characters.
func BenchmarkTrace(b *testing.B) {
	for _, engine := range engineNames() {
		h := newHouse(b, address(b, engine))
		h.people(100_000)
		marks := []subject.Identifier{byName("Jan de Vries"), byEmail("jan@example.org"), byPhone("0612345678")}
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				if _, err := h.Search().SearchSubject(b.Context(), subject.SubjectSearch{Viewer: officer, Identifiers: marks}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportAllocs()
		})
	}
}

// TestDisclosureIsInBothChains: that a case was handed out to the complainant
// stands in its journal, in the register's, and with the reason in its dossier;
// the case itself stays as it was.
func TestDisclosureIsInBothChains(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1")
		after := h.do(c.ID, officer, "g2", workflow.Disclose{Reason: "Brief van 1 maart"})
		equal(t, "version", after.Version, c.Version)
		equal(t, "journal lines", h.count(`SELECT count(*) FROM journal WHERE action = 'disclose' AND complaint = $1`, string(c.ID)), 1)
		equal(t, "register lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		records, err := h.Records().Dossier(t.Context(), c.ID)
		if err != nil || len(records) != 1 || records[0].Kind != workflow.RecordDisclosure || records[0].Texts["reason"] != "Brief van 1 maart" {
			t.Errorf("%d entries, %v", len(records), err)
		}
		h.clean()
	})
}

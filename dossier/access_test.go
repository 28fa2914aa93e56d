package dossier

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// heldOn is what is held on somebody in two cases: one with everything there
// is, one that has just come in.
func heldOn(t testing.TB, lang string) Access {
	t.Helper()
	in := withoutFiles(t, lang)
	in.Policy.Terms.RetentionMonths = 24
	records := append(inventedRecords(),
		workflow.Record{Kind: workflow.RecordCorrection, At: november(25, 10), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{
				"reason": "Verkeerd verstaan.", "old.complainant_name": "Nora van Hof", "old.category": "trainer",
				"old.concerns_user": workflow.Confidential(trainer), "old.incident_date": "2026-10-28",
			}},
		workflow.Record{Kind: workflow.RecordLink, At: november(25, 11), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"linked": "c2"}},
		workflow.Record{Kind: workflow.RecordLink, At: november(25, 12), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"linked": "c3-of-somebody-else"}},
		workflow.Record{Kind: workflow.RecordAssignment, At: november(25, 13), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"owner": workflow.Confidential(staff)}},
	)
	second := workflow.Complaint{
		ID: "c2", Number: "K-2026-0043", State: workflow.StateReceived, Facts: inventedComplaint().Facts,
		Particulars: workflow.Particulars{Name: "N. van ’t Hof", Phone: "0612345678", Story: "En nog iets."},
		LoggedBy:    staff, LoggedAt: november(26, 8),
	}
	return Access{
		Cases: []Held{
			{Complaint: inventedComplaint(), Records: records, Files: []HeldFile{
				{File: File{Name: "factuur 2026-118.pdf", Bytes: []byte("%PDF-1.4 an invoice")}, Size: 19},
				{File: File{Name: "intern.txt", Bytes: []byte("Wat de locatie zei.")}, Size: 19, Note: true},
				{File: File{Name: "film.mp4"}, Size: 9_000_000, TooMuch: true},
				{File: File{Name: "verdwenen.docx"}},
			}},
			{Complaint: second},
		},
		By: "Omar Khalil", Policy: in.Policy, Names: names, Firm: in.Firm,
		Contact: []string{"026 – 333 75 72", "klachten@voorbeeld.example"}, Speaker: in.Speaker, Made: in.Made,
	}
}

func made(t testing.TB, form func() ([]byte, error)) []byte {
	t.Helper()
	pdf, err := form()
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestAccess_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		a := heldOn(t, lang)
		for name, got := range map[string]string{
			"access." + lang + ".txt":       readBack(t, made(t, a.PDF)),
			"access-json." + lang + ".txt":  readBack(t, made(t, a.JSON)),
			"access-json." + lang + ".json": string(detached(t, made(t, a.JSON), accessName)),
		} {
			if key := regexp.MustCompile(`\b(access|dossier|committee|case|choice|common|log)\.[a-z_.]+`).FindString(got); key != "" {
				t.Errorf("%s: nothing is said for %s", name, key)
			}
			sameAs(t, name, got)
		}
	}
}

func sameAs(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *writeGolden {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: was (-), is (+):\n%s", name, diff)
	}
}

// detached is a file out of a document, as an independent reader takes it out.
func detached(t *testing.T, pdf []byte, name string, options ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	if _, err := poppler.Run(t, "pdfdetach", pdf, append(options, "-saveall", "-o", dir)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// TestAccess_isComplete: what the committee does not get, the person does; what
// is about others nobody gets.
func TestAccess_isComplete(t *testing.T) {
	a := heldOn(t, "nl")
	pdf := readBack(t, made(t, a.PDF))
	data := string(detached(t, made(t, a.JSON), accessName))
	for _, held := range []string{
		"noor@voorbeeld.example", "06 12345678", "Dorpsstraat 1", "De zaal was te koud", "De helft van het cursusgeld",
		"eerst met de locatie bellen", "de advocaat vraagt erom", "Nora van Hof", "Verkeerd verstaan", "GC-2026-77",
		"K-2026-0042", "K-2026-0043", "En nog iets", "Omar Khalil", "Sanne de Boer", "intern.txt", "film.mp4", "verdwenen.docx",
	} {
		if !strings.Contains(pdf, held) {
			t.Errorf("the PDF lacks %q", held)
		}
		if !strings.Contains(data, held) {
			t.Errorf("the JSON lacks %q", held)
		}
	}
	if strings.Count(pdf, "Gekoppeld aan een andere klacht") != 1 || strings.Count(data, `"kind": "link"`) != 1 {
		t.Error("a link with a case that is not in the document is told of")
	}
	for _, others := range []string{"Terpstra", string(trainer), "c3-of-somebody-else", string(officer), "refused"} {
		if strings.Contains(pdf, others) || strings.Contains(data, others) {
			t.Errorf("%q is in it", others)
		}
	}
}

// TestAccess_filesComeOut: as they went in, after encryption too, and none twice
// under one name.
func TestAccess_filesComeOut(t *testing.T) {
	a := heldOn(t, "nl")
	a.Cases[1].Files = a.Cases[0].Files
	sealed := encrypted(t, made(t, a.PDF), "geheim")
	for _, number := range []string{"K-2026-0042", "K-2026-0043"} {
		if got := detached(t, sealed, number+" 02 intern.txt", "-upw", "geheim"); string(got) != "Wat de locatie zei." {
			t.Errorf("%s: %d bytes", number, len(got))
		}
	}
	var all accessFile
	sealed = encrypted(t, made(t, a.JSON), "geheim")
	if err := json.Unmarshal(detached(t, sealed, accessName, "-upw", "geheim"), &all); err != nil {
		t.Fatal(err)
	}
	if f := all.Cases[0].Attachments[1]; string(f.Content) != "Wat de locatie zei." || f.With != "note" {
		t.Errorf("the JSON holds %d bytes that came with the %s", len(f.Content), f.With)
	}
	if left := all.Cases[0].Attachments[2].Left + " " + all.Cases[0].Attachments[3].Left; left != "too_large not_held" {
		t.Errorf("left out: %s", left)
	}
	if bytes.Contains(sealed, []byte("format")) || bytes.Contains(sealed, []byte("Wat de locatie")) {
		t.Error("something is left in the clear")
	}
}

func TestAccess_sameInputSameBytes(t *testing.T) {
	for range 2 {
		a, b := heldOn(t, "nl"), heldOn(t, "nl")
		if !bytes.Equal(made(t, a.PDF), made(t, b.PDF)) || !bytes.Equal(made(t, a.JSON), made(t, b.JSON)) {
			t.Error("two documents of one input differ")
		}
	}
}

// TestAccess_survivesHostileTexts: whatever people typed, in both forms.
func TestAccess_survivesHostileTexts(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			in := scribbled(t, text, text, []byte(text+"x"))
			in.Complaint.Particulars.Wish += " SLOT"
			a := heldOn(t, "nl")
			a.By = text
			a.Cases = []Held{{Complaint: in.Complaint, Records: in.Records, Files: []HeldFile{{File: in.Attachments[0], Size: 1}}}}
			if got := readBack(t, made(t, a.PDF)); !strings.Contains(got, "SLOT") {
				t.Error("the end of the wish is missing")
			}
			if !json.Valid(detached(t, made(t, a.JSON), accessName)) {
				t.Error("no valid JSON")
			}
		})
	}
}

// TestAccess_saysUntilWhen: for a closed case a date, for one on hold when it is
// looked at again.
func TestAccess_saysUntilWhen(t *testing.T) {
	a := heldOn(t, "nl")
	c := &a.Cases[0].Complaint
	c.State = workflow.StateClosed
	if got := readBack(t, made(t, a.PDF)); !strings.Contains(got, "na vr 24 november 2028") {
		t.Error("no date for a closed case")
	}
	c.HoldReview = calendar.NewDate(2027, 1, 4)
	if got := squeeze(readBack(t, made(t, a.PDF))); !strings.Contains(got, squeeze("wordt langer bewaard, opnieuw bekeken op ma 4 januari 2027")) {
		t.Error("no word of the hold")
	}
}

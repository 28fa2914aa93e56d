package dossier

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// writeGolden writes the golden files anew: go test ./dossier -update. Look at
// the difference before you keep it.
var writeGolden = flag.Bool("update", false, "write the golden files anew")

func TestDossier_whole(t *testing.T) {
	for _, lang := range workflow.Languages() {
		t.Run(lang, func(t *testing.T) {
			got := readBack(t, pdfOf(t, invented(t, lang)))
			if key := regexp.MustCompile(`\b(dossier|committee|case|choice|common)\.[a-z_.]+`).FindString(got); key != "" {
				t.Errorf("nothing is said for %s", key)
			}
			file := filepath.Join("testdata", "dossier."+lang+".txt")
			if *writeGolden {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("was (-), is (+):\n%s", diff)
			}
		})
	}
}

func TestDossier_sameInputSameBytes(t *testing.T) {
	if a, b := pdfOf(t, invented(t, "nl")), pdfOf(t, invented(t, "nl")); !bytes.Equal(a, b) {
		t.Error("two documents of one input differ")
	}
}

// TestDossier_firmsOwnStaysInside: notes, the lesson, whom it concerns, and what
// nobody has decided about.
func TestDossier_firmsOwnStaysInside(t *testing.T) {
	in := invented(t, "nl")
	in.Records = append(in.Records,
		workflow.Record{Kind: "some_new_kind", At: november(25, 8), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"reason": "Binnenskamers-1"}},
		workflow.Record{Kind: "some_new_kind", At: november(25, 9), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"letter": "Buitenshuis", "reason": "Binnenskamers-2"}},
		workflow.Record{Kind: workflow.RecordDecision, At: november(25, 10), By: officer, Date: date(25),
			Texts: map[string]workflow.Confidential{"lesson": "Binnenskamers-3", "reference": "Kenmerk-7"}},
		workflow.Record{Kind: workflow.RecordMailFailed, At: november(25, 11), By: roster.Clock, Date: date(25),
			Texts: map[string]workflow.Confidential{"fault": "Binnenskamers-4"}},
	)
	got := readBack(t, pdfOf(t, in))
	for _, inside := range []string{"Intern:", "Notitie", "Meet de temperatuur", "Terpstra", "Binnenskamers"} {
		if strings.Contains(got, inside) {
			t.Errorf("the committee reads %q", inside)
		}
	}
	for _, outside := range []string{"Buitenshuis", "Kenmerk-7", "vastgelegd door Klachtbot op 25 november 2026, 12:30", "noor@voorbeeld.example", "Dorpsstraat 1"} {
		if !strings.Contains(got, outside) {
			t.Errorf("the committee does not read %q", outside)
		}
	}
}

// TestDossier_valuesAreWorded: what the register keeps as a value, people read in
// words.
func TestDossier_valuesAreWorded(t *testing.T) {
	in := withoutFiles(t, "nl")
	in.Records = []workflow.Record{{Kind: workflow.RecordDecision, At: november(25, 8), By: officer, Date: date(25),
		Texts: map[string]workflow.Confidential{
			"verdict": "withdrawn", "expected_date": "2026-12-01", "reason": "2026-12-01",
		}}}
	inOrder(t, readBack(t, pdfOf(t, in)), "\n2026-12-01\n", "\ndi 1 december 2026\n", "\nIngetrokken\n")
}

func TestDossier_entriesInOrderOfTime(t *testing.T) {
	in := invented(t, "nl")
	in.Records[0], in.Records[4] = in.Records[4], in.Records[0]
	got := readBack(t, pdfOf(t, in))
	inOrder(t, got, "We nemen je klacht", "Heb je nog foto", "Ja, twee", "De verwarming was kapot", "Zoals besproken")
}

func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	at := 0
	for _, part := range parts {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Fatalf("%q is missing, or comes too early", part)
		}
		at += i
	}
}

func TestDossier_anonymousWithNothingElse(t *testing.T) {
	in := invented(t, "nl")
	in.Complaint = workflow.Complaint{
		Number: "K-2026-0043", State: workflow.StateReceived,
		Facts: workflow.Facts{
			Received: date(2), ReceivedVia: workflow.WayPhone, ComplainantKind: "customer",
			OfferingKind: "other", Category: "other", Preferred: workflow.ContactNone,
		},
		Particulars: workflow.Particulars{Name: "anoniem", Story: "Het was niet goed."},
		LoggedBy:    staff, LoggedAt: november(2, 10),
	}
	in.Records, in.Attachments = nil, nil
	got := readBack(t, pdfOf(t, in))
	inOrder(t, got, "anoniem", "Geen contact, de klager blijft anoniem", "Het was niet goed.")
	for _, label := range []string{"E-mail", "Telefoon", "Adres", "Termijnen en toezeggingen", "Het oordeel", "Bijlagen", "Wat er is gedaan", "Behandelaar"} {
		if strings.Contains(got, "\n"+label) {
			t.Errorf("a label without a value: %q", label)
		}
	}
}

func TestDossier_lapsedPromise(t *testing.T) {
	in := withoutFiles(t, "nl")
	last := &in.Complaint.Promises[len(in.Complaint.Promises)-1]
	last.Kept, last.Lapsed = workflow.Kept{}, date(24)
	got := readBack(t, pdfOf(t, in))
	if !strings.Contains(got, "vervallen") || strings.Contains(got, "nog open") || strings.Contains(got, "onbekend") {
		t.Error("a promise that lapsed reads as something else")
	}
}

func TestDossier_openPromises(t *testing.T) {
	in := invented(t, "nl")
	for i := range in.Complaint.Promises {
		in.Complaint.Promises[i].Kept = workflow.Kept{}
	}
	got := readBack(t, pdfOf(t, in))
	if n := strings.Count(got, "nog open, te laat"); n != 2 {
		t.Errorf("%d promises are open and late, want 2 of 3 on 27 November", n)
	}
	if n := strings.Count(got, "nog open"); n != 3 {
		t.Errorf("%d promises are open, want 3", n)
	}
}

// TestDossier_long: nothing is lost over the pages, each page is numbered, and
// no heading stays behind at the foot of one.
func TestDossier_long(t *testing.T) {
	in := withoutFiles(t, "nl")
	in.Complaint.Particulars.Story = workflow.Confidential(strings.Repeat("Nog een zin van een heel lang verhaal. ", 2500) + "Einde verhaal.")
	in.Records = nil
	for i := range 200 {
		in.Records = append(in.Records, workflow.Record{
			Kind: workflow.RecordAnswer, At: november(3, 0).AddDate(0, 0, i), By: officer, Date: date(3).AddDays(i), Way: workflow.WayPhone,
			Texts: map[string]workflow.Confidential{"answer": workflow.Confidential(fmt.Sprintf("Antwoord-%03d. ", i) + strings.Repeat("Woorden. ", i))},
		})
	}
	got := readBack(t, pdfOf(t, in))
	if !strings.Contains(got, "Einde verhaal.") {
		t.Error("the story lost its end")
	}
	for i := range 200 {
		if !strings.Contains(got, fmt.Sprintf("Antwoord-%03d", i)) {
			t.Errorf("answer %d is missing", i)
		}
	}
	pages := strings.Split(strings.TrimSuffix(got, "\f"), "\f")
	for i, page := range pages {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		if want := fmt.Sprintf("pagina %d van %d", i+1, len(pages)); !strings.Contains(lines[len(lines)-1], want) {
			t.Errorf("page %d ends with %q", i+1, lines[len(lines)-1])
		}
		if !strings.Contains(lines[0], "K-2026-0042") || !strings.Contains(lines[0], "vertrouwelijk") {
			t.Errorf("page %d begins with %q", i+1, lines[0])
		}
		for _, last := range lines[len(lines)-3 : len(lines)-1] {
			if strings.Contains(last, "Wat de klager antwoordde") || strings.HasPrefix(last, "Antwoord van de klager") {
				t.Errorf("page %d leaves a heading behind", i+1)
			}
		}
	}
	if len(pages) < 50 {
		t.Errorf("%d pages only", len(pages))
	}
}

func TestDossier_survivesHostileTexts(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			in := scribbled(t, text, text, []byte(text+"x"))
			in.Complaint.Particulars.Wish += " SLOT"
			if got := readBack(t, pdfOf(t, in)); !strings.Contains(got, "SLOT") {
				t.Error("the end of the wish is missing")
			}
		})
	}
}

func hostile() map[string]string {
	return map[string]string{
		"pdf syntax":    `) Tj ET endstream endobj (\( <</JS (app.alert)>> {nb} %%EOF`,
		"markup":        "<b>vet</b> <script>x</script> *vet* _x_ <@U0OFFICER>",
		"one long word": strings.Repeat("aaaaaaaaaa", 1000),
		"wide":          strings.Repeat("W", 5000),
		"lines":         strings.Repeat("\n", 3000),
		"accents":       "a" + strings.Repeat("\u0301", 4000),
		"emoji":         "👩‍👩‍👧‍👦🏳️‍🌈",
		"right to left": "\u202eשלום مرحبا\u202c",
		"broken utf-8":  "a\xff\xfe\xc3b",
		"control":       "a\x00\x07\x1b[31m\x7fb",
		"astral":        string([]rune{0x10ffff, 0x1d407, 0x20000}),
		"path":          "../../etc/passwd\\..\\x:y",
		"dots":          "..",
		"reserved":      "CON.txt\x00.exe",
		"hidden ending": "factuur\u202efdp.exe",
		"line end":      "a\r\nContent-Type: text/html\r\n\r\n<b>",
	}
}

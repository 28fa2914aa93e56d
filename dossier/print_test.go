package dossier

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/workflow"
)

// TestPDF_unprintableIsExplained, where it stands and at the end.
func TestPDF_unprintableIsExplained(t *testing.T) {
	const explained = "Tussen [ en ] staat"
	in := invented(t, "nl")
	if got := readBack(t, pdfOf(t, in)); strings.Contains(got, explained) {
		t.Error("explains a mark that is not there")
	}
	in.Complaint.Particulars.Wish = "Een 🙂 en 王."
	if got := readBack(t, pdfOf(t, in)); !strings.Contains(got, "Een [emoji] en [1 teken Chinees schrift, hier niet af te drukken].") || !strings.Contains(got, explained) {
		t.Error("a replaced character is not shown or not explained")
	}
}

// FuzzPDF: whatever people typed, there is a document.
func FuzzPDF(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text, text, []byte(text))
	}
	f.Add("Een gewoon verhaal.", "foto.jpg", photo(f))
	f.Add("", "scherm.png", screen(f))
	f.Fuzz(func(t *testing.T, text, name string, file []byte) {
		if len(text)+len(name) > 1<<14 {
			t.Skip("longer than any field")
		}
		pdfOf(t, scribbled(t, text, name, file))
	})
}

// FuzzWrap: breaking lines loses nothing but the white space at the breaks,
// and no line is wider than its place.
func FuzzWrap(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text)
	}
	s := newSheet("", nil, invented(f, "nl").Speaker, november(27, 9))
	f.Fuzz(func(t *testing.T, text string) {
		st := style{size: bodySize}
		lines := s.wrap(st, 40, text)
		if got, want := squeeze(strings.Join(lines, "")), squeeze(s.printable(text)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for _, line := range lines {
			if w := s.set.Width(strings.TrimRightFunc(line, unicode.IsSpace)); w > 40.1 {
				t.Errorf("a line of %.1f mm in 40", w)
			}
		}
	})
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

// TestPDF_namesAreReadBack: who complains is printed as they write themselves,
// whatever letters that takes, and copied so from the encrypted document.
func TestPDF_namesAreReadBack(t *testing.T) {
	for _, name := range []string{"Z\u0327elmenis J\u030ca\u0304nis", "S\u0323\u0304adiq K\u035fHalid", "Γιώργος Παπαδόπουλος", "Наталия Щербакова", "Nguyễn Thị Ánh"} {
		in := invented(t, "nl")
		in.Complaint.Particulars.Name = workflow.Confidential(name)
		sealed := encrypted(t, pdfOf(t, in), "geheim")
		text, err := poppler.Run(t, "pdftotext", sealed, []string{"-upw", "geheim"}, "-")
		if err != nil || !strings.Contains(norm.NFC.String(text), norm.NFC.String(name)) || strings.Contains(text, "Tussen [ en ]") {
			t.Errorf("%q is not read back: %v", name, err)
		}
	}
}

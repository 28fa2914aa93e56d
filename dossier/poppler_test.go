package dossier

import (
	"regexp"
	"testing"

	"github.com/artra/klachtbot/internal/poppler"
)

// pdfOf returns the document of an input.
func pdfOf(t testing.TB, in Input) []byte {
	t.Helper()
	pdf, err := PDF(in)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// readBack returns the document's text as an independent reader sees it, with
// a form feed after each page. How wide a gap is differs between its versions.
func readBack(t *testing.T, pdf []byte, options ...string) string {
	t.Helper()
	out, err := poppler.Run(t, "pdftotext", pdf, append(options, "-layout"), "-")
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	out = gaps.ReplaceAllString(out, "  ")
	return blanks.ReplaceAllString(out, "\n\n")
}

var gaps, blanks = regexp.MustCompile(` {2,}`), regexp.MustCompile(`\n{3,}`)

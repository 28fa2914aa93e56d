package dossier

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
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
	out, err := poppler(t, "pdftotext", pdf, append(options, "-layout"), "-")
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	out = gaps.ReplaceAllString(out, "  ")
	return blanks.ReplaceAllString(out, "\n\n")
}

var gaps, blanks = regexp.MustCompile(` {2,}`), regexp.MustCompile(`\n{3,}`)

// poppler runs one of poppler's programs on the document.
func poppler(t *testing.T, program string, pdf []byte, options []string, after ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed (Debian: poppler-utils)", program)
		}
		t.Skipf("%s is not installed (Debian: poppler-utils)", program)
	}
	file := filepath.Join(t.TempDir(), "dossier.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, append(append(options, file), after...)...)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err = cmd.Run()
	if err == nil && complaints.Len() > 0 {
		t.Errorf("%s finds fault with the document: %s", program, complaints.String())
	}
	return out.String(), err
}

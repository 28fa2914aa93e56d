// Package poppler reads PDF documents back in tests, with poppler's programs: they
// share nothing with what made the document. Only tests import it.
package poppler

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Run runs one of poppler's programs on a document, with options before and after its
// name, and returns what it prints. A fault that it finds fails the test; the error is
// that it could not do what was asked. Where the machine lacks the program the test is
// skipped, or fails when CI=true.
func Run(t testing.TB, program string, pdf []byte, options []string, after ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed (Debian: poppler-utils)", program)
		}
		t.Skipf("%s is not installed (Debian: poppler-utils)", program)
	}
	file := filepath.Join(t.TempDir(), "document.pdf")
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

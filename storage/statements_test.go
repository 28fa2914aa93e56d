package storage_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage"
)

// productFiles are the files of this package and those below it, without tests
// and what is there for tests.
func productFiles(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasSuffix(d.Name(), "test")):
			return filepath.SkipDir
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"), filepath.Ext(path) == ".sql":
			files = append(files, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil || len(files) < 40 {
		t.Fatalf("files %v, %v", files, err)
	}
	return files
}

// TestEngines_standInOnePackage: only the opening, the trial and the mapping of
// errors know which engine it is; everything else is one text for both.
func TestEngines_standInOnePackage(t *testing.T) {
	names := regexp.MustCompile(`(?i)sqlite|postgres|pg_advisory|"pq"|lib/pq|pragma|Rebind|DriverName`)
	comment := regexp.MustCompile(`//.*|--.*`)
	allowed := []string{"engine/engine.go", "engine/errors.go", "engine/fault.go", "engine/server.go", "engine/server_conn.go", "engine/try.go"}
	for _, file := range productFiles(t) {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		found := names.FindString(comment.ReplaceAllString(string(text), ""))
		if isAllowed := slices.Contains(allowed, file); (found != "") != isAllowed {
			t.Errorf("%s names %q, may it: %t", file, found, isAllowed)
		}
	}
}

// TestStatements_portable: what would work on one engine only stays out of the
// statements and the schema.
func TestStatements_portable(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\$\d+ IS (NOT )?NULL|\bTIMESTAMPTZ\b|\bSERIAL\b|AUTOINCREMENT|\bJSONB\b|json_|->>|\bILIKE\b|now\(\)|CURRENT_TIMESTAMP|::|FOR UPDATE|\bmax\((at|.*_at)\)|WITH .* AS \((INSERT|UPDATE|DELETE)`)
	literal := regexp.MustCompile("`[^`]*`")
	statements := storage.HotStatements()
	for _, file := range productFiles(t) {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasSuffix(file, ".sql"):
			statements = append(statements, string(text))
		case !strings.HasPrefix(file, "engine/"):
			statements = append(statements, literal.FindAllString(string(text), -1)...)
		}
	}
	for _, s := range statements {
		if found := forbidden.FindString(s); found != "" {
			t.Errorf("%q is for one engine only", found)
		}
	}
}

// TestStatements_preparedOnce: a text that is listed twice would be prepared
// twice and closed once.
func TestStatements_preparedOnce(t *testing.T) {
	all := storage.HotStatements()
	sorted := slices.Compact(slices.Sorted(slices.Values(all)))
	if len(sorted) != len(all) {
		t.Errorf("%d statements, %d different", len(all), len(sorted))
	}
}

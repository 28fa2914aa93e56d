package storage

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEnginesStandInTwoFiles: only the opening and the mapping of errors know
// which engine it is; everything else is one text for both.
func TestEnginesStandInTwoFiles(t *testing.T) {
	names := regexp.MustCompile(`(?i)sqlite|postgres|"pq"|lib/pq|pragma|Rebind|DriverName`)
	comment := regexp.MustCompile(`//.*|--.*`)
	allowed := []string{"engine.go", "engine_errors.go", "doc.go"}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("migrations/*.sql")
	if err != nil || len(more) < 2 {
		t.Fatalf("migrations %v, %v", more, err)
	}
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		isTest := strings.HasSuffix(file, "_test.go")
		found := names.FindString(comment.ReplaceAllString(string(text), ""))
		if found != "" && !isTest && !slices.Contains(allowed, file) {
			t.Errorf("%s names %s", file, found)
		}
		if file == allowed[0] && found == "" {
			t.Error("this test finds no engine where one is named")
		}
	}
}

// TestPortableStatements: what would work on one engine only stays out of the
// statements and the schema.
func TestPortableStatements(t *testing.T) {
	forbidden := regexp.MustCompile(`(?i)\$\d+ IS (NOT )?NULL|\bTIMESTAMPTZ\b|\bSERIAL\b|AUTOINCREMENT|\bJSONB\b|json_|->>|\bILIKE\b|now\(\)|CURRENT_TIMESTAMP|::|FOR UPDATE|\bmax\((at|.*_at)\)|WITH .* AS \((INSERT|UPDATE|DELETE)`)
	literal := regexp.MustCompile("`[^`]*`")
	statements := hotStatements()
	for _, pattern := range []string{"*.go", "migrations/*.sql"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(filepath.Clean(file))
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case strings.HasSuffix(file, ".sql"):
				statements = append(statements, string(text))
			case !strings.HasSuffix(file, "_test.go") && !strings.HasPrefix(file, "engine"):
				statements = append(statements, literal.FindAllString(string(text), -1)...)
			}
		}
	}
	for _, s := range statements {
		if found := forbidden.FindString(s); found != "" {
			t.Errorf("%q is for one engine only", found)
		}
	}
}

// TestEveryHotStatementOnce: a text that is listed twice would be prepared
// twice and closed once.
func TestEveryHotStatementOnce(t *testing.T) {
	all := hotStatements()
	sorted := slices.Compact(slices.Sorted(slices.Values(all)))
	if len(sorted) != len(all) {
		t.Errorf("%d statements, %d different", len(all), len(sorted))
	}
}

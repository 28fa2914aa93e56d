package letters

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPaper_fieldsAndFunctions compares docs/letters.md with what a template may name,
// call and put in.
func TestPaper_fieldsAndFunctions(t *testing.T) {
	b, err := os.ReadFile("../docs/letters.md")
	if err != nil {
		t.Fatal(err)
	}
	found := func(pattern string) (all []string) {
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(b), -1) {
			all = append(all, m[1])
		}
		slices.Sort(all)
		return all
	}
	if diff := cmp.Diff(Fields(), found("(?m)^\\| `\\.(\\w+)` \\|")); diff != "" {
		t.Errorf("fields (-program +page):\n%s", diff)
	}
	l := load(t)
	var functions, paragraphs []string
	for name := range l.funcs("nl") {
		functions = append(functions, name)
	}
	slices.Sort(functions)
	if diff := cmp.Diff(functions, found("(?m)^\\| `([a-z]+) [^|]*` \\|")); diff != "" {
		t.Errorf("functions (-program +page):\n%s", diff)
	}
	common, err := files.ReadFile("templates/common.nl.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`define "(\w+)"`).FindAllSubmatch(common, -1) {
		paragraphs = append(paragraphs, string(m[1]))
	}
	for _, name := range paragraphs {
		if !regexp.MustCompile("`" + name + "`").Match(b) {
			t.Errorf("the page does not name the paragraph %s", name)
		}
	}
}

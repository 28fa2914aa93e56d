package klachtbot_test

import (
	"maps"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const module = "github.com/artra/klachtbot"

// TestImports_packages holds the arrows of docs/architecture.md in what is built
// into the program: tests may import more.
func TestImports_packages(t *testing.T) {
	rows, built := packageRows(t), built(t)
	unfinished := false
	for name, row := range rows {
		_, exists := built[name]
		unfinished = unfinished || row.toCome
		switch {
		case exists && row.toCome:
			t.Errorf("docs/architecture.md: %s has come: take the mark off", name)
		case !exists && !row.toCome:
			t.Errorf("docs/architecture.md: there is no package %s", name)
		}
	}
	for name, imports := range built {
		row, ok := rows[name]
		if !ok {
			t.Errorf("docs/architecture.md has no row for package %s", name)
		}
		for _, imported := range ours(imports) {
			if !covers(row.mayImport, imported) {
				t.Errorf("%s imports %s, and its row in docs/architecture.md does not say so", name, imported)
			}
		}
	}
	if !unfinished {
		checkArrowsAreUsed(t, rows, built)
	}
}

// checkArrowsAreUsed finds what a row allows and no code needs.
func checkArrowsAreUsed(t *testing.T, rows map[string]packageRow, built map[string][]string) {
	t.Helper()
	for name, row := range rows {
		for _, pattern := range row.mayImport {
			used := func(imported string) bool { return covers([]string{pattern}, imported) }
			if !slices.ContainsFunc(ours(built[name]), used) {
				t.Errorf("docs/architecture.md: %s does not import %s", name, pattern)
			}
		}
	}
}

// TestImports_libraries keeps each library to the packages that its row in
// docs/architecture.md names, and workflow to the standard library and to what
// is ours: x/text and x/net come in through contact.
func TestImports_libraries(t *testing.T) {
	keptTo := map[string][]string{}
	for _, cells := range table(t, "docs/architecture.md", "library") {
		keptTo[all("`([^`]+)`", cells[0])[0]] = all("`([^`]+)`", cells[1])
	}
	for name, imports := range built(t) {
		for _, imported := range imports {
			for library, packages := range keptTo {
				if (imported == library || strings.HasPrefix(imported, library+"/")) && !covers(packages, name) {
					t.Errorf("%s imports %s", name, imported)
				}
			}
			first, _, _ := strings.Cut(imported, "/")
			if covers([]string{"workflow/..."}, name) && strings.Contains(first, ".") && len(ours([]string{imported})) == 0 {
				t.Errorf("%s imports %s; it keeps to the standard library and contact", name, imported)
			}
		}
	}
}

var (
	node  = regexp.MustCompile(`(?m)^  ([a-z]+)\["([a-z/]+): `)
	arrow = regexp.MustCompile(`(?m)^  ([a-z]+) --> ([a-z]+)$`)
)

// TestImports_picture compares the picture of docs/architecture.md with its
// table: a node for each folder, and arrows from which the same follows.
func TestImports_picture(t *testing.T) {
	page := read(t, "docs/architecture.md")
	_, rest, _ := strings.Cut(page, "```mermaid\n")
	picture, _, _ := strings.Cut(rest, "```")
	names, drawn := map[string]string{}, graph{}
	for _, m := range node.FindAllStringSubmatch(picture, -1) {
		names[m[1]] = m[2]
		drawn.add(m[2])
	}
	for _, m := range arrow.FindAllStringSubmatch(picture, -1) {
		drawn.add(names[m[1]], names[m[2]])
	}
	if diff := cmp.Diff(folders(packageRows(t)).closed(), drawn.closed()); diff != "" {
		t.Errorf("docs/architecture.md: what each folder reaches (-table +picture):\n%s", diff)
	}
}

// packageRow is what docs/architecture.md says of a package.
type packageRow struct {
	toCome    bool
	mayImport []string // names, or patterns that end in ...
}

func packageRows(t *testing.T) map[string]packageRow {
	t.Helper()
	rows := map[string]packageRow{}
	for _, cells := range table(t, "docs/architecture.md", "package") {
		name := all("`([^`]+)`", cells[0])
		if len(name) != 1 || len(cells) != 3 {
			t.Fatalf("docs/architecture.md: not a row of a package: %q", cells)
		}
		rows[name[0]] = packageRow{toCome: strings.Contains(cells[0], "*to come*"), mayImport: all("`([^`]+)`", cells[2])}
	}
	return rows
}

// built lists what each package imports into the program, by its folder.
func built(t *testing.T) map[string][]string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages[folder(fields[0])] = fields[1:]
	}
	return packages
}

// folder names one of our packages as the page does; the root by its name.
func folder(importPath string) string {
	if importPath == module {
		return path.Base(module)
	}
	return strings.TrimPrefix(importPath, module+"/")
}

func ours(imports []string) []string {
	var names []string
	for _, imported := range imports {
		if imported == module || strings.HasPrefix(imported, module+"/") {
			names = append(names, folder(imported))
		}
	}
	return names
}

// covers reports whether one of the patterns stands for the package.
func covers(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		below, open := strings.CutSuffix(pattern, "...")
		return pattern == name || open && (strings.HasPrefix(name+"/", below) || below == "")
	})
}

// A graph says which nodes each node points at.
type graph map[string]map[string]bool

func (g graph) add(from string, to ...string) {
	if g[from] == nil {
		g[from] = map[string]bool{}
	}
	for _, one := range to {
		if one != from {
			g[from][one] = true
		}
	}
}

// closed says what each node reaches, sorted.
func (g graph) closed() map[string][]string {
	reaches := map[string][]string{}
	for from := range g {
		seen := map[string]bool{}
		g.walk(from, seen)
		reaches[from] = slices.Sorted(maps.Keys(seen))
	}
	return reaches
}

func (g graph) walk(from string, seen map[string]bool) {
	for to := range g[from] {
		if !seen[to] {
			seen[to] = true
			g.walk(to, seen)
		}
	}
}

// folders rolls packages up to what the picture draws: one node for a folder at
// the root with all below it, without what only tests or scripts use.
func folders(rows map[string]packageRow) graph {
	g := graph{}
	drawn := func(name string) string {
		top, rest, _ := strings.Cut(name, "/")
		if top == "cmd" { // a program each
			program, _, _ := strings.Cut(rest, "/")
			return path.Join(top, program)
		}
		return top
	}
	aside := func(name string) bool {
		return drawn(name) == "internal" || drawn(name) == "bench" || drawn(name) == "interop"
	}
	for name, row := range rows {
		if aside(name) || strings.HasSuffix(name, "test") {
			continue
		}
		g.add(drawn(name))
		for other := range rows {
			if !aside(other) && covers(row.mayImport, other) {
				g.add(drawn(name), drawn(other))
			}
		}
	}
	return g
}

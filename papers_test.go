package klachtbot_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot"
)

// read returns a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// all returns the sorted first groups of all matches.
func all(pattern, text string) []string {
	var found []string
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// table returns the rows of a page's table whose first column has that head,
// each as its trimmed cells.
func table(t *testing.T, page, head string) [][]string {
	t.Helper()
	_, text, ok := strings.Cut("\n"+read(t, page), "\n| "+head+" |")
	if !ok {
		t.Fatalf("%s has no table of %s", page, head)
	}
	var rows [][]string
	for i, line := range strings.Split(text, "\n")[1:] {
		if !strings.HasPrefix(line, "|") {
			break
		}
		if i == 0 { // the rule below the heads
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for j := range cells {
			cells[j] = strings.TrimSpace(cells[j])
		}
		rows = append(rows, cells)
	}
	return rows
}

// TestPapers_settings compares the table of docs/settings.md with what the
// program takes.
func TestPapers_settings(t *testing.T) {
	taken := all(`env:"([A-Z_]+)"`, read(t, "cmd/klachtbot/settings.go"))
	var documented []string
	defaults := map[string]string{}
	for _, cells := range table(t, "docs/settings.md", "name") {
		name := strings.Trim(cells[0], "`")
		documented = append(documented, name)
		defaults[name] = cells[2]
	}
	slices.Sort(documented)
	if diff := cmp.Diff(taken, documented); diff != "" {
		t.Errorf("docs/settings.md differs from the settings (-program +page):\n%s", diff)
	}
	setting := regexp.MustCompile(`env:"([A-Z_]+)" default:"([^"]*)"`)
	for _, m := range setting.FindAllStringSubmatch(read(t, "cmd/klachtbot/settings.go"), -1) {
		if said := defaults[m[1]]; strings.HasPrefix(said, "`") && said != "`"+m[2]+"`" {
			t.Errorf("docs/settings.md: %s is %s by default, not %s", m[1], m[2], said)
		}
	}
}

// TestPapers_commands asks that every command that the papers name is one of
// the program's.
func TestPapers_commands(t *testing.T) {
	commands := map[string]bool{}
	for _, field := range all("(?m)^\t([A-Z][a-z]+) +\\w+ +`cmd:", read(t, "cmd/klachtbot/main.go")) {
		commands[strings.ToLower(field)] = true
	}
	for _, paper := range papers(t) {
		for _, name := range all("`klachtbot ([a-z]+)", read(t, paper)) {
			if !commands[name] {
				t.Errorf("%s names klachtbot %s, which is no command", paper, name)
			}
		}
	}
}

// TestPapers_scopes compares the manifest's scopes and events with docs/security.md,
// which gives each its reason.
func TestPapers_scopes(t *testing.T) {
	var manifest struct {
		OAuth struct {
			Scopes struct{ Bot []string }
		} `yaml:"oauth_config"`
		Settings struct {
			Events struct {
				Bot []string `yaml:"bot_events"`
			} `yaml:"event_subscriptions"`
		}
	}
	if err := yaml.Unmarshal(klachtbot.Manifest, &manifest); err != nil {
		t.Fatal(err)
	}
	asked := append(manifest.OAuth.Scopes.Bot, manifest.Settings.Events.Bot...)
	slices.Sort(asked)
	doc := read(t, "docs/security.md")
	doc = doc[strings.Index(doc, "## Scopes"):strings.Index(doc, "## What is kept")]
	if diff := cmp.Diff(asked, all("(?m)^\\| `([a-z:_]+)` \\|", doc)); diff != "" {
		t.Errorf("docs/security.md differs from manifest.yml (-manifest +doc):\n%s", diff)
	}
}

// TestPapers_readmeCommands checks that the README's two commands are what they say:
// the demo is a command of the program, and CI runs the test command.
func TestPapers_readmeCommands(t *testing.T) {
	readme := read(t, "README.md")
	commands := all("(?s)```sh\n(.*?)\n```", readme)
	if diff := cmp.Diff([]string{"go run ./cmd/klachtbot demo", "scripts/test"}, commands); diff != "" {
		t.Errorf("the README's commands:\n%s", diff)
	}
	out, err := exec.CommandContext(t.Context(), "go", "run", "./cmd/klachtbot", "demo", "--help").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--data") {
		t.Errorf("demo --help: %v\n%s", err, out)
	}
	if !strings.Contains(read(t, ".ci/run"), "scripts/test") {
		t.Error(".ci/run does not call scripts/test")
	}
	for _, script := range []string{"scripts/test", ".ci/run"} {
		if out, err := exec.CommandContext(t.Context(), "bash", "-n", script).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", script, err, out)
		}
	}
}

// papers are the pages that people read to use or to change the program.
func papers(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in docs: %v", err)
	}
	decisions, err := filepath.Glob("docs/decisions/*.md")
	if err != nil || len(decisions) == 0 {
		t.Fatalf("no pages in docs/decisions: %v", err)
	}
	manual, err := filepath.Glob("docs/handleiding/*.md")
	if err != nil || len(manual) == 0 {
		t.Fatalf("no pages in docs/handleiding: %v", err)
	}
	return slices.Concat([]string{"README.md", "CONTRIBUTING.md"}, pages, manual, decisions)
}

// TestPapers_links follows the relative links of the papers, and asks that every
// page of docs is reached from another one.
func TestPapers_links(t *testing.T) {
	reached := map[string]bool{"README.md": true}
	for _, paper := range papers(t) {
		for _, target := range all(`\]\(([^):#]+)[^):]*\)`, read(t, paper)) {
			file := filepath.Join(filepath.Dir(paper), target)
			reached[file] = true
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s points at %s, which is not there", paper, target)
			}
		}
	}
	for _, paper := range papers(t) {
		if !reached[paper] {
			t.Errorf("nothing points at %s", paper)
		}
	}
}

// TestPackaging_alertRules: what an alert asks for is a figure that the program
// gives.
func TestPackaging_alertRules(t *testing.T) {
	var rules struct {
		Groups []struct {
			Rules []struct {
				Alert       string
				Expr        string
				Annotations struct{ Summary string }
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, "packaging/prometheus/klachtbot.rules.yml")), &rules); err != nil {
		t.Fatal(err)
	}
	var given []string
	for _, pattern := range []string{"bot/*.go", "cmd/klachtbot/health/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				given = append(given, all(`"(klachtbot_[a-z_]+)"`, read(t, file))...)
			}
		}
	}
	alerts := 0
	for _, group := range rules.Groups {
		for _, rule := range group.Rules {
			alerts++
			for _, figure := range all(`(klachtbot_[a-z_]+)`, rule.Expr) {
				if !slices.Contains(given, strings.TrimSuffix(figure, "_bucket")) {
					t.Errorf("%s asks for %s, which nothing gives", rule.Alert, figure)
				}
			}
			if rule.Alert == "" || rule.Annotations.Summary == "" {
				t.Errorf("alert %q says nothing: %q", rule.Alert, rule.Annotations.Summary)
			}
		}
	}
	if alerts == 0 || len(given) == 0 {
		t.Errorf("%d alerts, %d figures", alerts, len(given))
	}
}

// TestPackaging_environment: the settings file of the packages names settings that
// there are.
func TestPackaging_environment(t *testing.T) {
	documented := read(t, "docs/settings.md")
	names := all(`(?m)^#?([A-Z_]+)=`, read(t, "packaging/klachtbot.env"))
	for _, name := range names {
		if !strings.Contains(documented, "`"+name+"`") {
			t.Errorf("packaging/klachtbot.env sets %s, which docs/settings.md does not know", name)
		}
	}
	if len(names) == 0 {
		t.Error("packaging/klachtbot.env sets nothing")
	}
}

// TestPapers_readmeLength keeps the README to what a newcomer reads.
func TestPapers_readmeLength(t *testing.T) {
	if words := len(strings.Fields(read(t, "README.md"))); words > 900 {
		t.Errorf("README.md has %d words; 900 is the most", words)
	}
}

// TestPapers_decisions compares the index of decisions with the pages: number,
// title and file of each, in order, and that what supersedes a page is one.
func TestPapers_decisions(t *testing.T) {
	pages, err := filepath.Glob("docs/decisions/[0-9]*.md")
	if err != nil {
		t.Fatal(err)
	}
	title := regexp.MustCompile(`^# (\d+)\. (.+)\n`)
	var want, got []string
	for _, page := range pages {
		m := title.FindStringSubmatch(read(t, page))
		if m == nil {
			t.Errorf("%s does not begin with its number and title", page)
			continue
		}
		name := filepath.Base(page)
		if number := strings.TrimLeft(name[:4], "0"); number != strings.TrimLeft(m[1], "0") {
			t.Errorf("%s calls itself number %s", page, m[1])
		}
		want = append(want, m[1]+" ["+m[2]+"]("+name+")")
	}
	for _, cells := range table(t, "docs/decisions/README.md", "number") {
		got = append(got, cells[0]+" "+cells[1])
		if cells[2] == "" {
			t.Errorf("docs/decisions/README.md does not say what decision %s is", cells[0])
		}
		if by := cells[3]; by != "" && len(all(`\]\(([0-9][^)]+\.md)\)`, by)) == 0 {
			t.Errorf("docs/decisions/README.md: %q, which supersedes decision %s, is no page", by, cells[0])
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/decisions/README.md is not the list of pages (-pages +index):\n%s", diff)
	}
}

package klachtbot_test

import (
	"os"
	"os/exec"
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

// TestSettingsTable compares the README's table with what the program takes.
func TestSettingsTable(t *testing.T) {
	taken := all(`env:"([A-Z_]+)"`, read(t, "cmd/klachtbot/settings.go"))
	documented := all("(?m)^\\| `([A-Z_]+)` \\|", read(t, "README.md"))
	if diff := cmp.Diff(taken, documented); diff != "" {
		t.Errorf("README.md differs from the settings (-program +README):\n%s", diff)
	}
}

// TestScopes compares the manifest's scopes and events with docs/security.md,
// which gives each its reason.
func TestScopes(t *testing.T) {
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

// TestTheTwoCommands checks that the README's two commands are what they say:
// the demo is a command of the program, and CI runs the test command.
func TestTheTwoCommands(t *testing.T) {
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

// TestPapersPointAtWhatIsThere follows the relative links of the papers.
func TestPapersPointAtWhatIsThere(t *testing.T) {
	for _, paper := range []string{"README.md", "CONTRIBUTING.md"} {
		for _, target := range all(`\]\(([^):]+)\)`, read(t, paper)) {
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s points at %s, which is not there", paper, target)
			}
		}
	}
	if lines := strings.Count(read(t, "README.md"), "\n"); lines > 200 {
		t.Errorf("README.md has %d lines; 200 is the most that a newcomer reads", lines)
	}
}

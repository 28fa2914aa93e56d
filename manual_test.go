package klachtbot_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot"
)

const (
	manualFolder   = "docs/handleiding"
	pictureFolder  = manualFolder + "/beeld"
	mostPictureMiB = 3
)

// labelsFile says which text of the catalogue each label of the manual is. When one
// reads otherwise, go test . -run Manual -update writes it and the pages anew.
const labelsFile = "testdata/manual_labels.txt"

// TestManual_labels asks that every button, field and option that the manual names, in
// bold, reads so on the screen.
func TestManual_labels(t *testing.T) {
	screen, update := labels(t), flag.Lookup("update").Value.String() == "true"
	known, renamed := map[string]bool{}, []string{}
	var written strings.Builder
	for line := range strings.Lines(read(t, labelsFile)) {
		key, label, _ := strings.Cut(strings.TrimSpace(line), " = ")
		now, there := screen[key]
		if !there {
			t.Fatalf("%s names %s, which is no text of the catalogue", labelsFile, key)
		}
		if now != label && !update {
			t.Errorf("%s reads %q on the screen, and %q in the manual", key, now, label)
		}
		known[now] = true
		renamed = append(renamed, "**"+label+"**", "**"+now+"**")
		written.WriteString(key + " = " + now + "\n")
	}
	if update {
		write(t, labelsFile, written.String())
	}
	for _, page := range manualPages(t) {
		text := strings.NewReplacer(renamed...).Replace(read(t, page))
		if update {
			write(t, page, text)
		}
		for _, label := range all(`\*\*([^*]+)\*\*`, text) {
			if !known[label] {
				t.Errorf("%s names %q, and %s does not say which text that is", page, label, labelsFile)
			}
		}
		if left := regexp.MustCompile(`\*\*[^*]+\*\*`).ReplaceAllString(text, ""); strings.ContainsAny(left, "*") {
			t.Errorf("%s: whatever stands on the screen is bold, and nothing is in italics", page)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// labels are the texts of the Dutch catalogue by their keys, and the names of the
// shortcuts.
func labels(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	var app struct {
		Features struct {
			Shortcuts []struct {
				Name string
				ID   string `yaml:"callback_id"`
			}
		}
	}
	if err := yaml.Unmarshal(klachtbot.Manifest, &app); err != nil {
		t.Fatal(err)
	}
	for _, shortcut := range app.Features.Shortcuts {
		found["manifest."+shortcut.ID+".name"] = shortcut.Name
	}
	files, err := filepath.Glob("texts/*.nl.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		var texts map[string]any
		if err := yaml.Unmarshal([]byte(read(t, name)), &texts); err != nil {
			t.Fatal(name, err)
		}
		for key, text := range texts {
			if label, ok := text.(string); ok {
				found[key] = label
			}
		}
	}
	return found
}

// TestManual_pictures: every picture that a page shows is there, every one that is
// there is shown, and together they are no burden to who clones the repository.
func TestManual_pictures(t *testing.T) {
	var shown []string
	for _, page := range manualPages(t) {
		shown = append(shown, all(`<img src="beeld/([a-z-]+\.png)" alt="[^"]+" width="360">`, read(t, page))...)
	}
	slices.Sort(shown)
	made, err := os.ReadDir(pictureFolder)
	if err != nil {
		t.Fatal(err)
	}
	var there []string
	size := int64(0)
	for _, file := range made {
		info, err := file.Info()
		if err != nil {
			t.Fatal(err)
		}
		there, size = append(there, file.Name()), size+info.Size()
	}
	if !slices.Equal(shown, there) {
		t.Errorf("the manual shows %q, and there are %q: scripts/handleiding makes them", shown, there)
	}
	if size > mostPictureMiB<<20 {
		t.Errorf("the pictures have %d bytes; %d MiB is the most", size, mostPictureMiB)
	}
}

func manualPages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob(manualFolder + "/*.md")
	if err != nil || len(pages) < 4 {
		t.Fatal(pages, err)
	}
	return pages
}

package klachtbot_test

import (
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

// TestManual_labels asks that every button, field and option that the manual names, in
// bold, reads so on the screen.
func TestManual_labels(t *testing.T) {
	screen := labels(t)
	named := 0
	for _, page := range manualPages(t) {
		text := read(t, page)
		for _, label := range all(`\*\*([^*]+)\*\*`, text) {
			named++
			if !slices.Contains(screen, label) {
				t.Errorf("%s names %q, which stands on no screen", page, label)
			}
		}
		if left := regexp.MustCompile(`\*\*[^*]+\*\*`).ReplaceAllString(text, ""); strings.ContainsAny(left, "*") {
			t.Errorf("%s: whatever stands on the screen is bold, and nothing is in italics", page)
		}
	}
	if named < 30 {
		t.Errorf("the manual names %d labels", named)
	}
}

// labels are the Dutch catalogue's texts, and the names of the shortcuts.
func labels(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("texts/*.nl.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var found []string
	for _, name := range files {
		var texts map[string]any
		if err := yaml.Unmarshal([]byte(read(t, name)), &texts); err != nil {
			t.Fatal(name, err)
		}
		for _, text := range texts {
			if label, ok := text.(string); ok {
				found = append(found, label)
			}
		}
	}
	var app struct {
		Features struct{ Shortcuts []struct{ Name string } }
	}
	if err := yaml.Unmarshal(klachtbot.Manifest, &app); err != nil {
		t.Fatal(err)
	}
	for _, shortcut := range app.Features.Shortcuts {
		found = append(found, shortcut.Name)
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

package texts

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// unwanted are words that Dutch texts don't have, and what they have instead: one word
// for one thing, plain, and to somebody who is called "je".
var unwanted = []struct{ words, instead string }{
	{`(?i)\b(zaak|zaken)`, "klacht"},
	{`(?i)\bwij\b`, "we"},
	{`(?i)\bstand\b`, "status"},
	{`(?i)\b(u|uw)\b`, "je"},
	{`(?i)\bafgesloten\b`, "gesloten; afgerond, to the complainant"},
	{`(?i)\bprivébericht`, "direct bericht"},
	{`\bPDF\b`, "pdf"},
	{`(?i)\bgemoeten\b`, "moeten, with what had to be done"},
	{`(?i)\b(middels|teneinde|alsmede|danwel|dientengevolge|gelieve)\b`, "a plain word"},
	{`\b1 (dagen|maanden|klachten|berichten)\b`, "the singular"},
}

// TestCatalogue_dutchWords: also in the letters.
func TestCatalogue_dutchWords(t *testing.T) {
	texts := map[string]string{}
	for key, message := range messages(t, "nl") {
		for form, text := range forms(message) {
			texts[key+" ("+form+")"] = text
		}
	}
	names, err := filepath.Glob("../letters/templates/*.nl.tmpl")
	if err != nil || len(names) == 0 {
		t.Fatalf("no letters: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = marks.ReplaceAllString(string(b), "")
	}
	for _, u := range unwanted {
		words := regexp.MustCompile(u.words)
		for where, text := range texts {
			if found := words.FindString(text); found != "" {
				t.Errorf("%s says %q, where we say %s", where, found, u.instead)
			}
		}
	}
}

// marks are what a template computes, and its comments.
var marks = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// TestCatalogue_unwantedWordsAreFound: and words that only look like them are not.
func TestCatalogue_unwantedWordsAreFound(t *testing.T) {
	for text, found := range map[string]bool{
		"De zaak loopt.": true, "Zaakkanaal": true, "Dat doen Wij.": true, "Stand: open": true, "Wat wilt u?": true,
		"een PDF": true, "termijn van 1 maanden": true, "is afgesloten": true,
		"De oorzaak is bekend.": false, "geen standby": false, "een pdf-bestand": false, "Vul uit": false, "11 dagen": false, "1 dag": false,
	} {
		is := slices.ContainsFunc(unwanted, func(u struct{ words, instead string }) bool {
			return regexp.MustCompile(u.words).MatchString(text)
		})
		if is != found {
			t.Errorf("%q has an unwanted word: %t", text, is)
		}
	}
}

var (
	quoted   = regexp.MustCompile(`“([^”{]+)”`)
	fromMenu = regexp.MustCompile(`(?:Meer|More)… › ([^*]+)`)
)

// examples are quoted, and are no label.
var examples = []string{
	"klacht", "complaint", "anoniem", "anonymous", "Basiscursus planning, groep 4", "Basic course in planning, group 4",
	"Dit doen we", "This is what we will do",
}

// TestCatalogue_quotesWhatIsThere: a field, choice or option that a text sends somebody
// to is called so.
func TestCatalogue_quotesWhatIsThere(t *testing.T) {
	for _, lang := range workflow.Languages() {
		all := messages(t, lang)
		begins := func(quote string) bool {
			for _, message := range all {
				if strings.HasPrefix(forms(message)["text"], quote) {
					return true
				}
			}
			return false
		}
		option := func(rest string) bool {
			for key, message := range all {
				if name := forms(message)["text"]; strings.HasPrefix(key, "case.button.") && strings.HasPrefix(rest, name) {
					return true
				}
			}
			return false
		}
		for key, message := range all {
			for _, text := range forms(message) {
				for _, m := range quoted.FindAllStringSubmatch(text, -1) {
					if !slices.Contains(examples, m[1]) && !begins(m[1]) {
						t.Errorf("%s: %s speaks of “%s”, which is nowhere", lang, key, m[1])
					}
				}
				for _, m := range fromMenu.FindAllStringSubmatch(text, -1) {
					if !option(m[1]) {
						t.Errorf("%s: %s speaks of an option %q, which is not there", lang, key, m[1])
					}
				}
			}
		}
	}
}

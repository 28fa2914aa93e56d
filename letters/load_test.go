package letters

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// replace loads the letters with a firm's own files beside the built-in ones.
func replace(t *testing.T, own map[string]string) (*Letters, string, error) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range own {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	l, err := Load(catalogue, dir)
	return l, dir, err
}

const ownQuestion = `{{define "subject"}}Vraag bij {{.Number}}{{end}}
{{define "before"}}{{template "salutation" .}}{{end}}
{{define "body"}}Wat is er gebeurd?{{end}}
{{define "after"}}{{template "closing" .}}{{end}}
`

func TestLoad_firmsOwnLetter(t *testing.T) {
	l, _, err := replace(t, map[string]string{"question.nl.tmpl": ownQuestion, ".DS_Store": "x"})
	if err != nil {
		t.Fatal(err)
	}
	own, err := l.Compose(Question, "nl", sample(), "Wat?")
	if err != nil {
		t.Fatal(err)
	}
	want := "Vraag bij K-2026-0001\n\nBeste Jan van der Berg,\n\nWat?\n\nMet vriendelijke groet,\n\nOlga Officier\nklachtverantwoordelijke\nartra\n"
	if own != want {
		t.Errorf("the letter is\n%s", own)
	}
	for _, other := range []struct {
		kind Kind
		lang string
	}{{Question, "en"}, {Outcome, "nl"}} {
		got, err := l.Draft(other.kind, other.lang, sample())
		if err != nil {
			t.Fatal(err)
		}
		if builtIn, _ := load(t).Draft(other.kind, other.lang, sample()); got != builtIn {
			t.Errorf("%s.%s is not the built-in letter", other.kind, other.lang)
		}
	}
}

func TestLoad_firmsOwnParagraphs(t *testing.T) {
	common := `{{define "salutation"}}Geachte {{.Name}},{{end}}{{define "reach"}}{{end}}{{define "closing"}}Hoogachtend{{end}}`
	l, _, err := replace(t, map[string]string{"common.nl.tmpl": common})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds() {
		text, err := l.Compose(k, "nl", sample(), "Tekst.")
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, "\n\nGeachte Jan van der Berg,\n\n") || !strings.HasSuffix(text, "\n\nHoogachtend\n") {
			t.Errorf("%s has other paragraphs", k)
		}
	}
}

// TestLoad_mistakesInALetter: each stops the start, with the file and the line of
// the mistake and a word about it.
func TestLoad_mistakesInALetter(t *testing.T) {
	edit := func(old, new string) string { return strings.Replace(ownQuestion, old, new, 1) }
	for name, test := range map[string]struct {
		text, line, says string
	}{
		"does not parse":      {edit("{{end}}\n{{define \"after\"}}", "\n{{define \"after\"}}"), "4", "define"},
		"unclosed action":     {edit("{{.Number}}", "{{.Number"), "1", "unclosed"},
		"unknown field":       {edit("Wat is er", "{{.Story}}"), "3:", "Story"},
		"unknown function":    {edit("Wat is er", "{{shout .Number}}"), "3", "shout"},
		"unknown paragraph":   {edit(`"closing"`, `"regards"`), "4:", "regards"},
		"field only when so":  {edit("Wat is er", `{{if eq .Verdict "settled"}}{{.Story}}{{end}}`), "3:", "Story"},
		"a part is missing":   {edit(`"body"`, `"boddy"`), "1", `no {{define "body"}}`},
		"a text goes nowhere": {ownQuestion + "\nPS: bel ons.\n", "4:", "outside"},
		"no subject":          {edit("Vraag bij {{.Number}}", "{{.Offering}}"), "1:", "subject"},
		"wrong kind of value": {edit("Wat is er", "{{date .Number}}"), "3:", "expected calendar.Date"},
	} {
		t.Run(name, func(t *testing.T) {
			_, dir, err := replace(t, map[string]string{"question.nl.tmpl": test.text})
			if err == nil {
				t.Fatal("no error")
			}
			at := regexp.QuoteMeta(filepath.Join(dir, "question.nl.tmpl")) + ":" + test.line
			if !regexp.MustCompile(`^` + at).MatchString(err.Error()) {
				t.Errorf("not at line %s: %v", test.line, err)
			}
			if !strings.Contains(err.Error(), test.says) {
				t.Errorf("does not say %q: %v", test.says, err)
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than one line: %v", err)
			}
		})
	}
}

func TestLoad_everyLetterWithAMistakeIsReported(t *testing.T) {
	_, _, err := replace(t, map[string]string{"question.nl.tmpl": "{{", "outcome.en.tmpl": "{{", "common.en.tmpl": `{{define "salutation"}}{{.Nome}}{{end}}`})
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	for _, name := range []string{"question.nl.tmpl:1", "outcome.en.tmpl:1", "common.en.tmpl:1"} {
		if n := strings.Count(err.Error(), name); n != 1 {
			t.Errorf("%s is reported %d times:\n%s", name, n, strings.Join(lines, "\n"))
		}
	}
}

func TestLoad_filesThatReplaceNothing(t *testing.T) {
	_, _, err := replace(t, map[string]string{"outcome.de.tmpl": ownQuestion})
	if err == nil || !strings.Contains(err.Error(), "outcome.de.tmpl") || !strings.Contains(err.Error(), "outcome.nl.tmpl, progress.en.tmpl") {
		t.Errorf("%v", err)
	}
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Load(catalogue, filepath.Join(t.TempDir(), "nowhere")); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := loadAll(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompose(b *testing.B) {
	l := load(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Compose(Acknowledgement, "nl", sample(), "Dank je wel."); err != nil {
			b.Fatal(err)
		}
	}
}

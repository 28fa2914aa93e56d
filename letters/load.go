package letters

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

//go:embed templates/*.tmpl
var files embed.FS

// parts are what every letter's template defines.
var parts = [...]string{"subject", "before", "body", "after"}

// Load reads the letters, which say dates in the words of the catalogue. A
// file in dir replaces the built-in template of the same name (FileNames); ""
// replaces none. Every letter is tried at once, with everything known and with
// nothing, so that a template that does not parse, lacks a part or names what
// does not exist is found at start and not when a letter is due. The error has
// a line for each mistake, with file and line number.
func Load(catalogue *texts.Catalogue, dir string) (*Letters, error) {
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	l := &Letters{catalogue, map[string]*template.Template{}}
	var mistakes []string
	for _, lang := range workflow.Languages() {
		for _, err := range l.loadLanguage(lang, dir) {
			mistakes = append(mistakes, strings.TrimPrefix(err.Error(), "template: "))
		}
	}
	slices.Sort(mistakes) // one in a shared paragraph shows in every letter
	if mistakes = slices.Compact(mistakes); len(mistakes) > 0 {
		return nil, errors.New(strings.Join(mistakes, "\n"))
	}
	return l, nil
}

// FileNames lists the templates, each of which a firm can replace by its own:
// a letter or the paragraphs that all letters share, per language.
func FileNames() []string {
	var names []string
	for _, lang := range workflow.Languages() {
		names = append(names, commonName(lang))
		for _, k := range Kinds() {
			names = append(names, fileName(k, lang))
		}
	}
	slices.Sort(names)
	return names
}

func fileName(k Kind, lang string) string { return string(k) + "." + lang + ".tmpl" }

func commonName(lang string) string { return "common." + lang + ".tmpl" }

// checkFolder refuses a folder with a file that replaces no letter, since its
// author believes that it does. Hidden files are ignored.
func checkFolder(dir string) error {
	if dir == "" {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("folder of letters: %w", err)
	}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(FileNames(), name) {
			return fmt.Errorf("%s is no letter; the names are %s", filepath.Join(dir, name), strings.Join(FileNames(), ", "))
		}
	}
	return nil
}

func (l *Letters) loadLanguage(lang, dir string) (mistakes []error) {
	common := template.New("").Option("missingkey=error").Funcs(l.funcs(lang))
	if err := add(common, dir, commonName(lang)); err != nil {
		return []error{err}
	}
	for _, k := range Kinds() {
		if err := l.load(common, dir, k, lang); err != nil {
			mistakes = append(mistakes, err)
		}
	}
	return mistakes
}

func (l *Letters) load(common *template.Template, dir string, k Kind, lang string) error {
	t, err := common.Clone()
	if err != nil {
		return err
	}
	name := fileName(k, lang)
	if err := add(t, dir, name); err != nil {
		return err
	}
	for _, part := range parts {
		if t.Lookup(part) == nil {
			path, _, _ := source(dir, name)
			return fmt.Errorf(`%s:1: has no {{define "%s"}}`, path, part)
		}
	}
	l.letters[name] = t
	return l.validate(k, name)
}

// add parses one file into t, under its path.
func add(t *template.Template, dir, name string) error {
	path, text, err := source(dir, name)
	if err != nil {
		return err
	}
	added, err := t.New(path).Parse(text)
	if err != nil {
		return err
	}
	return checkStrayText(added)
}

// source returns a template's text and where it comes from: the firm's folder,
// or the program.
func source(dir, name string) (path, text string, err error) {
	if dir != "" {
		path = filepath.Join(dir, name)
		b, err := os.ReadFile(filepath.Clean(path))
		if err == nil || !errors.Is(err, os.ErrNotExist) {
			return path, string(b), err
		}
	}
	b, err := files.ReadFile("templates/" + name)
	return name, string(b), err
}

// checkStrayText refuses text outside every part of a file: it would never be in
// a letter.
func checkStrayText(t *template.Template) error {
	if t.Tree == nil || t.Root == nil {
		return nil
	}
	for _, n := range t.Root.Nodes {
		if strings.TrimSpace(n.String()) != "" {
			at, _ := t.ErrorContext(n)
			return fmt.Errorf("%s: stands outside every {{define}}, and would not be in the letter", at)
		}
	}
	return nil
}

// validate renders the letter from every one of samples, and refuses a subject
// that can come out empty.
func (l *Letters) validate(k Kind, name string) error {
	for _, d := range samples() {
		made, err := fill(l.letters[name], newPage(d))
		if err != nil {
			return err
		}
		if oneLine(made[0]) == "" {
			subject := l.letters[name].Lookup("subject")
			at, _ := subject.ErrorContext(subject.Root)
			return fmt.Errorf("%s: the subject of the %s letter can come out empty", at, k)
		}
	}
	return nil
}

// samples are the data that Load tries every letter with: nothing known, and
// everything known with each verdict.
func samples() []Data {
	full := Data{
		Firm:   Firm{Name: "f", Contact: []string{"c"}, Committee: []string{"d"}},
		Number: "K-2026-0001", Name: "n", Handler: "h", Offering: "o", Outcome: "u", Remedy: "r",
		Received: calendar.NewDate(2026, 1, 31), OutcomeBy: calendar.NewDate(2026, 2, 28),
		Today: calendar.NewDate(2026, 2, 1), Reason: "w", Expected: calendar.NewDate(2026, 3, 28),
		RemedyBy: calendar.NewDate(2026, 4, 28),
	}
	tries := []Data{{}}
	for _, v := range append(workflow.Verdicts(), workflow.VerdictWithdrawn) {
		full.Verdict = v
		tries = append(tries, full)
	}
	return tries
}

package letters

import (
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
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
	l := &Letters{catalogue: catalogue, letters: map[string]*template.Template{}, placeholders: map[Kind][]string{}}
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
	for _, from := range []string{"", dir} { // a firm's own may leave out paragraphs of a later version
		if err := add(common, from, commonName(lang)); err != nil {
			return []error{err}
		}
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
	if err := l.collect(k, t); err != nil {
		return err
	}
	return l.validate(k, lang)
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
func (l *Letters) validate(k Kind, lang string) error {
	name, speak := fileName(k, lang), l.catalogue.In(lang)
	for _, d := range samples() {
		made, err := fill(l.letters[name], newPage(d, speak))
		if err != nil {
			return unknownField(err)
		}
		for i, part := range parts {
			asks := func(p string) bool { return strings.Contains(made[i], p) }
			if part != "body" && slices.ContainsFunc(l.placeholders[k], asks) {
				at, _ := l.letters[name].ErrorContext(l.letters[name].Lookup(part).Root)
				return fmt.Errorf("%s: a placeholder can only stand in the body, which the officer edits", at)
			}
		}
		if oneLine(made[0]) == "" {
			subject := l.letters[name].Lookup("subject")
			at, _ := subject.ErrorContext(subject.Root)
			return fmt.Errorf("%s: the subject of the %s letter can come out empty", at, k)
		}
	}
	return nil
}

var noField = regexp.MustCompile(`can't evaluate field (\w+) in type \S+$`)

// unknownField tells in words what text/template says of a name that a letter does
// not have.
func unknownField(err error) error {
	m := noField.FindStringSubmatch(err.Error())
	if m == nil {
		return err
	}
	return fmt.Errorf("%sthere is no field %s here; a letter may name %s (inside with and range with $ before it)",
		strings.TrimSuffix(err.Error(), m[0]), m[1], strings.Join(Fields(), ", "))
}

// Fields lists what a template may name.
func Fields() []string {
	var names []string
	for field := range reflect.TypeFor[page]().Fields() {
		names = append(names, field.Name)
	}
	slices.Sort(names)
	return names
}

// samples are the data that Load tries every letter with: nothing known, and
// everything known with each category, verdict, membership and state of the case.
func samples() []Data {
	full := Data{
		Firm:   Firm{Name: "f", Contact: []string{"c"}, Committee: []string{"d"}, PrivacyURL: "https://f.example"},
		Number: "K-2026-0001", Name: "n", OnBehalf: "b", Handler: "h", Offering: "o", Outcome: "u", Remedy: "r",
		Received: calendar.NewDate(2026, 1, 31), OutcomeBy: calendar.NewDate(2026, 2, 28),
		Today: calendar.NewDate(2026, 2, 1), Reason: "w", Expected: calendar.NewDate(2026, 3, 28),
		AskFrom: calendar.NewDate(2026, 2, 28), First: true, RetentionFrom: workflow.FromClosed,
		RemedyBy: calendar.NewDate(2026, 4, 28), RemedyWas: calendar.NewDate(2026, 3, 31), RemedyAmount: 45000,
	}
	tries := []Data{{}}
	for _, category := range workflow.Categories() {
		full.Category, full.Wished = category, !full.Wished
		tries = append(tries, full)
	}
	for _, v := range append(workflow.Verdicts(), workflow.VerdictWithdrawn) {
		for _, m := range []Membership{MemberUnset, MemberYes, MemberNo} {
			full.Verdict, full.Firm.Member = v, m
			late := full
			late.Today, late.Late, late.First = calendar.NewDate(2026, 3, 1), true, false
			late.Business, late.AskAddress, late.RetentionFrom = true, true, workflow.FromReceived
			tries = append(tries, full, late)
		}
	}
	return tries
}

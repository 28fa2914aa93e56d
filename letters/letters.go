package letters

import (
	"embed"
	"fmt"
	"strings"
	"text/template"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// MaxBody is the longest body, in characters: the limit of the field in which
// an officer edits it, and of the rule book.
const MaxBody = 3000

// Kind is one kind of letter.
type Kind string

// The letters.
const (
	Acknowledgement Kind = "acknowledgement"
	Question        Kind = "question"
	Outcome         Kind = "outcome"
)

// Kinds lists all letters.
func Kinds() []Kind { return []Kind{Acknowledgement, Question, Outcome} }

// Firm is who writes: a setting, with artra's values as default.
type Firm struct {
	Name           string
	Contact        []string // lines: telephone, e-mail
	Committee      []string // dispute committee: name and address, one line each
	OutsideContact string   // for a complaint that nobody inside may handle
}

// Data is what a letter may name.
type Data struct {
	Firm            Firm
	Number          string
	Name            workflow.Confidential // of the complainant
	Received        workflow.Date
	OutcomeBy       workflow.Date // zero or passed: the letter promises no date
	Handler         string        // who handles the case
	Offering        string
	Verdict         workflow.Verdict
	Outcome         workflow.Confidential
	Remedy          workflow.Confidential
	Today           workflow.Date
	RetentionMonths int // how long the complaint is kept; 0: the regulation's 24
}

// Draft is a letter before it is sent: the fixed text before and after, and
// the proposed body.
type Draft struct {
	Subject string
	Before  string
	Body    string
	After   string
	Cut     bool // the proposed body was longer than MaxBody and lost its end
}

//go:embed templates/*.tmpl
var files embed.FS

// parts are what every letter's template defines.
var parts = [...]string{"subject", "before", "body", "after"}

// Letters holds the letters of all languages. It is safe for use by several
// goroutines at once.
type Letters struct {
	catalogue *texts.Catalogue
	letters   map[string]*template.Template // by file name
}

// Load reads the letters, which say dates in the words of the catalogue, and
// tries each once, so that a template that names what does not exist is found
// at start and not when a letter is due. An error names the file.
func Load(catalogue *texts.Catalogue) (*Letters, error) {
	l := &Letters{catalogue, map[string]*template.Template{}}
	for _, lang := range workflow.Languages() {
		for _, k := range Kinds() {
			if err := l.load(k, lang); err != nil {
				return nil, fmt.Errorf("letter %s: %w", fileName(k, lang), err)
			}
		}
	}
	return l, nil
}

func (l *Letters) load(k Kind, lang string) error {
	name := fileName(k, lang)
	t := template.New(name).Option("missingkey=error").Funcs(l.funcs(lang))
	t, err := t.ParseFS(files, "templates/common."+lang+".tmpl", "templates/"+name)
	if err != nil {
		return err
	}
	l.letters[name] = t
	for _, d := range rehearsal() {
		if _, err := l.Draft(k, lang, d); err != nil {
			return err
		}
	}
	return nil
}

func fileName(k Kind, lang string) string { return string(k) + "." + lang + ".tmpl" }

// funcs is what a template can call beside the fields of its data.
func (l *Letters) funcs(lang string) template.FuncMap {
	speak := l.catalogue.In(lang)
	return template.FuncMap{
		"date":  speak.LetterDate,
		"lines": func(lines []string) string { return strings.Join(lines, "\n") },
	}
}

// Draft returns the letter of that kind with its proposed body. A language
// that has no letters gets the Dutch one.
func (l *Letters) Draft(k Kind, lang string, d Data) (Draft, error) {
	t, ok := l.letters[fileName(k, l.catalogue.In(lang).Language())]
	if !ok {
		return Draft{}, fmt.Errorf("no letter of kind %q", k)
	}
	var made [len(parts)]string
	for i, part := range parts {
		var b strings.Builder
		if err := t.ExecuteTemplate(&b, part, newPage(d)); err != nil {
			return Draft{}, fmt.Errorf("%s of %s letter: %w", part, k, err)
		}
		made[i] = tidy(b.String())
	}
	body, cut := shorten(made[2])
	return Draft{Subject: oneLine(made[0]), Before: made[1], Body: body, After: made[3], Cut: cut}, nil
}

// Compose returns the whole letter as it leaves: subject, salutation and
// fixed paragraphs around the body that the officer wrote.
func (l *Letters) Compose(k Kind, lang string, d Data, body string) (string, error) {
	draft, err := l.Draft(k, lang, d)
	if err != nil {
		return "", err
	}
	return strings.Join([]string{draft.Subject, draft.Before, tidy(workflow.Clean(body)), draft.After}, "\n\n") + "\n", nil
}

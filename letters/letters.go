package letters

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/money"
)

// MaxBody is the longest body, in characters: the limit of the field in which
// an officer edits it, and of the rule book.
const MaxBody = 3000

// Kind is a kind of letter; its value begins the name of its template.
type Kind string

// The letters.
const (
	Acknowledgement Kind = "acknowledgement"
	Question        Kind = "question"
	Progress        Kind = "progress"
	Outcome         Kind = "outcome"
	Remedy          Kind = "remedy" // of another day for one, or none (R14)
)

// Kinds lists all kinds of letter.
func Kinds() []Kind { return []Kind{Acknowledgement, Question, Progress, Outcome, Remedy} }

// Firm is who writes: a setting, with artra's values as default.
type Firm struct {
	Name           string
	Contact        []string   // lines: telephone, e-mail
	Committee      []string   // dispute committee: name and address, one line each
	Member         Membership // of that committee
	PrivacyURL     string     // address of the privacy statement; "" for none
	OutsideContact string     // for a complaint that nobody inside may handle
	Confidant      string     // name and telephone of the confidential adviser; "" for none
}

// Membership says whether the firm takes part in the dispute committee, which
// the outcome has to tell a consumer (article 12(3) of the Implementatiewet
// buitengerechtelijke geschillenbeslechting consumenten). It has no default.
type Membership string

// The values of Membership. MemberUnset: a letter says only what the regulation
// refers to.
const (
	MemberUnset Membership = ""
	MemberYes   Membership = "yes"
	MemberNo    Membership = "no"
)

// Data is what a letter may name.
type Data struct {
	Firm            Firm
	Number          string
	Name            workflow.Confidential // of the complainant
	OnBehalf        workflow.Confidential // of whom the complainant speaks for; "" for nobody else
	Business        bool                  // a client of the firm, who may have booked as a business
	Received        calendar.Date
	OutcomeBy       calendar.Date // promised last; zero or passed: the letter promises no date
	Handler         string        // who handles the case
	Offering        string
	Category        string                // of workflow.Categories; "" while unknown
	Wished          bool                  // the complainant said what they would like
	Reason          workflow.Confidential // why the outcome comes later (R4)
	Expected        calendar.Date         // by when it is expected then
	Verdict         workflow.Verdict
	Outcome         workflow.Confidential
	Remedy          workflow.Confidential
	RemedyBy        calendar.Date // by when it comes; zero in a letter about it: it does not
	RemedyWas       calendar.Date // in a letter about it: by when it was to come
	RemedyAmount    money.Amount  // of money back; 0 for none
	Today           calendar.Date // of the letter
	Late            bool          // on that day what the letter brings was overdue
	First           bool          // nothing was written to the complainant before
	AskFrom         calendar.Date // from when the committee may usually be asked (R8); zero while unknown
	AskAddress      bool          // the complainant is called: may we write too, and where?
	RetentionMonths int           // how long the complaint is kept; 0: the regulation's 24
	RetentionFrom   workflow.RetentionFrom
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

// Letters holds the letters of all languages. It is safe for use by several
// goroutines at once.
type Letters struct {
	catalogue *texts.Catalogue
	letters   map[string]*template.Template // by file name

	placeholders map[Kind][]string // in the bodies of a kind, in all languages
}

// funcs is what a template can call beside the fields of its data.
func (l *Letters) funcs(lang string) template.FuncMap {
	speak := l.catalogue.In(lang)
	return template.FuncMap{
		"date":        speak.LetterDate,
		"days":        speak.Days,
		"months":      speak.Months,
		"lines":       func(lines []string) string { return strings.Join(lines, "\n") },
		"placeholder": bracketed,
	}
}

// Draft returns the letter of that kind with its proposed body. A language
// that has no letters gets the Dutch one.
func (l *Letters) Draft(k Kind, lang string, d Data) (Draft, error) {
	t, ok := l.letters[fileName(k, l.catalogue.In(lang).Language())]
	if !ok {
		return Draft{}, fmt.Errorf("no letter of kind %q", k)
	}
	made, err := fill(t, newPage(d, l.catalogue.In(lang)))
	if err != nil {
		return Draft{}, fmt.Errorf("%s letter: %w", k, err)
	}
	body, cut := shorten(made[2])
	return Draft{Subject: oneLine(made[0]), Before: made[1], Body: body, After: made[3], Cut: cut}, nil
}

// fill renders the parts of a letter, in the order of parts.
func fill(t *template.Template, p page) (made [len(parts)]string, err error) {
	for i, part := range parts {
		var b strings.Builder
		if err := t.ExecuteTemplate(&b, part, p); err != nil {
			return made, err
		}
		made[i] = tidy(b.String())
	}
	return made, nil
}

// Compose returns the whole letter as it leaves: subject, salutation and
// fixed paragraphs around the body that the officer wrote. That text is what
// is kept; Split and HTML derive from it what is mailed. A notice of progress
// without its reason or date is an error: it would say that they follow.
func (l *Letters) Compose(k Kind, lang string, d Data, body string) (string, error) {
	if k == Progress && (d.Reason.Blank() || d.Expected.IsZero()) {
		return "", errors.New("notice of progress without a reason or a date")
	}
	draft, err := l.Draft(k, lang, d)
	if err != nil {
		return "", err
	}
	return draft.Whole(body), nil
}

// Whole is the letter with that body.
func (d Draft) Whole(body string) string {
	pieces := []string{d.Subject, d.Before, tidy(contact.Clean(body)), d.After}
	pieces = slices.DeleteFunc(pieces, func(s string) bool { return s == "" })
	return strings.Join(pieces, paragraph) + "\n"
}

package letters

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/artra/klachtbot/workflow"
)

// page is what a template sees: plain strings, cleaned, on one line where the
// letter has one line for them.
type page struct {
	Firm            string
	Contact         []string
	Committee       []string
	Number          string
	Name            string // "" for a complainant who stays anonymous
	Received        workflow.Date
	OutcomeBy       workflow.Date // zero when there is no date left to promise
	Handler         string
	Offering        string
	Verdict         string
	Outcome         string
	Remedy          string
	RetentionMonths int
}

func newPage(d Data) page {
	p := page{
		Firm: oneLine(d.Firm.Name), Contact: d.Firm.Contact, Committee: d.Firm.Committee,
		Number: oneLine(d.Number), Name: addressee(d.Name), Received: d.Received,
		OutcomeBy: d.OutcomeBy, Handler: oneLine(d.Handler), Offering: oneLine(d.Offering),
		Verdict: string(d.Verdict), Outcome: workflow.Clean(d.Outcome.Reveal()),
		Remedy: workflow.Clean(d.Remedy.Reveal()), RetentionMonths: d.RetentionMonths,
	}
	if d.OutcomeBy.Before(d.Today) {
		p.OutcomeBy = workflow.Date{}
	}
	if p.RetentionMonths == 0 {
		p.RetentionMonths = workflow.DefaultTerms().RetentionMonths
	}
	return p
}

// Anonymous reports whether a name is none: the complainant stays anonymous,
// and is greeted without it.
func Anonymous(name workflow.Confidential) bool { return addressee(name) == "" }

// addressee is the name in the salutation.
func addressee(name workflow.Confidential) string {
	n := oneLine(name.Reveal())
	switch strings.ToLower(strings.Trim(n, ".-()[] ")) {
	case "", "anoniem", "anonymous", "onbekend", "unknown":
		return ""
	}
	return n
}

// oneLine keeps a name from growing paragraphs of its own.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(workflow.Clean(s), unicode.IsSpace), " ")
}

var blankLines = regexp.MustCompile(`\n[ \t]*(\n[ \t]*)+`)

// tidy leaves one blank line between paragraphs and none at the ends, so that
// a paragraph that a letter has no use for leaves no hole.
func tidy(s string) string {
	return strings.TrimSpace(blankLines.ReplaceAllString(s, "\n\n"))
}

// shorten cuts a body to MaxBody characters, at a space where there is one
// near the end, and marks the cut.
func shorten(s string) (body string, cut bool) {
	r := []rune(s)
	if len(r) <= MaxBody {
		return s, false
	}
	end := MaxBody - len(" …")
	for i := end; i > end-50; i-- {
		if unicode.IsSpace(r[i]) {
			end = i
			break
		}
	}
	return strings.TrimSpace(string(r[:end])) + " …", true
}

// rehearsal is what Load tries every letter with: everything known, and
// nothing.
func rehearsal() []Data {
	full := Data{
		Firm:   Firm{Name: "f", Contact: []string{"c"}, Committee: []string{"d"}},
		Number: "K-2026-0001", Name: "n", Handler: "h", Offering: "o", Outcome: "u", Remedy: "r",
		Received: workflow.NewDate(2026, 1, 31), OutcomeBy: workflow.NewDate(2026, 2, 28),
		Today: workflow.NewDate(2026, 2, 1),
	}
	tries := []Data{{}}
	for _, v := range append(workflow.Verdicts(), workflow.VerdictWithdrawn) {
		full.Verdict = v
		tries = append(tries, full)
	}
	return tries
}

package letters

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// page is what a template may name: plain strings, cleaned, on one line where the
// letter has one line for them.
type page struct {
	Firm            string
	Contact         []string
	Committee       []string
	Number          string
	Name            string // "" for a complainant who stays anonymous
	Received        calendar.Date
	OutcomeBy       calendar.Date // zero when there is no date left to promise
	Promised        calendar.Date // what OutcomeBy is or was; zero when nothing was promised
	Reason          string        // "" in a draft: not yet written
	Expected        calendar.Date // zero in a draft: not yet chosen
	Handler         string
	Offering        string
	Verdict         string
	Outcome         string
	Remedy          string
	RemedyBy        calendar.Date // zero when the remedy does not come
	RetentionMonths int
}

func newPage(d Data) page {
	p := page{
		Firm: oneLine(d.Firm.Name), Contact: d.Firm.Contact, Committee: d.Firm.Committee,
		Number: oneLine(d.Number), Name: addressee(d.Name), Received: d.Received,
		OutcomeBy: d.OutcomeBy, Promised: d.OutcomeBy, Handler: oneLine(d.Handler), Offering: oneLine(d.Offering),
		Reason: contact.Clean(d.Reason.Reveal()), Expected: d.Expected,
		Verdict: string(d.Verdict), Outcome: contact.Clean(d.Outcome.Reveal()),
		Remedy: contact.Clean(d.Remedy.Reveal()), RemedyBy: d.RemedyBy, RetentionMonths: d.RetentionMonths,
	}
	if d.Verdict == workflow.VerdictWithdrawn { // an earlier decision's, of a case since reopened
		p.Outcome, p.Remedy = "", ""
	}
	if d.OutcomeBy.Before(d.Today) {
		p.OutcomeBy = calendar.Date{}
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

// oneLine joins the words of a text with single spaces, so that a name can't add
// lines to a letter.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(contact.Clean(s), unicode.IsSpace), " ")
}

var blankLines = regexp.MustCompile(`\n[ \t]*(\n[ \t]*)+`)

// tidy leaves one blank line between paragraphs and none at the ends, so that
// a paragraph that a letter has no use for leaves no hole.
func tidy(s string) string {
	return strings.TrimSpace(blankLines.ReplaceAllString(s, "\n\n"))
}

// shorten cuts a body to MaxBody characters, at a space where there is one
// near the end, and ends it with an ellipsis.
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

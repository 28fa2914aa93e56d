package letters

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// page is what a template may name: plain strings, cleaned, on one line where the
// letter has one line for them. docs/letters.md lists the fields for whoever writes
// letters of their own.
type page struct {
	Firm            string
	Contact         []string
	Committee       []string
	Member          string // "yes", "no", or "" while nobody said
	PrivacyURL      string
	Number          string
	Name            string // "" for a complainant who stays anonymous
	OnBehalf        string // "" when the complainant speaks for nobody else
	Business        bool
	Received        calendar.Date
	OutcomeBy       calendar.Date // zero when there is no date left to promise
	Promised        calendar.Date // what OutcomeBy is or was; zero when nothing was promised
	Reason          string        // "" in a draft: not yet written
	Expected        calendar.Date // zero in a draft: not yet chosen
	Handler         string
	Offering        string
	Category        string // "" while unknown
	Wished          bool
	Verdict         string
	Outcome         string
	Remedy          string
	Date            calendar.Date // of the letter
	Late            bool
	First           bool
	AskFrom         calendar.Date // zero while unknown
	AskNow          bool          // that day has come
	AskAddress      bool
	RemedyBy        calendar.Date // zero when the remedy does not come
	RemedyWas       calendar.Date // zero unless the letter is about another date, or none
	RemedyAmount    string        // "" for no money
	RetentionMonths int
	RetentionFrom   string // "closed" or "received"
}

func newPage(d Data, speak texts.Speaker) page {
	p := page{
		Firm: oneLine(d.Firm.Name), Contact: d.Firm.Contact, Committee: d.Firm.Committee,
		Member: string(d.Firm.Member), PrivacyURL: oneLine(d.Firm.PrivacyURL),
		Number: oneLine(d.Number), Name: addressee(d.Name), OnBehalf: oneLine(d.OnBehalf.Reveal()), Business: d.Business, Received: d.Received,
		OutcomeBy: d.OutcomeBy, Promised: d.OutcomeBy, Handler: oneLine(d.Handler), Offering: oneLine(d.Offering),
		Category: d.Category, Wished: d.Wished,
		Reason: contact.Clean(d.Reason.Reveal()), Expected: d.Expected,
		Verdict: string(d.Verdict), Outcome: contact.Clean(d.Outcome.Reveal()), Remedy: contact.Clean(d.Remedy.Reveal()), RemedyBy: d.RemedyBy, RemedyWas: d.RemedyWas,
		Date: d.Today, Late: d.Late, First: d.First, AskAddress: d.AskAddress,
		AskFrom: d.AskFrom, AskNow: !d.AskFrom.IsZero() && !d.Today.Before(d.AskFrom),
		RetentionMonths: d.RetentionMonths, RetentionFrom: string(d.RetentionFrom),
	}
	if d.Verdict == workflow.VerdictWithdrawn { // an earlier decision's, of a case since reopened
		p.Outcome, p.Remedy = "", ""
	}
	if d.RemedyAmount > 0 {
		p.RemedyAmount = speak.Euros(d.RemedyAmount)
	}
	if d.OutcomeBy.Before(d.Today) {
		p.OutcomeBy = calendar.Date{}
	}
	terms := workflow.DefaultTerms()
	if p.RetentionMonths == 0 {
		p.RetentionMonths = terms.RetentionMonths
	}
	if p.RetentionFrom == "" {
		p.RetentionFrom = string(terms.RetentionFrom)
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

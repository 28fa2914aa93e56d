package dossier

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Access is all that is held on one person, in one case or several, for that
// person (AVG, article 15).
type Access struct {
	Cases   []Held // in the order in which they stand in the document
	By      string // who made it
	Policy  *workflow.Policy
	Names   func(roster.PersonID) string
	Firm    string
	Contact []string      // lines: where the firm can be reached
	Speaker texts.Speaker // the document's language
	Made    time.Time
	Faces   *typeface.Faces // nil: those in the program
}

// Held is what one case holds.
type Held struct {
	Complaint workflow.Complaint
	Records   []workflow.Record
	Files     []HeldFile
}

// HeldFile is a file of a case, with its bytes or the reason why they are missing.
type HeldFile struct {
	File
	Note    bool // came with a note, not with the complaint
	Size    int  // bytes, also of one that is left out
	TooMuch bool // left out for size; a file that is gone has no Bytes either
}

// PDF returns the document, not encrypted: what is held and why, the rights of
// the person, and then case after case. The same Access gives the same bytes.
func (a Access) PDF() ([]byte, error) {
	w := a.writer()
	w.cover()
	w.rights()
	for i := range a.Cases {
		w.held(&a.Cases[i])
	}
	w.embedded()
	return w.finish()
}

// accessWriter writes the document on a sheet.
type accessWriter struct {
	Access
	sp texts.Speaker
	*sheet
	files []fpdf.Attachment
}

func (a Access) writer() *accessWriter {
	title := a.Speaker.Say("access.heading")
	return &accessWriter{Access: a, sp: a.Speaker, sheet: newSheet(title, a.Faces, a.Speaker, a.Made)}
}

// finish writes the head and foot of every page and returns the document.
func (w *accessWriter) finish() ([]byte, error) {
	if w.set.Replaced {
		w.space(8)
		w.small("committee.substituted", nil)
	}
	pages := w.pdf.PageCount()
	for n := range pages {
		w.pdf.SetPage(n + 1)
		w.edges(w.sp.Say("access.heading"), w.sp.Say("committee.confidential"), w.Firm,
			w.sp.Say("committee.page", texts.Args{"Page": n + 1, "Pages": pages}))
	}
	var b bytes.Buffer
	if err := w.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("access as PDF: %w", err)
	}
	return b.Bytes(), nil
}

// cover says for whom, when, by whom, and of which cases the document is.
func (w *accessWriter) cover() {
	w.paragraph(style{size: 10, grey: true}, w.Firm)
	w.space(2)
	w.paragraph(style{size: 21, bold: true}, w.sp.Say("access.heading"))
	w.space(1)
	w.paragraph(style{size: 10, bold: true, grey: true}, w.sp.Say("committee.confidential"))
	w.space(4)
	w.field(w.sp.Say("committee.for"), strings.Join(w.people(), "\n"))
	w.field(w.sp.Say("committee.made"), w.sp.Instant(w.Made, w.Policy.Calendar.Location))
	w.field(w.sp.Say("access.by"), w.By+", "+w.Firm)
	w.field(w.sp.Say("access.cases"), strings.Join(w.numbers(), ", "))
	w.space(3)
	w.say("access.intro", nil)
}

// people are the names that the cases give, each once.
func (a Access) people() []string {
	var all []string
	for _, h := range a.Cases {
		if name := contact.Clean(h.Complaint.Particulars.Name.Reveal()); !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

func (a Access) numbers() []string {
	all := make([]string, len(a.Cases))
	for i, h := range a.Cases {
		all[i] = h.Complaint.Number
	}
	return all
}

// rights writes what article 15 AVG demands beside the data themselves: purpose,
// source, recipients, retention, and what the person can do.
func (w *accessWriter) rights() {
	w.heading(w.sp.Say("access.why"))
	for _, part := range []string{"purpose", "source", "readers", "elsewhere"} {
		w.say("access."+part, nil)
	}
	w.say("access.retention."+w.retentionFrom(), texts.Args{"Months": w.sp.Months(w.Policy.Terms.RetentionMonths)})
	w.say("access.not_in", nil)
	w.heading(w.sp.Say("access.rights"))
	w.say("access.rights_text", nil)
	w.field(w.Firm, strings.Join(w.Contact, "\n"))
	w.say("access.authority", nil)
}

func (a Access) retentionFrom() string {
	if a.Policy.Terms.RetentionFrom == workflow.FromReceived {
		return string(workflow.FromReceived)
	}
	return string(workflow.FromClosed)
}

func (w *accessWriter) say(key string, args texts.Args) {
	w.paragraph(style{size: bodySize}, w.sp.Say(key, args))
	w.space(2)
}

func (w *accessWriter) small(key string, args texts.Args) {
	w.paragraph(style{size: 9, grey: true}, w.sp.Say(key, args))
}

// held writes one case on pages of its own.
func (w *accessWriter) held(h *Held) {
	w.newPage()
	c := &h.Complaint
	w.bookmark(c.Number, 0)
	w.paragraph(style{size: 18, bold: true}, w.sp.Say("access.case", texts.Args{"Number": c.Number}))
	in := &writer{
		Input: Input{Complaint: *c, Records: h.Records, Policy: w.Policy, Names: w.Names, Firm: w.Firm, Speaker: w.sp, Made: w.Made},
		sp:    w.sp, sheet: w.sheet,
	}
	w.space(3)
	w.field(w.sp.Say("access.handled_by"), strings.Join(w.handled(h), ", "))
	w.field(w.sp.Say("access.erased_on"), w.until(c))
	w.field(w.sp.Say("dossier.language"), choice(w.sp, "language", c.Facts.Language))
	in.complaint()
	in.promises()
	in.decision()
	w.entries(in, h.Records)
	w.list(h)
}

// handled are the people who did something with a case, the first one first; not who was
// only asked something, who may be whom it concerns.
func (a Access) handled(h *Held) []string {
	who := []roster.PersonID{h.Complaint.LoggedBy, h.Complaint.Owner}
	for _, r := range a.forPerson(h.Records) {
		if r.Kind != workflow.RecordConsultAnswer {
			who = append(who, r.By)
		}
	}
	var all []string
	for _, id := range who {
		if name := a.Names(id); id != roster.Clock && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// until is the last day on which the case is kept as it is, or why that is not
// known yet.
func (w *accessWriter) until(c *workflow.Complaint) string {
	last, ok := w.Policy.RetainUntil(c)
	switch {
	case ok:
		return w.sp.Say("access.after", texts.Args{"Date": w.sp.Date(last)})
	case !c.HoldReview.IsZero():
		return w.sp.Say("access.held", texts.Args{"Date": w.sp.Date(c.HoldReview)})
	}
	return w.sp.Say("access.open_end")
}

// list writes the table of a case's files and collects those to embed.
func (w *accessWriter) list(h *Held) {
	if len(h.Files) == 0 {
		return
	}
	w.heading(w.sp.Say("committee.attachments"))
	w.small("committee.attached", nil)
	w.space(2)
	w.table(fileWidths[:], []string{"", w.sp.Say("committee.file"), w.sp.Say("committee.size"), w.sp.Say("access.where")})
	for i, f := range h.Files {
		name := fileName(w.printable(f.Name.Reveal()))
		w.line(fileWidths[:], []string{strconv.Itoa(i + 1), name, sized(w.sp, f.Size), w.where(f)})
		if len(f.Bytes) > 0 {
			w.files = append(w.files, fpdf.Attachment{
				Content: f.Bytes, Filename: fmt.Sprintf("%s %02d %s", h.Complaint.Number, i+1, name),
			})
		}
	}
}

func (w *accessWriter) where(f HeldFile) string {
	switch {
	case f.TooMuch:
		return w.sp.Say("access.too_much")
	case len(f.Bytes) == 0:
		return w.sp.Say("committee.missing")
	case f.Note:
		return w.sp.Say("access.with_note")
	}
	return w.sp.Say("access.with_complaint")
}

func (w *accessWriter) embedded() { w.pdf.SetAttachments(w.files) }

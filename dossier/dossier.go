package dossier

import (
	"bytes"
	"fmt"
	"time"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Input is one case as the register holds it, and what is needed to put it into
// words.
type Input struct {
	Complaint workflow.Complaint
	Records   []workflow.Record
	// Attachments are the files that came with the complaint, in order. Those
	// of notes are the firm's own: leave them out.
	Attachments []File
	Policy      *workflow.Policy // for the time zone and the four weeks (R8)
	Names       func(roster.PersonID) string
	Firm        string
	Speaker     texts.Speaker // the document's language
	Made        time.Time
	Faces       *typeface.Faces // nil: those in the program
}

// File is an attachment. One without Bytes is listed as missing. What kind of
// file it is shows from its bytes, not from its name.
type File struct {
	Name  workflow.Confidential
	Bytes []byte
}

// PDF returns the document, not encrypted. The same Input gives the same
// bytes. It fails only when the document can't be written at all: a picture
// that does not open stays an attachment, and of what can't be printed the
// document says so, where it stands and at the end.
func PDF(in Input) ([]byte, error) {
	w := writer{Input: in, sp: in.Speaker, sheet: newSheet(in.Complaint.Number, in.Faces, in.Speaker, in.Made)}
	w.head()
	w.complaint()
	w.promises()
	w.decision()
	w.history()
	w.attachments()
	w.remarks()
	w.edgesOfPages()
	var b bytes.Buffer
	if err := w.pdf.Output(&b); err != nil {
		return nil, fmt.Errorf("dossier as PDF: %w", err)
	}
	return b.Bytes(), nil
}

// writer writes one case on a sheet.
type writer struct {
	Input
	sp texts.Speaker
	*sheet
}

func (w *writer) head() {
	w.paragraph(style{size: 10, grey: true}, w.Firm)
	w.space(2)
	w.paragraph(style{size: 21, bold: true}, w.sp.Say("committee.heading", texts.Args{"Number": w.Complaint.Number}))
	w.space(1)
	w.paragraph(style{size: 10, bold: true, grey: true}, w.sp.Say("committee.confidential"))
	w.space(4)
	w.field(w.sp.Say("committee.made"), w.sp.Instant(w.Made, w.zone()))
	w.field(w.sp.Say("committee.for"), w.sp.Say("committee.purpose"))
	w.space(3)
	w.paragraph(style{size: 9, grey: true}, w.sp.Say("committee.scope"))
}

// remarks ends the document with what a reader must know about the text.
func (w *writer) remarks() {
	if w.set.Replaced {
		w.space(8)
		w.paragraph(style{size: 9, grey: true}, w.sp.Say("committee.substituted"))
	}
}

// edgesOfPages writes the head and foot of every page. It comes last, since each
// foot says how many pages there are.
func (w *writer) edgesOfPages() {
	pages := w.pdf.PageCount()
	for n := range pages {
		w.pdf.SetPage(n + 1)
		w.edges(w.Complaint.Number, w.sp.Say("committee.confidential"), w.Firm,
			w.sp.Say("committee.page", texts.Args{"Page": n + 1, "Pages": pages}))
	}
}

func (w *writer) zone() *time.Location { return w.Policy.Calendar.Location }

// name says who did something; what the clock did, the bot did.
func (w *writer) name(who roster.PersonID) string {
	if who == roster.Clock {
		return w.sp.Say("common.bot")
	}
	return w.Names(who)
}

func (w *writer) by(who roster.PersonID, at time.Time) string {
	return w.sp.Say("dossier.by_at", texts.Args{"Who": w.name(who), "When": w.sp.Instant(at, w.zone())})
}

// dated is a date with the way, when there is one.
func (w *writer) dated(d calendar.Date, way workflow.Way) string {
	if way == "" {
		return w.sp.Date(d)
	}
	return w.sp.Say("case.date_and_way", texts.Args{"Date": w.sp.Date(d), "Way": choice(w.sp, "way", way)})
}

// choice is how people read one value of one of workflow's lists; "" for none.
func choice[T ~string](sp texts.Speaker, list string, v T) string {
	if v == "" {
		return ""
	}
	return sp.Say("choice." + list + "." + string(v))
}

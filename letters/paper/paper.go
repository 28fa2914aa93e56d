package paper

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Letter is a letter as it was recorded, and what stands around it on paper.
type Letter struct {
	Firm    letters.Firm
	Logo    *Logo    // nil for none
	To      []string // letters.Addressee
	Number  string   // of the case, which is our reference
	Date    calendar.Date
	Text    string        // as letters.Compose made it, subject included
	Speaker texts.Speaker // the letter's language
	Made    time.Time
	Faces   *typeface.Faces // nil: those in the program
}

// Printed is a letter as a PDF.
type Printed struct {
	PDF []byte
	// Replaced says that a statement stands for characters that none of the fonts
	// has, in the address or in the text.
	Replaced bool
}

// ErrAddress is an address that does not fit behind the window of an envelope.
var ErrAddress = errors.New("address does not fit behind the window")

// Lengths are in millimetres from the left and the top of the sheet, sizes of type
// in points.
const (
	pageWidth, pageHeight = 210.0, 297.0
	left, right           = 25.0, 20.0
	textWidth             = pageWidth - left - right

	headTop    = 14.0
	sideLeft   = 125.0 // of the firm's lines, date and reference: right of any window
	sideWidth  = pageWidth - right - sideLeft
	sideTop    = 50.0
	bodyTop    = 104.0 // below any window
	nextTop    = 30.0  // of the text on the pages after the first
	bodyBottom = pageHeight - 25.0

	point     = 25.4 / 72
	leading   = 1.42 // line height against size of type
	bodySize  = 10.0
	smallSize = 8.5
)

// Print returns the letter as a PDF, not encrypted. The same letter gives the same
// bytes. Its error is ErrAddress, or says that the document can't be written.
func Print(l Letter) (Printed, error) {
	s := newSheet(l)
	size, address, fits := s.fitted(l.To)
	if !fits {
		return Printed{}, ErrAddress
	}
	s.head()
	s.address(size, address)
	s.folds()
	s.body(max(bodyTop, s.side()))
	s.pageNumbers()
	var b bytes.Buffer
	if err := s.pdf.Output(&b); err != nil {
		return Printed{}, fmt.Errorf("letter as PDF: %w", err)
	}
	return Printed{b.Bytes(), s.set.Replaced}, nil
}

// sheet is the letter being written.
type sheet struct {
	Letter
	pdf *fpdf.Fpdf
	set *typeface.Setter
}

func newSheet(l Letter) *sheet {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	subject, _ := letters.Split(l.Text)
	pdf.SetTitle(subject, true)
	pdf.SetAuthor(l.Firm.Name, true)
	pdf.SetProducer("klachtbot", true)
	pdf.SetLang(l.Speaker.Language())
	pdf.SetCreationDate(l.Made)
	pdf.SetModificationDate(l.Made)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddPage()
	return &sheet{l, pdf, typeface.NewSetter(pdf, l.Faces, l.Speaker)}
}

// style is the type in which a text is set.
type style struct {
	size float64
	bold bool
	grey bool
}

func (st style) height() float64 { return st.size * point * leading }

func (s *sheet) use(st style) {
	s.set.Use(st.bold, st.size)
	ink := 0
	if st.grey {
		ink = 90
	}
	s.pdf.SetTextColor(ink, ink, ink)
}

func (s *sheet) wrap(st style, width float64, text string) []string {
	s.use(st)
	return s.set.Split(s.set.Printable(contact.Clean(text)), width)
}

// block writes a text at x and y, wrapped, and returns where the next one goes.
func (s *sheet) block(st style, x, y, width float64, text string) float64 {
	for _, line := range s.wrap(st, width, text) {
		s.set.Put(x, y, st.height(), line)
		y += st.height()
	}
	return y
}

// head is the firm's: its logo, or its name, as large as it fits above the window.
func (s *sheet) head() {
	if s.Logo != nil {
		s.Logo.draw(s.pdf, left, headTop)
		return
	}
	const width = sideLeft - left - gap
	st := style{size: 17, bold: true}
	for st.size > smallSize && float64(len(s.wrap(st, width, s.Firm.Name)))*st.height() > logoHeight {
		st.size--
	}
	s.block(st, left, headTop, width, s.Firm.Name)
}

// gap is between what stands beside each other.
const gap = 5.0

// side writes the firm's lines, the date and the reference to the right of the
// window, and returns where they end.
func (s *sheet) side() float64 {
	y := headTop
	if s.Logo != nil {
		y = s.block(style{size: smallSize, bold: true}, sideLeft, y, sideWidth, s.Firm.Name)
	}
	for _, line := range s.Firm.Contact {
		y = s.block(style{size: smallSize}, sideLeft, y, sideWidth, line)
	}
	y = max(y+gap, sideTop)
	for _, f := range [][2]string{
		{s.Speaker.Say("post.paper.date"), s.Speaker.LetterDate(s.Date)},
		{s.Speaker.Say("post.paper.reference"), s.Number},
	} {
		y = s.block(style{size: smallSize, grey: true}, sideLeft, y, sideWidth, f[0])
		y = s.block(style{size: bodySize}, sideLeft, y, sideWidth, f[1]) + 2
	}
	return y + gap
}

// body writes the subject and the text below it, over as many pages as they need.
func (s *sheet) body(y float64) {
	subject, text := letters.Split(s.Text)
	y = s.block(style{size: 11, bold: true}, left, y, textWidth, subject) + style{size: bodySize}.height()
	st := style{size: bodySize}
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		y = s.flow(st, y, s.wrap(st, textWidth, paragraph))
		y += st.height()
	}
}

// flow writes a paragraph, with none of its first or last lines alone on a page.
func (s *sheet) flow(st style, y float64, lines []string) float64 {
	for i, line := range lines {
		together := 1
		if i == 0 || i == len(lines)-2 {
			together = min(2, len(lines)-i)
		}
		if y+float64(together)*st.height() > bodyBottom {
			s.pdf.AddPage()
			y = nextTop
		}
		s.use(st)
		s.set.Put(left, y, st.height(), line)
		y += st.height()
	}
	return y
}

// pageNumbers says on each page of several which it is, and on those after the
// first of which letter.
func (s *sheet) pageNumbers() {
	pages := s.pdf.PageCount()
	if pages == 1 {
		return
	}
	st := style{size: smallSize, grey: true}
	for n := range pages {
		s.pdf.SetPage(n + 1)
		s.set.Use(true, st.size) // a change of font is written anew on each page
		s.block(st, left, pageHeight-15, textWidth, s.Speaker.Say("post.paper.page", texts.Args{
			"Number": s.Number, "Page": n + 1, "Pages": pages,
		}))
	}
}

package dossier

import (
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
)

// The sheet is A4 upright; lengths are in millimetres, sizes of type in
// points.
const (
	pageWidth, pageHeight = 210.0, 297.0
	left, right           = 25.0, 20.0
	top, bottom           = 28.0, 24.0

	textWidth  = pageWidth - left - right
	labelWidth = 50.0
	point      = 25.4 / 72
	leading    = 1.42 // line height against size of type
	bodySize   = 10.0
)

// style is the type in which a text is set; size is in points.
type style struct {
	size float64
	bold bool
	grey bool
}

func (s style) height() float64 { return s.size * point * leading }

// column is one column of a row; its text wraps within its width.
type column struct {
	style
	width float64
	text  string
}

// sheet is a document being written from top to bottom. It breaks pages
// itself, so that no heading stays behind at the foot of one.
type sheet struct {
	pdf *fpdf.Fpdf
	set *typeface.Setter
	y   float64
}

func newSheet(title string, faces *typeface.Faces, sp texts.Speaker, made time.Time) *sheet {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetTitle(title, true)
	pdf.SetProducer("klachtbot", true)
	pdf.SetLang(sp.Language())
	pdf.SetCreationDate(made)
	pdf.SetModificationDate(made)
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	s := &sheet{pdf: pdf, set: typeface.NewSetter(pdf, faces, sp)}
	s.newPage()
	return s
}

func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.y = top
}

func (s *sheet) space(mm float64) { s.y += mm }

// reserve starts a new page when less than mm millimetres are left on this one.
func (s *sheet) reserve(mm float64) {
	if s.y+mm > pageHeight-bottom && s.y > top {
		s.newPage()
	}
}

func (s *sheet) use(st style) {
	s.set.Use(st.bold, st.size)
	if st.grey {
		s.pdf.SetTextColor(95, 95, 95)
	} else {
		s.pdf.SetTextColor(20, 20, 20)
	}
}

// wrap breaks a text into lines of that width; a word that is longer breaks
// where the line ends.
func (s *sheet) wrap(st style, width float64, text string) []string {
	s.use(st)
	return s.set.Split(s.printable(text), width)
}

// printable is the text in characters that can be printed.
func (s *sheet) printable(text string) string { return s.set.Printable(contact.Clean(text)) }

// row writes columns beside each other. It stays on one page, unless it is
// longer than half of one; then it runs on.
func (s *sheet) row(columns ...column) {
	lines, tallest, height := make([][]string, len(columns)), 0, 0.0
	for i, c := range columns {
		lines[i] = s.wrap(c.style, c.width, c.text)
		tallest, height = max(tallest, len(lines[i])), max(height, c.height())
	}
	if all := float64(tallest) * height; all < (pageHeight-top-bottom)/2 {
		s.reserve(all)
	}
	for n := range tallest {
		s.reserve(height)
		x := left
		for i, c := range columns {
			if n < len(lines[i]) {
				s.put(x, c.style, lines[i][n])
			}
			x += c.width
		}
		s.y += height
	}
}

// put writes one line at x.
func (s *sheet) put(x float64, st style, line string) {
	s.use(st)
	s.set.Put(x, s.y, st.height(), line)
}

func (s *sheet) paragraph(st style, text string) {
	s.flow(st, 0, s.wrap(st, textWidth, text), nil)
}

// flow writes lines under each other, over as many pages as they need, with no
// first or last line alone on a page. beside, when given, draws beside each.
func (s *sheet) flow(st style, indent float64, lines []string, beside func()) {
	height := st.height()
	for i, line := range lines {
		switch i {
		case 0, len(lines) - 2:
			s.reserve(height * float64(min(2, len(lines)-i)))
		default:
			s.reserve(height)
		}
		if beside != nil {
			beside()
		}
		s.put(left+indent, st, line)
		s.y += height
	}
}

// field is a label and its value; nothing when there is no value.
func (s *sheet) field(label, value string) {
	if workflow.Confidential(value).Blank() {
		return
	}
	s.row(column{style{size: bodySize, grey: true}, labelWidth, label}, column{style{size: bodySize}, textWidth - labelWidth, value})
	s.space(0.8)
}

// heading starts a section. It reserves room for the first lines below it, so
// that it never stands alone at the foot of a page.
func (s *sheet) heading(text string) {
	s.space(8)
	s.reserve(45)
	s.bookmark(text, 0)
	s.paragraph(style{size: 14, bold: true}, text)
	s.space(0.5)
	s.rule(0.35)
	s.space(2.5)
}

// subheading starts an entry within a section.
func (s *sheet) subheading(text string) {
	s.space(6)
	s.reserve(32)
	s.bookmark(text, 1)
	s.paragraph(style{size: 11, bold: true}, text)
}

// bookmark adds a heading to the PDF's outline.
func (s *sheet) bookmark(text string, level int) {
	s.use(style{size: bodySize})
	s.pdf.Bookmark(s.printable(text), level, s.y)
}

func (s *sheet) rule(width float64) {
	s.pdf.SetLineWidth(width)
	s.pdf.SetDrawColor(150, 150, 150)
	s.pdf.Line(left, s.y, pageWidth-right, s.y)
}

// passage is a text with a label above it; nothing when it is blank.
func (s *sheet) passage(label string, text workflow.Confidential) {
	if text.Blank() {
		return
	}
	s.label(label)
	s.paragraph(style{size: bodySize}, text.Reveal())
}

func (s *sheet) label(text string) {
	s.space(3)
	s.reserve(style{size: bodySize}.height() * 4)
	s.paragraph(style{size: 9.5, bold: true, grey: true}, text)
	s.space(0.5)
}

// letter is a text as it left the firm, with a bar in the margin beside it.
func (s *sheet) letter(label string, text workflow.Confidential) {
	const indent = 5.0
	s.label(label)
	st := style{size: bodySize}
	s.flow(st, indent, s.wrap(st, textWidth-indent, text.Reveal()), func() {
		s.pdf.SetFillColor(200, 200, 200)
		s.pdf.Rect(left, s.y, 0.9, st.height(), "F")
	})
}

// edges writes the head and the foot of the page in hand.
func (s *sheet) edges(headLeft, headRight, footLeft, footRight string) {
	s.set.Use(true, 8) // a change of font is written anew on each page
	st := style{size: 8, grey: true}
	s.y = 13
	s.put(left, st, s.printable(headLeft))
	s.putRight(st, headRight)
	s.y = pageHeight - 16
	s.rule(0.2)
	s.y += 1.5
	s.put(left, st, s.fit(st, footLeft))
	s.putRight(st, footRight)
}

func (s *sheet) putRight(st style, text string) {
	s.use(st)
	text = s.printable(text)
	s.put(pageWidth-right-s.set.Width(text), st, text)
}

// fit is the first line of a text, in the left part of the foot.
func (s *sheet) fit(st style, text string) string {
	lines := s.wrap(st, textWidth*2/3, text)
	if len(lines) == 0 {
		return ""
	}
	return lines[0]
}

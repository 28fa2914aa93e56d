package report

import (
	"bytes"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
)

// The PDF is one page, A4 upright, in millimetres: the headline, the chart, and
// the figures in two columns. What does not fit is left to the other formats.
const (
	pageLeft, pageTop, pageBottom = 18.0, 16.0, 284.0
	columnWidth, columnGap        = 82.0, 10.0
	lineHeight                    = 4.6
	maxRows                       = 6 // of a section: names of offerings have no end
)

// WritePDF writes a summary as one page, in the fonts in the program where faces is
// nil.
func WritePDF(w io.Writer, s Summary, faces *typeface.Faces, sp texts.Speaker) error {
	picture, err := PNG(s, sp)
	if err != nil {
		return err
	}
	p := newPaper(faces, sp)
	t := NewSummaryView(s, sp)
	p.head(t)
	p.chart(picture)
	for _, section := range t.Sections {
		p.section(section)
	}
	p.lessons(t)
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("report as PDF: %w", err)
	}
	return nil
}

// paper is the page being written.
type paper struct {
	pdf    *fpdf.Fpdf
	set    *typeface.Setter
	column int // of two
	y      float64
	top    float64 // where the columns begin
}

func newPaper(faces *typeface.Faces, sp texts.Speaker) *paper {
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetProducer("klachtbot", true)
	pdf.SetLang(sp.Language())
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddPage()
	return &paper{pdf: pdf, set: typeface.NewSetter(pdf, faces, sp), y: pageTop}
}

func (p *paper) head(t SummaryView) {
	p.pdf.SetTitle(t.Heading, true)
	p.line(t.Heading, true, 17, 8)
	p.line(t.AsOf, false, 9, 6)
	if t.Counting != "" {
		p.line(t.Counting, false, 9, 6)
	}
	for _, l := range t.Headline {
		p.line(l, true, 9.5, 5.4)
	}
}

// line writes over the whole width, on as many lines as it takes.
func (p *paper) line(text string, bold bool, size, height float64) {
	p.set.Use(bold, size)
	for _, l := range p.split(text, 2*columnWidth+columnGap) {
		p.set.Put(pageLeft, p.y, height, l)
		p.y += height
	}
}

// split breaks a text into lines that can be printed.
func (p *paper) split(text string, width float64) []string {
	return p.set.Split(p.set.Printable(oneLine(text)), width)
}

func (p *paper) chart(picture []byte) {
	const width = 2*columnWidth + columnGap
	options := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader("chart", options, bytes.NewReader(picture))
	p.pdf.ImageOptions("chart", pageLeft, p.y+1, width, 0, false, options, 0, "")
	p.y += width*chartHeight/chartWidth + 3
	p.top = p.y
}

func (p *paper) x() float64 { return pageLeft + float64(p.column)*(columnWidth+columnGap) }

// reserve moves on to the next column when fewer than that many lines are left
// in this one. It reports false when the page is full.
func (p *paper) reserve(lines int) bool {
	if p.y+float64(lines)*lineHeight <= pageBottom {
		return true
	}
	if p.column++; p.column > 1 {
		return false
	}
	p.y = p.top
	return true
}

func (p *paper) section(s Section) {
	rows := s.Rows[:min(len(s.Rows), maxRows)]
	if !p.reserve(len(rows) + 2) {
		return
	}
	p.title(s.Title)
	for _, r := range rows {
		label := p.split(r.Label, columnWidth-22)
		if len(label) > 0 {
			p.set.Put(p.x(), p.y, lineHeight, label[0])
		}
		p.set.Put(p.x()+columnWidth-p.set.Width(r.Value), p.y, lineHeight, r.Value)
		p.y += lineHeight
	}
	p.y += lineHeight / 2
}

func (p *paper) title(text string) {
	p.set.Use(true, 9)
	p.set.Put(p.x(), p.y, lineHeight, text)
	p.y += lineHeight
	p.set.Use(false, 8.5)
}

// lessons writes as many lessons as fit on the page.
func (p *paper) lessons(t SummaryView) {
	if len(t.Lessons) == 0 || !p.reserve(3) {
		return
	}
	p.title(t.LessonsTitle)
	for _, l := range t.Lessons {
		lines := p.split(l, columnWidth)
		if !p.reserve(len(lines)) {
			return
		}
		for _, line := range lines {
			p.set.Put(p.x(), p.y, lineHeight, line)
			p.y += lineHeight
		}
	}
}

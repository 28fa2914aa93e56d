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
	pageWidth                     = 2*columnWidth + columnGap
	pictureWidth                  = 112.0 // of the chart
	lineHeight, adviceHeight      = 4.6, 4.0
	maxRows                       = 7 // of a section: names of offerings have no end
	maxAdvice                     = 6 // recommendations
	maxAdviceLines                = 2 // of one
)

// WritePDF writes a summary as one page, in the fonts in the program where faces is
// nil.
func WritePDF(w io.Writer, s Summary, d Dealing, faces *typeface.Faces, sp texts.Speaker) error {
	picture, err := PNG(s, Dealing{}, sp)
	if err != nil {
		return err
	}
	p := newPaper(faces, sp)
	t := NewSummaryView(s, sp).With(d, sp)
	p.head(t)
	p.chart(picture, p.advice(t, sp))
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
	p.line(t.Firm, false, 10, 5)
	p.line(t.Heading, true, 17, 8)
	for _, l := range []string{t.AsOf, t.Counting, t.Dealt} {
		p.line(l, false, 9, 5)
	}
	for _, l := range t.Headline {
		p.line(l.Text, true, 9.5, 5.4)
	}
}

// advice writes the recommendations in the first column, each cut where it is long,
// says how many do not fit, and returns where they begin; below everything when there
// are none.
func (p *paper) advice(t SummaryView, sp texts.Speaker) (top float64) {
	if len(t.Advice) == 0 {
		return p.y
	}
	p.y += 1.5
	top = p.y
	p.title(t.AdviceTitle)
	shown := t.Advice[:min(len(t.Advice), maxAdvice)]
	for _, a := range shown {
		p.set.Use(false, 8.5)
		lines := p.split("• "+a.Text, columnWidth)
		if len(lines) > maxAdviceLines {
			lines = append(lines[:maxAdviceLines-1], lines[maxAdviceLines-1]+"…")
		}
		for _, l := range append(lines, p.split("– "+a.State, columnWidth)...) {
			p.set.Put(pageLeft, p.y, adviceHeight, l)
			p.y += adviceHeight
		}
	}
	if more := len(t.Advice) - len(shown); more > 0 {
		p.line(sp.Say("quarter.more_advice", texts.Args{"Count": more}), false, 8.5, lineHeight)
	}
	return top
}

// line writes over the whole width, on as many lines as it takes.
func (p *paper) line(text string, bold bool, size, height float64) {
	if text == "" {
		return
	}
	p.set.Use(bold, size)
	for _, l := range p.split(text, pageWidth) {
		p.set.Put(pageLeft, p.y, height, l)
		p.y += height
	}
}

// split breaks a text into lines that can be printed.
func (p *paper) split(text string, width float64) []string {
	return p.set.Split(p.set.Printable(oneLine(text)), width)
}

// chart puts the chart beside the recommendations, which begin at top, or, where there
// are none, in the middle of the page.
func (p *paper) chart(picture []byte, top float64) {
	x, width := pageLeft+(pageWidth-pictureWidth)/2, pictureWidth
	if top < p.y {
		x, width = pageLeft+columnWidth+columnGap, columnWidth
	}
	options := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader("chart", options, bytes.NewReader(picture))
	p.pdf.ImageOptions("chart", x, top+1, width, 0, false, options, 0, "")
	p.y = max(p.y, top+width*chartHeight/chartWidth) + 3
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

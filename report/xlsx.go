package report

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/texts"
)

// book is a workbook whose sheets are written row by row, so that its length
// costs no memory. Every sheet has a frozen header and a filter over it. Texts
// are written as texts, which no spreadsheet runs as a formula, and escaped all
// the same for whoever saves the sheet as CSV.
type book struct {
	file         *excelize.File
	header, date int  // styles
	begun        bool // has a sheet beside the one it was created with
}

func newBook(o ...excelize.Options) (*book, error) {
	b := &book{file: excelize.NewFile(o...)}
	var err error
	if b.header, err = b.file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}}); err != nil {
		return nil, fmt.Errorf("header style: %w", err)
	}
	format := "yyyy-mm-dd"
	if b.date, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return nil, fmt.Errorf("date style: %w", err)
	}
	return b, nil
}

// page is a sheet being written.
type page struct {
	*excelize.StreamWriter
	rows, columns int
}

// sheet starts a sheet with its header.
func (b *book) sheet(name string, widths []float64, head []string) (*page, error) {
	if err := b.add(name); err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	w, err := b.file.NewStreamWriter(name)
	if err != nil {
		return nil, fmt.Errorf("sheet: %w", err)
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, fmt.Errorf("column width: %w", err)
		}
	}
	panes := &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
	if err := w.SetPanes(panes); err != nil {
		return nil, fmt.Errorf("frozen header: %w", err)
	}
	p := &page{StreamWriter: w, columns: len(head)}
	cells := make([]any, len(head))
	for i, h := range head {
		cells[i] = excelize.Cell{StyleID: b.header, Value: escapeFormula(h)}
	}
	return p, p.add(cells...)
}

// add adds an empty sheet; the first one takes the place of that with which a
// workbook begins.
func (b *book) add(name string) error {
	if b.begun {
		_, err := b.file.NewSheet(name)
		return err
	}
	b.begun = true
	return b.file.SetSheetName(firstSheet, name)
}

// firstSheet is the sheet of a workbook that is new.
const firstSheet = "Sheet1"

// add writes a row; texts are escaped, numbers and dates keep their type.
func (p *page) add(cells ...any) error {
	p.rows++
	for i, c := range cells {
		if s, ok := c.(string); ok {
			cells[i] = escapeFormula(s)
			if s == "" {
				cells[i] = nil
			}
		}
	}
	return p.SetRow(fmt.Sprint("A", p.rows), cells)
}

// finish puts the filter on a sheet's header and ends it. The filter comes
// first: afterwards the library would read the whole sheet back for it.
func (b *book) finish(name string, p *page) error {
	last, err := excelize.CoordinatesToCellName(p.columns, max(2, p.rows))
	if err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
		return fmt.Errorf("filter: %w", err)
	}
	if err := p.Flush(); err != nil {
		return fmt.Errorf("sheet: %w", err)
	}
	return nil
}

// write ends the workbook.
func (b *book) write(w io.Writer) error {
	if _, err := b.file.WriteTo(w); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return b.file.Close()
}

// WriteXLSX writes a summary as a workbook: a sheet of figures, one for each
// table, and one of lessons.
func WriteXLSX(w io.Writer, t SummaryView, sp texts.Speaker) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	if err := b.figures(t, sp); err != nil {
		return err
	}
	for _, g := range t.Tables {
		if err := b.grid(g); err != nil {
			return err
		}
	}
	if len(t.Lessons) > 0 {
		if err := b.lessons(t); err != nil {
			return err
		}
	}
	return b.write(w)
}

func (b *book) figures(t SummaryView, sp texts.Speaker) error {
	name := sp.Say("report.figure")
	p, err := b.sheet(name, []float64{36, 44, 10, 10},
		[]string{sp.Say("report.section"), sp.Say("report.figure"), sp.Say("report.number"), sp.Say("report.all")})
	if err != nil {
		return err
	}
	if t.Counting != "" {
		if err := p.add(sp.Say("report.counting"), t.Counting); err != nil {
			return fmt.Errorf("figure: %w", err)
		}
	}
	for _, s := range t.Sections {
		for _, r := range s.Rows {
			cells := []any{s.Title, r.Label, r.Count}
			if r.Of >= 0 {
				cells = append(cells, r.Of)
			}
			if err := p.add(cells...); err != nil {
				return fmt.Errorf("figure: %w", err)
			}
		}
	}
	return b.finish(name, p)
}

func (b *book) grid(g Grid) error {
	p, err := b.sheet(g.Title, []float64{30}, g.Head)
	if err != nil {
		return err
	}
	for _, r := range g.Rows {
		cells := []any{r.Label}
		for _, n := range r.Cells {
			if n < 0 {
				cells = append(cells, cell(n))
			} else {
				cells = append(cells, n)
			}
		}
		if err := p.add(cells...); err != nil {
			return fmt.Errorf("table: %w", err)
		}
	}
	return b.finish(g.Title, p)
}

func (b *book) lessons(t SummaryView) error {
	p, err := b.sheet(t.LessonsTitle, []float64{100}, []string{t.LessonsTitle})
	if err != nil {
		return err
	}
	for _, l := range t.Lessons {
		if err := p.add(l); err != nil {
			return fmt.Errorf("lesson: %w", err)
		}
	}
	return b.finish(t.LessonsTitle, p)
}

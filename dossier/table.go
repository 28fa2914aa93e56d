package dossier

var (
	tableHead = style{size: 9, bold: true}
	tableBody = style{size: 9}
)

// gutter is the gap between columns, in millimetres.
const gutter = 3.0

func (s *sheet) table(widths []float64, heads []string) {
	s.cells(tableHead, widths, heads)
}

func (s *sheet) line(widths []float64, texts []string) {
	s.cells(tableBody, widths, texts)
}

func (s *sheet) cells(st style, widths []float64, texts []string) {
	var all []column
	for i, text := range texts {
		all = append(all, column{st, widths[i] - gutter, text}, column{st, gutter, ""})
	}
	s.row(all...)
	s.space(1)
	s.rule(0.15)
	s.space(1.5)
}

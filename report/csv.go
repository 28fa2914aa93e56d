package report

import (
	"io"

	"github.com/artra/klachtbot/texts"
)

// WriteCSV writes a summary as one figure a row: section, figure, number, and
// of how many. Cells of tables are named by row and column; a hidden one has no
// number.
func WriteCSV(w io.Writer, t SummaryView, sp texts.Speaker) error {
	out, err := newCSVWriter(w)
	if err != nil {
		return err
	}
	rows := [][]string{{sp.Say("report.section"), sp.Say("report.figure"), sp.Say("report.number"), sp.Say("report.all")}}
	if t.Counting != "" {
		rows = append(rows, []string{sp.Say("report.counting"), t.Counting, "", ""})
	}
	for _, s := range t.Sections {
		for _, r := range s.Rows {
			rows = append(rows, []string{s.Title, r.Label, decimal(r.Count), r.of()})
		}
	}
	for _, g := range t.Tables {
		for _, r := range g.Rows {
			for i, n := range r.Cells {
				rows = append(rows, []string{g.Title, r.Label + ", " + g.Head[i+1], number(n), ""})
			}
		}
	}
	for _, l := range t.Lessons {
		rows = append(rows, []string{t.LessonsTitle, l, "", ""})
	}
	for _, r := range rows {
		if err := out.row(r...); err != nil {
			return err
		}
	}
	return out.end()
}

func (r Row) of() string {
	if r.Of < 0 {
		return ""
	}
	return decimal(r.Of)
}

// number is a cell for a program; empty where no number shows.
func number(n int) string {
	if n < 0 {
		return ""
	}
	return decimal(n)
}

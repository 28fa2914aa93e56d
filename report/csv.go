package report

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

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

// escapeFormula puts an apostrophe before a text that a spreadsheet would run as
// a formula: one that begins with = + - @, also in full width, a tab or a line end,
// also behind blanks and what nobody sees. Some programs show the apostrophe; a formula could do worse.
func escapeFormula(text string) string {
	rest := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.In(r, unicode.Zs, unicode.Cf) })
	first, _ := utf8.DecodeRuneInString(rest)
	if text != "" && (strings.ContainsRune("\t\r\n", rune(text[0])) || rest != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)) {
		return "'" + text
	}
	return text
}

// csvWriter writes CSV for Excel in the Netherlands: a byte order mark, semicolons
// and CRLF.
type csvWriter struct{ *csv.Writer }

func newCSVWriter(w io.Writer) (csvWriter, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return csvWriter{}, err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	return csvWriter{c}, nil
}

// row writes a row of texts, each escaped in place.
func (t csvWriter) row(cells ...string) error {
	for i, c := range cells {
		cells[i] = escapeFormula(c)
	}
	return t.Write(cells)
}

func (t csvWriter) end() error {
	t.Flush()
	return t.Error()
}

package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/artra/klachtbot/texts"
)

func decimal(n int) string { return strconv.Itoa(n) }

// cell is a number of a table as people read it.
func cell(n int) string {
	switch n {
	case Hidden:
		return dash
	case None:
		return ""
	}
	return decimal(n)
}

// WriteText writes a summary for a terminal or a mail. Its first lines are the
// headline.
func WriteText(w io.Writer, t SummaryView) error {
	var b strings.Builder
	for _, line := range t.Headline {
		fmt.Fprintln(&b, line.Text)
	}
	fmt.Fprintf(&b, "\n%s\n", t.Heading)
	for _, line := range []string{t.Firm, t.AsOf, t.Counting, t.Dealt} {
		if line != "" {
			fmt.Fprintln(&b, oneLine(line))
		}
	}
	writeAdvice(&b, t)
	for _, s := range t.Sections {
		fmt.Fprintf(&b, "\n%s\n", s.Title)
		lines := make([][]string, len(s.Rows))
		for i, r := range s.Rows {
			lines[i] = []string{r.Label, r.Value}
		}
		alignColumns(&b, lines)
	}
	for _, g := range t.Tables {
		fmt.Fprintf(&b, "\n%s\n", g.Title)
		alignColumns(&b, g.lines())
	}
	if t.Note != "" {
		fmt.Fprintln(&b, t.Note)
	}
	if len(t.Lessons) > 0 {
		fmt.Fprintf(&b, "\n%s\n", t.LessonsTitle)
		for _, l := range t.Lessons {
			fmt.Fprintln(&b, "  -", oneLine(l))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeAdvice(b *strings.Builder, t SummaryView) {
	if len(t.Advice) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", t.AdviceTitle)
	for _, a := range t.Advice {
		fmt.Fprintf(b, "  - %s\n    %s\n", oneLine(a.Text), oneLine(a.State))
	}
}

func (g Grid) lines() [][]string {
	lines := [][]string{append([]string{g.Head[0]}, g.Head[1:]...)}
	for _, r := range g.Rows {
		line := []string{r.Label}
		for _, n := range r.Cells {
			line = append(line, cell(n))
		}
		lines = append(lines, line)
	}
	return lines
}

// alignColumns writes lines with their parts below each other: the first part to the
// left, the others to the right.
func alignColumns(b *strings.Builder, lines [][]string) {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, part := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(oneLine(part)))
		}
	}
	for _, line := range lines {
		row := ""
		for i, part := range line {
			part = oneLine(part)
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(part))
			if i == 0 {
				row += "  " + part + gap
			} else {
				row += "  " + gap + part
			}
		}
		b.WriteString(strings.TrimRight(row, " ") + "\n")
	}
}

// oneLine is a text as a terminal can show it: without line ends and without
// what would steer the terminal.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

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

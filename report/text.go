package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
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

// WriteText writes a summary for a terminal or a mail. Its first three lines
// are the headline.
func WriteText(w io.Writer, t SummaryView) error {
	var b strings.Builder
	for _, line := range t.Headline {
		fmt.Fprintln(&b, line)
	}
	fmt.Fprintf(&b, "\n%s\n%s\n", t.Heading, t.AsOf)
	if t.Counting != "" {
		fmt.Fprintln(&b, t.Counting)
	}
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

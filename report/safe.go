package report

import (
	"encoding/csv"
	"io"
	"strings"
)

// safe keeps a spreadsheet from taking a text for a formula: = + - @, a tab or
// a line end at its start, also behind blanks. An apostrophe before it shows in
// some programs; that is better than what a formula can do.
func safe(text string) string {
	rest := strings.TrimLeft(text, " \u00a0\ufeff")
	if text != "" && (strings.ContainsRune("\t\r\n", rune(text[0])) || rest != "" && strings.ContainsAny(rest[:1], "=+-@\t\r\n")) {
		return "'" + text
	}
	return text
}

// table writes CSV for Excel in the Netherlands: a byte order mark, semicolons
// and CRLF.
type table struct{ *csv.Writer }

func newTableWriter(w io.Writer) (table, error) {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return table{}, err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	return table{c}, nil
}

// row writes a row of texts, each safe.
func (t table) row(cells ...string) error {
	for i, c := range cells {
		cells[i] = safe(c)
	}
	return t.Write(cells)
}

func (t table) end() error {
	t.Flush()
	return t.Error()
}

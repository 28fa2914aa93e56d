package report

import (
	"encoding/csv"
	"io"
	"strings"
)

// escapeFormula puts an apostrophe before a text that a spreadsheet would run as
// a formula: one that begins with = + - @, a tab or a line end, also behind
// blanks. Some programs show the apostrophe; a formula could do worse.
func escapeFormula(text string) string {
	rest := strings.TrimLeft(text, " \u00a0\ufeff")
	if text != "" && (strings.ContainsRune("\t\r\n", rune(text[0])) || rest != "" && strings.ContainsAny(rest[:1], "=+-@\t\r\n")) {
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

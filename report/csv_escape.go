package report

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

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

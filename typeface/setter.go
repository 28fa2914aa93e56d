package typeface

import (
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/sfnt"

	"github.com/artra/klachtbot/texts"
)

// Setter sets lines of text in one PDF.
type Setter struct {
	pdf    *fpdf.Fpdf
	faces  *Faces
	say    Statement
	added  map[string]bool
	buffer sfnt.Buffer
	bold   bool
	size   float64 // in points

	Replaced bool // a statement stands for something that can't be printed
}

// NewSetter returns a setter for the PDF, with the fonts in the program where faces
// is nil. What can't be printed is said in the speaker's language.
func NewSetter(pdf *fpdf.Fpdf, faces *Faces, sp texts.Speaker) *Setter {
	if faces == nil {
		faces = BuiltIn()
	}
	s := &Setter{pdf: pdf, faces: faces, say: statement(sp), added: map[string]bool{}}
	s.Use(false, 10)
	return s
}

// Use chooses the weight and the size of type, in points.
func (s *Setter) Use(bold bool, size float64) {
	s.bold, s.size = bold, size
	s.take(0)
}

// take has the PDF set in one of the fonts, which is embedded when it is first
// used.
func (s *Setter) take(face int) {
	weight := ""
	if s.bold {
		weight = "B"
	}
	family := "f" + strconv.Itoa(face)
	if !s.added[family+weight] {
		s.added[family+weight] = true
		s.pdf.AddUTF8FontFromBytes(family, weight, s.faces.of(s.bold)[face].ttf)
	}
	s.pdf.SetFont(family, weight, s.size)
}

// Printable is the text in characters that can be printed.
func (s *Setter) Printable(text string) string {
	text, replaced := s.faces.printable(text, s.say)
	s.Replaced = s.Replaced || replaced
	return text
}

// Width is how wide a line of printable text is, in the PDF's unit.
func (s *Setter) Width(line string) (width float64) {
	for _, p := range s.lay(line) {
		width += s.width(p)
	}
	return width
}

func (s *Setter) width(p piece) float64 {
	if p.face == 0 {
		return s.pdf.GetStringWidth(p.text)
	}
	s.take(p.face)
	defer s.take(0)
	return s.pdf.GetStringWidth(p.text)
}

// Put sets a line of printable text at x and y, in a row of that height. What is
// drawn otherwise than it is written has its text beside it.
func (s *Setter) Put(x, y, height float64, line string) {
	for _, p := range s.lay(line) {
		s.begin(p.means)
		s.cell(x, y, height, p.face, p.text)
		x += s.width(p)
		for _, m := range p.marks {
			s.cell(x+s.thousandths(m.dx), y-s.thousandths(m.dy), height, m.face, m.text)
		}
		if len(p.marks) > 0 { // readers take the end of the last glyph for that of the text
			s.cell(x-s.pdf.GetStringWidth(" "), y, height, 0, " ")
		}
		s.end(p.means)
		if p.begins != "" {
			s.begin(p.begins)
			s.cell(x-s.pdf.GetStringWidth(" "), y, height, 0, " ")
			s.end(p.begins)
		}
	}
}

// begin says that what is set from here on stands for that text, if any; end ends
// it.
func (s *Setter) begin(means string) {
	if means != "" {
		s.pdf.RawWriteStr("/Span <</ActualText <" + utf16Hex(means) + ">>> BDC")
	}
}

func (s *Setter) end(means string) {
	if means != "" {
		s.pdf.RawWriteStr("EMC")
	}
}

func (s *Setter) cell(x, y, height float64, face int, text string) {
	if face != 0 {
		s.take(face)
		defer s.take(0)
	}
	s.pdf.SetXY(x, y)
	s.pdf.CellFormat(0, height, text, "", 0, "L", false, 0, "")
}

// thousandths of the size of type, in the PDF's unit.
func (s *Setter) thousandths(n float64) float64 { return s.pdf.PointConvert(n / 1000 * s.size) }

func utf16Hex(text string) string {
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return strings.ToUpper(hex.EncodeToString(b))
}

// Split breaks printable text into lines of that width, between words and beside
// Chinese signs. A word that is longer breaks where the line ends.
func (s *Setter) Split(text string, width float64) (lines []string) {
	text = strings.TrimRight(text, "\n")
	if text == "" {
		return nil
	}
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, s.paragraph(paragraph, width)...)
	}
	return lines
}

func (s *Setter) paragraph(text string, width float64) (lines []string) {
	line, filled := "", 0.0
	for _, w := range words(text) {
		visible := s.Width(strings.TrimRightFunc(w, breaksBehind))
		if line != "" && filled+visible > width {
			lines, line, filled = append(lines, strings.TrimRightFunc(line, breaksBehind)), "", 0
		}
		for visible > width {
			fits := s.fitting(w, width)
			lines = append(lines, w[:fits])
			w = w[fits:]
			visible = s.Width(strings.TrimRightFunc(w, breaksBehind))
		}
		line, filled = line+w, filled+s.Width(w)
	}
	return append(lines, strings.TrimRightFunc(line, breaksBehind))
}

// fitting is how many bytes of a word fit: one character at least.
func (s *Setter) fitting(word string, width float64) (bytes int) {
	filled := 0.0
	for i, c := range clusters(word) {
		filled += s.Width(c)
		if i > 0 && filled > width {
			return bytes
		}
		bytes += len(c)
	}
	return bytes
}

// words parts a text behind spaces, and around signs that need none.
func words(text string) (all []string) {
	start, before := 0, rune(0)
	for i, r := range text {
		if i > start && (breaksBehind(before) && !breaksBehind(r) || unspaced(before) && !breaksBehind(r) || unspaced(r) && before != 0) {
			all, start = append(all, text[start:i]), i
		}
		before = r
	}
	return append(all, text[start:])
}

// breaksBehind reports whether a line may end behind a space of that kind.
func breaksBehind(r rune) bool {
	return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' && r != '\u2007'
}

func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

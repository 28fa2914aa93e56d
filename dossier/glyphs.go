package dossier

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"
)

// substitute stands for a character that the fonts lack.
const substitute = '□'

// face is the font that says which characters there are; the bold one has the
// same.
var face = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(goregular.TTF) })

// glyphs turns texts into characters that can be printed.
type glyphs struct{ buffer sfnt.Buffer }

// printable returns the text in characters that the fonts have, and whether
// any had to be replaced. A letter and its accents become one character where
// there is one; a stylised letter (𝐇) becomes the plain one; what remains
// shows as the substitute. Marks that only join or vary characters have no
// shape of their own and go.
func (g *glyphs) printable(text string) (printed string, replaced bool) {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\n', g.has(r) && r != '\t' && !formless(r):
			b.WriteRune(r)
		case r == '\t':
			b.WriteString("    ")
		case r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\u2010', r == '\u2011':
			b.WriteByte('-')
		case formless(r):
		default:
			plain := g.plain(r)
			replaced = replaced || plain == string(substitute)
			b.WriteString(plain)
		}
	}
	return b.String(), replaced
}

// plain is the compatible form of a character, or the substitute.
func (g *glyphs) plain(r rune) string {
	plain := norm.NFKC.String(string(r))
	for _, p := range plain {
		if !g.has(p) {
			return string(substitute)
		}
	}
	return plain
}

// formless are soft hyphens, joiners and variation selectors.
func formless(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

func (g *glyphs) has(r rune) bool {
	f, err := face()
	if err != nil || r > 0xffff { // the PDF library's fonts end there
		return false
	}
	i, err := f.GlyphIndex(&g.buffer, r)
	return err == nil && i != 0
}

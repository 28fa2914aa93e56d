package typeface

import (
	"strings"
	"unicode"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"github.com/artra/klachtbot/texts"
)

// Statement says in the reader's language that so many characters of a script
// can't be printed. The script is one of the names in the catalogue.
type Statement func(script string, characters int) string

func statement(sp texts.Speaker) Statement {
	return func(script string, characters int) string {
		if script == emoji {
			return sp.Say("typeface.emoji")
		}
		return sp.Say("typeface.unprintable", texts.Args{"Count": characters, "Script": sp.Say("typeface.script." + script)})
	}
}

// printable returns the text in characters that can be printed, and whether any
// had to be replaced. A letter and its accents become one character where there
// is one; a stylised letter (𝐇) becomes the plain one; of what remains a statement
// stands in its place. Marks that only join or vary characters have no shape of
// their own and go.
func (f *Faces) printable(text string, say Statement) (printed string, replaced bool) {
	var b strings.Builder
	var buffer sfnt.Buffer
	out := gap{say: say, to: &b}
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '\n', r == '\u2028', r == '\u2029':
			out.write("\n")
		case r == '\t':
			out.write("    ")
		case r == '\u2010', r == '\u2011':
			out.write("-")
		case formless(r):
		case f.sets(&buffer, r):
			out.write(string(r))
		default:
			if plain := f.plain(&buffer, r); plain != "" {
				out.write(plain)
				continue
			}
			out.add(r)
			replaced = true
		}
	}
	out.close()
	return b.String(), replaced
}

// plain is the compatible form of a character; "" when that can't be set either.
func (f *Faces) plain(buffer *sfnt.Buffer, r rune) string {
	plain := norm.NFKC.String(string(r))
	for _, p := range plain {
		if !f.sets(buffer, p) {
			return ""
		}
	}
	return plain
}

// sets reports whether a character can be set, in text and in headings.
func (f *Faces) sets(buffer *sfnt.Buffer, r rune) bool {
	return !unicode.In(r, reordered...) && f.find(buffer, false, r) >= 0 && f.find(buffer, true, r) >= 0
}

// formless are soft hyphens, joiners and variation selectors.
func formless(r rune) bool {
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// gap is what can't be printed, until something can again: one statement stands
// for all of it, and for the spaces within.
type gap struct {
	say    Statement
	to     *strings.Builder
	script string
	count  int
	spaces int // since the last character
}

func (g *gap) add(r rune) {
	script, n := scriptOf(r), 1
	if g.count > 0 && unicode.In(r, unicode.Mn, unicode.Mc, unicode.Sk) { // a mark, or the colour of a skin
		script, n = g.script, 0
	}
	if script != g.script {
		g.close()
	}
	g.script, g.count, g.spaces = script, g.count+n, 0
}

// write writes what can be printed. A space waits for what comes after it.
func (g *gap) write(s string) {
	if s == " " && g.count > 0 {
		g.spaces++
		return
	}
	g.close()
	g.to.WriteString(s)
}

func (g *gap) close() {
	if g.count > 0 {
		g.to.WriteString(g.say(g.script, g.count) + strings.Repeat(" ", g.spaces))
	}
	g.count, g.spaces = 0, 0
}

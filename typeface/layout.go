package typeface

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// piece is part of a line in one font. A piece that stands for another text than
// it is set with, or that accents are set over, has that in means.
type piece struct {
	face  int
	text  string
	means string
	// begins is the first of two letters in one form: it stands on the right.
	begins string
	marks  []mark
}

// mark is an accent: which, and how far from where the font would put it behind
// its letter, in thousandths of the size of type.
type mark struct {
	text   string
	face   int
	dx, dy float64
}

// lay parts a line of printable text into pieces, from left to right.
func (s *Setter) lay(line string) []piece {
	if plainLatin(line) {
		return []piece{{text: line}}
	}
	if strings.IndexFunc(line, rightToLeft) < 0 {
		return s.leftToRight(nil, line)
	}
	var p bidi.Paragraph
	if _, err := p.SetString(line, bidi.DefaultDirection(bidi.LeftToRight)); err != nil {
		return s.leftToRight(nil, line)
	}
	order, err := p.Order()
	if err != nil {
		return s.leftToRight(nil, line)
	}
	var all []piece
	for i := range order.NumRuns() {
		run := order.Run(i)
		if run.Direction() != bidi.RightToLeft {
			all = s.leftToRight(all, run.String())
			continue
		}
		all = s.unjoined(s.byFace(all, bidi.ReverseString(s.joinedWhereSet(run.String()))), len(all))
	}
	return all
}

func rightToLeft(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }

// plainLatin reports whether the built-in font sets a text as it is: it has all
// letters up to there, and no accents apart.
func plainLatin(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x250 }) < 0
}

// joinedWhereSet joins letters, if a font has all the forms.
func (s *Setter) joinedWhereSet(text string) string {
	shaped := join(text)
	for _, r := range shaped {
		if s.faces.find(&s.buffer, s.bold, r) < 0 {
			return text
		}
	}
	return shaped
}

// byFace parts a text by the font of each character.
func (s *Setter) byFace(all []piece, text string) []piece {
	first := len(all)
	for _, r := range text {
		f := max(s.faces.find(&s.buffer, s.bold, r), 0)
		if last := len(all) - 1; last >= first && all[last].face == f {
			all[last].text += string(r)
			continue
		}
		all = append(all, piece{face: f, text: string(r)})
	}
	return all
}

// unjoined parts the pieces from first on so that each joined form stands for its
// letter: readers put letters from right to left in order, and know no forms.
func (s *Setter) unjoined(all []piece, first int) []piece {
	parted := slices.Clone(all[:first])
	for _, p := range all[first:] {
		for _, r := range p.text {
			letter := norm.NFKC.String(string(r))
			last := len(parted) - 1
			switch {
			case unicode.Is(unicode.Arabic, r) && letter != string(r):
				lam, alef := parts(letter)
				parted = append(parted, piece{face: p.face, text: string(r), means: alef, begins: lam})
			case last >= first && parted[last].face == p.face && parted[last].means == "":
				parted[last].text += string(r)
			default:
				parted = append(parted, piece{face: p.face, text: string(r)})
			}
		}
	}
	return parted
}

// parts are lam and alef where a form is both; else the letter is the second.
func parts(letter string) (first, second string) {
	if rest, ok := strings.CutPrefix(letter, string(lam)); ok && rest != "" {
		return string(lam), rest
	}
	return "", letter
}

// leftToRight parts a text by font, and takes letters with accents out of it.
func (s *Setter) leftToRight(all []piece, text string) []piece {
	var plain strings.Builder
	for _, cluster := range clusters(text) {
		letters := []rune(cluster)
		if len(letters) == 1 || !unicode.In(letters[0], accented...) {
			plain.WriteString(cluster)
			continue
		}
		all = s.byFace(all, plain.String())
		plain.Reset()
		all = append(all, s.withAccents(cluster, letters))
	}
	return s.byFace(all, plain.String())
}

// clusters parts a text into characters with the accents behind them.
func clusters(text string) (all []string) {
	for _, r := range text {
		if unicode.Is(unicode.Mn, r) && len(all) > 0 {
			all[len(all)-1] += string(r)
			continue
		}
		all = append(all, string(r))
	}
	return all
}

// Classes of accents by where they stand (Unicode's canonical combining classes).
const (
	attachedBelow      = 202
	attachedAboveRight = 216
	below              = 220
	aboveRight         = 232
	doubleBelow        = 233
)

// withAccents places accents over and under a letter: the font draws each for a
// small letter of middling width, and says nothing to the library of any other.
func (s *Setter) withAccents(cluster string, letters []rune) piece {
	p := piece{face: max(s.faces.find(&s.buffer, s.bold, letters[0]), 0), text: string(letters[0]), means: cluster}
	base := s.faces.of(s.bold)[p.face].box(&s.buffer, letters[0])
	top, bottom := base.top, min(base.bottom, 0)
	for _, r := range letters[1:] {
		m := mark{text: string(r), face: max(s.faces.find(&s.buffer, s.bold, r), 0)}
		f := s.faces.of(s.bold)[m.face]
		at := f.box(&s.buffer, r)
		small := f.box(&s.buffer, 'x')
		// The mark is set behind its letter: dx is from there.
		m.dx = (base.left+base.right)/2 - base.advance - (at.left+at.right)/2
		switch class := norm.NFD.PropertiesString(string(r)).CCC(); class {
		case attachedAboveRight, aboveRight:
			m.dx = base.right - base.advance - at.left
			m.dy = max(0, base.top-small.top)
		case doubleBelow:
			m.dx = -(at.left + at.right) / 2
		case below, attachedBelow:
			m.dy = bottom
			bottom += at.bottom - gapBelow
		default:
			m.dy = max(0, top-small.top)
			top = at.top + m.dy
		}
		p.marks = append(p.marks, m)
	}
	return p
}

// gapBelow is between two accents under a letter.
const gapBelow = 20

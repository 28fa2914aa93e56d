package paper

import (
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
)

// The part of the sheet that the window shows wherever the sheet slid, less what
// people leave around an address. It begins at the address zone of DIN 5008, below
// its line for the sender.
const (
	windowLeft, windowRight = 25.0, 88.0
	windowTop, windowBottom = 62.7, 88.0
	tightLeading            = 1.28
)

// Where the sheet is folded, from its top (DIN 5008, form B).
const firstFold, secondFold = 105.0, 210.0

// addressSizes are tried in turn, in points; the last is the smallest that people
// and machines at the post read well.
var addressSizes = []float64{10.5, 10, 9, 8}

// Fits reports whether an address stands behind the window.
func Fits(to []string, faces *typeface.Faces, sp texts.Speaker) bool {
	_, _, fits := newSheet(Letter{Faces: faces, Speaker: sp}).fitted(to)
	return fits
}

// fitted returns the largest type in which an address stands behind the window, and
// its lines.
func (s *sheet) fitted(to []string) (size float64, lines []string, fits bool) {
	for _, size = range addressSizes {
		lines = nil
		for _, one := range to {
			lines = append(lines, s.wrap(style{size: size}, windowRight-windowLeft, one)...)
		}
		if float64(len(lines))*addressHeight(size) <= windowBottom-windowTop {
			return size, lines, true
		}
	}
	return size, lines, false
}

func addressHeight(size float64) float64 { return size * point * tightLeading }

func (s *sheet) address(size float64, lines []string) {
	s.use(style{size: size})
	for i, line := range lines {
		s.set.Put(windowLeft, windowTop+float64(i)*addressHeight(size), addressHeight(size), line)
	}
}

// folds marks at the edge where the sheet is to be folded.
func (s *sheet) folds() {
	s.pdf.SetLineWidth(0.2)
	s.pdf.SetDrawColor(120, 120, 120)
	for _, y := range []float64{firstFold, secondFold} {
		s.pdf.Line(5, y, 9, y)
	}
}

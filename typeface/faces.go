package typeface

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/go-fonts/dejavu/dejavusanscondensed"
	"github.com/go-fonts/dejavu/dejavusanscondensedbold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// lastRune is the last character that the PDF library's fonts have.
const lastRune = 0xffff

// face is a font with what must be known of its glyphs.
type face struct {
	name string
	ttf  []byte
	font *sfnt.Font
}

// box is a glyph's outline and advance, in thousandths of the size of type.
type box struct{ left, right, top, bottom, advance float64 }

// Faces are fonts in the order in which a character is looked for. They are safe
// for concurrent use.
type Faces struct{ regular, bold []face }

// builtIn is DejaVu Sans Condensed, which has all that names in Europe are written with.
var builtIn = sync.OnceValues(func() (*Faces, error) {
	regular, err := newFace("dejavu", dejavusanscondensed.TTF)
	if err != nil {
		return nil, err
	}
	bold, err := newFace("dejavu bold", dejavusanscondensedbold.TTF)
	return &Faces{[]face{regular}, []face{bold}}, err
})

// BuiltIn are the fonts in the program.
func BuiltIn() *Faces {
	f, err := builtIn()
	if err != nil {
		panic(err) // the program was built with a font that is none
	}
	return f
}

// Open returns the fonts in the program and those of a folder after them, in the
// order of their names: files that end in .ttf. "" is no folder. The error names
// the file that is no TrueType font, or says that there is none.
func Open(folder string) (*Faces, error) {
	if folder == "" {
		return BuiltIn(), nil
	}
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("folder of fonts: %w", err)
	}
	all := *BuiltIn()
	for _, file := range files {
		if !strings.EqualFold(filepath.Ext(file.Name()), ".ttf") {
			continue
		}
		ttf, err := os.ReadFile(filepath.Join(folder, file.Name()))
		if err != nil {
			return nil, fmt.Errorf("font: %w", err)
		}
		f, err := newFace(file.Name(), ttf)
		if err != nil {
			return nil, err
		}
		all.regular, all.bold = append(all.regular, f), append(all.bold, f)
	}
	if len(all.regular) == len(BuiltIn().regular) {
		return nil, errors.New("no file in it ends in .ttf")
	}
	return &all, nil
}

func newFace(name string, ttf []byte) (face, error) {
	f, err := sfnt.Parse(ttf)
	switch {
	case err != nil:
		return face{}, fmt.Errorf("%s is no font: %w", name, err)
	case len(ttf) < 4 || string(ttf[:4]) != "\x00\x01\x00\x00" && string(ttf[:4]) != "true":
		return face{}, fmt.Errorf("%s has no TrueType outlines", name)
	}
	return face{name, ttf, f}, nil
}

func (f *Faces) of(bold bool) []face {
	if bold {
		return f.bold
	}
	return f.regular
}

// find returns which font has the character; -1 when none does.
func (f *Faces) find(buffer *sfnt.Buffer, bold bool, r rune) int {
	for i, one := range f.of(bold) {
		if one.has(buffer, r) {
			return i
		}
	}
	return -1
}

func (f face) has(buffer *sfnt.Buffer, r rune) bool {
	if r > lastRune {
		return false
	}
	i, err := f.font.GlyphIndex(buffer, r)
	return err == nil && i != 0
}

// box measures a character's glyph; nothing when the font lacks it.
func (f face) box(buffer *sfnt.Buffer, r rune) (b box) {
	const em = 1000
	i, err := f.font.GlyphIndex(buffer, r)
	bounds, advance, err2 := f.font.GlyphBounds(buffer, i, fixed.I(em), font.HintingNone)
	if cmp.Or(err, err2) != nil {
		return box{}
	}
	unit := func(v fixed.Int26_6) float64 { return float64(v) / 64 }
	return box{unit(bounds.Min.X), unit(bounds.Max.X), -unit(bounds.Min.Y), -unit(bounds.Max.Y), unit(advance)}
}

package paper

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // for image.Decode
	"image/png"
	"io"
	"os"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/draw"
)

// The limits of a logo: of its file, in bytes, and of its sides, in dots.
const (
	MaxLogoBytes = 2 << 20
	MaxLogoDots  = 4000
)

// The room for a logo, above the window, and how finely it is printed.
const (
	logoWidth, logoHeight = 80.0, 26.0
	logoDots              = 300 / 25.4 // a millimetre, at most
	coarseDots            = 100 / 25.4 // at least, so that a small one stays sharp
)

// Logo is a picture at the head of letters.
type Logo struct {
	png           []byte
	width, height float64 // in millimetres
}

// OpenLogo reads a logo from a PNG or JPEG file. It is made anew, as a plain picture
// on white and no larger than it is printed, so that the PDF library meets no other
// kind. The error says what is wrong with the file, for who chose it.
func OpenLogo(path string) (*Logo, error) {
	b, err := readLogo(path)
	if err != nil {
		return nil, err
	}
	head, kind, err := image.DecodeConfig(bytes.NewReader(b))
	switch {
	case err != nil, kind != "png" && kind != "jpeg":
		return nil, errors.New("is no PNG or JPEG picture")
	case head.Width > MaxLogoDots || head.Height > MaxLogoDots:
		return nil, fmt.Errorf("has %d × %d dots; %d × %d is the most", head.Width, head.Height, MaxLogoDots, MaxLogoDots)
	case head.Width < 1 || head.Height < 1:
		return nil, errors.New("is an empty picture")
	}
	opened, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, errors.New("is a damaged picture")
	}
	return newLogo(opened)
}

// readLogo reads a file of which a picture may be made.
func readLogo(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, bare(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("is no file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, bare(err)
	}
	b, err := io.ReadAll(io.LimitReader(file, MaxLogoBytes+1))
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	if len(b) > MaxLogoBytes {
		return nil, fmt.Errorf("is larger than %d MB", MaxLogoBytes>>20)
	}
	return b, nil
}

// bare is an error about a file without its name, which stands beside it.
func bare(err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// newLogo draws the picture on white, as large as it fits.
func newLogo(from image.Image) (*Logo, error) {
	b := from.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	shrink := min(logoWidth/w, logoHeight/h, 1/coarseDots) // millimetres a dot
	l := &Logo{width: w * shrink, height: h * shrink}
	dots := min(1, shrink*logoDots)
	to := image.NewRGBA(image.Rect(0, 0, max(1, int(w*dots)), max(1, int(h*dots))))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(to, to.Bounds(), from, b, draw.Over, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, to); err != nil {
		return nil, fmt.Errorf("logo: %w", err)
	}
	l.png = out.Bytes()
	return l, nil
}

func (l *Logo) draw(pdf *fpdf.Fpdf, x, y float64) {
	options := fpdf.ImageOptions{ImageType: "PNG"}
	pdf.RegisterImageOptionsReader("logo", options, bytes.NewReader(l.png))
	pdf.ImageOptions("logo", x, y, l.width, l.height, false, options, 0, "")
}

package dossier

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // for image.Decode
	"strconv"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/draw"
)

// A picture is printed at 200 dots an inch at most: enough to read a
// photographed letter. One that takes more than maxOpened bytes to open is not opened,
// however few it has as a file: 32 million pixels as phones save them.
const (
	maxEdge   = 1800
	maxOpened = 128 << 20
	quality   = 85
)

// What opening takes for a pixel, in bytes, at most.
const (
	plainPixel       = 4
	deepPixel        = 8  // 16 bits a colour
	progressivePixel = 16 // all coefficients of a JPEG that comes in passes, beside the picture
)

var errTooLarge = errors.New("picture has too many pixels")

// pagePicture is a picture made ready for a page.
type pagePicture struct {
	jpeg          []byte
	width, height int
}

// newPagePicture opens a JPEG or PNG picture, turns it upright and scales it down.
// It is made anew rather than taken over, so that the PDF library meets only
// plain pictures, whatever the file was.
func newPagePicture(file []byte) (pagePicture, error) {
	head, kind, err := image.DecodeConfig(bytes.NewReader(file))
	switch {
	case err != nil:
		return pagePicture{}, err
	case kind != "jpeg" && kind != "png": // what else the program can open differs with its parts
		return pagePicture{}, image.ErrFormat
	case head.Width < 1 || head.Height < 1 || head.Width > maxOpened/bytesOf(head, file)/head.Height:
		return pagePicture{}, errTooLarge
	}
	opened, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return pagePicture{}, err
	}
	small := upright(scale(opened), orientation(file))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
		return pagePicture{}, err
	}
	return pagePicture{jpeg: b.Bytes(), width: small.Bounds().Dx(), height: small.Bounds().Dy()}, nil
}

// bytesOf is what a pixel takes while a file is opened.
func bytesOf(head image.Config, file []byte) int {
	switch head.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model, color.Gray16Model, color.Alpha16Model:
		return deepPixel
	}
	if progressive(file) {
		return progressivePixel
	}
	return plainPixel
}

// progressive reports whether a JPEG comes in passes, or may: its segments are followed to
// the one that says so, and what can't be followed is not trusted.
func progressive(file []byte) bool {
	if !bytes.HasPrefix(file, []byte("\xff\xd8")) {
		return false
	}
	for at := 2; at+4 <= len(file); {
		marker := file[at+1]
		switch {
		case file[at] != 0xff:
			return true
		case marker == 0xff: // filled up
			at++
			continue
		case marker == 0xc0, marker == 0xc1:
			return false
		case marker == 0xc2:
			return true
		}
		at += 2 + int(file[at+2])<<8 + int(file[at+3])
	}
	return true
}

// scale draws the picture on white, its longer edge at most maxEdge.
func scale(from image.Image) *image.RGBA {
	b := from.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > maxEdge {
		w, h = max(1, w*maxEdge/long), max(1, h*maxEdge/long)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(to, to.Bounds(), from, b, draw.Over, nil)
	return to
}

// picture prints one on a page of its own, as large as fits and never more
// than an inch for 96 dots, so that a small one stays sharp.
func (s *sheet) picture(caption string, p pagePicture) {
	s.newPage()
	s.bookmark(caption, 1)
	s.paragraph(style{size: bodySize, bold: true}, caption)
	s.space(3)
	w, h := float64(p.width)*25.4/96, float64(p.height)*25.4/96
	shrink := min(1, textWidth/w, (pageHeight-bottom-s.y)/h)
	id := strconv.Itoa(s.pdf.PageNo()) // the library tells pictures apart by name
	options := fpdf.ImageOptions{ImageType: "JPG"}
	s.pdf.RegisterImageOptionsReader(id, options, bytes.NewReader(p.jpeg))
	s.pdf.ImageOptions(id, left, s.y, w*shrink, h*shrink, false, options, 0, "")
	s.y += h * shrink
}

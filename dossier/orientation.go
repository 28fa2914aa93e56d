package dossier

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation reads how a picture has to be turned: EXIF orientation, 1 to 8,
// since phones save pictures as the sensor lies. It is 1 when the file doesn't
// say, or says nonsense.
func orientation(file []byte) int {
	_, tiff, found := bytes.Cut(file[:min(len(file), 128<<10)], []byte("Exif\x00\x00"))
	if !found || len(tiff) < 8 || !bytes.HasPrefix(file, []byte("\xff\xd8")) {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 0 || at+2 > len(tiff) {
		return 1
	}
	return entry(tiff[at+2:], int(order.Uint16(tiff[at:])), order)
}

// entry finds the orientation (tag 0x112) among n entries of 12 bytes.
func entry(entries []byte, n int, order binary.ByteOrder) int {
	for ; n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == 0x112 {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns and mirrors a picture as its orientation asks.
func upright(from *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return from
	}
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 { // lies on its side
		size = image.Rect(0, 0, h, w)
	}
	to := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			at := turned(image.Pt(x, y), w-1, h-1, orientation)
			to.SetRGBA(at.X, at.Y, from.RGBAAt(x, y))
		}
	}
	return to
}

// turned is where a point goes in a picture whose last column is r and last
// row is b.
func turned(p image.Point, r, b, orientation int) image.Point {
	switch orientation {
	case 2:
		return image.Pt(r-p.X, p.Y)
	case 3:
		return image.Pt(r-p.X, b-p.Y)
	case 4:
		return image.Pt(p.X, b-p.Y)
	case 5:
		return image.Pt(p.Y, p.X)
	case 6:
		return image.Pt(b-p.Y, p.X)
	case 7:
		return image.Pt(b-p.Y, r-p.X)
	case 8:
		return image.Pt(p.Y, r-p.X)
	}
	return p
}

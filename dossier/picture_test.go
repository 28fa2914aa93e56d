package dossier

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"strings"
	"testing"
)

// marked is a picture of two by one with a red point at the left.
func marked() *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, 32, 16))
	for y := range 16 {
		for x := range 32 {
			m.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
			if x < 16 && y < 8 {
				m.SetRGBA(x, y, color.RGBA{255, 0, 0, 255})
			}
		}
	}
	return m
}

// TestPicture_upright: EXIF says 1 to 8; the red corner goes where the standard says.
func TestPicture_upright(t *testing.T) {
	for orientation, corner := range map[int]string{
		1: "top left", 2: "top right", 3: "bottom right", 4: "bottom left",
		5: "top left", 6: "top right", 7: "bottom right", 8: "bottom left",
	} {
		p, err := newPagePicture(lying(t, orientation))
		if err != nil {
			t.Fatal(err)
		}
		if onSide := p.height > p.width; onSide != (orientation >= 5) {
			t.Errorf("orientation %d is printed %d by %d", orientation, p.width, p.height)
		}
		if got := redCorner(t, p); got != corner {
			t.Errorf("orientation %d: red is at the %s, want %s", orientation, got, corner)
		}
	}
}

// lying is a JPEG whose EXIF block gives that orientation, little-endian for
// the odd ones.
func lying(t *testing.T, orientation int) []byte {
	t.Helper()
	var order binary.AppendByteOrder = binary.BigEndian
	tiff := []byte("MM")
	if orientation%2 == 1 {
		order, tiff = binary.LittleEndian, []byte("II")
	}
	tiff = order.AppendUint16(tiff, 42)
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2) // entries
	tiff = append(tiff, make([]byte, 12)...)
	tiff = order.AppendUint16(tiff, 0x112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, uint16(orientation))
	tiff = append(tiff, make([]byte, 6)...)
	block := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xe1"), uint16(len(block)+2))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, marked(), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return append(append(head, block...), b.Bytes()[2:]...)
}

func redCorner(t *testing.T, p pagePicture) string {
	t.Helper()
	m, err := jpeg.Decode(bytes.NewReader(p.jpeg))
	if err != nil {
		t.Fatal(err)
	}
	right, bottom := p.width-3, p.height-3
	for name, at := range map[string]image.Point{
		"top left": {2, 2}, "top right": {right, 2}, "bottom left": {2, bottom}, "bottom right": {right, bottom},
	} {
		if r, g, _, _ := m.At(at.X, at.Y).RGBA(); r > 0xc000 && g < 0x4000 {
			return name
		}
	}
	return "nowhere"
}

func TestPicture_notPrinted(t *testing.T) {
	var moving bytes.Buffer
	if err := gif.Encode(&moving, marked(), nil); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"nothing": nil, "no picture": []byte("%PDF-1.4"), "another kind": moving.Bytes(),
		"cut off": photo(t)[:700], "far too large": bomb(t), "deep": deepBomb(t), "in passes": passesBomb(t),
	} {
		if _, err := newPagePicture(file); err == nil {
			t.Errorf("%s: printed", name)
		}
		in := withoutFiles(t, "nl")
		in.Attachments = []File{{Name: "bestand", Bytes: file}}
		if got := readBack(t, pdfOf(t, in)); strings.Contains(got, "Bijlage 1:") {
			t.Errorf("%s: has a page of its own", name)
		}
	}
}

// bomb is a small PNG that says it is 60,000 by 60,000.
func bomb(t *testing.T) []byte {
	t.Helper()
	file := screen(t)
	header := file[12:29] // type and contents of the first chunk
	binary.BigEndian.PutUint32(header[4:], 60000)
	binary.BigEndian.PutUint32(header[8:], 60000)
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(header))
	if c, err := png.DecodeConfig(bytes.NewReader(file)); err != nil || c.Width != 60000 {
		t.Fatal("not the picture that the test needs", err)
	}
	return file
}

// deepBomb is a PNG of 20 million pixels of 8 bytes, in a fraction of a megabyte.
func deepBomb(t *testing.T) []byte {
	t.Helper()
	file := screen(t)
	header := file[12:29]
	binary.BigEndian.PutUint32(header[4:], 5000)
	binary.BigEndian.PutUint32(header[8:], 4000)
	header[12], header[13] = 16, 6
	binary.BigEndian.PutUint32(file[29:], crc32.ChecksumIEEE(header))
	if c, err := png.DecodeConfig(bytes.NewReader(file)); err != nil || c.ColorModel != color.NRGBA64Model {
		t.Fatal("not the picture that the test needs", err)
	}
	return file
}

// passesBomb says that it is a JPEG in passes of 20 million pixels.
func passesBomb(t *testing.T) []byte {
	t.Helper()
	file := photo(t)
	at := bytes.Index(file, []byte("\xff\xc0"))
	if at < 0 {
		t.Fatal("not the picture that the test needs")
	}
	file = bytes.Clone(file)
	file[at+1] = 0xc2
	binary.BigEndian.PutUint16(file[at+5:], 4000)
	binary.BigEndian.PutUint16(file[at+7:], 5000)
	if c, err := jpeg.DecodeConfig(bytes.NewReader(file)); err != nil || c.Width != 5000 {
		t.Fatal("not the picture that the test needs", err)
	}
	return file
}

// TestPicture_bombsAreRefusedUnopened: by what they say of themselves, so that they take
// nothing; what a phone saves is opened.
func TestPicture_bombsAreRefusedUnopened(t *testing.T) {
	for name, file := range map[string][]byte{"large": bomb(t), "deep": deepBomb(t), "in passes": passesBomb(t)} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := newPagePicture(file)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, errTooLarge) || took > 8<<20 {
			t.Errorf("%s: takes %d bytes, %v", name, took, err)
		}
	}
	phone := image.Config{ColorModel: color.YCbCrModel, Width: 6400, Height: 5000}
	if phone.Width > maxOpened/bytesOf(phone, photo(t))/phone.Height {
		t.Error("a photo of 32 million pixels is refused")
	}
}

func TestPicture_largeIsScaledDown(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 5000, 20))); err != nil {
		t.Fatal(err)
	}
	p, err := newPagePicture(b.Bytes())
	if err != nil || p.width != maxEdge || p.height != 7 {
		t.Errorf("printed %d by %d, %v", p.width, p.height, err)
	}
}

func TestPicture_transparentIsWhite(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 16, 16))); err != nil {
		t.Fatal(err)
	}
	p, err := newPagePicture(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(p.jpeg))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(8, 8).RGBA(); r < 0xf000 {
		t.Error("what was transparent is dark on paper")
	}
}

func FuzzOrientation(f *testing.F) {
	f.Add([]byte("\xff\xd8Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"))
	f.Add([]byte("\xff\xd8Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if v := orientation(file); v < 1 || v > 8 {
			t.Errorf("orientation %d", v)
		}
	})
}

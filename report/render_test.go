package report

import (
	"bytes"
	"flag"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, name, got, string(want))
}

func speaker(t testing.TB, lang string) texts.Speaker {
	t.Helper()
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return words.In(lang)
}

// full is a summary with something of everything: enough cases for a table of
// two dimensions, and eight quarters.
func full(t testing.TB) Summary {
	t.Helper()
	all := cases()
	for n := range 22 {
		all = append(all, with(decided("2026-08-05", "2026-08-06", "2026-08-14"), func(c *workflow.Complaint) {
			c.Facts.OfferingKind = []string{"course", "training"}[n%2]
			c.Facts.Category = []string{"trainer", "trainer", "invoice", "invoice"}[n%4]
		}))
	}
	q := Since(summer)
	for n := range quarters - 1 {
		for range n % 3 {
			first := q.First().String()
			all = append(all, decided(first, first, first), noticed(first, q.First().AddMonths(2).String()))
		}
		q = q.Next()
	}
	return collected(t, all)
}

// dealt is what the directors made of the summer: two recommendations of their own, one
// of which is late, and one from before.
func dealt() Dealing {
	advice := func(q calendar.Quarter, text, due, done string) Recommended {
		return Recommended{review.Recommendation{
			Quarter: q, Audience: review.AudienceShared, Text: workflow.Confidential(text), Due: day(due), Done: day(done),
		}, "Sam Bakker"}
	}
	return Dealing{
		Firm: "Timmerschool \"De Schaaf\"", Quarter: summer, Today: november, By: "Dirk Jansen",
		Review: review.Review{Quarter: summer, Audience: review.AudienceShared, On: day("2026-10-05"), Recommended: true},
		Recommendations: []Recommended{
			advice(summer, "Kies zalen met verwarming.", "2026-11-02", ""),
			advice(summer, "Bel binnen een dag terug.", "2027-01-04", ""),
			advice(summer.Previous(), "Controleer elke factuur.", "2026-09-01", "2026-08-30"),
		},
	}
}

func TestRender_formats(t *testing.T) {
	for _, lang := range workflow.Languages() {
		sp, s := speaker(t, lang), full(t)
		view := NewSummaryView(s, sp).With(dealt(), sp)
		var text, csv, book, document, data bytes.Buffer
		for _, err := range []error{
			WriteText(&text, view), WriteCSV(&csv, view, sp), WriteXLSX(&book, view, sp), WritePDF(&document, s, dealt(), nil, sp), WriteJSON(&data, s),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		golden(t, "report."+lang+".txt", text.String())
		golden(t, "report."+lang+".csv", csv.String())
		golden(t, "report."+lang+".xlsx.txt", sheets(t, book.Bytes()))
		golden(t, "report."+lang+".pdf.txt", pdfText(t, document.Bytes()))
		golden(t, "report.json", data.String())
	}
}

// TestRender_keptFigures: what was written as JSON tells the same when it is
// read back, and what is no summary is refused without a word of it.
func TestRender_keptFigures(t *testing.T) {
	var b bytes.Buffer
	want := full(t)
	if err := WriteJSON(&b, want); err != nil {
		t.Fatal(err)
	}
	got, err := ReadJSON(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "figures", got, want)
	for _, bad := range []string{"", "geheim", `{"received":"geheim"}`, `{}`} {
		if _, err := ReadJSON([]byte(bad)); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestRender_headline: the first three lines say what there is to worry about,
// also when there is nothing.
func TestRender_headline(t *testing.T) {
	sp := speaker(t, "nl")
	var all []string
	for _, cases := range [][]workflow.Complaint{
		nil, {decided("2026-07-01", "2026-07-03", "2026-07-11")}, cases(),
	} {
		view := NewSummaryView(collected(t, cases), sp)
		for _, l := range view.Headline {
			all = append(all, l.Text)
		}
		all = append(all, "")
	}
	golden(t, "headline.nl.txt", strings.Join(all, "\n"))
}

// TestRender_nothingToTellYet: of what nobody had to do yet there is no "0 of
// 0", and no duration of 0 days.
func TestRender_nothingToTellYet(t *testing.T) {
	var b strings.Builder
	if err := WriteText(&b, NewSummaryView(collected(t, nil), speaker(t, "en"))); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "0 of 0") || strings.Contains(b.String(), "0 days") {
		t.Error(b.String())
	}
}

// sheets reads a workbook back: every sheet with its cells and their types, the
// frozen row and the filter.
func sheets(t *testing.T, b []byte, o ...excelize.Options) string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b), o...)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, sheet := range f.GetSheetList() {
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the header is not frozen: %v", sheet, err)
		}
		if !slices.ContainsFunc(f.GetDefinedName(), func(n excelize.DefinedName) bool {
			return n.Name == "_xlnm._FilterDatabase" && n.Scope == sheet
		}) {
			t.Errorf("%s has no filter", sheet)
		}
		out.WriteString("# " + sheet + "\n")
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, value := range row {
				name, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				typ, err := f.GetCellType(sheet, name)
				if err != nil {
					t.Fatal(err)
				}
				mark := ""
				if typ == excelize.CellTypeUnset || typ == excelize.CellTypeNumber {
					mark = "#"
				}
				out.WriteString(value + mark + " | ")
			}
			out.WriteString("\n")
		}
	}
	return out.String()
}

func pdfText(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("poppler is not installed")
		}
		t.Skip("poppler is not installed")
	}
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if pages := strings.Count(string(out), "\f"); pages != 1 {
		t.Errorf("the PDF has %d pages", pages)
	}
	return string(out)
}

// TestRender_chart: the picture has each class's colour in it, and bars that
// grow with the counts.
func TestRender_chart(t *testing.T) {
	s := full(t)
	s.History[7].Outcome = Classes{InTime: 4, Noticed: 3, Late: 2, Open: 1}
	b, err := PNG(s, dealt(), speaker(t, "nl"))
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	areas := make([]int, len(seriesColors()))
	for y := 150; y < chartHeight; y++ { // below the legend
		for x := chartWidth * 9 / 10; x < chartWidth; x++ { // the last bar
			r, g, b, _ := picture.At(x, y).RGBA()
			for i, c := range seriesColors() {
				if uint32(c.R) == r>>8 && uint32(c.G) == g>>8 && uint32(c.B) == b>>8 {
					areas[i]++
				}
			}
		}
	}
	for i := range 3 {
		if areas[i] <= areas[i+1] || areas[i+1] == 0 {
			t.Errorf("areas of the last bar: %v, want them to shrink", areas)
		}
	}
	if dir := os.Getenv("KLACHTBOT_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "report.png"), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRender_coloursKeepApart in grey too, from each other and from the page:
// WCAG's contrast from each to the next.
func TestRender_coloursKeepApart(t *testing.T) {
	shades := []float64{1} // white
	for _, c := range seriesColors() {
		shade := 0.0
		for i, v := range []uint8{c.R, c.G, c.B} {
			linear := math.Pow((float64(v)/255+0.055)/1.055, 2.4)
			if v < 11 {
				linear = float64(v) / 255 / 12.92
			}
			shade += linear * []float64{0.2126, 0.7152, 0.0722}[i]
		}
		shades = append(shades, shade)
	}
	slices.Sort(shades)
	for i := range len(shades) - 1 {
		if contrast := (shades[i+1] + 0.05) / (shades[i] + 0.05); contrast < 1.4 {
			t.Errorf("contrast %.2f between shades %.2f and %.2f", contrast, shades[i], shades[i+1])
		}
	}
}

// TestRender_nothingBecomesAFormula: no cell begins as a formula does.
func TestRender_nothingBecomesAFormula(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+31": "'+31", "-1": "'-1", "@SUM": "'@SUM", "\tx": "'\tx", "\rx": "'\rx", "\nx": "'\nx",
		"  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "": "", "a=b": "a=b", "Timmeren": "Timmeren", "'=1": "'=1",
		"＝1+1": "'＝1+1", "＋1": "'＋1", "－1": "'－1", "＠SUM": "'＠SUM", "\u200b=1": "'\u200b=1", "\u202e=1": "'\u202e=1", "\u3000@A": "'\u3000@A",
	} {
		if got := escapeFormula(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

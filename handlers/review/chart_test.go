package review_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	hreview "github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
)

// lately is a summary whose last quarters had these outcomes, the others none.
func lately(last ...report.Classes) report.Summary {
	s := report.Summary{Quarter: calendar.Quarter{Year: 2026, Number: 3}, History: make([]report.Period, 8)}
	q := s.Quarter
	for i := 7; i >= 0; i-- {
		s.History[i].Quarter, q = q, q.Previous()
	}
	for i, o := range last {
		s.History[8-len(last)+i].Outcome = o
	}
	return s
}

func speakers(t *testing.T) map[string]texts.Speaker {
	t.Helper()
	c, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return map[string]texts.Speaker{"nl": c.In("nl"), "en": c.In("en")}
}

// TestChart_holdsEveryQuarterAndClass: every quarter and every class, with its
// own number, within Slack's limits, in both languages.
func TestChart_holdsEveryQuarterAndClass(t *testing.T) {
	s := lately(report.Classes{InTime: 4, Noticed: 1}, report.Classes{InTime: 999999, Noticed: 3, Late: 2, Open: 7})
	for lang, sp := range speakers(t) {
		block, ok := hreview.QuarterChart(s, sp).(*slack.DataVisualizationBlock)
		if !ok {
			t.Fatalf("%s: no chart", lang)
		}
		if err := block.Validate(); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
		chart := block.Chart.(*slack.DataVisualizationBarChart)
		if got := strings.Join(chart.AxisConfig.Categories, " "); got != "Q4 ’24 Q1 ’25 Q2 ’25 Q3 ’25 Q4 ’25 Q1 ’26 Q2 ’26 Q3 ’26" {
			t.Errorf("%s: quarters %q", lang, got)
		}
		for i, want := range [][2]float64{{4, 999999}, {1, 3}, {0, 2}, {0, 7}} {
			data := chart.Series[i].Data
			if data[6].Value != want[0] || data[7].Value != want[1] || data[0].Value != 0 {
				t.Errorf("%s: series %q holds %v", lang, chart.Series[i].Name, data)
			}
		}
	}
}

// TestChart_ofNothingSaysSo: an empty chart would say nothing.
func TestChart_ofNothingSaysSo(t *testing.T) {
	for lang, sp := range speakers(t) {
		b, err := json.Marshal(hreview.QuarterChart(lately(), sp))
		if err != nil || !strings.Contains(string(b), sp.Say("quarter.chart_none")) {
			t.Errorf("%s: %s, %v", lang, b, err)
		}
		if hreview.QuarterPicture(lately(), "artra", sp) != nil {
			t.Errorf("%s: a picture of nothing", lang)
		}
	}
}

// TestPicture_describesEveryNumber: it is a picture, and its description has
// every number of the chart, within Slack's limit however many complaints there
// are.
func TestPicture_describesEveryNumber(t *testing.T) {
	many := report.Classes{InTime: 999901, Noticed: 999802, Late: 999703, Open: 999604}
	s := lately(many, many, many, many, many, many, many, many)
	for lang, sp := range speakers(t) {
		p := hreview.QuarterPicture(s, "artra", sp)
		if n := utf8.RuneCountInString(p.Alt); n > core.MaxAlt || strings.HasSuffix(p.Alt, "…") {
			t.Errorf("%s: %d characters", lang, n)
		}
		for _, n := range []int{999901, 999802, 999703, 999604} {
			if got := strings.Count(p.Alt, strconv.Itoa(n)); got != 8 {
				t.Errorf("%s: %d stands in it %d times", lang, n, got)
			}
		}
		drawn, err := p.Draw()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(drawn)); err != nil || !strings.HasSuffix(p.Name, "-2026-Q3.png") {
			t.Errorf("%s: %s: %v", lang, p.Name, err)
		}
	}
}

// TestChart_inWordsLeavesOutZeros: what there was none of is left out.
func TestChart_inWordsLeavesOutZeros(t *testing.T) {
	sp := speakers(t)["nl"]
	got := hreview.ChartInWords(lately(report.Classes{}, report.Classes{InTime: 3, Late: 1}), sp)
	if !strings.HasSuffix(got, " 2026-Q2: geen klachten. 2026-Q3: 3 op tijd, 1 te laat.") {
		t.Error(got)
	}
}

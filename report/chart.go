package report

import (
	"fmt"
	"strings"

	"github.com/go-analyze/charts"
	"golang.org/x/image/font/gofont/goregular"

	"github.com/artra/klachtbot/texts"
)

// chartWidth and chartHeight are in pixels, for a phone: large type, eight bars.
// The chart has a background of its own, so that it reads the same on a light
// and on a dark page.
const chartWidth, chartHeight = 1200, 720

// seriesColors can be told apart without seeing red, green or blue, and in grey:
// late is darker than the others but for who can't be told, and each has a contrast of at least 1.4 with the next and
// with the page.
func seriesColors() []charts.Color {
	return []charts.Color{
		{R: 42, G: 127, B: 186, A: 255}, {R: 116, G: 180, B: 224, A: 255},
		{R: 148, G: 43, B: 0, A: 255}, {R: 214, G: 214, B: 214, A: 255},
		{R: 42, G: 42, B: 42, A: 255},
	}
}

func chartTheme() charts.ColorPalette {
	ink, line := inkColor(), charts.Color{R: 215, G: 215, B: 215, A: 255}
	return charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: ink, AxisSplitLineColor: line, BackgroundColor: paperColor(),
		TextColor: ink, SeriesColors: seriesColors(),
	})
}

// PNG draws the last eight quarters as stacked bars, one colour for each class of R4,
// for the firm that d names; below them stands what the directors made of the quarter.
func PNG(s Summary, d Dealing, sp texts.Speaker) ([]byte, error) {
	p, err := newPainter(chartHeight)
	if err != nil {
		return nil, err
	}
	lines := captions(p, NewSummaryView(s, sp).With(d, sp), sp)
	if len(lines) > 0 {
		if p, err = newPainter(chartHeight + len(lines)*captionHeight + captionHeight); err != nil {
			return nil, err
		}
		p.FilledRect(0, 0, chartWidth, p.Height(), paperColor(), paperColor(), 0)
	}
	o := chartOption(s, sp)
	if d.Firm != "" {
		o.Title.Text = oneLine(d.Firm) + " · " + o.Title.Text
	}
	if err := p.Child(charts.PainterBoxOption(charts.NewBox(0, 0, chartWidth, chartHeight))).BarChart(o); err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	for i, l := range lines {
		p.Text(l.Text, chartMargin, chartHeight+(i+1)*captionHeight, 0, captionStyle(l.Late))
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	return b, nil
}

// chartMargin and captionHeight are in pixels.
const chartMargin, captionHeight = 30, 32

func paperColor() charts.Color { return charts.Color{R: 255, G: 255, B: 255, A: 255} }

func inkColor() charts.Color { return charts.Color{R: 30, G: 30, B: 30, A: 255} }

func newPainter(height int) (*charts.Painter, error) {
	if err := charts.InstallFont("go", goregular.TTF); err != nil {
		return nil, fmt.Errorf("chart font: %w", err)
	}
	return charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: height, Font: charts.GetFont("go"),
	}), nil
}

func captionStyle(grey bool) charts.FontStyle {
	style := charts.NewFontStyleWithSize(17)
	style.FontColor, style.Font = inkColor(), charts.GetFont("go")
	if grey {
		style.FontColor = charts.Color{R: 90, G: 90, B: 90, A: 255}
	}
	return style
}

// captions are the lines below the chart, each as wide as the picture at most: whether
// the quarter was dealt with, and each recommendation with, in grey, how it stands.
func captions(p *charts.Painter, t SummaryView, sp texts.Speaker) (all []Line) {
	add := func(text string, state bool, most int) {
		for i, l := range wrapped(p, oneLine(text)) {
			if i == most {
				all[len(all)-1].Text += "…"
				return
			}
			all = append(all, Line{l, state})
		}
	}
	add(t.Dealt, false, maxAdvice)
	shown := t.Advice[:min(len(t.Advice), maxAdvice)]
	for _, a := range shown {
		add("• "+a.Text, false, maxAdviceLines)
		add(a.State, true, maxAdviceLines)
	}
	if more := len(t.Advice) - len(shown); more > 0 {
		add(sp.Say("quarter.more_advice", texts.Args{"Count": more}), false, 1)
	}
	return all
}

// wrapped breaks a text between words where a line is full. A word that is longer than
// a line stays whole.
func wrapped(p *charts.Painter, text string) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && p.MeasureText(longer, 0, captionStyle(false)).Width() > chartWidth-2*chartMargin {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func chartOption(s Summary, sp texts.Speaker) charts.BarChartOption {
	series, quarters, highest := chartData(s)
	o := charts.NewBarChartOptionWithData(series)
	letters := charts.NewFontStyleWithSize(20)
	o.Theme, o.StackSeries, o.Padding = chartTheme(), charts.Ptr(true), charts.NewBoxEqual(30)
	o.Title.Text, o.Title.FontStyle = sp.Say("report.chart"), charts.NewFontStyleWithSize(24)
	o.Legend.SeriesNames, o.Legend.FontStyle = ClassNames(sp)[:len(series)], letters
	o.Legend.Offset = charts.OffsetStr{Left: charts.PositionLeft, Top: "50"}
	o.Legend.Symbol = charts.SymbolSquare
	o.CategoryAxis.Labels, o.CategoryAxis.LabelFontStyle = quarters, charts.NewFontStyleWithSize(17)
	o.ValueAxis[0].LabelFontStyle, o.ValueAxis[0].Min = letters, charts.Ptr(0.0)
	o.ValueFormatter = func(f float64) string { return decimal(int(f)) }
	if highest < 5 { // whole complaints only
		o.ValueAxis[0].Max, o.ValueAxis[0].LabelCount = charts.Ptr(5.0), 6
	}
	for i := range o.SeriesList {
		o.SeriesList[i].Label.Show = charts.Ptr(false)
	}
	return o
}

// chartData is a line of numbers for each class, the quarters, and the highest
// bar.
func chartData(s Summary) (series [][]float64, quarters []string, highest int) {
	series = make([][]float64, s.Shown())
	for _, p := range s.History {
		o := p.Outcome
		for i, n := range o.Numbers()[:len(series)] {
			series[i] = append(series[i], float64(n))
		}
		quarters = append(quarters, p.Quarter.String())
		highest = max(highest, o.All())
	}
	return series, quarters, highest
}

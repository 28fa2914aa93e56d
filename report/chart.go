package report

import (
	"fmt"

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
	ink, line := charts.Color{R: 30, G: 30, B: 30, A: 255}, charts.Color{R: 215, G: 215, B: 215, A: 255}
	return charts.MakeTheme(charts.ThemeOption{
		AxisStrokeColor: ink, AxisSplitLineColor: line, BackgroundColor: charts.Color{R: 255, G: 255, B: 255, A: 255},
		TextColor: ink, SeriesColors: seriesColors(),
	})
}

// PNG draws the last eight quarters as stacked bars, one colour for each class of
// R4.
func PNG(s Summary, sp texts.Speaker) ([]byte, error) {
	if err := charts.InstallFont("go", goregular.TTF); err != nil {
		return nil, fmt.Errorf("chart font: %w", err)
	}
	p := charts.NewPainter(charts.PainterOptions{
		OutputFormat: charts.ChartOutputPNG, Width: chartWidth, Height: chartHeight, Font: charts.GetFont("go"),
	})
	if err := p.BarChart(chartOption(s, sp)); err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	b, err := p.Bytes()
	if err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	return b, nil
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

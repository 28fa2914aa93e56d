package render

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/slacksim/page/words"
)

// chartJSON is the payload of a data_visualization block.
type chartJSON struct {
	Type     string      `json:"type"` // "bar", "line", "area" or "pie"
	Segments []pointJSON `json:"segments"`
	Series   []struct {
		Name string      `json:"name"`
		Data []pointJSON `json:"data"`
	} `json:"series"`
	Axis struct {
		Categories []string `json:"categories"`
		XLabel     string   `json:"x_label"`
		YLabel     string   `json:"y_label"`
	} `json:"axis_config"`
}

type pointJSON struct {
	Label string  `json:"label"`
	Value float64 `json:"value"`
}

// chartView is a chart in the coordinates of its drawing, beside the table of
// the same figures that a screen reader gets.
type chartView struct {
	Title, XLabel, YLabel string
	Width, Height         int
	Legend                []legendView
	Ticks                 []markView // of the y axis
	Names                 []markView // of the x axis
	Bars                  []barView
	Lines                 []pathView
	Table                 tableView
}

type (
	legendView struct{ Class, Name string }
	markView   struct{ X, Y, Text string }
	barView    struct{ Class, X, Y, W, H, Label string }
	pathView   struct{ Class, D, Label string }
)

const (
	chartWidth, chartHeight  = 520, 240
	chartLeft, chartRight    = 44.0, 512.0
	chartTop, chartBottom    = 12.0, 204.0
	pieX, pieY, pieRadius    = 130.0, 120.0, 100.0
	barsShare                = 0.72 // of a category's room
	chartTicks               = 4
	nameLineY, yLabelPadding = 222.0, 8.0
)

func (r *Renderer) chart(b blockJSON) chartView {
	v := chartView{Title: textOfTitle(b), Width: chartWidth, Height: chartHeight}
	if b.Chart == nil {
		return v
	}
	c := b.Chart.inOrder()
	v.XLabel, v.YLabel = c.Axis.XLabel, c.Axis.YLabel
	v.Table = r.chartTable(c)
	if c.Type == "pie" {
		v.pie(c, r.Words)
		return v
	}
	v.axes(c, r.Words)
	return v
}

// inOrder puts the points of every series in the order of the categories; they
// may come in any.
func (c chartJSON) inOrder() chartJSON {
	place := func(p pointJSON) int { return slices.Index(c.Axis.Categories, p.Label) }
	c.Series = slices.Clone(c.Series)
	for i := range c.Series {
		c.Series[i].Data = slices.SortedStableFunc(slices.Values(c.Series[i].Data), func(a, b pointJSON) int {
			return place(a) - place(b)
		})
	}
	return c
}

// textOfTitle reads a chart's title, which is a bare string.
func textOfTitle(b blockJSON) string {
	return textOf(b.Title).Text
}

// axes lays out bars, lines or areas over their categories.
func (v *chartView) axes(c chartJSON, w *words.Words) {
	low, high, step := scaleOf(c)
	y := func(value float64) float64 {
		return chartBottom - (value-low)/(high-low)*(chartBottom-chartTop)
	}
	for value := low; value <= high+step/2; value += step {
		v.Ticks = append(v.Ticks, markView{X: num(chartLeft - yLabelPadding), Y: num(y(value)), Text: w.Number(value)})
	}
	room := (chartRight - chartLeft) / float64(max(len(c.Axis.Categories), 1))
	for i, name := range c.Axis.Categories {
		v.Names = append(v.Names, markView{X: num(chartLeft + room*(float64(i)+.5)), Y: num(nameLineY), Text: name})
	}
	for s, series := range c.Series {
		class := "c" + strconv.Itoa(s%6)
		v.Legend = append(v.Legend, legendView{class, series.Name})
		var points []string
		for _, p := range series.Data {
			i := slices.Index(c.Axis.Categories, p.Label)
			if i < 0 {
				continue
			}
			if c.Type == "bar" {
				wide := room * barsShare / float64(len(c.Series))
				x := chartLeft + room*(float64(i)+(1-barsShare)/2) + wide*float64(s)
				top, bottom := y(max(p.Value, 0)), y(min(p.Value, 0))
				v.Bars = append(v.Bars, barView{class, num(x), num(top), num(max(wide-2, 1)), num(bottom - top),
					series.Name + ", " + p.Label + ": " + w.Number(p.Value)})
				continue
			}
			points = append(points, num(chartLeft+room*(float64(i)+.5))+" "+num(y(p.Value)))
		}
		v.line(c, class, series.Name, points, room, y(max(low, min(0, high))))
	}
}

// line joins points; an area is closed along the base line.
func (v *chartView) line(c chartJSON, class, name string, points []string, room, base float64) {
	if len(points) == 0 {
		return
	}
	d := "M" + strings.Join(points, "L")
	if c.Type == "area" {
		first, _, _ := strings.Cut(points[0], " ")
		last, _, _ := strings.Cut(points[len(points)-1], " ")
		d += "L" + last + " " + num(base) + "L" + first + " " + num(base) + "Z"
		class += " area"
	} else {
		class += " line"
	}
	v.Lines = append(v.Lines, pathView{class, d, name})
}

func (v *chartView) pie(c chartJSON, w *words.Words) {
	total := 0.0
	for _, s := range c.Segments {
		total += max(s.Value, 0)
	}
	if total <= 0 {
		return
	}
	turn := 0.0
	for i, s := range c.Segments {
		class := "c" + strconv.Itoa(i%6)
		share := max(s.Value, 0) / total
		v.Legend = append(v.Legend, legendView{class, s.Label + ": " + w.Number(s.Value)})
		v.Lines = append(v.Lines, pathView{class, slice(turn, min(turn+share, turn+.9999)), s.Label})
		turn += share
	}
}

// slice is the path of a piece of pie between two shares of the turn.
func slice(from, to float64) string {
	point := func(turn float64) string {
		angle := 2*math.Pi*turn - math.Pi/2
		return num(pieX+pieRadius*math.Cos(angle)) + " " + num(pieY+pieRadius*math.Sin(angle))
	}
	large := "0"
	if to-from > .5 {
		large = "1"
	}
	radius := num(pieRadius)
	return "M" + num(pieX) + " " + num(pieY) + "L" + point(from) +
		"A" + radius + " " + radius + " 0 " + large + " 1 " + point(to) + "Z"
}

// scaleOf picks round bounds that hold every value and zero.
func scaleOf(c chartJSON) (low, high, step float64) {
	for _, s := range c.Series {
		for _, p := range s.Data {
			low, high = min(low, p.Value), max(high, p.Value)
		}
	}
	step = roundUp((high - low) / chartTicks)
	low = math.Floor(low/step) * step
	return low, max(math.Ceil(high/step)*step, low+step), step
}

// roundUp is the next 1, 2 or 5 times a power of ten.
func roundUp(x float64) float64 {
	if x <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 5} {
		if x <= m*power {
			return m * power
		}
	}
	return 10 * power
}

// chartTable is the chart's figures in rows.
func (r *Renderer) chartTable(c chartJSON) tableView {
	cell := func(s string) cellView { return cellView{Spans: []span{{Kind: "text", Text: s}}} }
	t := tableView{Head: []cellView{cell("")}}
	if c.Type == "pie" {
		t.Head = append(t.Head, cell(r.Words.Value))
		for _, s := range c.Segments {
			t.Rows = append(t.Rows, []cellView{cell(s.Label), cell(r.Words.Number(s.Value))})
		}
		return t
	}
	for _, s := range c.Series {
		t.Head = append(t.Head, cell(s.Name))
	}
	for i, name := range c.Axis.Categories {
		row := []cellView{cell(name)}
		for _, s := range c.Series {
			value := ""
			if i < len(s.Data) {
				value = r.Words.Number(s.Data[i].Value)
			}
			row = append(row, cell(value))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func num(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

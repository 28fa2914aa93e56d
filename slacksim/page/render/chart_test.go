package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim/blockkit"
)

// chartOf lays out a chart for Sanne.
func chartOf(t *testing.T, chart string) chartView {
	t.Helper()
	var b blockJSON
	if err := json.Unmarshal([]byte(`{"type":"data_visualization","title":"T","chart":`+chart+`}`), &b); err != nil {
		t.Fatal(err)
	}
	return newTestRenderer(t).chart(b)
}

// figures are the rows of a chart's table, its head first.
func figures(v chartView) []string {
	line := func(cells []cellView) string {
		var out []string
		for _, c := range cells {
			out = append(out, c.Spans[0].Text)
		}
		return strings.Join(out, "|")
	}
	rows := []string{line(v.Table.Head)}
	for _, row := range v.Table.Rows {
		rows = append(rows, line(row))
	}
	return rows
}

const twoSeries = `"axis_config":{"categories":["Q1","Q2"],"x_label":"kwartaal","y_label":"klachten"},"series":[
	{"name":"A","data":[{"label":"Q1","value":4},{"label":"Q2","value":8}]},{"name":"B","data":[{"label":"Q1","value":0},{"label":"Q2","value":-4}]}]}`

func TestCharts_barsStandOnZero(t *testing.T) {
	t.Parallel()
	v := chartOf(t, `{"type":"bar",`+twoSeries)
	zero := ""
	for _, tick := range v.Ticks {
		if tick.Text == "0" {
			zero = tick.Y
		}
	}
	for i, b := range v.Bars {
		var top, height, line float64
		if _, err := fmt.Sscan(b.Y+" "+b.H+" "+zero, &top, &height, &line); err != nil {
			t.Fatal(err)
		}
		edge := top + height // of a bar above the line
		if strings.Contains(b.Label, "-") {
			edge = top
		}
		if edge < line-.11 || edge > line+.11 {
			t.Errorf("bar %d (%s) ends at %.1f, the zero line is at %s", i, b.Label, edge, zero)
		}
	}
	if labels := fmt.Sprint(v.Bars[0].Label, "; ", v.Bars[3].Label, "; ", v.XLabel, "; ", v.YLabel); labels != "A, Q1: 4; B, Q2: -4; kwartaal; klachten" {
		t.Errorf("labels %s", labels)
	}
	if diff := cmp.Diff([]string{"|A|B", "Q1|4|0", "Q2|8|-4"}, figures(v)); diff != "" {
		t.Error(diff)
	}
}

func TestCharts_linesAndAreas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, class string
		closed      bool
	}{{"line", "c0 line", false}, {"area", "c0 area", true}} {
		v := chartOf(t, `{"type":"`+c.kind+`",`+twoSeries)
		if len(v.Lines) != 2 || len(v.Bars) != 0 || v.Lines[0].Class != c.class || v.Lines[0].Label != "A" {
			t.Fatalf("%s: %+v", c.kind, v.Lines)
		}
		if d := v.Lines[0].D; strings.HasSuffix(d, "Z") != c.closed || !strings.HasPrefix(d, "M161.0 ") {
			t.Errorf("%s is drawn as %s", c.kind, d)
		}
		if c.closed && strings.Count(v.Lines[0].D, "L") != 3 {
			t.Errorf("the area is not closed along the base line: %s", v.Lines[0].D)
		}
	}
}

// The points of a series may come in any order; drawing and figures go by label.
func TestCharts_pointsInAnyOrder(t *testing.T) {
	t.Parallel()
	const axis = `"axis_config":{"categories":["Q1","Q2","Q3"]},"series":[{"name":"A","data":[`
	const inOrder = axis + `{"label":"Q1","value":1},{"label":"Q2","value":2},{"label":"Q3","value":3}]}]}`
	const shuffled = axis + `{"label":"Q3","value":3},{"label":"Q1","value":1},{"label":"Q2","value":2}]}]}`
	if r := blockkit.JudgeMessage("x", json.RawMessage(`[{"type":"data_visualization","title":"T","chart":{"type":"bar",`+shuffled+`}]`), nil, nil, false); r != nil {
		t.Fatalf("Slack takes any order, the simulator says %+v", r)
	}
	for _, kind := range []string{"bar", "line", "area"} {
		plain, other := chartOf(t, `{"type":"`+kind+`",`+inOrder), chartOf(t, `{"type":"`+kind+`",`+shuffled)
		if diff := cmp.Diff(plain.Lines, other.Lines); diff != "" {
			t.Errorf("%s:\n%s", kind, diff)
		}
		if diff := cmp.Diff(figures(plain), figures(other)); diff != "" {
			t.Errorf("%s, its figures:\n%s", kind, diff)
		}
	}
}

func TestCharts_pies(t *testing.T) {
	t.Parallel()
	v := chartOf(t, `{"type":"pie","segments":[{"label":"A","value":3},{"label":"B","value":1.5},{"label":"C","value":1.5}]}`)
	var legend []string
	for i, l := range v.Legend {
		legend = append(legend, l.Class+" "+l.Name)
		if v.Lines[i].Class != l.Class || !strings.HasPrefix(v.Lines[i].D, "M130.0 120.0L") {
			t.Errorf("slice %d: %+v", i, v.Lines[i])
		}
	}
	if diff := cmp.Diff([]string{"c0 A: 3", "c1 B: 1,5", "c2 C: 1,5"}, legend); diff != "" {
		t.Error(diff)
	}
	if first := v.Lines[0].D; first != "M130.0 120.0L130.0 20.0A100.0 100.0 0 0 1 130.0 220.0Z" {
		t.Errorf("half a pie is %s", first)
	}
	if diff := cmp.Diff([]string{"|Waarde", "A|3", "B|1,5", "C|1,5"}, figures(v)); diff != "" {
		t.Error(diff)
	}
	whole := chartOf(t, `{"type":"pie","segments":[{"label":"A","value":3}]}`)
	if d := whole.Lines[0].D; !strings.Contains(d, " 0 1 1 ") || !strings.HasSuffix(d, " 20.0Z") {
		t.Errorf("a whole pie is %s", d)
	}
	if nothing := chartOf(t, `{"type":"pie","segments":[{"label":"A","value":0}]}`); len(nothing.Lines) != 0 || len(nothing.Legend) != 0 {
		t.Errorf("a pie of nothing: %+v", nothing)
	}
}

// Round bounds that hold every value and zero, a few steps apart.
func TestCharts_scales(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values, ticks string
	}{
		{"0", "0 1"}, {"4", "0 1 2 3 4"}, {"5", "0 2 4 6"}, {"9", "0 5 10"}, {"100", "0 50 100"}, {"-3", "-3 -2 -1 0"}, {"-3,5", "-4 -2 0 2 4 6"},
		{"0.5", "0 0,2 0,4 0,6"}, {"1000000", "0 500000 1000000"},
	} {
		var data []string
		var categories []string
		for i, value := range strings.Split(c.values, ",") {
			categories = append(categories, fmt.Sprintf(`"k%d"`, i))
			data = append(data, fmt.Sprintf(`{"label":"k%d","value":%s}`, i, value))
		}
		v := chartOf(t, `{"type":"bar","axis_config":{"categories":[`+strings.Join(categories, ",")+`]},"series":[{"name":"A","data":[`+strings.Join(data, ",")+`]}]}`)
		var ticks []string
		for _, tick := range v.Ticks {
			ticks = append(ticks, tick.Text)
		}
		if got := strings.Join(ticks, " "); got != c.ticks {
			t.Errorf("%s: ticks %q, want %q", c.values, got, c.ticks)
		}
		if first, last := v.Ticks[0], v.Ticks[len(v.Ticks)-1]; first.Y != "204.0" || last.Y != "12.0" {
			t.Errorf("%s: the axis runs from %s to %s", c.values, first.Y, last.Y)
		}
	}
}

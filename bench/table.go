package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// table is what was measured: of each figure and contestant a value a round.
type table struct {
	figures     []string // in the order in which they came
	contestants []string
	values      map[string]map[string][]float64
}

func newTable() *table { return &table{values: map[string]map[string][]float64{}} }

func (t *table) add(figure, contestant string, value float64) {
	if t.values[figure] == nil {
		t.figures = append(t.figures, figure)
		t.values[figure] = map[string][]float64{}
	}
	if !slices.Contains(t.contestants, contestant) {
		t.contestants = append(t.contestants, contestant)
	}
	t.values[figure][contestant] = append(t.values[figure][contestant], value)
}

// median is NaN for what was not measured.
func (t *table) median(figure, contestant string) float64 {
	v := slices.Sorted(slices.Values(t.values[figure][contestant]))
	if len(v) == 0 {
		return math.NaN()
	}
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// String is the table in Markdown: medians, and the ratios of klachtbot to the
// others.
func (t *table) String() string {
	type ratio struct{ of, to string }
	var ratios []ratio
	heads := append([]string{""}, t.contestants...)
	for _, of := range t.contestants {
		for _, to := range t.contestants {
			if strings.HasPrefix(of, "klachtbot") && !strings.HasPrefix(to, "klachtbot") {
				ratios = append(ratios, ratio{of, to})
				heads = append(heads, of+" ÷ "+to)
			}
		}
	}
	var out strings.Builder
	line := func(cells []string) { fmt.Fprintf(&out, "| %s |\n", strings.Join(cells, " | ")) }
	line(heads)
	line(slices.Concat([]string{"---"}, slices.Repeat([]string{"---:"}, len(heads)-1)))
	for _, figure := range t.figures {
		cells := []string{figure}
		for _, c := range t.contestants {
			cells = append(cells, written(t.median(figure, c)))
		}
		for _, r := range ratios {
			cells = append(cells, written(t.median(figure, r.of)/t.median(figure, r.to)))
		}
		line(cells)
	}
	return out.String()
}

// written is a figure with three digits that count.
func written(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	if v == 0 {
		return "0"
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(v))))
	return fmt.Sprintf("%.*f", max(digits, 0), v)
}

package blockkit

import (
	"fmt"
	"math"
)

// The limits of tables and charts, in characters and items.
// https://docs.slack.dev/reference/block-kit/blocks/table-block
// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
const (
	maxRows       = 100
	maxColumns    = 20
	maxTableText  = 10000 // in all cells together
	maxChartTitle = 50
	maxAxisLabel  = 50
	maxChartLabel = 20
	maxCategories = 20
	maxSeries     = 6
	maxSegments   = 6
	maxCharts     = 2 // a message
)

var tableBlock = blockOf([]member{
	needs("rows", listOf(1, maxRows, listOf(1, maxColumns, oneOfKinds(cellKinds, anyPlace)))),
	may("column_settings", listOf(0, maxColumns, columnSetting)),
}, shortTable)

var cellKinds = map[string]kind{
	"raw_text": {everywhere, anyPlace, typedObject([]member{needs("text", nonEmpty)})},
	"raw_number": {everywhere, anyPlace, typedObject([]member{
		needs("value", numberThat(isFinite, "must provide a number")), may("text", nonEmpty)})},
	"rich_text": {everywhere, anyPlace, richTextBlock},
}

var columnMembers = objectOf([]member{
	may("align", wordOf("left", "center", "right")),
	may("is_wrapped", flag),
})

// columnSetting may be null: that column as it comes.
func columnSetting(j *judge, v any) {
	if v != nil {
		columnMembers(j, v)
	}
}

func shortTable(j *judge, v any) {
	if n := textIn(listAt(v, "rows")); n > maxTableText {
		j.enter("rows")
		j.refusef("must be less than %d characters", maxTableText+1)
		j.leave()
	}
}

// textIn counts the characters of every "text" in a value, however deep.
func textIn(v any) int {
	n := 0
	switch v := v.(type) {
	case map[string]any:
		for key, one := range v {
			if s, ok := one.(string); ok && key == "text" {
				n += Length(s)
				continue
			}
			n += textIn(one)
		}
	case []any:
		for _, one := range v {
			n += textIn(one)
		}
	}
	return n
}

var chartBlock = blockOf([]member{
	needs("title", stringOf(1, maxChartTitle)),
	needs("chart", oneOfKinds(chartKinds, anyPlace)),
}, fewCharts)

var (
	chartLabel = stringOf(1, maxChartLabel)

	plot = kind{everywhere, anyPlace, typedObject([]member{
		needs("axis_config", objectOf([]member{
			needs("categories", listOf(1, maxCategories, chartLabel)),
			may("x_label", stringOf(0, maxAxisLabel)),
			may("y_label", stringOf(0, maxAxisLabel)),
		})),
		needs("series", listOf(1, maxSeries, objectOf([]member{
			needs("name", chartLabel),
			needs("data", listOf(1, maxCategories, objectOf([]member{
				needs("label", chartLabel),
				needs("value", numberThat(isFinite, "must provide a number")),
			}))),
		}))),
	}, seriesFit)}
)

var chartKinds = map[string]kind{
	"bar": plot, "line": plot, "area": plot,
	"pie": {everywhere, anyPlace, typedObject([]member{
		needs("segments", listOf(1, maxSegments, objectOf([]member{
			needs("label", chartLabel),
			needs("value", numberThat(isPositive, "must be greater than 0")),
		}))),
	})},
}

func isFinite(n float64) bool   { return !math.IsInf(n, 0) && !math.IsNaN(n) }
func isPositive(n float64) bool { return isFinite(n) && n > 0 }

// seriesFit asks that categories and names are each other's own, and that
// every series has one point for every category.
func seriesFit(j *judge, v any) {
	object, _ := v.(map[string]any)
	categories := listAt(object["axis_config"], "categories")
	known := map[string]bool{}
	j.enter("axis_config")
	j.enter("categories")
	for i, c := range categories {
		name, _ := c.(string)
		j.enterItem(i)
		if known[name] {
			j.refusef("category %q already exists", name)
		}
		known[name] = true
		j.leave()
	}
	j.leave()
	j.leave()
	j.enter("series")
	names := map[string]bool{}
	for i, series := range listAt(v, "series") {
		j.enterItem(i)
		unique(j, names, "name", stringAt(series, "name"))
		pointsFit(j, listAt(series, "data"), known)
		j.leave()
	}
	j.leave()
}

func pointsFit(j *judge, points []any, categories map[string]bool) {
	j.enter("data")
	defer j.leave()
	if len(points) != len(categories) {
		j.refuse("must provide one point for every category")
		return
	}
	seen := map[string]bool{}
	for i, point := range points {
		label := stringAt(point, "label")
		j.enterItem(i)
		if !categories[label] {
			j.refuseAt("label", fmt.Sprintf("%q is not one of the categories", label))
		}
		unique(j, seen, "label", label)
		j.leave()
	}
}

// fewCharts refuses the third chart of a message.
func fewCharts(j *judge, _ any) {
	j.charts++
	if j.surface == onMessage && j.charts > maxCharts {
		j.refusef("no more than %d data_visualization blocks allowed", maxCharts)
	}
}

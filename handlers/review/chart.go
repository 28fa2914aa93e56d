package review

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
)

// quarterChart shows the last eight quarters by class (R4) as Slack's own
// chart, which takes 20 categories of 20 characters, six series, and twice in a
// message. There is no use in a chart of nothing: then it says that there is
// nothing.
func quarterChart(s report.Summary, sp texts.Speaker) slack.Block {
	if nothingCame(s) {
		return kit.Remark(sp.Say("quarter.chart_none"))
	}
	var quarters []string
	for _, p := range s.History {
		quarters = append(quarters, shortQuarter(p.Quarter))
	}
	var series []slack.DataVisualizationDataSeries
	for i, name := range report.ClassNames(sp)[:s.Shown()] {
		var points []slack.DataVisualizationDataPoint
		for _, p := range s.History {
			points = append(points, slack.NewDataVisualizationDataPoint(shortQuarter(p.Quarter), float64(p.Outcome.Numbers()[i])))
		}
		series = append(series, slack.NewDataVisualizationDataSeries(name, points...))
	}
	axes := slack.NewDataVisualizationAxisConfig(quarters...).WithYLabel(sp.Say("quarter.chart_axis"))
	return slack.NewDataVisualizationBlock(sp.Say("report.chart"), slack.NewDataVisualizationBarChart(axes, series...))
}

// quarterPicture is the same chart as a picture, for where Slack takes none;
// nil when there is nothing to show.
func quarterPicture(s report.Summary, firm string, sp texts.Speaker) *core.Picture {
	if nothingCame(s) {
		return nil
	}
	return &core.Picture{
		Name: sp.Say("quarter.picture_name", texts.Args{"Quarter": s.Quarter}), Title: sp.Say("report.chart"),
		Alt: chartInWords(s, sp), Draw: func() ([]byte, error) { return report.PNG(s, report.Dealing{Firm: firm}, sp) },
	}
}

// nothingCame reports whether no complaint came in, in all eight quarters.
func nothingCame(s report.Summary) bool {
	for _, p := range s.History {
		if p.Outcome.All() > 0 {
			return false
		}
	}
	return true
}

// shortQuarter fits under its bars on a phone.
func shortQuarter(q calendar.Quarter) string {
	year, quarter, _ := strings.Cut(q.String(), "-")
	return quarter + " ’" + year[2:]
}

// chartInWords says what the chart shows to who does not see it.
func chartInWords(s report.Summary, sp texts.Speaker) string {
	lines, names := []string{sp.Say("report.chart") + "."}, report.ClassNames(sp)
	for _, p := range s.History {
		var parts []string
		for i, n := range p.Outcome.Numbers() {
			if n > 0 {
				parts = append(parts, sp.Say("quarter.chart_class", texts.Args{"Class": strings.ToLower(names[i]), "Count": n}))
			}
		}
		counts := sp.Say("quarter.chart_zero")
		if len(parts) > 0 {
			counts = strings.Join(parts, ", ")
		}
		line := sp.Say("quarter.chart_quarter", texts.Args{"Quarter": p.Quarter, "Told": counts})
		lines = append(lines, line)
	}
	return kit.Cut(strings.Join(lines, " "), core.MaxAlt)
}

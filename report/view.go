package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// SummaryView is a summary in words, in one language. Every format shows it, each
// in its own way.
type SummaryView struct {
	Heading      string
	AsOf         string
	Counting     string // by which day outcomes count; "" for that on which the complainant was told
	Headline     []Line // what a director with ten minutes must know
	Sections     []Section
	Lessons      []string
	LessonsTitle string
	Tables       []Grid
	Note         string // on hidden cells; "" when there are none
	// Of the directors (SummaryView.With): whose figures they are, whether they dealt
	// with them, and what they recommended.
	Firm, Dealt, AdviceTitle string
	Advice                   []Advice
}

// Advice is a recommendation, and how it stands.
type Advice struct{ Text, State string }

// Line is a sentence of the headline; late ones stand out.
type Line struct {
	Text string
	Late bool
}

// Section is a heading with figures.
type Section struct {
	Title string
	Rows  []Row
}

// Row is one figure. Of is of how many it is a part, -1 when it is no part;
// Value is both as people read them.
type Row struct {
	Label     string
	Count, Of int
	Value     string
}

// Grid is a table; a cell may be Hidden, or None.
type Grid struct {
	Title string
	Head  []string // of the first column too
	Rows  []GridRow
}

// GridRow is a row of a Grid.
type GridRow struct {
	Label string
	Cells []int
}

// NewSummaryView puts a summary into words.
func NewSummaryView(s Summary, sp texts.Speaker) SummaryView {
	t := viewer{s, sp}
	view := SummaryView{
		Heading:  sp.Say("report.heading", texts.Args{"Number": s.Quarter.Number, "Year": s.Quarter.Year}),
		AsOf:     sp.Say("report.as_of", texts.Args{"Date": sp.Date(s.AsOf)}),
		Counting: t.counting(),
		Headline: t.headline(),
		Sections: t.sections(), Lessons: s.Lessons, LessonsTitle: sp.Say("report.lessons"),
		Tables: []Grid{t.history()},
	}
	if s.MoreLessons > 0 {
		more := sp.Say("report.more_lessons", texts.Args{"Count": s.MoreLessons})
		view.Lessons = append(append([]string{}, s.Lessons...), more)
	}
	if s.CategoryByKind != nil {
		view.Tables = append(view.Tables, t.crossed())
		view.Note = sp.Say("report.hidden")
	}
	return view
}

// viewer puts the figures of one summary into words.
type viewer struct {
	Summary
	sp texts.Speaker
}

// headline begins with what was overdue, however old.
func (t viewer) headline() []Line {
	lines := append(t.standing(), Line{Text: t.received()})
	if late := t.lateness(); late.Text != "" {
		lines = append(lines, late)
	}
	return append(append(lines, Line{Text: t.most()}), t.remedies()...)
}

func (t viewer) received() string {
	return t.sp.Say("report.headline", texts.Args{
		"Count": t.Received, "Before": t.History[len(t.History)-2].Outcome.All(),
	})
}

// lateness says of each promise to whoever complained in the quarter how many were
// late, or how many were kept when none was late, each out of how many. A promise
// that was not due yet is left out.
func (t viewer) lateness() Line {
	a, o, c := t.Acknowledged, t.Outcome, t.Confirmed
	late := a.Late+o.Late+c.Late > 0
	var parts []string
	for _, one := range []struct {
		key             string
		late, kept, due int
	}{
		{"acknowledged", a.Late, a.InTime, a.Due()},
		{"outcome", o.Late, o.InTime + o.Noticed, o.Due()},
		{"confirmed", c.Late, c.InTime, c.Due()},
	} {
		n, key := one.kept, "report.kept."+one.key
		if late {
			n, key = one.late, "report.late."+one.key
		}
		if one.due > 0 && (n > 0 || !late) { // what was in time is no part of what was late
			parts = append(parts, t.sp.Say(key, texts.Args{"Of": t.of(n, one.due)}))
		}
	}
	switch {
	case len(parts) == 0:
		return t.earlier()
	case late:
		return Line{Text: t.sp.Say("report.late", texts.Args{"Parts": strings.Join(parts, ", ")}), Late: true}
	}
	return Line{Text: t.sp.Say("report.none_late", texts.Args{"Parts": strings.Join(parts, ", ")})}
}

func (t viewer) most() string {
	if t.Received == 0 {
		return t.sp.Say("report.nothing_received", texts.Args{"Disputed": t.DisputedInQuarter})
	}
	category, offering := most(t.Categories), most(t.Offerings)
	return t.sp.Say("report.most", texts.Args{
		"Category": choice(t.sp, "category", category.Key), "Categories": t.of(category.Count, t.Received),
		"Offering": offering.Key, "Offerings": t.of(offering.Count, t.Received), "Disputed": t.DisputedInQuarter,
	})
}

// remedies says how many of what complainants were promised was kept, and, to
// directors, the sum in money; nothing where nothing was promised.
func (t viewer) remedies() []Line {
	r := t.Remedies
	if r.Promised == 0 {
		return nil
	}
	parts := []string{t.sp.Say("report.remedies_kept", texts.Args{"Count": r.Promised, "Kept": r.Kept})}
	for _, one := range []struct {
		key string
		n   int
	}{{"report.remedies_open", r.Open}, {"report.remedies_late", r.Overdue}, {"report.remedies_ended", r.Dropped + r.NotKept}} {
		if one.n > 0 {
			parts = append(parts, t.sp.Say(one.key, texts.Args{"Count": one.n}))
		}
	}
	lines := []Line{{Text: strings.Join(parts, ", ") + ".", Late: r.Overdue > 0}}
	if sum := t.Refunds; sum != nil && sum.Promised > 0 {
		lines = append(lines, Line{Text: t.sp.Say("report.refunds", texts.Args{"Promised": t.sp.Euros(sum.Promised), "Paid": t.sp.Euros(sum.Paid)})})
	}
	return lines
}

// most is the most frequent; the first of several.
func most(counts []Count) (best Count) {
	for _, c := range counts {
		if c.Count > best.Count {
			best = c
		}
	}
	return best
}

func (t viewer) sections() []Section {
	say := t.sp.Say
	o, due := t.Outcome, t.Outcome.Due()
	all := []Section{
		{Title: say("report.promises"), Rows: []Row{
			t.part(say("report.acknowledged"), t.Acknowledged.InTime, t.Acknowledged.Due()),
			t.part(say("report.in_time"), o.InTime, due), t.part(say("report.noticed"), o.Noticed, due),
			t.part(say("report.late_class"), o.Late, due), t.number(say("report.open_class"), o.Open),
			t.part(say("report.confirmed"), t.Confirmed.InTime, t.Confirmed.Due()),
		}},
		{Title: say("report.course"), Rows: []Row{
			t.days(say("report.median"), t.Duration.Median), t.days(say("report.longest"), t.Duration.Longest),
			t.number(say("report.reopened"), t.Reopened), t.number(say("report.disputed"), t.Disputed),
			t.number(say("report.late_logged"), t.LateLogged), t.number(t.outOfTime(), t.OutOfTime),
		}},
		t.heard(),
		{Title: say("report.apart"), Rows: append([]Row{
			t.number(say("report.closed"), t.ClosedInQuarter), t.number(say("report.disputed_now"), t.DisputedInQuarter),
		}, t.standingRows()...)},
	}
	if t.AmendedInTime > 0 {
		all[0].Rows = append(all[0].Rows, t.number(say("report.amended"), t.AmendedInTime))
	}
	all = append(all, withRows(Section{say("report.committee"), t.committeeRows()}, Section{say("report.satisfaction"), t.satisfaction()})...)
	for _, c := range []struct {
		title, list string
		counts      []Count
	}{
		{say("report.categories"), "category", t.Categories},
		{say("report.offering_kinds"), "offering_kind", t.OfferingKinds},
		{say("report.offerings"), "", t.Offerings},
		{say("report.ways"), "way", t.Ways},
		{say("report.verdicts"), "verdict", t.Verdicts},
		{say("report.causes"), "cause", t.Causes},
	} {
		if len(c.counts) > 0 {
			all = append(all, Section{c.title, t.counts(c.list, c.counts)})
		}
	}
	return all
}

// outOfTime names the complaints that were made after the days that there are for it
// (R5).
func (t viewer) outOfTime() string {
	days := cmp.Or(t.ComplainDays, workflow.DefaultTerms().ComplainDays)
	return t.sp.Say("report.out_of_time", texts.Args{"Days": t.sp.Days(days)})
}

// withRows leaves out the sections that have nothing to say.
func withRows(sections ...Section) []Section {
	return slices.DeleteFunc(sections, func(s Section) bool { return len(s.Rows) == 0 })
}

func (t viewer) counts(list string, counts []Count) []Row {
	rows := make([]Row, len(counts))
	for i, c := range counts {
		label := c.Key
		if list != "" {
			label = choice(t.sp, list, c.Key)
		}
		rows[i] = t.number(label, c.Count)
	}
	return rows
}

func (t viewer) number(label string, n int) Row { return Row{label, n, -1, decimal(n)} }

// dash stands where there is nothing to count yet, and for what is hidden.
const dash = "–"

func (t viewer) part(label string, n, of int) Row {
	if of == 0 {
		return Row{label, n, of, dash}
	}
	return Row{label, n, of, t.of(n, of)}
}

func (t viewer) days(label string, n int) Row { return t.took(label, t.Duration, n) }

// took is a number of days of some duration.
func (t viewer) took(label string, of Duration, n int) Row {
	if of.Decided == 0 {
		return Row{label, n, -1, dash}
	}
	return Row{label, n, -1, t.sp.Days(n)}
}

// of is "11 of 12": never a bare percentage, which hides how few they are.
func (t viewer) of(part, all int) string {
	return t.sp.Say("report.of", texts.Args{"Part": part, "All": all})
}

func (t viewer) history() Grid {
	g := Grid{Title: t.sp.Say("report.history"), Head: append([]string{t.sp.Say("report.quarter")}, ClassNames(t.sp)...)}
	g.Head = append(g.Head, t.sp.Say("report.short.median"))
	for _, p := range t.History {
		o, median := p.Outcome, None
		if p.Duration.Decided > 0 {
			median = p.Duration.Median
		}
		g.Rows = append(g.Rows, GridRow{p.Quarter.String(), append(o.Numbers(), median)})
	}
	return g
}

// ClassNames are what a chart calls the classes of R4: short, since they stand
// in a legend on a phone.
func ClassNames(sp texts.Speaker) []string {
	return []string{
		sp.Say("report.short.in_time"), sp.Say("report.short.noticed"), sp.Say("report.short.late"), sp.Say("report.short.open"),
		sp.Say("report.short.unreachable"),
	}
}

func (t viewer) crossed() Grid {
	g := Grid{Title: t.sp.Say("report.crossed"), Head: []string{t.sp.Say("report.categories")}}
	for _, kind := range t.CategoryByKind.Columns {
		g.Head = append(g.Head, choice(t.sp, "offering_kind", kind))
	}
	for i, category := range t.CategoryByKind.Rows {
		g.Rows = append(g.Rows, GridRow{choice(t.sp, "category", category), t.CategoryByKind.Cells[i]})
	}
	return g
}

// choice is how people read one value of one of workflow's lists.
func choice[T ~string](sp texts.Speaker, list string, v T) string {
	if v == "" {
		return ""
	}
	return sp.Say("choice." + list + "." + string(v))
}

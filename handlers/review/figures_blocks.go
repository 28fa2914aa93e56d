package review

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
)

// What a summary shows at most: a message takes 50 blocks and some 13,000
// characters.
const (
	maxValues = 10  // of a list of counts
	maxLesson = 250 // characters of one
	maxShown  = 8   // lessons
)

// figureBlocks shows the figures, for a phone: what must be known in a few
// lines, then what we promise and how it went, what it was about, the quarters
// before, with a chart where there can be one, and what officers learned.
func figureBlocks(sp texts.Speaker, s report.Summary, chart ...slack.Block) []slack.Block {
	view := report.NewSummaryView(s, sp)
	blocks := []slack.Block{kit.Header(view.Heading), headline(view)}
	if view.Counting != "" {
		blocks = append(blocks, kit.Remark(view.Counting))
	}
	var lines []slack.RichTextSectionElement
	for _, section := range view.Sections {
		if slices.ContainsFunc(section.Rows, func(r report.Row) bool { return r.Of >= 0 }) {
			blocks = append(blocks, figureList(section))
			continue
		}
		if len(lines) > 0 {
			lines = append(lines, kit.Words("\n"))
		}
		lines = append(lines, figureLine(sp, section)...)
	}
	blocks = append(blocks, kit.Paragraph(lines...)...)
	blocks = append(append(blocks, historyBlocks(sp, s)...), chart...)
	return append(blocks, lessonBlocks(sp, s)...)
}

// headline is a list; that something was late stands out.
func headline(view report.SummaryView) slack.Block {
	lines := make([]slack.RichTextElement, len(view.Headline))
	for i, l := range view.Headline {
		run := kit.Words(l.Text)
		if l.Late {
			run = kit.Bold(l.Text)
		}
		lines[i] = slack.NewRichTextSection(run)
	}
	return slack.NewRichTextBlock("", bullets(lines...))
}

func bullets(lines ...slack.RichTextElement) slack.RichTextElement {
	return slack.NewRichTextList(slack.RTEListBullet, 0, lines...)
}

// figureList is a heading with a line for each figure.
func figureList(section report.Section) slack.Block {
	lines := make([]slack.RichTextElement, len(section.Rows))
	for i, r := range section.Rows {
		lines[i] = slack.NewRichTextSection(kit.Words(r.Label+": "), kit.Bold(r.Value))
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(kit.Bold(section.Title)), bullets(lines...))
}

// figureLine is a heading with figures behind it, on one line. A number stays
// with its name.
func figureLine(sp texts.Speaker, section report.Section) []slack.RichTextSectionElement {
	runs := []slack.RichTextSectionElement{kit.Bold(section.Title + ": ")}
	shown := section.Rows[:min(len(section.Rows), maxValues)]
	for i, r := range shown {
		label := kit.Cut(r.Label, kit.MaxLabel) + "\u00a0"
		if i > 0 {
			label = " · " + label
		}
		runs = append(runs, kit.Words(label), kit.Bold(strings.ReplaceAll(r.Value, " ", "\u00a0")))
	}
	if more := len(section.Rows) - len(shown); more > 0 {
		runs = append(runs, kit.Words(" · "), kit.Words(sp.Say("quarter.more_values", texts.Args{"Count": more})))
	}
	return runs
}

// historyBlocks is the last eight quarters as a table that fits a phone, with
// what its short headings mean.
func historyBlocks(sp texts.Speaker, s report.Summary) []slack.Block {
	title := slack.NewRichTextSection(kit.Bold(sp.Say("report.history")))
	table := &slack.RichTextPreformatted{
		Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{kit.Words(historyTable(sp, s))},
	}
	columns := sp.Say("quarter.columns")
	if s.Shown() == len(s.Outcome.Numbers()) {
		further := sp.Say("quarter.columns.unreachable")
		columns += " · " + further
	}
	return []slack.Block{slack.NewRichTextBlock("", title, table), kit.Remark(columns)}
}

// historyTable has a column a quarter, since the words for the lines are too long to
// stand above each other: with small numbers 31 characters a line, what a message
// on a phone takes. Two digits of the year stand below its first quarter.
func historyTable(sp texts.Speaker, s report.Summary) string {
	names := []string{
		sp.Say("quarter.column.in_time"), sp.Say("quarter.column.noticed"), sp.Say("quarter.column.late"),
		sp.Say("quarter.column.open"), sp.Say("quarter.column.unreachable"),
	}[:s.Shown()]
	quarters, years, medians := []string{""}, []string{""}, []string{sp.Say("quarter.column.median")}
	counts := make([][]string, len(names))
	for i, name := range names {
		counts[i] = []string{name}
	}
	for i, p := range s.History {
		year := ""
		if i == 0 || p.Quarter.Number == 1 {
			year = strconv.Itoa(p.Quarter.Year)[2:]
		}
		quarters, years = append(quarters, "Q"+strconv.Itoa(p.Quarter.Number)), append(years, year)
		for class, n := range p.Outcome.Numbers()[:len(names)] {
			counts[class] = append(counts[class], strconv.Itoa(n))
		}
		median := "–"
		if p.Duration.Decided > 0 {
			median = strconv.Itoa(p.Duration.Median)
		}
		medians = append(medians, median)
	}
	return aligned(slices.Concat([][]string{quarters, years}, counts, [][]string{medians}))
}

// aligned puts the cells of lines below each other: the first to the left, the others
// to the right.
func aligned(lines [][]string) string {
	var b strings.Builder
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], kit.Length(cell))
		}
	}
	for n, line := range lines {
		if n > 0 {
			b.WriteByte('\n')
		}
		for i, cell := range line {
			gap := strings.Repeat(" ", widths[i]-kit.Length(cell))
			if i == 0 {
				b.WriteString(cell + gap)
				continue
			}
			b.WriteString(" " + gap + cell)
		}
	}
	return b.String()
}

// lessonBlocks is what officers learned, in sentences without names.
func lessonBlocks(sp texts.Speaker, s report.Summary) []slack.Block {
	if len(s.Lessons) == 0 {
		return nil
	}
	shown := s.Lessons[:min(len(s.Lessons), maxShown)]
	lines := make([]slack.RichTextElement, len(shown))
	for i, l := range shown {
		lines[i] = slack.NewRichTextSection(kit.Words(kit.Cut(l, maxLesson)))
	}
	blocks := []slack.Block{
		slack.NewRichTextBlock("", slack.NewRichTextSection(kit.Bold(sp.Say("report.lessons"))), bullets(lines...)),
	}
	if more := len(s.Lessons) + s.MoreLessons - len(shown); more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("quarter.more_lessons", texts.Args{"Count": more})))
	}
	return blocks
}

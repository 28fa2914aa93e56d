package story

import (
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/artra/klachtbot/handlers/kit"
)

// rich reads rich text: what a person types in Slack.
func (w *reading) rich(elements []node) string {
	var parts []string
	for _, e := range elements {
		switch kind := e.text("type"); kind {
		case "rich_text_section", "rich_text_preformatted":
			parts = append(parts, w.runs(e))
		case "rich_text_quote":
			parts = append(parts, prefixed(w.runs(e), "> ", "> "))
		case "rich_text_list":
			parts = append(parts, w.listed(e))
		default:
			parts = append(parts, w.run(e))
		}
	}
	return paragraphs(parts...)
}

// listed reads a list, each item on a line with its bullet or number.
func (w *reading) listed(list node) string {
	const deepest = 8 // indents that Slack's clients make
	indent := strings.Repeat("    ", int(min(max(list.number("indent"), 0), deepest)))
	var lines []string
	for i, item := range list.nodes("elements") {
		mark := "• "
		if list.text("style") == "ordered" {
			mark = strconv.FormatFloat(list.number("offset")+float64(i+1), 'f', 0, 64) + ". "
		}
		lines = append(lines, prefixed(w.rich([]node{item}), indent+mark, indent+"  "))
	}
	return paragraphs(lines...)
}

// prefixed puts something before the first line, and before those that follow.
func prefixed(text, first, rest string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return first + strings.ReplaceAll(strings.Trim(text, "\n"), "\n", "\n"+rest)
}

// runs reads what stands in one section, quotation or code block.
func (w *reading) runs(section node) string {
	var text strings.Builder
	for _, e := range section.nodes("elements") {
		text.WriteString(w.run(e))
	}
	return text.String()
}

// run reads one element of rich text.
func (w *reading) run(e node) string {
	switch kind := e.text("type"); kind {
	case "text":
		return e.text("text")
	case "link":
		return kit.Link(e.text("url"), e.text("text"))
	case "emoji":
		return cmp.Or(pictured(e.text("unicode")), ":"+e.text("name")+":")
	case "user":
		return w.mention(e.text("user_id"), "")
	case "usergroup":
		return w.group(e.text("usergroup_id"), "")
	case "team":
		everybody := w.Speak.Say("story.everybody")
		return "@" + everybody
	case "broadcast":
		return "@" + e.text("range")
	case "channel":
		return w.channel(e.text("channel_id"), e.text("name"))
	case "date":
		return cmp.Or(e.text("fallback"), w.instant(e.number("timestamp")))
	case "color":
		return e.text("value")
	default:
		return w.loose(e, kind)
	}
}

// pictured is an emoji by the code points that Slack gives, as 1f62d-1f3fb; ""
// when these are none.
func pictured(points string) string {
	var text strings.Builder
	for point := range strings.SplitSeq(points, "-") {
		r, err := strconv.ParseInt(point, 16, 32)
		if err != nil || !utf8.ValidRune(rune(r)) {
			return ""
		}
		text.WriteRune(rune(r))
	}
	return text.String()
}

package render

import (
	"regexp"
	"strings"
)

// parseMarkdown reads the common part of a markdown block: headings, lists,
// quotes, fenced code, emphasis, code and links. A line it does not
// understand is a paragraph.
func (r *Renderer) parseMarkdown(text string) []span {
	m := markdownReader{r: r}
	for line := range strings.SplitSeq(text, "\n") {
		m.line(line)
	}
	m.flush()
	return m.out
}

// markdownReader collects the lines of the block that is open.
type markdownReader struct {
	r    *Renderer
	out  []span
	kind string // "" when no block is open
	kids []span
}

var (
	mdHeading = regexp.MustCompile(`^#{1,6}\s+(.*?)\s*#*$`)
	mdBullet  = regexp.MustCompile(`^\s*[-*+]\s+(.*)$`)
	mdNumber  = regexp.MustCompile(`^\s*\d{1,9}[.)]\s+(.*)$`)
	mdRule    = regexp.MustCompile(`^\s*([-*_]\s*){3,}$`)
	mdInline  = regexp.MustCompile("`([^`]+)`|\\[([^\\]\\[]+)\\]\\(([^()\\s]+)\\)|\\*\\*([^*]+)\\*\\*|__([^_]+)__|~~([^~]+)~~|\\*([^*\\s][^*]*)\\*|\\b_([^_\\s][^_]*)_\\b|<([@#!][^<>]+)>")
)

func (m *markdownReader) line(line string) {
	if m.kind == "preblock" {
		if strings.HasPrefix(strings.TrimSpace(line), fence) {
			m.flush()
			return
		}
		m.add("preblock", span{Kind: "text", Text: line + "\n"})
		return
	}
	trimmed := strings.TrimSpace(line)
	switch {
	case strings.HasPrefix(trimmed, fence):
		m.flush()
		m.kind = "preblock"
	case trimmed == "":
		m.flush()
	case mdRule.MatchString(line):
		m.flush()
		m.out = append(m.out, span{Kind: "rule"})
	case mdHeading.MatchString(trimmed):
		m.flush()
		m.out = append(m.out, span{Kind: "heading", Kids: m.inline(mdHeading.FindStringSubmatch(trimmed)[1])})
	case strings.HasPrefix(trimmed, ">"):
		m.add("quote", m.joined("quote", strings.TrimSpace(trimmed[1:]))...)
	case mdBullet.MatchString(line):
		m.add("bullets", span{Kind: "item", Kids: m.inline(mdBullet.FindStringSubmatch(line)[1])})
	case mdNumber.MatchString(line):
		m.add("numbers", span{Kind: "item", Kids: m.inline(mdNumber.FindStringSubmatch(line)[1])})
	default:
		m.add("paragraph", m.joined("paragraph", trimmed)...)
	}
}

// joined is a line of such a block, joined to the one before it in the same block.
func (m *markdownReader) joined(kind, text string) []span {
	spans := m.inline(text)
	if m.kind == kind && len(m.kids) > 0 {
		return append([]span{{Kind: "text", Text: "\n"}}, spans...)
	}
	return spans
}

func (m *markdownReader) add(kind string, kids ...span) {
	if m.kind != kind {
		m.flush()
		m.kind = kind
	}
	m.kids = append(m.kids, kids...)
}

func (m *markdownReader) flush() {
	if m.kind != "" {
		m.out = append(m.out, span{Kind: m.kind, Kids: m.kids, Text: "indent-0", URL: "1"})
	}
	m.kind, m.kids = "", nil
}

// inline reads emphasis, code and links; each match is shorter than its line,
// so the recursion ends.
func (m *markdownReader) inline(s string) []span {
	found := mdInline.FindStringSubmatchIndex(s)
	if found == nil {
		return m.r.plainText(s)
	}
	group := func(i int) string {
		if found[2*i] < 0 {
			return ""
		}
		return s[found[2*i]:found[2*i+1]]
	}
	out := m.r.plainText(s[:found[0]])
	switch {
	case group(1) != "":
		out = append(out, span{Kind: "code", Text: group(1)})
	case group(2) != "" && safeURL(group(3)):
		out = append(out, span{Kind: "link", URL: group(3), Text: group(2)})
	case group(2) != "":
		out = append(out, span{Kind: "text", Text: s[found[0]:found[1]]})
	case group(4)+group(5) != "":
		out = append(out, span{Kind: "bold", Kids: m.inline(group(4) + group(5))})
	case group(6) != "":
		out = append(out, span{Kind: "strike", Kids: m.inline(group(6))})
	case group(9) != "":
		out = append(out, m.r.token(group(9)))
	default:
		out = append(out, span{Kind: "italic", Kids: m.inline(group(7) + group(8))})
	}
	return append(out, m.inline(s[found[1]:])...)
}

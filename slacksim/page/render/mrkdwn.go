package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a piece of drawn text. Kind names its case in the template "span";
// Text and URL are raw and escaped only there.
type span struct {
	Kind string
	Text string
	URL  string
	Kids []span
}

const (
	fence      = "```"
	quoteTyped = "&gt;"
)

// parseMrkdwn reads Slack's mark-up: fenced code, quotes, emphasis, code and
// the <…> forms. Text it does not understand stays text.
func (r *Renderer) parseMrkdwn(text string) []span {
	var out []span
	for {
		before, rest, found := strings.Cut(text, fence)
		code, after, closed := strings.Cut(rest, fence)
		if !found || !closed || code == "" {
			return append(out, r.parseLines(text)...)
		}
		out = append(out, r.parseLines(strings.TrimSuffix(before, "\n"))...)
		out = append(out, span{Kind: "pre", Text: unescape(strings.Trim(code, "\n"))})
		text = strings.TrimPrefix(after, "\n")
	}
}

// parseLines splits quoted lines from the others.
func (r *Renderer) parseLines(text string) []span {
	if text == "" {
		return nil
	}
	var out []span
	var plain, quoted []string
	flush := func() {
		if len(plain) > 0 {
			out = append(out, r.parsePlainLines(plain)...)
		}
		if len(quoted) > 0 {
			out = append(out, span{Kind: "quote", Kids: r.parsePlainLines(quoted)})
		}
		plain, quoted = nil, nil
	}
	for line := range strings.SplitSeq(text, "\n") {
		inner, isQuote := cutQuote(line)
		if isQuote != (len(quoted) > 0) {
			flush()
		}
		if isQuote {
			quoted = append(quoted, inner)
		} else {
			plain = append(plain, line)
		}
	}
	flush()
	return out
}

func cutQuote(line string) (string, bool) {
	for _, mark := range []string{quoteTyped, ">"} {
		if inner, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimPrefix(inner, " "), true
		}
	}
	return line, false
}

func (r *Renderer) parsePlainLines(lines []string) []span {
	var out []span
	for i, line := range lines {
		if i > 0 {
			out = append(out, span{Kind: "text", Text: "\n"})
		}
		out = append(out, r.parseInline(line, "")...)
	}
	return out
}

var emphasis = map[byte]string{'*': "bold", '_': "italic", '~': "strike"}

// parseInline reads one line. within holds the emphasis marks that are open
// already: Slack doesn't nest a mark in itself, which bounds the recursion.
func (r *Renderer) parseInline(s, within string) []span {
	var out []span
	hopeless := within // marks that cannot close any more in this line
	plain := 0
	emit := func(upto, next int, piece span) {
		out = append(out, r.plainText(s[plain:upto])...)
		out = append(out, piece)
		plain = next
	}
	for i := 0; i < len(s); {
		switch c := s[i]; c {
		case '<':
			if end := strings.IndexByte(s[i:], '>'); end > 1 {
				emit(i, i+end+1, r.token(s[i+1:i+end]))
				i += end + 1
				continue
			}
		case '`':
			if end := strings.IndexByte(s[i+1:], '`'); end > 0 {
				emit(i, i+end+2, span{Kind: "code", Text: unescape(s[i+1 : i+1+end])})
				i += end + 2
				continue
			}
		case '*', '_', '~':
			if strings.IndexByte(hopeless, c) >= 0 || !opens(s, i) {
				break
			}
			end := closing(s, i)
			if end < 0 {
				hopeless += string(c)
				break
			}
			emit(i, end+1, span{Kind: emphasis[c], Kids: r.parseInline(s[i+1:end], within+string(c))})
			i = end + 1
			continue
		}
		i++
	}
	return append(out, r.plainText(s[plain:])...)
}

// opens reports whether the mark at i may open emphasis: no word before it,
// no space after it.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, size := utf8.DecodeRuneInString(s[i+1:])
	return !isWord(before) && size > 0 && !unicode.IsSpace(after)
}

// closing finds the mark that closes the one at i, stepping over <…> and
// code; -1 when there is none.
func closing(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch s[j] {
		case '<':
			if end := strings.IndexByte(s[j:], '>'); end > 0 {
				j += end
			}
		case '`':
			if end := strings.IndexByte(s[j+1:], '`'); end > 0 {
				j += end + 1
			}
		case s[i]:
			before, _ := utf8.DecodeLastRuneInString(s[:j])
			after, _ := utf8.DecodeRuneInString(s[j+1:])
			if j > i+1 && !unicode.IsSpace(before) && !isWord(after) {
				return j
			}
		}
	}
	return -1
}

func isWord(c rune) bool {
	return c != utf8.RuneError && (unicode.IsLetter(c) || unicode.IsDigit(c))
}

// plainText undoes Slack's escaping, links bare web addresses and draws emoji.
func (r *Renderer) plainText(s string) []span {
	var out []span
	for s != "" {
		start, end := bareURL(s)
		if start < 0 {
			return append(out, span{Kind: "text", Text: drawEmoji(unescape(s))})
		}
		if start > 0 {
			out = append(out, span{Kind: "text", Text: drawEmoji(unescape(s[:start]))})
		}
		address := unescape(s[start:end])
		out = append(out, span{Kind: "link", Text: address, URL: address})
		s = s[end:]
	}
	return out
}

// bareURL finds the first web address that stands in s without <…>.
func bareURL(s string) (start, end int) {
	start = strings.Index(s, "https://")
	if other := strings.Index(s, "http://"); start < 0 || (other >= 0 && other < start) {
		start = other
	}
	if start < 0 {
		return -1, -1
	}
	end = len(s)
	if i := strings.IndexFunc(s[start:], func(c rune) bool {
		return unicode.IsSpace(c) || strings.ContainsRune("<>\"|`", c)
	}); i >= 0 {
		end = start + i
	}
	end = start + len(strings.TrimRight(s[start:end], ".,;:!?)*_~'"))
	if end <= start+len("https://") {
		return -1, -1
	}
	return start, end
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

func unescape(s string) string { return unescaper.Replace(s) }

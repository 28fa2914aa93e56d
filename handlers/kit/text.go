package kit

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// Length counts as Slack's clients do: in UTF-16 units.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// Cut shortens text to limit units, with an ellipsis where it was cut.
func Cut(text string, limit int) string {
	if Length(text) <= limit {
		return text
	}
	head, _ := Split(text, limit-1)
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// Split divides text after at most limit units and never inside a character;
// marks that belong to the character before them go along with it.
func Split(text string, limit int) (head, tail string) {
	n, at := 0, 0
	var before rune
	for i, r := range text {
		if !joins(before, r) {
			at = i
		}
		if n += max(1, utf16.RuneLen(r)); n > limit {
			if at == 0 {
				at = i
			}
			return text[:at], text[at:]
		}
		before = r
	}
	return text, ""
}

// joins reports whether r belongs to the visible character that before began:
// a combining mark, a skin tone, or what a zero-width joiner ties on.
func joins(before, r rune) bool {
	const joiner = '\u200d'
	return before == joiner || r == joiner || unicode.In(r, unicode.Mn, unicode.Me) || r >= 0x1f3fb && r <= 0x1f3ff
}

// pieces divides text into parts of at most limit units, at a line's end or
// between words where there is one in the last part.
func pieces(text string, limit int) []string {
	var parts []string
	for Length(text) > limit {
		head, tail := Split(text, limit)
		if i := strings.LastIndexAny(head, "\n "); i > len(head)/2 {
			head, tail = text[:i+1], text[i+1:]
		}
		parts, text = append(parts, head), tail
	}
	if text != "" {
		parts = append(parts, text)
	}
	return parts
}

// Parts divides text into parts of at most limit units to be pasted below each
// other: between paragraphs, or else lines or words, where there are any in the last
// half. The blanks between two parts are in neither.
func Parts(text string, limit int) []string {
	var parts []string
	for Length(text) > limit {
		head, _ := Split(text, limit)
		at := len(head)
		for _, between := range []string{"\n\n", "\n", " "} {
			if i := strings.LastIndex(head, between); i > len(head)/2 {
				at = i
				break
			}
		}
		parts, text = append(parts, strings.TrimRight(text[:at], " \n")), strings.TrimLeft(text[at:], " \n")
	}
	return append(parts, text)
}

// Weight counts a text as the strictest of Slack's limits might: UTF-16
// units, with the three characters that Slack escapes counted escaped.
func Weight(text string) int {
	n := 0
	for _, r := range text {
		n += weightOf(r)
	}
	return n
}

func weightOf(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	}
	return max(1, utf16.RuneLen(r))
}

// Within shortens a text to a weight, not inside a character.
func Within(text string, limit int) (short string, wasCut bool) {
	if Weight(text) <= limit {
		return text, false
	}
	n, units := 0, 0
	for _, r := range text {
		if n += weightOf(r); n >= limit {
			break
		}
		units += max(1, utf16.RuneLen(r))
	}
	return Cut(text, units), true
}

// Squeeze brings what was typed to lower case, without control characters
// and with single spaces.
func Squeeze(text string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " "))
}

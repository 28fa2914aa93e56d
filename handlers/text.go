package handlers

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// length counts as Slack's clients do: in UTF-16 units.
func length(text string) int {
	n := 0
	for _, r := range text {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// cut shortens text to limit units, with an ellipsis where it was cut.
func cut(text string, limit int) string {
	if length(text) <= limit {
		return text
	}
	head, _ := split(text, limit-1)
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// split divides text after at most limit units and never inside a character;
// marks that belong to the character before them go along with it.
func split(text string, limit int) (head, tail string) {
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
	for length(text) > limit {
		head, tail := split(text, limit)
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

// weight counts a text as the strictest of Slack's limits might: UTF-16
// units, with the three characters that Slack escapes counted escaped.
func weight(text string) int {
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

// within shortens a text to a weight, not inside a character.
func within(text string, limit int) (short string, wasCut bool) {
	if weight(text) <= limit {
		return text, false
	}
	n, units := 0, 0
	for _, r := range text {
		if n += weightOf(r); n >= limit {
			break
		}
		units += max(1, utf16.RuneLen(r))
	}
	return cut(text, units), true
}

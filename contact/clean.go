package contact

import (
	"strings"
	"unicode"
)

// Clean removes what has no place in a typed text: control characters other
// than line feed and tab, and everything that can't be seen (see invisible).
// What joins the parts of an emoji stays, and what joins or parts the letters
// of a script that needs it, between two of these only. Ends are trimmed, line
// ends are LF. Cleaning a clean text changes nothing.
func Clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	seen := make([]rune, 0, len(s))
	for _, r := range s {
		if conditional(r) || !invisible(r) && (!unicode.IsControl(r) || r == '\n' || r == '\t') {
			seen = append(seen, r)
		}
	}
	var kept []rune
	for i, r := range seen {
		if !conditional(r) || joins(kept, r, seen[i+1:]) {
			kept = append(kept, r)
		}
	}
	return strings.TrimSpace(string(kept))
}

// Misleading reports whether an address or a number, as it was typed or pasted,
// holds a control character or one that turns the direction of writing: with it
// the person who looks at it reads another one than a computer does. What address
// books put around a number, to have it written from left to right as it is
// anyway, turns nothing there.
func Misleading(line string) bool {
	line = strings.TrimFunc(line, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(leftToRight, r) })
	return strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
}

// leftToRight are the marks around a text that is written from left to right.
const leftToRight = "\u200e\u202a\u202d\u202c\u2066\u2068\u2069"

const (
	nonJoiner, joiner     = '\u200c', '\u200d'
	asText, asEmoji       = '\ufe0e', '\ufe0f'
	brailleBlank          = '\u2800'
	firstTag, lastSpecial = 0xe0000, 0xe0fff
)

// invisible reports whether a character shows as nothing: soft hyphens, what
// has no width, what turns the direction of writing (it could make a text read
// as another), tags, selectors of a variant, and the fillers and blanks that
// count as letters or signs and are as empty.
func invisible(r rune) bool {
	switch {
	case r < 0xad:
		return false
	case r == brailleBlank, r >= firstTag && r <= lastSpecial, r >= 0xfff0 && r <= 0xfff8:
		return true
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point, unicode.Bidi_Control)
}

// conditional reports whether an invisible character may be needed.
func conditional(r rune) bool {
	return r == nonJoiner || r == joiner || r == asText || r == asEmoji
}

// joins reports whether a joiner or selector is needed between what was kept
// and what follows.
func joins(kept []rune, r rune, rest []rune) bool {
	if len(kept) == 0 {
		return false
	}
	last := kept[len(kept)-1]
	if r == asText || r == asEmoji {
		return pictured(last) || strings.ContainsRune("0123456789#*", last)
	}
	if len(rest) == 0 || conditional(rest[0]) {
		return false
	}
	if shaped(last) && shaped(rest[0]) {
		return true
	}
	return r == joiner && (pictured(last) || last == asEmoji) && pictured(rest[0])
}

func pictured(r rune) bool { return unicode.In(r, unicode.So, unicode.Sk, unicode.Sm) && r >= 0xa9 }

// shaped reports whether a character is of a script in which a joiner changes
// what a word looks like.
func shaped(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M) && unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Devanagari,
		unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
		unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Mongolian)
}

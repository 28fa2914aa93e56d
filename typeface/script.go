package typeface

import "unicode"

// The names by which the catalogue knows what can't be printed, after
// "typeface.script.".
const (
	emoji   = "emoji"
	unknown = "other"
)

// named are the scripts that the catalogue has names for.
var named = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"han", unicode.Han}, {"japanese", unicode.Hiragana}, {"japanese", unicode.Katakana}, {"hangul", unicode.Hangul},
	{"arabic", unicode.Arabic}, {"hebrew", unicode.Hebrew}, {"devanagari", unicode.Devanagari}, {"bengali", unicode.Bengali},
	{"tamil", unicode.Tamil}, {"thai", unicode.Thai}, {"ethiopic", unicode.Ethiopic}, {"armenian", unicode.Armenian},
	{"georgian", unicode.Georgian}, {"latin", unicode.Latin}, {"greek", unicode.Greek}, {"cyrillic", unicode.Cyrillic},
}

// reordered are scripts whose letters change place or form beside others, in ways
// that only a font's own rules know: set letter by letter they would read as
// something else.
var reordered = []*unicode.RangeTable{
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu,
	unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Tibetan, unicode.Myanmar, unicode.Khmer, unicode.Mongolian,
	unicode.Syriac, unicode.Nko, unicode.Balinese, unicode.Javanese,
}

// accented are the scripts whose accents are placed here. In others they stand
// where the font puts them.
var accented = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common}

// scriptOf is the name of a character's script.
func scriptOf(r rune) string {
	for _, s := range named {
		if unicode.Is(s.table, r) {
			return s.name
		}
	}
	if unicode.In(r, unicode.So, unicode.Sk, unicode.Co) {
		return emoji
	}
	return unknown
}

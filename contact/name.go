package contact

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// Name is what somebody is called, as typed.
type Name string

// Format prints the mask in fmt.
func (Name) Format(f fmt.State, v rune) { hidden{}.Format(f, v) }

// LogValue makes slog print the mask.
func (Name) LogValue() slog.Value { return hidden{}.LogValue() }

// MarshalText makes JSON print the mask.
func (Name) MarshalText() ([]byte, error) { return hidden{}.MarshalText() }

// Found reports whether a search for these words finds the name: each begins a
// word of it, or all of them together do.
func (n Name) Found(query string) bool {
	return among(n, query, func(said, asked spelling) bool {
		return asked.key != "" && (said.begins(asked.key) || !slices.ContainsFunc(asked.tokens, func(t token) bool { return !said.has(t) }))
	})
}

// MayBe reports whether somebody known by the name that is asked for may be
// called this: every word that tells something begins a word of the name, or is
// shortened to an initial there, and one at least is whole. It finds rather too
// much than too little: a person looks at what it found.
func (n Name) MayBe(asked Name) bool {
	return among(n, string(asked), mayBe)
}

func mayBe(said, asked spelling) bool {
	if asked.key == "" {
		return false
	}
	if said.key == asked.key {
		return true
	}
	if len(asked.tokens) > 1 && said.begins(asked.key) {
		return slices.ContainsFunc(asked.tokens, func(t token) bool { return !t.small })
	}
	whole := false
	for _, t := range asked.tokens {
		switch {
		case t.small:
		case said.has(t):
			whole = true
		case !said.initialOf(t.key):
			return false
		}
	}
	return whole
}

func among(n Name, query string, found func(said, asked spelling) bool) bool {
	for _, said := range spellings(string(n)) {
		for _, asked := range spellings(query) {
			if found(said, asked) {
				return true
			}
		}
	}
	return false
}

// spelling is one way to write a name: its letters and digits, where its words
// begin in them, and the tokens that it was typed in.
type spelling struct {
	key    string
	starts []int
	tokens []token
}

// token is what stands between two spaces: "Jan-Pieter" is one of two words.
type token struct {
	key   string
	words []string
	small bool
}

// spellings returns the name as typed, and with its widened letters as two when
// it has any.
func spellings(s string) []spelling {
	t := read(s)
	all := []spelling{t.spelling()}
	if wide := t.widened(); wide != nil {
		all = append(all, wide.spelling())
	}
	return all
}

// widened returns the text with every widened letter as two, nil when it has
// none. Places in the text itself are lost.
func (t *reading) widened() *reading {
	if t.extra == nil {
		return nil
	}
	var wide reading
	for i, r := range t.runes {
		wide.runes = append(wide.runes, r)
		if x := t.extra[i]; x != 0 {
			wide.runes = append(wide.runes, x)
		}
	}
	return &wide
}

func (t *reading) spelling() spelling {
	var s spelling
	var key strings.Builder
	end := -1
	for _, w := range t.words() {
		word := string(t.runes[w.from:w.to])
		s.starts = append(s.starts, key.Len())
		for _, cut := range glued(word) {
			s.starts = append(s.starts, key.Len()+cut)
		}
		key.WriteString(word)
		if n := len(s.tokens); n > 0 && t.joinedAt(end, w.from) {
			last := &s.tokens[n-1]
			last.key, last.words, last.small = last.key+word, append(last.words, word), last.small && small(word)
		} else {
			s.tokens = append(s.tokens, token{word, []string{word}, small(word)})
		}
		end = w.to
	}
	s.key = key.String()
	return s
}

// joinedAt reports whether nothing but a dash or an apostrophe stands between
// two words.
func (t *reading) joinedAt(from, to int) bool {
	return !slices.ContainsFunc(t.runes[from:to], func(r rune) bool { return !joining(r) })
}

func joining(r rune) bool { return r == '-' || r == '\'' }

// begins reports whether a word of the name begins with the text, which may run
// on into the next word.
func (s spelling) begins(text string) bool {
	return slices.ContainsFunc(s.starts, func(at int) bool { return strings.HasPrefix(s.key[at:], text) })
}

func (s spelling) has(t token) bool {
	return s.begins(t.key) || !slices.ContainsFunc(t.words, func(w string) bool { return !s.begins(w) })
}

// initialOf reports whether the name has the word's first letter as a word.
func (s spelling) initialOf(word string) bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool {
		return slices.ContainsFunc(t.words, func(w string) bool { return len([]rune(w)) == 1 && strings.HasPrefix(word, w) })
	})
}

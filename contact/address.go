package contact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// postcode is a Dutch postal code in a folded line.
var postcode = regexp.MustCompile(`\b([1-9][0-9]{3})[ -]?([a-z]{2})\b`)

// addressPatterns returns what of a postal address is hidden: each line with a
// number (street and house number, postal code and town), the street up to its
// number, the postal code by itself, and the lines above a number, such as the
// name of a house. A town or country by itself is not: every second story has
// one, and it tells nobody from anybody.
func addressPatterns(address string) []pattern {
	var all []pattern
	lines := strings.Split(Fold(strings.Join(strings.FieldsFunc(address, endsLine), ";")), ";")
	below := len(lines) - 1
	for below >= 0 && !strings.ContainsFunc(lines[below], isDigit) {
		below--
	}
	for _, line := range lines[:below+1] {
		all = append(all, linePatterns(line, strings.ContainsFunc(line, isDigit))...)
		for _, m := range postcode.FindAllStringSubmatch(line, -1) {
			all = append(all, newPattern(m[1:], wholeWords))
		}
	}
	return all
}

func endsLine(r rune) bool { return strings.ContainsRune("\n\r,;\u2028\u2029", r) }

func linePatterns(folded string, numbered bool) []pattern {
	const shortest = 4 // letters and digits
	words := numberedWords(folded)
	if letterCount(words) < shortest || numbered && !strings.ContainsFunc(folded, unicode.IsLetter) {
		return nil
	}
	all := []pattern{newPattern(words, lineKind(words))}
	for i, w := range words[1:] {
		if isDigit(rune(w[0])) && letterCount(words[:i+1]) >= shortest {
			return append(all, streets(words[:i+2])...)
		}
	}
	return all
}

func lineKind(words []string) patternKind {
	if isDigit(rune(words[len(words)-1][0])) {
		return houseNumber
	}
	return wholeWords
}

// streets returns a street with its number, also with its kind in short.
func streets(words []string) []pattern {
	all := []pattern{newPattern(words, houseNumber)}
	last := len(words) - 2
	if name, ok := strings.CutSuffix(words[last], "straat"); ok {
		all = append(all, newPattern(append(append(slices.Clone(words[:last]), name+"str"), words[last+1:]...), houseNumber))
	}
	if name, ok := strings.CutSuffix(words[last], "str"); ok {
		all = append(all, newPattern(append(append(slices.Clone(words[:last]), name+"straat"), words[last+1:]...), houseNumber))
	}
	return all
}

// numberedWords are the words of a folded line, parted where letters and digits
// meet: "2a" is two.
func numberedWords(folded string) []string {
	var all []string
	for _, w := range Words(folded) {
		from := 0
		runes := []rune(w)
		for i := 1; i <= len(runes); i++ {
			if i == len(runes) || isDigit(runes[i]) != isDigit(runes[i-1]) {
				all = append(all, string(runes[from:i]))
				from = i
			}
		}
	}
	return all
}

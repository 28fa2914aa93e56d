package contact

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// written is a telephone number within a folded line, with what stands before
// it and the extension behind it.
var written = regexp.MustCompile(`(?:\b(?:tel(?:efoon|ephone|nr)?|tel ?nr|telefoonnummer|phone|mobiel|mobile|mob|gsm|callto)\b[ .:]*)?` +
	`(\+? ?[(\[]?\+?[0-9][0-9 ()\[\]./~⁓∼-]{4,}[0-9](?: ?\(?(?:;ext=|toestel|tst|ext|x)[. ]*[0-9]{1,7}\b)?)`)

// PhonesIn takes the telephone numbers out of a line, as typed; rest is what
// is left of it. A number without its area counts too: it is looked for.
func PhonesIn(line string) (numbers []string, rest string) {
	t := read(line)
	folded := string(t.runes)
	place := func(at int) int { return t.at[utf8.RuneCountInString(folded[:at])] }
	var left strings.Builder
	done := 0
	for _, m := range written.FindAllStringSubmatchIndex(folded, -1) {
		number := strings.TrimSpace(line[place(m[2]):place(m[3])])
		if digitsIn(Fold(number)) < fewestAsked {
			continue
		}
		numbers = append(numbers, Clean(number))
		left.WriteString(line[done:place(m[0])])
		left.WriteByte(' ')
		done = place(m[1])
	}
	left.WriteString(line[done:])
	return numbers, left.String()
}

package letters

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/artra/klachtbot/contact"
)

// bracketed is a placeholder as it stands in a proposed body: what the officer is
// to replace.
func bracketed(words string) string { return "[" + oneLine(words) + "]" }

// Unfilled reports whether a body still has a placeholder of the proposed one, in
// whichever language it was proposed. One that lost a bracket, or was broken over
// lines, still counts; what an officer puts in brackets does not.
func (l *Letters) Unfilled(k Kind, body string) bool {
	body = strings.ToLower(oneLine(body))
	return slices.ContainsFunc(l.placeholders[k], func(p string) bool {
		p = strings.ToLower(p)
		return strings.Contains(body, strings.TrimPrefix(p, "[")) || strings.Contains(body, strings.TrimSuffix(p, "]"))
	})
}

var (
	asked    = regexp.MustCompile(`\bplaceholder\b`)
	askedFor = regexp.MustCompile(`\bplaceholder ("(?:[^"\\]|\\.)*"|` + "`[^`]*`" + `)`)
)

// collect keeps the placeholders of a letter. They are looked up in the template
// and not in what it makes, since a body may be proposed in one state of the case
// and sent in in another; so their words stand in it as they are.
func (l *Letters) collect(k Kind, t *template.Template) error {
	for _, part := range t.Templates() {
		if part.Tree == nil || part.Root == nil {
			continue
		}
		text := actions(part.Root.String())
		found := askedFor.FindAllStringSubmatch(text, -1)
		if len(found) != len(asked.FindAllString(text, -1)) {
			at, _ := part.ErrorContext(part.Root)
			return fmt.Errorf("%s: placeholder takes its words in quotes, like placeholder \"what was agreed\"", at)
		}
		for _, m := range found {
			words, err := strconv.Unquote(m[1])
			if err != nil {
				return err
			}
			if contact.Clean(words) == "" {
				at, _ := part.ErrorContext(part.Root)
				return fmt.Errorf("%s: placeholder has no words", at)
			}
			l.placeholders[k] = append(l.placeholders[k], bracketed(words))
		}
	}
	return nil
}

var action = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// actions is the text of a template without what is printed as it stands.
func actions(text string) string { return strings.Join(action.FindAllString(text, -1), "\n") }

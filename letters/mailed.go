package letters

import (
	"fmt"
	"html/template"
	"strings"
)

// paragraph is what stands between two paragraphs of a letter.
const paragraph = "\n\n"

// Split divides a letter that Compose made into the subject of a message and its
// text, which together are the whole letter.
func Split(letter string) (subject, text string) {
	subject, text, _ = strings.Cut(letter, paragraph)
	return strings.TrimSuffix(subject, "\n"), text
}

// HTML returns the text of a letter, without its subject, as a page for mail
// programs: the same words, paragraphs and lines, and everything in it inert.
// lang is the letter's language, nl or en, which a screen reader speaks.
func HTML(text, lang string) (string, error) {
	var paragraphs [][]string
	for p := range strings.SplitSeq(strings.TrimSpace(text), paragraph) {
		paragraphs = append(paragraphs, strings.Split(p, "\n"))
	}
	var b strings.Builder
	if err := mailed.Execute(&b, map[string]any{"Lang": lang, "Paragraphs": paragraphs}); err != nil {
		return "", fmt.Errorf("letter as HTML: %w", err)
	}
	return b.String(), nil
}

// mailed has its style inline, since mail programs drop style sheets.
var mailed = template.Must(template.New("letter").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head><meta charset="utf-8"></head>
<body style="font-family: Arial, Helvetica, sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em">
{{- range .Paragraphs}}
<p>{{range $i, $line := .}}{{if $i}}<br>
{{end}}{{$line}}{{end}}</p>
{{- end}}
</body>
</html>
`))

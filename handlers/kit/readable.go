package kit

import (
	"cmp"
	"regexp"
	"strings"
)

// Slack writes links, mentions and channels in a message's text between angle
// brackets, and escapes the three characters that this takes.
var (
	bracketed = regexp.MustCompile(`<([^<>|]+)(?:\|([^<>]*))?>`)
	unescape  = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
)

// Readable turns the text of a message into what a person saw on the screen,
// with the address behind a link's label.
func Readable(message string) string { return Spoken(message, spoken) }

// Spoken is Readable for who knows better what a mention is called: say is asked
// what stands between each pair of angle brackets, with its label or "".
func Spoken(message string, say func(target, label string) string) string {
	shown := bracketed.ReplaceAllStringFunc(message, func(token string) string {
		m := bracketed.FindStringSubmatch(token)
		return say(m[1], m[2])
	})
	return Unescape(shown)
}

// Unescape undoes what Slack does to the three characters.
func Unescape(text string) string { return unescape.Replace(text) }

func spoken(target, label string) string {
	switch {
	case strings.HasPrefix(target, "!"):
		return "@" + strings.TrimLeft(cmp.Or(label, target), "!@")
	case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
		return target[:1] + strings.TrimLeft(cmp.Or(label, target), "@#")
	}
	return Link(target, label)
}

// Link is a link's label with the address behind it.
func Link(target, label string) string {
	target = strings.TrimPrefix(strings.TrimPrefix(target, "mailto:"), "tel:")
	if label == "" || label == target {
		return target
	}
	return label + " (" + target + ")"
}

package story

import (
	"strings"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
)

// Part is a kind of thing that a story has no place for.
type Part string

// The kinds. Each has its sentence in the catalogue: what it is, and why it was
// left out.
const (
	Picture  Part = "picture"  // that stands in a block or an attachment, and is no file
	Video    Part = "video"    //
	Buttons  Part = "buttons"  // and menus
	Unknown  Part = "unknown"  // of a kind that this program does not know; its words were taken
	Deep     Part = "deep"     // a message in a message in a message
	Name     Part = "name"     // of somebody who is mentioned
	MailBody Part = "mail"     // Slack gave none, or its beginning only
	Speech   Part = "speech"   // Slack gave the beginning of a transcript only
	Gone     Part = "gone"     // a file that was deleted, or is hidden by the plan
	Outside  Part = "outside"  // a file that is not Slack's, or has no bytes
	Large    Part = "large"    // a file over the limit
	TooMany  Part = "too_many" // files beyond those that a form takes
)

// Omitted is something that was left out, as often as it was met.
type Omitted struct {
	Part  Part
	Count int
	Names []string // of files, and of kinds that are not known
}

// leave says that something was left out.
func (w *reading) leave(p Part, name string) {
	at := -1
	for i := range w.left {
		if w.left[i].Part == p {
			at = i
		}
	}
	if at < 0 {
		at = len(w.left)
		w.left = append(w.left, Omitted{Part: p})
	}
	w.left[at].Count++
	const most, longest = 3, 40
	if name != "" && len(w.left[at].Names) < most {
		w.left[at].Names = append(w.left[at].Names, kit.Cut(name, longest))
	}
}

// Sentences say what was left out and why, one for each kind, as mrkdwn; none
// for nothing.
func Sentences(sp texts.Speaker, left []Omitted) []string {
	all := make([]string, len(left))
	for i, o := range left {
		all[i] = sp.Say("story.left."+string(o.Part), texts.Args{"Count": o.Count, "Names": named(o)})
	}
	return all
}

// named are the names of what was left out, in brackets; "" without any.
func named(o Omitted) string {
	if len(o.Names) == 0 {
		return ""
	}
	list := kit.Escape(strings.Join(o.Names, ", "))
	if o.Count > len(o.Names) {
		list += ", …"
	}
	return " (" + list + ")"
}

// Package story reads what a message in Slack tells. Slack keeps that in several
// places: the text, blocks, attachments (of apps, and of shared messages), and
// files, one of which may be a whole e-mail. Whatever of it has no place in a
// story is named, so that a person can look at it.
package story

import (
	"cmp"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// PersonFinder knows who somebody is; a person not yet cached costs a call to Slack.
type PersonFinder interface {
	Person(context.Context, roster.PersonID) (roster.Person, error)
}

// Reader reads messages for one person.
type Reader struct {
	Speak  texts.Speaker
	People PersonFinder
	Zone   *time.Location // of dates that Slack leaves to the reader's screen
}

// Story is what a message tells.
type Story struct {
	Text  string    // as a person saw it, with names for mentions and addresses behind links
	Left  []Omitted // in the order in which they were met
	Files []File    // that may come along as attachments
}

// deepest is how many messages within messages are read; Slack's own clients
// show one.
const deepest = 8

// Read reads a message. It never fails: what can't be read is among what was
// left out. The context bounds the search for names.
func (r Reader) Read(ctx context.Context, m incoming.Message) Story {
	w := &reading{Reader: r, ctx: ctx, names: map[string]string{}, labels: map[string]string{}}
	whole := node{"text": m.Text}
	for key, raw := range map[string]json.RawMessage{"blocks": m.Blocks, "attachments": m.Attachments, "files": m.Files} {
		var value any
		if len(raw) > 0 && json.Unmarshal(raw, &value) == nil {
			whole[key] = value
		}
	}
	text := contact.Clean(w.message(whole, 0))
	return Story{Text: text, Left: w.left, Files: w.files}
}

// reading is a message that is being read.
type reading struct {
	Reader
	ctx    context.Context
	left   []Omitted
	files  []File
	names  map[string]string // of people met before, by id
	labels map[string]string // of channels and groups that the text named, by id
}

// message reads a message, or one within it.
func (w *reading) message(m node, depth int) string {
	if depth > deepest {
		w.leave(Deep, "")
		return ""
	}
	text := w.marked(m.text("text")) // first: it may name what the blocks only number
	blocks := w.blocks(m.nodes("blocks"))
	parts := []string{beside(text, blocks), blocks}
	for _, a := range m.nodes("attachments") {
		parts = append(parts, w.attachment(a, depth))
	}
	for _, f := range m.nodes("files") {
		parts = append(parts, w.file(f))
	}
	return paragraphs(parts...)
}

// beside is what a text says that stands beside blocks: nothing when each of its
// words is in these too. Slack's clients show the blocks alone, and apps may put
// into the text what no block has.
func beside(text, blocks string) string {
	said := map[string]int{}
	for _, word := range words(blocks) {
		said[word]++
	}
	for _, word := range words(text) {
		if said[word]--; said[word] < 0 {
			return text
		}
	}
	if blocks == "" {
		return text
	}
	return ""
}

// words are the words of a text, however it is marked up: without its emoji, which
// the text names and blocks show, and without the letters and numbers before the
// items of a list.
func words(text string) []string {
	all := strings.FieldsFunc(strings.ToLower(emoji.ReplaceAllString(text, " ")), func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.N)
	})
	return slices.DeleteFunc(all, func(word string) bool { return utf8.RuneCountInString(word) == 1 })
}

var emoji = regexp.MustCompile(`:[a-z0-9_+'-]+:`)

// paragraphs joins parts that say something, each on lines of its own.
func paragraphs(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.Trim(p, "\n"); strings.TrimSpace(p) != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}

// mention is what somebody is called. The label is what Slack calls them, mostly
// nothing.
func (w *reading) mention(id, label string) string {
	if name, ok := w.names[id]; ok {
		return "@" + name
	}
	p, err := w.People.Person(w.ctx, roster.PersonID(id))
	name := strings.TrimLeft(label, "@")
	if err == nil {
		name = cmp.Or(p.Name, name)
	}
	if name == "" {
		w.leave(Name, "")
		name = w.Speak.Say("story.somebody")
	}
	w.names[id] = name
	return "@" + name
}

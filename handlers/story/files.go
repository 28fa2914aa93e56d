package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// File is a file of the message that may come along.
type File struct {
	ID   string // Slack's id; of a part of an e-mail that and its place (workflow.MailPart)
	Name string
}

// file reads a file of a message: what an e-mail or a transcript says is part of
// the story, and the file itself is offered.
func (w *reading) file(f node) string {
	name := w.called(f.text("name"), f.text("title"))
	switch mode := f.text("mode"); {
	case mode == "email" || f.text("filetype") == "email":
		return w.mail(f, name)
	case mode == "tombstone" || mode == "hidden_by_limit" || f.text("file_access") == "access_denied":
		w.leave(Gone, "")
	case mode == "external" || f.holds("is_external") || mode == "quip" || mode == "canvas" || mode == "list" || !usable(f.text("id")):
		w.leave(Outside, name)
	case f.number("size") > workflow.MaxAttached:
		w.leave(Large, name)
	default:
		w.offer(File{ID: f.text("id"), Name: name})
	}
	return w.transcript(f.child("transcription"))
}

// offer offers a file, once.
func (w *reading) offer(f File) {
	switch {
	case slices.ContainsFunc(w.files, func(known File) bool { return known.ID == f.ID }):
	case len(w.files) == workflow.MaxAttachments:
		w.leave(TooMany, f.Name)
	default:
		w.files = append(w.files, f)
	}
}

// transcript is what Slack heard in a voice message.
func (w *reading) transcript(t node) string {
	preview := t.child("preview")
	if preview.holds("has_more") {
		w.leave(Speech, "")
	}
	return preview.text("content")
}

// mail reads an e-mail that was forwarded into Slack. The e-mail itself is
// offered when Slack does not say what is in it.
func (w *reading) mail(f node, name string) string {
	head := func(key, value string) string {
		if value == "" {
			return ""
		}
		return w.Speak.Say("story.mail."+key, texts.Args{"Value": value})
	}
	said := paragraphs(
		head("from", addresses(f.nodes("from"))), head("cc", addresses(f.nodes("cc"))),
		head("date", f.child("headers").text("date")), head("subject", cmp.Or(f.text("subject"), f.text("title"))))
	body := f.text("plain_text")
	if strings.TrimSpace(body) == "" {
		body = f.text("preview_plain_text")
		w.leave(MailBody, "")
	}
	if !usable(f.text("id")) {
		return paragraphs(said, lines(body))
	}
	if strings.TrimSpace(f.text("plain_text")) == "" {
		w.offer(File{ID: f.text("id"), Name: name})
	}
	for i, part := range f.nodes("attachments") {
		called := w.called(part.text("filename"), part.text("name"))
		if part.number("size") > workflow.MaxAttached {
			w.leave(Large, called)
			continue
		}
		w.offer(File{ID: workflow.MailPart(f.text("id"), i), Name: called})
	}
	return paragraphs(said, lines(body))
}

// lines has the ends of lines that Slack's own texts have.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// usable reports whether a file can be asked for by its id.
func usable(id string) bool {
	const longest = 100 // characters; Slack's are a dozen
	return id != "" && len(id) <= longest
}

// called is what a file is called, by the first of its names that shows.
func (w *reading) called(names ...string) string {
	for _, name := range names {
		if name = contact.Clean(name); name != "" {
			return name
		}
	}
	return w.Speak.Say("story.file")
}

// addresses are the people of a header of an e-mail, by name and address.
func addresses(all []node) string {
	var list []string
	for _, a := range all {
		name, address := a.text("name"), a.text("address")
		switch {
		case name != "" && address != "" && name != address:
			list = append(list, fmt.Sprintf("%s <%s>", name, address))
		default:
			list = append(list, cmp.Or(name, address, a.text("original")))
		}
	}
	return strings.Join(list, ", ")
}

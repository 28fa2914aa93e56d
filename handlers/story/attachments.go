package story

import (
	"cmp"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
)

// attachment reads one attachment: what an app adds below its text, the preview
// of a link, or a message that somebody shared.
func (w *reading) attachment(a node, depth int) string {
	shared := a.holds("is_share") || a.holds("is_msg_unfurl") || a.holds("is_reply_unfurl") || len(a.nodes("message_blocks")) > 0
	text := w.marked(a.text("text"))
	inside := paragraphs(w.nested(a, depth), w.blocks(a.nodes("blocks")))
	by := kit.Unescape(a.text("author_name"))
	if shared {
		by = w.sharedBy(a)
	}
	said := paragraphs(w.marked(titled(a)), beside(text, inside), inside, w.fields(a.nodes("fields")))
	if said == "" {
		said = w.marked(a.text("fallback"))
	}
	w.unread(a)
	parts := []string{w.marked(a.text("pretext")), by, said, kit.Unescape(a.text("footer"))}
	for _, f := range a.nodes("files") {
		parts = append(parts, w.file(f))
	}
	return paragraphs(parts...)
}

// nested reads the messages within an attachment.
func (w *reading) nested(a node, depth int) string {
	var parts []string
	for _, m := range a.nodes("message_blocks") {
		parts = append(parts, w.message(m.child("message"), depth+1))
	}
	if m := a.child("message"); m != nil {
		parts = append(parts, w.message(m, depth+1))
	}
	for _, inner := range a.nodes("attachments") {
		if depth >= deepest {
			w.leave(Deep, "")
			break
		}
		parts = append(parts, w.attachment(inner, depth+1))
	}
	return paragraphs(parts...)
}

// titled is an attachment's title with its address, as mrkdwn.
func titled(a node) string {
	title, address := a.text("title"), a.text("title_link")
	if address == "" {
		return title
	}
	return "<" + address + "|" + title + ">"
}

// fields are an app's table of two columns.
func (w *reading) fields(all []node) string {
	lines := make([]string, len(all))
	for i, f := range all {
		title, value := w.marked(f.text("title")), w.marked(f.text("value"))
		if lines[i] = title + value; title != "" && value != "" {
			lines[i] = title + ": " + value
		}
	}
	return paragraphs(lines...)
}

// sharedBy is whose message was shared, and from where.
func (w *reading) sharedBy(a node) string {
	who := kit.Unescape(cmp.Or(a.text("author_name"), a.text("author_subname")))
	if who == "" && a.text("author_id") != "" {
		who = w.mention(a.text("author_id"), "")
	}
	return w.Speak.Say("story.shared", texts.Args{"Who": cmp.Or(who, w.Speak.Say("common.colleague"))})
}

// unread says what of an attachment is no text.
func (w *reading) unread(a node) {
	if a.text("image_url") != "" {
		w.leave(Picture, "")
	}
	if a.text("video_html") != "" {
		w.leave(Video, "")
	}
	if len(a.nodes("actions")) > 0 {
		w.leave(Buttons, "")
	}
}

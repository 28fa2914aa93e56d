package story

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/artra/klachtbot/handlers/kit"
)

// blocks reads Block Kit, one block a paragraph.
func (w *reading) blocks(all []node) string {
	parts := make([]string, len(all))
	for i, b := range all {
		parts[i] = w.block(b)
	}
	return paragraphs(parts...)
}

func (w *reading) block(b node) string {
	switch kind := b.text("type"); kind {
	case "rich_text":
		return w.rich(b.nodes("elements"))
	case "section":
		return paragraphs(w.object(b.child("text")), w.objects(b.nodes("fields"), "\n"), w.element(b.child("accessory")))
	case "header":
		return w.object(b.child("text"))
	case "context", "actions", "context_actions":
		return w.objects(b.nodes("elements"), " ")
	case "image":
		w.leave(Picture, "")
		return paragraphs(w.object(b.child("title")), b.text("alt_text"))
	case "video":
		w.leave(Video, "")
		return paragraphs(kit.Link(b.text("title_url"), w.object(b.child("title"))), w.object(b.child("description")), b.text("author_name"))
	case "input":
		w.leave(Buttons, "")
		return paragraphs(w.object(b.child("label")), w.object(b.child("hint")))
	case "markdown":
		return b.text("text")
	case "table":
		return w.table(b.list("rows"))
	case "divider", "file": // a file stands among the message's files
		return ""
	default:
		return w.loose(b, kind)
	}
}

// objects reads text objects and elements in a row.
func (w *reading) objects(all []node, between string) string {
	var parts []string
	for _, o := range all {
		if text := w.element(o); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, between)
}

// element reads what stands in a section, a context or a row of buttons.
func (w *reading) element(e node) string {
	switch kind := e.text("type"); {
	case e == nil:
		return ""
	case kind == "mrkdwn" || kind == "plain_text":
		return w.object(e)
	case kind == "image":
		w.leave(Picture, "")
		return e.text("alt_text")
	case clickable[kind]:
		w.leave(Buttons, "")
		return ""
	default:
		return w.loose(e, kind)
	}
}

// clickable are the elements that people press or choose from.
var clickable = map[string]bool{
	"button": true, "workflow_button": true, "overflow": true, "checkboxes": true, "radio_buttons": true, "datepicker": true,
	"timepicker": true, "datetimepicker": true, "static_select": true, "external_select": true, "users_select": true,
	"conversations_select": true, "channels_select": true, "multi_static_select": true, "multi_external_select": true,
	"multi_users_select": true, "multi_conversations_select": true, "multi_channels_select": true,
	"feedback_buttons": true, "icon_button": true,
}

// object reads a text object.
func (w *reading) object(o node) string {
	if o.text("type") == "mrkdwn" {
		return w.marked(o.text("text"))
	}
	return kit.Unescape(o.text("text"))
}

// table reads a table, a row a line.
func (w *reading) table(rows []any) string {
	lines := make([]string, len(rows))
	for i, row := range rows {
		var cells []string
		for _, cell := range asNodes(row) {
			text := cmp.Or(cell.text("text"), w.rich(cell.nodes("elements")))
			cells = append(cells, strings.ReplaceAll(text, "\n", " "))
		}
		lines[i] = strings.Join(cells, " | ")
	}
	return paragraphs(lines...)
}

// worded are the keys under which what people read stands, in whatever kind of
// block.
var worded = map[string]bool{
	"text": true, "title": true, "subtitle": true, "body": true, "description": true, "alt_text": true, "label": true,
	"name": true, "value": true, "content": true, "message": true, "fallback": true, "plain_text": true,
}

// loose reads what nobody described: every text in it that people may have read.
func (w *reading) loose(n node, kind string) string {
	w.leave(Unknown, kind)
	return paragraphs(w.looseTexts(n)...)
}

func (w *reading) looseTexts(n node) (all []string) {
	for _, key := range slices.Sorted(maps.Keys(n)) {
		switch value := n[key].(type) {
		case string:
			if worded[key] {
				all = append(all, w.marked(value))
			}
		case map[string]any:
			all = append(all, w.looseTexts(value)...)
		case []any:
			for _, one := range asNodes(value) {
				all = append(all, w.looseTexts(one)...)
			}
		}
	}
	return all
}

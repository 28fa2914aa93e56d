package handlers

import (
	"strings"

	"github.com/slack-go/slack"
)

// The limits of Slack that these builders keep (slack-facts.md, "Limits").
// Lengths are counted in UTF-16 units, as a browser does, which is never less
// than characters.
const (
	maxTitle   = 24   // of a view, its submit and its close
	maxLabel   = 75   // of an option and of a button
	maxHint    = 2000 // of an input: label and hint
	maxHolder  = 150  // placeholder
	maxHeader  = 150
	maxSection = 3000 // of a section's text
	maxTyped   = 3000 // of what a person types in one field
)

// plain is a text object that shows exactly what it is given: no mention, no
// link, no markup, no emoji names.
func plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// mrkdwn is a text object with Slack's markup, for words of our own; what a
// person typed goes into rich or plain, or through escape. Bare names and
// addresses in it are left alone.
func mrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

// escape makes text from a person inert inside mrkdwn: Slack's three control
// characters are escaped, and an invisible space before each formatting
// character keeps it from pairing up or from opening a quotation.
func escape(text string) string { return inert.Replace(text) }

var inert = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "\u200b&gt;",
	"*", "\u200b*", "_", "\u200b_", "~", "\u200b~", "`", "\u200b`",
)

// strong is our own words in bold, as mrkdwn.
func strong(text string) string { return "*" + text + "*" }

// header is a heading of plain text.
func header(text string) *slack.HeaderBlock { return slack.NewHeaderBlock(plain(cut(text, maxHeader))) }

// section is a paragraph of our own words, with an element beside it or nil.
func section(text string, beside slack.BlockElement) *slack.SectionBlock {
	var accessory *slack.Accessory
	if beside != nil {
		accessory = slack.NewAccessory(beside)
	}
	return slack.NewSectionBlock(mrkdwn(cut(text, maxSection)), nil, accessory)
}

// remark is a line in small print.
func remark(text string) *slack.ContextBlock {
	return slack.NewContextBlock("", mrkdwn(cut(text, maxSection)))
}

// buttons is a row of at most 25 elements. Its block id is the case's ref, so
// that a select without room for one in its values still says which case it
// is about; "" for none.
func buttons(blockID string, elements ...slack.BlockElement) *slack.ActionBlock {
	return slack.NewActionBlock(blockID, elements...)
}

// button presses as action, with value telling about what.
func button(action, value, label string, style slack.Style) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, plain(cut(label, maxLabel))).WithStyle(style)
}

// row is a label with what stands behind it, which may be typed by anybody.
type row struct{ Label, Text string }

// rows shows labels and texts under each other. Rows without text are left
// out; nil when nothing is left. Everything is inert.
func rows(all ...row) []slack.Block {
	var runs []slack.RichTextSectionElement
	for _, r := range all {
		if r.Text == "" {
			continue
		}
		lead := r.Label + ": "
		if len(runs) > 0 {
			lead = "\n" + lead
		}
		runs = append(runs, bold(lead), words(r.Text))
	}
	if len(runs) == 0 {
		return nil
	}
	return []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(runs...))}
}

// prose shows a text of any length under a label ("" for none), inert, in as
// many blocks as Slack needs.
func prose(label, text string) []slack.Block {
	var blocks []slack.Block
	for i, part := range pieces(text, maxSection-maxHeader) {
		var runs []slack.RichTextSectionElement
		if i == 0 && label != "" {
			runs = append(runs, bold(cut(label, maxHeader-1)+"\n"))
		}
		blocks = append(blocks, slack.NewRichTextBlock("", slack.NewRichTextSection(append(runs, words(part))...)))
	}
	return blocks
}

func words(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(text, nil)
}

func bold(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(text, &slack.RichTextSectionTextStyle{Bold: true})
}

// paragraph is one block of rich text.
func paragraph(runs ...slack.RichTextSectionElement) []slack.Block {
	return []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(runs...))}
}

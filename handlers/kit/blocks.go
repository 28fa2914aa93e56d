// Package kit builds Block Kit: blocks, inputs and modals within Slack's limits,
// and what people filled in, read back. It knows nothing of the register.
package kit

import (
	"strings"

	"github.com/slack-go/slack"
)

// The limits of Slack that these builders keep (slack-facts.md, "Limits").
// Lengths are counted in UTF-16 units, as a browser does, which is never less
// than characters.
const (
	maxTitle   = 24   // of a view, its submit and its close
	MaxLabel   = 75   // of an option and of a button
	maxHint    = 2000 // of an input: label and hint
	maxHeader  = 150
	maxSection = 3000 // of a section's text
	MaxTyped   = 3000 // of what a person types in one field
)

// Plain is a text object that shows exactly what it is given: no mention, no
// link, no markup, no emoji names.
func Plain(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// mrkdwn is a text object with Slack's markup, for words of our own; what a
// person typed goes into rich text or Plain, or through Escape. Bare names and
// addresses in it are left alone.
func mrkdwn(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

// Escape makes text from a person inert inside mrkdwn: Slack's three control
// characters are escaped, and an invisible space before each formatting
// character keeps it from pairing up or from opening a quotation.
func Escape(text string) string { return inert.Replace(text) }

var inert = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "\u200b&gt;",
	"*", "\u200b*", "_", "\u200b_", "~", "\u200b~", "`", "\u200b`",
)

// Strong is our own words in bold, as mrkdwn.
func Strong(text string) string { return "*" + text + "*" }

// Header is a heading of plain text.
func Header(text string) *slack.HeaderBlock { return slack.NewHeaderBlock(Plain(Cut(text, maxHeader))) }

// Section is a paragraph of our own words, with an element beside it or nil.
func Section(text string, beside slack.BlockElement) *slack.SectionBlock {
	var accessory *slack.Accessory
	if beside != nil {
		accessory = slack.NewAccessory(beside)
	}
	return slack.NewSectionBlock(mrkdwn(Cut(text, maxSection)), nil, accessory)
}

// Picking is a paragraph with a select that acts as soon as something is picked.
// Its block id is another one for each showing: see Ref.Row.
func Picking(text string, which *slack.SelectBlockElement, showing string) *slack.SectionBlock {
	block := Section(text, which)
	block.BlockID = which.ActionID + "." + showing
	return block
}

// Remark is a line in small print.
func Remark(text string) *slack.ContextBlock {
	return slack.NewContextBlock("", mrkdwn(Cut(text, maxSection)))
}

// Buttons is a row of at most 25 elements. Its block id is the case's ref, or
// Ref.Row where a select stands in it, so that one without room for a ref in its
// values still says which case it is about; "" for none.
func Buttons(blockID string, elements ...slack.BlockElement) *slack.ActionBlock {
	return slack.NewActionBlock(blockID, elements...)
}

// Button is a button with that action id; its value says what it is about.
func Button(action, value, label string, style slack.Style) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, value, Plain(Cut(label, MaxLabel))).WithStyle(style)
}

// Row is a label with what stands behind it, which may be typed by anybody.
type Row struct{ Label, Text string }

// Rows shows labels and texts under each other. Rows without text are left
// out; nil when nothing is left. Everything is inert.
func Rows(all ...Row) []slack.Block {
	var runs []slack.RichTextSectionElement
	for _, r := range all {
		if r.Text == "" {
			continue
		}
		lead := r.Label + ": "
		if len(runs) > 0 {
			lead = "\n" + lead
		}
		runs = append(runs, Bold(lead), Words(r.Text))
	}
	if len(runs) == 0 {
		return nil
	}
	return []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(runs...))}
}

// Prose shows a text of any length under a label ("" for none), inert, in as
// many blocks as Slack needs.
func Prose(label, text string) []slack.Block {
	var blocks []slack.Block
	for i, part := range pieces(text, maxSection-maxHeader) {
		var runs []slack.RichTextSectionElement
		if i == 0 && label != "" {
			runs = append(runs, Bold(Cut(label, maxHeader-1)+"\n"))
		}
		blocks = append(blocks, slack.NewRichTextBlock("", slack.NewRichTextSection(append(runs, Words(part))...)))
	}
	return blocks
}

func Words(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(text, nil)
}

func Bold(text string) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(text, &slack.RichTextSectionTextStyle{Bold: true})
}

// Paragraph is one block of rich text.
func Paragraph(runs ...slack.RichTextSectionElement) []slack.Block {
	return []slack.Block{slack.NewRichTextBlock("", slack.NewRichTextSection(runs...))}
}

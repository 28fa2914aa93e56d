package blockkit

import (
	"encoding/json"
	"strings"
)

// The limits of a message.
const (
	// maxUpdatedText is where chat.update refuses the text.
	maxUpdatedText = 4000
	// maxAttachments is how many attachments a message may have.
	maxAttachments = 100
	// maxMetadata is the size of metadata in bytes. Slack has a limit and does
	// not publish it; this is a guess on the low side.
	maxMetadata = 8000
	// maxEventType is the length of metadata's event_type; as other ids.
	maxEventType = maxID

	// Slack does not document how much text all blocks together may hold. What
	// people measured (github.com/slackapi/bolt-js issues 2509 and 2867): about
	// 13,200 characters in one or two blocks, 11,341 in 45 refused, 9,597 in 50
	// accepted. Counting blockWeight for each block fits all of these.
	maxBlocksWeight = 13250
	blockWeight     = 50
)

// JudgeMessage judges a message as chat.postMessage (or chat.update) does:
// text as the app sent it, the rest as JSON, empty or null when not given.
// Posting refuses no length of text: Slack cuts what is over 40,000 characters.
// Slack's order of complaints is not documented; only the first kind is given.
func JudgeMessage(text string, blocks, attachments, metadata json.RawMessage, update bool) *Refusal {
	if update && Length(text) > maxUpdatedText {
		return &Refusal{Code: CodeMsgTooLong}
	}
	blockList, r := judgeMessageBlocks(blocks)
	if r != nil {
		return r
	}
	attachmentList, r := judgeAttachments(attachments)
	if r != nil {
		return r
	}
	if strings.TrimSpace(text) == "" && len(blockList) == 0 && len(attachmentList) == 0 {
		return &Refusal{Code: CodeNoText}
	}
	return judgeMetadata(metadata, update)
}

func judgeMessageBlocks(raw json.RawMessage) ([]any, *Refusal) {
	if absent(raw) {
		return nil, nil
	}
	blocks, ok := decodeList(raw)
	if !ok {
		return nil, &Refusal{Code: CodeBlocksFormat}
	}
	j := newJudge(onMessage, "blocks")
	judgeBlocks(j, blocks)
	if r := j.verdict(CodeBlocks); r != nil {
		return nil, r
	}
	return blocks, judgeWhole(blocks)
}

// judgeWhole looks at what blocks may hold together.
func judgeWhole(blocks []any) *Refusal {
	tables, markdown := 0, 0
	for _, b := range blocks {
		switch stringAt(b, "type") {
		case "table":
			tables++
		case "markdown":
			markdown += Length(stringAt(b, "text"))
		}
	}
	weight := textIn(blocks) + blockWeight*len(blocks)
	switch {
	case tables > 1:
		return &Refusal{Code: CodeAttachments, Messages: []string{"[ERROR] only_one_table_allowed"}}
	case markdown > maxMarkdown, weight > maxBlocksWeight:
		return &Refusal{Code: CodeBlocksTooLong}
	}
	return nil
}

// attachment is the legacy secondary attachment, as far as Slack judges it: it
// lets keys pass that it does not know.
var attachment = openObject([]member{
	may("blocks", judgeBlocks),
	may("text", stringOf(0, noLimit)),
	may("fallback", stringOf(0, noLimit)),
	may("fields", listOf(0, noLimit, openObject([]member{may("short", flag)}))),
	may("actions", listOf(0, maxAttachmentActions, openObject(nil))),
})

// maxAttachmentActions is how many legacy buttons an attachment may have.
const maxAttachmentActions = 5

func judgeAttachments(raw json.RawMessage) ([]any, *Refusal) {
	if absent(raw) {
		return nil, nil
	}
	list, ok := decodeList(raw)
	if !ok {
		return nil, &Refusal{Code: CodeAttachments}
	}
	if len(list) > maxAttachments {
		return nil, &Refusal{Code: CodeTooManyAttachments}
	}
	j := newJudge(onMessage, "attachments")
	listOf(0, maxAttachments, attachment)(j, list)
	return list, j.verdict(CodeAttachments)
}

// messageMetadata may hold other keys: whether Slack refuses them is not documented.
var messageMetadata = openObject([]member{
	needs("event_type", stringOf(1, maxEventType)),
	needs("event_payload", openObject(nil)),
})

// judgeMetadata looks at {"event_type": …, "event_payload": {…}}. An update
// may also send an empty object, which takes the metadata away.
func judgeMetadata(raw json.RawMessage, update bool) *Refusal {
	if absent(raw) {
		return nil
	}
	object, ok := decodeObject(raw)
	switch {
	case !ok:
		return &Refusal{Code: CodeMetadataFormat}
	case len(raw) > maxMetadata:
		return &Refusal{Code: CodeMetadataTooLarge}
	case update && len(object) == 0:
		return nil
	}
	j := newJudge(onMessage, "metadata")
	messageMetadata(j, object)
	return j.verdict(CodeMetadataSchema)
}

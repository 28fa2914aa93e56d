package blockkit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

var dividerBlock = obj{"type": "divider"}

func twoIDs(a, b string) arr {
	return arr{withKey(dividerBlock, "block_id", a), withKey(dividerBlock, "block_id", b)}
}

func attachmentsOf(n int) arr { return repeated(n, always(obj{"text": "a"})) }

var messageTests = []struct {
	name                          string
	text                          string
	blocks, attachments, metadata any
	update                        bool
	code, at                      string // code "" is accepted
}{
	{name: "text", text: "hello"},
	{name: "nothing", code: CodeNoText},
	{name: "blanks", text: " \n\t", code: CodeNoText},
	{name: "empty blocks", blocks: arr{}, code: CodeNoText},
	{name: "empty attachments", attachments: arr{}, code: CodeNoText},
	{name: "nothing, update", update: true, code: CodeNoText},
	{name: "blocks alone", blocks: arr{dividerBlock}},
	{name: "attachments alone", attachments: attachmentsOf(1)},
	{name: "long text posted", text: chars(50_000)},
	{name: "4000 updated", text: chars(4000), update: true},
	{name: "4001 updated", text: chars(4001), update: true, code: CodeMsgTooLong},
	{name: "2001 emoji updated", text: strings.Repeat("🙂", 2001), update: true, code: CodeMsgTooLong},

	{name: "50 blocks", blocks: repeated(50, always(dividerBlock))},
	{name: "51 blocks", blocks: repeated(51, always(dividerBlock)), code: CodeBlocks, at: "/blocks"},
	{name: "blocks an object", blocks: dividerBlock, code: CodeBlocksFormat},
	{name: "blocks a string", blocks: "[]", code: CodeBlocksFormat},
	{name: "block a string", blocks: arr{"divider"}, code: CodeBlocks, at: "/blocks/0"},
	{name: "block without type", blocks: arr{dividerBlock, obj{}}, code: CodeBlocks, at: "/blocks/1"},
	{name: "block ids differ", blocks: twoIDs("a", "b")},
	{name: "block ids same", blocks: twoIDs("a", "a"), code: CodeBlocks, at: "/blocks/1/block_id"},
	{name: "block ids empty", blocks: twoIDs("", "")},
	{name: "action ids in two blocks", blocks: repeated(2, always(buttonObj("action_id", "go")))},

	{name: "12,000 markdown", blocks: arr{markdownObj(6000), markdownObj(6000)}},
	{name: "12,001 markdown", blocks: arr{markdownObj(6000), markdownObj(6001)}, code: CodeBlocksTooLong},
	{name: "one table", blocks: arr{tableObj(1, 1, 1)}},
	{name: "two tables", blocks: arr{tableObj(1, 1, 1), tableObj(1, 1, 1)}, code: CodeAttachments},

	{name: "100 attachments", attachments: attachmentsOf(100)},
	{name: "101 attachments", attachments: attachmentsOf(101), code: CodeTooManyAttachments},
	{name: "attachments an object", text: "t", attachments: obj{}, code: CodeAttachments},
	{name: "attachment a string", text: "t", attachments: arr{"a"}, code: CodeAttachments, at: "/attachments/0"},
	{name: "attachment with blocks", attachments: arr{obj{"blocks": arr{dividerBlock}}}},
	{name: "attachment with a long field", code: CodeAttachments, at: "/attachments/1/blocks/0/fields/0/text",
		attachments: arr{obj{}, obj{"blocks": arr{obj{"type": "section", "fields": arr{mrkdwnObj(chars(2001))}}}}}},
	{name: "attachment with five buttons", attachments: arr{obj{"actions": repeated(5, always(obj{}))}}},
	{name: "attachment with six buttons", attachments: arr{obj{"actions": repeated(6, always(obj{}))}},
		code: CodeAttachments, at: "/attachments/0/actions"},

	{name: "metadata", text: "t", metadata: metadataObj("k", obj{"key": "1"})},
	{name: "metadata null", text: "t", metadata: json.RawMessage("null")},
	{name: "metadata alone", metadata: metadataObj("k", obj{}), code: CodeNoText},
	{name: "metadata a list", text: "t", metadata: arr{}, code: CodeMetadataFormat},
	{name: "metadata without payload", text: "t", metadata: obj{"event_type": "k"}, code: CodeMetadataSchema, at: "/metadata"},
	{name: "metadata payload a string", text: "t", metadata: metadataObj("k", "1"), code: CodeMetadataSchema,
		at: "/metadata/event_payload"},
	{name: "metadata type empty", text: "t", metadata: metadataObj("", obj{}), code: CodeMetadataSchema, at: "/metadata/event_type"},
	{name: "metadata type 255", text: "t", metadata: metadataObj(chars(255), obj{})},
	{name: "metadata type 256", text: "t", metadata: metadataObj(chars(256), obj{}), code: CodeMetadataSchema,
		at: "/metadata/event_type"},
	{name: "metadata taken away", text: "t", metadata: obj{}, update: true},
	{name: "no metadata to take away", text: "t", metadata: obj{}, code: CodeMetadataSchema, at: "/metadata"},
}

func TestBlocks_messages(t *testing.T) {
	for _, tt := range messageTests {
		t.Run(tt.name, func(t *testing.T) {
			r := JudgeMessage(tt.text, argument(t, tt.blocks), argument(t, tt.attachments), argument(t, tt.metadata), tt.update)
			if tt.code == "" {
				wantAccepted(t, r)
			} else {
				wantRefused(t, r, tt.code, tt.at)
			}
		})
	}
}

// argument is JSON of an argument; nil when it was not given.
func argument(t *testing.T, v any) json.RawMessage {
	if v == nil {
		return nil
	}
	return mustEncode(t, v)
}

func markdownObj(n int) obj { return obj{"type": "markdown", "text": chars(n)} }

func metadataObj(kind string, payload any) obj {
	return obj{"event_type": kind, "event_payload": payload}
}

func TestBlocks_brokenJSON(t *testing.T) {
	for _, raw := range []string{"[", "[]]", "{}", "[{]", "7", `"`} {
		wantRefused(t, JudgeMessage("t", json.RawMessage(raw), nil, nil, false), CodeBlocksFormat, "")
		wantRefused(t, JudgeMessage("t", nil, json.RawMessage(raw), nil, false), CodeAttachments, "")
	}
	for _, raw := range []string{"[", "[]", "{", "7", `"`} {
		wantRefused(t, JudgeMessage("t", nil, nil, json.RawMessage(raw), false), CodeMetadataFormat, "")
		wantRefused(t, JudgeView(json.RawMessage(raw), "modal"), CodeArguments, "/view")
	}
	wantRefused(t, JudgeView(nil, "home"), CodeArguments, "/view")
	wantRefused(t, JudgeView(json.RawMessage(`{}`), "dialog"), CodeArguments, "")
}

func TestBlocks_metadataSize(t *testing.T) {
	sized := func(n int) json.RawMessage {
		empty := mustEncode(t, metadataObj("k", obj{"key": ""}))
		return mustEncode(t, metadataObj("k", obj{"key": chars(n - len(empty))}))
	}
	wantAccepted(t, JudgeMessage("t", nil, nil, sized(8000), false))
	wantRefused(t, JudgeMessage("t", nil, nil, sized(8001), false), CodeMetadataTooLarge, "")
}

// TestBlocks_together holds the measurements that maxBlocksWeight is drawn from.
func TestBlocks_together(t *testing.T) {
	spread := func(total, blocks int) json.RawMessage {
		return mustEncode(t, repeated(blocks, func(i int) any {
			share := total / blocks
			if i == 0 {
				share += total % blocks
			}
			return richObj(richLineObj(obj{"type": "text", "text": chars(share)}))
		}))
	}
	tests := []struct {
		characters, blocks int
		refused            bool
	}{
		{13_200, 1, false},
		{13_201, 1, true},
		{13_298, 1, true}, // bolt-js 2509
		{4_649, 28, false},
		{6_020, 33, false},
		{9_597, 50, false},
		{11_341, 45, true}, // bolt-js 2867
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.characters, "/", tt.blocks), func(t *testing.T) {
			r := JudgeMessage("", spread(tt.characters, tt.blocks), nil, nil, false)
			if tt.refused {
				wantRefused(t, r, CodeBlocksTooLong, "")
			} else {
				wantAccepted(t, r)
			}
		})
	}
}

func TestBlocks_everyFaultIsNamed(t *testing.T) {
	blocks := arr{sectionObj(""), obj{"type": "divider"}, obj{"type": "header", "text": plainObj(chars(151))}}
	r := JudgeMessage("", mustEncode(t, blocks), nil, nil, false)
	wantRefused(t, r, CodeBlocks, "/blocks/0/text/text")
	wantRefused(t, r, CodeBlocks, "/blocks/2/text/text")
}

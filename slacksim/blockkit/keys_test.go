package blockkit

import (
	"fmt"
	"testing"
)

// TestBlocks_unknownKeysOfElements: no element takes a key that it has no use for.
func TestBlocks_unknownKeysOfElements(t *testing.T) {
	for kind := range sampleElements {
		t.Run(kind, func(t *testing.T) {
			block, at := holding(kind, elementLike(kind, "disabled", true))
			wantRefused(t, judgeOne(t, "modal", block), CodeArguments, "/view/blocks/0"+at)
			block, _ = holding(kind, elementLike(kind, "disabled", nil))
			wantAccepted(t, judgeOne(t, "modal", block))
		})
	}
}

// holding is a block in which that kind of element may stand, and where it does.
func holding(kind string, el obj) (block obj, at string) {
	switch marks := elementPlaces[kind]; {
	case marks[2] == 'i':
		return inputObj(el), "/element"
	case marks[1] == 'a':
		return actionsObj(el), "/elements/0"
	}
	return withKey(sectionObj("s"), "accessory", el), "/accessory"
}

var richSample = richObj(richLineObj(obj{"type": "text", "text": "t"}))

func TestBlocks_unknownKeysOfBlocks(t *testing.T) {
	blocks := []obj{
		sectionObj("s"), dividerBlock, richSample, markdownObj(1), tableObj(1, 1, 1), chartObj(1, 1),
		{"type": "header", "text": plainObj("h")},
		{"type": "context", "elements": arr{plainObj("c")}},
		{"type": "image", "alt_text": "a", "image_url": "https://example.com/a"},
		actionsObj(elementLike("button")), textInputObj("multiline", true),
	}
	if len(blocks) != len(blockKinds) {
		t.Errorf("%d blocks of %d kinds", len(blocks), len(blockKinds))
	}
	for _, block := range blocks {
		t.Run(fmt.Sprint(block["type"]), func(t *testing.T) {
			wantAccepted(t, judgeOne(t, "message", withKey(block, "block_id", "b")))
			wantRefused(t, judgeOne(t, "message", withKey(block, "colour", "red")), CodeBlocks, "/blocks/0")
		})
	}
}

func TestBlocks_unknownKeysInside(t *testing.T) {
	confirm := obj{"title": plainObj("t"), "text": plainObj("t"), "confirm": plainObj("y"), "deny": plainObj("n")}
	linked := withKey(optionObj(0).(obj), "url", "https://example.com")
	table := tableObj(1, 1, 1)
	tests := []blockTest{
		{"option with url", actionsObj(elementLike("checkboxes", "options", arr{linked, optionObj(1)})), "/elements/0/options/0"},
		{"overflow with url", actionsObj(elementLike("overflow", "options", arr{linked})), fine},
		{"whole confirm", actionsObj(elementLike("button", "confirm", withKey(confirm, "style", "danger"))), fine},
		{"confirm", actionsObj(elementLike("button", "confirm", withKey(confirm, "cancel", "no"))), "/elements/0/confirm"},
		{"text", obj{"type": "section", "text": withKey(plainObj("s"), "style", "bold")}, "/text"},
		{"group", actionsObj(obj{"type": "static_select", "option_groups": arr{
			obj{"label": plainObj("g"), "options": arr{optionObj(0)}, "id": "g"}}}), "/elements/0/option_groups/0"},
		{"filter", actionsObj(elementLike("conversations_select", "filter", obj{"include": arr{"im"}, "exclude": "bots"})),
			"/elements/0/filter"},
		{"line", richObj(withKey(richLineObj(), "border", 1)), "/elements/0"},
		{"span", richObj(richLineObj(obj{"type": "text", "text": "t", "url": "https://example.com"})), "/elements/0/elements/0"},
		{"span style", richObj(richLineObj(obj{"type": "text", "text": "t", "style": obj{"big": true}})),
			"/elements/0/elements/0/style"},
		{"cell", withKey(table, "rows", arr{arr{obj{"type": "raw_text", "text": "t", "colspan": 2}}}), "/rows/0/0"},
		{"column", withKey(table, "column_settings", arr{obj{"width": 3}}), "/column_settings/0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "message", tt.block), CodeBlocks, "/blocks/0", tt.at)
		})
	}
}

func TestBlocks_unknownKeysOfViews(t *testing.T) {
	for _, key := range []string{"submit_disabled", "id", "state", "color"} {
		wantRefused(t, JudgeView(mustEncode(t, withKey(modalObj(), key, true)), "modal"), CodeArguments, "/view")
		wantRefused(t, JudgeView(mustEncode(t, withKey(homeObj(), key, true)), "home"), CodeArguments, "/view")
	}
}

// TestBlocks_unknownKeyWords: in Slack's words, in an order that does not change.
func TestBlocks_unknownKeyWords(t *testing.T) {
	r := judgeOne(t, "message", obj{"type": "divider", "text": "t", "fields": arr{}, "accessory": obj{}})
	want := []string{"accessory", "fields", "text"}
	if r == nil || len(r.Messages) != len(want) {
		t.Fatalf("got %+v, want one line for each of %v", r, want)
	}
	for i, key := range want {
		if line := "[ERROR] invalid additional property: " + key + " [json-pointer:/blocks/0]"; r.Messages[i] != line {
			t.Errorf("got %s, want %s", r.Messages[i], line)
		}
	}
}

// TestBlocks_openObjects: what an app may fill as it likes, or Slack reads leniently.
func TestBlocks_openObjects(t *testing.T) {
	metadata := withKey(metadataObj("k", obj{"any": obj{"thing": 1}}), "entities", arr{})
	wantAccepted(t, JudgeMessage("t", nil, mustEncode(t, arr{obj{"colour": "red", "text": "a"}}), mustEncode(t, metadata), false))
}

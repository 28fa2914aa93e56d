package blockkit

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fuzzSeeds is good and bad JSON of every kind for the fuzzers to start from.
func fuzzSeeds(f *testing.F) []json.RawMessage {
	var blocks arr
	for kind := range sampleElements {
		el := withKey(sampleElements[kind], "type", kind)
		blocks = append(blocks, withKey(sectionObj("s"), "accessory", el), actionsObj(el), inputObj(el))
	}
	blocks = append(blocks, chartObj(2, 3), tableObj(2, 2, 2), markdownObj(9),
		richObj(richLineObj(obj{"type": "text", "text": "t"})))
	var found []json.RawMessage
	for _, b := range blocks {
		found = append(found, mustEncode(f, arr{b}))
	}
	return append(found, json.RawMessage(`[null,1,"x",[],{"type":null}]`), json.RawMessage(`{`), nil)
}

func FuzzBlocks_judgeMessage(f *testing.F) {
	for _, raw := range fuzzSeeds(f) {
		f.Add("text", []byte(raw), []byte(`[{"blocks":[]}]`), []byte(`{"event_type":"k","event_payload":{}}`), true)
		f.Add("", []byte(raw), []byte(nil), []byte(nil), false)
	}
	f.Fuzz(func(t *testing.T, text string, blocks, attachments, metadata []byte, update bool) {
		first := JudgeMessage(text, blocks, attachments, metadata, update)
		second := JudgeMessage(text, blocks, attachments, metadata, update)
		wantSame(t, first, second)
		if first == nil {
			giveValues(t, Elements(blocks))
		}
	})
}

func FuzzBlocks_judgeView(f *testing.F) {
	for _, raw := range fuzzSeeds(f) {
		for _, surface := range []string{"modal", "home"} {
			view := obj{"type": surface, "title": plainObj("T"), "submit": plainObj("S"), "blocks": raw}
			if !json.Valid(raw) {
				f.Add([]byte(raw), surface)
				continue
			}
			f.Add([]byte(mustEncode(f, view)), surface)
			delete(view, "title")
			delete(view, "submit")
			f.Add([]byte(mustEncode(f, view)), surface)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, surface string) {
		first := JudgeView(raw, surface)
		wantSame(t, first, JudgeView(raw, surface))
		inputs := Inputs(raw)
		if first != nil {
			return
		}
		for id, el := range inputs {
			if el.BlockID != id {
				t.Errorf("input %q under %q", el.BlockID, id)
			}
			giveValues(t, []Element{el})
		}
	})
}

func wantSame(t *testing.T, first, second *Refusal) {
	t.Helper()
	if diff := cmp.Diff(first, second, cmp.AllowUnexported(Refusal{})); diff != "" {
		t.Errorf("not deterministic:\n%s", diff)
	}
	if first != nil && first.Code == "" {
		t.Error("a refusal without a code")
	}
}

// giveValues gives every element what it starts with, and nonsense.
func giveValues(t *testing.T, elements []Element) {
	t.Helper()
	for _, el := range elements {
		for _, v := range []any{el.Initial, nil, "x", "1e999999999", []string{"x"}, json.RawMessage("{")} {
			state, complaint := JudgeValue(el, v)
			if (complaint == "") != json.Valid(state) || complaint != "" && state != nil {
				t.Errorf("%s of %#v: state %s, complaint %q", el.Kind, v, state, complaint)
			}
		}
	}
}

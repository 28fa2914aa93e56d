package blockkit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Short names for JSON in these tests.
type (
	obj = map[string]any
	arr = []any
)

func mustEncode(t testing.TB, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return raw
}

func chars(n int) string { return strings.Repeat("x", max(n, 0)) }

func plainObj(s string) obj  { return obj{"type": "plain_text", "text": s} }
func mrkdwnObj(s string) obj { return obj{"type": "mrkdwn", "text": s} }

// repeated is n things, each made by its index.
func repeated(n int, make func(i int) any) arr {
	list := arr{}
	for i := range n {
		list = append(list, make(i))
	}
	return list
}

func always(v any) func(int) any { return func(int) any { return v } }

func optionObj(i int) any {
	return obj{"text": plainObj(fmt.Sprint("Option ", i)), "value": fmt.Sprint("o", i)}
}

func sectionObj(s string) obj { return obj{"type": "section", "text": mrkdwnObj(s)} }
func actionsObj(el any) obj   { return obj{"type": "actions", "elements": arr{el}} }

func inputObj(el any) obj {
	return obj{"type": "input", "label": plainObj("Label"), "element": el}
}

// withKey is a copy of an object with one more key.
func withKey(o obj, key string, v any) obj {
	c := obj{}
	for k, one := range o {
		c[k] = one
	}
	c[key] = v
	return c
}

func modalObj(blocks ...any) obj {
	return obj{"type": "modal", "title": plainObj("Title"), "submit": plainObj("Save"), "blocks": append(arr{}, blocks...)}
}

func homeObj(blocks ...any) obj { return obj{"type": "home", "blocks": append(arr{}, blocks...)} }

// judgeOne judges one block on a surface: "message", "modal" or "home".
func judgeOne(t testing.TB, on string, block any) *Refusal {
	t.Helper()
	switch on {
	case "modal":
		return JudgeView(mustEncode(t, modalObj(block)), on)
	case "home":
		return JudgeView(mustEncode(t, homeObj(block)), on)
	}
	return JudgeMessage("", mustEncode(t, arr{block}), nil, nil, false)
}

func wantAccepted(t testing.TB, r *Refusal) {
	t.Helper()
	if r != nil {
		t.Errorf("refused: %s %q", r.Code, r.Messages)
	}
}

// wantRefused asks for the error and, unless at is empty, for a line that ends
// with that pointer.
func wantRefused(t testing.TB, r *Refusal, code, at string) {
	t.Helper()
	if r == nil {
		t.Errorf("accepted; want %s at %s", code, at)
		return
	}
	named := func(line string) bool { return strings.HasSuffix(line, "[json-pointer:"+at+"]") }
	if r.Code != code || at != "" && !slices.ContainsFunc(r.Messages, named) {
		t.Errorf("got %s %q; want %s at %s", r.Code, r.Messages, code, at)
	}
}

func hasWord(words, word string) bool { return slices.Contains(strings.Fields(words), word) }

// fine stands in tables for the pointer of a fault that there is not.
const fine = "fine"

// wantVerdict asks for no refusal when at is fine, else for one below root.
func wantVerdict(t testing.TB, r *Refusal, code, root, at string) {
	t.Helper()
	if at == fine {
		wantAccepted(t, r)
	} else {
		wantRefused(t, r, code, root+at)
	}
}

package blockkit

import (
	"fmt"
	"testing"
)

// blockLimit is one of Slack's limits: make builds a block with n characters or
// items; from least to most is accepted, one fewer or more is refused at at.
type blockLimit struct {
	name        string
	on          string // "message" (default), "modal"
	least, most int
	at          string
	make        func(n int) any
}

func buttonObj(key string, v any) obj {
	return actionsObj(withKey(obj{"type": "button", "text": plainObj("Go"), "action_id": "go"}, key, v))
}

func confirmObj(key string, v any) obj {
	full := obj{"title": plainObj("Sure?"), "text": mrkdwnObj("Really?"), "confirm": plainObj("Yes"), "deny": plainObj("No")}
	return buttonObj("confirm", withKey(full, key, v))
}

func selectObj(key string, v any) obj {
	return actionsObj(withKey(obj{"type": "static_select", "options": arr{optionObj(0)}}, key, v))
}

func choicesObj(kind string, n int) obj {
	return actionsObj(obj{"type": kind, "options": repeated(n, optionObj)})
}

func textInputObj(key string, v any) obj {
	return inputObj(withKey(obj{"type": "plain_text_input"}, key, v))
}

func inputWith(kind, key string, v any) obj { return inputObj(obj{"type": kind, key: v}) }

var textLimits = []blockLimit{
	{"section text", "", 1, 3000, "/blocks/0/text/text", func(n int) any { return sectionObj(chars(n)) }},
	{"section field", "", 1, 2000, "/blocks/0/fields/0/text",
		func(n int) any { return obj{"type": "section", "fields": arr{mrkdwnObj(chars(n))}} }},
	{"header", "", 1, 150, "/blocks/0/text/text",
		func(n int) any { return obj{"type": "header", "text": plainObj(chars(n))} }},
	{"context text", "", 1, 3000, "/blocks/0/elements/0/text",
		func(n int) any { return obj{"type": "context", "elements": arr{mrkdwnObj(chars(n))}} }},
	{"block_id", "", 0, 255, "/blocks/0/block_id",
		func(n int) any { return obj{"type": "divider", "block_id": chars(n)} }},
	{"action_id", "", 0, 255, "/blocks/0/elements/0/action_id", func(n int) any { return buttonObj("action_id", chars(n)) }},
	{"button text", "", 1, 75, "/blocks/0/elements/0/text/text", func(n int) any { return buttonObj("text", plainObj(chars(n))) }},
	{"button value", "", 0, 2000, "/blocks/0/elements/0/value", func(n int) any { return buttonObj("value", chars(n)) }},
	{"button url", "", 0, 3000 - len("https://example.com/"), "/blocks/0/elements/0/url",
		func(n int) any { return buttonObj("url", "https://example.com/"+chars(n)) }},
	{"button accessibility label", "", 1, 75, "/blocks/0/elements/0/accessibility_label",
		func(n int) any { return buttonObj("accessibility_label", chars(n)) }},
	{"confirm title", "", 1, 100, "/blocks/0/elements/0/confirm/title/text",
		func(n int) any { return confirmObj("title", plainObj(chars(n))) }},
	{"confirm text", "", 1, 300, "/blocks/0/elements/0/confirm/text/text",
		func(n int) any { return confirmObj("text", mrkdwnObj(chars(n))) }},
	{"confirm yes", "", 1, 30, "/blocks/0/elements/0/confirm/confirm/text",
		func(n int) any { return confirmObj("confirm", plainObj(chars(n))) }},
	{"confirm no", "", 1, 30, "/blocks/0/elements/0/confirm/deny/text",
		func(n int) any { return confirmObj("deny", plainObj(chars(n))) }},
	{"option text", "", 1, 75, "/blocks/0/elements/0/options/0/text/text",
		func(n int) any { return selectObj("options", arr{obj{"text": plainObj(chars(n)), "value": "v"}}) }},
	{"option value", "", 1, 150, "/blocks/0/elements/0/options/0/value",
		func(n int) any { return selectObj("options", arr{obj{"text": plainObj("t"), "value": chars(n)}}) }},
	{"option description", "", 1, 75, "/blocks/0/elements/0/options/0/description/text",
		func(n int) any {
			return selectObj("options", arr{withKey(optionObj(0).(obj), "description", plainObj(chars(n)))})
		}},
	{"placeholder", "", 1, 150, "/blocks/0/elements/0/placeholder/text",
		func(n int) any { return selectObj("placeholder", plainObj(chars(n))) }},
	{"option group label", "", 1, 75, "/blocks/0/elements/0/option_groups/0/label/text",
		func(n int) any {
			groups := arr{obj{"label": plainObj(chars(n)), "options": arr{optionObj(0)}}}
			return actionsObj(obj{"type": "static_select", "option_groups": groups})
		}},
	{"input label", "", 1, 2000, "/blocks/0/label/text",
		func(n int) any { return withKey(textInputObj("multiline", true), "label", plainObj(chars(n))) }},
	{"input hint", "", 1, 2000, "/blocks/0/hint/text",
		func(n int) any { return withKey(textInputObj("multiline", true), "hint", plainObj(chars(n))) }},
	{"initial value", "", 0, 3000, "/blocks/0/element/initial_value",
		func(n int) any { return textInputObj("initial_value", chars(n)) }},
	{"initial value within max_length", "", 0, 20, "/blocks/0/element/initial_value",
		func(n int) any {
			return inputObj(obj{"type": "plain_text_input", "max_length": 20, "initial_value": chars(n)})
		}},
	{"image alt text", "", 1, 2000, "/blocks/0/alt_text",
		func(n int) any {
			return obj{"type": "image", "alt_text": chars(n), "image_url": "https://example.com/a.png"}
		}},
	{"image title", "", 1, 2000, "/blocks/0/title/text",
		func(n int) any {
			return obj{"type": "image", "alt_text": "a", "slack_file": obj{"id": "F1"}, "title": plainObj(chars(n))}
		}},
	{"markdown", "", 1, 12000, "/blocks/0/text", func(n int) any { return obj{"type": "markdown", "text": chars(n)} }},
	{"chart title", "", 1, 50, "/blocks/0/title", func(n int) any { return withKey(chartObj(1, 1), "title", chars(n)) }},
}

var countLimits = []blockLimit{
	{"section fields", "", 1, 10, "/blocks/0/fields",
		func(n int) any { return obj{"type": "section", "fields": repeated(n, always(plainObj("f")))} }},
	{"context elements", "", 1, 10, "/blocks/0/elements",
		func(n int) any { return obj{"type": "context", "elements": repeated(n, always(plainObj("c")))} }},
	{"actions elements", "", 1, 25, "/blocks/0/elements",
		func(n int) any {
			return obj{"type": "actions", "elements": repeated(n, func(i int) any {
				return obj{"type": "button", "text": plainObj("b"), "action_id": fmt.Sprint(i)}
			})}
		}},
	{"options", "", 1, 100, "/blocks/0/elements/0/options", func(n int) any { return choicesObj("static_select", n) }},
	{"multi options", "", 1, 100, "/blocks/0/elements/0/options", func(n int) any { return choicesObj("multi_static_select", n) }},
	{"radio buttons", "", 1, 10, "/blocks/0/elements/0/options", func(n int) any { return choicesObj("radio_buttons", n) }},
	{"checkboxes", "", 1, 10, "/blocks/0/elements/0/options", func(n int) any { return choicesObj("checkboxes", n) }},
	{"overflow", "", 1, 5, "/blocks/0/elements/0/options", func(n int) any { return choicesObj("overflow", n) }},
	{"option groups", "", 1, 100, "/blocks/0/elements/0/option_groups",
		func(n int) any {
			group := obj{"label": plainObj("g"), "options": arr{optionObj(0)}}
			return actionsObj(obj{"type": "static_select", "option_groups": repeated(n, always(group))})
		}},
	{"max_files", "modal", 1, 10, "/view/blocks/0/element/max_files",
		func(n int) any { return inputWith("file_input", "max_files", n) }},
	{"min_length", "", 0, 3000, "/blocks/0/element/min_length", func(n int) any { return textInputObj("min_length", n) }},
	{"max_length", "", 1, 3000, "/blocks/0/element/max_length", func(n int) any { return textInputObj("max_length", n) }},
	{"min_length within max_length", "", 0, 7, "/blocks/0/element/min_length",
		func(n int) any { return inputObj(obj{"type": "plain_text_input", "max_length": 7, "min_length": n}) }},
	{"max_selected_items", "", 1, noLimit, "/blocks/0/elements/0/max_selected_items",
		func(n int) any { return actionsObj(obj{"type": "multi_users_select", "max_selected_items": n}) }},
	{"table rows", "", 1, 100, "/blocks/0/rows", func(n int) any { return tableObj(n, 1, 1) }},
	{"table columns", "", 1, 20, "/blocks/0/rows/0", func(n int) any { return tableObj(1, n, 1) }},
	{"table text", "", 100, 10000, "/blocks/0/rows", func(n int) any { return tableObj(1, 1, n) }},
	{"series", "", 1, 6, "/blocks/0/chart/series", func(n int) any { return chartObj(n, 1) }},
	{"categories", "", 1, 20, "/blocks/0/chart/axis_config/categories", func(n int) any { return chartObj(1, n) }},
	{"pie segments", "", 1, 6, "/blocks/0/chart/segments", func(n int) any {
		segments := repeated(n, always(obj{"label": "s", "value": 1}))
		return obj{"type": "data_visualization", "title": "t", "chart": obj{"type": "pie", "segments": segments}}
	}},
}

func tableObj(rows, columns, length int) obj {
	cell := obj{"type": "raw_text", "text": chars(length)}
	row := repeated(columns, always(cell))
	return obj{"type": "table", "rows": repeated(rows, always(row))}
}

// chartObj has names and categories of its own.
func chartObj(series, categories int) obj {
	names := repeated(categories, func(i int) any { return fmt.Sprint("c", i) })
	points := repeated(categories, func(i int) any { return obj{"label": fmt.Sprint("c", i), "value": i} })
	chart := obj{
		"type":        "bar",
		"axis_config": obj{"categories": names, "x_label": chars(50)},
		"series":      repeated(series, func(i int) any { return obj{"name": fmt.Sprint("s", i), "data": points} }),
	}
	return obj{"type": "data_visualization", "title": "Chart", "chart": chart}
}

func TestBlocks_limits(t *testing.T) {
	for _, l := range append(textLimits, countLimits...) {
		t.Run(l.name, func(t *testing.T) {
			code, on := CodeBlocks, "message"
			if l.on != "" {
				code, on = CodeArguments, l.on
			}
			wantAccepted(t, judgeOne(t, on, l.make(l.least)))
			wantAccepted(t, judgeOne(t, on, l.make(l.most)))
			wantRefused(t, judgeOne(t, on, l.make(l.most+1)), code, l.at)
			if l.least == 1 {
				wantRefused(t, judgeOne(t, on, l.make(0)), code, l.at)
			}
		})
	}
}

func TestBlocks_lengthIsTheStricterOfTwo(t *testing.T) {
	for s, want := range map[string]int{"": 0, "abc": 3, "é": 1, "🙂": 2, "e\u0301": 2} {
		if got := Length(s); got != want {
			t.Errorf("length(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestBlocks_slackWords(t *testing.T) {
	tests := []struct {
		name  string
		block any
		want  []string
	}{
		{"button text", buttonObj("text", plainObj(chars(76))),
			[]string{"[ERROR] must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]"}},
		{"section text", sectionObj(chars(3001)), []string{
			"[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
			"[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"}},
		{"empty text", sectionObj(""), []string{
			"[ERROR] failed to match all allowed schemas [json-pointer:/blocks/0/text]",
			"[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]"}},
		{"unknown block", obj{"type": "sketch"},
			[]string{"[ERROR] unsupported type: sketch [json-pointer:/blocks/0/type]"}},
		{"missing field", obj{"type": "header"},
			[]string{"[ERROR] missing required field: text [json-pointer:/blocks/0]"}},
		{"action_id twice", obj{"type": "actions", "elements": repeated(2, always(
			obj{"type": "button", "text": plainObj("b"), "action_id": "go"}))},
			[]string{"[ERROR] `action_id` \"go\" already exists [json-pointer:/blocks/0/elements/1/action_id]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := judgeOne(t, "message", tt.block)
			if r == nil || fmt.Sprint(r.Messages) != fmt.Sprint(tt.want) {
				t.Errorf("got %+v\nwant %q", r, tt.want)
			}
		})
	}
}

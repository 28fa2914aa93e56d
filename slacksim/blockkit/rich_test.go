package blockkit

import "testing"

func richObj(parts ...any) obj {
	return obj{"type": "rich_text", "elements": append(arr{}, parts...)}
}

func richLineObj(spans ...any) obj {
	return obj{"type": "rich_text_section", "elements": append(arr{}, spans...)}
}

func TestBlocks_richText(t *testing.T) {
	text := obj{"type": "text", "text": "t", "style": obj{"bold": true, "code": false}}
	list := obj{"type": "rich_text_list", "style": "ordered", "indent": 1, "border": 0, "elements": arr{richLineObj(text)}}
	tests := []struct {
		name string
		part any
		at   string // below the part
	}{
		{"every span", richLineObj(text,
			obj{"type": "link", "url": "https://example.com", "text": "here"},
			obj{"type": "user", "user_id": "U1"},
			obj{"type": "usergroup", "usergroup_id": "S1"},
			obj{"type": "channel", "channel_id": "C1"},
			obj{"type": "team", "team_id": "T1"},
			obj{"type": "broadcast", "range": "here"},
			obj{"type": "emoji", "name": "wave", "skin_tone": 2},
			obj{"type": "color", "value": "#00ff99"},
			obj{"type": "date", "timestamp": 1771000000, "format": "{date}"}), fine},
		{"list", list, fine},
		{"quote", obj{"type": "rich_text_quote", "elements": arr{text}, "border": 1}, fine},
		{"preformatted", obj{"type": "rich_text_preformatted", "elements": arr{text}, "language": "go"}, fine},
		{"empty line", richLineObj(), fine},
		{"unknown part", obj{"type": "rich_text_poem", "elements": arr{}}, "/type"},
		{"unknown span", richLineObj(obj{"type": "sound"}), "/elements/0/type"},
		{"empty text", richLineObj(obj{"type": "text", "text": ""}), "/elements/0/text"},
		{"style not a flag", richLineObj(withKey(text, "style", obj{"bold": "very"})), "/elements/0/style/bold"},
		{"link without url", richLineObj(obj{"type": "link", "text": "here"}), "/elements/0"},
		{"broadcast to all", richLineObj(obj{"type": "broadcast", "range": "all"}), "/elements/0/range"},
		{"colour by name", richLineObj(obj{"type": "color", "value": "red"}), "/elements/0/value"},
		{"date without format", richLineObj(obj{"type": "date", "timestamp": 1}), "/elements/0"},
		{"list of text", withKey(list, "elements", arr{text}), "/elements/0/type"},
		{"list of nothing", withKey(list, "elements", arr{}), "/elements"},
		{"list style", withKey(list, "style", "dashed"), "/style"},
		{"border", withKey(list, "border", 2), "/border"},
		{"no elements", obj{"type": "rich_text_quote"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "message", richObj(tt.part)), CodeBlocks, "/blocks/0/elements/0", tt.at)
		})
	}
}

func TestBlocks_tables(t *testing.T) {
	with := func(key string, v any) obj { return withKey(tableObj(2, 2, 5), key, v) }
	tests := []struct {
		name  string
		table obj
		at    string
	}{
		{"settings", with("column_settings", arr{nil, obj{"align": "right", "is_wrapped": true}}), fine},
		{"number and rich text", with("rows", arr{arr{obj{"type": "raw_number", "value": 1.5}, richObj(richLineObj())}}), fine},
		{"align", with("column_settings", arr{obj{"align": "middle"}}), "/column_settings/0/align"},
		{"21 settings", with("column_settings", repeated(21, always(nil))), "/column_settings"},
		{"empty cell", with("rows", arr{arr{obj{"type": "raw_text", "text": ""}}}), "/rows/0/0/text"},
		{"null cell", with("rows", arr{arr{nil}}), "/rows/0/0"},
		{"unknown cell", with("rows", arr{arr{obj{"type": "formula"}}}), "/rows/0/0/type"},
		{"no rows", obj{"type": "table"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "message", tt.table), CodeBlocks, "/blocks/0", tt.at)
		})
	}
}

func TestBlocks_charts(t *testing.T) {
	bar := func(change func(chart obj)) obj {
		block := chartObj(2, 2)
		change(block["chart"].(obj))
		return block
	}
	point := func(label string, v any) obj { return obj{"label": label, "value": v} }
	series := func(name string, points ...any) obj { return obj{"name": name, "data": append(arr{}, points...)} }
	axis := obj{"categories": arr{"a", "b"}}
	chart := func(list ...any) obj {
		return bar(func(c obj) { c["axis_config"], c["series"] = axis, append(arr{}, list...) })
	}
	pie := func(v any) obj {
		block := chartObj(2, 2)
		block["chart"] = obj{"type": "pie", "segments": arr{point("s", v)}}
		return block
	}
	tests := []struct {
		name  string
		block obj
		at    string // below the chart
	}{
		{"line", bar(func(c obj) { c["type"] = "line" }), fine},
		{"area below zero", chart(series("s", point("a", -1), point("b", 0))), fine},
		{"pie", pie(0.1), fine},
		{"pie of nothing", pie(0), "/segments/0/value"},
		{"scatter", bar(func(c obj) { c["type"] = "scatter" }), "/type"},
		{"label 21", chart(series("s", point(chars(21), 1), point("b", 1))), "/series/0/data/0/label"},
		{"category 20", bar(func(c obj) {
			c["axis_config"] = obj{"categories": arr{chars(20)}}
			c["series"] = arr{series(chars(20), point(chars(20), 1))}
		}), fine},
		{"category 21", bar(func(c obj) { c["axis_config"] = obj{"categories": arr{chars(21), "b"}} }),
			"/axis_config/categories/0"},
		{"axis label 51", bar(func(c obj) { c["axis_config"] = obj{"categories": arr{"a"}, "y_label": chars(51)} }),
			"/axis_config/y_label"},
		{"name 21", chart(series(chars(21), point("a", 1), point("b", 1))), "/series/0/name"},
		{"point missing", chart(series("s", point("a", 1))), "/series/0/data"},
		{"point of no category", chart(series("s", point("a", 1), point("c", 1))), "/series/0/data/1/label"},
		{"point twice", chart(series("s", point("a", 1), point("a", 1))), "/series/0/data/1/label"},
		{"name twice", chart(series("s", point("a", 1), point("b", 1)), series("s", point("a", 1), point("b", 1))),
			"/series/1/name"},
		{"category twice", bar(func(c obj) { c["axis_config"] = obj{"categories": arr{"a", "a"}} }),
			"/axis_config/categories/1"},
		{"value as text", chart(series("s", point("a", "1"), point("b", 1))), "/series/0/data/0/value"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantVerdict(t, judgeOne(t, "message", tt.block), CodeBlocks, "/blocks/0/chart", tt.at)
		})
	}
}

func TestBlocks_twoChartsAMessage(t *testing.T) {
	two, three := repeated(2, always(chartObj(1, 1))), repeated(3, always(chartObj(1, 1)))
	wantAccepted(t, JudgeMessage("", mustEncode(t, two), nil, nil, false))
	wantRefused(t, JudgeMessage("", mustEncode(t, three), nil, nil, false), CodeBlocks, "/blocks/2")
	wantAccepted(t, JudgeView(mustEncode(t, homeObj(three...)), "home"))
}

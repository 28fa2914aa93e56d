package findings

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func some() []Finding {
	return []Finding{
		{Code: "clock_ok", Level: OK, Text: "De klok klopt."},
		{Code: "key_fixed", Level: Warning, Text: "Sleutelbestand <a> & b ligt vast.", Fix: "Leg het elders."},
		{Code: "outbox_failing", Level: Error, Text: "1 bericht komt niet aan.", Fix: "Kijk in Slack.", More: "K-2026-0001: x\nK-2026-0002: y", Numbers: map[string]int64{"waiting": 3}},
	}
}

func TestReport_lines(t *testing.T) {
	var out bytes.Buffer
	r := NewReport(&out, false)
	for _, f := range some() {
		r.Add(f)
	}
	want := "✓ De klok klopt.\n! Sleutelbestand <a> & b ligt vast. Leg het elders.\n" +
		"✗ 1 bericht komt niet aan. Kijk in Slack.\n  K-2026-0001: x\n  K-2026-0002: y\n"
	if diff := cmp.Diff(want, out.String()); r.Close() != nil || diff != "" {
		t.Error(diff)
	}
	if r.OK() {
		t.Error("an error is no matter")
	}
}

// TestReport_json: one document with the numbers beside the texts, of nothing too.
func TestReport_json(t *testing.T) {
	for name, test := range map[string]struct {
		findings []Finding
		want     any
	}{
		"nothing": {nil, map[string]any{"ok": true, "findings": []any{}}},
		"a warning is no error": {some()[1:2], map[string]any{"ok": true, "findings": []any{
			map[string]any{"code": "key_fixed", "level": "warning", "text": "Sleutelbestand <a> & b ligt vast.", "fix": "Leg het elders."},
		}}},
		"an error": {some()[2:], map[string]any{"ok": false, "findings": []any{map[string]any{
			"code": "outbox_failing", "level": "error", "text": "1 bericht komt niet aan.\nK-2026-0001: x\nK-2026-0002: y", "fix": "Kijk in Slack.", "waiting": 3.0,
		}}}},
	} {
		var out bytes.Buffer
		r := NewReport(&out, true)
		for _, f := range test.findings {
			r.Add(f)
		}
		if out.Len() > 0 {
			t.Errorf("%s: written before the end: %s", name, &out)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		var got any
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

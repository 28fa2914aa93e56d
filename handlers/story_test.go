package handlers

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

func TestStoryGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := newOffice(t, noRegister{})
		o.Language = lang
		o.from(shelf{complaint: life(t, o.Policy, stages()["received"]...)})
		m := o.rendered(t, outbox.Delivery{Payload: outbox.Story{}})
		golden(t, "story."+lang, m)
		text := jsonOf(t, m)
		for _, known := range []string{"Jan", "1234 5678", "klant.example", "Dorpsstraat"} {
			if strings.Contains(text, known) {
				t.Errorf("%s: the story tells who complains", lang)
			}
		}
	}
}

// TestStoryAtFullLength tries the longest stories that can be logged: they
// fit Slack's limits, and what had to go is said.
func TestStoryAtFullLength(t *testing.T) {
	for name, test := range map[string]struct {
		story, wish string
		cut         bool
	}{
		"letters":    {strings.Repeat("a", 6001), strings.Repeat("b", 3000), false},
		"words":      {strings.Repeat("woord ", 1000), strings.Repeat("wens ", 600), false},
		"emoji":      {strings.Repeat("😀", 3000), "", false},
		"more emoji": {strings.Repeat("😀", 6001), strings.Repeat("😀", 3000), true},
		"families":   {strings.Repeat("👨‍👩‍👧", 1200), "", false},
		"escapes":    {strings.Repeat("<&>", 2000), strings.Repeat("&", 3000), true},
		"mentions":   {strings.Repeat("<!channel> ", 500), strings.Repeat("<@U0OFFICER> ", 200), true},
		"lines":      {strings.Repeat("\n", 5998) + "einde", "x", false},
		"names":      {strings.Repeat("Jan,x ", 1000), "", false},
		"nothing":    {"x", "", false},
	} {
		o := newOffice(t, noRegister{})
		c := life(t, o.Policy, stages()["received"]...)
		c.Particulars.Story, c.Particulars.Wish = workflow.Confidential(test.story), workflow.Confidential(test.wish)
		o.from(shelf{complaint: c})
		m := o.rendered(t, outbox.Delivery{Payload: outbox.Story{}})
		total := 0
		for _, b := range m.Blocks {
			n := kit.Weight(textsOf(t, b))
			if total += n; n > 13200 {
				t.Errorf("%s: a block of %d", name, n)
			}
		}
		if total > 12500 || len(m.Blocks) > 50 {
			t.Errorf("%s: %d units in %d blocks", name, total, len(m.Blocks))
		}
		if cut := strings.Contains(jsonOf(t, m), "De rest staat in het dossier"); cut != test.cut {
			t.Errorf("%s: cut %t, want %t", name, cut, test.cut)
		}
	}
}

// textsOf joins every text in a block.
func textsOf(t *testing.T, b slack.Block) string {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(jsonOf(t, b)), &v); err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, one := range v {
				if s, ok := one.(string); ok && key == "text" {
					all.WriteString(s)
				}
				walk(one)
			}
		case []any:
			for _, one := range v {
				walk(one)
			}
		}
	}
	walk(v)
	return all.String()
}

package notices_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact/contacttest"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

func TestStory_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t)
		o.Language = lang
		o.From(handlerstest.OneCase{Complaint: handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)})
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Story{}})
		handlerstest.Golden(t, "story."+lang, m)
		text := handlerstest.JSONOf(t, m)
		for _, known := range []string{"Jan", "1234 5678", "klant.example", "Dorpsstraat"} {
			if strings.Contains(text, known) {
				t.Errorf("%s: the story shows who complains", lang)
			}
		}
	}
}

// TestStory_fitsAtFullLength tries the longest stories that can be filed: they
// fit Slack's limits, and what had to go is said.
func TestStory_fitsAtFullLength(t *testing.T) {
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
		o := handlerstest.NewLost(t)
		c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
		c.Particulars.Story, c.Particulars.Wish = workflow.Confidential(test.story), workflow.Confidential(test.wish)
		o.From(handlerstest.OneCase{Complaint: c})
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Story{}})
		total := 0
		for _, b := range m.Blocks {
			n := kit.Weight(handlerstest.TextsOf(t, b))
			if total += n; n > 13200 {
				t.Errorf("%s: a block of %d", name, n)
			}
		}
		if total > 12500 || len(m.Blocks) > 50 {
			t.Errorf("%s: %d units in %d blocks", name, total, len(m.Blocks))
		}
		if cut := strings.Contains(handlerstest.JSONOf(t, m), "De rest staat in het dossier"); cut != test.cut {
			t.Errorf("%s: cut %t, want %t", name, cut, test.cut)
		}
	}
}

// TestStory_masksWhatTheTableSays: what is the same as what is known of who
// complains is hidden in the story, both ways. What is nearly the same may be
// hidden too.
func TestStory_masksWhatTheTableSays(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	for kind, field := range map[string]func(*workflow.Particulars) *workflow.Confidential{
		"name":  func(p *workflow.Particulars) *workflow.Confidential { return &p.Name },
		"other": func(p *workflow.Particulars) *workflow.Confidential { return &p.OnBehalfOf },
		"email": func(p *workflow.Particulars) *workflow.Confidential { return &p.Email },
		"phone": func(p *workflow.Particulars) *workflow.Confidential { return &p.Phone },
	} {
		if kind == "other" { // for whom the complainant speaks
			kind = "name"
		}
		mask := o.Texts.In("nl").Say("case.masked." + kind)
		for _, pair := range contacttest.Pairs(kind) {
			c.Particulars = workflow.Particulars{Story: workflow.Confidential("Bel „" + pair.Other + "” terug.")}
			*field(&c.Particulars) = workflow.Confidential(pair.One)
			story, _ := notices.Masked(o.Texts.In("nl"), &c)
			if hidden := strings.Contains(story, mask); pair.Same && !hidden {
				t.Errorf("%s %+q does not hide %+q", kind, pair.One, pair.Other)
			}
		}
	}
}

// TestStory_masksAddressAndShortNames: the lines of the postal address, and
// names of two letters where they have a capital.
func TestStory_masksAddressAndShortNames(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	c.Particulars = workflow.Particulars{
		Name: "An Li", Address: "Dorpsstraat 2\n6800 AA Arnhem",
		Story: "Mevrouw Li van dorpsstr. 2 (6800aa) wil naar Arnhem.", Wish: "An wil een brief op 6800 AA Arnhem",
	}
	for lang, want := range map[string][2]string{
		"nl": {"Mevrouw [naam] van [adres] ([adres]) wil naar Arnhem.", "[naam] wil een brief op [adres]"},
		"en": {"Mevrouw [name] van [address] ([address]) wil naar Arnhem.", "[name] wil een brief op [address]"},
	} {
		if story, wish := notices.Masked(o.Texts.In(lang), &c); story != want[0] || wish != want[1] {
			t.Errorf("%s: %q and %q", lang, story, wish)
		}
	}
}

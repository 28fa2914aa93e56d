package kit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
)

func TestInput_keepsSlacksLimits(t *testing.T) {
	long := strings.Repeat("é", 4000)
	in := kit.Input{ID: "description", Label: long, Hint: long, Element: kit.Area(long)}.Block()
	field := in.Element.(*slack.PlainTextInputBlockElement)
	for name, test := range map[string]struct {
		text  string
		limit int
	}{
		"label":   {in.Label.Text, 2000},
		"hint":    {in.Hint.Text, 2000},
		"initial": {field.InitialValue, 3000},
		"option":  {kit.Option{Value: "x", Label: long}.Object().Text.Text, 75},
		"button":  {kit.Button("a", "b", long, "").Text.Text, 75},
		"title":   {kit.Modal("x", long, long, long, kit.Metadata{}).Title.Text, 24},
		"submit":  {kit.Modal("x", long, long, long, kit.Metadata{}).Submit.Text, 24},
		"header":  {kit.Header(long).Text.Text, 150},
		"section": {kit.Section(long, nil).Text.Text, 3000},
	} {
		if n := utf8.RuneCountInString(test.text); n != test.limit {
			t.Errorf("%s has %d characters, want it cut at %d", name, n, test.limit)
		}
	}
}

func TestChoose_standsOnlyOnAnOption(t *testing.T) {
	options := []kit.Option{{Value: "email", Label: "E-mail"}, {Value: "phone", Label: "Telefoon"}}
	if got := kit.Choose("phone", options).InitialOption; got == nil || got.Value != "phone" {
		t.Errorf("initial option = %v, want phone", got)
	}
	if got := kit.Choose("pigeon", options).InitialOption; got != nil {
		t.Errorf("initial option = %v, want none", got.Value)
	}
}

package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot"
	appmanifest "github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/texts"
)

// readByPeople are the members of a manifest that differ from language to language.
var readByPeople = []string{"description", "long_description", "usage_hint", "name"}

// parts divides a manifest into what people read of the app and everything else, each
// by its place; names that are no sentence, such as the app's own, are everything else.
func parts(t *testing.T, raw []byte) (read, rest map[string]string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	read, rest = map[string]string{}, map[string]string{}
	var walk func(n *yaml.Node, place, member string)
	walk = func(n *yaml.Node, place, member string) {
		for i, one := range n.Content {
			switch n.Kind {
			case yaml.MappingNode:
				if i%2 == 1 {
					name := n.Content[i-1].Value
					walk(one, place+"."+name, name)
				}
			default:
				walk(one, place+"[]", member)
			}
		}
		if n.Kind != yaml.ScalarNode {
			return
		}
		into := rest
		for _, name := range readByPeople {
			if member == name && place != "[].display_information.name" {
				into = read
			}
		}
		into[place] += "|" + n.Value
	}
	walk(&doc, "", "")
	return read, rest
}

// TestManifest_inBothLanguages: manifest.yml is the source, and is what is printed in
// Dutch. The catalogue has the same words, and in English nothing but the words differs.
func TestManifest_inBothLanguages(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	dutch, err := manifestIn("nl")
	if err != nil || string(dutch) != string(klachtbot.Manifest) {
		t.Fatalf("in Dutch it is not manifest.yml: %v", err)
	}
	source, rest := parts(t, klachtbot.Manifest)
	again, err := worded(klachtbot.Manifest, words.In("nl"))
	if err != nil {
		t.Fatal(err)
	}
	read, others := parts(t, again)
	if diff := cmp.Diff(source, read); diff != "" || !cmp.Equal(rest, others) {
		t.Errorf("manifest.yml (-) and texts/manifest.nl.yaml (+):\n%s", diff)
	}
	english, err := manifestIn("en")
	if err != nil {
		t.Fatal(err)
	}
	read, others = parts(t, english)
	if diff := cmp.Diff(rest, others); diff != "" {
		t.Errorf("in English more differs than words:\n%s", diff)
	}
	if len(read) != len(source) || len(read) < 6 {
		t.Errorf("%d places that people read, of %d", len(read), len(source))
	}
	for place, text := range read {
		if text == source[place] || strings.Contains(text, "klacht vast") {
			t.Errorf("%s is not in English: %s", place, text)
		}
	}
}

// TestManifest_withinSlacksLimits (the official schema), in both languages.
func TestManifest_withinSlacksLimits(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		raw, err := manifestIn(language)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := appmanifest.Parse(raw); err != nil {
			t.Errorf("%s: %v", language, err)
		}
		read, _ := parts(t, raw)
		for place, text := range read {
			for _, one := range strings.Split(text[1:], "|") {
				n, least, most := utf8.RuneCountInString(strings.TrimSpace(one)), 1, 1000
				switch {
				case strings.HasSuffix(place, ".long_description"):
					least, most = 175, 4000
				case strings.HasSuffix(place, ".name"):
					most = 24
				case strings.HasSuffix(place, "information.description"):
					most = 140
				case strings.HasSuffix(place, "shortcuts[].description"):
					most = 150
				}
				if n < least || n > most && !strings.HasSuffix(place, "usage_hint") {
					t.Errorf("%s: %s has %d characters, room for %d to %d", language, place, n, least, most)
				}
			}
		}
	}
}

// TestManifest_command: the flag goes before the setting, and that before Dutch.
func TestManifest_command(t *testing.T) {
	for _, test := range []struct {
		env, flag, want string
		code            int
	}{
		{"", "", "Leg een klacht vast of zoek er een op", 0},
		{"en", "", "Log a complaint or look one up", 0},
		{"en", "--language=nl", "Leg een klacht vast of zoek er een op", 0},
		{"nl", "--language=en", "Log a complaint or look one up", 0},
		{"", "--language=de", `"de" is not nl or en`, exitUsage},
	} {
		o := &programTest{t: t, env: []string{"KLACHTBOT_LANGUAGE=" + test.env}}
		if test.env == "" {
			o.env = nil
		}
		args := []string{"manifest"}
		if test.flag != "" {
			args = append(args, test.flag)
		}
		if out, code := o.command(args...); code != test.code || !strings.Contains(out, test.want) {
			t.Errorf("%q %q: %d, %.200s", test.env, test.flag, code, out)
		}
	}
}

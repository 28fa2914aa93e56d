package main

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/texts"
)

// version prints the version, commit and date that the Go toolchain stamped into
// the program.
type version struct{}

func (version) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, "klachtbot", built())
	return err
}

// built says which program this is: its version, and beside that the commit and
// the commit's date, as far as the toolchain knew them, and whether the source was
// changed since.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	said := []string{info.Main.Version}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	if commit := of["vcs.revision"]; commit != "" {
		said = append(said, "commit "+commit, of["vcs.time"])
	}
	if of["vcs.modified"] == "true" {
		said = append(said, "changed since")
	}
	return strings.Join(append(said, info.GoVersion, runtime.GOOS+"/"+runtime.GOARCH), ", ")
}

// manifest prints the Slack app's manifest.
type manifest struct {
	Language string `env:"KLACHTBOT_LANGUAGE" default:"nl" help:"What people read of the app in Slack: nl or en."`
}

func (c manifest) Run(s streams) error {
	var m mistakes
	if m.language(c.Language); len(m) > 0 {
		return usageError{errors.Join(m...)}
	}
	out, err := manifestIn(c.Language)
	if err != nil {
		return err
	}
	_, err = s.out.Write(out)
	return err
}

// manifestIn is manifest.yml with what people read in that language. The file itself
// is in Dutch.
func manifestIn(language string) ([]byte, error) {
	if language == "nl" {
		return klachtbot.Manifest, nil
	}
	words, err := texts.Load()
	if err != nil {
		return nil, err
	}
	return worded(klachtbot.Manifest, words.In(language))
}

// worded puts the words of a language in the place of those that people read of the
// app. All else stays: scopes, events, ids.
func worded(source []byte, sp texts.Speaker) ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(source, &doc); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	app, features := member(doc.Content[0], "display_information"), member(doc.Content[0], "features")
	member(app, "description").Value = sp.Say("manifest.description")
	member(app, "long_description").Value = sp.Say("manifest.long_description")
	for _, command := range member(features, "slash_commands").Content {
		member(command, "description").Value = sp.Say("manifest.command")
		member(command, "usage_hint").Value = sp.Say("manifest.usage")
	}
	for _, shortcut := range member(features, "shortcuts").Content {
		key := "manifest." + member(shortcut, "callback_id").Value
		member(shortcut, "name").Value = sp.Say(key + ".name")
		member(shortcut, "description").Value = sp.Say(key + ".description")
	}
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	err := e.Encode(&doc)
	return out.Bytes(), errors.Join(err, e.Close())
}

// member is what stands behind a name in a mapping; an empty node where the name is
// not in it.
func member(mapping *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i+1]
		}
	}
	return &yaml.Node{}
}

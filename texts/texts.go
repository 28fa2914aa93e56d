// Package texts is the catalogue of everything that people read, in Dutch and
// English. Code names a message; the words stand in the YAML files beside
// this one, where a translator can read them: one file a language and a
// subject (filing.nl.yaml, filing.en.yaml). A test compares the languages and the
// keys that the code uses.
package texts

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"github.com/artra/klachtbot/workflow"
)

//go:embed *.yaml
var files embed.FS

// Args are the values that a message names: {{.Number}}. A "Count" chooses
// the plural form.
type Args map[string]any

// Catalogue holds the messages of all languages.
type Catalogue struct{ bundle *i18n.Bundle }

// Load reads the catalogue; an error names the file that does not parse.
func Load() (*Catalogue, error) {
	bundle := i18n.NewBundle(language.Dutch)
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list message files: %w", err)
	}
	for _, name := range names {
		if _, err := bundle.LoadMessageFileFS(files, name); err != nil {
			return nil, fmt.Errorf("message file %s: %w", path.Base(name), err)
		}
	}
	return &Catalogue{bundle}, nil
}

// In returns the speaker of a language; every language but English speaks
// Dutch, the regulation's own.
func (c *Catalogue) In(lang string) Speaker {
	if !slices.Contains(workflow.Languages(), lang) {
		lang = "nl"
	}
	return Speaker{lang, i18n.NewLocalizer(c.bundle, lang, "nl")}
}

// Speaker says messages in one language.
type Speaker struct {
	lang  string
	words *i18n.Localizer
}

// Language is "nl" or "en".
func (s Speaker) Language() string { return s.lang }

// Say returns the message of that key. Args may be given once; what it names
// is put in as it is, so whoever shows the result escapes it. A key that is
// not in the catalogue shows as itself, so that a person sees that something
// is missing, and a test finds it.
func (s Speaker) Say(key string, args ...Args) string {
	config := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		config.TemplateData = map[string]any(args[0])
		config.PluralCount = args[0]["Count"]
	}
	text, err := s.words.Localize(config)
	if err != nil && text == "" {
		return key
	}
	return text
}

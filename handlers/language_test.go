package handlers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/slack-go/slack"
)

// variable is what a message of the catalogue leaves open.
var variable = regexp.MustCompile(`\{\{[^}]*\}\}`)

// phrases are the pieces that the messages of a language consist of, of four
// letters and more.
func phrases(t *testing.T, lang string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("../texts/*." + lang + ".yaml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	all := map[string]bool{}
	for _, name := range files {
		raw, err := os.ReadFile(filepath.Clean(name))
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]any
		if err := yaml.Unmarshal(raw, &messages); err != nil {
			t.Fatal(err)
		}
		for _, m := range messages {
			forms, plural := m.(map[string]any)
			if !plural {
				forms = map[string]any{"": m}
			}
			for form := range maps.Values(forms) {
				addPhrases(all, form.(string))
			}
		}
	}
	return all
}

func addPhrases(all map[string]bool, message string) {
	for line := range strings.Lines(variable.ReplaceAllString(message, "\n")) {
		phrase := strings.TrimFunc(line, func(r rune) bool { return !unicode.IsLetter(r) })
		if utf8.RuneCountInString(phrase) >= 4 {
			all[phrase] = true
		}
	}
}

// holds reports whether a text holds a phrase, as whole words.
func holds(text, phrase string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		after, _ := utf8.DecodeRuneInString(text[at+i+len(phrase):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at += i + len(phrase)
	}
}

// foreign are the phrases of one language that the other does not have.
func foreign(t *testing.T, lang, other string) (all []string) {
	t.Helper()
	own := strings.ToLower(strings.Join(slices.Collect(maps.Keys(phrases(t, lang))), "\n"))
	for phrase := range phrases(t, other) {
		if !holds(own, strings.ToLower(phrase)) {
			all = append(all, phrase)
		}
	}
	return all
}

// said are the texts of a view or message that people read; not what stands in a
// field, which is a letter in the complainant's language, or typed.
func said(t *testing.T, v any) (all []string) {
	t.Helper()
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for key, one := range v {
				text, ok := one.(string)
				switch {
				case !ok:
					walk(one)
				case slices.Contains([]string{"text", "Text", "alt_text", "title", "Title", "Alt", "Comment"}, key):
					all = append(all, text)
				}
			}
		}
	}
	var decoded any
	handlerstest.ViaJSON(t, v, &decoded)
	walk(decoded)
	return all
}

// tour goes through what the bot can show in a firm, and keeps what it said.
type tour struct {
	*handlerstest.Fixture
	t    *testing.T
	lang string
	said map[string]bool
	n    int // of surfaces
}

func newTour(t *testing.T, lang string) *tour {
	d := handlerstest.New(t)
	d.Language = lang
	if err := d.DB.Languages().Choose(t.Context(), handlerstest.English, lang, 2); err != nil {
		t.Fatal(err)
	}
	return &tour{Fixture: d, t: t, lang: lang, said: map[string]bool{}}
}

// keep takes down what was shown since, and an ack.
func (r *tour) keep(acks ...core.Ack) {
	for _, a := range acks {
		r.note(a.Payload)
		if errs := map[string]string{}; a.Payload != nil {
			var answer struct{ Errors map[string]string }
			if b, err := json.Marshal(a.Payload); err == nil && json.Unmarshal(b, &answer) == nil {
				errs = answer.Errors
			}
			for _, text := range errs {
				r.said[text] = true
			}
		}
		if a.Then != nil {
			a.Then(r.t.Context())
		}
	}
	for _, m := range r.Screen.Modals {
		r.note(m)
	}
	for _, h := range r.Screen.Homes {
		r.note(h)
	}
	for _, text := range slices.Concat(r.Screen.Ephemerals, r.Screen.Direct) {
		r.said[text] = true
		r.n++
	}
	*r.Screen = handlerstest.ScreenSlack{}
}

func (r *tour) note(v any) {
	if v == nil {
		return
	}
	r.n++
	for _, text := range said(r.t, v) {
		r.said[text] = true
	}
	for _, field := range unprompted(r.t, v) {
		r.t.Errorf("%s stands on nothing, and Slack says so in its own words", field)
	}
}

// unprompted are the selects and date pickers that stand on nothing and for which Slack puts in words of its own,
// in the language of somebody's Slack: those without a placeholder.
func unprompted(t *testing.T, v any) (all []string) {
	t.Helper()
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			kind, _ := v["type"].(string)
			chosen := v["initial_option"] != nil || v["initial_user"] != nil || v["initial_date"] != nil
			if v["placeholder"] == nil && !chosen && (strings.HasSuffix(kind, "_select") || strings.HasSuffix(kind, "picker")) {
				all = append(all, fmt.Sprint(kind, " ", v["action_id"]))
			}
			for _, one := range v {
				walk(one)
			}
		}
	}
	var decoded any
	handlerstest.ViaJSON(t, v, &decoded)
	walk(decoded)
	return all
}

// everybody is a person of each role, and who has none.
func everybody() []roster.PersonID {
	return []roster.PersonID{
		handlerstest.Staff, handlerstest.Officer, handlerstest.English, handlerstest.Director,
		handlerstest.Guest, handlerstest.Gone, handlerstest.Stranger, handlerstest.Robot, handlerstest.Lost,
	}
}

// commands types everything that stands behind /klacht, and opens Home with its
// lists.
func (r *tour) commands() {
	for _, who := range everybody() {
		for _, text := range []string{
			"", "help", "lijst", "zoek jan", "zoek K-2026-0001", "zoek", "K-2026-0001", "K-2026-0099", "inzage Jan van der Berg",
			"kwartaal 2026-Q3", "kwartaal 2026-Q4", "jaar 2026", "export", "iets",
		} {
			r.keep(r.Types(r.t, who, text))
		}
		r.Event(r.t.Context(), handlerstest.Opened(who))
		r.keep(r.Shortcut(r.t, who))
		tab := incoming.View{ID: "V0HOME", Type: slack.VTHomeTab}
		for _, f := range []string{"", "overdue", "today", "waiting", "open"} {
			r.keep(r.Clicks(r.t, who, "home_filter_"+f, "", tab))
		}
		r.keep(r.Clicks(r.t, who, "absence", "", tab))
	}
}

// actions presses every action of a case, and sends each form in as it opened.
func (r *tour) actions(c workflow.Complaint) {
	for _, who := range everybody() {
		for _, name := range slices.Concat(workflow.Actions(), []workflow.ActionName{"dossier", "dossier_pdf", "nothing"}) {
			current := r.Current(r.t, c.ID)
			r.Click(r.t, who, &current, name)
			forms := r.Screen.Modals
			r.keep()
			for _, form := range forms {
				if form.Submit != nil {
					r.keep(r.Submit(r.t, who, form, map[string]string{"date": "2020-01-01", "from": "2020-01-01"}))
				}
			}
		}
	}
}

// deliveries renders every kind for the channel and for one person.
func (r *tour) deliveries(c workflow.Complaint) {
	for _, k := range outbox.Kinds() {
		for _, p := range k.Payloads() {
			if _, ok := p.(outbox.QuarterSummary); ok {
				p = outbox.QuarterSummary{Quarter: calendar.Quarter{Year: 2026, Number: 3}}
			}
			for _, lane := range []outbox.Lane{outbox.LaneCases, outbox.DirectLane(handlerstest.Director), outbox.DirectLane(handlerstest.Officer)} {
				if m, _, err := r.Render(r.t.Context(), outbox.Delivery{Case: c.ID, Lane: lane, Payload: p, Version: c.Version}); err == nil {
					r.note(m)
				}
			}
		}
	}
	for _, p := range []outbox.Payload{
		outbox.Handover{To: c.Owner}, outbox.Reminder{Watch: workflow.WatchKind(workflow.PromiseOutcome), To: handlerstest.Officer},
		outbox.Reminder{Watch: workflow.WatchKind(workflow.PromiseAcknowledgement), To: handlerstest.Director},
		outbox.Reminder{Watch: workflow.WatchWaiting, To: handlerstest.Officer}, outbox.Erased{To: handlerstest.Officer, Number: c.Number},
		outbox.UndeletableNotice{To: handlerstest.Officer, Asked: true},
	} {
		if m, _, err := r.Render(r.t.Context(), outbox.Delivery{Case: c.ID, Lane: outbox.DirectLane(handlerstest.Officer), Payload: p, Version: c.Version}); err == nil {
			r.note(m)
		}
	}
}

// typed takes out what people wrote, and the names of the languages.
func typed(lang string) *strings.Replacer {
	f, d := handlerstest.Filing(), handlerstest.Decision()
	f.Facts.Language = lang
	pairs := []string{"Nederlands", "", "English", ""} // each is named in itself
	for _, text := range []string{
		f.Particulars.Story.Reveal(), f.Particulars.Wish.Reveal(), f.Facts.OfferingName, d.Outcome.Reveal(), d.Remedy.Reveal(),
		d.Lesson, d.Reaction.Reveal(), "De zaal was koud.", "Geld terug", "Timemanagement",
	} {
		pairs = append(pairs, text, "")
	}
	return strings.NewReplacer(pairs...)
}

// TestLanguage_ofTheFirmEverywhere: in a firm of either language, whatever anybody
// opens, presses, sends in or is sent holds no phrase of the catalogue in the other
// one. Nobody chose a language, or chose the firm's.
func TestLanguage_ofTheFirmEverywhere(t *testing.T) {
	for lang, other := range map[string]string{"nl": "en", "en": "nl"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			strange, own := foreign(t, lang, other), foreign(t, other, lang)
			if len(strange) < 500 || len(own) < 500 {
				t.Fatalf("%d and %d phrases are told apart, want more", len(strange), len(own))
			}
			seen, n := map[string]bool{}, 0
			for _, steps := range handlerstest.Stages() {
				r := newTour(t, lang)
				for i, s := range steps {
					if f, ok := s.Action.(workflow.File); ok {
						f.Facts.Language = lang
						steps[i].Action = f
					}
				}
				c := r.Carried(t, steps...)
				r.commands()
				r.deliveries(c)
				r.actions(c)
				maps.Copy(seen, r.said)
				n += r.n
			}
			ours, clean := 0, typed(lang)
			for text := range seen {
				text = clean.Replace(text)
				for _, phrase := range strange {
					if holds(text, phrase) {
						t.Errorf("%q is said in %q", phrase, text)
					}
				}
				if slices.ContainsFunc(own, func(phrase string) bool { return holds(text, phrase) }) {
					ours++
				}
			}
			t.Logf("%d surfaces, %d texts, %d of them in words of the firm's language alone", n, len(seen), ours)
			if n < 1000 || ours < 300 {
				t.Errorf("%d surfaces and %d texts were looked at, want more", n, ours)
			}
		})
	}
}

// TestLanguage_goldens: no golden view or message in Dutch holds a phrase in English.
func TestLanguage_goldens(t *testing.T) {
	strange, clean := foreign(t, "nl", "en"), typed("nl")
	files, err := filepath.Glob("*/testdata/*.nl.json")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range said(t, json.RawMessage(raw)) {
			text = clean.Replace(text)
			for _, phrase := range strange {
				if holds(text, phrase) {
					t.Errorf("%s: %q is said in %q", file, phrase, text)
				}
			}
		}
	}
}

// TestLanguage_ofWhoReads: what goes to one person is in their language from the
// fallback to the last button, whoever did what it tells of; a channel reads the
// firm's. (Of other systems: openstreetmap-website #288 and #1125, phpcollab-dev #5,
// loomio #8561.)
func TestLanguage_ofWhoReads(t *testing.T) {
	for who, lang := range map[roster.PersonID]string{handlerstest.English: "en", handlerstest.Officer: "nl"} {
		r := newTour(t, "nl")
		if err := r.DB.Languages().Choose(t.Context(), handlerstest.English, "en", 3); err != nil {
			t.Fatal(err)
		}
		f := handlerstest.Filing()
		f.Particulars.Concerns = handlerstest.Director // a case of its handler's direct messages
		c := r.Filed(t, f)
		r.Clock = handlerstest.Monday.AddDate(0, 0, 30)
		n := 0
		for _, p := range []outbox.Payload{
			outbox.Case{}, outbox.Story{}, outbox.Line{Action: workflow.ActionFile},
			outbox.Reminder{Watch: workflow.WatchKind(workflow.PromiseOutcome), To: who}, outbox.UndeletableNotice{To: who, Asked: true},
			outbox.Erased{To: who, Number: "K-2026-0001"},
		} {
			m, _, err := r.Render(t.Context(), outbox.Delivery{Case: c.ID, Lane: outbox.DirectLane(who), Payload: p, Version: c.Version})
			if err != nil {
				continue
			}
			r.note(m)
			n++
		}
		if n < 4 {
			t.Errorf("%s: %d messages", who, n)
		}
		other := map[string]string{"nl": "en", "en": "nl"}[lang]
		strange, clean := foreign(t, lang, other), typed("nl")
		for text := range r.said {
			for _, phrase := range strange {
				if holds(clean.Replace(text), phrase) {
					t.Errorf("%s reads %q in %q", who, phrase, text)
				}
			}
		}
	}
}

package letters

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// TestUnfilled_everyWayToLeaveIt: a placeholder counts however little of it was
// changed; words of an officer's own in brackets never do.
func TestUnfilled_everyWayToLeaveIt(t *testing.T) {
	l := load(t)
	for _, lang := range workflow.Languages() {
		draft, err := l.Draft(Acknowledgement, lang, sample())
		if err != nil {
			t.Fatal(err)
		}
		first := l.placeholders[Acknowledgement][0]
		if lang == "en" {
			first = l.placeholders[Acknowledgement][2]
		}
		if strings.Count(draft.Body, "[") != 2 || !strings.Contains(draft.Body, first) {
			t.Fatalf("%s: the body asks otherwise: %q", lang, draft.Body)
		}
		for name, body := range map[string]string{
			"as proposed": draft.Body, "one replaced": strings.Replace(draft.Body, first, "De zaal was koud.", 1),
			"no first bracket": strings.TrimPrefix(first, "["), "no last bracket": strings.TrimSuffix(first, "]"),
			"over two lines": strings.Replace(first, " ", "\n", 1), "in capitals": strings.ToUpper(first),
		} {
			if !l.Unfilled(Acknowledgement, body) {
				t.Errorf("%s, %s: counts as filled in", lang, name)
			}
		}
	}
	for _, body := range []string{"", "De zaal [lokaal 3] was koud.", "[sic]", "Waar gaat de klacht over?"} {
		if l.Unfilled(Acknowledgement, body) {
			t.Errorf("%q counts as a placeholder", body)
		}
	}
	for _, k := range []Kind{Question, Progress, Outcome} {
		for _, lang := range workflow.Languages() {
			if draft, err := l.Draft(k, lang, sample()); err != nil || l.Unfilled(k, draft.Body) {
				t.Errorf("%s.%s can't be sent as it is proposed: %v", k, lang, err)
			}
		}
	}
}

// TestLoad_placeholders: a firm's own letter may ask the officer for words, in the
// body and in so many words.
func TestLoad_placeholders(t *testing.T) {
	body := func(s string) map[string]string {
		return map[string]string{"question.nl.tmpl": strings.Replace(ownQuestion, "Wat is er gebeurd?", s, 1)}
	}
	l, _, err := replace(t, body(`Op {{placeholder "welke dag"}} of {{placeholder `+"`hoe laat`"+`}}?`))
	if err != nil {
		t.Fatal(err)
	}
	draft, err := l.Draft(Question, "nl", sample())
	if err != nil || draft.Body != "Op [welke dag] of [hoe laat]?" {
		t.Errorf("%q, %v", draft.Body, err)
	}
	for text, unfilled := range map[string]bool{"Op dinsdag of [hoe laat]?": true, "Op dinsdag of om elf uur?": false, "Op welke dag?": false} {
		if l.Unfilled(Question, text) != unfilled {
			t.Errorf("%q: %t", text, !unfilled)
		}
	}
	for name, own := range map[string]map[string]string{
		"in quotes":              body("{{placeholder .Offering}}"),
		"no words":               body(`{{placeholder " "}}`),
		"only stand in the body": {"question.nl.tmpl": strings.Replace(ownQuestion, "{{template \"closing\" .}}", `{{placeholder "wie"}}`, 1)},
	} {
		if _, dir, err := replace(t, own); err == nil || !strings.Contains(err.Error(), name) || !strings.HasPrefix(err.Error(), dir) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLoad_unknownFieldIsTold: whoever writes letters of their own reads which names
// there are.
func TestLoad_unknownFieldIsTold(t *testing.T) {
	for _, text := range []string{"{{.Story}}", `{{with .Offering}}{{.Story}}{{end}}`} {
		_, _, err := replace(t, map[string]string{"question.nl.tmpl": strings.Replace(ownQuestion, "Wat is er gebeurd?", text, 1)})
		if err == nil || !strings.Contains(err.Error(), "there is no field Story here; a letter may name AskAddress, ") || strings.Contains(err.Error(), "letters.page") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

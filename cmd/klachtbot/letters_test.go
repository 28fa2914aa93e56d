package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/artra/klachtbot/cmd/klachtbot/findings"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/texts"
)

// TestDoctor_tellsWhatLettersCantSay: what a letter has to say to a consumer and
// nobody set is told with the setting's name, and keeps nobody from work.
func TestDoctor_tellsWhatLettersCantSay(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		firm  letters.Firm
		marks string
		says  []string
	}{
		{letters.Firm{}, "!!", []string{"KLACHTBOT_COMMITTEE_MEMBER", "KLACHTBOT_PRIVACY_URL"}},
		{letters.Firm{Member: letters.MemberNo, PrivacyURL: "https://a.example"}, "!✓", []string{"KLACHTBOT_COMMITTEE_MEMBER=no"}},
		{letters.Firm{Member: letters.MemberYes, PrivacyURL: "https://a.example"}, "✓✓", nil},
	} {
		for _, lang := range []string{"nl", "en"} {
			var out bytes.Buffer
			examination{findings.NewReport(&out, false), ground{say: words.In(lang)}}.letters(test.firm)
			marks := ""
			for line := range strings.Lines(out.String()) {
				marks += string([]rune(line)[:1])
			}
			if marks != test.marks {
				t.Errorf("%s: %q, want marks %s", lang, out.String(), test.marks)
			}
			for _, s := range test.says {
				if !strings.Contains(out.String(), s) {
					t.Errorf("%s: does not say %q", lang, s)
				}
			}
		}
	}
}

// TestLetters_placeholderCantBeSent: on the real program, before Slack as strict as it
// is, an acknowledgement of the firm's own does not leave with what the officer was asked
// to write; what they write instead does, with what the firm set.
func TestLetters_placeholderCantBeSent(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	template := `{{define "subject"}}Je klacht {{.Number}}{{end}}{{define "before"}}{{template "salutation" .}}{{end}}
{{define "body"}}Je klacht gaat over {{placeholder "vul in: waarover"}}{{end}}
{{define "after"}}{{template "confidential" .}}{{template "ask_later" .}}{{template "privacy" .}}{{end}}`
	if err := os.WriteFile(filepath.Join(dir, "acknowledgement.nl.tmpl"), []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	o, server := newMailingTest(t, "sqlite", "KLACHTBOT_LETTERS="+dir, "KLACHTBOT_COMMITTEE_MEMBER=no", "KLACHTBOT_PRIVACY_URL=https://www.artra.example/privacy")
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	officer := o.as(demoOfficer)
	if err := officer.Click(patience(t), demoCases, root.TS, "acknowledge", ""); err != nil {
		t.Fatal(err)
	}
	view, err := officer.AwaitModal(patience(t), "acknowledge")
	if err != nil {
		t.Fatal(err)
	}
	if story := regexp.MustCompile("kwam te laat|Een excuus"); story.Match(view.Raw) {
		t.Error("the form proposes what the complainant told")
	}
	got, err := officer.Submit(patience(t), view.ID, nil)
	if err != nil || len(got.Errors) != 1 || !strings.Contains(got.Errors["body"], "blokhaken") {
		t.Fatalf("as it was proposed: %+v, %v", got, err)
	}
	const own = "Je wachtte een uur op de trainer."
	if got, err := officer.Submit(patience(t), view.ID, slacksim.Values{"body": own}); err != nil || !got.Closed {
		t.Fatalf("%+v, %v", got, err)
	}
	opened, err := o.awaitLetters(server, 1)[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{own, "niet bij de commissie aangesloten", "https://www.artra.example/privacy", "politie"} {
		if !strings.Contains(opened.Parts[0].Text, s) {
			t.Errorf("the letter does not say %q:\n%s", s, opened.Parts[0].Text)
		}
	}
	if out, code := o.command("doctor"); code != 0 || !strings.Contains(out, "! KLACHTBOT_COMMITTEE_MEMBER=no") {
		t.Errorf("doctor: %d\n%s", code, out)
	}
	o.stop()
}

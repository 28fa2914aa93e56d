package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestSubjectAccess_fromRequestToDocument asks the real program, on both engines, what it holds on
// somebody who complained twice, beside a namesake, somebody else, and a third
// complaint of theirs about the officer who asks: the first two are handed out
// as PDF, and by the deputy all three as JSON.
func TestSubjectAccess_fromRequestToDocument(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			first := o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["email"], v["attachments"] = "", []slacksim.Upload{scan("factuur.pdf")}
			}))
			o.awaitRequest(demoStaff, first) // the attachment is in the register
			second := o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["complainant_name"], v["phone"] = "N. Voorbeeld", "+31 (0)6 - 1234 5678"
				v["description"] = "En de koffie was koud."
			}))
			namesake := o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["email"], v["phone"], v["description"] = "anders@example.org", "", "Geheim van de naamgenoot."
			}))
			o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["complainant_name"], v["email"], v["phone"], v["description"] = "Piet Puk", "piet@example.org", "", "Geheim van Piet."
			}))
			guarded := o.as("U0EMMA").log(form(func(v slacksim.Values) { v["concerns_user"], v["description"] = demoOfficer, "De behandelaar was bot." }))

			o.officerGivesAccess(first, second, namesake, guarded)
			o.deputyGivesAccess(first, second, namesake, guarded)

			o.awaitNothingWaits()
			o.checkNothingLeaked()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
			var lines int
			if err := o.raw().QueryRowContext(t.Context(), `SELECT count(*) FROM journal WHERE action = 'disclose'`).Scan(&lines); err != nil || lines != 5 {
				t.Errorf("%d lines of what was handed out, want 5 (%v)", lines, err)
			}
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// officerGivesAccess: the case about the officer shows nowhere, and the
// namesake's is not ticked.
func (o *programTest) officerGivesAccess(first, second, namesake, guarded string) {
	o.t.Helper()
	officer := o.as(demoOfficer)
	found := officer.traces(o, "Noor Voorbeeld", "pdf")
	for _, number := range []string{first, second, namesake} {
		if found[number] == "" {
			o.t.Errorf("%s is not offered", number)
		}
	}
	if len(found) != 3 || found[guarded] != "" {
		o.t.Errorf("%d cases are offered", len(found))
	}
	passphrase := officer.ticks(o, found[first], found[second])
	f, body := o.awaitDocument(demoOfficer)
	if !strings.HasPrefix(f.Name, "inzage-") || strings.Contains(string(body), "koffie") {
		o.t.Errorf("the file is called %s, or is not sealed", f.Name)
	}
	text, ok := o.read(body, passphrase)
	for _, held := range []string{first, second, "kwam te laat", "koffie was koud", "factuur.pdf", "06 1234 5678", "noor@example.org"} {
		if !strings.Contains(text, held) {
			o.t.Errorf("the document (opens: %v) lacks %q", ok, held)
		}
	}
	for _, others := range []string{namesake, guarded, "Geheim", "Piet", "bot."} {
		if strings.Contains(text, others) {
			o.t.Errorf("the document holds %q", others)
		}
	}
	if strings.Contains(o.output.String(), passphrase) {
		o.t.Error("the log holds the passphrase")
	}
}

// deputyGivesAccess: also to the case about the officer, in a form for
// computers.
func (o *programTest) deputyGivesAccess(first, second, namesake, guarded string) {
	o.t.Helper()
	deputy := o.as(demoDeputy)
	found := deputy.traces(o, "06-12345678", "json")
	if len(found) != 3 || found[namesake] != "" {
		o.t.Fatalf("%d cases are offered", len(found))
	}
	passphrase := deputy.ticks(o, found[first], found[second], found[guarded])
	_, body := o.awaitDocument(demoDeputy)
	var data struct {
		Format string `json:"format"`
		Cases  []struct {
			Number    string `json:"number"`
			Complaint struct {
				Description string `json:"description"`
			} `json:"complaint"`
			Attachments []struct {
				Name    string `json:"name"`
				Content []byte `json:"content_base64"`
			} `json:"attachments"`
		} `json:"cases"`
	}
	if err := json.Unmarshal(o.detach(body, passphrase, "inzage.json"), &data); err != nil || len(data.Cases) != 3 {
		o.t.Fatalf("%d cases, %v", len(data.Cases), err)
	}
	if c := data.Cases[0]; c.Number != first || len(c.Attachments) != 1 || len(c.Attachments[0].Content) == 0 {
		o.t.Errorf("%s comes with %d files", c.Number, len(c.Attachments))
	}
	if c := data.Cases[2]; c.Number != guarded || !strings.Contains(c.Complaint.Description, "bot.") {
		o.t.Errorf("the last one is %s", c.Number)
	}
}

// traces asks what is held on somebody, and returns the cases that are offered:
// the value of each box by its number.
func (p person) traces(o *programTest, who, format string) map[string]string {
	p.t.Helper()
	p.closeModal()
	if answer := p.ask("/klacht", "inzage "+who); answer != "" {
		p.t.Fatalf("inzage is answered %q", answer)
	}
	view, err := p.AwaitModal(patience(p.t), "inzage")
	if err != nil {
		p.t.Fatalf("%v\n%s", err, tail(o.output.String()))
	}
	if !strings.Contains(string(view.Raw), who) {
		p.t.Errorf("the form does not hold %q", who)
	}
	if got, err := p.Submit(patience(p.t), view.ID, slacksim.Values{"format": format}); err != nil || !got.Updated {
		p.t.Fatalf("search: %+v, %v", got, err)
	}
	view, err = p.AwaitView(patience(p.t), func(v slacksim.View) bool { return strings.Contains(string(v.Raw), `"checkboxes"`) })
	if err != nil {
		p.t.Fatalf("no choice: %v\n%s", err, tail(o.output.String()))
	}
	return boxes(p.t, view)
}

// boxes are the values of a view's checkboxes, by the number that their labels
// begin with.
func boxes(t testing.TB, view slacksim.View) map[string]string {
	t.Helper()
	var shown struct {
		Blocks []struct {
			Element struct {
				Options []struct {
					Value string `json:"value"`
					Text  struct {
						Text string `json:"text"`
					} `json:"text"`
				} `json:"options"`
			} `json:"element"`
		} `json:"blocks"`
	}
	if err := json.Unmarshal(view.Raw, &shown); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, b := range shown.Blocks {
		for _, option := range b.Element.Options {
			number, _, _ := strings.Cut(option.Text.Text, " ")
			found[number] = option.Value
		}
	}
	return found
}

// ticks chooses cases, and returns the passphrase that is shown.
func (p person) ticks(o *programTest, cases ...string) string {
	p.t.Helper()
	view, ok := p.Modal()
	if !ok {
		p.t.Fatal("no modal")
	}
	if got, err := p.Submit(patience(p.t), view.ID, slacksim.Values{"cases": []string{}}); err != nil || got.Errors["cases"] == "" {
		p.t.Errorf("nothing ticked: %+v, %v", got, err)
	}
	if got, err := p.Submit(patience(p.t), view.ID, slacksim.Values{"cases": cases, "reason": "Mail van vandaag"}); err != nil || !got.Updated {
		p.t.Fatalf("choice: %+v, %v", got, err)
	}
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool { return passphraseForm.Match(v.Raw) })
	if err != nil {
		p.t.Fatalf("no passphrase on the screen: %v\n%s", err, tail(o.output.String()))
	}
	return passphraseForm.FindString(string(view.Raw))
}

// detach takes a file out of a document, as its reader would.
func (o *programTest) detach(document []byte, passphrase, name string) []byte {
	o.t.Helper()
	program, err := exec.LookPath("pdfdetach")
	if err != nil {
		if os.Getenv("CI") == "true" {
			o.t.Fatal("pdfdetach is not installed (Debian: poppler-utils)")
		}
		o.t.Skip("pdfdetach is not installed (Debian: poppler-utils)")
	}
	dir := o.t.TempDir()
	file := filepath.Join(dir, "sealed.pdf")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		o.t.Fatal(err)
	}
	if out, err := exec.CommandContext(o.t.Context(), program, "-upw", passphrase, "-saveall", "-o", dir, file).CombinedOutput(); err != nil {
		o.t.Fatalf("%v: %s", err, out)
	}
	content, err := os.ReadFile(filepath.Join(dir, filepath.Base(name)))
	if err != nil {
		o.t.Fatal(err)
	}
	return content
}

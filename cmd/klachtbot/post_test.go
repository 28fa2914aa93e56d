package main

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestPost_letterIsCopiedRecordedAndPrinted walks the road of an officer without a
// mail server on the real program: the whole letter in the form, the own text put
// into it, recorded as it was copied, printed for the post after the address was
// asked for, gone from Slack after a day; and each look and each copy in the journal.
func TestPost_letterIsCopiedRecordedAndPrinted(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			logo := filepath.Join(t.TempDir(), "logo.png")
			var b bytes.Buffer
			if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 100))); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(logo, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			o := newProgramTest(t, engine, "KLACHTBOT_LOGO_FILE="+logo)
			o.start()
			number := o.as(demoStaff).log(form())
			officer := o.as(demoOfficer)
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			offer := officer.copiesAndRecords(o, root.TS)
			passphrase := officer.printsLetter(o, offer.ID)
			f, body := o.awaitDocument(demoOfficer)
			if !strings.HasPrefix(f.Name, "brief-"+number) {
				t.Errorf("the file is called %s", f.Name)
			}
			text, opens := o.read(body, passphrase)
			for _, want := range []string{"Noor Voorbeeld\nKade 2\n1234 AB Dorp", "Beste Noor Voorbeeld,", "Kom gerust langs.", number, "Ons kenmerk"} {
				if !opens || !strings.Contains(text, want) {
					t.Errorf("opens: %v; the letter does not say %q:\n%s", opens, want, text)
				}
			}
			if !bytes.Contains(officer.opensCase(o, root.TS).Raw, []byte("letter_pdf")) {
				t.Error("the dossier offers no PDF of its letter")
			}
			o.endsWell()
			o.checkRegisterKeeps(passphrase)
			o.goesAfterADay(f.ID)
		})
	}
}

// copiesAndRecords opens the acknowledgement, puts a text of one's own into the
// letter, and records that it went by post; it returns what is offered then.
func (p person) copiesAndRecords(o *programTest, ts string) slacksim.View {
	p.t.Helper()
	view := p.opens(o, demoCases, "acknowledge", func(ctx context.Context) error { return p.Click(ctx, demoCases, ts, "acknowledge", "") })
	if letter := letterOn(p.t, view); !strings.HasPrefix(letter, "Noor Voorbeeld\n\n") || !strings.Contains(letter, "Beste Noor Voorbeeld,") {
		p.t.Errorf("the form has no letter to copy: %q", letter)
	}
	if _, err := p.Type(patience(p.t), view.ID, slacksim.Values{"body": "Kom gerust langs.", "way": "letter"}); err != nil {
		p.t.Fatal(err)
	}
	if err := p.ClickView(patience(p.t), view.ID, "letter_show", ""); err != nil {
		p.t.Fatal(err)
	}
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool {
		return v.CallbackID == "acknowledge" && strings.Contains(letterOn(p.t, v), "Kom gerust langs.")
	})
	if err != nil {
		p.t.Fatalf("the letter does not follow: %v\n%s", err, tail(o.output.String()))
	}
	if state, err := json.Marshal(view.State); err != nil || strings.Count(string(state), "Kom gerust langs.") != 2 {
		p.t.Errorf("the form holds %s", state)
	}
	got, err := p.Submit(patience(p.t), view.ID, nil)
	if err != nil || !got.Updated {
		p.t.Fatalf("submit: %+v, %v", got, err)
	}
	offer, err := p.AwaitModal(patience(p.t), "letter_recorded")
	if err != nil {
		p.t.Fatal(err)
	}
	if letterOn(p.t, offer) != "" {
		p.t.Error("what was recorded is not what was copied")
	}
	return offer
}

// printsLetter presses the button in a modal, fills in the address that is missing,
// and returns the passphrase.
func (p person) printsLetter(o *programTest, viewID string) string {
	p.t.Helper()
	if err := p.ClickView(patience(p.t), viewID, "letter_pdf", ""); err != nil {
		p.t.Fatal(err)
	}
	asks, err := p.AwaitModal(patience(p.t), "letter_pdf")
	if err != nil {
		p.t.Fatal(err)
	}
	if got, err := p.Submit(patience(p.t), asks.ID, slacksim.Values{"address": strings.Repeat("Kade 2\n", 12)}); err != nil || got.Errors["address"] == "" {
		p.t.Errorf("an address of twelve lines: %+v, %v", got, err)
	}
	if got, err := p.Submit(patience(p.t), asks.ID, slacksim.Values{"address": "Kade 2\n1234 AB Dorp"}); err != nil || !got.Updated {
		p.t.Fatalf("address: %+v, %v\n%s", got, err, tail(o.output.String()))
	}
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool { return passphraseForm.Match(v.Raw) })
	if err != nil {
		p.t.Fatalf("no passphrase on the screen: %v\n%s", err, tail(o.output.String()))
	}
	return passphraseForm.FindString(string(view.Raw))
}

// letterOn is the letter to be copied in a modal.
func letterOn(t testing.TB, view slacksim.View) string {
	t.Helper()
	var v struct {
		Blocks []struct {
			ID      string `json:"block_id"`
			Element struct {
				Value string `json:"initial_value"`
			} `json:"element"`
		} `json:"blocks"`
	}
	if err := json.Unmarshal(view.Raw, &v); err != nil {
		t.Fatal(err)
	}
	for _, b := range v.Blocks {
		if b.ID == "letter" {
			return b.Element.Value
		}
	}
	return ""
}

// TestPost_wrongLogo: a logo that is none stops the start, with a sentence.
func TestPost_wrongLogo(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string][]byte{"text.png": []byte("geen plaatje"), "large.png": make([]byte, 3<<20)} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"nowhere.png": "no such file", "text.png": "is no PNG or JPEG picture", "large.png": "is larger than 2 MB", ".": "is no file",
	} {
		path := filepath.Join(folder, name)
		o := newProgramTest(t, "sqlite", "KLACHTBOT_LOGO_FILE="+path)
		out, code := o.command("serve")
		if code != 2 || !strings.Contains(out, "KLACHTBOT_LOGO_FILE: "+path+": ") || !strings.Contains(out, want) {
			t.Errorf("%s: exit %d\n%s", name, code, out)
		}
	}
}

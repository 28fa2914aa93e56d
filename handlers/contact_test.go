package handlers

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact/contacttest"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestStory_masksWhatTheTableSays: what is the same as what is known of who
// complains is hidden in the story, both ways. What is nearly the same may be
// hidden too.
func TestStory_masksWhatTheTableSays(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
	for kind, field := range map[string]func(*workflow.Particulars) *workflow.Confidential{
		"name":  func(p *workflow.Particulars) *workflow.Confidential { return &p.Name },
		"email": func(p *workflow.Particulars) *workflow.Confidential { return &p.Email },
		"phone": func(p *workflow.Particulars) *workflow.Confidential { return &p.Phone },
	} {
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
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
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

// TestFile_foundByAnySpelling: a form with what a web page or telephone pastes
// is taken, kept as typed, and found in every way that people write it.
func TestFile_foundByAnySpelling(t *testing.T) {
	d := newDesk(t)
	phone := "\u202d+31\u00a0(0)6\u2011123\u202f45\u2009678\u202c"
	ack := d.office.logs(t, staff, map[string]string{
		"complainant_name": "Søren\u00ad Kok", "email": "soren@bücher.example", "phone": phone, "description": "Soeren Kok, tel. 06 12345678, kwam.",
	})
	if errs := errorsOf(t, ack); len(errs) > 0 {
		t.Fatalf("refused: %v", errs)
	}
	for _, text := range []string{
		"soren kok", "SØREN KOK", "soeren", "Kok", "0612345678", "tel. 06-12345678", "0031612345678",
		"soren@xn--bcher-kva.example", "SOREN@BÜCHER.example",
	} {
		d.screen.modals = nil
		d.types(t, officer, "zoek "+text)
		if got := textOf(t, d.screen.lastModal(t)); !strings.Contains(got, "K-2026-0001") {
			t.Errorf("%+q finds %s", text, got)
		}
	}
	c, _, err := d.db.Find(t.Context(), workflow.Lookup{Number: "K-2026-0001"}, officer)
	if err != nil {
		t.Fatal(err)
	}
	p := c.Particulars
	if p.Name.Reveal() != "Søren Kok" || p.Email.Reveal() != "soren@bücher.example" || p.Phone.Reveal() != "+31\u00a0(0)6\u2011123\u202f45\u2009678" {
		t.Error("it is not kept as it was typed")
	}
	if story, _ := notices.Masked(d.Texts.In("nl"), &c); story != "[naam], tel. [telefoon], kwam." {
		t.Errorf("the story says %q", story)
	}
}

// TestFile_refusesAnImpossibleAddress: at its field, in the language of who
// typed it.
func TestFile_refusesAnImpossibleAddress(t *testing.T) {
	d := newDesk(t)
	long := strings.Repeat("n", 65) + "@example.org"
	for who, lang := range map[roster.PersonID]string{staff: "nl", english: "en"} {
		for _, address := range []string{"name@-bad.example", "name@my_host.example", long} {
			errs := errorsOf(t, d.office.logs(t, who, map[string]string{"email": address}))
			if want := d.Texts.In(lang).Say("refusal.not_email"); len(errs) != 1 || errs["email"] != want {
				t.Errorf("%s of %s: %v", address, who, errs)
			}
		}
	}
}

package main

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// The complainant whose name, number and address are spelled in many ways: as
// pasted from a web page, with no-break spaces and hyphens that don't break.
const (
	spelledName  = "Søren Kok"
	spelledPhone = "tel.\u00a006\u20118765\u00a00321"
	spelledEmail = "Soren@bücher.example"
)

func spelled(v slacksim.Values) {
	v["complainant_name"], v["phone"], v["email"] = spelledName, spelledPhone, spelledEmail
	v["description"] = "De trainer kwam te laat, zegt Soren Kok (06-87650321)."
}

// TestContact_foundByOtherSpellings files a complaint of somebody whose name,
// number and address have several spellings: search, "same complainant" and the
// access request all find it by another one than was typed.
func TestContact_foundByOtherSpellings(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			first := o.as(demoStaff).log(form(spelled))
			other := o.as(demoStaff).log(form())
			officer := o.as(demoOfficer)
			for _, typed := range []string{
				"soren kok", "KOK", "SØREN", "+31 (0)6 87 65 03 21", "0031687650321", "06\u2011876\u201150321",
				"soren@xn--bcher-kva.example", "SOREN@BÜCHER.example",
			} {
				found := officer.asked("zoek "+typed, "search")
				if !strings.Contains(found, first) || strings.Contains(found, other) {
					t.Errorf("zoek %q finds %s: %t, and %s: %t", typed, first, strings.Contains(found, first), other, strings.Contains(found, other))
				}
			}
			second := o.as(demoStaff).log(form(spelled, func(v slacksim.Values) {
				v["complainant_name"], v["phone"], v["email"] = "Soren Kok", "+31 6 8765-0321", ""
			}))
			officer.dossier(o, second)
			officer.awaitShown(o, second, "mogelijk dezelfde klager als "+first)
			third := o.as(demoStaff).log(form(spelled, func(v slacksim.Values) {
				v["complainant_name"], v["phone"], v["email"] = "S. Kok", "", "soren@xn--bcher-kva.example"
				v["description"] = "De zaal was koud, zegt Kok."
			}))
			officer.dossier(o, third)
			officer.awaitShown(o, third, "mogelijk dezelfde klager als "+first)
			found := officer.traces(o, "Soren Kok", "pdf")
			if found[first] == "" || found[second] == "" || found[other] != "" {
				t.Errorf("the access request offers %d cases; the first: %t, the second: %t, another's: %t",
					len(found), found[first] != "", found[second] != "", found[other] != "")
			}
			o.awaitNothingWaits()
			o.endsWell("Kok", "Søren", "bücher", "xn--", "87650321")
			o.mustVerify()
		})
	}
}

// TestContact_impossibleEmail: an address that no mail server could have is
// refused below its field, in Dutch, until it is put right; the form keeps all
// that was filled in, and nothing is registered meanwhile.
func TestContact_impossibleEmail(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			staff := o.as(demoStaff)
			view := staff.openLog()
			values := form(spelled)
			for _, impossible := range []string{
				"noor@-x.example", "noor@x-.example", "noor@slecht_domein.example", "noor@voorbeeld", "noor@192.0.2.1",
				strings.Repeat("n", 65) + "@example.org", "noor@" + strings.Repeat("n", 64) + ".example",
			} {
				values["email"] = impossible
				got, err := staff.Submit(patience(t), view.ID, values)
				if err != nil || got.Local || got.Closed || got.Updated || len(got.Errors) != 1 ||
					!strings.HasPrefix(got.Errors["email"], "Dit is geen e-mailadres.") {
					t.Errorf("%q: %+v, %v", impossible, got, err)
				}
				values = slacksim.Values{} // the rest stays in the form
			}
			misread, err := staff.Submit(patience(t), view.ID, slacksim.Values{"email": "noor@example.\u202egro", "phone": "06\u202e12345678"})
			if err != nil || len(misread.Errors) != 2 || !strings.Contains(misread.Errors["email"], "onzichtbaar teken") ||
				!strings.Contains(misread.Errors["phone"], "onzichtbaar teken") {
				t.Errorf("what turns around: %+v, %v", misread, err)
			}
			if front, ok := staff.Modal(); !ok || front.ID != view.ID {
				t.Fatal("the form is gone")
			}
			got, err := staff.Submit(patience(t), view.ID, slacksim.Values{"email": spelledEmail, "phone": spelledPhone})
			if err != nil || !got.Updated {
				t.Fatalf("with a good address: %+v, %v", got, err)
			}
			number := staff.number()
			if !strings.HasSuffix(number, "-0001") {
				t.Errorf("it became %s: something was registered before", number)
			}
			officer := o.as(demoOfficer)
			officer.dossier(o, number)
			officer.awaitShown(o, number, "zegt Soren Kok (06-87650321)")
			o.checkNothingLeaked("Kok", "bücher", "87650321", "slecht_domein")
			o.stop()
			o.mustVerify()
		})
	}
}

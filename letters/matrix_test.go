package letters

import (
	"fmt"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// written composes a letter as it leaves when the officer puts words of their own in
// the place of every placeholder.
func written(t *testing.T, l *Letters, k Kind, lang string, d Data) string {
	t.Helper()
	draft, err := l.Draft(k, lang, d)
	if err != nil {
		t.Fatal(err)
	}
	body := draft.Body
	for _, p := range l.placeholders[k] {
		body = strings.ReplaceAll(body, p, map[bool]string{
			true: "de zaal was te klein en te warm.", false: "the room was too small and too warm.",
		}[lang == "nl"])
	}
	text, err := l.Compose(k, lang, d, body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// arranged is a letter as the register would have it made: whether the firm takes part
// in the committee, in time or late, to somebody who has an address or is called.
func arranged(k Kind, member Membership, late, address bool) Data {
	d := sample().of(k)
	d.Firm.Member, d.Firm.PrivacyURL = member, "https://www.artra.nl/privacy"
	d.First, d.Late, d.AskAddress = k == Acknowledgement || !address, late, !address
	if address {
		d.AskFrom = calendar.NewDate(2026, 2, 28)
	}
	if late {
		d.Today = calendar.NewDate(2026, 3, 2)
	}
	if k != Acknowledgement && k != Progress && k != Outcome { // no term is kept by it
		d.Late = false
	}
	return d
}

// TestLetters_goldenMatrix: every letter for every state of what it has to say, one
// below the other.
func TestLetters_goldenMatrix(t *testing.T) {
	l := load(t)
	for _, k := range Kinds() {
		for _, lang := range workflow.Languages() {
			var all strings.Builder
			for _, member := range []Membership{MemberYes, MemberNo, MemberUnset} {
				for _, late := range []bool{false, true} {
					for _, address := range []bool{true, false} {
						fmt.Fprintf(&all, "=== committee %q, late %t, address %t ===\n\n%s\n",
							member, late, address, written(t, l, k, lang, arranged(k, member, late, address)))
					}
				}
			}
			golden(t, "matrix-"+string(k)+"."+lang+".txt", all.String())
		}
	}
}

// TestLetters_goldenVerdicts: the outcome of each verdict, to a participant, to a
// client, and to somebody who stays anonymous.
func TestLetters_goldenVerdicts(t *testing.T) {
	l := load(t)
	for _, lang := range workflow.Languages() {
		var all strings.Builder
		for _, v := range append(workflow.Verdicts(), workflow.VerdictWithdrawn) {
			for who, edit := range map[string]func(*Data){
				"participant": func(*Data) {}, "client": func(d *Data) { d.Business = true },
				"anonymous": func(d *Data) { d.Name = "anoniem" },
			} {
				d := sample()
				d.Verdict = v
				edit(&d)
				if who == "participant" {
					fmt.Fprintf(&all, "=== %s ===\n\n%s\n", v, written(t, l, Outcome, lang, d))
				}
				checkVerdict(t, v, who, written(t, l, Outcome, lang, d))
			}
		}
		golden(t, "verdicts."+lang+".txt", all.String())
	}
}

// checkVerdict holds an outcome to what somebody may not read in it.
func checkVerdict(t *testing.T, v workflow.Verdict, who, text string) {
	t.Helper()
	if named := strings.Contains(text, "Jan van der Berg"); named == (who == "anonymous") {
		t.Errorf("%s to %s: the name stands in it: %t", v, who, named)
	}
	asked := strings.Contains(text, "als particulier geboekt") || strings.Contains(text, "booked as a private person")
	if asked != (who == "client") {
		t.Errorf("%s to %s: asks who booked: %t", v, who, asked)
	}
	told := strings.Contains(text, "De zaal was inderdaad te klein.") || strings.Contains(text, "cursusgeld")
	if told == (v == workflow.VerdictWithdrawn) {
		t.Errorf("%s to %s: tells an outcome: %t", v, who, told)
	}
}

// TestLetters_lawAndCommittee holds every letter to what the law, the committee and
// the rules ask of it, whatever its words are.
func TestLetters_lawAndCommittee(t *testing.T) {
	l := load(t)
	never := []string{" wij ", "Wij ", "14 dagen", "14 days", "vijf dagen", "five days", "te laat ingediend", "buiten de termijn", "[", "]", "onbekend"}
	for _, k := range []Kind{Acknowledgement, Question, Progress, Outcome} {
		for _, member := range []Membership{MemberYes, MemberNo, MemberUnset} {
			for _, late := range []bool{false, true} {
				for _, address := range []bool{true, false} {
					d := arranged(k, member, late, address)
					nl, en := written(t, l, k, "nl", d), written(t, l, k, "en", d)
					name := fmt.Sprintf("%s, member %q, late %t, address %t", k, member, late, address)
					for _, s := range never {
						if strings.Contains(nl, s) || strings.Contains(en, s) {
							t.Errorf("%s: says %q", name, s)
						}
					}
					checkSays(t, name, nl, en, d, k)
				}
			}
		}
	}
}

func checkSays(t *testing.T, name, nl, en string, d Data, k Kind) {
	t.Helper()
	for _, c := range []struct {
		when   bool
		nl, en string
	}{
		{d.Late, "excuses", "apologise"},
		{d.First, "gerechtvaardigd belang", "legitimate interest"},
		{d.First, "in onze opdracht bewaart", "on our behalf"},
		{d.First, "autoriteitpersoonsgegevens.nl", "autoriteitpersoonsgegevens.nl"},
		{d.First, "https://www.artra.nl/privacy", "https://www.artra.nl/privacy"},
		{d.First || k == Outcome, "tot 24 maanden na de afronding", "until 24 months after it was closed"},
		{k == Acknowledgement, "Autoriteit Persoonsgegevens of de politie", "data protection authority or the police"},
		{k == Acknowledgement, "Klopt dit niet? Laat het ons dan weten.", "Is any of this not right?"},
		{k == Acknowledgement && d.AskAddress, "naar welk e-mailadres of postadres", "to which e-mail or postal address"},
		{k == Acknowledgement || k == Progress, "meestal vier weken nadat", "four weeks after your complaint"},
		{(k == Acknowledgement || k == Progress) && !d.AskFrom.IsZero() && !d.Late, "vanaf 28 februari 2026", "from 28 February 2026"},
		{k != Question, "beslist zelf of ze je klacht behandelt", "itself decides whether it takes up"},
		{k == Outcome, "Dat kan vanaf nu", "You can do so from now on"},
		{k == Outcome, "binnen een jaar", "within a year"},
		{k == Outcome, "Hoe vond je dat we je klacht hebben behandeld?", "How did you find the way we handled"},
		{k == Outcome && d.Firm.Member == MemberYes, "werken mee als je", "will take part"},
		{k != Question && d.Firm.Member == MemberNo, "niet bij d", "not affiliated"},
		{k == Outcome && d.Firm.Member == MemberUnset, "Onze klachtenregeling verwijst", "complaints procedure refers"},
	} {
		if said := strings.Contains(strings.ToLower(nl), strings.ToLower(c.nl)); said != c.when {
			t.Errorf("%s: says %q: %t", name, c.nl, said)
		}
		if said := strings.Contains(strings.ToLower(en), strings.ToLower(c.en)); said != c.when {
			t.Errorf("%s: says %q: %t", name, c.en, said)
		}
	}
}

// TestLetters_oneOfEach: terms are words in the singular too, and count from whatever
// the firm counts them from.
func TestLetters_oneOfEach(t *testing.T) {
	l, d := load(t), sample()
	d.First, d.RetentionMonths, d.RetentionFrom = true, 1, workflow.FromReceived
	for lang, says := range map[string][]string{
		"nl": {"tot 1 maand nadat we die hebben ontvangen", "nog niet is afgerond"},
		"en": {"until 1 month after we received it", "not been closed by then"},
	} {
		for _, k := range []Kind{Acknowledgement, Question, Progress, Outcome} {
			text := written(t, l, k, lang, d)
			for _, s := range says {
				if !strings.Contains(text, s) {
					t.Errorf("%s.%s does not say %q", k, lang, s)
				}
			}
		}
	}
}

// TestLetters_noCommittee: a firm that named none refers to none by its address, and
// still lets everybody go where they like.
func TestLetters_noCommittee(t *testing.T) {
	l := load(t)
	for _, k := range []Kind{Progress, Outcome, Question} {
		d := sample()
		d.Firm.Committee = nil
		if text := written(t, l, k, "nl", d); strings.Contains(text, "commissie") {
			t.Errorf("%s names a committee", k)
		}
	}
}

// TestLetters_acknowledgedAfterTheDecision: one that is owed still when there is an
// outcome promises none any more.
func TestLetters_acknowledgedAfterTheDecision(t *testing.T) {
	l := load(t)
	for v, says := range map[workflow.Verdict][]string{
		workflow.VerdictUpheld:    {"De uitkomst krijg je apart van ons.", "You will get the outcome from us separately."},
		workflow.VerdictWithdrawn: {"Daarvan krijg je apart een bevestiging.", "a separate confirmation of that."},
	} {
		for i, lang := range workflow.Languages() {
			d := sample()
			d.Verdict = v
			text := written(t, l, Acknowledgement, lang, d)
			if !strings.Contains(text, says[i]) || strings.Contains(text, "uiterlijk op") || strings.Contains(text, "outcome by") {
				t.Errorf("%s.%s:\n%s", v, lang, text)
			}
		}
	}
}

package subject_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact"
	hsubject "github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/workflow/subject"
)

func TestIdentifiers_areReadFromAnyText(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"x":                                 "",
		"12345":                             "",
		"Jan":                               "name:Jan",
		"jan@example.org":                   "email:jan@example.org",
		" JAN@Example.org, ":                "email:jan@example.org",
		"<mailto:jan@example.org|jan>":      "name:jan email:jan@example.org",
		"Jan de Vries <jan@example.org>":    "email:jan@example.org name:Jan de Vries",
		"Jansen, Jan":                       "name:Jansen, Jan",
		"06 12345678":                       "phone:06 12345678",
		"+31 (0)6-1234 5678":                "phone:+31 (0)6-1234 5678",
		"tel. 026 – 333 75 72":              "phone:026 – 333 75 72",
		"Jan\n0612345678\njan@example.org":  "name:Jan phone:0612345678 email:jan@example.org",
		"Jan;Jan; Piet":                     "name:Jan name:Piet",
		"a@b c@d":                           "email:a@b email:c@d",
		"@ @b c@":                           "name:@ @b c@",
		"Jan 3":                             "name:Jan 3",
		"Ján \u202eÇelik\x00":               "name:Ján Çelik",
		"2026-11-26 en 0612345678 of Jan d": "phone:2026-11-26 phone:0612345678 name:en of Jan d",
	} {
		var got []string
		for _, m := range hsubject.IdentifiersOf(text) {
			got = append(got, string(m.Kind)+":"+m.Text.Reveal())
		}
		a, b := strings.Fields(want), strings.Fields(strings.Join(got, " "))
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

// FuzzIdentifiers reads anything: each is of a kind, says something, occurs once,
// and reads as itself again.
func FuzzIdentifiers(f *testing.F) {
	for _, text := range []string{"Jan\njan@example.org;06 12345678", "a@b,c@d", "+31(0)6 1", "<b>\n;;", "\xff@\u0301"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		all := hsubject.IdentifiersOf(text)
		for i, m := range all {
			if m.Text.Blank() || slices.Contains(all[:i], m) {
				t.Errorf("identifier %d of %q", i, text)
			}
			switch m.Kind {
			case subject.IdentifierEmail:
				if !strings.Contains(m.Text.Reveal(), "@") {
					t.Errorf("%q is no address", m.Text.Reveal())
				}
			case subject.IdentifierPhone:
				if numbers, _ := contact.PhonesIn(m.Text.Reveal()); len(numbers) != 1 {
					t.Errorf("%q is no number", m.Text.Reveal())
				}
			case subject.IdentifierName:
				if hsubject.LettersIn(m.Text.Reveal()) < hsubject.FewestChars {
					t.Errorf("%q is no name", m.Text.Reveal())
				}
			default:
				t.Errorf("kind %q", m.Kind)
			}
		}
	})
}

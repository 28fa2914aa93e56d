package handlers

import (
	"strings"
	"testing"
	"unicode"

	"github.com/artra/klachtbot/workflow"
)

var testMasks = masks{"[naam]", "[e-mail]", "[telefoon]"}

func TestMasked(t *testing.T) {
	jan := workflow.Particulars{Name: "Jan van der Berg", Email: "Jan.Berg@example.org", Phone: "06-12 34 56 78"}
	for _, test := range []struct {
		what, text, want string
		of               workflow.Particulars
	}{
		{"whole name", "Ik ben Jan van der Berg.", "Ik ben [naam].", jan},
		{"capitals", "ik ben JAN VAN DER BERG", "ik ben [naam]", jan},
		{"first name", "Vraag het Jan maar", "Vraag het [naam] maar", jan},
		{"last name", "Mevrouw Berg, ja", "Mevrouw [naam], ja", jan},
		{"possessive", "Jan's stoel, Bergs tas", "[naam]'s stoel, [naam] tas", jan},
		{"inside another word", "januari op de bergtop", "januari op de bergtop", jan},
		{"small words stay", "van de zaal der zalen", "van de zaal der zalen", jan},
		{"parts together", "Jan-Berg en Jan Berg", "[naam] en [naam]", jan},
		{"parted by a line", "Jan\nvan der\nBerg", "[naam]", jan},
		{"e-mail", "mail JAN.BERG@EXAMPLE.ORG of bel", "mail [e-mail] of bel", jan},
		{"e-mail in brackets", "<jan.berg@example.org>", "<[e-mail]>", jan},
		{"phone as known", "bel 06-12 34 56 78!", "bel [telefoon]!", jan},
		{"phone without punctuation", "0612345678", "[telefoon]", jan},
		{"phone from abroad", "+31 6 1234 5678 of 0031612345678", "[telefoon] of [telefoon]", jan},
		{"phone with both", "+31 (0)6 - 12.34.56.78.", "[telefoon].", jan},
		{"phone twice in a row", "0612345678 / 06 12345678", "[telefoon] / [telefoon]", jan},
		{"phone after a date", "op 12-5-2026 06 12345678", "op 12-5-2026 [telefoon]", jan},
		{"another phone", "06-87654321", "06-87654321", jan},
		{"invisible character", "J\u200ban en Be\u00adrg", "[naam] en [naam]", jan},
		{"wide letters", "Ｊａｎ", "[naam]", jan},

		{"foreign phone", "+32 470 12 34 56, 0470/123456", "[telefoon], [telefoon]", workflow.Particulars{Phone: "+32470123456"}},
		{"accents", "Zoe Fernandez en ZOË FERNÁNDEZ", "[naam] en [naam]", workflow.Particulars{Name: "Zoë Fernández"}},
		{"accents apart", "Zoe\u0308 en Ferna\u0301ndez", "[naam] en [naam]", workflow.Particulars{Name: "Zoë Fernández"}},
		{"double name", "Anna-Maria zei", "[naam] zei", workflow.Particulars{Name: "Anna-Maria Smit"}},
		{"short parts", "Bo Li vond, Bo vond", "[naam] vond, Bo vond", workflow.Particulars{Name: "Bo Li"}},
		{"apostrophe", "O'Neill en o’neill", "[naam] en [naam]", workflow.Particulars{Name: "O'Neill"}},
		{"no spaces", "我是李明的朋友", "我是[naam]的朋友", workflow.Particulars{Name: "李明"}},
		{"anonymous", "ik blijf anoniem", "ik blijf anoniem", workflow.Particulars{Name: "anoniem"}},
		{"nothing known", "Jan belde 0612345678", "Jan belde 0612345678", workflow.Particulars{}},
		{"nothing said", "", "", jan},
		{"name in e-mail", "jan.berg@example.org", "[e-mail]", jan},
		{"a mask of its own", "[naam] zegt Jan", "[naam] zegt [naam]", jan},
		{"letters of their own", "Sorensen, Lukasz en WEISS", "[naam], [naam] en [naam]", workflow.Particulars{Name: "Łukasz Sørensen Weiß"}},
		{"letters of their own in the text", "SØRENSEN en Weiß!", "[naam] en [naam]!", workflow.Particulars{Name: "Sorensen Weiss"}},
		{"ligature", "ﬁnn", "[naam]", workflow.Particulars{Name: "Finn"}},
	} {
		if got := masked(test.text, test.of, testMasks); got != test.want {
			t.Errorf("%s: got %q, want %q", test.what, got, test.want)
		}
	}
}

// FuzzMasked holds the mask to what it promises of any text: no part of the
// name that tells something is left as a word, no e-mail address, no number.
func FuzzMasked(f *testing.F) {
	f.Add("Ik ben Jan van der Berg, 06-12345678", "Jan van der Berg", "jan@example.org", "0612345678")
	f.Add("\xff\u0301ﬁ\u200d", "ﬁ İ", "ß@é.nl", "+31 (0)6 12345678")
	f.Add("İİ ŉ ǅ", "ŉ ǅwor", "", "")
	f.Fuzz(func(t *testing.T, text, name, email, phone string) {
		if len(text) > 12000 || len(name)+len(email)+len(phone) > 600 {
			t.Skip("longer than can be logged")
		}
		p := workflow.Particulars{
			Name: workflow.Confidential(name), Email: workflow.Confidential(email), Phone: workflow.Confidential(phone),
		}
		got := masked(text, p, masks{"\n#\n", "\n#\n", "\n#\n"})
		left := fold(got)
		for _, w := range left.words() {
			if left.isPart(w, nameWords(name)) {
				t.Error("a part of the name is left")
			}
		}
		if e := string(folded(email)); strings.ContainsFunc(e, unicode.IsLetter) && strings.Contains(string(left.runes), e) {
			t.Error("the e-mail address is left")
		}
		if len(left.findPhone(phoneForms(phone), "")) > 0 {
			t.Error("the telephone number is left")
		}
		if len(masked(text, workflow.Particulars{}, testMasks)) != len(text) {
			t.Error("a text with nothing to mask was changed")
		}
	})
}

func BenchmarkMasked(b *testing.B) {
	p := workflow.Particulars{Name: "Jan van der Berg", Email: "jan.berg@example.org", Phone: "06-12345678"}
	text := strings.Repeat("Jan belde de trainer in Arnhem. ", 200)
	b.ReportAllocs()
	for b.Loop() {
		masked(text, p, testMasks)
	}
}

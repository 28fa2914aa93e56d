package contact_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/artra/klachtbot/contact"
)

var testMasks = contact.Masks{Name: "[naam]", Email: "[e-mail]", Phone: "[telefoon]", Address: "[adres]"}

var jan = contact.Subject{
	Names: []string{"Jan van der Berg"}, Emails: []string{"Jan.Berg@example.org"}, Phones: []string{"06-12 34 56 78"},
}

func named(name string) contact.Subject { return contact.Subject{Names: []string{name}} }

func living(lines string) contact.Subject { return contact.Subject{Addresses: []string{lines}} }

type maskTest struct {
	what, text, want string
	of               contact.Subject
}

func checkMasks(t *testing.T, tests []maskTest) {
	t.Helper()
	for _, test := range tests {
		if got := test.of.Finder().Mask(test.text, testMasks); got != test.want {
			t.Errorf("%s: got %q, want %q", test.what, got, test.want)
		}
	}
}

func TestMask_hidesWhatIsKnown(t *testing.T) {
	checkMasks(t, []maskTest{
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

		{"foreign phone", "+32 470 12 34 56, 0470/123456", "[telefoon], [telefoon]", contact.Subject{Phones: []string{"+32470123456"}}},
		{"accents", "Zoe Fernandez en ZOË FERNÁNDEZ", "[naam] en [naam]", named("Zoë Fernández")},
		{"separate accents", "Zoe\u0308 en Ferna\u0301ndez", "[naam] en [naam]", named("Zoë Fernández")},
		{"double name", "Anna-Maria zei", "[naam] zei", named("Anna-Maria Smit")},
		{"short parts", "Bo Li vond, Bo vond, een bo en li", "[naam] vond, [naam] vond, een bo en li", named("Bo Li")},
		{"apostrophe", "O'Neill en o’neill", "[naam] en [naam]", named("O'Neill")},
		{"no spaces", "我是李明的朋友", "我是[naam]的朋友", named("李明")},
		{"anonymous", "ik blijf anoniem", "ik blijf anoniem", named("anoniem")},
		{"nothing known", "Jan belde 0612345678", "Jan belde 0612345678", contact.Subject{}},
		{"nothing said", "", "", jan},
		{"name in e-mail", "jan.berg@example.org", "[e-mail]", jan},
		{"a mask of its own", "[naam] zegt Jan", "[naam] zegt [naam]", jan},
		{"letters of their own", "Sorensen, Lukasz en WEISS", "[naam], [naam] en [naam]", named("Łukasz Sørensen Weiß")},
		{"letters of their own in the text", "SØRENSEN en Weiß!", "[naam] en [naam]!", named("Sorensen Weiss")},
		{"ligature", "ﬁnn", "[naam]", named("Finn")},
	})
}

// TestMask_namesOfTwoLetters: with a capital or after a form of address, as
// many words are spelled like one.
func TestMask_namesOfTwoLetters(t *testing.T) {
	li, bo := named("Anna Li"), named("Bo Jansen")
	checkMasks(t, []maskTest{
		{"capital", "Li belde, en LI ook", "[naam] belde, en [naam] ook", li},
		{"capital in wide letters", "Ｌｉ belde", "[naam] belde", li},
		{"no capital", "een li is lang", "een li is lang", li},
		{"inside a word", "Lieve Lia", "Lieve Lia", li},
		{"possessive", "Bo's stoel, een bos bloemen", "[naam]'s stoel, een bos bloemen", bo},
		{"ladies", "mevrouw li, mevr. li, mw. li, mw li", "mevrouw [naam], mevr. [naam], mw. [naam], mw [naam]", li},
		{"gentlemen", "meneer li, dhr. li, de heer li, mijnheer li", "meneer [naam], dhr. [naam], de heer [naam], mijnheer [naam]", li},
		{"in English", "mr. li, Mrs li, ms li, dear sir li, madam li", "mr. [naam], Mrs [naam], ms [naam], dear sir [naam], madam [naam]", li},
		{"other words before it", "Zie li, heer. En toen", "Zie li, heer. En toen", li},
		{"prefixes", "De zaal, van mevrouw de wit", "De zaal, van mevrouw de wit", named("An de Te")},
		{"the whole name", "ik heet bo", "ik heet [naam]", named("Bo")},
		{"one letter", "J. zei: j", "J. zei: j", named("J.")},
	})
}

// TestMask_namesWrittenTogether: what is the same name is hidden, also where a
// story parts it in another way.
func TestMask_namesWrittenTogether(t *testing.T) {
	checkMasks(t, []maskTest{
		{"separate prefix", "mevrouw van der Steen", "mevrouw [naam]", named("Eva Vandersteen")},
		{"prefix glued", "mevrouw Vandersteen, Vandersteens", "mevrouw [naam], [naam]", named("Eva van der Steen")},
		{"prefix alone", "van der zaal", "van der zaal", named("Eva van der Steen")},
		{"glued in the name only", "van de zaal", "van de zaal", named("Eva Vandersteen")},
		{"first names", "Janpieter en jan pieter en Jan-Pieter", "[naam] en [naam] en [naam]", named("Jan Pieter Smit")},
		{"first names as one", "jan pieter", "jan pieter", named("Janpieter Smit")},
		{"with a dash", "jan-pieter", "[naam]", named("Janpieter Smit")},
		{"words that only sound so", "I was in a room, met z'n vrouw", "I was in a room, met z'n vrouw", named("Ina Metz")},
		{"initials", "J.P. van der Berg", "[naam]", named("J.P. van der Berg")},
		{"umlaut as two letters", "Mueller, Muller en Müller", "[naam], [naam] en [naam]", named("Karl Müller")},
		{"two letters as an umlaut", "Mueller en Müller, Muller", "[naam] en [naam], Muller", named("Karl Mueller")},
		{"marks around it stay", "*Kok*\u0301 en ~Søren~", "*[naam]*\u0301 en ~[naam]~", named("Soren Kok")},
		{"name with a mark behind", "Soren\u0301!", "[naam]!", named("Søren Kok")},
		{"bold letters", "\U0001d409\U0001d41a\U0001d427 zei", "[naam] zei", named("Jan")},
	})
}

func TestMask_address(t *testing.T) {
	home := living("Dorpsstraat 2\n6800 AA Arnhem")
	checkMasks(t, []maskTest{
		{"street and number", "Ik woon op DORPSSTRAAT 2, in Arnhem", "Ik woon op [adres], in Arnhem", home},
		{"number with a letter", "Dorpsstraat 2a of Dorpsstraat 2 B", "[adres] of [adres] B", home},
		{"another number", "Dorpsstraat 21", "Dorpsstraat 21", home},
		{"street alone", "in de Dorpsstraat", "in de Dorpsstraat", home},
		{"in short", "Dorpsstr. 2", "[adres]", home},
		{"in full", "Dorpsstraat 2", "[adres]", living("Dorpsstr. 2")},
		{"postal code", "6800AA, 6800 aa en 6800\u00a0AA", "[adres], [adres] en [adres]", home},
		{"postal code and town", "6800 AA Arnhem", "[adres]", home},
		{"a year is none", "in 6800 en AA", "in 6800 en AA", home},
		{"town alone", "Arnhem is mooi", "Arnhem is mooi", home},
		{"all of it", "Dorpsstraat 2\n6800 AA Arnhem", "[adres]\n[adres]", home},
		{"on one line", "Dorpsstraat 2, 6800AA", "[adres], [adres]", living("Dorpsstraat 2, 6800 AA Arnhem")},
		{"without a comma", "Dorpsstraat 2 en 6800AA", "[adres] en [adres]", living("Dorpsstraat 2 6800 AA Arnhem")},
		{"house name", "wij van Huize de Eik", "wij van [adres]", living("Huize De Eik\nLaan 3\n6800 AA Arnhem\nNederland")},
		{"country", "in Nederland", "in Nederland", living("Laan 3\n6800 AA Arnhem\nNederland")},
		{"number in the street", "1e Jan Steenstraat 12", "[adres]", living("1e Jan Steenstraat 12-hs")},
		{"box", "postbus 123", "[adres]", living("Postbus 123\n6800 AA Arnhem")},
		{"abroad", "12, rue de la Paix te 75002 Paris", "[adres] te [adres]", living("12 rue de la Paix\n75002 Paris")},
		{"accents", "Åsvägen 7", "[adres]", living("Asvagen 7\n123 45 Lund")},
		{"town only", "in Arnhem", "in Arnhem", living("Arnhem")},
		{"nothing", "2", "2", living("2\n\n,;")},
	})
}

// FuzzMask holds the mask to what it promises of any text: nothing that it would
// find is left, and what it leaves is as it was.
func FuzzMask(f *testing.F) {
	f.Add("Ik ben Jan van der Berg, 06-12345678", "Jan van der Berg", "jan@example.org", "0612345678", "Laan 2\n6800 AA X")
	f.Add("\xff\u0301ﬁ\u200d", "ﬁ İ", "ß@é.nl", "+31 (0)6 12345678", "1e laan 2-hs")
	f.Add("İİ ŉ ǅ Mueller", "ŉ ǅwor Müller", "", "", "")
	f.Add("6800aa Vandersteen O'Brien", "van der Steen-OBrien", "a@bücher.nl", "tel:026 3337572;ext=1", "6800 AA")
	f.Fuzz(func(t *testing.T, text, name, email, phone, address string) {
		if len(text) > 12000 || len(name)+len(email)+len(phone)+len(address) > 800 {
			t.Skip("longer than can be logged")
		}
		const mark = "ꙮ"
		if strings.Contains(text+name+email+phone+address, mark) {
			t.Skip("has the mark itself")
		}
		s := contact.Subject{Names: []string{name}, Emails: []string{email}, Phones: []string{phone}, Addresses: []string{address}}
		got := s.Finder().Mask(text, contact.Masks{Name: mark, Email: mark, Phone: mark, Address: mark})
		if again := s.Finder().Mask(got, testMasks); again != got {
			t.Error("something is left")
		}
		rest := text
		for i, piece := range strings.Split(got, mark) {
			at := strings.Index(rest, piece)
			if at < 0 || i == 0 && at > 0 {
				t.Fatal("what was not hidden was changed")
			}
			rest = rest[at+len(piece):]
		}
		if whole := " " + name + " "; utf8.ValidString(name) && lettersIn(name) > 2 && strings.Contains(text, whole) &&
			contact.Words(name) != nil && strings.Contains(got, whole) && !allSmall(name) {
			t.Error("the whole name is left")
		}
		if (contact.Subject{}).Finder().Mask(text, testMasks) != text {
			t.Error("a text with nothing to mask was changed")
		}
	})
}

func lettersIn(s string) (n int) {
	for _, r := range contact.Key(s) {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// allSmall reports whether a name is of one word that is nobody's.
func allSmall(name string) bool {
	words := contact.Words(name)
	return len(words) == 1 && contact.Subject{Names: []string{name}}.Finder().Mask(name, testMasks) == name
}

func BenchmarkMask(b *testing.B) {
	text := strings.Repeat("Jan belde de trainer in Arnhem. ", 3000/32+1)[:3000]
	b.ReportAllocs()
	for b.Loop() {
		jan.Finder().Mask(text, testMasks)
	}
}

func BenchmarkMaskAccents(b *testing.B) {
	text := strings.Repeat("José belde de coördinator in Ålesund. ", 3000/32+1)[:3000]
	b.ReportAllocs()
	for b.Loop() {
		jan.Finder().Mask(text, testMasks)
	}
}

// TestMask_hardTexts goes through texts that are made to be hard to search
// through: one that takes more than a moment never ends.
func TestMask_hardTexts(t *testing.T) {
	for _, hard := range []struct{ text, name string }{
		{strings.Repeat("å", 4000), strings.Repeat("a", 150) + "b"},
		{strings.Repeat("a-", 4000), strings.Repeat("a", 150) + "b"},
		{strings.Repeat("a ", 4000), strings.Repeat("a ", 90) + "b"},
		{"a" + strings.Repeat(" ", 8000), "a b"},
		{"x", strings.Repeat("a\n", 1500)},
	} {
		of := contact.Subject{Names: []string{hard.name}, Addresses: []string{hard.name}}
		if got := of.Finder().Mask(hard.text, testMasks); got != hard.text {
			t.Errorf("%.12s… was changed", hard.text)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("Jan belde de trainer in Arnhem. ", 3000/32+1)[:3000]
	b.ReportAllocs()
	for b.Loop() {
		contact.Fold(text)
	}
}

// TestFinder_traces says of which kind what stands in a text is: what the mask hides,
// and a name in any way in which it is recognised.
func TestFinder_traces(t *testing.T) {
	f := contact.Subject{
		Names: []string{"Noor van der Berg"}, Emails: []string{"noor@klant.example"},
		Phones: []string{"06-12345678"}, Addresses: []string{"Dorpsstraat 1\n1234 AB Dorp"},
	}.Finder()
	for text, want := range map[string]contact.Traces{
		"Was de zaal dubbel geboekt?":       {},
		"Ken je NOOR VAN DER BERG?":         {Name: true},
		"Ken je mevrouw Bergman?":           {},
		"Schrijf naar Noor@Klant.example.":  {Email: true},
		"Bel +31 6 1234 5678 eens":          {Phone: true},
		"Ze woont op Dorpsstraat 1 in Dorp": {Address: true},
		"Nóór v.d. Berg, tel. 0612345678":   {Name: true, Phone: true},
	} {
		if got := f.Traces(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

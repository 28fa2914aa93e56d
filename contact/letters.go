package contact

import "strings"

// sameLetters are letters that Unicode takes for letters of their own and its
// root collation for others: first the letter in lower case, then what it is
// the same as. testdata/primary.tsv has all that collation says; what follows
// from a letter's decomposition is not repeated here.
const sameLetters = `
ø o  ł l  đ d  ð d  ħ h  ß ss  æ ae  œ oe  ʣ dz  ʦ ts  ʪ ls  ʫ lz
ƍ zw  ƾ ts  ȸ db  ȹ qp  ᵹ g  ᵺ th  ỻ ll  ꜩ tz  ꜳ aa  ꜵ ao  ꜷ au  ꜹ av  ꜻ av  ꜽ ay  ꝏ oo
ꝛ r  ꝡ vy  ꝺ d  ꝼ f  ꞃ r  ꞅ s  ꞇ t  ꞛ a  ꞝ o  ꞟ u  ꞡ g  ꞣ k  ꞥ n  ꞧ r  ꞩ s  ꟁ a  ꟃ w
ꟙ s  ꟱ s  Ꟙ s  𐞀 aa  ᴈ ɜ  ᵎ ᴉ  𝼀 ʩ  Ꟛ ꟛ  Ƛ ƛ  Ɤ ɤ  Ꟍ ꟍ  ꟎ ꟏  ꟒ ꟓ  ꟔ ꟕ
`

// travelLetters are the same as well, beyond that collation: the machine
// readable lines of a passport write them so, and with them tickets, payslips
// and whatever else people copy their own name from. The final sigma is only a
// place in a word.
const travelLetters = `þ th  ı i  ŋ n  ŧ t  ς σ`

var letters = readLetters(sameLetters + travelLetters)

func readLetters(table string) map[rune][]rune {
	all := map[rune][]rune{}
	fields := strings.Fields(table)
	for i := 0; i+1 < len(fields); i += 2 {
		all[[]rune(fields[i])[0]] = []rune(fields[i+1])
	}
	return all
}

// The capitals that games of the 1980s drew with an outline, A to Z; no version
// of Unicode that Go has knows them.
const outlinedA, outlinedZ = 0x1ccd6, 0x1ccef

// apostrophes are what people type, and programs make, of an apostrophe: also
// the accents, primes and the letters that stand for one in Hawaiian or Arabic
// names.
const apostrophes = "'`´‘’‚‛′‵＇｀ʹʻʼʽʾʿˈˊˋ՚׳ꞌ"

// dashes join two words, or stand between the groups of a number.
const dashes = "-‐‑‒–—―−⁃⸗﹘﹣－\u00ad゠ー"

// widened are letters that are also written as two: a name in a passport has
// "oe" for what its owner writes "ö" or "ø". They are not one letter, as "oe"
// would be "o" then, and Boer the same as Bor; either spelling finds the other.
var widened = map[rune]rune{'ä': 'e', 'ö': 'e', 'ü': 'e', 'ø': 'e', 'å': 'a', 'Ä': 'e', 'Ö': 'e', 'Ü': 'e', 'Ø': 'e', 'Å': 'a'}

// widening is the mark that makes a widened letter of a plain one, and what it
// adds to which.
var widening = map[rune]struct {
	of    string
	extra rune
}{'\u0308': {"aou", 'e'}, '\u030a': {"a", 'a'}}

package contact

import (
	"errors"
	"regexp"
	"slices"
	"strings"
)

// ErrNotPhone says that a text is no telephone number.
var ErrNotPhone = errors.New("not a telephone number")

// Lengths of numbers, in digits.
const (
	fewestTyped = 8  // no shorter one reaches somebody from anywhere in the country
	fewestInAll = 7  // the smallest islands have four behind the country's three
	fewestAsked = 6  // a number without its area is asked for too
	mostDigits  = 15 // E.164 has no longer one
	dutch       = 9  // of a Dutch one without the zero
)

// home is the country of a number that names none.
const home = "31"

// Phone is a telephone number that somebody typed.
type Phone struct {
	hidden
	country, national, extension string
}

// phonePunctuation is what may stand between the digits of a folded number; a
// fold has made one dash, one space and small letters of all that pages, phones
// and keyboards write. The x stands for a digit of a carrier in some countries.
const phonePunctuation = "-() []./~x⁓∼"

var (
	label     = regexp.MustCompile(`^[(\[]?(?:tel(?:efoon|ephone|nr)?|tel ?nr|telefoonnummer|phone|mobiel|mobile|mob|gsm|callto|nr|t|m)[ .:)\]]+`)
	bracketed = regexp.MustCompile(`[(\[] *0 *[)\]]`)
	ext       = regexp.MustCompile(`(?:[ ,;/(]*(?:;ext=|toestel(?:nummer)?|toest|tst|doorkiesnummer|extension|extn|ext|int|x)|[ ,;]*#|,+)[ .:=-]*([0-9]{1,7})[)#]?$`)
)

// ParsePhone reads a telephone number as it is pasted from a page or a phone,
// with what stands before it ("tel.") and an extension behind it. A number that
// names no country is Dutch.
func ParsePhone(s string) (Phone, error) {
	var p Phone
	number := unlabelled(Fold(Clean(s)))
	if m := ext.FindStringSubmatchIndex(number); m != nil && digitsIn(number[:m[0]]) >= fewestTyped {
		number, p.extension = number[:m[0]], number[m[2]:m[3]]
	}
	typed, trunk, ok := dialled(number)
	if !ok || !typed.plus && len(typed.digits) < fewestTyped {
		return Phone{}, ErrNotPhone
	}
	p.country, p.national = split(typed, trunk)
	if n := len(p.Key()); p.country == "" || n < fewestInAll || n > mostDigits {
		return Phone{}, ErrNotPhone
	}
	return p, nil
}

// unlabelled takes off what stands before a folded number.
func unlabelled(folded string) string {
	return strings.TrimPrefix(label.ReplaceAllString(folded, ""), ":")
}

func digitsIn(s string) int { return len(digitsOf(s)) }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// dial is what of a number is dialled.
type dial struct {
	plus   bool
	digits string
}

// dialled reads the digits of a number; trunk is how many of them come before a
// zero in brackets, -1 without one. A plus stands before the first digit only.
func dialled(number string) (d dial, trunk int, ok bool) {
	trunk = -1
	if at := bracketed.FindStringIndex(number); at != nil {
		trunk = digitsIn(number[:at[0]])
	}
	var b strings.Builder
	for _, r := range number {
		switch {
		case isDigit(r):
			b.WriteRune(r)
		case r == '+' && !d.plus && b.Len() == 0:
			d.plus = true
		case !strings.ContainsRune(phonePunctuation, r):
			return dial{}, -1, false
		}
	}
	d.digits = b.String()
	return d, trunk, true
}

// split parts a number into its country and the rest. The country is "" when
// there can be none such.
func split(d dial, trunk int) (country, national string) {
	digits := d.digits
	switch {
	case d.plus:
	case strings.HasPrefix(digits, "00"):
		digits, trunk = digits[2:], trunk-2
	case strings.HasPrefix(digits, "0"):
		return home, digits[1:]
	case len(digits) <= dutch:
		return home, digits
	}
	country = countryOf(digits)
	national = digits[len(country):]
	switch {
	case slices.Contains(trunkZero, country):
		national = strings.TrimLeft(national, "0")
	case trunk == len(country) && !slices.Contains(keptZero, country):
		national = strings.TrimPrefix(national, "0")
	}
	return country, national
}

// shortCodes are the countries' codes of one digit and of two; all others have
// three.
var shortCodes = strings.Fields(`1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58
	60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98`)

// trunkZero are the countries whose numbers begin with a zero at home only, so
// that one behind the country's code is there by mistake. In keptZero it is
// part of the number, whatever stands around it.
var (
	trunkZero = strings.Fields(`20 211 212 213 218 231 232 233 234 243 249 250 251 252 254 255 256 260 261 262 263 264 265 27 291 31
		32 33 353 355 358 359 370 373 374 377 380 381 382 383 385 386 387 389 40 41 421 423 43 44 46 49 508
		51 53 54 55 57 58 590 591 593 594 595 596 598 60 61 62 63 64 66 686 81 82 84 850 855 856 86 880 886
		90 91 92 93 94 95 961 962 963 964 966 967 970 971 972 976 977 98 994 995 996`)
	keptZero = strings.Fields(`39 378 379`)
)

func countryOf(digits string) string {
	const longest = 3
	if digits == "" || digits[0] == '0' {
		return ""
	}
	for _, code := range shortCodes {
		if strings.HasPrefix(digits, code) {
			return code
		}
	}
	return digits[:min(longest, len(digits))]
}

// Key is the same for two numbers that are the same: the digits of the
// international form. The extension isn't part of it: people leave it out the
// next time, and a switchboard's number says who it is nearly as well.
func (p Phone) Key() string { return p.country + p.national }

// PhoneMayBe reports whether a number that is asked for may be one that is
// known, as either was typed: the last nine digits of what is asked are in it.
// One of the two may lack its country, and what is asked its area too. It finds
// rather too much than too little.
func PhoneMayBe(known, asked string) bool {
	last := ending(PhoneKey(asked))
	return len(last) >= fewestAsked && strings.Contains(PhoneKey(known), last)
}

// PhoneKey is the key of a number that a register holds, or the digits of what
// is none by now: it was taken once, and must still be found.
func PhoneKey(s string) string {
	if p, err := ParsePhone(s); err == nil {
		return p.Key()
	}
	return digitsOf(Fold(s))
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if isDigit(r) {
			return r
		}
		return -1
	}, s)
}

func ending(number string) string { return number[max(0, len(number)-dutch):] }

// phoneForms returns the ways to write a number, as digits, longest first: with
// the country's number and without. Nothing when it is too short to be one.
func phoneForms(s string) []string {
	const shortest = 7
	all := digitsOf(Fold(s))
	p, err := ParsePhone(s)
	forms := []string{all}
	if err == nil {
		c, n := p.country, p.national
		all, _ := strings.CutSuffix(all, p.extension)
		forms = []string{"00" + c + "0" + n, "00" + c + n, c + "0" + n, c + n, all, "0" + n, n}
	}
	forms = slices.DeleteFunc(forms, func(f string) bool { return len(f) < shortest })
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(forms)
}

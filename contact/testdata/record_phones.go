// Command record_phones writes which number libphonenumber reads in what
// people type, for a reader in the Netherlands: an example of a fixed and of a
// mobile number of every region that it knows, in several forms. It is run by
// hand in a module of its own that requires github.com/nyaruka/phonenumbers:
//
//	go run record_phones.go > phones.tsv
//
// One line a form: what is typed, and the digits of the international form.
package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

func main() {
	var regions []string
	for region := range phonenumbers.GetSupportedRegions() {
		regions = append(regions, region)
	}
	slices.Sort(regions)
	seen := map[string]bool{}
	for _, region := range regions {
		for _, kind := range []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE} {
			number := phonenumbers.GetExampleNumberForType(region, kind)
			if number == nil {
				continue
			}
			for _, typed := range forms(region, number) {
				read, err := phonenumbers.Parse(typed, "NL")
				if err != nil || !phonenumbers.IsValidNumber(read) || seen[typed] {
					continue
				}
				seen[typed] = true
				key := strings.TrimPrefix(phonenumbers.Format(read, phonenumbers.E164), "+")
				fmt.Printf("%s\t%s\n", typed, key)
			}
		}
	}
}

// forms are the number as a page, a phone or a person writes it; with the zero
// that is dialled at home as well, where there is one.
func forms(region string, number *phonenumbers.PhoneNumber) []string {
	international := phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
	code, rest, _ := strings.Cut(international, " ")
	all := []string{
		international,
		phonenumbers.Format(number, phonenumbers.E164),
		phonenumbers.Format(number, phonenumbers.RFC3966),
		"00" + strings.TrimPrefix(international, "+"),
	}
	if phonenumbers.GetNddPrefixForRegion(region, true) == "0" {
		all = append(all, code+" 0"+rest, code+" (0)"+rest, "00"+code[1:]+" (0) "+rest)
	}
	if region == "NL" {
		all = append(all, phonenumbers.Format(number, phonenumbers.NATIONAL), rest)
	}
	return all
}

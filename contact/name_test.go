package contact_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact"
)

func TestName_found(t *testing.T) {
	for _, test := range []struct {
		name, query string
		want        bool
	}{
		{"André de Wit", "andre", true},
		{"André de Wit", "wit, Andr", true},
		{"André de Wit", "de", true},
		{"André de Wit", "ndré", false},
		{"André de Wit", "andre jansen", false},
		{"André de Wit", "  ", false},
		{"André de Wit", "-", false},
		{"Jozefien Vandersteen", "Vander Joze", true},
		{"Jozefien Vandersteen", "van der Steen", true},
		{"Jozefien Vandersteen", "steen", true},
		{"Jozefien van der Steen", "vandersteen", true},
		{"Jan-Pieter Smit", "janp", true},
		{"Jan-Pieter Smit", "pieter", true},
		{"Janpieter Smit", "jan-pieter", true},
		{"Janpieter Smit", "jan pieter", true},
		{"Smit, Janpieter", "jan-pieter smit", true},
		{"O'Brien", "brien", true},
		{"Karl Müller", "muel", true},
		{"Karl Mueller", "mül", true},
		{"Karl Mueller", "mul", false},
		{"", "", false},
	} {
		if got := contact.Name(test.name).Found(test.query); got != test.want {
			t.Errorf("%q is found by %q: %t", test.name, test.query, got)
		}
	}
}

func TestName_mayBe(t *testing.T) {
	for _, test := range []struct {
		name, asked string
		want        bool
	}{
		{"Jan de Vries", "jan de vries", true},
		{"J. de Vries", "jan de vries", true},
		{"VRIES, mevrouw Anna", "Mevr. A. de Vries", true},
		{"VRIES, mevrouw Anna", "jan de vries", false},
		{"J. Jansen-de Wit", "Jan Jansen", true},
		{"Jan Jansen-Smit", "Smit", true},
		{"Jan Jansen-Smit", "jan", true},
		{"Jan de Vries", "ries", false},
		{"J.", "Jan", false},
		{"J. Smit", "Jan", false},
		{"Jan Jansen", "x", false},
		{"Jan Jansen", "", false},
		{"", "Jan", false},
		{"Søren Kok", "Soren Kok", true},
		{"Eva Vandersteen", "van der Steen", true},
		{"Eva van der Steen", "Vandersteen", true},
		{"Eva van der Steen", "van der", false},
		{"De La", "de la", true},
		{"Janpieter Smit", "Jan-Pieter Smit", true},
		{"Janpieter Smit", "Jan Pieter Smit", true},
		{"Anna O'Brien", "obrien", true},
	} {
		if got := contact.Name(test.name).MayBe(contact.Name(test.asked)); got != test.want {
			t.Errorf("%q may be %q: %t", test.name, test.asked, got)
		}
	}
}

func TestFinder_mentioned(t *testing.T) {
	s := contact.Subject{Names: []string{"Jan de Vries", "Jan"}, Emails: []string{"jan@bücher.example"}, Phones: []string{"0612345678"}}
	for text, want := range map[string]bool{
		"Ik zat naast jan de Vries.":     true,
		"Jan Vries, of VRIES":            true,
		"Jan van der Vries":              true,
		"Jan en ook Vries":               false,
		"Jan deVries":                    true,
		"mail jan@xn--bcher-kva.example": true,
		"bel +31 6 1234 5678":            true,
		"Jan belde, de Vries niet":       false,
		"Jan de Vriesman":                false,
		"":                               false,
	} {
		if got := s.Finder().Mentioned(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// TestName_printsAsAMask: what holds somebody's data shows as a mask, whatever
// the verb or the encoding, and an error quotes nothing.
func TestName_printsAsAMask(t *testing.T) {
	const name, address, number = "Noor Bakker", "noor@example.org", "0612345678"
	e, p := mustEmail(t, address), mustPhone(t, number)
	s := contact.Subject{Names: []string{name}, Emails: []string{address}, Phones: []string{number}, Addresses: []string{"Laan 2"}}
	var log strings.Builder
	for _, one := range []any{contact.Name(name), e, p, s, s.Finder(), &s, []any{e, p}} {
		var all []string
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			all = append(all, fmt.Sprintf(verb, one))
		}
		encoded, err := json.Marshal(one)
		if err != nil {
			t.Errorf("%T: %v", one, err)
		}
		slog.New(slog.NewTextHandler(&log, nil)).Info("one", "value", one)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("one", "value", one)
		for _, printed := range append(all, string(encoded), log.String()) {
			for _, secret := range []string{"oor", "akker", "4e6f", "12345", "aan 2", "6f6f72"} {
				if strings.Contains(printed, secret) {
					t.Errorf("%T prints %q", one, printed)
				}
			}
		}
	}
	_, notEmail := contact.ParseEmail("Noor Bakker")
	_, notPhone := contact.ParsePhone("Noor Bakker")
	if all := fmt.Sprint(notEmail, notPhone); strings.Contains(all, "Noor") {
		t.Errorf("errors say %q", all)
	}
	if slices.Contains([]error{notEmail, notPhone}, nil) {
		t.Error("no errors")
	}
}

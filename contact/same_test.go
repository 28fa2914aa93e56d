package contact_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/contact/contacttest"
)

// TestSame_everyPartAgrees holds the table of what is the same for comparing,
// searching, the access request, mentions and the mask at once.
func TestSame_everyPartAgrees(t *testing.T) {
	for _, kind := range []string{"name", "email", "phone"} {
		pairs := contacttest.Pairs(kind)
		if len(pairs) < 20 {
			t.Fatalf("%d rows of %s", len(pairs), kind)
		}
		for _, p := range pairs {
			t.Run(kind, func(t *testing.T) { agree(t, p) })
		}
	}
}

func agree(t *testing.T, p contacttest.Pair) {
	t.Helper()
	check := func(what string, got bool) {
		if got != p.Same {
			t.Errorf("%s of %+q and %+q: %t", what, p.One, p.Other, got)
		}
	}
	masks := contact.Masks{Name: "[naam]", Email: "[e-mail]", Phone: "[telefoon]"}
	var s contact.Subject
	hidden := ""
	switch p.Kind {
	case "name":
		one, other := contact.Name(p.One), contact.Name(p.Other)
		check("search, both ways,", one.Found(p.Other) && other.Found(p.One))
		check("access request, both ways,", one.MayBe(other) && other.MayBe(one))
		s.Names, hidden = []string{p.One}, masks.Name
	case "email":
		check("same address", mustEmail(t, p.One).Key() == mustEmail(t, p.Other).Key())
		s.Emails, hidden = []string{p.One}, masks.Email
	case "phone":
		one, other := mustPhone(t, p.One), mustPhone(t, p.Other)
		check("same number", one.Key() == other.Key())
		s.Phones, hidden = []string{p.One}, masks.Phone
	}
	text := "Bel niet, zei „" + p.Other + "” toen."
	got := s.Finder().Mask(text, masks)
	if p.Same && !strings.Contains(got, hidden) || !strings.HasPrefix(got, "Bel niet, zei „") || !strings.HasSuffix(got, "” toen.") {
		t.Errorf("mask of %+q: %+q", text, got)
	}
	if p.Same && s.Finder().Mask(got, masks) != got {
		t.Errorf("mask of %+q once more", got)
	}
	if p.Same && (p.Kind != "name" || strings.Contains(p.One, " ") && len(contact.TellingWords(p.One)) > 1) {
		check("mention", s.Finder().Mentioned(text))
	}
}

func mustEmail(t *testing.T, s string) contact.Email {
	t.Helper()
	e, err := contact.ParseEmail(s)
	if err != nil {
		t.Fatalf("%+q: %v", s, err)
	}
	return e
}

func mustPhone(t *testing.T, s string) contact.Phone {
	t.Helper()
	p, err := contact.ParsePhone(s)
	if err != nil {
		t.Fatalf("%+q: %v", s, err)
	}
	return p
}

// TestSame_rootCollation holds every Latin letter to what ICU's root collation
// says it is the same as (testdata/record.js): as a key, and as a fold when it
// is no sign with punctuation in it.
func TestSame_rootCollation(t *testing.T) {
	rows := 0
	for _, row := range primary(t) {
		rows++
		for _, word := range []string{"%s", "x%sx", "%[1]s%[1]s"} {
			one, base := fmt.Sprintf(word, row.one), fmt.Sprintf(word, row.base)
			if got, want := contact.Key(one), contact.Key(base); got != want {
				t.Errorf("%U: %q has the key %q, and %q has %q", []rune(row.one), one, got, base, want)
			}
			if unicode.IsLetter([]rune(row.one)[0]) && contact.Fold(one) != contact.Fold(base) {
				t.Errorf("%U: %q folds to %q", []rune(row.one), one, contact.Fold(one))
			}
		}
	}
	if rows < 1900 {
		t.Errorf("%d rows only", rows)
	}
}

type row struct{ one, base string }

func primary(t *testing.T) (all []row) {
	t.Helper()
	for _, cells := range tableOf(t, "testdata/primary.tsv") {
		if code, err := strconv.ParseInt(cells[0], 16, 32); err != nil || string(rune(code)) != cells[1] {
			t.Fatalf("row %s is not of its code point", cells[0])
		}
		all = append(all, row{cells[1], cells[2]})
	}
	return all
}

// tableOf returns the cells of a recorded table's rows.
func tableOf(t *testing.T, path string) (rows [][]string) {
	t.Helper()
	in, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(in)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return rows
}

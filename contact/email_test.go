package contact_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact"
)

// TestEmail_comparedAndSent shows how an address is compared, and sent to.
func TestEmail_comparedAndSent(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, test := range []struct{ typed, key, sent string }{
		{"jan@example.org", "jan@example.org", "jan@example.org"},
		{" Jan.Berg@Example.ORG\n", "jan.berg@example.org", "Jan.Berg@example.org"},
		{"Jan@Bücher.example", "jan@xn--bcher-kva.example", "Jan@xn--bcher-kva.example"},
		{"jan@XN--BCHER-KVA.example", "jan@xn--bcher-kva.example", "jan@xn--bcher-kva.example"},
		{"Jürgen@example.org", "jürgen@example.org", "Jürgen@example.org"},
		{"ju\u0308rgen@example.org", "jürgen@example.org", "ju\u0308rgen@example.org"},
		{"jan@пример.example", "jan@xn--e1afmkfd.example", "jan@xn--e1afmkfd.example"},
		{"a\u200bb@exa\u00admple.org", "ab@example.org", "ab@example.org"},
		{"\u202ejan@example.org", "jan@example.org", "jan@example.org"},
		{"o'brien+x/y=z{!#$%&*?^_`|}~-@example.org", "o'brien+x/y=z{!#$%&*?^_`|}~-@example.org", "o'brien+x/y=z{!#$%&*?^_`|}~-@example.org"},
		{"jan@ab--cd.example", "jan@ab--cd.example", "jan@ab--cd.example"},
		{"jan@1.example", "jan@1.example", "jan@1.example"},
		{"jan@example。org", "jan@example.org", "jan@example.org"},
		{long + "a@example.org", long + "a@example.org", long + "a@example.org"},
		{"a@" + long + ".example", "a@" + long + ".example", "a@" + long + ".example"},
	} {
		e, err := contact.ParseEmail(test.typed)
		if err != nil || e.Key() != test.key || e.ASCII() != test.sent {
			t.Errorf("%+q: %q, %q (%v)", test.typed, e.Key(), e.ASCII(), err)
		}
	}
}

func TestEmail_refused(t *testing.T) {
	long := strings.Repeat("a", 63)
	for what, typed := range map[string]string{
		"empty":                    "",
		"no address":               "noor.example.org",
		"a label before it":        "Noor <noor@example.org>",
		"brackets":                 "<noor@example.org>",
		"a link":                   "mailto:noor@example.org",
		"no dot in the domain":     "noor@localhost",
		"a dot at an end only":     "noor@localhost.",
		"an address of the net":    "noor@[192.0.2.1]",
		"a number as domain":       "noor@192.0.2.1",
		"hyphen before a label":    "noor@-example.org",
		"hyphen behind a label":    "noor@example-.org",
		"hyphen before the last":   "noor@example.-org",
		"underscore":               "noor@exam_ple.org",
		"mailbox too long":         long + "aa@example.org",
		"mailbox too long in UTF8": strings.Repeat("é", 33) + "@example.org",
		"label too long":           "a@" + long + "a.example",
		"label too long as A":      "a@" + strings.Repeat("é", 60) + ".example",
		"too long":                 "a@" + strings.Repeat(long[:61]+".", 4) + "example",
		"empty label":              "noor@example..org",
		"empty label first":        "noor@.example.org",
		"empty label last":         "noor@example.org.",
		"two dots":                 "no..or@example.org",
		"dot first":                ".noor@example.org",
		"dot last":                 "noor.@example.org",
		"space":                    "no or@example.org",
		"space in the domain":      "noor@exam ple.org",
		"no-break space":           "no\u00a0or@example.org",
		"line feed":                "noor@example.org\nbcc",
		"two":                      "noor@example.org,jan@example.org",
		"two signs":                "noor@jan@example.org",
		"nobody":                   "@example.org",
		"quoted":                   `"no or"@example.org`,
		"comment":                  "noor(x)@example.org",
		"no A-label":               "noor@xn--a.example",
		"joiner in the domain":     "noor@exa\u200dmple.org\u200d@",
		"right to left and left":   "noor@אa.example",
	} {
		if e, err := contact.ParseEmail(typed); err == nil {
			t.Errorf("%s: %+q is %q", what, typed, e.Key())
		}
	}
}

// TestKeys_ofOldRegisters: what is refused by now has a key all the same.
func TestKeys_ofOldRegisters(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{contact.EmailKey(" Jan@Bücher.example "), "jan@xn--bcher-kva.example"},
		{contact.EmailKey(" Jan@under_score.example "), "jan@under_score.example"},
		{contact.EmailKey(""), ""},
		{contact.PhoneKey("+31 06 12345678"), "31612345678"},
		{contact.PhoneKey("00000000"), "00000000"},
		{contact.PhoneKey(""), ""},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

// FuzzEmail: what is an address can be sent to over plain DNS, and reads as the
// same again, as typed and as sent.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"jan@example.org", "Jan@Bücher.nl", "a@xn--bcher-kva.nl", "é@ß.ß", "a@a。b", "a@\u200d.nl", "x@א.ב"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := contact.ParseEmail(s)
		if err != nil {
			if e.Key() != "" || e.ASCII() != "" {
				t.Error("an address and an error")
			}
			return
		}
		_, domain, _ := strings.Cut(e.ASCII(), "@")
		if strings.Trim(domain, "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" || !strings.Contains(domain, ".") || len(e.ASCII()) > 254 {
			t.Errorf("%+q is sent to %+q", s, e.ASCII())
		}
		for _, other := range []string{contact.Clean(s), e.ASCII(), e.Key(), strings.ToUpper(domain)} {
			if !strings.Contains(other, "@") {
				other = strings.TrimSuffix(e.ASCII(), domain) + other
			}
			if again, err := contact.ParseEmail(other); err != nil && len(e.Key()) <= 254 && len(e.Key()) <= len(e.ASCII()) || err == nil && again.Key() != e.Key() {
				t.Errorf("%+q is not %+q (%v)", other, s, err)
			}
		}
	})
}

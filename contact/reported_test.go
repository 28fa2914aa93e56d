package contact_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact"
)

// What people reported to other projects on names, numbers and addresses; each
// row names the report.

func checkReports(t *testing.T, wrong map[string]func() bool) {
	t.Helper()
	for report, again := range wrong {
		if again() {
			t.Error(report)
		}
	}
}

func TestName_reported(t *testing.T) {
	checkReports(t, map[string]func() bool{
		"Neamar/KISS#1141: ł is not found by l": func() bool {
			return !contact.Name("Łęóąśżźćń").Found("leoaszzcn") || !contact.Name("Lukasz").Found("łuk")
		},
		"SimpleMobileTools/Simple-Contacts#666: names without their accents": func() bool {
			return !contact.Name("Petr Šilhavý").Found("silh") || !contact.Name("Anežka Nováková").Found("anez")
		},
		"suchnsuch/Tangent#369: ø as oe, å as aa": func() bool {
			return !contact.Name("Jørgen Åberg").Found("joergen aaberg")
		},
		"codidact/qpixel#135: a name of joiners": func() bool {
			return contact.Clean("\u200d\u200d") != ""
		},
		"owncast/owncast#4522: a name of a Hangul filler": func() bool {
			return contact.Clean("\u3164") != ""
		},
		"openstreetmap/openstreetmap-website#4538: names that differ in what can't be seen": func() bool {
			return contact.Key("Jan\u200b\u200bSmit") != contact.Key("JanSmit") || contact.Clean(strings.Repeat("\u200b", 15)) != ""
		},
	})
}

func TestPhone_reported(t *testing.T) {
	checkReports(t, map[string]func() bool{
		"alphagov/notifications-utils#1222: a hyphen that doesn't break": func() bool {
			return mustPhone(t, "026‑333‑7572").Key() != "31263337572"
		},
		"verbb/hyper#86: direction marks of an address book": func() bool {
			return mustPhone(t, "\u202d07976399087\u202c").Key() != "317976399087" || mustPhone(t, "tel:+447976399087").Key() != "447976399087"
		},
		"woocommerce/woocommerce#58000: a variation selector of a PDF": func() bool {
			return mustPhone(t, "+1\ufe0d-555-123-4567").Key() != "15551234567"
		},
		"contao/core#8434: a left-to-right mark": func() bool {
			return mustPhone(t, "\u200e+79022222222").Key() != "79022222222"
		},
		"google/libphonenumber#1816: a zero in brackets where none is dialled": func() bool {
			return mustPhone(t, "+48 (0) 22 512 12 34").Key() != "48225121234"
		},
		"google/libphonenumber#2092: letters in a number": func() bool {
			_, err := contact.ParsePhone("+32 475 qsdfqs")
			return err == nil
		},
	})
}

func TestEmail_reported(t *testing.T) {
	checkReports(t, map[string]func() bool{
		"keycloak/keycloak-ui#1994: ß becomes ss on its way": func() bool {
			return mustEmail(t, "max@maßanfertigung.de").ASCII() != "max@xn--maanfertigung-cdb.de"
		},
		"eclipse-scout/scout.rt#344: the mailbox is encoded too": func() bool {
			return mustEmail(t, "info@exämple.com").ASCII() != "info@xn--exmple-cua.com"
		},
		"K-and-R/email_validator#87: a domain as its A-label is refused": func() bool {
			return mustEmail(t, "test@xn--umlut-ira.com").Key() != mustEmail(t, "test@umläut.com").Key()
		},
	})
}

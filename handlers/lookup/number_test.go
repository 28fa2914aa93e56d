package lookup_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestNumber_isReadAsPeopleTypeIt(t *testing.T) {
	for text, want := range map[string]string{
		"K-2026-0001":      "K-2026-0001",
		" k-2026-0001 ":    "K-2026-0001",
		"k 2026 1":         "K-2026-0001",
		"v-2026-12345":     "V-2026-12345",
		"K–2026–0007":      "K-2026-0007",
		"k20260001":        "K-2026-0001",
		"X-2026-0001":      "",
		"K-26-1":           "",
		"K-2026-":          "",
		"K-2026-0001 x":    "",
		"K-2026-999999999": "K-2026-999999999",
		"":                 "",
	} {
		if got, ok := lookup.CaseNumber(kit.Squeeze(text)); got != want || ok != (want != "") {
			t.Errorf("caseNumber(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}

func TestNumber_opensTheDossierOrACard(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	for who, callback := range map[roster.PersonID]string{handlerstest.Officer: "dossier", handlerstest.Deputy: "dossier", handlerstest.Staff: "card", handlerstest.Director: "card"} {
		o.Screen.Modals = nil
		if got := handlerstest.Answer(t, o.Types(t, who, " k-2026-0001")); got != "" {
			t.Errorf("%s reads %q", who, got)
		}
		if got := o.Screen.LastModal(t); got.CallbackID != callback {
			t.Errorf("%s sees %q, want %q", who, got.CallbackID, callback)
		}
	}
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director} {
		o.Types(t, who, "K-2026-0001")
		if got := handlerstest.TextOf(t, o.Screen.LastModal(t)); strings.Contains(got, "Klaas") || strings.Contains(got, "klager.example") || !strings.Contains(got, "28 november") {
			t.Errorf("%s sees %s", who, got)
		}
	}
}

// TestNumber_unknownAndHiddenReadAlike: nobody learns from the answer whether a
// case exists.
func TestNumber_unknownAndHiddenReadAlike(t *testing.T) {
	o := handlerstest.NewWithRules(t, handlerstest.Policy(t))
	o.FilesComplaint(t, handlerstest.Staff, nil)
	hidden, unknown := handlerstest.Answer(t, o.Types(t, handlerstest.English, "K-2026-0001")), handlerstest.Answer(t, o.Types(t, handlerstest.English, "K-2026-0009"))
	if hidden != unknown || !strings.Contains(hidden, "no complaint with this number") {
		t.Errorf("hidden: %q\nunknown: %q", hidden, unknown)
	}
	if len(o.Screen.Modals) != 0 {
		t.Error("a refusal opened a modal")
	}
}

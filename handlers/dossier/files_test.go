package dossier_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/cases"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
)

// TestFiles_sayWhatBecameOfThem: each file with what became of it; a size where
// the register has it; and nothing of the name can ping anybody.
func TestFiles_sayWhatBecameOfThem(t *testing.T) {
	for lang, want := range map[string][]string{
		"nl": {"Niet meer op te halen", "Wordt nog overgenomen", "In het register · 1,3 MB", "gevraagd", "te groot"},
		"en": {"Can no longer be fetched", "Still to be taken over", "In the register · 1.3 MB", "asked", "too large"},
	} {
		o := handlerstest.NewLost(t)
		text := handlerstest.TextOf(t, handlerOf(o).FileBlocks(t.Context(), o.Texts.In(lang), handlerstest.FileInEveryState()))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q", lang, part)
			}
		}
		if n := strings.Count(text, "MB"); n != 3 {
			t.Errorf("%s: a size with %d files, want the three that the register has", lang, n)
		}
		if strings.Contains(handlerstest.JSONOf(t, handlerOf(o).FileBlocks(t.Context(), o.Texts.In(lang), handlerstest.FileInEveryState())), "mrkdwn") {
			t.Errorf("%s: a name is interpreted", lang)
		}
	}
	o := handlerstest.NewLost(t)
	if blocks := handlerOf(o).FileBlocks(t.Context(), o.Texts.In("nl"), nil); blocks != nil {
		t.Errorf("without files: %d blocks", len(blocks))
	}
}

func TestFiles_haveASizeAsPeopleKnowIt(t *testing.T) {
	sp := handlerstest.NewLost(t).Texts.In("nl")
	for bytes, want := range map[int]string{
		0: "0 kB", 1: "1 kB", 1000: "1 kB", 1001: "2 kB", 998_999: "999 kB", 999_001: "1,0 MB",
		1_049_999: "1,0 MB", 1_050_000: "1,1 MB", workflow.MaxAttached: "10,5 MB",
	} {
		if got := hdossier.FileSize(sp, bytes); got != want {
			t.Errorf("%d bytes: %s, want %s", bytes, got, want)
		}
	}
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *hdossier.Handler {
	return hdossier.New(cases.NewForms(f.Env, f.Config.Cases), f.Config.Dossiers, f.Config.Views)
}

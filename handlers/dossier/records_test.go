package dossier_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// machineWord is what nobody should read: a key of the catalogue, a value of
// the register, an id, or a date as it is stored.
var machineWord = regexp.MustCompile(`\b(dossier|case|choice|log|common|action)\.[a-z_]+|[a-z]+_[a-z_0-9]+|\bU0[A-Z]+|\b\d{4}-\d{2}-\d{2}\b|<no value>`)

// TestDossier_saysEverythingInWords: everything that can happen is read in
// words, in both languages.
func TestDossier_saysEverythingInWords(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.FullLife()...)
		for i, view := range handlerstest.DossierPages(t, d, who, &c) {
			view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(c.ID), "case")
			for _, b := range view.Blocks.BlockSet {
				handlerstest.HideCase(b, c.ID)
				read := strings.ReplaceAll(handlerstest.TextsOf(t, b), c.Number, "")
				for _, word := range machineWord.FindAllString(read, -1) {
					t.Errorf("%s reads %q", who, word)
				}
			}
			handlerstest.Golden(t, fmt.Sprintf("dossier-life-%d.%s", i+1, handlerstest.LanguageOf(who)), view)
			handlerstest.CheckFits(t, view)
		}
	}
}

// TestDossier_fullLifeHasEveryKindOfEntry: a new kind of entry belongs in
// FullLife. What comes after closing has tests of its own.
func TestDossier_fullLifeHasEveryKindOfEntry(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.FullLife()...)
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[workflow.RecordKind]bool{}
	for _, r := range records {
		seen[r.Kind] = true
	}
	for _, kind := range workflowtest.RecordKinds() {
		elsewhere := []workflow.RecordKind{
			workflow.RecordLink, workflow.RecordConfirmation, workflow.RecordErasure, workflow.RecordErasureDeclined,
		}
		if !seen[kind] && !slices.Contains(elsewhere, kind) {
			t.Errorf("no entry %s", kind)
		}
	}
}

func TestDossier_everyFaultHasWords(t *testing.T) {
	d := handlerstest.New(t)
	for word, want := range map[string]string{
		"smtp_refused_550": "address", "smtp_address": "address", "smtp_refused_451": "server",
		"smtp_letter_552": "letter", "smtp_letter_452": "server", "smtp_unmade": "letter", "smtp_sender_550": "server",
		"smtp_connect": "server", "smtp_tls": "server", "smtp_auth": "server", "smtp_held": "server",
		"smtp_in_doubt": "doubt", "mail_off": "off", "mail_no_address": "no_address", "": "server", "anything": "server",
	} {
		if got := hdossier.FaultKind(word); got != want {
			t.Errorf("%q is of %s, want %s", word, got, want)
		}
		for _, lang := range workflow.Languages() {
			if key := "dossier.fault." + want; d.Texts.In(lang).Say(key) == key {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}

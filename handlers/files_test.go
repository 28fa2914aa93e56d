package handlers

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// everyState is a file in each of the states, with a name that would like to
// be more than a name.
func everyState() (files []workflow.Attachment) {
	for i, state := range workflow.AttachmentStates() {
		files = append(files, workflow.Attachment{
			Ordinal: i + 1, File: "F0", Name: "foto's & <!channel>.jpg", By: staff, At: monday, Line: 1, State: state, Size: 1_250_000,
		})
	}
	return files
}

// TestFilesInTheDossier: each file with what became of it; a size where the
// register has it; and nothing of the name can ping anybody.
func TestFilesInTheDossier(t *testing.T) {
	for lang, want := range map[string][]string{
		"nl": {"Niet meer op te halen", "Wordt nog overgenomen", "In het register · 1,3 MB", "gevraagd", "te groot"},
		"en": {"Can no longer be fetched", "Still to be taken over", "In the register · 1.3 MB", "asked", "too large"},
	} {
		o := newOffice(t, noRegister{})
		text := textOf(t, o.FileBlocks(t.Context(), o.Texts.In(lang), everyState()))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q", lang, part)
			}
		}
		if n := strings.Count(text, "MB"); n != 3 {
			t.Errorf("%s: a size with %d files, want the three that the register has", lang, n)
		}
		if strings.Contains(jsonOf(t, o.FileBlocks(t.Context(), o.Texts.In(lang), everyState())), "mrkdwn") {
			t.Errorf("%s: a name is interpreted", lang)
		}
	}
	o := newOffice(t, noRegister{})
	if blocks := o.FileBlocks(t.Context(), o.Texts.In("nl"), nil); blocks != nil {
		t.Errorf("without files: %d blocks", len(blocks))
	}
}

func TestFileSize(t *testing.T) {
	sp := newOffice(t, noRegister{}).Texts.In("nl")
	for bytes, want := range map[int]string{
		0: "0 kB", 1: "1 kB", 1000: "1 kB", 1001: "2 kB", 998_999: "999 kB", 999_001: "1,0 MB",
		1_049_999: "1,0 MB", 1_050_000: "1,1 MB", workflow.MaxAttached: "10,5 MB",
	} {
		if got := hdossier.FileSize(sp, bytes); got != want {
			t.Errorf("%d bytes: %s, want %s", bytes, got, want)
		}
	}
}

// TestRequestToRemove: the uploader reads in their own language of which case,
// and how many files; no name of a file.
func TestRequestToRemove(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: staff, Line: 1}, Lane: outbox.DirectLane(staff), Version: 1}
	asked := workflow.Attachment{Name: "geheim.pdf", By: staff, Line: 1, State: workflow.AttachmentAsked}
	other, removed := asked, asked
	other.Line, removed.State = 2, workflow.AttachmentRemoved
	o.from(shelf{complaint: c, files: []workflow.Attachment{asked, other, removed}})
	m := o.rendered(t, ask)
	if !strings.Contains(m.Text, c.Number) || !strings.Contains(m.Text, "Het bestand") || strings.Contains(jsonOf(t, m), "geheim") {
		t.Errorf("one file: %s", m.Text)
	}
	o.from(shelf{complaint: c, files: []workflow.Attachment{asked, asked, other}})
	if m := o.rendered(t, ask); !strings.Contains(m.Text, "De 2 bestanden") {
		t.Errorf("two files: %s", m.Text)
	}
	inEnglish := ask
	inEnglish.Payload, inEnglish.Lane = outbox.FileRemoval{To: english, Line: 1}, outbox.DirectLane(english)
	mine := c
	mine.LoggedBy = english
	o.from(shelf{complaint: mine, files: []workflow.Attachment{asked}})
	if m := o.rendered(t, inEnglish); !strings.Contains(m.Text, "The file that you sent") {
		t.Errorf("to somebody who reads English: %s", m.Text)
	}
}

// TestRequestToRemoveIsMoot: nobody is told of a case that does not exist for
// them by now, whoever left is not written to, and nothing is asked for twice.
func TestRequestToRemoveIsMoot(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["received"]...)
	files := everyState()
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: staff, Line: 1}, Version: 1}
	about, theirs, done := c, c, slices.DeleteFunc(everyState(), func(a workflow.Attachment) bool { return a.State == workflow.AttachmentAsked })
	about.Particulars.Concerns = staff
	theirs.LoggedBy = gone
	away := ask
	away.Payload = outbox.FileRemoval{To: gone, Line: 1}
	for name, tt := range map[string]struct {
		shelf shelf
		ask   outbox.Delivery
	}{
		"it concerns them": {shelf{complaint: about, files: files}, ask},
		"they left":        {shelf{complaint: theirs, files: files}, away},
		"nothing to ask":   {shelf{complaint: c, files: done}, ask},
	} {
		o.from(tt.shelf)
		if _, _, err := o.Render(t.Context(), tt.ask); !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

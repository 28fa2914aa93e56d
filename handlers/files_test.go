package handlers_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// everyState is a file in each of the states, with a name that would like to
// be more than a name.
func everyState() (files []workflow.Attachment) {
	for i, state := range workflow.AttachmentStates() {
		files = append(files, workflow.Attachment{
			Ordinal: i + 1, File: "F0", Name: "foto's & <!channel>.jpg", By: handlerstest.Staff, At: handlerstest.Monday, Line: 1, State: state, Size: 1_250_000,
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
		o := handlerstest.NewLost(t)
		text := handlerstest.TextOf(t, o.FileBlocks(t.Context(), o.Texts.In(lang), everyState()))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q", lang, part)
			}
		}
		if n := strings.Count(text, "MB"); n != 3 {
			t.Errorf("%s: a size with %d files, want the three that the register has", lang, n)
		}
		if strings.Contains(handlerstest.JsonOf(t, o.FileBlocks(t.Context(), o.Texts.In(lang), everyState())), "mrkdwn") {
			t.Errorf("%s: a name is interpreted", lang)
		}
	}
	o := handlerstest.NewLost(t)
	if blocks := o.FileBlocks(t.Context(), o.Texts.In("nl"), nil); blocks != nil {
		t.Errorf("without files: %d blocks", len(blocks))
	}
}

func TestFileSize(t *testing.T) {
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

// TestRequestToRemove: the uploader reads in their own language of which case,
// and how many files; no name of a file.
func TestRequestToRemove(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: handlerstest.Staff, Line: 1}, Lane: outbox.DirectLane(handlerstest.Staff), Version: 1}
	asked := workflow.Attachment{Name: "geheim.pdf", By: handlerstest.Staff, Line: 1, State: workflow.AttachmentAsked}
	other, removed := asked, asked
	other.Line, removed.State = 2, workflow.AttachmentRemoved
	o.From(handlerstest.OneCase{Complaint: c, Files: []workflow.Attachment{asked, other, removed}})
	m := o.Rendered(t, ask)
	if !strings.Contains(m.Text, c.Number) || !strings.Contains(m.Text, "Het bestand") || strings.Contains(handlerstest.JsonOf(t, m), "geheim") {
		t.Errorf("one file: %s", m.Text)
	}
	o.From(handlerstest.OneCase{Complaint: c, Files: []workflow.Attachment{asked, asked, other}})
	if m := o.Rendered(t, ask); !strings.Contains(m.Text, "De 2 bestanden") {
		t.Errorf("two files: %s", m.Text)
	}
	inEnglish := ask
	inEnglish.Payload, inEnglish.Lane = outbox.FileRemoval{To: handlerstest.English, Line: 1}, outbox.DirectLane(handlerstest.English)
	mine := c
	mine.LoggedBy = handlerstest.English
	o.From(handlerstest.OneCase{Complaint: mine, Files: []workflow.Attachment{asked}})
	if m := o.Rendered(t, inEnglish); !strings.Contains(m.Text, "The file that you sent") {
		t.Errorf("to somebody who reads English: %s", m.Text)
	}
}

// TestRequestToRemoveIsMoot: nobody is told of a case that does not exist for
// them by now, whoever left is not written to, and nothing is asked for twice.
func TestRequestToRemoveIsMoot(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	files := everyState()
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: handlerstest.Staff, Line: 1}, Version: 1}
	about, theirs, done := c, c, slices.DeleteFunc(everyState(), func(a workflow.Attachment) bool { return a.State == workflow.AttachmentAsked })
	about.Particulars.Concerns = handlerstest.Staff
	theirs.LoggedBy = handlerstest.Gone
	away := ask
	away.Payload = outbox.FileRemoval{To: handlerstest.Gone, Line: 1}
	for name, tt := range map[string]struct {
		shelf handlerstest.OneCase
		ask   outbox.Delivery
	}{
		"it concerns them": {handlerstest.OneCase{Complaint: about, Files: files}, ask},
		"they left":        {handlerstest.OneCase{Complaint: theirs, Files: files}, away},
		"nothing to ask":   {handlerstest.OneCase{Complaint: c, Files: done}, ask},
	} {
		o.From(tt.shelf)
		if _, _, err := o.Render(t.Context(), tt.ask); !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

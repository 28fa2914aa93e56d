package notices_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// TestRemoval_asksWhoSentTheFiles: the uploader reads in their own language of
// which case, and how many files; no name of a file.
func TestRemoval_asksWhoSentTheFiles(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: handlerstest.Staff, Line: 1}, Lane: outbox.DirectLane(handlerstest.Staff), Version: 1}
	asked := workflow.Attachment{Name: "geheim.pdf", By: handlerstest.Staff, Line: 1, State: workflow.AttachmentAsked}
	other, removed := asked, asked
	other.Line, removed.State = 2, workflow.AttachmentRemoved
	o.From(handlerstest.OneCase{Complaint: c, Files: []workflow.Attachment{asked, other, removed}})
	m := o.Rendered(t, ask)
	if !strings.Contains(m.Text, c.Number) || !strings.Contains(m.Text, "Het bestand") || strings.Contains(handlerstest.JSONOf(t, m), "geheim") {
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

// TestRemoval_losesItsReason: nobody hears of a case that does not exist for
// them by now, whoever left is not written to, and nothing is asked for twice.
func TestRemoval_losesItsReason(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	files := handlerstest.FileInEveryState()
	ask := outbox.Delivery{Payload: outbox.FileRemoval{To: handlerstest.Staff, Line: 1}, Version: 1}
	about, theirs, done := c, c, slices.DeleteFunc(handlerstest.FileInEveryState(), func(a workflow.Attachment) bool { return a.State == workflow.AttachmentAsked })
	about.Particulars.Concerns = handlerstest.Staff
	theirs.LoggedBy = handlerstest.Gone
	away := ask
	away.Payload = outbox.FileRemoval{To: handlerstest.Gone, Line: 1}
	for name, tt := range map[string]struct {
		register handlerstest.OneCase
		ask      outbox.Delivery
	}{
		"it concerns them": {handlerstest.OneCase{Complaint: about, Files: files}, ask},
		"they left":        {handlerstest.OneCase{Complaint: theirs, Files: files}, away},
		"nothing to ask":   {handlerstest.OneCase{Complaint: c, Files: done}, ask},
	} {
		o.From(tt.register)
		if _, _, err := o.Render(t.Context(), tt.ask); !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

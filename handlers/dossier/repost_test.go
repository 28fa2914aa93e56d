package dossier_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// looks are the cases at which the bot was asked to look.
type looks struct {
	asked []workflow.CaseID
	fail  error
}

func (l *looks) CheckCase(_ context.Context, id workflow.CaseID) error {
	if l.fail == nil {
		l.asked = append(l.asked, id)
	}
	return l.fail
}

// TestRepost_asksForALook, and says so; where the message stands of a guarded case,
// nobody calls a channel. Whoever has no rights on the case asks for nothing, with a
// button that they kept.
func TestRepost_asksForALook(t *testing.T) {
	for _, c := range []struct {
		concerns, by  roster.PersonID
		button, reads string
		refused       []roster.PersonID
	}{
		{"", handlerstest.Officer, "Zet terug in het kanaal", "nog in het kanaal staat", []roster.PersonID{handlerstest.Staff, handlerstest.Director}},
		{handlerstest.Officer, handlerstest.Deputy, "Zet het bericht terug", "nog bij de behandelaar staat", []roster.PersonID{handlerstest.Officer, handlerstest.Staff}},
	} {
		d := handlerstest.New(t)
		var asked looks
		d.Use(func(conf *handlers.Config) { conf.Views = &asked })
		filing := handlerstest.Filing()
		filing.Particulars.Concerns = c.concerns
		made := d.Filed(t, filing)
		d.Click(t, c.by, &made, workflow.ActionDossier)
		view := d.Screen.LastModal(t)
		if !strings.Contains(handlerstest.JSONOf(t, view), c.button) {
			t.Errorf("%s: no button %q", made.Number, c.button)
		}
		for _, who := range c.refused {
			d.ClickView(t, who, view, string(hdossier.Repost))
		}
		if len(asked.asked) > 0 {
			t.Errorf("%s: asked for by who may not", made.Number)
		}
		d.ClickView(t, c.by, view, string(hdossier.Repost))
		if read := handlerstest.JSONOf(t, d.Screen.LastModal(t)); !strings.Contains(read, c.reads) || !slices.Equal(asked.asked, []workflow.CaseID{made.ID}) {
			t.Errorf("%s: %q; reads %s", made.Number, asked.asked, read)
		}
		asked.fail = errors.New("lost")
		d.ClickView(t, c.by, view, string(hdossier.Repost))
		if read := handlerstest.JSONOf(t, d.Screen.LastModal(t)); strings.Contains(read, c.reads) {
			t.Errorf("%s: a look that could not be asked for is promised", made.Number)
		}
	}
}

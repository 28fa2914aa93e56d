package dossier_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
)

// recordingRegister is the register with a list of what was committed and
// shown, in order.
type recordingRegister struct {
	storage.Rooms
	seen []string
	fail error // what Apply answers instead
	torn error // what Dossier answers instead
}

func (w *recordingRegister) Dossier(ctx context.Context, id workflow.CaseID) ([]workflow.Record, error) {
	if w.torn != nil {
		return nil, w.torn
	}
	return w.Records.Dossier(ctx, id)
}

func (w *recordingRegister) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	if w.fail != nil {
		return workflow.Result{}, w.fail
	}
	done, err := w.DB.Apply(ctx, cmd)
	if err == nil {
		w.seen = append(w.seen, "commit "+string(cmd.Action.Name()))
	}
	return done, err
}

// recordingSlack adds to the list when something is shown.
type recordingSlack struct {
	*handlerstest.ScreenSlack
	w *recordingRegister
}

func (s recordingSlack) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	s.w.seen = append(s.w.seen, "open "+v.CallbackID)
	return s.ScreenSlack.OpenView(ctx, trigger, v)
}

func (s recordingSlack) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	s.w.seen = append(s.w.seen, "update "+v.CallbackID)
	return s.ScreenSlack.UpdateView(ctx, id, v)
}

func recorded(d *handlerstest.Fixture) *recordingRegister {
	w := &recordingRegister{Rooms: d.DB.Rooms()}
	d.Slack = recordingSlack{ScreenSlack: d.Screen, w: w}
	d.Use(func(c *handlers.Config) { c.Cases, c.Records, c.Dossiers = w, w, w })
	return w
}

// TestDossier_turnsItsPages turns the pages of a long dossier: nothing is lost,
// every page fits, and only the first opening is a line in the journal.
func TestDossier_turnsItsPages(t *testing.T) {
	const entries = 12
	d := handlerstest.New(t)
	c := handlerstest.LongDossier(t, d, entries)
	w := recorded(d)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)

	var all strings.Builder
	pages := 0
	for {
		view := d.Screen.LastModal(t)
		pages++
		all.WriteString(handlerstest.JSONOf(t, view))
		handlerstest.CheckFits(t, view)
		if pages > 50 || !strings.Contains(handlerstest.JSONOf(t, view), string(hdossier.DossierNext)) {
			break
		}
		d.ClickView(t, handlerstest.Officer, view, string(hdossier.DossierNext))
	}
	for i := range entries {
		if !strings.Contains(all.String(), fmt.Sprintf("entry-%d ", i)) {
			t.Errorf("entry %d is on no page", i)
		}
	}
	if n := strings.Count(all.String(), "😀"); n != 3000 {
		t.Errorf("%d of 3000 emoji", n)
	}
	want := "commit dossier, open dossier" + strings.Repeat(", update dossier", pages-1)
	if got := strings.Join(w.seen, ", "); got != want || pages < 3 {
		t.Errorf("%d pages: %s", pages, got)
	}
	d.ClickView(t, handlerstest.Officer, d.Screen.LastModal(t), string(hdossier.DossierPrevious))
	handlerstest.CheckFits(t, d.Screen.LastModal(t))
}

func TestDossier_refusesWhoHasNoRole(t *testing.T) {
	d := handlerstest.New(t)
	c := handlerstest.LongDossier(t, d, 12)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	view := d.Screen.LastModal(t)
	shownBefore := len(d.Screen.Modals)
	d.ClickView(t, handlerstest.Staff, view, string(hdossier.DossierNext))
	last := d.Screen.LastModal(t)
	if len(d.Screen.Modals) != shownBefore+1 || last.CallbackID != "notice" || strings.Contains(handlerstest.JSONOf(t, last), "entry-") {
		t.Error("somebody without the role turned a page")
	}
}

func TestDossier_takesAForgedPage(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	view := d.Screen.LastModal(t)
	for value, want := range map[string]string{"-7": "dossier", "999999": "dossier", "x": "notice", "": "notice"} {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, hdossier.TurnRow(d.Texts.In("nl"), 0, 2))
		row := view.Blocks.BlockSet[len(view.Blocks.BlockSet)-1].(*slack.ActionBlock)
		row.Elements.ElementSet[0].(*slack.ButtonBlockElement).Value = value
		d.ClickView(t, handlerstest.Officer, view, string(hdossier.DossierNext))
		if got := d.Screen.LastModal(t).CallbackID; got != want {
			t.Errorf("page %q shows %s, want %s", value, got, want)
		}
		view.Blocks.BlockSet = view.Blocks.BlockSet[:len(view.Blocks.BlockSet)-1]
	}
}

// TestDossier_recordsALookBeforeItShows: nothing sealed is shown before the
// journal has a line of it, and nothing at all when it can't have one.
func TestDossier_recordsALookBeforeItShows(t *testing.T) {
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		w := recorded(d)
		d.Click(t, handlerstest.Officer, &c, name)
		if got := strings.Join(w.seen, ", "); got != "commit "+string(name)+", open "+string(name) {
			t.Errorf("%s: %s", name, got)
		}
		if after := d.Current(t, c.ID); after.Version != c.Version {
			t.Errorf("%s raised the version", name)
		}
		w.fail, w.seen = errors.New("disk full"), nil
		d.Click(t, handlerstest.Officer, &c, name)
		if len(w.seen) > 0 {
			t.Errorf("%s without a journal: %v", name, w.seen)
		}
	}
}

// TestDossier_saysThatItCantBeRead: the person reads that it did not work, and
// nothing is shown.
func TestDossier_saysThatItCantBeRead(t *testing.T) {
	for stage, name := range map[string]workflow.ActionName{
		"received": workflow.ActionDossier, "decided": workflow.ActionConfirm,
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()[stage]...)
		recorded(d).torn = errors.New("bad seal")
		d.Click(t, handlerstest.Officer, &c, name)
		if reply := d.Replies(); reply == "" || len(d.Screen.Modals) > 0 {
			t.Errorf("%s: reply %q, %d modals", name, reply, len(d.Screen.Modals))
		}
	}
}

// TestDossier_givesItsPlaceToTheNextScreen opens other screens from within the
// dossier: they take its place.
func TestDossier_givesItsPlaceToTheNextScreen(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	w := recorded(d)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	dossier := d.Screen.LastModal(t)
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionAcknowledge} {
		d.ClickView(t, handlerstest.Officer, dossier, string(name))
		if got := w.seen[len(w.seen)-1]; got != "update "+string(name) {
			t.Errorf("%s: %s", name, got)
		}
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
}

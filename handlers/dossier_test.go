package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/casework"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
)

// witness is the register with a list of what was committed and shown, in
// order.
type witness struct {
	storage.Rooms
	seen []string
	fail error // what Apply answers instead
	torn error // what Dossier answers instead
}

func (w *witness) Dossier(ctx context.Context, id workflow.CaseID) ([]workflow.Record, error) {
	if w.torn != nil {
		return nil, w.torn
	}
	return w.Records.Dossier(ctx, id)
}

func (w *witness) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	if w.fail != nil {
		return workflow.Result{}, w.fail
	}
	done, err := w.DB.Apply(ctx, cmd)
	if err == nil {
		w.seen = append(w.seen, "commit "+string(cmd.Action.Name()))
	}
	return done, err
}

// watchedSlack writes down when something is shown.
type watchedSlack struct {
	*screenSlack
	w *witness
}

func (s watchedSlack) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	s.w.seen = append(s.w.seen, "open "+v.CallbackID)
	return s.screenSlack.OpenView(ctx, trigger, v)
}

func (s watchedSlack) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	s.w.seen = append(s.w.seen, "update "+v.CallbackID)
	return s.screenSlack.UpdateView(ctx, id, v)
}

func (d *desk) watched() *witness {
	w := &witness{Rooms: d.db.Rooms()}
	d.Forms.Register, d.Records, d.Dossiers, d.Slack = w, w, w, watchedSlack{d.screen, w}
	return w
}

// full is a case with long entries, so that its dossier has several pages.
func (d *desk) full(t *testing.T, entries int) workflow.Complaint {
	t.Helper()
	log := complaintOf()
	log.Particulars.Story = workflow.Confidential(strings.Repeat("<&>", 2000))
	log.Particulars.Wish = workflow.Confidential(strings.Repeat("😀", 3000))
	c := d.logged(t, log)
	for i := range entries {
		text := fmt.Sprintf("entry-%d ", i) + strings.Repeat("&", 2900)
		_, err := d.db.Apply(t.Context(), workflow.Command{
			Case: c.ID, By: officer, Gesture: text[:12], Action: workflow.Note{Text: workflow.Confidential(text)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return d.current(t, c.ID)
}

// TestDossierPages leafs through a long dossier: nothing is lost, every page
// fits, and only the first opening is a line in the journal.
func TestDossierPages(t *testing.T) {
	const entries = 12
	d := newDesk(t)
	c := d.full(t, entries)
	w := d.watched()
	d.click(t, officer, &c, workflow.ActionDossier)

	var all strings.Builder
	pages := 0
	for {
		view := d.screen.lastModal(t)
		pages++
		all.WriteString(jsonOf(t, view))
		checkFits(t, view)
		if pages > 50 || !strings.Contains(jsonOf(t, view), string(hdossier.DossierNext)) {
			break
		}
		d.clickView(t, officer, view, string(hdossier.DossierNext))
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
	d.clickView(t, officer, d.screen.lastModal(t), string(hdossier.DossierPrevious))
	checkFits(t, d.screen.lastModal(t))
}

// checkFits holds a view to Slack's limits.
func checkFits(t *testing.T, view slack.ModalViewRequest) {
	t.Helper()
	b, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(view.Blocks.BlockSet); n > 100 || len(b) > 250_000 {
		t.Errorf("%d blocks, %d bytes", n, len(b))
	}
	for _, b := range view.Blocks.BlockSet {
		if n := kit.Length(textsOf(t, b)); n > 3000+200 {
			t.Errorf("a block of %d", n)
		}
	}
}

func TestDossierOfNobody(t *testing.T) {
	d := newDesk(t)
	c := d.full(t, 12)
	d.click(t, officer, &c, workflow.ActionDossier)
	view := d.screen.lastModal(t)
	shownBefore := len(d.screen.modals)
	d.clickView(t, staff, view, string(hdossier.DossierNext))
	last := d.screen.lastModal(t)
	if len(d.screen.modals) != shownBefore+1 || last.CallbackID != "notice" || strings.Contains(jsonOf(t, last), "entry-") {
		t.Error("somebody without the role turned a page")
	}
}

func TestForgedPage(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	d.click(t, officer, &c, workflow.ActionDossier)
	view := d.screen.lastModal(t)
	for value, want := range map[string]string{"-7": "dossier", "999999": "dossier", "x": "notice", "": "notice"} {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, hdossier.TurnRow(d.Texts.In("nl"), 0, 2))
		row := view.Blocks.BlockSet[len(view.Blocks.BlockSet)-1].(*slack.ActionBlock)
		row.Elements.ElementSet[0].(*slack.ButtonBlockElement).Value = value
		d.clickView(t, officer, view, string(hdossier.DossierNext))
		if got := d.screen.lastModal(t).CallbackID; got != want {
			t.Errorf("page %q shows %s, want %s", value, got, want)
		}
		view.Blocks.BlockSet = view.Blocks.BlockSet[:len(view.Blocks.BlockSet)-1]
	}
}

// TestLooksAreCommittedFirst: nothing sealed is shown before the journal
// knows, and nothing at all when it can't know.
func TestLooksAreCommittedFirst(t *testing.T) {
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		d := newDesk(t)
		c := d.logged(t, complaintOf())
		w := d.watched()
		d.click(t, officer, &c, name)
		if got := strings.Join(w.seen, ", "); got != "commit "+string(name)+", open "+string(name) {
			t.Errorf("%s: %s", name, got)
		}
		if after := d.current(t, c.ID); after.Version != c.Version {
			t.Errorf("%s raised the version", name)
		}
		w.fail, w.seen = errors.New("disk full"), nil
		d.click(t, officer, &c, name)
		if len(w.seen) > 0 {
			t.Errorf("%s without a journal: %v", name, w.seen)
		}
	}
}

// TestDossierCantBeRead: the person reads that it did not work, and nothing is
// shown.
func TestDossierCantBeRead(t *testing.T) {
	for stage, name := range map[string]workflow.ActionName{
		"received": workflow.ActionDossier, "decided": workflow.ActionConfirm,
	} {
		d := newDesk(t)
		c := d.carried(t, stages()[stage]...)
		d.watched().torn = errors.New("bad seal")
		d.click(t, officer, &c, name)
		if told := d.told(); told == "" || len(d.screen.modals) > 0 {
			t.Errorf("%s: told %q, %d modals", name, told, len(d.screen.modals))
		}
	}
}

// TestFromDossier opens other screens from within the dossier: they take its
// place.
func TestFromDossier(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	w := d.watched()
	d.click(t, officer, &c, workflow.ActionDossier)
	dossier := d.screen.lastModal(t)
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionAcknowledge} {
		d.clickView(t, officer, dossier, string(name))
		if got := w.seen[len(w.seen)-1]; got != "update "+string(name) {
			t.Errorf("%s: %s", name, got)
		}
	}
	closes(t, d.submit(t, officer, d.screen.lastModal(t), nil))
}

// TestLongDecision decides with texts that make the confirmation too large
// for an ack: it opens behind a button, with all that fits the letter.
func TestLongDecision(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	d.click(t, officer, &c, workflow.ActionResolve)
	typed := decidedValues()
	typed["outcome"], typed["remedy"] = strings.Repeat("<", 2800), strings.Repeat("😀", 1500)
	ack := d.submit(t, officer, d.screen.lastModal(t), typed)
	if b, err := json.Marshal(ack.Payload); err != nil || len(b) > casework.MaxAck {
		t.Fatalf("an ack of %d bytes, %v", len(b), err)
	}
	between := updated(t, ack)
	d.clickView(t, officer, between, "confirm")
	confirm := d.screen.lastModal(t)
	checkFits(t, confirm)
	if confirm.CallbackID != "confirm" || !strings.Contains(jsonOf(t, confirm), strings.Repeat(`\u003c`, 2800)) {
		t.Error("no confirmation with the decision")
	}
	if !strings.Contains(jsonOf(t, confirm), "te lang voor de brief") {
		t.Error("does not say that the letter was cut")
	}
	closes(t, d.submit(t, officer, confirm, nil))
	if c = d.current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
}

// TestFullLengthForms sends every field at its full length, in emoji.
func TestFullLengthForms(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	long := strings.Repeat("😀", 3000)
	for _, step := range []struct {
		name  workflow.ActionName
		field string
	}{
		{workflow.ActionAcknowledge, "body"}, {workflow.ActionQuestion, "body"},
		{workflow.ActionAnswer, "answer"}, {workflow.ActionNote, "note"},
	} {
		c = d.current(t, c.ID)
		d.click(t, officer, &c, step.name)
		checkFits(t, d.screen.lastModal(t))
		closes(t, d.submit(t, officer, d.screen.lastModal(t), map[string]string{step.field: long}))
	}
	records, err := d.db.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) != 4 {
		t.Fatalf("%d entries, %v", len(records), err)
	}
	for _, r := range records {
		kept := false
		for _, text := range r.Texts {
			kept = kept || strings.Contains(text.Reveal(), long)
		}
		if !kept {
			t.Errorf("%s did not keep all of it", r.Kind)
		}
	}
}

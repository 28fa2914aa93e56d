package main

import (
	"bytes"
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func scan(name string) slacksim.Upload {
	return slacksim.Upload{Name: name, Type: "application/pdf", Body: bytes.Repeat([]byte("%PDF\x00\xff"+name), 20_000)}
}

// TestAttachments_throughKills: files with a complaint and with a note arrive
// in the register whole, though the program is killed at random moments and
// answers get lost; each uploader is asked once a form to remove them from
// Slack, and the dossier lists them.
func TestAttachments_throughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			names := []string{"factuur.pdf", "brief.pdf", "foto.pdf"}
			number := o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["attachments"] = []slacksim.Upload{scan(names[0]), scan(names[1]), scan(names[2])}
			}))
			for range 5 {
				o.spoilFiles()
				o.killWithin(150 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			o.awaitRequest(demoStaff, number)
			m := o.caseMessage(demoCases, number, offers("more"))
			o.as(demoOfficer).note(o, m.TS, "Zie bijlage.", scan("antwoord.pdf"))
			o.awaitRequest(demoOfficer, number)
			o.checkFiles(number, append(names, "antwoord.pdf"))
			o.checkDossierLists(number, append(names, "antwoord.pdf"))
			o.stop()
			for who := range map[string]bool{demoStaff: true, demoOfficer: true} {
				if n := len(o.requests(who, number)); n != 1 {
					t.Errorf("%s was asked %d times", who, n)
				}
			}
			for _, name := range append(names, "antwoord.pdf") {
				if strings.Contains(o.output.String(), name) {
					t.Errorf("the log names %s", name)
				}
			}
		})
	}
}

// spoilFiles has the next calls about files fail on the way.
func (o *programTest) spoilFiles() {
	f := o.sim.Faults()
	f.Clear()
	switch rand.N(5) {
	case 0:
		f.LoseAnswer("files.download", 2)
	case 1:
		f.CutBefore("files.info", 1)
	case 2:
		f.LoseAnswer("files.delete", 2)
	case 3:
		f.Status("files.download", http.StatusBadGateway, 1)
	}
}

// requests are the direct messages about a case that ask a person to remove
// files.
func (o *programTest) requests(who, number string) (asked []slacksim.Message) {
	for _, m := range o.as(who).DMs() {
		if strings.Contains(m.Text, number) && strings.Contains(m.Text, "verwijderen") {
			asked = append(asked, m)
		}
	}
	return asked
}

// awaitRequest waits for it. After a kill on PostgreSQL that takes until the
// dead sender's lease has ended.
func (o *programTest) awaitRequest(who, number string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 60*time.Second)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, o.as(who).DM(), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, number) && strings.Contains(m.Text, "verwijderen")
	})
	if err != nil {
		o.t.Fatalf("nobody asked %s to remove files: %v\n%s", who, err, tail(o.output.String()))
	}
}

// checkFiles looks into the register beside the running bot.
func (o *programTest) checkFiles(number string, names []string) {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	policy := &workflow.Policy{
		Calendar: calendar.Calendar{Location: time.UTC}, Roster: roster.Roster{Officers: []roster.PersonID{demoOfficer}},
	}
	db, err := storage.Inspect(o.t.Context(), storage.Options{URL: o.setting("DATABASE_URL"), Keys: keys, Policy: policy})
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			o.t.Error(err)
		}
	}()
	c, _, err := db.Find(o.t.Context(), workflow.Lookup{Number: number}, demoOfficer)
	if err != nil {
		o.t.Fatal(err)
	}
	for i, name := range names {
		content, err := db.Records().AttachmentBytes(o.t.Context(), c.ID, i+1)
		if err != nil || !bytes.Equal(content, scan(name).Body) {
			o.t.Errorf("%s: %d bytes, %v", name, len(content), err)
		}
	}
}

func (o *programTest) checkDossierLists(number string, names []string) {
	o.t.Helper()
	p := o.as(demoOfficer)
	if answer, err := p.Slash(patience(o.t), "C0ALGEMEEN", "/klacht", number); err != nil || answer.Text != "" {
		o.t.Fatalf("/klacht %s: %+v, %v", number, answer, err)
	}
	view, err := p.AwaitModal(patience(o.t), "dossier")
	if err != nil {
		o.t.Fatal(err)
	}
	for _, name := range append(names, "In het register", "kB") {
		if !bytes.Contains(view.Raw, []byte(name)) {
			o.t.Errorf("the dossier lacks %q", name)
		}
	}
}

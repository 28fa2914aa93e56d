package main

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

var passphraseForm = regexp.MustCompile(`[A-Z0-9]{3}(-[A-Z0-9]{3}){5}`)

// export opens the dossier, presses the button that hands it out, and returns
// the passphrase that the modal shows. It does so again when the modal says that
// it took too long.
func (p person) export(o *programTest, ts string) (passphrase string) {
	p.t.Helper()
	for ctx := patience(p.t); passphrase == ""; {
		p.pressPDF(o, ts)
		view, err := p.AwaitView(ctx, func(v slacksim.View) bool {
			return passphraseForm.Match(v.Raw) || strings.Contains(string(v.Raw), tryAgain)
		})
		if err != nil {
			p.t.Fatalf("no passphrase on the screen: %v\n%s", err, tail(o.output.String()))
		}
		passphrase = passphraseForm.FindString(string(view.Raw))
	}
	return passphrase
}

func (p person) pressPDF(o *programTest, ts string) {
	p.t.Helper()
	if view, ok := p.Modal(); ok {
		if err := p.CloseView(patience(p.t), view.ID); err != nil {
			p.t.Fatal(err)
		}
	}
	view := p.opensCase(o, ts)
	if err := p.ClickView(patience(p.t), view.ID, "dossier_pdf", ""); err != nil {
		p.t.Fatal(err)
	}
}

// documents are the files in somebody's direct messages.
func (o *programTest) documents(who string) (files []slacksim.File) {
	for _, m := range o.as(who).DMs() {
		files = append(files, m.Files...)
	}
	return files
}

// awaitDocument waits for the file that a direct message brings.
func (o *programTest) awaitDocument(who string) (slacksim.File, []byte) {
	o.t.Helper()
	m, err := o.sim.AwaitMessage(patience(o.t), o.as(who).DM(), func(m slacksim.Message) bool { return len(m.Files) > 0 })
	if err != nil {
		o.t.Fatalf("no document: %v\n%s", err, tail(o.output.String()))
	}
	f, body, ok := o.sim.File(m.Files[0].ID)
	if !ok {
		o.t.Fatal("the message has a file that is not there")
	}
	return f, body
}

// read opens a document with a passphrase as its reader would.
func (o *programTest) read(document []byte, passphrase string) (text string, opens bool) {
	o.t.Helper()
	text, err := poppler.Run(o.t, "pdftotext", document, []string{"-upw", passphrase}, "-")
	return text, err == nil
}

// TestDossier_asPDF hands the dossier out on the real program: a line in the
// journal, a passphrase on the screen, a file that opens with it and with
// nothing else, gone from Slack after a day, also when the bot stood still
// then.
func TestDossier_asPDF(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form(func(v slacksim.Values) {
				v["attachments"] = []slacksim.Upload{scan("factuur.pdf")}
			}))
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			o.awaitRequest(demoStaff, number) // the attachment is in the register
			officer := o.as(demoOfficer)
			o.sim.Faults().LoseAnswer("files.completeUploadExternal", 1)
			began := time.Now()
			passphrase := officer.export(o, root.TS)
			t.Logf("passphrase on the screen after %v", time.Since(began).Round(time.Millisecond))
			f, body := o.awaitDocument(demoOfficer)
			if !strings.HasPrefix(f.Name, "dossier-"+number) {
				t.Errorf("the file is called %s", f.Name)
			}
			o.checkDossier(body, passphrase)
			o.awaitNothingWaits()
			if n := len(o.documents(demoOfficer)); n != 1 {
				t.Errorf("%d files after an answer that was lost, want 1", n)
			}
			o.checkNothingLeaked()
			if strings.Contains(o.output.String(), passphrase) {
				t.Error("the log holds the passphrase")
			}
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
			o.checkRegisterKeeps(passphrase)
			o.goesAfterADay(f.ID)
		})
	}
}

// checkDossier reads the story in the document, and finds none of it in the
// file as it is.
func (o *programTest) checkDossier(body []byte, passphrase string) {
	o.t.Helper()
	text, ok := o.read(body, passphrase)
	if !ok || !strings.Contains(text, "kwam te laat") || !strings.Contains(text, "Noor Voorbeeld") || !strings.Contains(text, "factuur.pdf") {
		o.t.Errorf("the document does not tell the story (opens: %v)", ok)
	}
	for _, wrong := range []string{"", "AAA-AAA-AAA-AAA-AAA-AAA"} {
		if _, ok := o.read(body, wrong); ok {
			o.t.Errorf("the document opens with a wrong passphrase of %d characters", len(wrong))
		}
	}
	for _, secret := range append(sensitive, "kwam te laat", passphrase, "factuur") {
		if strings.Contains(string(body), secret) {
			o.t.Errorf("%d characters of it stand in the file as they are", len(secret))
		}
	}
}

// raw opens the register's database as it is; the bot stands still.
func (o *programTest) raw() *sql.DB {
	o.t.Helper()
	engine, address := "postgres", o.setting("DATABASE_URL")
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		engine, address = "sqlite", path
	}
	db, err := sql.Open(engine, address)
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = db.Close() })
	return db
}

// checkRegisterKeeps: one export in the journal, the document forgotten, and
// the passphrase nowhere.
func (o *programTest) checkRegisterKeeps(passphrase string) {
	o.t.Helper()
	db := o.raw()
	for query, want := range map[string]int{
		`SELECT count(*) FROM journal WHERE action = 'export'`:         1,
		`SELECT count(*) FROM outgoing_files`:                          1,
		`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`: 0,
	} {
		var got int
		if err := db.QueryRowContext(o.t.Context(), query).Scan(&got); err != nil || got != want {
			o.t.Errorf("%s: %d, %v, want %d", query, got, err, want)
		}
	}
	o.checkFilesLack(passphrase)
}

func (o *programTest) checkFilesLack(passphrase string) {
	o.t.Helper()
	files, err := filepath.Glob(filepath.Join(o.dir, "register*"))
	if err != nil || len(files) == 0 {
		o.t.Fatal(files, err)
	}
	for _, file := range files {
		content, err := os.ReadFile(filepath.Clean(file))
		if err != nil || strings.Contains(string(content), passphrase) {
			o.t.Errorf("%s holds the passphrase, or: %v", filepath.Base(file), err)
		}
	}
}

// goesAfterADay lets a day pass over a program that has stopped, after which the file
// is gone and the register whole.
func (o *programTest) goesAfterADay(file string) {
	o.t.Helper()
	o.aDayPasses()
	o.start()
	o.awaitGone(file)
	o.stop()
	o.mustVerify()
}

// aDayPasses brings the taking back of documents a day nearer: the wall clock
// can't be moved.
func (o *programTest) aDayPasses() {
	o.t.Helper()
	const day = 24 * 60 * 60 * 1000
	done, err := o.raw().ExecContext(o.t.Context(), `UPDATE outbox SET due_at = due_at - $1 WHERE surface = 'recall'`, day)
	if err != nil {
		o.t.Fatal(err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		o.t.Fatalf("%d documents wait to be taken back, want 1 (%v)", n, err)
	}
}

// awaitGone waits until Slack has neither the file nor a message with it.
func (o *programTest) awaitGone(id string) {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	for ctx := patience(o.t); ; {
		_, _, there := o.sim.File(id)
		if !there && len(o.documents(demoOfficer)) == 0 {
			return
		}
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatalf("the file is still in Slack\n%s", tail(o.output.String()))
		}
	}
}

// awaitNothingWaits waits until nothing waits in the outbox. After a kill on
// PostgreSQL that takes until the dead sender's lease has ended.
func (o *programTest) awaitNothingWaits() {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	db, err := storage.Inspect(o.t.Context(), storage.Options{URL: o.setting("DATABASE_URL"), Keys: keys, Policy: &workflow.Policy{}})
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ctx, cancel := context.WithTimeout(o.t.Context(), time.Minute)
	defer cancel()
	poll := time.NewTicker(50 * time.Millisecond)
	defer poll.Stop()
	for {
		b, err := db.Queue().Backlog(ctx)
		if err == nil && b.Oldest.IsZero() {
			return
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			o.t.Fatalf("the outbox is not empty: %+v, %v\n%s", b, err, tail(o.output.String()))
		}
	}
}

// TestDossier_oneClickTwice: Slack delivers one click twice; there is one
// document, and its passphrase stays on the screen.
func TestDossier_oneClickTwice(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	officer := o.as(demoOfficer)
	view := officer.opensCase(o, root.TS)
	o.sim.Faults().DuplicateEnvelopes(1)
	if err := officer.ClickView(patience(t), view.ID, "dossier_pdf", ""); err != nil {
		t.Fatal(err)
	}
	direct, err := o.sim.AwaitMessage(patience(t), officer.DM(), func(m slacksim.Message) bool {
		return len(m.Files) == 0 && strings.Contains(m.Text, number)
	})
	if err != nil {
		t.Fatalf("nobody says that the click came twice: %v", err)
	}
	_, body := o.awaitDocument(demoOfficer)
	o.awaitNothingWaits()
	shown, _ := officer.Modal()
	passphrase := passphraseForm.FindString(string(shown.Raw))
	if _, ok := o.read(body, passphrase); !ok || len(o.documents(demoOfficer)) != 1 || passphraseForm.MatchString(direct.Text) {
		t.Errorf("%d documents; the passphrase on the screen opens it: %v", len(o.documents(demoOfficer)), ok)
	}
}

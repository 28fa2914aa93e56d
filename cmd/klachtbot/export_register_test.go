package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/slacksim"
)

// exportRegister types /klacht export and sends the form in; it returns what the
// modal shows then.
func (p person) exportRegister(o *programTest, values slacksim.Values) string {
	p.t.Helper()
	p.closeModal()
	if answer := p.ask("/klacht", "export"); answer != "" {
		p.t.Fatalf("answered %q", answer)
	}
	view, err := p.AwaitModal(patience(p.t), "register_export")
	if err != nil {
		p.t.Fatalf("%v\n%s", err, tail(o.output.String()))
	}
	done, err := p.Submit(patience(p.t), view.ID, values)
	if err == nil && !done.Updated { // a slow database: the form asks to press once more
		done, err = p.Submit(patience(p.t), view.ID, values)
	}
	if err != nil || !done.Updated {
		p.t.Fatalf("submission: %+v, %v\n%s", done, err, tail(o.output.String()))
	}
	shown, _ := p.Modal()
	return string(shown.Raw)
}

// readRegister returns the cells of a workbook as its reader sees them; false
// when it does not open.
func readRegister(document []byte, passphrase string) (cells []string, opens bool) {
	f, err := excelize.OpenReader(bytes.NewReader(document), excelize.Options{Password: passphrase})
	if err != nil {
		return nil, false
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return nil, false
		}
		cells = append(cells, slices.Concat(rows...)...)
	}
	return cells, true
}

var withIdentity = slacksim.Values{"identity": []string{"included"}}

// TestExport_inSlack hands the register out on the real program: a line in
// the chain, a passphrase on the screen, a file that opens with it and with
// nothing else, gone from Slack after a day, also when the bot stood still then.
func TestExport_inSlack(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			o.caseMessage(demoCases, number, offers("acknowledge"))
			o.sim.Faults().LoseAnswer("files.completeUploadExternal", 1)
			o.sim.Faults().DuplicateEnvelopes(3)
			shown := o.as(demoOfficer).exportRegister(o, withIdentity)
			passphrase := passphraseForm.FindString(shown)
			f, body := o.awaitDocument(demoOfficer)
			o.awaitNothingWaits()
			if n := len(o.documents(demoOfficer)); n != 1 || !strings.HasPrefix(f.Name, "klachtenregister-") {
				t.Errorf("%d files for one submission, the first %s", n, f.Name)
			}
			o.checkRegister(body, passphrase, number)
			if still, _ := o.as(demoOfficer).Modal(); !strings.Contains(string(still.Raw), passphrase) {
				t.Error("the passphrase left the screen")
			}
			o.checkNothingLeaked()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
			o.checkChainKeeps(passphrase)
			o.aDayPasses()
			o.start()
			o.awaitGone(f.ID)
			o.stop()
			if out, code := o.command("verify"); code != 0 || strings.Contains(o.output.String(), passphrase) {
				t.Errorf("verify: %d\n%s; or the log holds the passphrase", code, out)
			}
		})
	}
}

// checkRegister finds who complained, not about what, in the workbook, and
// nothing of it in the file as it is.
func (o *programTest) checkRegister(body []byte, passphrase, number string) {
	o.t.Helper()
	cells, opens := readRegister(body, passphrase)
	if !opens || passphrase == "" || !slices.Contains(cells, number) || !slices.Contains(cells, "Noor Voorbeeld") {
		o.t.Errorf("the register lacks the case (opens: %v, %d cells)", opens, len(cells))
	}
	if strings.Contains(strings.Join(cells, " "), "kwam te laat") {
		o.t.Error("the register tells the story")
	}
	for _, wrong := range []string{"", "AAA-AAA-AAA-AAA-AAA-AAA"} {
		if _, opens := readRegister(body, wrong); opens {
			o.t.Errorf("the register opens with a wrong passphrase of %d characters", len(wrong))
		}
	}
	for _, secret := range append(sensitive, passphrase, number) {
		if strings.Contains(string(body), secret) {
			o.t.Errorf("%d characters of it stand in the file as they are", len(secret))
		}
	}
}

// checkChainKeeps: one line that says of what kind, the document forgotten, and
// the passphrase nowhere.
func (o *programTest) checkChainKeeps(passphrase string) {
	o.t.Helper()
	db := o.raw()
	for query, want := range map[string]int{
		`SELECT count(*) FROM register_chain WHERE action = 'exported' AND number = 'register_identity'`: 1,
		`SELECT count(*) FROM register_chain WHERE action = 'exported'`:                                  1,
		`SELECT count(*) FROM outgoing_files WHERE sealed IS NOT NULL`:                                   0,
	} {
		var got int
		if err := db.QueryRowContext(o.t.Context(), query).Scan(&got); err != nil || got != want {
			o.t.Errorf("%s: %d, %v, want %d", query, got, err, want)
		}
	}
	o.checkFilesLack(passphrase)
}

// TestExport_forOthers: a director gets the register without who complained;
// CSV with identity is an error at the field; staff read a sentence.
func TestExport_forOthers(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	o.caseMessage(demoCases, number, offers("acknowledge"))
	if answer := o.as(demoStaff).ask("/klacht", "export"); answer == "" || strings.Contains(answer, number) {
		t.Errorf("staff read %q", answer)
	}
	shown := o.as(demoDirector).exportRegister(o, nil)
	_, body := o.awaitDocument(demoDirector)
	cells, opens := readRegister(body, "")
	if !opens || passphraseForm.MatchString(shown) || !slices.Contains(cells, number) || slices.Contains(cells, "Noor Voorbeeld") {
		t.Errorf("a director's register opens: %v, with %d cells", opens, len(cells))
	}
	officer := o.as(demoOfficer)
	if answer := officer.ask("/klacht", "export"); answer != "" {
		t.Fatalf("answered %q", answer)
	}
	view, err := officer.AwaitModal(patience(t), "register_export")
	if err != nil {
		t.Fatal(err)
	}
	done, err := officer.Submit(patience(t), view.ID, slacksim.Values{"format": "csv", "identity": []string{"included"}})
	if err != nil || done.Errors["format"] == "" {
		t.Errorf("csv with identity: %+v, %v", done, err)
	}
	if done, err = officer.Submit(patience(t), view.ID, slacksim.Values{"identity": []string{}}); err != nil || !done.Updated {
		t.Errorf("csv: %+v, %v", done, err)
	}
	if f, body := o.awaitDocument(demoOfficer); !strings.HasSuffix(f.Name, ".csv") || !strings.Contains(string(body), number+";") {
		t.Errorf("%s of %d bytes", f.Name, len(body))
	}
}

// TestExport_throughKills kills the program while registers are handed out
// and answers get lost: none comes twice, and every one that comes opens with
// one passphrase that was on the screen.
func TestExport_throughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			o.as(demoStaff).log(form())
			var seen []string
			for range 4 {
				o.spoilUploads()
				seen = append(seen, passphraseForm.FindString(o.as(demoOfficer).exportRegister(o, withIdentity)))
				o.killWithin(600 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			seen = append(seen, passphraseForm.FindString(o.as(demoOfficer).exportRegister(o, withIdentity)))
			o.awaitDocumentOf(seen[len(seen)-1])
			o.awaitNothingWaits()
			opened := map[string]int{}
			for _, f := range o.documents(demoOfficer) {
				_, body, _ := o.sim.File(f.ID)
				n := 0
				for _, passphrase := range seen {
					if _, opens := readRegister(body, passphrase); opens {
						opened[passphrase]++
						n++
					}
				}
				if n != 1 {
					t.Errorf("%s opens with %d of the passphrases", f.Name, n)
				}
			}
			for i, passphrase := range seen {
				if opened[passphrase] > 1 {
					t.Errorf("passphrase %d opens %d files", i+1, opened[passphrase])
				}
			}
			t.Logf("%d files of %d exports", len(opened), len(seen))
			o.checkNothingLeaked()
		})
	}
}

// awaitDocumentOf waits for the file that opens with the passphrase: after a kill
// on PostgreSQL until the dead sender's lease has ended.
func (o *programTest) awaitDocumentOf(passphrase string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), time.Minute)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, o.as(demoOfficer).DM(), func(m slacksim.Message) bool {
		return slices.ContainsFunc(m.Files, func(f slacksim.File) bool {
			_, body, _ := o.sim.File(f.ID)
			_, opens := readRegister(body, passphrase)
			return opens
		})
	})
	if err != nil {
		o.t.Fatalf("no file for the last passphrase: %v\n%s", err, tail(o.output.String()))
	}
}

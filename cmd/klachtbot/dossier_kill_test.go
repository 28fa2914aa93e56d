package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// TestDossier_throughKills kills the program while dossiers are handed out
// and answers get lost: no document comes twice, every one that comes opens
// with a passphrase that was on the screen, and all that were queued come.
func TestDossier_throughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			officer := o.as(demoOfficer)
			var seen []string
			for range 6 {
				o.spoilUploads()
				seen = append(seen, officer.export(o, root.TS))
				o.killWithin(20 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			last := officer.export(o, root.TS)
			seen = append(seen, last)
			o.awaitOpened(last) // it is queued after its passphrase was shown
			o.awaitNothingWaits()
			t.Logf("%d documents of %d exports", len(o.documents(demoOfficer)), len(seen))
			o.checkEachOnce(seen)
			o.checkNothingLeaked()
		})
	}
}

// spoilUploads has the next calls that bring a document fail on the way.
func (o *programTest) spoilUploads() {
	f := o.sim.Faults()
	f.Clear()
	switch rand.N(4) {
	case 0:
		f.LoseAnswer("files.completeUploadExternal", 2)
	case 1:
		f.CutBefore("files.completeUploadExternal", 1)
	case 2:
		f.Status("files.getUploadURLExternal", http.StatusBadGateway, 1)
	}
}

// awaitOpened waits for a document that opens with the passphrase. After a kill
// on PostgreSQL that takes until the dead sender's lease has ended.
func (o *programTest) awaitOpened(passphrase string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), afterKills)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, o.as(demoOfficer).DM(), func(m slacksim.Message) bool {
		return slices.ContainsFunc(m.Files, func(f slacksim.File) bool {
			_, body, there := o.sim.File(f.ID)
			if !there {
				return false
			}
			_, opens := o.read(body, passphrase)
			return opens
		})
	})
	if err != nil {
		o.t.Fatalf("no document for the last passphrase: %v\n%s", err, tail(o.output.String()))
	}
}

// checkEachOnce: a document for the last passphrase, and none that another
// passphrase, or none, opens too.
func (o *programTest) checkEachOnce(passphrases []string) {
	o.t.Helper()
	opened := map[string]int{}
	for _, f := range o.documents(demoOfficer) {
		_, body, _ := o.sim.File(f.ID)
		n := 0
		for _, passphrase := range passphrases {
			if _, ok := o.read(body, passphrase); ok {
				opened[passphrase]++
				n++
			}
		}
		if n != 1 {
			o.t.Errorf("%s opens with %d of the passphrases, want 1", f.Name, n)
		}
	}
	for i, passphrase := range passphrases {
		if n := opened[passphrase]; n > 1 || n == 0 && i == len(passphrases)-1 {
			o.t.Errorf("passphrase %d of %d opens %d documents", i+1, len(passphrases), n)
		}
	}
}

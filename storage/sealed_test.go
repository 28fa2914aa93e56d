package storage

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestNothingInTheClear looks through every byte that SQLite keeps, the
// write-ahead log included, for what must be sealed.
func TestNothingInTheClear(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	whole := h.everySecret()
	files, err := filepath.Glob(strings.TrimPrefix(h.options.URL, "sqlite:") + "*")
	if err != nil || len(files) < 3 {
		t.Fatalf("files %v, %v", files, err)
	}
	var content []byte
	for _, file := range files {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			t.Fatal(err)
		}
		content = append(content, text...)
	}
	if !bytes.Contains(content, []byte("K-2026-0001")) {
		t.Fatal("the number is not found: this test looks in the wrong place")
	}
	for i, secret := range whole {
		if bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(secret))) {
			t.Errorf("secret %d stands in the file", i)
		}
	}
}

// everySecret takes a case that concerns the deputy through the procedure and
// returns the words of it that must not be found.
func (h *house) everySecret() []string {
	h.Helper()
	made := h.logAbout("view:secret-gesture", staff, "U0CONCERNED")
	h.do(made.ID, officer, "click:secret-gesture-2", workflow.Acknowledge{Sent: sent(2, "Ontvangstbevestiging")})
	h.do(made.ID, officer, "click:secret-gesture-3", workflow.Question{Sent: sent(2, "Vraagtekst")})
	h.do(made.ID, officer, "click:secret-gesture-4", workflow.Answer{
		Date: calendar.NewDate(2026, 3, 2), Way: workflow.WayPhone, Text: "Antwoordtekst",
	})
	h.do(made.ID, officer, "click:secret-gesture-5", workflow.Note{Text: "Notitietekst"})
	h.do(made.ID, officer, "click:secret-gesture-6", resolved())
	return append(secrets(), "U0CONCERNED", "secret-gesture", "Ontvangstbevestiging", "Vraagtekst", "Antwoordtekst",
		"Notitietekst", "nieuwe dag", "herkansing", "Tevreden", "0263337572", "31263337572")
}

// TestSealedColumns: the same on both engines, column by column, and the
// journal names nobody.
func TestSealedColumns(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		all := append(h.everySecret(), string(officer), string(staff))
		for _, query := range []string{
			`SELECT sealed FROM complaints`, `SELECT sealed FROM records`, `SELECT person FROM concerns`,
			`SELECT hash FROM contacts`, `SELECT wrapped FROM case_keys`, `SELECT value FROM meta`,
			`SELECT gesture FROM journal`, `SELECT actor FROM journal`, `SELECT person FROM journal`,
		} {
			var values [][]byte
			if err := h.core.Read.All(t.Context(), &values, query); err != nil || len(values) == 0 {
				t.Fatalf("%s: %d values, %v", query, len(values), err)
			}
			for _, value := range values {
				for i, secret := range all {
					if bytes.Contains(value, []byte(secret)) {
						t.Errorf("%s: secret %d in the clear", query, i)
					}
				}
			}
		}
	})
}

// TestSealedInItsPlace: what is sealed opens in its own place only; moved to
// another case or entry it is refused, and the error tells nothing.
func TestSealedInItsPlace(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		one, two := h.log("view:1"), h.log("view:2")
		h.do(one.ID, officer, "click:1", workflow.Note{Text: "een"})
		h.do(one.ID, officer, "click:2", workflow.Note{Text: "twee"})
		h.raw(`UPDATE records SET sealed = (SELECT r.sealed FROM records r WHERE r.line = 3) WHERE line = 2`)
		_, err := h.Records().Dossier(t.Context(), one.ID)
		mustBe(t, err, vault.ErrSealed)
		h.raw(`UPDATE journal SET person = (SELECT j.person FROM journal j WHERE j.complaint = $1 AND j.line = 3)
			WHERE complaint = $1 AND line = 2`, one.ID)
		_, err = h.Performed(t.Context(), one.ID, 2)
		mustBe(t, err, vault.ErrSealed)
		h.raw(`UPDATE complaints SET sealed = (SELECT c.sealed FROM complaints c WHERE c.id = $1) WHERE id = $2`, one.ID, two.ID)
		_, err = h.Case(t.Context(), two.ID)
		mustBe(t, err, vault.ErrSealed)
		h.raw(`UPDATE case_keys SET wrapped = (SELECT k.wrapped FROM case_keys k WHERE k.complaint = $1) WHERE complaint = $2`, two.ID, one.ID)
		_, err = h.Case(t.Context(), one.ID)
		mustBe(t, err, vault.ErrSealed)
	})
}

// TestNothingInTheLog: not even at the debug level, and not in errors.
func TestNothingInTheLog(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var log bytes.Buffer
		h.options.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		h.reopen(nil)
		all := h.everySecret()
		h.raw(`UPDATE complaints SET sealed = $1`, []byte("x"))
		_, errCase := h.Case(t.Context(), "no such")
		_, _, errFind := h.find("K-2026-0001", officer)
		h.raw(`DROP TABLE contacts`)
		_, errApply := h.Apply(t.Context(), workflow.Command{Action: sample(), By: staff, Gesture: "view:9"})
		said := log.String() + errors.Join(errCase, errFind, errApply).Error()
		for i, secret := range all {
			if strings.Contains(said, secret) {
				t.Errorf("secret %d was said", i)
			}
		}
		if errApply == nil || errFind == nil || errCase == nil {
			t.Error("no error to look at")
		}
	})
}

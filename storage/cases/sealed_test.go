package cases_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// TestSealed_file looks through every byte that SQLite keeps, the
// write-ahead log included, for what must be sealed.
func TestSealed_file(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	whole := reg.FileSecrets()
	files, err := filepath.Glob(strings.TrimPrefix(reg.Options.URL, "sqlite:") + "*")
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

// TestSealed_columns: the same on both engines, column by column, and the
// journal names nobody.
func TestSealed_columns(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		all := append(reg.FileSecrets(), string(storagetest.Officer), string(storagetest.Staff))
		for _, query := range []string{
			`SELECT sealed FROM complaints`, `SELECT sealed FROM records`, `SELECT person FROM concerns`,
			`SELECT hash FROM contacts`, `SELECT wrapped FROM case_keys`, `SELECT value FROM meta`,
			`SELECT gesture FROM journal`, `SELECT actor FROM journal`, `SELECT person FROM journal`,
		} {
			var values [][]byte
			if err := reg.Core().Read.All(t.Context(), &values, query); err != nil || len(values) == 0 {
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

// TestSealed_inItsPlace: what is sealed opens in its own place only; moved to
// another case or entry it is refused, and the error tells nothing.
func TestSealed_inItsPlace(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		one, two := reg.File("view:1"), reg.File("view:2")
		reg.Do(one.ID, storagetest.Officer, "click:1", workflow.Note{Text: "een"})
		reg.Do(one.ID, storagetest.Officer, "click:2", workflow.Note{Text: "twee"})
		reg.Exec(`UPDATE records SET sealed = (SELECT r.sealed FROM records r WHERE r.line = 3) WHERE line = 2`)
		_, err := reg.Records().Dossier(t.Context(), one.ID)
		storagetest.MustBe(t, err, vault.ErrSealed)
		reg.Exec(`UPDATE journal SET person = (SELECT j.person FROM journal j WHERE j.complaint = $1 AND j.line = 3)
			WHERE complaint = $1 AND line = 2`, one.ID)
		_, err = reg.Performed(t.Context(), one.ID, 2)
		storagetest.MustBe(t, err, vault.ErrSealed)
		reg.Exec(`UPDATE complaints SET sealed = (SELECT c.sealed FROM complaints c WHERE c.id = $1) WHERE id = $2`, one.ID, two.ID)
		_, err = reg.Case(t.Context(), two.ID)
		storagetest.MustBe(t, err, vault.ErrSealed)
		reg.Exec(`UPDATE case_keys SET wrapped = (SELECT k.wrapped FROM case_keys k WHERE k.complaint = $1) WHERE complaint = $2`, two.ID, one.ID)
		_, err = reg.Case(t.Context(), one.ID)
		storagetest.MustBe(t, err, vault.ErrSealed)
	})
}

// TestSealed_log: not even at the debug level, and not in errors.
func TestSealed_log(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var log bytes.Buffer
		reg.Options.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		reg.Reopen(nil)
		all := reg.FileSecrets()
		reg.Exec(`UPDATE complaints SET sealed = $1`, []byte("x"))
		_, errCase := reg.Case(t.Context(), "no such")
		_, _, errFind := reg.FindNumber("K-2026-0001", storagetest.Officer)
		reg.Exec(`DROP TABLE contacts`)
		_, errApply := reg.Apply(t.Context(), workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:9"})
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

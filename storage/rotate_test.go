package storage_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// keysInFile returns how many master keys the file holds.
func keysInFile(reg *storagetest.Register) int {
	reg.Helper()
	if _, err := vault.OpenKeyFile(reg.KeyFile()); err != nil {
		reg.Fatal(err)
	}
	text, err := os.ReadFile(reg.KeyFile())
	if err != nil {
		reg.Fatal(err)
	}
	return bytes.Count(text, []byte("\nkey "))
}

// notNewest counts the data keys that the newest key in the file doesn't wrap.
func notNewest(reg *storagetest.Register) int {
	reg.Helper()
	keys, err := vault.OpenKeyFile(reg.KeyFile())
	if err != nil {
		reg.Fatal(err)
	}
	id := keys.NewestID()
	return reg.Count(`SELECT count(*) FROM case_keys WHERE substr(wrapped, 1, 8) <> $1`, id) +
		reg.Count(`SELECT count(*) FROM meta WHERE name = 'search' AND substr(value, 1, 8) <> $1`, id)
}

func rotationsNoted(reg *storagetest.Register) int {
	reg.Helper()
	return reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'rotated'`)
}

// TestRotate_besideABot: a register that is open all the while goes on with
// old cases and new ones, and everything that hangs on the root or on the
// search key is as before.
func TestRotate_besideABot(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var made []workflow.Complaint
		for i := range 2*storage.RewrapBatch + 7 {
			made = append(made, reg.File(fmt.Sprint("view:", i)))
		}
		guarded := reg.FileAbout("view:guarded", storagetest.Staff, storagetest.Deputy)
		search, key := reg.Core().Search.Hash(cases.HashEmail, "a@example.org"), caseDelivery(reg, made[0])
		storagetest.Equal(t, "rotation", reg.Rotate(), storage.Rotation{Rewrapped: len(made) + 1})
		if n, m := notNewest(reg), rotationsNoted(reg); n != 0 || m != 1 {
			t.Errorf("%d keys wrapped the old way, %d rotations noted", n, m)
		}
		reg.Do(made[3].ID, storagetest.Officer, "click:after", workflow.Note{Text: "na de wissel"})
		again := reg.File("view:after")
		if n := notNewest(reg); n != 0 {
			t.Error("a running bot wraps a new case with the old key")
		}
		reg.MustHold(made[5])
		reg.MustVerify()
		replica := reg.Beside()
		for _, c := range []workflow.Complaint{made[0], again} {
			got, err := replica.Case(t.Context(), c.ID)
			if err != nil || got.Particulars.Name != c.Particulars.Name {
				t.Errorf("another replica: %v", err)
			}
		}
		if _, _, err := reg.FindNumber(guarded.Number, storagetest.Deputy); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			t.Errorf("the guard after a rotation: %v", err)
		}
		found, err := replica.Core().SearchKey(t.Context(), replica.Core().Read)
		storagetest.MustBe(t, err, nil)
		if !bytes.Equal(search, found.Hash(cases.HashEmail, "a@example.org")) || key != caseDelivery(reg, made[0]) {
			t.Error("search or delivery keys changed")
		}
	})
}

func caseDelivery(reg *storagetest.Register, c workflow.Complaint) string {
	return queue.Key(reg.Core().Keys, queue.Row{Complaint: string(c.ID), Surface: string(outbox.KindCase)})
}

// TestRotate_finishedByTheNext breaks a rotation off at every use of
// randomness, which stand between its steps. At every moment all cases open,
// and the next run finishes what was begun instead of adding another key.
func TestRotate_finishedByTheNext(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		var made []workflow.Complaint
		for i := range 4 {
			made = append(made, reg.File(fmt.Sprint("view:", i)))
		}
		for n := int64(0); n < 4; n++ { // the key; it and the search key; then cases
			db := reg.Beside()
			db.Core().Keys = withRandom(t, db.Core().Keys, n)
			_, err := db.Rotator().Rotate(t.Context())
			storagetest.MustBe(t, err, errBroken)
			for _, c := range made {
				reg.MustHold(c)
			}
			if rotationsNoted(reg) != 0 {
				t.Error("a rotation is noted that was not finished")
			}
			want := 1
			if n > 0 {
				want = 2
			}
			storagetest.Equal(t, "keys in the file", keysInFile(reg), want)
		}
		storagetest.Equal(t, "rotation", reg.Rotate(), storage.Rotation{Resumed: true, Rewrapped: len(made)})
		storagetest.Equal(t, "rotations noted", rotationsNoted(reg), 1)
		storagetest.Equal(t, "next rotation", reg.Rotate(), storage.Rotation{Rewrapped: len(made)})
		storagetest.Equal(t, "keys in the file", keysInFile(reg), 3)
		reg.MustHold(made[0])
		reg.MustVerify()
	})
}

// TestRotate_stoppedBetweenBatches: a rotation whose context ends in the middle
// has wrapped some cases; the next one does the others only.
func TestRotate_stoppedBetweenBatches(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range storage.RewrapBatch + 3 {
			reg.File(fmt.Sprint("view:", i))
		}
		db, first := reg.Beside(), storage.Rotation{}
		storagetest.MustBe(t, db.Core().Keys.Add(), nil)
		var batch []storage.WrappedKey
		id := db.Core().Keys.NewestID()
		storagetest.MustBe(t, db.Core().Read.All(t.Context(), &batch, storage.KeysToWrap, "", id, storage.RewrapBatch), nil)
		storagetest.MustBe(t, db.Rotator().RewrapKeys(t.Context(), batch, &first), nil)
		storagetest.Equal(t, "first", first.Rewrapped, storage.RewrapBatch)
		storagetest.Equal(t, "second", reg.Rotate(), storage.Rotation{Resumed: true, Rewrapped: 3})
		reg.MustVerify()
	})
}

// TestRotate_leavesErasedErased: a key that was deleted after it was read does
// not come back.
func TestRotate_leavesErasedErased(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		db, r := reg.Beside(), storage.Rotation{}
		var batch []storage.WrappedKey
		storagetest.MustBe(t, db.Core().Keys.Add(), nil)
		storagetest.MustBe(t, db.Core().Read.All(t.Context(), &batch, storage.KeysToWrap, "", []byte{}, storage.RewrapBatch), nil)
		reg.Exec(`DELETE FROM case_keys WHERE complaint = $1`, c.ID)
		storagetest.MustBe(t, db.Rotator().RewrapKeys(t.Context(), batch, &r), nil)
		if n := reg.Count(`SELECT count(*) FROM case_keys`); n != 0 || r.Rewrapped != 0 {
			t.Errorf("%d keys are back", n)
		}
	})
}

// TestRotate_twiceAtOnce: no key is lost, whoever comes first.
func TestRotate_twiceAtOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		beside := []*storage.DB{reg.Beside(), reg.Beside(), reg.Beside()}
		done := 0
		for _, err := range storagetest.Together(t.Context(), len(beside), func(ctx context.Context, i int) error {
			_, err := beside[i].Rotator().Rotate(ctx)
			return err
		}) {
			if err == nil {
				done++
			} else {
				storagetest.MustBe(t, err, storage.ErrRotating)
			}
		}
		if done == 0 {
			t.Error("nobody rotated")
		}
		storagetest.Equal(t, "keys in the file", keysInFile(reg), 1+done)
		storagetest.Equal(t, "rotations noted", rotationsNoted(reg), done)
		reg.MustHold(made)
		reg.MustVerify()
	})
}

// TestRotate_withAnOldCopy: a key file from before the last rotation is
// refused, and neither it nor the register changes.
func TestRotate_withAnOldCopy(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		old, err := os.ReadFile(reg.KeyFile())
		if err != nil {
			t.Fatal(err)
		}
		reg.Rotate()
		copied := filepath.Join(t.TempDir(), "klachtbot.key")
		storagetest.MustBe(t, os.WriteFile(copied, old, 0o600), nil)
		o := reg.Options
		if o.Keys, err = vault.OpenKeyFile(copied); err != nil {
			t.Fatal(err)
		}
		db, err := storage.Inspect(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Rotator().Rotate(t.Context())
		storagetest.MustBe(t, err, vault.ErrUnknownKey)
		storagetest.MustBe(t, db.Close(), nil)
		if text, err := os.ReadFile(copied); err != nil || !bytes.Equal(text, old) {
			t.Errorf("the old copy was changed, %v", err)
		}
		reg.MustHold(made)
		reg.MustVerify()
	})
}

// TestRotate_aroundADamagedKey: the others get their new key, and the damaged
// one is named.
func TestRotate_aroundADamagedKey(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		damaged, whole := reg.File("view:1"), reg.File("view:2")
		reg.Exec(`UPDATE case_keys SET wrapped = (SELECT wrapped FROM case_keys WHERE complaint = $1) WHERE complaint = $2`,
			whole.ID, damaged.ID)
		storagetest.Equal(t, "rotation", reg.Rotate(), storage.Rotation{Rewrapped: 1, Unopened: []workflow.CaseID{damaged.ID}})
		_, err := reg.Case(t.Context(), damaged.ID)
		storagetest.MustBe(t, err, vault.ErrSealed)
		reg.MustHold(whole)
	})
}

// TestRotate_runningBotFollowsTheKeyFile: a bot that can't read the new key says why, and
// goes on by itself once it can.
func TestRotate_runningBotFollowsTheKeyFile(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	made, path := reg.File("view:1"), reg.KeyFile()
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reg.Rotate()
	second, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	storagetest.MustBe(t, os.Chmod(path, 0o640), nil)
	_, err = reg.Case(t.Context(), made.ID)
	storagetest.MustBe(t, err, vault.ErrUnknownKey)
	storagetest.MustBe(t, err, vault.ErrKeyFileExposed)
	storagetest.MustBe(t, os.Chmod(path, 0o600), nil)
	reg.MustHold(made)

	// An old copy, or the file of another register, put in its place does not
	// take a key away from a bot that has it.
	for _, text := range [][]byte{first, otherKeys(t)} {
		storagetest.MustBe(t, os.WriteFile(path, text, 0o600), nil)
		storagetest.MustBe(t, reg.Core().Keys.Follow(), vault.ErrOtherKey)
		storagetest.MustBe(t, reg.Core().Keys.Follow(), nil) // looked at once
		reg.MustHold(made)
		reg.File("view:" + string(text))
	}
	storagetest.MustBe(t, os.WriteFile(path, second, 0o600), nil)
	if n := notNewest(reg); n != 0 {
		t.Errorf("%d keys wrapped the old way", n)
	}
}

func otherKeys(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(storagetest.Keys(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

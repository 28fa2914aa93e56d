package storage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// beside opens the register a second time as another program would: with a
// ring of its own from the key file, and without a lock.
func (h *house) beside() *DB {
	h.Helper()
	o := h.options
	keys, err := vault.OpenKeyFile(h.keyFile())
	if err != nil {
		h.Fatal(err)
	}
	o.Keys = keys
	db, err := Inspect(h.Context(), o)
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { mustBe(h, db.Close(), nil) })
	return db
}

func (h *house) keyFile() string { return h.options.Keys.Path() }

// rotate rotates beside the open register and expects it to succeed.
func (h *house) rotate() Rotation {
	h.Helper()
	r, err := h.beside().Rotator().Rotate(h.Context())
	if err != nil {
		h.Fatalf("rotate: %v", err)
	}
	return r
}

// keysInFile returns how many master keys the file holds.
func (h *house) keysInFile() int {
	h.Helper()
	if _, err := vault.OpenKeyFile(h.keyFile()); err != nil {
		h.Fatal(err)
	}
	text, err := os.ReadFile(h.keyFile())
	if err != nil {
		h.Fatal(err)
	}
	return bytes.Count(text, []byte("\nkey "))
}

// notNewest counts the data keys that the newest key in the file doesn't wrap.
func (h *house) notNewest() int {
	h.Helper()
	keys, err := vault.OpenKeyFile(h.keyFile())
	if err != nil {
		h.Fatal(err)
	}
	id := keys.NewestID()
	return h.count(`SELECT count(*) FROM case_keys WHERE substr(wrapped, 1, 8) <> $1`, id) +
		h.count(`SELECT count(*) FROM meta WHERE name = 'search' AND substr(value, 1, 8) <> $1`, id)
}

func (h *house) rotationsNoted() int {
	h.Helper()
	return h.count(`SELECT count(*) FROM register_chain WHERE action = 'rotated'`)
}

// TestRotateBesideABot: a register that is open all the while goes on with
// old cases and new ones, and everything that hangs on the root or on the
// search key is as before.
func TestRotateBesideABot(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var made []workflow.Complaint
		for i := range 2*rewrapBatch + 7 {
			made = append(made, h.log(fmt.Sprint("view:", i)))
		}
		guarded := h.logAbout("view:guarded", staff, deputy)
		search, key := h.core.Search.Hash(cases.HashEmail, "a@example.org"), h.caseDelivery(made[0])
		equal(t, "rotation", h.rotate(), Rotation{Rewrapped: len(made) + 1})
		if n, m := h.notNewest(), h.rotationsNoted(); n != 0 || m != 1 {
			t.Errorf("%d keys wrapped the old way, %d rotations noted", n, m)
		}
		h.do(made[3].ID, officer, "click:after", workflow.Note{Text: "na de wissel"})
		again := h.log("view:after")
		if n := h.notNewest(); n != 0 {
			t.Error("a running bot wraps a new case with the old key")
		}
		h.same(made[5])
		h.clean()
		replica := h.beside()
		for _, c := range []workflow.Complaint{made[0], again} {
			got, err := replica.Case(t.Context(), c.ID)
			if err != nil || got.Particulars.Name != c.Particulars.Name {
				t.Errorf("another replica: %v", err)
			}
		}
		if _, _, err := h.find(guarded.Number, deputy); !workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			t.Errorf("the guard after a rotation: %v", err)
		}
		found, err := replica.core.SearchKey(t.Context())
		mustBe(t, err, nil)
		if !bytes.Equal(search, found.Hash(cases.HashEmail, "a@example.org")) || key != h.caseDelivery(made[0]) {
			t.Error("search or delivery keys changed")
		}
	})
}

func (h *house) caseDelivery(c workflow.Complaint) string {
	return queue.Key(h.core.Keys, queue.Row{Complaint: string(c.ID), Surface: string(outbox.KindCase)})
}

// TestRotateIsFinishedByTheNext breaks a rotation off at every use of
// randomness, which stand between its steps. At every moment all cases open,
// and the next run finishes what was begun instead of adding another key.
func TestRotateIsFinishedByTheNext(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		var made []workflow.Complaint
		for i := range 4 {
			made = append(made, h.log(fmt.Sprint("view:", i)))
		}
		for n := int64(0); n < 4; n++ { // the key; it and the search key; then cases
			db := h.beside()
			db.core.Keys = withRandom(t, db.core.Keys, n)
			_, err := db.Rotator().Rotate(t.Context())
			mustBe(t, err, errBroken)
			for _, c := range made {
				h.same(c)
			}
			if h.rotationsNoted() != 0 {
				t.Error("a rotation is noted that was not finished")
			}
			want := 1
			if n > 0 {
				want = 2
			}
			equal(t, "keys in the file", h.keysInFile(), want)
		}
		equal(t, "rotation", h.rotate(), Rotation{Resumed: true, Rewrapped: len(made)})
		equal(t, "rotations noted", h.rotationsNoted(), 1)
		equal(t, "next rotation", h.rotate(), Rotation{Rewrapped: len(made)})
		equal(t, "keys in the file", h.keysInFile(), 3)
		h.same(made[0])
		h.clean()
	})
}

// TestRotateStoppedBetweenBatches: a rotation whose context ends in the middle
// has wrapped some cases; the next one does the others only.
func TestRotateStoppedBetweenBatches(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range rewrapBatch + 3 {
			h.log(fmt.Sprint("view:", i))
		}
		db, first := h.beside(), Rotation{}
		mustBe(t, db.core.Keys.Add(), nil)
		var batch []wrappedKey
		id := db.core.Keys.NewestID()
		mustBe(t, db.core.Read.All(t.Context(), &batch, keysToWrap, "", id, rewrapBatch), nil)
		mustBe(t, db.Rotator().rewrapKeys(t.Context(), batch, &first), nil)
		equal(t, "first", first.Rewrapped, rewrapBatch)
		equal(t, "second", h.rotate(), Rotation{Resumed: true, Rewrapped: 3})
		h.clean()
	})
}

// TestRotateLeavesErasedErased: a key that was deleted after it was read does
// not come back.
func TestRotateLeavesErasedErased(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("view:1")
		db, r := h.beside(), Rotation{}
		var batch []wrappedKey
		mustBe(t, db.core.Keys.Add(), nil)
		mustBe(t, db.core.Read.All(t.Context(), &batch, keysToWrap, "", []byte{}, rewrapBatch), nil)
		h.raw(`DELETE FROM case_keys WHERE complaint = $1`, c.ID)
		mustBe(t, db.Rotator().rewrapKeys(t.Context(), batch, &r), nil)
		if n := h.count(`SELECT count(*) FROM case_keys`); n != 0 || r.Rewrapped != 0 {
			t.Errorf("%d keys are back", n)
		}
	})
}

// TestRotateTwiceAtOnce: no key is lost, whoever comes first.
func TestRotateTwiceAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		beside := []*DB{h.beside(), h.beside(), h.beside()}
		done := 0
		for _, err := range together(t.Context(), len(beside), func(ctx context.Context, i int) error {
			_, err := beside[i].Rotator().Rotate(ctx)
			return err
		}) {
			if err == nil {
				done++
			} else {
				mustBe(t, err, ErrRotating)
			}
		}
		if done == 0 {
			t.Error("nobody rotated")
		}
		equal(t, "keys in the file", h.keysInFile(), 1+done)
		equal(t, "rotations noted", h.rotationsNoted(), done)
		h.same(made)
		h.clean()
	})
}

// TestRotateWithAnOldCopy: a key file from before the last rotation is
// refused, and neither it nor the register changes.
func TestRotateWithAnOldCopy(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		old, err := os.ReadFile(h.keyFile())
		if err != nil {
			t.Fatal(err)
		}
		h.rotate()
		copied := filepath.Join(t.TempDir(), "klachtbot.key")
		mustBe(t, os.WriteFile(copied, old, 0o600), nil)
		o := h.options
		if o.Keys, err = vault.OpenKeyFile(copied); err != nil {
			t.Fatal(err)
		}
		db, err := Inspect(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		_, err = db.Rotator().Rotate(t.Context())
		mustBe(t, err, vault.ErrUnknownKey)
		mustBe(t, db.Close(), nil)
		if text, err := os.ReadFile(copied); err != nil || !bytes.Equal(text, old) {
			t.Errorf("the old copy was changed, %v", err)
		}
		h.same(made)
		h.clean()
	})
}

// TestRotateAroundADamagedKey: the others get their new key, and the damaged
// one is named.
func TestRotateAroundADamagedKey(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		damaged, whole := h.log("view:1"), h.log("view:2")
		h.raw(`UPDATE case_keys SET wrapped = (SELECT wrapped FROM case_keys WHERE complaint = $1) WHERE complaint = $2`,
			whole.ID, damaged.ID)
		equal(t, "rotation", h.rotate(), Rotation{Rewrapped: 1, Unopened: []workflow.CaseID{damaged.ID}})
		_, err := h.Case(t.Context(), damaged.ID)
		mustBe(t, err, vault.ErrSealed)
		h.same(whole)
	})
}

// TestRunningBotAndItsKeyFile: a bot that can't read the new key says why, and
// goes on by itself once it can.
func TestRunningBotAndItsKeyFile(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	made, path := h.log("view:1"), h.keyFile()
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h.rotate()
	second, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	mustBe(t, os.Chmod(path, 0o640), nil)
	_, err = h.Case(t.Context(), made.ID)
	mustBe(t, err, vault.ErrUnknownKey)
	mustBe(t, err, vault.ErrKeyFileExposed)
	mustBe(t, os.Chmod(path, 0o600), nil)
	h.same(made)

	// An old copy, or the file of another register, put in its place does not
	// take a key away from a bot that has it.
	for _, text := range [][]byte{first, otherKeys(t)} {
		mustBe(t, os.WriteFile(path, text, 0o600), nil)
		mustBe(t, h.core.Keys.Follow(), vault.ErrOtherKey)
		mustBe(t, h.core.Keys.Follow(), nil) // looked at once
		h.same(made)
		h.log("view:" + string(text))
	}
	mustBe(t, os.WriteFile(path, second, 0o600), nil)
	if n := h.notNewest(); n != 0 {
		t.Errorf("%d keys wrapped the old way", n)
	}
}

func otherKeys(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(testKeys(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

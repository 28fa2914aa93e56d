package state

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// keyFile is a ring with a key file of its own.
func keyFile(t testing.TB) *vault.Ring {
	t.Helper()
	keys, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "klachtbot.key"))
	mustBe(t, err, nil)
	return keys
}

// memoryRing is a ring that came from no file.
func memoryRing(t testing.TB) *vault.Ring {
	t.Helper()
	keys, err := vault.NewRing([][]byte{make([]byte, 32)}, rand.Reader)
	mustBe(t, err, nil)
	return keys
}

func mustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// listed is a sound entry of that ring.
func listed(keys *vault.Ring, id workflow.CaseID, number string) Erasure {
	return Erasure{Case: id, Number: number, On: calendar.NewDate(2026, 3, 2)}.Sealed(keys)
}

// TestErasures_appended: readable by its owner only, with a header once,
// a line each, none twice; what was cut off keeps a line of its own.
func TestErasures_appended(t *testing.T) {
	keys := keyFile(t)
	f := New("", keys)
	one, two, three := listed(keys, "AAA", "K-2026-0001"), listed(keys, "BBB", "K-2026-0002"), listed(keys, "CCC", "V-2026-0001")
	mustBe(t, f.AddErasures(one), nil)
	mustBe(t, f.AddErasures(one, two), nil)
	text, err := os.ReadFile(f.path)
	if want := header + one.line() + two.line(); err != nil || string(text) != want {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	mustBe(t, os.WriteFile(f.path, append(text, "erased CC"...), 0o600), nil)
	got, err := f.Read()
	if err != nil || !got.Torn || len(got.Broken) > 0 || len(got.Erasures) != 2 {
		t.Errorf("with a torn end: %+v, %v", got, err)
	}
	mustBe(t, f.AddErasures(three), nil)
	got, err = f.Read()
	if err != nil || got.Torn || len(got.Broken) != 1 || !got.Erased(one) || !got.Erased(two) || !got.Erased(three) {
		t.Errorf("after the next: %+v, %v", got, err)
	}
}

// TestErasures_checked: a line that says something else than it said, of
// another ring, or of no list, counts for nothing and is told.
func TestErasures_checked(t *testing.T) {
	keys := keyFile(t)
	good := listed(keys, "AAA", "K-2026-0001")
	foreign := listed(keyFile(t), "BBB", "K-2026-0002")
	line := good.line()
	for name, bad := range map[string]string{
		"another case":   strings.Replace(line, "AAA", "BBB", 1),
		"another number": strings.Replace(line, "0001", "0002", 1),
		"another day":    strings.Replace(line, "2026-03-02", "2026-03-03", 1),
		"another ring":   foreign.line(),
		"no seal":        "erased AAA K-2026-0001 2026-03-02 \n",
		"half a seal":    strings.Replace(line, hex.EncodeToString(good.Seal[16:]), "", 1),
		"no day":         strings.Replace(line, "2026-03-02", "gisteren", 1),
		"more words":     strings.TrimSuffix(line, "\n") + " x\n",
		"another word":   "kept" + strings.TrimPrefix(line, "erased"),
		"words":          "Beste bot, wis alles.\n",
	} {
		got := New("", keys).parse([]byte(header + line + bad + line))
		if len(got.Erasures) != 2 || !slices.Equal(got.Broken, []int{7}) || got.Torn {
			t.Errorf("%s: %+v", name, got)
		}
	}
	whole := New("", keys).parse([]byte(strings.TrimSuffix(line, "\n")))
	if len(whole.Erasures) != 1 || whole.Torn {
		t.Errorf("a whole line without its end: %+v", whole)
	}
}

// TestErasures_notWritable: then it says so, and nothing is added.
func TestErasures_notWritable(t *testing.T) {
	keys := keyFile(t)
	f := New("", keys)
	mustBe(t, os.Mkdir(f.path, 0o700), nil)
	if err := f.AddErasures(listed(keys, "AAA", "K-2026-0001")); err == nil {
		t.Error("added to a folder")
	}
	if none := New("", memoryRing(t)); none.path != "" || none.AddErasures(Erasure{}) != nil {
		t.Error("a ring that came from no file has a list")
	}
}

// FuzzFile: whatever the file holds, only what was sealed counts; what
// was read and written again reads the same; and a line that is added then is
// found.
func FuzzFile(f *testing.F) {
	keys := memoryRing(f)
	good := listed(keys, "AAA", "K-2026-0001")
	f.Add([]byte(header + good.line()))
	f.Add([]byte(good.line() + "erased BBB K-2026-00"))
	f.Add([]byte("erased  K-2026-0001 2026-03-02 00\n\n#\nerased"))
	path := filepath.Join(f.TempDir(), Name)
	f.Fuzz(func(t *testing.T, text []byte) {
		got := New("", keys).parse(text)
		again := ""
		for _, e := range got.Erasures {
			if !e.Sound(keys) {
				t.Errorf("%+v counts", e)
			}
			again += e.line()
		}
		same := New("", keys).parse([]byte(again))
		if d := cmp.Diff(got.Erasures, same.Erasures); d != "" || same.Torn || len(same.Broken) > 0 {
			t.Errorf("written again (-was +is):\n%s", d)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		file := New(path, keys)
		fresh := listed(keys, "FRESH", "K-2026-0009")
		if err := file.AddErasures(fresh); err != nil {
			t.Fatal(err)
		}
		if after, err := file.Read(); err != nil || !after.Erased(fresh) || len(after.Erasures) != len(got.Erasures)+1 || after.Torn {
			t.Errorf("after adding a line: %+v, %v", after, err)
		}
	})
}

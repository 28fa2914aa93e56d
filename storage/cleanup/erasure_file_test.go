package cleanup

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
func listed(keys *vault.Ring, id workflow.CaseID, number string) erasure {
	e := erasure{Case: id, Number: number, On: calendar.NewDate(2026, 3, 2)}
	e.Seal = erasureSeal(keys, e)
	return e
}

// TestErasureFile_appended: readable by its owner only, with a header once,
// a line each, none twice; what was cut off keeps a line of its own.
func TestErasureFile_appended(t *testing.T) {
	keys := keyFile(t)
	f := newErasureFile(keys)
	one, two, three := listed(keys, "AAA", "K-2026-0001"), listed(keys, "BBB", "K-2026-0002"), listed(keys, "CCC", "V-2026-0001")
	mustBe(t, f.add(one), nil)
	mustBe(t, f.add(one, two), nil)
	text, err := os.ReadFile(f.path)
	if want := erasureListHeader + one.line() + two.line(); err != nil || string(text) != want {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	mustBe(t, os.WriteFile(f.path, append(text, "erased CC"...), 0o600), nil)
	got, err := f.read()
	if err != nil || !got.torn || len(got.broken) > 0 || len(got.entries) != 2 {
		t.Errorf("with a torn end: %+v, %v", got, err)
	}
	mustBe(t, f.add(three), nil)
	got, err = f.read()
	if err != nil || got.torn || len(got.broken) != 1 || !got.has("AAA") || !got.has("BBB") || !got.has("CCC") {
		t.Errorf("after the next: %+v, %v", got, err)
	}
}

// TestErasureFile_checked: a line that says something else than it said, of
// another ring, or of no list, counts for nothing and is told.
func TestErasureFile_checked(t *testing.T) {
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
		got := parseErasures([]byte(erasureListHeader+line+bad+line), keys)
		if len(got.entries) != 2 || !slices.Equal(got.broken, []int{6}) || got.torn {
			t.Errorf("%s: %+v", name, got)
		}
	}
	whole := parseErasures([]byte(strings.TrimSuffix(line, "\n")), keys)
	if len(whole.entries) != 1 || whole.torn {
		t.Errorf("a whole line without its end: %+v", whole)
	}
}

// TestErasureFile_notWritable: then it says so, and nothing is added.
func TestErasureFile_notWritable(t *testing.T) {
	keys := keyFile(t)
	f := newErasureFile(keys)
	mustBe(t, os.Mkdir(f.path, 0o700), nil)
	if err := f.add(listed(keys, "AAA", "K-2026-0001")); err == nil {
		t.Error("added to a folder")
	}
	if none := newErasureFile(memoryRing(t)); none.path != "" || none.add(erasure{}) != nil {
		t.Error("a ring that came from no file has a list")
	}
}

// FuzzErasureFile: whatever the file holds, only what was sealed counts; what
// was read and written again reads the same; and a line that is added then is
// found.
func FuzzErasureFile(f *testing.F) {
	keys := memoryRing(f)
	good := listed(keys, "AAA", "K-2026-0001")
	f.Add([]byte(erasureListHeader + good.line()))
	f.Add([]byte(good.line() + "erased BBB K-2026-00"))
	f.Add([]byte("erased  K-2026-0001 2026-03-02 00\n\n#\nerased"))
	path := filepath.Join(f.TempDir(), "klachtbot.key.erased")
	f.Fuzz(func(t *testing.T, text []byte) {
		got := parseErasures(text, keys)
		again := ""
		for _, e := range got.entries {
			if !sound(keys, e) {
				t.Errorf("%+v counts", e)
			}
			again += e.line()
		}
		same := parseErasures([]byte(again), keys)
		if d := cmp.Diff(got.entries, same.entries); d != "" || same.torn || len(same.broken) > 0 {
			t.Errorf("written again (-was +is):\n%s", d)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		file := &erasureFile{path: path, keys: keys}
		fresh := listed(keys, "FRESH", "K-2026-0009")
		if err := file.add(fresh); err != nil {
			t.Fatal(err)
		}
		if after, err := file.read(); err != nil || !after.has("FRESH") || len(after.entries) != len(got.entries)+1 || after.torn {
			t.Errorf("after adding a line: %+v, %v", after, err)
		}
	})
}

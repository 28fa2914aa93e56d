package cleanup

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// listed is a sound entry of that ring.
func listed(keys *vault.Ring, id workflow.CaseID, number string) erasure {
	e := erasure{Case: id, Number: number, On: calendar.NewDate(2026, 3, 2)}
	e.Seal = erasureSeal(keys, e)
	return e
}

// TestErasureListIsAppended: readable by its owner only, with a header once,
// a line each, none twice; what was cut off keeps a line of its own.
func TestErasureListIsAppended(t *testing.T) {
	keys := storagetest.Keys(t)
	f := newErasureFile(keys)
	one, two, three := listed(keys, "AAA", "K-2026-0001"), listed(keys, "BBB", "K-2026-0002"), listed(keys, "CCC", "V-2026-0001")
	storagetest.MustBe(t, f.add(one), nil)
	storagetest.MustBe(t, f.add(one, two), nil)
	text, err := os.ReadFile(f.path)
	if want := erasureListHeader + one.line() + two.line(); err != nil || string(text) != want {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	storagetest.MustBe(t, os.WriteFile(f.path, append(text, "erased CC"...), 0o600), nil)
	got, err := f.read()
	if err != nil || !got.torn || len(got.broken) > 0 || len(got.entries) != 2 {
		t.Errorf("with a torn end: %+v, %v", got, err)
	}
	storagetest.MustBe(t, f.add(three), nil)
	got, err = f.read()
	if err != nil || got.torn || len(got.broken) != 1 || !got.has("AAA") || !got.has("BBB") || !got.has("CCC") {
		t.Errorf("after the next: %+v, %v", got, err)
	}
}

// TestErasureListIsChecked: a line that says something else than it said, of
// another ring, or of no list, counts for nothing and is told.
func TestErasureListIsChecked(t *testing.T) {
	keys := storagetest.Keys(t)
	good := listed(keys, "AAA", "K-2026-0001")
	foreign := listed(storagetest.Keys(t), "BBB", "K-2026-0002")
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

// TestErasureListCanNotBeWritten: then it says so, and nothing is added.
func TestErasureListCanNotBeWritten(t *testing.T) {
	keys := storagetest.Keys(t)
	f := newErasureFile(keys)
	storagetest.MustBe(t, os.Mkdir(f.path, 0o700), nil)
	if err := f.add(listed(keys, "AAA", "K-2026-0001")); err == nil {
		t.Error("added to a folder")
	}
	if none := newErasureFile(storagetest.MemoryRing(t, 1, 1)); none.path != "" || none.add(erasure{}) != nil {
		t.Error("a ring that came from no file has a list")
	}
}

// FuzzErasureList: whatever the file holds, only what was sealed counts; what
// was read and written again reads the same; and a line that is added then is
// found.
func FuzzErasureList(f *testing.F) {
	keys := storagetest.MemoryRing(f, 1, 0)
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

package people_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
)

// TestLanguages_chosen: a choice shows at once, survives a restart, and reaches a
// register that was opened beside it at its next sweep. The later of two choices
// counts, in whatever order they arrive, and the same one twice changes nothing.
func TestLanguages_chosen(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		choose := func(language string, pressed int64) {
			t.Helper()
			if err := reg.Languages().Choose(t.Context(), storagetest.Staff, language, pressed); err != nil {
				t.Fatal(err)
			}
		}
		reads := func(when, want string) {
			t.Helper()
			storagetest.Equal(t, when, reg.Languages().Language(storagetest.Staff), want)
		}
		reads("before", "")
		choose("en", 20)
		reads("chosen", "en")
		choose("nl", 10) // of before, redelivered
		reads("the earlier one afterwards", "en")
		choose("en", 20)
		storagetest.Equal(t, "rows", reg.Count(`SELECT count(*) FROM people WHERE language = 'en' AND chosen_at = 20`), 1)
		reg.Reopen(nil)
		reads("opened again", "en")
		if err := reg.Languages().Choose(t.Context(), storagetest.Staff, "fr", 30); err == nil {
			t.Error("French is taken")
		}
		storagetest.Equal(t, "others", reg.Languages().Language(storagetest.Officer), "")
	})
}

// TestLanguages_elsewhere: of replicas on PostgreSQL, one learns what was chosen by
// way of the other.
func TestLanguages_elsewhere(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "postgres"))
	beside := reg.Beside()
	if err := beside.Languages().Choose(t.Context(), storagetest.Staff, "en", 1); err != nil {
		t.Fatal(err)
	}
	storagetest.Equal(t, "before the sweep", reg.Languages().Language(storagetest.Staff), "")
	if _, err := reg.Sweep(t.Context(), 100); err != nil {
		t.Fatal(err)
	}
	storagetest.Equal(t, "after it", reg.Languages().Language(storagetest.Staff), "en")
	if err := beside.Languages().Choose(t.Context(), storagetest.Staff, "nl", 2); err != nil {
		t.Fatal(err)
	}
	if err := reg.Languages().Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	storagetest.Equal(t, "chosen back", reg.Languages().Language(storagetest.Staff), "nl")
}

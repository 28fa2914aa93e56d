package records_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// listFiles lists a case's attachments as "ordinal file state size".
func listFiles(reg *storagetest.Register, id workflow.CaseID) (list []string) {
	reg.Helper()
	all, err := reg.Records().Attachments(reg.Context(), id)
	if err != nil {
		reg.Fatal(err)
	}
	for _, a := range all {
		list = append(list, fmt.Sprintf("%d %s %s %d", a.Ordinal, a.File, a.State, a.Size))
	}
	return list
}

// removals lists the requests to take files out of Slack that are queued, as
// "person line".
func removals(reg *storagetest.Register) (list []string) {
	reg.Helper()
	const queued = `SELECT person || ' ' || slot FROM outbox WHERE surface = 'removal' AND lane = 'dm:' || person ORDER BY slot`
	if err := reg.Core().Read.All(reg.Context(), &list, queued); err != nil {
		reg.Fatal(err)
	}
	return list
}

func endAttachment(reg *storagetest.Register, id workflow.CaseID, ordinal int, state workflow.AttachmentState) {
	reg.Helper()
	storagetest.MustBe(reg, reg.Records().EndAttachment(reg.Context(), id, ordinal, state, ""), nil)
}

// TestAttachments_numberedAndQueuedOnce: files are numbered through the case, their content opens
// again, and each is asked for once by the outbox.
func TestAttachments_numberedAndQueuedOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("a", "b"))
		reg.Do(c.ID, storagetest.Officer, "click:1", workflow.Note{Text: "Met bijlage", Attachments: storagetest.Files("c")})
		storagetest.Equal(t, "files", listFiles(reg, c.ID), []string{"1 FA waiting 0", "2 FB waiting 0", "3 FC waiting 0"})
		if n := reg.Count(`SELECT count(*) FROM outbox WHERE lane = 'files' AND surface = 'file' AND threaded = FALSE`); n != 3 {
			t.Errorf("%d files in the outbox", n)
		}
		_, err := reg.Records().AttachmentBytes(t.Context(), c.ID, 2)
		storagetest.MustBe(t, err, records.ErrNoContent)
		content := bytes.Repeat([]byte("pixels\x00"), 5000)
		storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, 2, content), nil)
		storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, 3, nil), nil)
		storagetest.Equal(t, "files", listFiles(reg, c.ID), []string{"1 FA waiting 0", "2 FB taken 35000", "3 FC taken 0"})
		for ordinal, want := range map[int][]byte{2: content, 3: {}} {
			if got, err := reg.Records().AttachmentBytes(t.Context(), c.ID, ordinal); err != nil || !bytes.Equal(got, want) {
				t.Errorf("file %d: %d bytes, %v", ordinal, len(got), err)
			}
		}
		a, err := reg.Records().Attachment(t.Context(), c.ID, 3)
		if err != nil || a.By != storagetest.Officer || !a.At.Equal(storagetest.Monday) || a.Name.Reveal() != "c van de werkplaats.jpg" {
			t.Errorf("file 3 came from %s at %s, %v", a.By, a.At, err)
		}
		_, err = reg.Records().Attachment(t.Context(), c.ID, 4)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		_, err = reg.Records().AttachmentBytes(t.Context(), "no such", 1)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		reg.MustVerify()
	})
}

// TestAttachments_takenOnce: whoever comes late with a file, or with word of
// it, changes nothing.
func TestAttachments_takenOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("a", "b"))
		storagetest.NoErrors(t, storagetest.Together(t.Context(), 4, func(ctx context.Context, i int) error {
			return reg.Records().TakeAttachment(ctx, c.ID, 1, bytes.Repeat([]byte{byte(i)}, i+1))
		}))
		got, err := reg.Records().AttachmentBytes(t.Context(), c.ID, 1)
		if err != nil || len(got) == 0 || !bytes.Equal(got, bytes.Repeat(got[:1], int(got[0])+1)) {
			t.Errorf("%d bytes of several, %v", len(got), err)
		}
		endAttachment(reg, c.ID, 1, workflow.AttachmentRemoved)
		endAttachment(reg, c.ID, 1, workflow.AttachmentLost)
		endAttachment(reg, c.ID, 2, workflow.AttachmentLost)
		storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, 2, []byte("late")), nil)
		storagetest.Equal(t, "files", listFiles(reg, c.ID), []string{fmt.Sprintf("1 FA removed %d", len(got)), "2 FB lost 0"})
	})
}

// TestAttachments_uploaderAskedOnce: one message for all files of a form, once the last
// of them is settled, and to whoever sent in that form.
func TestAttachments_uploaderAskedOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("a", "b", "c"))
		reg.Do(c.ID, storagetest.Officer, "click:1", workflow.Note{Text: "Bijlage", Attachments: storagetest.Files("d")})
		for ordinal := range 3 {
			storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, ordinal+1, []byte("x")), nil)
		}
		endAttachment(reg, c.ID, 1, workflow.AttachmentAsked)
		endAttachment(reg, c.ID, 2, workflow.AttachmentRemoved)
		storagetest.Equal(t, "before the last", removals(reg), []string(nil))
		endAttachment(reg, c.ID, 3, workflow.AttachmentAsked)
		endAttachment(reg, c.ID, 3, workflow.AttachmentAsked)
		storagetest.Equal(t, "after the last", removals(reg), []string{"U0SAM 1"})
		endAttachment(reg, c.ID, 4, workflow.AttachmentAsked)
		storagetest.Equal(t, "another form", removals(reg), []string{"U0SAM 1", "U0FATIMA 2"})
		other := reg.Do("", storagetest.Staff, "view:2", storagetest.SampleWithFiles("e"))
		endAttachment(reg, other.ID, 1, workflow.AttachmentRemoved)
		if got := removals(reg); len(got) != 2 {
			t.Errorf("asked for what is removed: %v", got)
		}
	})
}

// TestAttachments_lastTwoSettledAtOnce: when the last two files of a form are settled in the same
// moment, the uploader is asked all the same.
func TestAttachments_lastTwoSettledAtOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 10 {
			c := reg.Do("", storagetest.Staff, fmt.Sprint("view:", i), storagetest.SampleWithFiles("a", "b"))
			storagetest.NoErrors(t, storagetest.Together(t.Context(), 2, func(ctx context.Context, i int) error {
				return reg.Records().EndAttachment(ctx, c.ID, i+1, workflow.AttachmentAsked, "")
			}))
			if got := removals(reg); len(got) != i+1 {
				t.Fatalf("%d requests after %d forms", len(got), i+1)
			}
		}
	})
}

// TestAttachments_openNowhereElse: content that somebody puts in the place of
// another file, or of another case's, does not open.
func TestAttachments_openNowhereElse(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		a, b := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("a", "b")), reg.Do("", storagetest.Staff, "view:2", storagetest.SampleWithFiles("c"))
		storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), a.ID, 1, []byte("eerste")), nil)
		for _, to := range []struct {
			id      workflow.CaseID
			ordinal int
		}{{a.ID, 2}, {b.ID, 1}} {
			reg.Exec(`UPDATE attachments SET content = (SELECT content FROM attachments WHERE complaint = $1 AND ordinal = 1)
				WHERE complaint = $2 AND ordinal = $3`, a.ID, to.id, to.ordinal)
			_, err := reg.Records().AttachmentBytes(t.Context(), to.id, to.ordinal)
			storagetest.MustBe(t, err, vault.ErrSealed)
		}
	})
}

// TestAttachments_sealed looks through every byte that SQLite keeps for a file's
// name and content.
func TestAttachments_sealed(t *testing.T) {
	url := storagetest.Address(t, "sqlite")
	reg := storagetest.New(t, url)
	c := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("foto"))
	storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, 1, []byte("het geheim van de werkbank")), nil)
	path := strings.TrimPrefix(url, "sqlite:")
	for _, name := range []string{path, path + "-wal"} {
		stored, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"werkplaats", "werkbank"} {
			if bytes.Contains(stored, []byte(secret)) {
				t.Errorf("%q stands in the clear", secret)
			}
		}
	}
}

// TestAttachments_largest: the largest file that Slack takes goes in and out.
func TestAttachments_largest(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "view:1", storagetest.SampleWithFiles("a"))
		content := slices.Repeat([]byte{0, 1, 0xfe, '\\', '\''}, workflow.MaxAttached/5)
		storagetest.MustBe(t, reg.Records().TakeAttachment(t.Context(), c.ID, 1, content), nil)
		got, err := reg.Records().AttachmentBytes(t.Context(), c.ID, 1)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}

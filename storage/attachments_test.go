package storage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// withFiles is the sample complaint with files.
func withFiles(names ...string) workflow.File {
	l := sample()
	l.Attachments = filed(names...)
	return l
}

func filed(names ...string) (files []workflow.Attachment) {
	for _, name := range names {
		files = append(files, workflow.Attachment{File: "F" + strings.ToUpper(name), Name: workflow.Confidential(name + " van de werkplaats.jpg")})
	}
	return files
}

// files lists a case's attachments as "ordinal file state size".
func (h *house) files(id workflow.CaseID) (list []string) {
	h.Helper()
	all, err := h.Records().Attachments(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	for _, a := range all {
		list = append(list, fmt.Sprintf("%d %s %s %d", a.Ordinal, a.File, a.State, a.Size))
	}
	return list
}

// removals lists the requests to take files out of Slack that are queued, as
// "person line".
func (h *house) removals() (list []string) {
	h.Helper()
	const queued = `SELECT person || ' ' || slot FROM outbox WHERE surface = 'removal' AND lane = 'dm:' || person ORDER BY slot`
	if err := h.core.Read.All(h.Context(), &list, queued); err != nil {
		h.Fatal(err)
	}
	return list
}

func (h *house) end(id workflow.CaseID, ordinal int, state workflow.AttachmentState) {
	h.Helper()
	mustBe(h, h.Records().EndAttachment(h.Context(), id, ordinal, state, ""), nil)
}

// TestAttachments: files are numbered through the case, their content opens
// again, and each is asked for once by the outbox.
func TestAttachments(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.do("", staff, "view:1", withFiles("a", "b"))
		h.do(c.ID, officer, "click:1", workflow.Note{Text: "Met bijlage", Attachments: filed("c")})
		equal(t, "files", h.files(c.ID), []string{"1 FA waiting 0", "2 FB waiting 0", "3 FC waiting 0"})
		if n := h.count(`SELECT count(*) FROM outbox WHERE lane = 'files' AND surface = 'file' AND threaded = FALSE`); n != 3 {
			t.Errorf("%d files in the outbox", n)
		}
		_, err := h.Records().AttachmentBytes(t.Context(), c.ID, 2)
		mustBe(t, err, records.ErrNoContent)
		content := bytes.Repeat([]byte("pixels\x00"), 5000)
		mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, 2, content), nil)
		mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, 3, nil), nil)
		equal(t, "files", h.files(c.ID), []string{"1 FA waiting 0", "2 FB taken 35000", "3 FC taken 0"})
		for ordinal, want := range map[int][]byte{2: content, 3: {}} {
			if got, err := h.Records().AttachmentBytes(t.Context(), c.ID, ordinal); err != nil || !bytes.Equal(got, want) {
				t.Errorf("file %d: %d bytes, %v", ordinal, len(got), err)
			}
		}
		a, err := h.Records().Attachment(t.Context(), c.ID, 3)
		if err != nil || a.By != officer || !a.At.Equal(monday) || a.Name.Reveal() != "c van de werkplaats.jpg" {
			t.Errorf("file 3 came from %s at %s, %v", a.By, a.At, err)
		}
		_, err = h.Records().Attachment(t.Context(), c.ID, 4)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		_, err = h.Records().AttachmentBytes(t.Context(), "no such", 1)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		h.clean()
	})
}

// TestAttachmentIsTakenOnce: whoever comes late with a file, or with word of
// it, changes nothing.
func TestAttachmentIsTakenOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.do("", staff, "view:1", withFiles("a", "b"))
		noErrors(t, together(t.Context(), 4, func(ctx context.Context, i int) error {
			return h.Records().TakeAttachment(ctx, c.ID, 1, bytes.Repeat([]byte{byte(i)}, i+1))
		}))
		got, err := h.Records().AttachmentBytes(t.Context(), c.ID, 1)
		if err != nil || len(got) == 0 || !bytes.Equal(got, bytes.Repeat(got[:1], int(got[0])+1)) {
			t.Errorf("%d bytes of several, %v", len(got), err)
		}
		h.end(c.ID, 1, workflow.AttachmentRemoved)
		h.end(c.ID, 1, workflow.AttachmentLost)
		h.end(c.ID, 2, workflow.AttachmentLost)
		mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, 2, []byte("late")), nil)
		equal(t, "files", h.files(c.ID), []string{fmt.Sprintf("1 FA removed %d", len(got)), "2 FB lost 0"})
	})
}

// TestUploaderIsAskedOnce: one message for all files of a form, once the last
// of them is settled, and to whoever sent in that form.
func TestUploaderIsAskedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.do("", staff, "view:1", withFiles("a", "b", "c"))
		h.do(c.ID, officer, "click:1", workflow.Note{Text: "Bijlage", Attachments: filed("d")})
		for ordinal := range 3 {
			mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, ordinal+1, []byte("x")), nil)
		}
		h.end(c.ID, 1, workflow.AttachmentAsked)
		h.end(c.ID, 2, workflow.AttachmentRemoved)
		equal(t, "before the last", h.removals(), []string(nil))
		h.end(c.ID, 3, workflow.AttachmentAsked)
		h.end(c.ID, 3, workflow.AttachmentAsked)
		equal(t, "after the last", h.removals(), []string{"U0SAM 1"})
		h.end(c.ID, 4, workflow.AttachmentAsked)
		equal(t, "another form", h.removals(), []string{"U0SAM 1", "U0FATIMA 2"})
		other := h.do("", staff, "view:2", withFiles("e"))
		h.end(other.ID, 1, workflow.AttachmentRemoved)
		if got := h.removals(); len(got) != 2 {
			t.Errorf("asked for what is removed: %v", got)
		}
	})
}

// TestTwoEndsAtOnce: when the last two files of a form are settled in the same
// moment, the uploader is asked all the same.
func TestTwoEndsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for i := range 10 {
			c := h.do("", staff, fmt.Sprint("view:", i), withFiles("a", "b"))
			noErrors(t, together(t.Context(), 2, func(ctx context.Context, i int) error {
				return h.Records().EndAttachment(ctx, c.ID, i+1, workflow.AttachmentAsked, "")
			}))
			if got := h.removals(); len(got) != i+1 {
				t.Fatalf("%d requests after %d forms", len(got), i+1)
			}
		}
	})
}

// TestAttachmentOpensNowhereElse: content that somebody puts in the place of
// another file, or of another case's, does not open.
func TestAttachmentOpensNowhereElse(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		a, b := h.do("", staff, "view:1", withFiles("a", "b")), h.do("", staff, "view:2", withFiles("c"))
		mustBe(t, h.Records().TakeAttachment(t.Context(), a.ID, 1, []byte("eerste")), nil)
		for _, to := range []struct {
			id      workflow.CaseID
			ordinal int
		}{{a.ID, 2}, {b.ID, 1}} {
			h.raw(`UPDATE attachments SET content = (SELECT content FROM attachments WHERE complaint = $1 AND ordinal = 1)
				WHERE complaint = $2 AND ordinal = $3`, a.ID, to.id, to.ordinal)
			_, err := h.Records().AttachmentBytes(t.Context(), to.id, to.ordinal)
			mustBe(t, err, vault.ErrSealed)
		}
	})
}

// TestFilesAreSealed looks through every byte that SQLite keeps for a file's
// name and content.
func TestFilesAreSealed(t *testing.T) {
	url := address(t, "sqlite")
	h := newHouse(t, url)
	c := h.do("", staff, "view:1", withFiles("foto"))
	mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, 1, []byte("het geheim van de werkbank")), nil)
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

// TestLargestFile: the largest file that Slack takes goes in and out.
func TestLargestFile(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.do("", staff, "view:1", withFiles("a"))
		content := slices.Repeat([]byte{0, 1, 0xfe, '\\', '\''}, workflow.MaxAttached/5)
		mustBe(t, h.Records().TakeAttachment(t.Context(), c.ID, 1, content), nil)
		got, err := h.Records().AttachmentBytes(t.Context(), c.ID, 1)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
}

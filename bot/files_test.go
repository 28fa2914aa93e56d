package bot

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/workflow"
)

// photo is a file with bytes that no text encoding leaves alone.
func photo(name string) slacksim.Upload {
	return slacksim.Upload{Name: name, Type: "image/png", Body: bytes.Repeat([]byte("\x89PNG\x00\xff"+name), 5000)}
}

// formWithFiles has somebody log a complaint with files through a modal, as
// Slack has them do it, and returns the case.
func formWithFiles(l *botTest, db *storage.DB, uploads ...slacksim.Upload) workflow.Complaint {
	l.Helper()
	made := make(chan workflow.Complaint, 1)
	sendFiles(l, func(ctx context.Context, view string, files []workflow.Attachment) {
		log := bottest.Complaint()
		log.Attachments = files
		r, err := db.Apply(ctx, workflow.Command{Action: log, By: anna, Gesture: view})
		l.Must(err)
		made <- r.Complaint
	}, uploads...)
	return <-made
}

// sendFiles has somebody send files in through a modal.
func sendFiles(l *botTest, take func(ctx context.Context, view string, files []workflow.Attachment), uploads ...slacksim.Upload) {
	l.Helper()
	l.handler.command = func(ctx context.Context, c incoming.Command) handlers.Ack {
		input := slack.NewInputBlock("attachments", slack.NewTextBlockObject(slack.PlainTextType, "Bijlagen", false, false), nil,
			slack.NewFileInputBlockElement("value"))
		_, err := l.handler.slack.OpenView(ctx, c.TriggerID, slack.ModalViewRequest{
			Type: slack.VTModal, CallbackID: "files", Blocks: slack.Blocks{BlockSet: []slack.Block{input}},
			Title:  slack.NewTextBlockObject(slack.PlainTextType, "Klacht", false, false),
			Submit: slack.NewTextBlockObject(slack.PlainTextType, "Ja", false, false),
		})
		l.Must(err)
		return handlers.Ack{}
	}
	l.handler.interaction = func(ctx context.Context, in incoming.Interaction) handlers.Ack {
		var files []workflow.Attachment
		for _, f := range in.View.State.Values["attachments"]["value"].Attached {
			files = append(files, workflow.Attachment{File: f.ID, Name: workflow.Confidential(f.Name)})
		}
		take(ctx, in.View.ID, files)
		return handlers.Ack{}
	}
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	view, err := l.Sim.As(anna).AwaitModal(l.Ctx, "files")
	l.Must(err)
	_, err = l.Sim.As(anna).Submit(l.Ctx, view.ID, slacksim.Values{"attachments": uploads})
	l.Must(err)
}

// ownFile is a file of the bot's own, which Slack lets it delete.
func ownFile(l *botTest, content []byte) string {
	l.Helper()
	web := slackapi.NewHTTP(outbox.CallTime)
	defer web.CloseIdleConnections()
	file, err := slackapi.New(l.Account, web).UploadFileContext(l.Ctx, slack.UploadFileParameters{
		Filename: "eigen.bin", Reader: bytes.NewReader(content), FileSize: len(content),
	})
	l.Must(err)
	return file.ID
}

// logged logs a complaint with files that are in Slack already.
func logged(l *botTest, db *storage.DB, files ...string) workflow.Complaint {
	l.Helper()
	log := bottest.Complaint()
	for _, id := range files {
		log.Attachments = append(log.Attachments, workflow.Attachment{File: id, Name: "bestand"})
	}
	r, err := db.Apply(l.Ctx, workflow.Command{Action: log, By: anna, Gesture: strings.Join(files, " ")})
	l.Must(err)
	return r.Complaint
}

func checkFiles(l *botTest, db *storage.DB, c workflow.Complaint, want ...workflow.AttachmentState) {
	l.Helper()
	files, err := db.Records().Attachments(l.Ctx, c.ID)
	l.Must(err)
	if len(files) != len(want) {
		l.Fatalf("%d files, want %d", len(files), len(want))
	}
	for i, f := range files {
		if f.State != want[i] {
			l.Errorf("file %d is %s, want %s", i+1, f.State, want[i])
		}
	}
}

func checkContent(l *botTest, db *storage.DB, c workflow.Complaint, ordinal int, want []byte) {
	l.Helper()
	got, err := db.Records().AttachmentBytes(l.Ctx, c.ID, ordinal)
	if err != nil || !bytes.Equal(got, want) {
		l.Errorf("file %d: %d bytes, want %d; %v", ordinal, len(got), len(want), err)
	}
}

// requests counts the requests to remove files that a person got.
func requests(l *botTest, who string) (n int) {
	for _, m := range l.Sim.As(who).DMs() {
		if strings.HasSuffix(m.Text, string(outbox.KindFileRemoval)) {
			n++
		}
	}
	return n
}

// patient gives a bot the patience that it has outside of tests: large files
// take their time on a slow machine.
func patient(l *botTest, _ *slacksim.Config) { l.config.Timing.Call = outbox.CallTime }

// TestFiles_areTakenOver: what somebody sends in goes into the register, and
// they are asked once to remove what Slack keeps for them.
func TestFiles_areTakenOver(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	db := l.db
	l.run()
	c := formWithFiles(l, db, photo("a.png"), photo("b.png"))
	l.AwaitIdle(l.db)
	checkFiles(l, db, c, workflow.AttachmentAsked, workflow.AttachmentAsked)
	checkContent(l, db, c, 1, photo("a.png").Body)
	checkContent(l, db, c, 2, photo("b.png").Body)
	if n := requests(l, anna); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestFiles_thatTheBotMayDelete leave Slack, and nobody is asked for anything.
func TestFiles_thatTheBotMayDelete(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	db := l.db
	id := ownFile(l, []byte("inhoud"))
	c := logged(l, db, id)
	l.run()
	l.AwaitIdle(l.db)
	checkFiles(l, db, c, workflow.AttachmentRemoved)
	checkContent(l, db, c, 1, []byte("inhoud"))
	if _, _, there := l.Sim.File(id); there {
		t.Error("the file is still in Slack")
	}
	if n := requests(l, anna); n != 0 {
		t.Errorf("asked %d times", n)
	}
}

// TestFiles_ofAMail: the files of an e-mail are taken over one by one, each from its
// place. Slack deletes none of them for the bot.
func TestFiles_ofAMail(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	ts, err := l.Sim.ReceiveMail(lobby, slacksim.Mail{
		From: "noor@example.org", Subject: "Klacht", Text: "koud",
		Parts: []slacksim.MailPart{{Name: "a.pdf", Body: []byte("eerste")}, {Name: "b.pdf", Body: []byte("tweede")}},
	})
	l.Must(err)
	var mail string
	for _, m := range l.Sim.Messages(lobby) {
		if m.TS == ts {
			mail = m.Files[0].ID
		}
	}
	l.Sim.Faults().LoseAnswer(slackapi.MethodDownload, 1)
	c := logged(l, l.db, workflow.MailPart(mail, 1), workflow.MailPart(mail, 0))
	l.run()
	l.AwaitIdle(l.db)
	checkFiles(l, l.db, c, workflow.AttachmentAsked, workflow.AttachmentAsked)
	checkContent(l, l.db, c, 1, []byte("tweede"))
	checkContent(l, l.db, c, 2, []byte("eerste"))
	if n := requests(l, anna); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestFiles_thatCanNotBeTaken: a file that is gone and one that is too large are on
// record as such, and the next one is taken over.
func TestFiles_thatCanNotBeTaken(t *testing.T) {
	t.Parallel()
	l := newBotTest(t, patient)
	db := l.db
	large := ownFile(l, make([]byte, workflow.MaxAttached+1))
	deleted := ownFile(l, []byte("x"))
	l.Must(l.API.DeleteFileContext(l.Ctx, deleted))
	largest := ownFile(l, make([]byte, workflow.MaxAttached))
	c := logged(l, db, deleted, large, largest)
	l.run()
	l.AwaitIdle(l.db)
	checkFiles(l, db, c, workflow.AttachmentLost, workflow.AttachmentRefused, workflow.AttachmentRemoved)
	checkContent(l, db, c, 3, make([]byte, workflow.MaxAttached))
	_, err := db.Records().AttachmentBytes(l.Ctx, c.ID, 2)
	if !errors.Is(err, records.ErrNoContent) {
		t.Errorf("the large one: %v", err)
	}
	if _, _, there := l.Sim.File(large); !there {
		t.Error("what was not taken over is gone from Slack")
	}
}

// TestFiles_thatSlackKnowsLater: a file that was sent in a moment ago is in a scan
// and unknown, or half known. It is no loss; it is taken over whole.
func TestFiles_thatSlackKnowsLater(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]slacksim.FileState{
		"unknown": slacksim.FileUnknown, "hidden": slacksim.FileHidden, "incomplete": slacksim.FileIncomplete,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newBotTest(t)
			l.Sim.HoldFiles(state)
			l.run()
			c := formWithFiles(l, l.db, photo("a.png"))
			l.AwaitCalls(slackapi.MethodFileInfo, 2)
			checkFiles(l, l.db, c, workflow.AttachmentWaiting)
			l.Sim.ReleaseFiles()
			l.AwaitIdle(l.db)
			checkFiles(l, l.db, c, workflow.AttachmentAsked)
			checkContent(l, l.db, c, 1, photo("a.png").Body)
		})
	}
}

// TestFiles_thatSlackKeeps: whatever Slack's word for refusing to delete a file,
// who sent it in is asked to, at once.
func TestFiles_thatSlackKeeps(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"file_deleting_disabled", "delete_not_allowed", "access_denied", "no_permission", "missing_scope", "one_that_is_new"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			l := newBotTest(t)
			l.Sim.Faults().Error(slackapi.MethodFileDelete, code, 10)
			l.run()
			c := formWithFiles(l, l.db, photo("a.png"))
			l.AwaitIdle(l.db)
			checkFiles(l, l.db, c, workflow.AttachmentAsked)
			// An answer that came too late is asked for once more.
			if n := requests(l, anna); n != 1 || l.Calls(slackapi.MethodFileDelete) > 2 {
				t.Errorf("asked %d times after %d attempts", n, l.Calls(slackapi.MethodFileDelete))
			}
		})
	}
}

// TestFiles_throughTrouble: whatever goes wrong on the way, each file is taken
// over whole, and the uploader is asked once.
func TestFiles_throughTrouble(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"info lost":          func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodFileInfo, 1) },
		"info limited":       func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodFileInfo, time.Second, 1) },
		"download cut":       func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodDownload, 2) },
		"download half":      func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodDownload, 1) },
		"download 503":       func(f *slacksim.Faults) { f.Status(slackapi.MethodDownload, http.StatusServiceUnavailable, 1) },
		"download 302":       func(f *slacksim.Faults) { f.Status(slackapi.MethodDownload, http.StatusFound, 1) },
		"download limited":   func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodDownload, time.Second, 1) },
		"delete lost":        func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodFileDelete, 1) },
		"delete 500":         func(f *slacksim.Faults) { f.Error(slackapi.MethodFileDelete, "internal_error", 1) },
		"delete limited":     func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodFileDelete, time.Second, 1) },
		"request lost":       func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodPost, 5) },
		"direct message cut": func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodOpen, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newBotTest(t)
			db := l.db
			l.run()
			trouble(l.Sim.Faults())
			c := formWithFiles(l, db, photo("a.png"), photo("b.png"))
			l.AwaitIdle(l.db)
			checkFiles(l, db, c, workflow.AttachmentAsked, workflow.AttachmentAsked)
			checkContent(l, db, c, 1, photo("a.png").Body)
			checkContent(l, db, c, 2, photo("b.png").Body)
			if n := requests(l, anna); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// TestFiles_aPageInPlaceOfTheFile: Slack sometimes answers a download with a page for
// a browser, and says that all is well. It is not taken for the file, which would be
// deleted.
func TestFiles_aPageInPlaceOfTheFile(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.Sim.Faults().PageAfter(slackapi.MethodDownload, http.StatusOK, 1)
	c := logged(l, l.db, ownFile(l, []byte("inhoud")))
	l.run()
	l.AwaitIdle(l.db)
	checkFiles(l, l.db, c, workflow.AttachmentRemoved)
	checkContent(l, l.db, c, 1, []byte("inhoud"))
}

// TestFiles_stopWhileDownloading: a stop breaks a download off, and the next start
// takes the file over.
func TestFiles_stopWhileDownloading(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	db := l.db
	c := logged(l, db, ownFile(l, []byte("inhoud")))
	l.Sim.Faults().Delay(slackapi.MethodDownload, time.Minute, 1)
	l.run()
	for l.Calls(slackapi.MethodFileInfo) == 0 {
		if !slackapi.Pause(l.Ctx, 10*time.Millisecond) { // asking changes nothing in Slack that could be waited for
			t.Fatal("nobody asked about the file")
		}
	}
	began := time.Now()
	l.stop()
	l.Must(l.end())
	if took := time.Since(began); took > stopTime {
		t.Errorf("the stop took %v", took)
	}
	checkFiles(l, db, c, workflow.AttachmentWaiting)
	l.Sim.Faults().Clear() // the stop may have come between asking and downloading
	l.assemble()
	l.run()
	l.AwaitIdle(l.db)
	checkFiles(l, db, c, workflow.AttachmentRemoved)
	checkContent(l, db, c, 1, []byte("inhoud"))
}

package bot

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
)

// photo is a file with bytes that no text encoding leaves alone.
func photo(name string) slacksim.Upload {
	return slacksim.Upload{Name: name, Type: "image/png", Body: bytes.Repeat([]byte("\x89PNG\x00\xff"+name), 5000)}
}

// formWithFiles has somebody log a complaint with files through a modal, as
// Slack has them do it, and returns the case.
func formWithFiles(l *lab, db *storage.DB, uploads ...slacksim.Upload) workflow.Complaint {
	l.Helper()
	made := make(chan workflow.Complaint, 1)
	sendFiles(l, func(ctx context.Context, view string, files []workflow.Attachment) {
		log := complaint()
		log.Attachments = files
		r, err := db.Apply(ctx, workflow.Command{Action: log, By: anna, Gesture: view})
		l.must(err)
		made <- r.Complaint
	}, uploads...)
	return <-made
}

// sendFiles has somebody send files in through a modal.
func sendFiles(l *lab, take func(ctx context.Context, view string, files []workflow.Attachment), uploads ...slacksim.Upload) {
	l.Helper()
	l.front.command = func(ctx context.Context, c slack.SlashCommand) handlers.Ack {
		input := slack.NewInputBlock("attachments", slack.NewTextBlockObject(slack.PlainTextType, "Bijlagen", false, false), nil,
			slack.NewFileInputBlockElement("value"))
		_, err := l.front.slack.OpenView(ctx, c.TriggerID, slack.ModalViewRequest{
			Type: slack.VTModal, CallbackID: "files", Blocks: slack.Blocks{BlockSet: []slack.Block{input}},
			Title:  slack.NewTextBlockObject(slack.PlainTextType, "Klacht", false, false),
			Submit: slack.NewTextBlockObject(slack.PlainTextType, "Ja", false, false),
		})
		l.must(err)
		return handlers.Ack{}
	}
	l.front.interaction = func(ctx context.Context, in slack.InteractionCallback) handlers.Ack {
		var files []workflow.Attachment
		for _, f := range in.View.State.Values["attachments"]["value"].Files {
			files = append(files, workflow.Attachment{File: f.ID, Name: workflow.Confidential(f.Name)})
		}
		take(ctx, in.View.ID, files)
		return handlers.Ack{}
	}
	_, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "")
	l.must(err)
	view, err := l.sim.As(anna).AwaitModal(l.ctx, "files")
	l.must(err)
	_, err = l.sim.As(anna).Submit(l.ctx, view.ID, slacksim.Values{"attachments": uploads})
	l.must(err)
}

// ownFile is a file of the bot's own, which Slack lets it delete.
func ownFile(l *lab, content []byte) string {
	l.Helper()
	file, err := l.bot.sender.courier.api.UploadFileContext(l.ctx, slack.UploadFileParameters{
		Filename: "eigen.bin", Reader: bytes.NewReader(content), FileSize: len(content),
	})
	l.must(err)
	return file.ID
}

// logged logs a complaint with files that are in Slack already.
func logged(l *lab, db *storage.DB, files ...string) workflow.Complaint {
	l.Helper()
	log := complaint()
	for _, id := range files {
		log.Attachments = append(log.Attachments, workflow.Attachment{File: id, Name: "bestand"})
	}
	r, err := db.Apply(l.ctx, workflow.Command{Action: log, By: anna, Gesture: strings.Join(files, " ")})
	l.must(err)
	return r.Complaint
}

func checkFiles(l *lab, db *storage.DB, c workflow.Complaint, want ...workflow.AttachmentState) {
	l.Helper()
	files, err := db.Attachments(l.ctx, c.ID)
	l.must(err)
	if len(files) != len(want) {
		l.Fatalf("%d files, want %d", len(files), len(want))
	}
	for i, f := range files {
		if f.State != want[i] {
			l.Errorf("file %d is %s, want %s", i+1, f.State, want[i])
		}
	}
}

func checkContent(l *lab, db *storage.DB, c workflow.Complaint, ordinal int, want []byte) {
	l.Helper()
	got, err := db.AttachmentBytes(l.ctx, c.ID, ordinal)
	if err != nil || !bytes.Equal(got, want) {
		l.Errorf("file %d: %d bytes, want %d; %v", ordinal, len(got), len(want), err)
	}
}

// requests counts the requests to remove files that a person got.
func requests(l *lab, who string) (n int) {
	for _, m := range l.sim.As(who).DMs() {
		if strings.HasSuffix(m.Text, string(outbox.KindFileRemoval)) {
			n++
		}
	}
	return n
}

func filesLab(t *testing.T, changes ...func(*lab, *slacksim.Config)) (*lab, *storage.DB) {
	t.Helper()
	db, withDB := onRegister(t, time.Millisecond)
	return newLab(t, append(changes, withDB)...), *db
}

// patient gives a bot the patience that it has outside of tests: large files
// take their time on a slow machine.
func patient(l *lab, _ *slacksim.Config) { l.config.patience = httpTimeout }

// TestFilesAreTakenOver: what somebody sends in goes into the register, and
// they are asked once to remove what Slack keeps for them.
func TestFilesAreTakenOver(t *testing.T) {
	t.Parallel()
	l, db := filesLab(t)
	l.run()
	c := formWithFiles(l, db, photo("a.png"), photo("b.png"))
	awaitIdle(l, db)
	checkFiles(l, db, c, workflow.AttachmentAsked, workflow.AttachmentAsked)
	checkContent(l, db, c, 1, photo("a.png").Body)
	checkContent(l, db, c, 2, photo("b.png").Body)
	if n := requests(l, anna); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

// TestFilesThatTheBotMayDelete leave Slack, and nobody is asked for anything.
func TestFilesThatTheBotMayDelete(t *testing.T) {
	t.Parallel()
	l, db := filesLab(t)
	id := ownFile(l, []byte("inhoud"))
	c := logged(l, db, id)
	l.run()
	awaitIdle(l, db)
	checkFiles(l, db, c, workflow.AttachmentRemoved)
	checkContent(l, db, c, 1, []byte("inhoud"))
	if _, _, there := l.sim.File(id); there {
		t.Error("the file is still in Slack")
	}
	if n := requests(l, anna); n != 0 {
		t.Errorf("asked %d times", n)
	}
}

// TestFilesThatCanNotBeTaken: a file that is gone, one that never was, and one
// that is too large are on record as such, and the next one is taken over.
func TestFilesThatCanNotBeTaken(t *testing.T) {
	t.Parallel()
	l, db := filesLab(t, patient)
	large := ownFile(l, make([]byte, workflow.MaxAttached+1))
	deleted := ownFile(l, []byte("x"))
	l.must(l.bot.sender.courier.api.DeleteFileContext(l.ctx, deleted))
	largest := ownFile(l, make([]byte, workflow.MaxAttached))
	c := logged(l, db, deleted, "F0NONE", large, largest)
	l.run()
	awaitIdle(l, db)
	checkFiles(l, db, c, workflow.AttachmentLost, workflow.AttachmentLost, workflow.AttachmentRefused, workflow.AttachmentRemoved)
	checkContent(l, db, c, 4, make([]byte, workflow.MaxAttached))
	_, err := db.AttachmentBytes(l.ctx, c.ID, 3)
	if !errors.Is(err, storage.ErrNoContent) {
		t.Errorf("the large one: %v", err)
	}
	if _, _, there := l.sim.File(large); !there {
		t.Error("what was not taken over is gone from Slack")
	}
}

// TestFilesThroughTrouble: whatever goes wrong on the way, each file is taken
// over whole, and the uploader is asked once.
func TestFilesThroughTrouble(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"info lost":          func(f *slacksim.Faults) { f.LoseAnswer(methodFileInfo, 1) },
		"info limited":       func(f *slacksim.Faults) { f.RateLimit(methodFileInfo, time.Second, 1) },
		"download cut":       func(f *slacksim.Faults) { f.CutBefore(methodDownload, 2) },
		"download half":      func(f *slacksim.Faults) { f.LoseAnswer(methodDownload, 1) },
		"download 503":       func(f *slacksim.Faults) { f.Status(methodDownload, http.StatusServiceUnavailable, 1) },
		"download 302":       func(f *slacksim.Faults) { f.Status(methodDownload, http.StatusFound, 1) },
		"download limited":   func(f *slacksim.Faults) { f.RateLimit(methodDownload, time.Second, 1) },
		"delete lost":        func(f *slacksim.Faults) { f.LoseAnswer(methodFileDelete, 1) },
		"delete 500":         func(f *slacksim.Faults) { f.Error(methodFileDelete, "internal_error", 1) },
		"delete limited":     func(f *slacksim.Faults) { f.RateLimit(methodFileDelete, time.Second, 1) },
		"request lost":       func(f *slacksim.Faults) { f.LoseAnswer(methodPost, 5) },
		"direct message cut": func(f *slacksim.Faults) { f.CutBefore(methodOpen, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, db := filesLab(t)
			l.run()
			trouble(l.sim.Faults())
			c := formWithFiles(l, db, photo("a.png"), photo("b.png"))
			awaitIdle(l, db)
			checkFiles(l, db, c, workflow.AttachmentAsked, workflow.AttachmentAsked)
			checkContent(l, db, c, 1, photo("a.png").Body)
			checkContent(l, db, c, 2, photo("b.png").Body)
			if n := requests(l, anna); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// TestStopWhileDownloading: a stop breaks a download off, and the next start
// takes the file over.
func TestStopWhileDownloading(t *testing.T) {
	t.Parallel()
	l, db := filesLab(t)
	c := logged(l, db, ownFile(l, []byte("inhoud")))
	l.sim.Faults().Delay(methodDownload, time.Minute, 1)
	l.run()
	for !called(l, methodFileInfo) {
		if !pause(l.ctx, 10*time.Millisecond) { // asking changes nothing in Slack that could be waited for
			t.Fatal("nobody asked about the file")
		}
	}
	began := time.Now()
	l.stop()
	l.must(l.end())
	if took := time.Since(began); took > stopTime {
		t.Errorf("the stop took %v", took)
	}
	checkFiles(l, db, c, workflow.AttachmentWaiting)
	l.sim.Faults().Clear() // the stop may have come between asking and downloading
	var err error
	l.bot, err = New(l.config)
	l.must(err)
	l.run()
	awaitIdle(l, db)
	checkFiles(l, db, c, workflow.AttachmentRemoved)
	checkContent(l, db, c, 1, []byte("inhoud"))
}

func called(l *lab, method string) bool {
	for _, c := range l.sim.Calls() {
		if c.Method == method {
			return true
		}
	}
	return false
}

// TestTokenGoesToSlackOnly: a file's address decides nothing about who sees
// the token, and neither does a redirect.
func TestTokenGoesToSlackOnly(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("another host was asked, token %t", r.Header.Get("Authorization") != "")
	}))
	defer elsewhere.Close()
	asked := 0
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Header.Get("Authorization") != "Bearer xoxb-secret" {
			t.Error("Slack was asked without the token")
		}
		http.Redirect(w, r, elsewhere.URL+"/file", http.StatusFound)
	}))
	defer home.Close()
	web := newWeb(time.Second)
	defer web.CloseIdleConnections()
	p := newPorter(Config{APIURL: home.URL + "/api/", BotToken: "xoxb-secret", patience: time.Second}, nil, web)
	_, err := p.download(t.Context(), home.URL+"/file", 3)
	var status slack.StatusCodeError
	if !errors.As(err, &status) || status.Code != http.StatusFound || asked != 1 {
		t.Errorf("a redirect: %v, asked %d times", err, asked)
	}
	host := strings.TrimPrefix(home.URL, "http://")
	for _, address := range []string{
		elsewhere.URL + "/file", "https://" + host + "/file", "http://files.slack.com/x", "https://files.slack.com.example.org/x",
		"https://slack.com/x", "//" + host + "/x", "", "file:///etc/hosts", "http://u:p@" + host + "/x", "http://" + host + "%zz",
	} {
		if _, err := p.download(t.Context(), address, 3); !errors.Is(err, errElsewhere) {
			t.Errorf("%q: %v", address, err)
		}
	}
	if err := p.checkAddress("https://files.slack.com/files-pri/T1-F1/download/a.png"); err != nil {
		t.Errorf("where Slack keeps files: %v", err)
	}
	if _, err := url.Parse(p.host.String()); err != nil || asked != 1 {
		t.Errorf("asked %d times, %v", asked, err)
	}
}

// TestMoreBytesThanSlackSaid: the limit holds whatever the size was said to
// be.
func TestMoreBytesThanSlackSaid(t *testing.T) {
	home := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(make([]byte, workflow.MaxAttached+2)) // the client hangs up
	}))
	defer home.Close()
	web := newWeb(time.Second)
	defer web.CloseIdleConnections()
	p := newPorter(Config{APIURL: home.URL + "/api/", patience: time.Second}, nil, web)
	if _, err := p.download(t.Context(), home.URL+"/file", 3); !errors.Is(err, errTooLarge) {
		t.Errorf("too many bytes: %v", err)
	}
}

package delivery

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
)

const sorry = "het bestand komt niet"

// paper is the delivery of a document to olga; delivery 1 in the outbox.
func paper() outbox.Delivery {
	return outbox.Delivery{
		Case: "c1", Payload: outbox.DocumentFile{To: olga, ID: "doc"}, Lane: outbox.DirectLane(olga),
	}
}

// withDocument renders the document, or the taking back of the file.
func withDocument(doc handlers.Document) func(context.Context, outbox.Delivery) (handlers.Message, int, error) {
	return func(_ context.Context, d outbox.Delivery) (handlers.Message, int, error) {
		m := handlers.Message{Text: sorry}
		m.Document = &doc
		return m, d.Version, nil
	}
}

var printed = handlers.Document{Name: "dossier-K-2026-0001.pdf", Content: []byte("%PDF sealed"), Comment: "K-2026-0001: het dossier"}

// documents are the files in somebody's direct messages.
func (l *deliveryTest) documents(who string) (files []slacksim.File) {
	for _, m := range l.Sim.Messages(l.Sim.As(who).DM()) {
		files = append(files, m.Files...)
	}
	return files
}

// TestDocument_exactlyOnce hands a document over through every fault at every
// stage: there is one file in the end, and the outbox knows which.
func TestDocument_exactlyOnce(t *testing.T) {
	t.Parallel()
	faults := map[string]func(f *slacksim.Faults, method string){
		"":               func(*slacksim.Faults, string) {},
		"answer lost":    func(f *slacksim.Faults, method string) { f.LoseAnswer(method, 1) },
		"cut before":     func(f *slacksim.Faults, method string) { f.CutBefore(method, 1) },
		"503":            func(f *slacksim.Faults, method string) { f.Status(method, http.StatusServiceUnavailable, 1) },
		"internal_error": func(f *slacksim.Faults, method string) { f.Error(method, "internal_error", 1) },
		"applied, 502":   func(f *slacksim.Faults, method string) { f.PageAfter(method, http.StatusBadGateway, 1) },
		"applied, HTML":  func(f *slacksim.Faults, method string) { f.PageAfter(method, http.StatusOK, 1) },
		"applied, error": func(f *slacksim.Faults, method string) { f.ErrorAfter(method, "internal_error", 1) },
		"limited":        func(f *slacksim.Faults, method string) { f.RateLimit(method, time.Second, 1) },
		"hung":           func(f *slacksim.Faults, method string) { f.Delay(method, 700*time.Millisecond, 1) },
	}
	for name, trouble := range faults {
		for _, method := range []string{slackapi.MethodOpen, slackapi.MethodUploadURL, slackapi.MethodUpload, slackapi.MethodComplete} {
			t.Run(method+" "+name, func(t *testing.T) {
				t.Parallel()
				l := newDeliveryTest(t)
				l.render = withDocument(printed)
				trouble(l.Sim.Faults(), method)
				l.run()
				l.outbox.put(paper())
				r := l.outbox.awaitDone(t, 1)
				files := l.documents(olga)
				if len(files) != 1 {
					t.Fatalf("%d files, want 1", len(files))
				}
				posted := last(r).Posted
				if posted.File != files[0].ID || files[0].Name != printed.Name || files[0].Title != printed.Name {
					t.Errorf("settled as %s; the file is %s, %s", posted.File, files[0].ID, files[0].Name)
				}
				if _, body, _ := l.Sim.File(posted.File); string(body) != string(printed.Content) {
					t.Error("the file holds something else")
				}
				if m := l.Only(l.Sim.As(olga).DM()); m.Text != printed.Comment+" ("+r.Key[:8]+")" {
					t.Errorf("beside the file stands %q", m.Text)
				}
			})
		}
	}
}

// TestDocument_ofAProcessThatDied: it was handed over and not settled; the
// successor finds it by its name.
func TestDocument_ofAProcessThatDied(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.render = withDocument(printed)
	l.run()
	l.outbox.put(paper())
	first := last(l.outbox.awaitDone(t, 1)).Posted
	again := paper() // as its successor gets it
	again.Attempts, again.FirstTry = 1, time.Now().Add(-time.Hour)
	l.outbox.put(again)
	if posted := last(l.outbox.awaitDone(t, 2)).Posted; posted.File != first.File || len(l.documents(olga)) != 1 {
		t.Errorf("settled as %s, want the file %s that was there", posted.File, first.File)
	}
}

// TestDocument_thatIsSharedLater: Slack said that it took the file, and shows it
// some time after; until then it is neither taken for handed over nor sent again.
func TestDocument_thatIsSharedLater(t *testing.T) {
	t.Parallel()
	for name, state := range map[string]slacksim.FileState{
		"unknown": slacksim.FileUnknown, "hidden": slacksim.FileHidden, "incomplete": slacksim.FileIncomplete,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.render = withDocument(printed)
			l.Sim.HoldFiles(state)
			if name == "hidden" {
				l.Sim.Faults().LoseAnswer(slackapi.MethodComplete, 1)
			}
			l.run()
			l.outbox.put(paper())
			if r := l.outbox.awaitTry(t, 1, 2); r.done || len(l.documents(olga)) > 0 {
				t.Errorf("settled as %+v before it was there", last(r))
			}
			l.Sim.ReleaseFiles()
			r := l.outbox.awaitDone(t, 1)
			if files := l.documents(olga); len(files) != 1 || files[0].ID != last(r).Posted.File || l.Calls(slackapi.MethodComplete) != 1 {
				t.Errorf("%d files, settled as %+v, after %d uploads", len(files), last(r).Posted, l.Calls(slackapi.MethodComplete))
			}
		})
	}
}

// TestDocument_thatIsSharedAfterADeath: the process that brought the file is gone, and
// nobody knows its id; the next one waits for it too, and brings it in the end.
func TestDocument_thatIsSharedAfterADeath(t *testing.T) {
	t.Parallel()
	for name, shared := range map[string]bool{"shared": true, "never shared": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.render = withDocument(printed)
			l.Sim.HoldFiles(slacksim.FileUnknown)
			l.run()
			l.outbox.put(paper())
			l.outbox.awaitTry(t, 1, 1)
			l.stop()
			l.Must(l.end())
			before := l.outbox.tries(1)
			l.assemble()
			began := time.Now()
			l.run()
			l.outbox.awaitTry(t, 1, before+1)
			if shared {
				l.Sim.ReleaseFiles()
			} else {
				l.Sim.DropShares()
			}
			r := l.outbox.awaitDone(t, 1)
			uploads := l.Calls(slackapi.MethodComplete)
			if files := l.documents(olga); len(files) != 1 || files[0].ID != last(r).Posted.File || shared != (uploads == 1) {
				t.Errorf("%d files after %d uploads", len(files), uploads)
			}
			if took := time.Since(began); !shared && took < anothersShare*bottest.Patience {
				t.Errorf("brought again after %v", took)
			}
		})
	}
}

// TestDocument_thatIsNeverShared: what Slack took and shows nowhere is brought
// again, and what it kept is deleted, so that nothing turns up later.
func TestDocument_thatIsNeverShared(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.render = withDocument(printed)
	l.Sim.HoldFiles(slacksim.FileIncomplete)
	l.run()
	l.outbox.put(paper())
	lost := ""
	for n := 1; lost == ""; n++ { // an attempt that got no answer knows of no file
		l.outbox.awaitTry(t, 1, n)
		lost = l.sender.messages.sharing.of(l.outbox.row(1).ID).file
	}
	l.Sim.DropShares()
	r := l.outbox.awaitDone(t, 1)
	files := l.documents(olga)
	if len(files) != 1 || files[0].ID != last(r).Posted.File || files[0].ID == lost {
		t.Errorf("%d files, settled as %+v, the lost one is %s", len(files), last(r).Posted, lost)
	}
	if _, _, there := l.Sim.File(lost); lost == "" || there {
		t.Errorf("the lost file %q is still in Slack", lost)
	}
}

// TestDocument_thatIsWithheld: it was handed over in an attempt of which nobody
// knew the end, and the person lost the rights since. It is found, so that it
// can be taken back; one that is not there is not sent.
func TestDocument_thatIsWithheld(t *testing.T) {
	t.Parallel()
	for _, there := range []bool{true, false} {
		l := newDeliveryTest(t)
		l.render = func(ctx context.Context, d outbox.Delivery) (handlers.Message, int, error) {
			doc := printed
			if d.Attempts > 1 || !there {
				doc.Content, doc.Withheld = nil, true
			}
			return withDocument(doc)(ctx, d)
		}
		l.Sim.Faults().LoseAnswer(slackapi.MethodComplete, 1)
		l.run()
		l.outbox.put(paper())
		settled := last(l.outbox.awaitDone(t, 1))
		files := l.documents(olga)
		switch {
		case there && (len(files) != 1 || settled.Posted == nil || settled.Posted.File != files[0].ID):
			t.Errorf("settled as %+v, with %d files", settled, len(files))
		case !there && (len(files) != 0 || !settled.Drop):
			t.Errorf("nothing to find: settled as %+v, with %d files", settled, len(files))
		}
	}
}

func last(r row) outbox.Settlement { return r.history[len(r.history)-1] }

// TestDocument_thatSlackRefuses: whatever the refusal, and whichever call meets
// it, the person reads at once why there is no file, and reads it once.
func TestDocument_thatSlackRefuses(t *testing.T) {
	t.Parallel()
	for code, method := range map[string]string{
		"file_uploads_disabled":               slackapi.MethodUploadURL,
		"file_uploads_except_images_disabled": slackapi.MethodUploadURL,
		"file_upload_size_restricted":         slackapi.MethodUploadURL,
		"storage_limit_reached":               slackapi.MethodUploadURL,
		"missing_scope":                       slackapi.MethodUploadURL,
		"blocked_file_type":                   slackapi.MethodComplete,
		"file_type_not_allowed":               slackapi.MethodComplete,
		"posting_to_channel_denied":           slackapi.MethodComplete,
		"access_denied":                       slackapi.MethodComplete,
		"one_that_is_new":                     slackapi.MethodComplete,
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.render = withDocument(printed)
			l.Sim.Faults().Error(method, code, 2)
			l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 1)
			l.run()
			l.outbox.put(paper())
			r := l.outbox.awaitDone(t, 1)
			if m := l.Only(l.Sim.As(olga).DM()); m.Text != sorry || len(m.Files) > 0 || m.TS != r.TS {
				t.Errorf("message %q with %d files", m.Text, len(m.Files))
			}
			if r.history[0].Fault == code {
				t.Error("nobody was told at once")
			}
		})
	}
}

// TestDocument_thatWaitedTooLong: there is nothing to send any more.
func TestDocument_thatWaitedTooLong(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	late := printed
	late.Content = nil
	l.render = withDocument(late)
	l.run()
	l.outbox.put(paper())
	l.outbox.awaitDone(t, 1)
	if m := l.Only(l.Sim.As(olga).DM()); m.Text != sorry {
		t.Errorf("message %q", m.Text)
	}
	for _, c := range l.Sim.Calls() {
		if c.Method == slackapi.MethodUploadURL {
			t.Error("asked for a place for nothing")
		}
	}
}

// TestDocument_forSomebodyOutOfReach: tried as long as it is worth it, then let
// go.
func TestDocument_forSomebodyOutOfReach(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	late := printed
	late.Content = nil
	l.render = withDocument(late)
	l.Sim.Faults().Error(slackapi.MethodOpen, "user_disabled", 1)
	l.run()
	l.outbox.put(paper())
	r := l.outbox.awaitTry(t, 1, 1)
	if !last(r).Drop {
		t.Errorf("settled %+v", last(r))
	}
}

// TestDocument_isTakenBack: the file goes, and the message that showed it.
func TestDocument_isTakenBack(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"": func(*slacksim.Faults) {},
		"answers lost": func(f *slacksim.Faults) {
			f.LoseAnswer(slackapi.MethodFileInfo, 1)
			f.LoseAnswer(slackapi.MethodDelete, 1)
			f.LoseAnswer(slackapi.MethodFileDelete, 1)
		},
		"limited":                func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodFileDelete, time.Second, 1) },
		"the message must stay":  func(f *slacksim.Faults) { f.Error(slackapi.MethodDelete, "cant_delete_message", 1) },
		"down":                   func(f *slacksim.Faults) { f.Status(slackapi.MethodFileInfo, http.StatusInternalServerError, 1) },
		"refused for the moment": func(f *slacksim.Faults) { f.Error(slackapi.MethodFileDelete, "internal_error", 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, recall := taken(t)
			trouble(l.Sim.Faults())
			l.outbox.put(recall)
			l.outbox.awaitDone(t, 2)
			if _, _, ok := l.Sim.File(last(l.outbox.awaitDone(t, 1)).Posted.File); ok {
				t.Error("the file is still there")
			}
			left := len(l.Sim.Messages(l.Sim.As(olga).DM()))
			if kept := strings.Contains(name, "must stay"); (left == 1) != kept || left > 1 {
				t.Errorf("%d messages left", left)
			}
		})
	}
}

// taken is a test in which a document was handed over, and the delivery that
// takes it back.
func taken(t *testing.T) (*deliveryTest, outbox.Delivery) {
	l := newDeliveryTest(t)
	l.render = withDocument(printed)
	l.run()
	l.outbox.put(paper())
	r := l.outbox.awaitDone(t, 1)
	l.render = withDocument(handlers.Document{ID: last(r).Posted.File})
	recall := paper()
	recall.Payload = outbox.DocumentRecall{To: olga, ID: "doc"}
	return l, recall
}

// TestDocument_thatIsGoneAlready: somebody deleted the file; that will do.
func TestDocument_thatIsGoneAlready(t *testing.T) {
	t.Parallel()
	l, recall := taken(t)
	l.Sim.Faults().Error(slackapi.MethodFileInfo, "file_deleted", 1)
	l.outbox.put(recall)
	r := l.outbox.awaitDone(t, 2)
	if len(r.history) != 1 {
		t.Errorf("%d attempts", len(r.history))
	}
}

// TestDocument_thatSlackKeeps: the person is asked to delete it, at once, whatever
// Slack's word for its refusal.
func TestDocument_thatSlackKeeps(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"cant_delete_file", "file_deleting_disabled", "delete_not_allowed", "access_denied", "no_permission", "one_that_is_new",
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			l, recall := taken(t)
			l.Sim.Faults().Error(slackapi.MethodFileInfo, "not_visible", 1)
			l.Sim.Faults().Error(slackapi.MethodFileDelete, code, 1)
			l.outbox.put(recall)
			r := l.outbox.awaitDone(t, 2)
			all := l.Sim.Messages(l.Sim.As(olga).DM())
			if len(all) != 2 || all[1].Text != sorry || len(r.history) != 1 {
				t.Errorf("%d messages, %d attempts", len(all), len(r.history))
			}
		})
	}
}

func TestDocument_signed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, key, want string }{
		{"dossier-K-2026-0001.pdf", "0123456789", "dossier-K-2026-0001-01234567.pdf"},
		{"register.xlsx", "abc", "register-abc.xlsx"},
		{"bestand", "0123456789", "bestand-01234567"},
	} {
		if got := signed(c.name, c.key); got != c.want {
			t.Errorf("signed(%s, %s) = %s, want %s", c.name, c.key, got, c.want)
		}
	}
}

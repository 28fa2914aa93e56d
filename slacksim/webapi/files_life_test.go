package webapi_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/faults"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// TestFiles_lifeOfAFile: what each method and address says of a file, from the asking
// for a place to its end.
func TestFiles_lifeOfAFile(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	r := simtest.WantOK(t, l.Call("files.getUploadURLExternal", "filename", "brief.pdf", "length", "4"))
	id, place := simtest.Str(r, "file_id"), simtest.Str(r, "upload_url")
	w := l.Workspace()
	link := workspace.Locked(w, func() string { return w.Files.Get(id).URL })
	list := `[{"id":"` + id + `"}]`
	put := func(body string) int {
		status, _, _ := l.Send("POST", place, "application/octet-stream", nil, []byte(body))
		return status
	}
	stage := func(name string, upload, download int, info, complete string) {
		t.Helper()
		status, _, _ := l.Send("GET", link, "", simtest.Bearing(slacksim.DefaultBotToken), nil)
		if status != download {
			t.Errorf("%s: download %d, want %d", name, status, download)
		}
		if got := l.Call("files.info", "file", id).ErrorName(); got != info {
			t.Errorf("%s: info %q, want %q", name, got, info)
		}
		if _, _, ok := l.File(id); ok != (info == "") {
			t.Errorf("%s: known %t", name, ok)
		}
		if got := l.Call("files.completeUploadExternal", "files", list, "channel_id", "C0NONE").ErrorName(); got != complete {
			t.Errorf("%s: complete %q, want %q", name, got, complete)
		}
		if got := put("%PDF"); got != upload {
			t.Errorf("%s: upload %d, want %d", name, got, upload)
		}
	}
	const gone = "file_not_found"
	stage("asked for", 200, 404, gone, gone)
	stage("uploaded", 200, 404, gone, "channel_not_found")
	simtest.WantRefusal(t, l.Call("files.delete", "file", id), gone)
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", list, "channel_id", simtest.Room))
	stage("complete", 404, 200, "", gone)
	simtest.WantOK(t, l.Call("files.delete", "file", id))
	stage("deleted", 404, 404, "file_deleted", gone)
	simtest.WantRefusal(t, l.Call("files.delete", "file", id), "file_deleted")
	simtest.Want(t, l.Call("conversations.history", "channel", simtest.Room), map[string]any{"messages.0.files.0.mode": "tombstone", "messages.0.files.0.id": id})
}

// TestFiles_downloadNeedsTokenAndScope: who may not have it is sent to sign in.
func TestFiles_downloadNeedsTokenAndScope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, token string
		scopes      []string
		revoked     bool
		status      int
	}{
		{"bot", slacksim.DefaultBotToken, []string{"commands", "files:read", "files:write"}, false, 200},
		{"without files:read", slacksim.DefaultBotToken, []string{"commands", "files:write"}, false, 302},
		{"app token", slacksim.DefaultAppToken, []string{"commands", "files:read", "files:write"}, false, 302},
		{"no token", "", []string{"commands", "files:read", "files:write"}, false, 302},
		{"revoked", slacksim.DefaultBotToken, []string{"commands", "files:read", "files:write"}, true, 302},
	} {
		l := simtest.New(t, quiet, simtest.WithScopes(c.scopes...), simtest.WithEdit(simtest.Events, ""))
		id := startUpload(l, "a.txt", "abc")
		simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`))
		file, _, _ := l.File(id)
		if c.revoked {
			l.RevokeToken()
		}
		status, header, body := l.Send("GET", file.URL, "", simtest.Bearing(c.token), nil)
		if status != c.status || (string(body) == "abc") != (c.status == 200) {
			t.Errorf("%s: %d %q", c.name, status, body)
		}
		if c.status == 200 && (!strings.Contains(header.Get("Content-Disposition"), "a.txt") || header.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: %v", c.name, header)
		}
	}
}

// TestFiles_shareOneMessage: files completed together come in one message, and
// the last bytes that were sent count.
func TestFiles_shareOneMessage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	r := simtest.WantOK(t, l.Call("files.getUploadURLExternal", "filename", "b.csv", "length", "4"))
	for _, body := range []string{"first", "last"} {
		if status, _, answer := l.Send("POST", simtest.Str(r, "upload_url"), "", nil, []byte(body)); status != 200 || !strings.HasPrefix(string(answer), "OK - ") {
			t.Fatalf("upload: %d %s", status, answer)
		}
	}
	one, two := startUpload(l, "a.png", "PNG"), simtest.Str(r, "file_id")
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+one+`","title":"Plaat"},{"id":"`+two+`"}]`, "channel_id", simtest.Lobby, "initial_comment", "zie"))
	list := l.Messages(simtest.Lobby)
	if len(list) != 1 || len(list[0].Files) != 2 || list[0].Files[0].Title != "Plaat" || list[0].Files[1].Title != "b.csv" || list[0].Text != "zie" {
		t.Fatalf("got %+v", list)
	}
	if _, body, _ := l.File(two); string(body) != "last" {
		t.Errorf("the file is %q", body)
	}
	simtest.Want(t, simtest.WantOK(t, l.Call("files.info", "file", two)), map[string]any{"file.size": 4.0, "file.is_public": true, "file.filetype": "csv",
		"file.pretty_type": "CSV", "file.shares.public." + simtest.Lobby + ".0.ts": list[0].TS})
}

// TestFiles_deletedByItsUploader: who uploaded a file can take it away under the app.
func TestFiles_deletedByItsUploader(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	id := startUpload(l, "a.txt", "abc")
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`, "channel_id", simtest.Lobby))
	if err := l.As(simtest.Anna).DeleteFile(l.Ctx, id); !errors.Is(err, workspace.ErrNotThere) {
		t.Errorf("somebody else's file: %v", err)
	}
	w := l.Workspace()
	mine := workspace.Locked(w, func() string {
		f := w.Files.Add("b.txt", simtest.Anna)
		f.Receive([]byte("x"))
		w.Files.Finish(f)
		return f.ID
	})
	simtest.WantOK(t, l.Call("files.info", "file", mine))
	if err := l.As(simtest.Anna).DeleteFile(l.Ctx, mine); err != nil {
		t.Fatal(err)
	}
	simtest.WantRefusal(t, l.Call("files.info", "file", mine), "file_deleted")
	if err := l.As(simtest.Anna).DeleteFile(l.Ctx, mine); !errors.Is(err, workspace.ErrNotThere) {
		t.Errorf("deleted twice: %v", err)
	}
}

// TestFiles_downloadGoesWrong: every fault of a call can befall the bytes of a file.
func TestFiles_downloadGoesWrong(t *testing.T) {
	t.Parallel()
	l := simtest.New(t, wide)
	id := startUpload(l, "a.txt", "abcdef")
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`))
	file, _, _ := l.File(id)
	// A client that keeps no connection doesn't quietly ask again on another.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func() (int, http.Header, string, error) {
		r, err := http.NewRequestWithContext(l.Ctx, http.MethodGet, file.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+slacksim.DefaultBotToken)
		answer, err := client.Do(r)
		if err != nil {
			return 0, nil, "", err
		}
		body, err := io.ReadAll(answer.Body)
		return answer.StatusCode, answer.Header, string(body), errors.Join(err, answer.Body.Close())
	}
	l.Faults().RateLimit("files.download", 1500*time.Millisecond, 1)
	if status, header, _, err := get(); status != 429 || header.Get("Retry-After") != "2" {
		t.Errorf("rate limited: %d %v %v", status, header, err)
	}
	l.Faults().Status("files.download", 502, 1)
	if status, _, body, err := get(); status != 502 || strings.Contains(body, "abc") {
		t.Errorf("502: %d %q %v", status, body, err)
	}
	l.Faults().CutBefore("files.download", 1)
	if _, _, _, err := get(); err == nil {
		t.Error("answered on a cut line")
	}
	l.Faults().LoseAnswer("files.download", 1)
	if _, _, body, err := get(); err == nil || body != "abc" {
		t.Errorf("half: %q %v", body, err)
	}
	if status, _, body, err := get(); status != 200 || body != "abcdef" {
		t.Errorf("whole: %d %q %v", status, body, err)
	}
	downloads := 0
	for _, c := range l.Calls() {
		if c.Method == "files.download" {
			downloads++
		}
	}
	if downloads != 5 {
		t.Errorf("%d downloads recorded", downloads)
	}
}

// TestFiles_uploadThatGoesWrong: a lost answer leaves the bytes there, anything else
// does not.
func TestFiles_uploadThatGoesWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		trouble func(*faults.Faults)
		arrives bool
	}{
		{"answer lost", func(f *faults.Faults) { f.LoseAnswer("files.upload", 1) }, true},
		{"cut before", func(f *faults.Faults) { f.CutBefore("files.upload", 1) }, false},
		{"503", func(f *faults.Faults) { f.Status("files.upload", http.StatusServiceUnavailable, 1) }, false},
		{"limited", func(f *faults.Faults) { f.RateLimit("files.upload", time.Second, 1) }, false},
	} {
		l := simtest.New(t, wide)
		r := simtest.WantOK(t, l.Call("files.getUploadURLExternal", "filename", "a.txt", "length", "3"))
		c.trouble(l.Faults())
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, simtest.Str(r, "upload_url"), strings.NewReader("abc"))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(request)
		if err == nil {
			_ = answer.Body.Close()
			err = errors.New(answer.Status)
			if answer.StatusCode == http.StatusOK {
				t.Errorf("%s: answered as if nothing were wrong", c.name)
			}
		}
		done := l.Call("files.completeUploadExternal", "files", `[{"id":"`+simtest.Str(r, "file_id")+`"}]`, "channel_id", simtest.Lobby)
		if arrived := done.ErrorName() == ""; arrived != c.arrives {
			t.Errorf("%s (%v): arrived %v", c.name, err, arrived)
		}
	}
}

// TestFiles_areSharedAfterwards: the answer to an upload knows neither kind nor
// place of a file; files.info does, once Slack has scanned it.
func TestFiles_areSharedAfterwards(t *testing.T) {
	t.Parallel()
	for state, said := range map[slacksim.FileState]string{slacksim.FileUnknown: "file_not_found", slacksim.FileHidden: "not_visible", slacksim.FileIncomplete: ""} {
		l := simtest.New(t)
		l.HoldFiles(state)
		id, answer := uploadTo(l, simtest.Room)
		simtest.Want(t, answer, map[string]any{"files.0.id": id, "files.0.mimetype": "", "files.0.shares.private": nil})
		held := l.Call("files.info", "file", id)
		if held.ErrorName() != said || said == "" && simtest.Str(held, "file.mimetype") != "" || len(l.Messages(simtest.Room)) > 0 {
			t.Errorf("%v: %v, %d messages", state, held, len(l.Messages(simtest.Room)))
		}
		l.ReleaseFiles()
		simtest.Want(t, simtest.WantOK(t, l.Call("files.info", "file", id)), map[string]any{"file.mimetype": "text/plain", "file.groups.0": simtest.Room})
		if m := l.Messages(simtest.Room); len(m) != 1 || len(m[0].Files) != 1 {
			t.Errorf("%v: %d messages", state, len(m))
		}
		uploadTo(l, simtest.Room)
		if m := l.Messages(simtest.Room); len(m) != 2 {
			t.Errorf("%v: held on, %d messages", state, len(m))
		}
	}
}

// TestFiles_thatAreNeverShared: the app was told that all is well, and nobody sees
// anything.
func TestFiles_thatAreNeverShared(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.HoldFiles(slacksim.FileIncomplete)
	id, _ := uploadTo(l, simtest.Room)
	l.DropShares()
	simtest.Want(t, simtest.WantOK(t, l.Call("files.info", "file", id)), map[string]any{"file.mimetype": "text/plain", "file.groups.0": nil})
	if m := l.Messages(simtest.Room); len(m) != 0 {
		t.Errorf("%d messages", len(m))
	}
}

// uploadTo uploads a text into a channel, and returns its id and the last answer.
func uploadTo(l *simtest.Test, channel string) (string, wire.Reply) {
	l.T.Helper()
	id := startUpload(l, "a.txt", "abc")
	return id, simtest.WantOK(l.T, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`, "channel_id", channel))
}

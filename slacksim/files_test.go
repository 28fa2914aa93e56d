package slacksim

import (
	"strings"
	"testing"
)

// startUpload uploads a file as the bot, up to but not including its completion.
func startUpload(l *simTest, name, body string) string {
	l.t.Helper()
	r := wantOK(l.t, l.call("files.getUploadURLExternal", "filename", name, "length", "3"))
	multipart := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + body + "\r\n--x--\r\n"
	status, _, answer := l.send("POST", str(r, "upload_url"), "multipart/form-data; boundary=x", nil, []byte(multipart))
	if status != 200 || !strings.HasPrefix(string(answer), "OK") {
		l.t.Fatalf("upload: %d %s", status, answer)
	}
	return str(r, "file_id")
}

func TestFiles_upload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	root := l.post(room, "root")
	id := startUpload(l, "chart.png", "PNG")
	wantRefusal(t, l.call("files.info", "file", id), "file_not_found") // not yet complete
	r := wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+id+`","title":"Chart"}]`,
		"channel_id", room, "thread_ts", root, "initial_comment", "look"))
	want(t, r, map[string]any{"files.0.id": id, "files.0.title": "Chart", "files.0.groups.0": room})
	thread := l.Thread(room, root)
	if len(thread) != 1 || thread[0].Text != "look" || thread[0].Files[0].Title != "Chart" {
		t.Fatalf("got %+v", thread)
	}
	want(t, wantOK(t, l.call("files.info", "file", id)), map[string]any{"file.name": "chart.png", "file.mimetype": "image/png",
		"file.size": 3.0, "file.user": botUserID, "file.shares.private." + room + ".0.ts": thread[0].TS, "file.is_public": false})
	want(t, l.call("conversations.replies", "channel", room, "ts", root), map[string]any{"messages.1.files.0.id": id})
	if f, body, ok := l.File(id); !ok || string(body) != "PNG" || f.Name != "chart.png" {
		t.Errorf("got %+v %q", f, body)
	}
	wantRefusal(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`), "file_not_found") // complete already
}

func TestFiles_uploadToPublicChannelAndDM(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	one, two := startUpload(l, "a.txt", "abc"), startUpload(l, "noextension", "abc")
	r := wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+one+`"}]`, "channel_id", lobby))
	want(t, r, map[string]any{"files.0.is_public": true, "files.0.channels.0": lobby, "files.0.mimetype": "text/plain"})
	dm := l.As(anna).DM()
	r = wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+two+`"}]`, "channel_id", dm))
	want(t, r, map[string]any{"files.0.ims.0": dm, "files.0.filetype": "binary", "files.0.mimetype": "application/octet-stream"})
}

func TestFiles_uploadRefusals(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := startUpload(l, "a.txt", "abc")
	empty := str(wantOK(t, l.call("files.getUploadURLExternal", "filename", "b.txt", "length", "3")), "file_id")
	complete := func(pairs ...string) reply { return l.call("files.completeUploadExternal", pairs...) }
	mine := `[{"id":"` + id + `"}]`
	for _, c := range []struct {
		name string
		got  reply
		err  string
	}{
		{"no length", l.call("files.getUploadURLExternal", "filename", "x"), "invalid_arguments"},
		{"length 0", l.call("files.getUploadURLExternal", "filename", "x", "length", "0"), "invalid_arguments"},
		{"too large", l.call("files.getUploadURLExternal", "filename", "x", "length", "999999999"), "file_upload_size_restricted"},
		{"no files", complete(), "invalid_arguments"},
		{"empty list", complete("files", "[]"), "invalid_arguments"},
		{"not a list", complete("files", "nonsense"), "invalid_arguments"},
		{"unknown file", complete("files", `[{"id":"F0NONE"}]`), "file_not_found"},
		{"nothing uploaded", complete("files", `[{"id":"`+empty+`"}]`), "file_not_found"},
		{"private channel without the bot", complete("files", mine, "channel_id", vault), "channel_not_found"},
		{"public channel without the bot", complete("files", mine, "channel_id", hall), "not_in_channel"},
		{"a person", complete("files", mine, "channel_id", anna), "channel_not_found"},
		{"refused blocks", complete("files", mine, "channel_id", room, "blocks", `[{"type":"nonsense"}]`), "invalid_blocks"},
		{"still there after all that", complete("files", mine, "channel_id", room), ""},
	} {
		if c.got.errorName() != c.err {
			t.Errorf("%s: got %v, want %q", c.name, c.got, c.err)
		}
	}
	for _, url := range []string{l.URL() + "/upload/v1/F0NONE", l.URL() + "/upload/v1/" + id} {
		if status, _, _ := l.send("POST", url, "application/octet-stream", nil, []byte("x")); status != 404 {
			t.Errorf("%s: status %d", url, status)
		}
	}
	status, _, _ := l.send("POST", l.URL()+"/upload/v1/"+empty, "multipart/form-data; boundary=x", nil, []byte("nonsense"))
	if status != 400 {
		t.Errorf("broken multipart: status %d", status)
	}
	status, _, _ = l.send("POST", l.URL()+"/upload/v1/"+empty, "multipart/form-data", nil, []byte("nonsense"))
	if status != 400 {
		t.Errorf("no boundary: status %d", status)
	}
}

func TestFiles_download(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := startUpload(l, "a.txt", "abc")
	w := l.Workspace()
	early := locked(w, func() string { return w.files.get(id).URL })
	if status, _, _ := l.send("GET", early, "", bearing(DefaultBotToken), nil); status != 404 {
		t.Errorf("not yet complete: status %d", status)
	}
	wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`))
	url := str(l.call("files.info", "file", id), "file.url_private_download")
	status, header, body := l.send("GET", url, "", bearing(DefaultBotToken), nil)
	if status != 200 || string(body) != "abc" || header.Get("Content-Type") != "text/plain" {
		t.Errorf("got %d %q %v", status, body, header)
	}
	for _, token := range []string{"", "xoxb-wrong", DefaultAppToken} {
		status, header, _ = l.send("GET", url, "", bearing(token), nil)
		if status != 302 || !strings.Contains(header.Get("Location"), "/signin?redir=%2Ffiles-pri%2F") {
			t.Errorf("token %q: %d %v", token, status, header)
		}
	}
	if _, _, page := l.send("GET", l.URL()+"/signin", "", nil, nil); !strings.Contains(string(page), "Sign in") {
		t.Errorf("got %q", page)
	}
	wantOK(t, l.call("files.delete", "file", id))
	if status, _, _ = l.send("GET", url, "", bearing(DefaultBotToken), nil); status != 404 {
		t.Errorf("deleted: status %d", status)
	}
}

func TestFiles_deletedFileLeavesItsMessage(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := startUpload(l, "a.txt", "abc")
	wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`, "channel_id", room))
	wantOK(t, l.call("files.delete", "file", id))
	wantRefusal(t, l.call("files.delete", "file", id), "file_deleted")
	want(t, l.call("conversations.history", "channel", room), map[string]any{"messages.0.files.0.mode": "tombstone"})
	if _, _, ok := l.File(id); ok {
		t.Error("still there")
	}
}

func TestFiles_slackFileInABlock(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	block := func(id string) string {
		return `[{"type":"image","alt_text":"chart","slack_file":{"id":"` + id + `"}}]`
	}
	id, text := startUpload(l, "chart.png", "PNG"), startUpload(l, "a.txt", "abc")
	for _, unready := range []string{"F0NONE", id} {
		wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x", "blocks", block(unready)), "invalid_blocks")
	}
	wantOK(t, l.call("files.completeUploadExternal", "files", `[{"id":"`+id+`"},{"id":"`+text+`"}]`))
	l.post(room, "x", "blocks", block(id))
	wantRefusal(t, l.call("chat.postMessage", "channel", room, "text", "x", "blocks", block(text)), "invalid_blocks")
}

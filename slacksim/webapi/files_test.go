package webapi_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// startUpload uploads a file as the bot, up to but not including its completion.
func startUpload(l *simtest.Test, name, body string) string {
	l.T.Helper()
	r := simtest.WantOK(l.T, l.Call("files.getUploadURLExternal", "filename", name, "length", "3"))
	multipart := "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name + "\"\r\n\r\n" + body + "\r\n--x--\r\n"
	status, _, answer := l.Send("POST", simtest.Str(r, "upload_url"), "multipart/form-data; boundary=x", nil, []byte(multipart))
	if status != 200 || !strings.HasPrefix(string(answer), "OK") {
		l.T.Fatalf("upload: %d %s", status, answer)
	}
	return simtest.Str(r, "file_id")
}

func TestFiles_upload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	root := l.Post(simtest.Room, "root")
	id := startUpload(l, "chart.png", "PNG")
	simtest.WantRefusal(t, l.Call("files.info", "file", id), "file_not_found") // not yet complete
	r := simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`","title":"Chart"}]`,
		"channel_id", simtest.Room, "thread_ts", root, "initial_comment", "look"))
	simtest.Want(t, r, map[string]any{"files.0.id": id, "files.0.title": "Chart"})
	thread := l.Thread(simtest.Room, root)
	if len(thread) != 1 || thread[0].Text != "look" || thread[0].Files[0].Title != "Chart" {
		t.Fatalf("got %+v", thread)
	}
	simtest.Want(t, simtest.WantOK(t, l.Call("files.info", "file", id)), map[string]any{"file.name": "chart.png", "file.mimetype": "image/png",
		"file.size": 3.0, "file.user": workspace.BotUserID, "file.shares.private." + simtest.Room + ".0.ts": thread[0].TS, "file.is_public": false})
	simtest.Want(t, l.Call("conversations.replies", "channel", simtest.Room, "ts", root), map[string]any{"messages.1.files.0.id": id})
	if f, body, ok := l.File(id); !ok || string(body) != "PNG" || f.Name != "chart.png" {
		t.Errorf("got %+v %q", f, body)
	}
	simtest.WantRefusal(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`), "file_not_found") // complete already
}

func TestFiles_uploadToPublicChannelAndDM(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	one, two := startUpload(l, "a.txt", "abc"), startUpload(l, "noextension", "abc")
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+one+`"}]`, "channel_id", simtest.Lobby))
	simtest.Want(t, l.Call("files.info", "file", one), map[string]any{"file.is_public": true, "file.channels.0": simtest.Lobby, "file.mimetype": "text/plain"})
	dm := l.As(simtest.Anna).DM()
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+two+`"}]`, "channel_id", dm))
	simtest.Want(t, l.Call("files.info", "file", two), map[string]any{"file.ims.0": dm, "file.filetype": "binary", "file.mimetype": "application/octet-stream"})
}

func TestFiles_uploadRefusals(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := startUpload(l, "a.txt", "abc")
	empty := simtest.Str(simtest.WantOK(t, l.Call("files.getUploadURLExternal", "filename", "b.txt", "length", "3")), "file_id")
	complete := func(pairs ...string) wire.Reply { return l.Call("files.completeUploadExternal", pairs...) }
	mine := `[{"id":"` + id + `"}]`
	for _, c := range []struct {
		name string
		got  wire.Reply
		err  string
	}{
		{"no length", l.Call("files.getUploadURLExternal", "filename", "x"), "invalid_arguments"},
		{"length 0", l.Call("files.getUploadURLExternal", "filename", "x", "length", "0"), "invalid_arguments"},
		{"too large", l.Call("files.getUploadURLExternal", "filename", "x", "length", "999999999"), "file_upload_size_restricted"},
		{"no files", complete(), "invalid_arguments"},
		{"empty list", complete("files", "[]"), "invalid_arguments"},
		{"not a list", complete("files", "nonsense"), "invalid_arguments"},
		{"unknown file", complete("files", `[{"id":"F0NONE"}]`), "file_not_found"},
		{"nothing uploaded", complete("files", `[{"id":"`+empty+`"}]`), "file_not_found"},
		{"private channel without the bot", complete("files", mine, "channel_id", simtest.Vault), "channel_not_found"},
		{"public channel without the bot", complete("files", mine, "channel_id", simtest.Hall), "not_in_channel"},
		{"a person", complete("files", mine, "channel_id", simtest.Anna), "channel_not_found"},
		{"refused blocks", complete("files", mine, "channel_id", simtest.Room, "blocks", `[{"type":"nonsense"}]`), "invalid_blocks"},
		{"still there after all that", complete("files", mine, "channel_id", simtest.Room), ""},
	} {
		if c.got.ErrorName() != c.err {
			t.Errorf("%s: got %v, want %q", c.name, c.got, c.err)
		}
	}
	for _, url := range []string{l.URL() + "/upload/v1/F0NONE", l.URL() + "/upload/v1/" + id} {
		if status, _, _ := l.Send("POST", url, "application/octet-stream", nil, []byte("x")); status != 404 {
			t.Errorf("%s: status %d", url, status)
		}
	}
	status, _, _ := l.Send("POST", l.URL()+"/upload/v1/"+empty, "multipart/form-data; boundary=x", nil, []byte("nonsense"))
	if status != 400 {
		t.Errorf("broken multipart: status %d", status)
	}
	status, _, _ = l.Send("POST", l.URL()+"/upload/v1/"+empty, "multipart/form-data", nil, []byte("nonsense"))
	if status != 400 {
		t.Errorf("no boundary: status %d", status)
	}
}

func TestFiles_download(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := startUpload(l, "a.txt", "abc")
	w := l.Workspace()
	early := workspace.Locked(w, func() string { return w.Files.Get(id).URL })
	if status, _, _ := l.Send("GET", early, "", simtest.Bearing(slacksim.DefaultBotToken), nil); status != 404 {
		t.Errorf("not yet complete: status %d", status)
	}
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`))
	url := simtest.Str(l.Call("files.info", "file", id), "file.url_private_download")
	status, header, body := l.Send("GET", url, "", simtest.Bearing(slacksim.DefaultBotToken), nil)
	if status != 200 || string(body) != "abc" || header.Get("Content-Type") != "text/plain" {
		t.Errorf("got %d %q %v", status, body, header)
	}
	for _, token := range []string{"", "xoxb-wrong", slacksim.DefaultAppToken} {
		status, header, _ = l.Send("GET", url, "", simtest.Bearing(token), nil)
		if status != 302 || !strings.Contains(header.Get("Location"), "/signin?redir=%2Ffiles-pri%2F") {
			t.Errorf("token %q: %d %v", token, status, header)
		}
	}
	if _, _, page := l.Send("GET", l.URL()+"/signin", "", nil, nil); !strings.Contains(string(page), "Sign in") {
		t.Errorf("got %q", page)
	}
	simtest.WantOK(t, l.Call("files.delete", "file", id))
	if status, _, _ = l.Send("GET", url, "", simtest.Bearing(slacksim.DefaultBotToken), nil); status != 404 {
		t.Errorf("deleted: status %d", status)
	}
}

func TestFiles_deletedFileLeavesItsMessage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := startUpload(l, "a.txt", "abc")
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"}]`, "channel_id", simtest.Room))
	simtest.WantOK(t, l.Call("files.delete", "file", id))
	simtest.WantRefusal(t, l.Call("files.delete", "file", id), "file_deleted")
	simtest.Want(t, l.Call("conversations.history", "channel", simtest.Room), map[string]any{"messages.0.files.0.mode": "tombstone"})
	if _, _, ok := l.File(id); ok {
		t.Error("still there")
	}
}

func TestFiles_slackFileInABlock(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	block := func(id string) string {
		return `[{"type":"image","alt_text":"chart","slack_file":{"id":"` + id + `"}}]`
	}
	id, text := startUpload(l, "chart.png", "PNG"), startUpload(l, "a.txt", "abc")
	for _, unready := range []string{"F0NONE", id} {
		simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x", "blocks", block(unready)), "invalid_blocks")
	}
	simtest.WantOK(t, l.Call("files.completeUploadExternal", "files", `[{"id":"`+id+`"},{"id":"`+text+`"}]`))
	l.Post(simtest.Room, "x", "blocks", block(id))
	simtest.WantRefusal(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x", "blocks", block(text)), "invalid_blocks")
}

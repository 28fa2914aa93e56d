package slacksim_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
)

// shortcutPayload is what the app gets when Anna picks its shortcut from a message's
// menu.
func shortcutPayload(t *testing.T, l *simtest.Test, app *simtest.SocketApp, channel, ts string) map[string]any {
	t.Helper()
	simtest.NoError(t, l.As(simtest.Anna).MessageShortcut(l.Ctx, "on_message", channel, ts))
	return app.Next().Payload
}

// TestReceiveMail_isAFile: an e-mail says nothing in the message; all of it stands
// in a file, whose own files need the token.
func TestReceiveMail_isAFile(t *testing.T) {
	l := simtest.New(t)
	app := l.Connect(nil)
	defer app.Close()
	ts, err := l.ReceiveMail(simtest.Lobby, slacksim.Mail{
		FromName: "Noor", From: "noor@example.org", Subject: "Complaint", Date: "Mon, 2 Mar 2026", Text: "It was <cold>.",
		Parts: []slacksim.MailPart{{Name: "a.pdf", Body: []byte("%PDF")}},
	})
	simtest.NoError(t, err)
	payload := shortcutPayload(t, l, app, simtest.Lobby, ts)
	simtest.Want(t, payload, map[string]any{
		"message.text": "", "message.blocks": nil, "message.files.0.mode": "email", "message.files.0.filetype": "email",
		"message.files.0.subject": "Complaint", "message.files.0.from.0.address": "noor@example.org",
		"message.files.0.plain_text": "It was <cold>.", "message.files.0.attachments.0.filename": "a.pdf",
		"message.files.0.attachments.0.size": 4.0, "message.files.0.attachments.0.mimetype": "application/pdf",
	})
	files := payload["message"].(map[string]any)["files"].([]any)
	id := files[0].(map[string]any)["id"].(string)
	part := simtest.WantOK(t, l.Call("files.info", "file", id))["file"].(map[string]any)["attachments"].([]any)[0].(map[string]any)["url"].(string)
	for token, want := range map[string]int{"": http.StatusFound, slacksim.DefaultBotToken: http.StatusOK} {
		status, _, body := l.Send(http.MethodGet, part, "", map[string]string{"Authorization": "Bearer " + token}, nil)
		if status != want || (want == http.StatusOK) != (string(body) == "%PDF") {
			t.Errorf("token %q: %d %q", token, status, body)
		}
	}
	other, header := strings.Replace(part, "/0/", "/1/", 1), map[string]string{"Authorization": "Bearer " + slacksim.DefaultBotToken}
	if status, _, _ := l.Send(http.MethodGet, other, "", header, nil); status != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", status)
	}
}

// TestShare_standsInAnAttachment: a forwarded message is no text of the new one.
func TestShare_standsInAnAttachment(t *testing.T) {
	l := simtest.New(t)
	app := l.Connect(nil)
	defer app.Close()
	anna := l.As(simtest.Anna)
	ts, err := anna.Post(l.Ctx, simtest.Hall, "", "It was cold & dark")
	simtest.NoError(t, err)
	for comment, want := range map[string]any{"": "", "see this": "see this"} {
		shared, err := anna.Share(l.Ctx, simtest.Hall, ts, simtest.Lobby, comment)
		simtest.NoError(t, err)
		simtest.Want(t, shortcutPayload(t, l, app, simtest.Lobby, shared), map[string]any{
			"message.text": want, "message.attachments.0.is_share": true, "message.attachments.0.author_name": "Anna Bos",
			"message.attachments.0.text": "It was cold &amp; dark", "message.attachments.0.channel_id": simtest.Hall,
			"message.attachments.0.message_blocks.0.message.blocks.0.type": "rich_text",
		})
	}
	_, err = anna.Share(l.Ctx, simtest.Vault, ts, simtest.Lobby, "")
	simtest.WantErr(t, err, slacksim.ErrNotThere)
	_, err = anna.Share(l.Ctx, simtest.Hall, "1.2", simtest.Lobby, "")
	simtest.WantErr(t, err, slacksim.ErrNotThere)
}

// TestPostAsApp_isAnotherApps: it has another name, and this app can't edit it.
func TestPostAsApp_isAnotherApps(t *testing.T) {
	l := simtest.New(t)
	app := l.Connect(nil)
	defer app.Close()
	ts, err := l.PostAsApp(simtest.Lobby, slacksim.AppMessage{App: "Form", Attachments: json.RawMessage(`[{"title":"Complaint","fields":[{"title":"Name","value":"Noor"}]}]`)})
	simtest.NoError(t, err)
	simtest.Want(t, shortcutPayload(t, l, app, simtest.Lobby, ts), map[string]any{
		"message.subtype": "bot_message", "message.username": "Form", "message.user": nil, "message.attachments.0.title": "Complaint",
	})
	if got := l.Call("chat.update", "channel", simtest.Lobby, "ts", ts, "text", "x"); got["error"] != "cant_update_message" {
		t.Errorf("%v", got)
	}
	_, err = l.PostAsApp(simtest.Lobby, slacksim.AppMessage{App: "Form", Blocks: json.RawMessage(`{}`)})
	simtest.WantErr(t, err, slacksim.ErrNotThere)
}

// TestUpload_inAMessage: a person's files stand in a message of theirs.
func TestUpload_inAMessage(t *testing.T) {
	l := simtest.New(t)
	app := l.Connect(nil)
	defer app.Close()
	ts, err := l.As(simtest.Anna).Upload(l.Ctx, simtest.Lobby, "two", slacksim.Upload{Name: "a.txt", Body: []byte("a")}, slacksim.Upload{Name: "b.txt", Body: []byte("b")})
	simtest.NoError(t, err)
	simtest.Want(t, shortcutPayload(t, l, app, simtest.Lobby, ts), map[string]any{
		"message.text": "two", "message.files.0.name": "a.txt", "message.files.1.user": simtest.Anna,
	})
	_, err = l.As(simtest.Anna).Upload(l.Ctx, simtest.Lobby, "none")
	simtest.WantErr(t, err, slacksim.ErrNotThere)
}

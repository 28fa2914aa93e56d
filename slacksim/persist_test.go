package slacksim

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// persistTo keeps the lab's workspace in a file of the test.
func persistTo(t *testing.T) (path string, change func(*Config)) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "workspace.json")
	return path, func(cfg *Config) { cfg.PersistTo = path }
}

// contents is what people see of a workspace, wherever it listens.
type contents struct {
	People   []Person
	Channels []Channel
	Messages map[string][]Message // of channels and direct messages, with their replies
	Bodies   map[string]string    // of files, by id
}

func contentsOf(l *simTest) contents {
	s := contents{People: l.People(), Channels: l.Channels(), Messages: map[string][]Message{}, Bodies: map[string]string{}}
	for _, c := range []string{room, hall, vault, lobby, "C0NEW", l.As(anna).DM()} {
		for _, m := range l.Messages(c) {
			s.Messages[c] = append(append(s.Messages[c], m), l.Thread(c, m.TS)...)
		}
		for _, m := range s.Messages[c] {
			for _, f := range m.Files {
				_, body, _ := l.File(f.ID)
				s.Bodies[f.ID] = string(body)
			}
		}
	}
	return s
}

var elsewhere = cmpopts.IgnoreFields(File{}, "URL") // has another port after a restart

// fill does something of everything that is kept.
func fill(l *simTest) {
	l.t.Helper()
	for _, err := range []error{
		l.AddPerson(Person{ID: "U0NEW", Name: "new"}), l.Deactivate(cleo),
		l.AddChannel(Channel{ID: "C0NEW", Name: "new", Members: []string{"U0NEW", anna}}),
		l.Join(cleo, hall), l.Leave(bram, vault), l.Archive(vault), l.ShareChannel(lobby, "T0OTHER"),
	} {
		noError(l.t, err)
	}
	root := l.post(room, "root <&> é", "metadata", `{"event_type":"k","event_payload":{"a":"<b>"}}`)
	l.post(room, "reply", "thread_ts", root)
	l.post(room, "broadcast", "thread_ts", root, "reply_broadcast", "true")
	edited := l.post(room, "", "blocks", `[{"type":"section","text":{"type":"mrkdwn","text":"<@`+anna+`> & co"}}]`)
	wantOK(l.t, l.call("chat.update", "channel", room, "ts", edited, "text", "edited"))
	gone := l.post(room, "gone")
	l.post(room, "under a stone", "thread_ts", gone)
	wantOK(l.t, l.call("chat.delete", "channel", room, "ts", gone))
	l.post(anna, "in private", "attachments", `[{"text":"a < b"}]`)
	if _, err := l.As(anna).Post(l.ctx, room, root, "a person's"); err != nil {
		l.t.Error(err)
	}
	wantOK(l.t, l.json("files.completeUploadExternal", map[string]any{"channel_id": room,
		"files": []any{map[string]any{"id": uploaded(l, "notes.txt", "the notes")}}}))
}

// uploaded uploads a file without completing it.
func uploaded(l *simTest, name, body string) string {
	l.t.Helper()
	place := wantOK(l.t, l.call("files.getUploadURLExternal", "filename", name, "length", "9"))
	if status, _, _ := l.send("POST", str(place, "upload_url"), "", nil, []byte(body)); status != 200 {
		l.t.Fatalf("upload: status %d", status)
	}
	return str(place, "file_id")
}

// TestPersist_roundTrip: after Close and New everything is as it was, and works.
func TestPersist_roundTrip(t *testing.T) {
	t.Parallel()
	_, keep := persistTo(t)
	before := newSimTest(t, keep)
	fill(before)
	want := contentsOf(before)
	noError(t, before.Close())
	after := newSimTest(t, keep)
	if diff := cmp.Diff(want, contentsOf(after), elsewhere); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	works(after, want)
}

// works uses what was kept: edits, replies, the file at its new address.
func works(l *simTest, was contents) {
	l.t.Helper()
	root, last := was.Messages[room][0], was.Messages[room][len(was.Messages[room])-1]
	wantOK(l.t, l.call("chat.update", "channel", room, "ts", root.TS, "text", "edited after"))
	ts := l.post(room, "another reply", "thread_ts", root.TS)
	if ts <= last.TS {
		l.t.Errorf("the new message %s is not after %s", ts, last.TS)
	}
	if m, _ := l.Message(room, root.TS); m.Text != "edited after" || m.ReplyCount != root.ReplyCount+1 || m.LatestReply != ts {
		l.t.Errorf("root after edit and reply: %+v", m)
	}
	file := wantOK(l.t, l.call("files.info", "file", last.Files[0].ID))
	link := str(file, "file.url_private_download")
	if _, _, body := l.send("GET", link, "", bearing(DefaultBotToken), nil); string(body) != "the notes" {
		l.t.Errorf("%s gives %q", link, body)
	}
	if got := str(file, "file.shares.private."+room+".0.ts"); got != last.TS {
		l.t.Errorf("the file is shared in %q, want %s", got, last.TS)
	}
}

// TestPersist_overKill: what was done a moment ago is in the file without Close, and
// no id comes twice although the counters in the file are behind.
func TestPersist_overKill(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	before := newSimTest(t, keep)
	fill(before)
	noError(t, before.AwaitSaved(before.ctx))
	killed, err := os.ReadFile(path)
	noError(t, err)
	want := contentsOf(before)
	lost := before.post(room, "lost with the kill")
	trigger := before.trigger()
	noError(t, before.Close())
	noError(t, os.WriteFile(path, killed, 0o600))

	after := newSimTest(t, keep)
	if diff := cmp.Diff(want, contentsOf(after), elsewhere); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if ts := after.post(room, "new"); ts <= lost {
		t.Errorf("the new message %s is not after the lost one, %s", ts, lost)
	}
	if again := after.trigger(); again == trigger {
		t.Errorf("trigger %s twice", again)
	}
	wantRefusal(t, after.call("views.open", "trigger_id", trigger, "view", modal("m", textInput)), "expired_trigger_id")
}

// onDisk is a saved workspace, as far as it is looked at.
type onDisk struct {
	Channels []channelOnDisk
	Files    []struct{ Body []byte }
}

type channelOnDisk struct{ ID, Other string }

// TestPersist_withoutAScreen: what no message shows yet is kept as soon as the rest.
func TestPersist_withoutAScreen(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	l := newSimTest(t, keep)
	saved := func() onDisk {
		noError(t, l.AwaitSaved(l.ctx))
		raw, err := os.ReadFile(path)
		noError(t, err)
		var k onDisk
		noError(t, json.Unmarshal(raw, &k))
		return k
	}
	dm := str(wantOK(t, l.call("conversations.open", "users", bram)), "channel.id")
	if !slices.ContainsFunc(saved().Channels, func(c channelOnDisk) bool { return c.ID == dm && c.Other == bram }) {
		t.Errorf("the direct messages %s are not kept", dm)
	}
	file := uploaded(l, "notes.txt", "the notes")
	if n := len(saved().Files); n != 0 {
		t.Errorf("%d unfinished uploads are kept", n)
	}
	wantOK(t, l.json("files.completeUploadExternal", map[string]any{"files": []any{map[string]any{"id": file}}}))
	if files := saved().Files; len(files) != 1 || string(files[0].Body) != "the notes" {
		t.Errorf("kept files: %+v", files)
	}
	wantOK(t, l.call("files.delete", "file", file))
	if n := len(saved().Files); n != 0 {
		t.Errorf("%d deleted files are kept", n)
	}
}

// TestPersist_config: who and what only the Config knows is added; the bot is the
// manifest's.
func TestPersist_config(t *testing.T) {
	t.Parallel()
	_, keep := persistTo(t)
	before := newSimTest(t, keep)
	noError(t, before.Deactivate(bram))
	noError(t, before.Close())
	after := newSimTest(t, keep, withEdit("display_name: Test Bot", "display_name: New Bot"), func(cfg *Config) {
		cfg.People = append(cfg.People, Person{ID: "U0LATER", Name: "later"})
		cfg.Channels = append(cfg.Channels, Channel{ID: "C0LATER", Members: []string{"U0LATER"}})
	})
	if p, _ := after.Person(bram); !p.Deleted {
		t.Error("bram is back")
	}
	if p, ok := after.Person("U0LATER"); !ok || p.Name != "later" {
		t.Errorf("the new person: %+v", p)
	}
	if c, ok := after.Channel("C0LATER"); !ok || len(c.Members) != 1 {
		t.Errorf("the new channel: %+v", c)
	}
	if p, _ := after.Person(botUserID); p.RealName != "New Bot" {
		t.Errorf("the bot is %q", p.RealName)
	}
}

// TestPersist_forItsOwnerAlone: mode 0600, also over a file that had another; no
// other file stays behind.
func TestPersist_forItsOwnerAlone(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	noError(t, os.WriteFile(path+".new", []byte("left by a kill"), 0o644))
	newSimTest(t, keep)
	info, err := os.Stat(path)
	noError(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

func TestPersist_badly(t *testing.T) {
	t.Parallel()
	const head = `{"Version":1,"Team":"T0SIMTEAM1",`
	tests := []struct{ name, file, want string }{
		{"empty", "", "not a kept workspace"},
		{"cut off", head + `"People":[{"ID":"U0`, "not a kept workspace"},
		{"no object", "[]", "not a kept workspace"},
		{"blocks of another kind", head + `"Files":{}}`, "not a kept workspace"},
		{"later version", `{"Version":2,"Team":["T"]}`, "version 2, want 1"},
		{"other team", `{"Version":1,"Team":"T0"}`, `team "T0"`},
		{"person without id", head + `"People":[{}]}`, `person ""`},
		{"unknown member", head + `"Channels":[{"ID":"C1","Members":["U9"]}]}`, `no person "U9"`},
		{"unknown other", head + `"Channels":[{"ID":"D1","Other":"U9"}]}`, `no person "U9"`},
		{"channel without id", head + `"Channels":[{}]}`, "missing or taken"},
		{"channel twice", head + `"Channels":[{"ID":"C1"},{"ID":"C1"}]}`, "twice"},
		{"channel as direct message", head + `"Channels":[{"ID":"C0ROOM","Other":"U0ANNA"}]}`, "missing or taken"},
		{"message without ts", head + `"Channels":[{"ID":"C1","Messages":[{}]}]}`, `message ""`},
		{"message twice", head + `"Channels":[{"ID":"C1","Messages":[{"TS":"1.000000"},{"TS":"1.000000"}]}]}`, "missing or taken"},
		{"file twice", head + `"Files":[{"ID":"F1"},{"ID":"F1"}]}`, `file "F1"`},
		{"file in no channel", head + `"Files":[{"ID":"F1","Shares":[{"Channel":"C9"}]}]}`, `no channel "C9"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path, keep := persistTo(t)
			noError(t, os.WriteFile(path, []byte(tt.file), 0o600))
			cfg := testConfig()
			keep(&cfg)
			_, err := New(cfg)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), path) {
				t.Errorf("got %v, want %s and %s", err, tt.want, path)
			}
			if left, _ := os.ReadFile(path); string(left) != tt.file {
				t.Errorf("the file was changed to %s", left)
			}
		})
	}
}

func TestPersist_nowhere(t *testing.T) {
	t.Parallel()
	cfg := testConfig()
	cfg.PersistTo = filepath.Join(t.TempDir(), "none", "workspace.json")
	if _, err := New(cfg); err == nil {
		t.Error("kept in a folder that is not there")
	}
	noError(t, newSimTest(t).AwaitSaved(t.Context()))
}

// TestPersist_fails: Close says so.
func TestPersist_fails(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	cfg := testConfig()
	keep(&cfg)
	sim, err := New(cfg)
	noError(t, err)
	noError(t, os.RemoveAll(filepath.Dir(path)))
	noError(t, sim.Deactivate(anna))
	if err := sim.Close(); err == nil {
		t.Error("closed as if it were kept")
	}
}

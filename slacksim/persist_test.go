package slacksim_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// persistTo saves the workspace of a test in a file of its own.
func persistTo(t *testing.T) (path string, change func(*slacksim.Config)) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "workspace.json")
	return path, func(cfg *slacksim.Config) { cfg.PersistTo = path }
}

// contents is what people see of a workspace, wherever it listens.
type contents struct {
	People   []workspace.Person
	Channels []workspace.Channel
	Messages map[string][]workspace.Message // of channels and direct messages, with their replies
	Bodies   map[string]string              // of files, by id
}

func contentsOf(l *simtest.Test) contents {
	s := contents{People: l.People(), Channels: l.Channels(), Messages: map[string][]workspace.Message{}, Bodies: map[string]string{}}
	for _, c := range []string{simtest.Room, simtest.Hall, simtest.Vault, simtest.Lobby, "C0NEW", l.As(simtest.Anna).DM()} {
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

var elsewhere = cmpopts.IgnoreFields(workspace.File{}, "URL") // has another port after a restart

// fill does something of everything that is saved.
func fill(l *simtest.Test) {
	l.T.Helper()
	for _, err := range []error{
		l.AddPerson(workspace.Person{ID: "U0NEW", Name: "new"}), l.Deactivate(simtest.Cleo),
		l.AddChannel(workspace.Channel{ID: "C0NEW", Name: "new", Members: []string{"U0NEW", simtest.Anna}}),
		l.Join(simtest.Cleo, simtest.Hall), l.Leave(simtest.Bram, simtest.Vault), l.Archive(simtest.Vault), l.ShareChannel(simtest.Lobby, "T0OTHER"),
	} {
		simtest.NoError(l.T, err)
	}
	root := l.Post(simtest.Room, "root <&> é", "metadata", `{"event_type":"k","event_payload":{"a":"<b>"}}`)
	l.Post(simtest.Room, "reply", "thread_ts", root)
	l.Post(simtest.Room, "broadcast", "thread_ts", root, "reply_broadcast", "true")
	edited := l.Post(simtest.Room, "", "blocks", `[{"type":"section","text":{"type":"mrkdwn","text":"<@`+simtest.Anna+`> & co"}}]`)
	simtest.WantOK(l.T, l.Call("chat.update", "channel", simtest.Room, "ts", edited, "text", "edited"))
	gone := l.Post(simtest.Room, "gone")
	l.Post(simtest.Room, "under a stone", "thread_ts", gone)
	simtest.WantOK(l.T, l.Call("chat.delete", "channel", simtest.Room, "ts", gone))
	l.Post(simtest.Anna, "in private", "attachments", `[{"text":"a < b"}]`)
	if _, err := l.As(simtest.Anna).Post(l.Ctx, simtest.Room, root, "a person's"); err != nil {
		l.T.Error(err)
	}
	simtest.WantOK(l.T, l.JSON("files.completeUploadExternal", map[string]any{"channel_id": simtest.Room,
		"files": []any{map[string]any{"id": uploaded(l, "notes.txt", "the notes")}}}))
}

// uploaded uploads a file without completing it.
func uploaded(l *simtest.Test, name, body string) string {
	l.T.Helper()
	place := simtest.WantOK(l.T, l.Call("files.getUploadURLExternal", "filename", name, "length", "9"))
	if status, _, _ := l.Send("POST", simtest.Str(place, "upload_url"), "", nil, []byte(body)); status != 200 {
		l.T.Fatalf("upload: status %d", status)
	}
	return simtest.Str(place, "file_id")
}

// TestPersist_roundTrip: after Close and New everything is as it was, and works.
func TestPersist_roundTrip(t *testing.T) {
	t.Parallel()
	_, keep := persistTo(t)
	before := simtest.New(t, keep)
	fill(before)
	want := contentsOf(before)
	simtest.NoError(t, before.Close())
	after := simtest.New(t, keep)
	if diff := cmp.Diff(want, contentsOf(after), elsewhere); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	works(after, want)
}

// works uses what was saved: edits, replies, the file at its new address.
func works(l *simtest.Test, was contents) {
	l.T.Helper()
	root, last := was.Messages[simtest.Room][0], was.Messages[simtest.Room][len(was.Messages[simtest.Room])-1]
	simtest.WantOK(l.T, l.Call("chat.update", "channel", simtest.Room, "ts", root.TS, "text", "edited after"))
	ts := l.Post(simtest.Room, "another reply", "thread_ts", root.TS)
	if ts <= last.TS {
		l.T.Errorf("the new message %s is not after %s", ts, last.TS)
	}
	if m, _ := l.Message(simtest.Room, root.TS); m.Text != "edited after" || m.ReplyCount != root.ReplyCount+1 || m.LatestReply != ts {
		l.T.Errorf("root after edit and reply: %+v", m)
	}
	file := simtest.WantOK(l.T, l.Call("files.info", "file", last.Files[0].ID))
	link := simtest.Str(file, "file.url_private_download")
	if _, _, body := l.Send("GET", link, "", simtest.Bearing(slacksim.DefaultBotToken), nil); string(body) != "the notes" {
		l.T.Errorf("%s gives %q", link, body)
	}
	if got := simtest.Str(file, "file.shares.private."+simtest.Room+".0.ts"); got != last.TS {
		l.T.Errorf("the file is shared in %q, want %s", got, last.TS)
	}
}

// TestPersist_overKill: what was done a moment ago is in the file without Close, and
// no id comes twice although the counters in the file are behind.
func TestPersist_overKill(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	before := simtest.New(t, keep)
	fill(before)
	simtest.NoError(t, before.AwaitSaved(before.Ctx))
	killed, err := os.ReadFile(path)
	simtest.NoError(t, err)
	want := contentsOf(before)
	lost := before.Post(simtest.Room, "lost with the kill")
	trigger := before.Trigger()
	simtest.NoError(t, before.Close())
	simtest.NoError(t, os.WriteFile(path, killed, 0o600))

	after := simtest.New(t, keep)
	if diff := cmp.Diff(want, contentsOf(after), elsewhere); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
	if ts := after.Post(simtest.Room, "new"); ts <= lost {
		t.Errorf("the new message %s is not after the lost one, %s", ts, lost)
	}
	if again := after.Trigger(); again == trigger {
		t.Errorf("trigger %s twice", again)
	}
	simtest.WantRefusal(t, after.Call("views.open", "trigger_id", trigger, "view", simtest.Modal("m", simtest.TextInput)), "expired_trigger_id")
}

// onDisk is a saved workspace, as far as the tests read it.
type onDisk struct {
	Channels []channelOnDisk
	Files    []struct{ Body []byte }
}

type channelOnDisk struct{ ID, Other string }

// TestPersist_withoutAScreen: what no message shows yet is saved as soon as the rest.
func TestPersist_withoutAScreen(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	l := simtest.New(t, keep)
	saved := func() onDisk {
		simtest.NoError(t, l.AwaitSaved(l.Ctx))
		raw, err := os.ReadFile(path)
		simtest.NoError(t, err)
		var k onDisk
		simtest.NoError(t, json.Unmarshal(raw, &k))
		return k
	}
	dm := simtest.Str(simtest.WantOK(t, l.Call("conversations.open", "users", simtest.Bram)), "channel.id")
	if !slices.ContainsFunc(saved().Channels, func(c channelOnDisk) bool { return c.ID == dm && c.Other == simtest.Bram }) {
		t.Errorf("the direct messages %s are not saved", dm)
	}
	file := uploaded(l, "notes.txt", "the notes")
	if n := len(saved().Files); n != 0 {
		t.Errorf("%d unfinished uploads are saved", n)
	}
	simtest.WantOK(t, l.JSON("files.completeUploadExternal", map[string]any{"files": []any{map[string]any{"id": file}}}))
	if files := saved().Files; len(files) != 1 || string(files[0].Body) != "the notes" {
		t.Errorf("saved files: %+v", files)
	}
	simtest.WantOK(t, l.Call("files.delete", "file", file))
	if n := len(saved().Files); n != 0 {
		t.Errorf("%d deleted files are saved", n)
	}
}

// TestPersist_config: who and what only the Config knows is added; the bot is the
// manifest's.
func TestPersist_config(t *testing.T) {
	t.Parallel()
	_, keep := persistTo(t)
	before := simtest.New(t, keep)
	simtest.NoError(t, before.Deactivate(simtest.Bram))
	simtest.NoError(t, before.Close())
	after := simtest.New(t, keep, simtest.WithEdit("display_name: Test Bot", "display_name: New Bot"), func(cfg *slacksim.Config) {
		cfg.People = append(cfg.People, workspace.Person{ID: "U0LATER", Name: "later"})
		cfg.Channels = append(cfg.Channels, workspace.Channel{ID: "C0LATER", Members: []string{"U0LATER"}})
	})
	if p, _ := after.Person(simtest.Bram); !p.Deleted {
		t.Error("bram is back")
	}
	if p, ok := after.Person("U0LATER"); !ok || p.Name != "later" {
		t.Errorf("the new person: %+v", p)
	}
	if c, ok := after.Channel("C0LATER"); !ok || len(c.Members) != 1 {
		t.Errorf("the new channel: %+v", c)
	}
	if p, _ := after.Person(workspace.BotUserID); p.RealName != "New Bot" {
		t.Errorf("the bot is %q", p.RealName)
	}
}

// TestPersist_forItsOwnerAlone: mode 0600, also over a file that had another; no
// other file stays behind.
func TestPersist_forItsOwnerAlone(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	simtest.NoError(t, os.WriteFile(path+".new", []byte("left by a kill"), 0o644))
	simtest.New(t, keep)
	info, err := os.Stat(path)
	simtest.NoError(t, err)
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
		{"empty", "", "not a saved workspace"},
		{"cut off", head + `"People":[{"ID":"U0`, "not a saved workspace"},
		{"no object", "[]", "not a saved workspace"},
		{"blocks of another kind", head + `"Files":{}}`, "not a saved workspace"},
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
			simtest.NoError(t, os.WriteFile(path, []byte(tt.file), 0o600))
			cfg := simtest.Config()
			keep(&cfg)
			_, err := slacksim.New(cfg)
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
	cfg := simtest.Config()
	cfg.PersistTo = filepath.Join(t.TempDir(), "none", "workspace.json")
	if _, err := slacksim.New(cfg); err == nil {
		t.Error("saved in a folder that is not there")
	}
	simtest.NoError(t, simtest.New(t).AwaitSaved(t.Context()))
}

// TestPersist_fails: Close says so.
func TestPersist_fails(t *testing.T) {
	t.Parallel()
	path, keep := persistTo(t)
	cfg := simtest.Config()
	keep(&cfg)
	sim, err := slacksim.New(cfg)
	simtest.NoError(t, err)
	simtest.NoError(t, os.RemoveAll(filepath.Dir(path)))
	simtest.NoError(t, sim.Deactivate(simtest.Anna))
	if err := sim.Close(); err == nil {
		t.Error("closed as if it were saved")
	}
}

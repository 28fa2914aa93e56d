package simtest

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// WantErr fails the test unless err is target.
func WantErr(t *testing.T, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("got error %v, want %v", err, target)
	}
}

// Clean fails the test when the app did something Slack would swallow.
func (l *Test) Clean() {
	l.T.Helper()
	if list := l.Complaints(); len(list) > 0 {
		l.T.Errorf("complaints: %q", list)
	}
}

// WantTexts fails the test unless these are the texts of the messages, in order.
func WantTexts(t *testing.T, list []workspace.Message, texts ...string) {
	t.Helper()
	var got []string
	for _, m := range list {
		got = append(got, m.Text)
	}
	WantIDs(t, got, texts...)
}

// WantIDs fails the test unless these are the ids, in order.
func WantIDs(t *testing.T, got []string, wanted ...string) {
	t.Helper()
	if len(got) != len(wanted) {
		t.Fatalf("got %v, want %v", got, wanted)
	}
	for i := range got {
		if got[i] != wanted[i] {
			t.Fatalf("got %v, want %v", got, wanted)
		}
	}
}

// PostTo posts to a response URL; code is the error expected, "" for a plain "ok".
func (l *Test) PostTo(url, body string, status int, code string) {
	t := l.T
	t.Helper()
	got, _, answer := l.Send("POST", url, JSONType, nil, []byte(body))
	if got != status {
		t.Errorf("status %d, want %d: %s", got, status, answer)
	}
	if code == "" && string(answer) != "ok" {
		t.Errorf("got %q, want ok", answer)
	}
	if code != "" {
		WantRefusal(t, Decode(t, answer), code)
	}
}

// WantOK fails the test unless the answer is ok.
func WantOK(t *testing.T, r wire.Reply) wire.Reply {
	t.Helper()
	if r["ok"] != true {
		t.Fatalf("not ok: %v", r)
	}
	return r
}

// WantRefusal fails the test unless the answer is that error.
func WantRefusal(t *testing.T, r wire.Reply, code string) wire.Reply {
	t.Helper()
	if r["ok"] != false || r["error"] != code {
		t.Fatalf("got %v, want error %s", r, code)
	}
	return r
}

// Want compares what stands at paths of v with what should.
func Want(t *testing.T, v any, pairs map[string]any) {
	t.Helper()
	for path, value := range pairs {
		if got := Dig(v, path); got != value {
			t.Errorf("%s: got %v (%T), want %v (%T)", path, got, got, value, value)
		}
	}
}

// NoError fails the test on an error.
func NoError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

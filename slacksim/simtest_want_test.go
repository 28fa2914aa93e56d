package slacksim

import (
	"errors"
	"testing"
)

// wantErr fails the test unless err is target.
func wantErr(t *testing.T, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("got error %v, want %v", err, target)
	}
}

// clean fails the test when the app did something Slack would swallow.
func (l *simTest) clean() {
	l.t.Helper()
	if list := l.Complaints(); len(list) > 0 {
		l.t.Errorf("complaints: %q", list)
	}
}

// wantTexts fails the test unless these are the texts of the messages, in order.
func wantTexts(t *testing.T, list []Message, texts ...string) {
	t.Helper()
	var got []string
	for _, m := range list {
		got = append(got, m.Text)
	}
	wantIDs(t, got, texts...)
}

// wantIDs fails the test unless these are the ids, in order.
func wantIDs(t *testing.T, got []string, wanted ...string) {
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

// postTo posts to a response URL; code is the error expected, "" for a plain "ok".
func (l *simTest) postTo(url, body string, status int, code string) {
	t := l.t
	t.Helper()
	got, _, answer := l.send("POST", url, jsonType, nil, []byte(body))
	if got != status {
		t.Errorf("status %d, want %d: %s", got, status, answer)
	}
	if code == "" && string(answer) != "ok" {
		t.Errorf("got %q, want ok", answer)
	}
	if code != "" {
		wantRefusal(t, decode(t, answer), code)
	}
}

// wantOK fails the test unless the answer is ok.
func wantOK(t *testing.T, r reply) reply {
	t.Helper()
	if r["ok"] != true {
		t.Fatalf("not ok: %v", r)
	}
	return r
}

// wantRefusal fails the test unless the answer is that error.
func wantRefusal(t *testing.T, r reply, code string) reply {
	t.Helper()
	if r["ok"] != false || r["error"] != code {
		t.Fatalf("got %v, want error %s", r, code)
	}
	return r
}

// want compares what stands at paths of v with what should.
func want(t *testing.T, v any, pairs map[string]any) {
	t.Helper()
	for path, value := range pairs {
		if got := dig(v, path); got != value {
			t.Errorf("%s: got %v (%T), want %v (%T)", path, got, got, value, value)
		}
	}
}

// noError fails the test on an error.
func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

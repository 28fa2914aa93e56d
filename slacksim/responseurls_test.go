package slacksim

import (
	"strings"
	"testing"
	"time"
)

// commandURL is the response URL of a command that anna typed in the room.
func commandURL(l *simTest) string {
	l.t.Helper()
	a := l.connect(nil)
	if _, err := l.As(anna).Slash(l.ctx, room, "/test", ""); err != nil {
		l.t.Fatal(err)
	}
	return str(a.next().Payload, "response_url")
}

func TestResponseURL(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	url := commandURL(l)
	l.postTo(url, `{"text":"psst"}`, 200, "")
	l.postTo(url, `{"text":"psst too","response_type":"ephemeral"}`, 200, "")
	l.postTo(url, `{"text":"all","response_type":"in_channel"}`, 200, "")
	wantTexts(t, l.As(anna).Ephemerals(room), "psst", "psst too")
	wantTexts(t, l.Messages(room), "all")
	l.postTo(url, `{"text":""}`, 200, "no_text")
	l.postTo(url, `{`, 400, "invalid_payload")
	l.postTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
	l.postTo(l.URL()+"/response/T/R0NONE", `{"text":"x"}`, 404, "no_such_hook")
}

func TestResponseURL_fiveTimes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	url := commandURL(l)
	for range 5 {
		l.postTo(url, `{"text":"x"}`, 200, "")
	}
	l.postTo(url, `{"text":"x"}`, 404, "used_url")
}

func TestResponseURL_thirtyMinutes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	url := commandURL(l)
	l.clock.advance(30 * time.Minute)
	l.postTo(url, `{"text":"x"}`, 200, "")
	l.clock.advance(time.Second)
	l.postTo(url, `{"text":"x"}`, 404, "expired_url")
}

func TestResponseURL_replacesAndDeletes(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts := l.post(room, "case", "blocks", clickBlocks)
	noError(t, l.As(anna).Click(l.ctx, room, ts, "go", ""))
	url := str(a.next().Payload, "response_url")
	l.postTo(url, `{"text":"done","replace_original":true}`, 200, "")
	if m, _ := l.Message(room, ts); m.Text != "done" || m.Blocks != nil || !m.Edited {
		t.Errorf("got %+v", m)
	}
	l.postTo(url, `{"delete_original":true}`, 200, "")
	if len(l.Messages(room)) != 0 {
		t.Error("still there")
	}
}

func TestResponseURL_onSomeoneElsesMessage(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a := l.connect(nil)
	ts, err := l.As(bram).Post(l.ctx, room, "", "hers")
	noError(t, err)
	noError(t, l.As(anna).MessageShortcut(l.ctx, "on_message", room, ts))
	url := str(a.next().Payload, "response_url")
	l.postTo(url, `{"text":"x","replace_original":true}`, 200, "")
	l.postTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
	if m, _ := l.Message(room, ts); m.Text != "hers" {
		t.Errorf("got %+v", m)
	}
	wantTexts(t, l.As(anna).Ephemerals(room), "x")
}

func TestResponseURL_faults(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	url := commandURL(l)
	l.Faults().Status("response_url", 500, 1)
	status, _, _ := l.send("POST", url, jsonType, nil, []byte(`{"text":"x"}`))
	if status != 500 || len(l.As(anna).Ephemerals(room)) != 0 {
		t.Errorf("status %d", status)
	}
	l.Faults().LoseAnswer("response_url", 1)
	status, _, _ = l.send("POST", url, jsonType, nil, []byte(`{"text":"x"}`))
	if status != 0 || len(l.As(anna).Ephemerals(room)) != 1 {
		t.Errorf("status %d", status)
	}
	calls := l.Calls()
	if last := calls[len(calls)-1]; last.Method != "response_url" || last.Status != 0 {
		t.Errorf("got %+v", last)
	}
	if strings.Contains(url, "xoxb") {
		t.Error("a response URL holds a token")
	}
}

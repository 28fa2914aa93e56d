package webapi_test

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/simtest"
)

// commandURL is the response URL of a command that anna typed in the room.
func commandURL(l *simtest.Test) string {
	l.T.Helper()
	a := l.Connect(nil)
	if _, err := l.As(simtest.Anna).Slash(l.Ctx, simtest.Room, "/test", ""); err != nil {
		l.T.Fatal(err)
	}
	return simtest.Str(a.Next().Payload, "response_url")
}

func TestResponseURL_answersInItsChannel(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := commandURL(l)
	l.PostTo(url, `{"text":"psst"}`, 200, "")
	l.PostTo(url, `{"text":"psst too","response_type":"ephemeral"}`, 200, "")
	l.PostTo(url, `{"text":"all","response_type":"in_channel"}`, 200, "")
	simtest.WantTexts(t, l.As(simtest.Anna).Ephemerals(simtest.Room), "psst", "psst too")
	simtest.WantTexts(t, l.Messages(simtest.Room), "all")
	l.PostTo(url, `{"text":""}`, 200, "no_text")
	l.PostTo(url, `{`, 400, "invalid_payload")
	l.PostTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
	l.PostTo(l.URL()+"/response/T/R0NONE", `{"text":"x"}`, 404, "no_such_hook")
}

func TestResponseURL_fiveTimes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := commandURL(l)
	for range 5 {
		l.PostTo(url, `{"text":"x"}`, 200, "")
	}
	l.PostTo(url, `{"text":"x"}`, 404, "used_url")
}

func TestResponseURL_thirtyMinutes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := commandURL(l)
	l.Clock.Advance(30 * time.Minute)
	l.PostTo(url, `{"text":"x"}`, 200, "")
	l.Clock.Advance(time.Second)
	l.PostTo(url, `{"text":"x"}`, 404, "expired_url")
}

func TestResponseURL_replacesAndDeletes(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts := l.Post(simtest.Room, "case", "blocks", simtest.ClickBlocks)
	simtest.NoError(t, l.As(simtest.Anna).Click(l.Ctx, simtest.Room, ts, "go", ""))
	url := simtest.Str(a.Next().Payload, "response_url")
	l.PostTo(url, `{"text":"done","replace_original":true}`, 200, "")
	if m, _ := l.Message(simtest.Room, ts); m.Text != "done" || m.Blocks != nil || !m.Edited {
		t.Errorf("got %+v", m)
	}
	l.PostTo(url, `{"delete_original":true}`, 200, "")
	if len(l.Messages(simtest.Room)) != 0 {
		t.Error("still there")
	}
}

func TestResponseURL_onSomeoneElsesMessage(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a := l.Connect(nil)
	ts, err := l.As(simtest.Bram).Post(l.Ctx, simtest.Room, "", "hers")
	simtest.NoError(t, err)
	simtest.NoError(t, l.As(simtest.Anna).MessageShortcut(l.Ctx, "on_message", simtest.Room, ts))
	url := simtest.Str(a.Next().Payload, "response_url")
	l.PostTo(url, `{"text":"x","replace_original":true}`, 200, "")
	l.PostTo(url, `{"delete_original":true}`, 200, "cant_delete_message")
	if m, _ := l.Message(simtest.Room, ts); m.Text != "hers" {
		t.Errorf("got %+v", m)
	}
	simtest.WantTexts(t, l.As(simtest.Anna).Ephemerals(simtest.Room), "x")
}

func TestResponseURL_faults(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	url := commandURL(l)
	l.Faults().Status("response_url", 500, 1)
	status, _, _ := l.Send("POST", url, simtest.JSONType, nil, []byte(`{"text":"x"}`))
	if status != 500 || len(l.As(simtest.Anna).Ephemerals(simtest.Room)) != 0 {
		t.Errorf("status %d", status)
	}
	l.Faults().LoseAnswer("response_url", 1)
	status, _, _ = l.Send("POST", url, simtest.JSONType, nil, []byte(`{"text":"x"}`))
	if status != 0 || len(l.As(simtest.Anna).Ephemerals(simtest.Room)) != 1 {
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

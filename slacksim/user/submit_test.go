package user_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

func TestSubmissions_payload(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a, u, v := l.Opened(simtest.Modal("m", simtest.TextInput, simtest.SelectInput, `{"type":"number_input","action_id":"value","is_decimal_allowed":false}`), nil)
	got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "a <b>", "b1": "b", "b2": "42"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	e := a.Next()
	simtest.Want(t, e.Payload, map[string]any{"type": "view_submission", "user.id": simtest.Anna, "view.id": v.ID, "view.callback_id": "m",
		"view.private_metadata": "meta", "view.hash": v.Hash, "view.state.values.b0.value.value": "a <b>",
		"view.state.values.b0.value.type": "plain_text_input", "view.state.values.b1.value.selected_option.value": "b",
		"view.state.values.b1.value.selected_option.text.text": "B", "view.state.values.b2.value.value": "42",
		"api_app_id": workspace.AppID, "is_enterprise_install": false})
	if _, ok := e.Payload["response_urls"].([]any); !ok || !e.Accepts || simtest.Str(e.Payload, "trigger_id") == "" {
		t.Errorf("got %s", e.Raw)
	}
	if _, open := u.Modal(); open {
		t.Error("an empty acknowledgement closes the modal")
	}
	l.Clean()
}

func TestSubmissions_clientRefusesBeforeTheApp(t *testing.T) {
	t.Parallel()
	optional := `{"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},"element":` + simtest.TextInput + `}`
	l := simtest.New(t)
	a, u, v := l.Opened(simtest.Modal("m", `{"type":"plain_text_input","action_id":"value","max_length":5}`, `{"type":"email_text_input","action_id":"value"}`, optional), nil)
	for _, c := range []struct {
		name   string
		values user.Values
		fields string
	}{
		{"nothing", nil, "b0 b1"},
		{"too long", user.Values{"b0": "123456", "b1": "a@example.com"}, "b0"},
		{"no address", user.Values{"b0": "12345", "b1": "nonsense"}, "b1"},
		{"emptied", user.Values{"b0": "", "b1": "a@example.com"}, "b0"},
	} {
		got, err := u.Submit(l.Ctx, v.ID, c.values)
		simtest.NoError(t, err)
		for field := range strings.SplitSeq(c.fields, " ") {
			if got.Errors[field] == "" {
				t.Errorf("%s: no complaint about %s in %+v", c.name, field, got)
			}
		}
		if !got.Local || len(got.Errors) != len(strings.Fields(c.fields)) {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
	a.None()
	_, err := u.Submit(l.Ctx, v.ID, user.Values{"nonsense": "x"})
	simtest.WantErr(t, err, workspace.ErrNotThere)
	got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "12345"}) // keeps the address typed before
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

func TestSubmissions_viewWithoutSubmit(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	id := l.Open(`{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[{"type":"divider"}]}`)
	_, err := l.As(simtest.Anna).Submit(l.Ctx, id, nil)
	simtest.WantErr(t, err, workspace.ErrNotThere)
	home := simtest.Str(simtest.WantOK(t, l.Call("views.publish", "user_id", simtest.Bram, "view", simtest.HomeTab)), "view.id")
	_, err = l.As(simtest.Bram).Submit(l.Ctx, home, nil)
	simtest.WantErr(t, err, workspace.ErrNotThere)
}

// answering is an app that acknowledges submissions with that JSON.
func answering(ack string) func(simtest.Received) any {
	return func(e simtest.Received) any {
		if e.Payload["type"] == "view_submission" {
			return json.RawMessage(ack)
		}
		return nil
	}
}

func TestSubmissions_answers(t *testing.T) {
	t.Parallel()
	done := simtest.Modal("done", simtest.TextInput)
	for _, c := range []struct {
		name, ack string
		want      user.Submission
		stack     string // callback ids, the top last
		complaint string
	}{
		{"close", `{}`, user.Submission{Closed: true}, "", ""},
		{"null", `null`, user.Submission{Closed: true}, "", ""},
		{"clear", `{"response_action":"clear"}`, user.Submission{Closed: true}, "", ""},
		{"errors", `{"response_action":"errors","errors":{"b0":"No."}}`, user.Submission{Errors: map[string]string{"b0": "No."}}, "m", ""},
		{"update", `{"response_action":"update","view":` + done + `}`, user.Submission{Updated: true}, "done", ""},
		{"push", `{"response_action":"push","view":` + done + `}`, user.Submission{Pushed: true}, "m done", ""},
		{"errors on no input", `{"response_action":"errors","errors":{"intro":"No."}}`, user.Submission{}, "m", "no input block"},
		{"errors on nothing", `{"response_action":"errors","errors":{"nonsense":"No."}}`, user.Submission{}, "m", "no input block"},
		{"no errors", `{"response_action":"errors","errors":{}}`, user.Submission{}, "m", "errors without any"},
		{"empty error", `{"response_action":"errors","errors":{"b0":""}}`, user.Submission{}, "m", "empty error"},
		{"unknown action", `{"response_action":"explode"}`, user.Submission{}, "m", "unknown response_action"},
		{"update without view", `{"response_action":"update"}`, user.Submission{}, "m", "refused"},
		{"update with a Home tab", `{"response_action":"update","view":` + simtest.HomeTab + `}`, user.Submission{}, "m", "refused"},
		{"push of nonsense", `{"response_action":"push","view":{"type":"modal"}}`, user.Submission{}, "m", "refused"},
		{"wrong shape", `{"response_action":7}`, user.Submission{}, "m", "no view_submission answer"},
		{"a list", `[]`, user.Submission{}, "m", "no view_submission answer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := simtest.New(t)
			_, u, v := l.Opened(simtest.Modal("m", simtest.TextInput), answering(c.ack))
			got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "x"})
			if (c.complaint != "") != errors.Is(err, user.ErrTrouble) {
				t.Errorf("got error %v", err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			var stack []string
			for _, v := range u.Modals() {
				stack = append(stack, v.CallbackID)
			}
			if s := strings.Join(stack, " "); s != c.stack {
				t.Errorf("stack %q, want %q", s, c.stack)
			}
			list := strings.Join(l.Complaints(), "\n")
			if (c.complaint == "") != (list == "") || !strings.Contains(list, c.complaint) {
				t.Errorf("complaints: %q", list)
			}
		})
	}
}

func TestSubmissions_pushOntoFullStack(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	_, u, v := l.Opened(simtest.Modal("m", simtest.TextInput), answering(`{"response_action":"push","view":`+simtest.Modal("m", simtest.TextInput)+`}`))
	for range 2 {
		got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "x"})
		if err != nil || !got.Pushed {
			t.Fatal(got, err)
		}
		v, _ = u.Modal()
	}
	_, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "x"})
	simtest.WantErr(t, err, user.ErrTrouble)
}

func TestSubmissions_updateAnswerKeepsTypedInput(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	_, u, v := l.Opened(simtest.Modal("m", simtest.TextInput), answering(`{"response_action":"update","view":`+simtest.Modal("next", simtest.TextInput, simtest.TextInput)+`}`))
	_, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": "typed"})
	simtest.NoError(t, err)
	next, _ := u.Modal()
	if next.ID != v.ID || next.Hash == v.Hash || !strings.Contains(string(next.State["b0"]["value"]), "typed") {
		t.Errorf("got %+v", next)
	}
}

func TestSubmissions_onlyTheTopCanBeSubmitted(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Connect(nil)
	first := l.Open(simtest.Modal("m", simtest.TextInput))
	second := simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(first), "view", simtest.Modal("m", simtest.TextInput))), "view.id")
	u := l.As(simtest.Anna)
	_, err := u.Submit(l.Ctx, first, user.Values{"b0": "x"})
	simtest.WantErr(t, err, workspace.ErrNotThere)
	_, err = l.As(simtest.Bram).Submit(l.Ctx, second, user.Values{"b0": "x"})
	simtest.WantErr(t, err, workspace.ErrNotThere)
	got, err := u.Submit(l.Ctx, second, user.Values{"b0": "x"})
	if v, _ := u.Modal(); err != nil || !got.Closed || v.ID != first {
		t.Error(got, err, v.ID)
	}
}

func TestSubmissions_unacknowledgedSubmissionKeepsTheText(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	lazy := true
	_, u, v := l.Opened(simtest.Modal("m", simtest.TextInput), func(simtest.Received) any {
		if lazy {
			lazy = false
			return simtest.NoAck{}
		}
		return nil
	})
	impatient, cancel := context.WithTimeout(l.Ctx, 20*time.Millisecond)
	defer cancel()
	_, err := u.Submit(impatient, v.ID, user.Values{"b0": "typed"})
	simtest.WantErr(t, err, socket.ErrNoAck)
	got, err := u.Submit(l.Ctx, v.ID, nil)
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

func TestSubmissions_fileInput(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	a, u, v := l.Opened(simtest.Modal("m", `{"type":"file_input","action_id":"value","filetypes":["pdf"],"max_files":1}`), nil)
	pdf := user.Upload{Name: "letter.pdf", Body: []byte("%PDF")}
	for name, uploads := range map[string][]user.Upload{
		"none":          {},
		"two":           {pdf, pdf},
		"another type":  {{Name: "a.png", Body: []byte("x")}},
		"over 10 MB":    {{Name: "big.pdf", Body: make([]byte, 10<<20+1)}},
		"not even name": {{Body: []byte("x")}},
	} {
		got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": uploads})
		if err != nil || got.Errors["b0"] == "" || !got.Local {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	got, err := u.Submit(l.Ctx, v.ID, user.Values{"b0": []user.Upload{pdf}})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	file := simtest.Dig(a.Next().Payload, "view.state.values.b0.value.files.0")
	simtest.Want(t, file, map[string]any{"name": "letter.pdf", "mimetype": "application/pdf", "filetype": "pdf", "size": 4.0, "user": simtest.Anna})
	simtest.Want(t, simtest.WantOK(t, l.Call("files.info", "file", simtest.Str(file, "id"))), map[string]any{"file.name": "letter.pdf"})
	_, _, body := l.Send("GET", simtest.Str(file, "url_private_download"), "", simtest.Bearing(slacksim.DefaultBotToken), nil)
	if string(body) != "%PDF" {
		t.Errorf("downloaded %q", body)
	}
	simtest.WantRefusal(t, l.Call("files.delete", "file", simtest.Str(file, "id")), "cant_delete_file")
	if n := l.Workspace().Files.Count(); n != 1 {
		t.Errorf("%d files kept; refused uploads are not", n)
	}
}

func TestSubmissions_triggerOfASubmission(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	view := simtest.Modal("m", simtest.TextInput)
	a := l.Connect(nil)
	u := l.As(simtest.Anna)
	first := l.Open(view)
	second := simtest.Str(simtest.WantOK(t, l.Call("views.push", "trigger_id", l.TriggerIn(first), "view", view)), "view.id")
	got, err := u.Submit(l.Ctx, second, user.Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	next := simtest.WantOK(t, l.Call("views.open", "trigger_id", simtest.Str(a.Next().Payload, "trigger_id"), "view", view))
	simtest.Want(t, next, map[string]any{"view.root_view_id": first, "view.previous_view_id": first})
	got, err = u.Submit(l.Ctx, simtest.Str(next, "view.id"), user.Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	got, err = u.Submit(l.Ctx, first, user.Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	a.Next()
	alone := simtest.WantOK(t, l.Call("views.open", "trigger_id", simtest.Str(a.Next().Payload, "trigger_id"), "view", view))
	simtest.Want(t, alone, map[string]any{"view.previous_view_id": nil})
}

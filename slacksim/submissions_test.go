package slacksim

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSubmissions_payload(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a, user, v := l.opened(modal("m", textInput, selectInput, `{"type":"number_input","action_id":"value","is_decimal_allowed":false}`), nil)
	got, err := user.Submit(l.ctx, v.ID, Values{"b0": "a <b>", "b1": "b", "b2": "42"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	e := a.next()
	want(t, e.Payload, map[string]any{"type": "view_submission", "user.id": anna, "view.id": v.ID, "view.callback_id": "m",
		"view.private_metadata": "meta", "view.hash": v.Hash, "view.state.values.b0.value.value": "a <b>",
		"view.state.values.b0.value.type": "plain_text_input", "view.state.values.b1.value.selected_option.value": "b",
		"view.state.values.b1.value.selected_option.text.text": "B", "view.state.values.b2.value.value": "42",
		"api_app_id": appID, "is_enterprise_install": false})
	if _, ok := e.Payload["response_urls"].([]any); !ok || !e.Accepts || str(e.Payload, "trigger_id") == "" {
		t.Errorf("got %s", e.Raw)
	}
	if _, open := user.Modal(); open {
		t.Error("an empty acknowledgement closes the modal")
	}
	l.clean()
}

func TestSubmissions_clientRefusesBeforeTheApp(t *testing.T) {
	t.Parallel()
	optional := `{"type":"input","block_id":"note","optional":true,"label":{"type":"plain_text","text":"Note"},"element":` + textInput + `}`
	l := newSimTest(t)
	a, user, v := l.opened(modal("m", `{"type":"plain_text_input","action_id":"value","max_length":5}`, `{"type":"email_text_input","action_id":"value"}`, optional), nil)
	for _, c := range []struct {
		name   string
		values Values
		fields string
	}{
		{"nothing", nil, "b0 b1"},
		{"too long", Values{"b0": "123456", "b1": "a@example.com"}, "b0"},
		{"no address", Values{"b0": "12345", "b1": "nonsense"}, "b1"},
		{"emptied", Values{"b0": "", "b1": "a@example.com"}, "b0"},
	} {
		got, err := user.Submit(l.ctx, v.ID, c.values)
		noError(t, err)
		for field := range strings.SplitSeq(c.fields, " ") {
			if got.Errors[field] == "" {
				t.Errorf("%s: no complaint about %s in %+v", c.name, field, got)
			}
		}
		if !got.Local || len(got.Errors) != len(strings.Fields(c.fields)) {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
	a.none()
	_, err := user.Submit(l.ctx, v.ID, Values{"nonsense": "x"})
	wantErr(t, err, ErrNotThere)
	got, err := user.Submit(l.ctx, v.ID, Values{"b0": "12345"}) // keeps the address typed before
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

func TestSubmissions_viewWithoutSubmit(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	id := l.open(`{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[{"type":"divider"}]}`)
	_, err := l.As(anna).Submit(l.ctx, id, nil)
	wantErr(t, err, ErrNotThere)
	home := str(wantOK(t, l.call("views.publish", "user_id", bram, "view", homeTab)), "view.id")
	_, err = l.As(bram).Submit(l.ctx, home, nil)
	wantErr(t, err, ErrNotThere)
}

// answering is an app that acknowledges submissions with that JSON.
func answering(ack string) func(received) any {
	return func(e received) any {
		if e.Payload["type"] == "view_submission" {
			return json.RawMessage(ack)
		}
		return nil
	}
}

func TestSubmissions_answers(t *testing.T) {
	t.Parallel()
	done := modal("done", textInput)
	for _, c := range []struct {
		name, ack string
		want      Submission
		stack     string // callback ids, the top last
		complaint string
	}{
		{"close", `{}`, Submission{Closed: true}, "", ""},
		{"null", `null`, Submission{Closed: true}, "", ""},
		{"clear", `{"response_action":"clear"}`, Submission{Closed: true}, "", ""},
		{"errors", `{"response_action":"errors","errors":{"b0":"No."}}`, Submission{Errors: map[string]string{"b0": "No."}}, "m", ""},
		{"update", `{"response_action":"update","view":` + done + `}`, Submission{Updated: true}, "done", ""},
		{"push", `{"response_action":"push","view":` + done + `}`, Submission{Pushed: true}, "m done", ""},
		{"errors on no input", `{"response_action":"errors","errors":{"intro":"No."}}`, Submission{}, "m", "no input block"},
		{"errors on nothing", `{"response_action":"errors","errors":{"nonsense":"No."}}`, Submission{}, "m", "no input block"},
		{"no errors", `{"response_action":"errors","errors":{}}`, Submission{}, "m", "errors without any"},
		{"empty error", `{"response_action":"errors","errors":{"b0":""}}`, Submission{}, "m", "empty error"},
		{"unknown action", `{"response_action":"explode"}`, Submission{}, "m", "unknown response_action"},
		{"update without view", `{"response_action":"update"}`, Submission{}, "m", "refused"},
		{"update with a Home tab", `{"response_action":"update","view":` + homeTab + `}`, Submission{}, "m", "refused"},
		{"push of nonsense", `{"response_action":"push","view":{"type":"modal"}}`, Submission{}, "m", "refused"},
		{"wrong shape", `{"response_action":7}`, Submission{}, "m", "no view_submission answer"},
		{"a list", `[]`, Submission{}, "m", "no view_submission answer"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newSimTest(t)
			_, user, v := l.opened(modal("m", textInput), answering(c.ack))
			got, err := user.Submit(l.ctx, v.ID, Values{"b0": "x"})
			if (c.complaint != "") != errors.Is(err, ErrTrouble) {
				t.Errorf("got error %v", err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			var stack []string
			for _, v := range user.Modals() {
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
	l := newSimTest(t)
	_, user, v := l.opened(modal("m", textInput), answering(`{"response_action":"push","view":`+modal("m", textInput)+`}`))
	for range 2 {
		got, err := user.Submit(l.ctx, v.ID, Values{"b0": "x"})
		if err != nil || !got.Pushed {
			t.Fatal(got, err)
		}
		v, _ = user.Modal()
	}
	_, err := user.Submit(l.ctx, v.ID, Values{"b0": "x"})
	wantErr(t, err, ErrTrouble)
}

func TestSubmissions_updateAnswerKeepsTypedInput(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	_, user, v := l.opened(modal("m", textInput), answering(`{"response_action":"update","view":`+modal("next", textInput, textInput)+`}`))
	_, err := user.Submit(l.ctx, v.ID, Values{"b0": "typed"})
	noError(t, err)
	next, _ := user.Modal()
	if next.ID != v.ID || next.Hash == v.Hash || !strings.Contains(string(next.State["b0"]["value"]), "typed") {
		t.Errorf("got %+v", next)
	}
}

func TestSubmissions_onlyTheTopCanBeSubmitted(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.connect(nil)
	first := l.open(modal("m", textInput))
	second := str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(first), "view", modal("m", textInput))), "view.id")
	user := l.As(anna)
	_, err := user.Submit(l.ctx, first, Values{"b0": "x"})
	wantErr(t, err, ErrNotThere)
	_, err = l.As(bram).Submit(l.ctx, second, Values{"b0": "x"})
	wantErr(t, err, ErrNotThere)
	got, err := user.Submit(l.ctx, second, Values{"b0": "x"})
	if v, _ := user.Modal(); err != nil || !got.Closed || v.ID != first {
		t.Error(got, err, v.ID)
	}
}

func TestSubmissions_unacknowledgedSubmissionKeepsTheText(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	lazy := true
	_, user, v := l.opened(modal("m", textInput), func(received) any {
		if lazy {
			lazy = false
			return noAck{}
		}
		return nil
	})
	impatient, cancel := context.WithTimeout(l.ctx, 20*time.Millisecond)
	defer cancel()
	_, err := user.Submit(impatient, v.ID, Values{"b0": "typed"})
	wantErr(t, err, ErrNoAck)
	got, err := user.Submit(l.ctx, v.ID, nil)
	if err != nil || !got.Closed {
		t.Error(got, err)
	}
}

func TestSubmissions_fileInput(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	a, user, v := l.opened(modal("m", `{"type":"file_input","action_id":"value","filetypes":["pdf"],"max_files":1}`), nil)
	pdf := Upload{Name: "letter.pdf", Body: []byte("%PDF")}
	for name, uploads := range map[string][]Upload{
		"none":          {},
		"two":           {pdf, pdf},
		"another type":  {{Name: "a.png", Body: []byte("x")}},
		"over 10 MB":    {{Name: "big.pdf", Body: make([]byte, 10<<20+1)}},
		"not even name": {{Body: []byte("x")}},
	} {
		got, err := user.Submit(l.ctx, v.ID, Values{"b0": uploads})
		if err != nil || got.Errors["b0"] == "" || !got.Local {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	got, err := user.Submit(l.ctx, v.ID, Values{"b0": []Upload{pdf}})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	file := dig(a.next().Payload, "view.state.values.b0.value.files.0")
	want(t, file, map[string]any{"name": "letter.pdf", "mimetype": "application/pdf", "filetype": "pdf", "size": 4.0, "user": anna})
	want(t, wantOK(t, l.call("files.info", "file", str(file, "id"))), map[string]any{"file.name": "letter.pdf"})
	_, _, body := l.send("GET", str(file, "url_private_download"), "", bearing(DefaultBotToken), nil)
	if string(body) != "%PDF" {
		t.Errorf("downloaded %q", body)
	}
	wantRefusal(t, l.call("files.delete", "file", str(file, "id")), "cant_delete_file")
	if n := l.Workspace().files.count(); n != 1 {
		t.Errorf("%d files kept; refused uploads are not", n)
	}
}

func TestSubmissions_triggerOfASubmission(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	view := modal("m", textInput)
	a := l.connect(nil)
	user := l.As(anna)
	first := l.open(view)
	second := str(wantOK(t, l.call("views.push", "trigger_id", l.triggerIn(first), "view", view)), "view.id")
	got, err := user.Submit(l.ctx, second, Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	next := wantOK(t, l.call("views.open", "trigger_id", str(a.next().Payload, "trigger_id"), "view", view))
	want(t, next, map[string]any{"view.root_view_id": first, "view.previous_view_id": first})
	got, err = user.Submit(l.ctx, str(next, "view.id"), Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	got, err = user.Submit(l.ctx, first, Values{"b0": "x"})
	if err != nil || !got.Closed {
		t.Fatal(got, err)
	}
	a.next()
	alone := wantOK(t, l.call("views.open", "trigger_id", str(a.next().Payload, "trigger_id"), "view", view))
	want(t, alone, map[string]any{"view.previous_view_id": nil})
}

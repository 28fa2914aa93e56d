package page

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// pageRequest is a gesture as the page sends it: who and what in the query, what
// was typed in the body.
type pageRequest struct {
	*http.Request
	user  *user.User
	words *words.Words
	zone  *time.Location
}

func (r pageRequest) arg(name string) string { return r.URL.Query().Get(name) }

// outcome is what the page reads back. Keep says that what was typed must stay.
type outcome struct {
	Notice    string            `json:"notice,omitempty"`
	Errors    map[string]string `json:"errors,omitempty"`
	KeepInput bool              `json:"keep,omitempty"`
}

// gesture bounds the body, finds the person and answers in JSON.
func (p *page) gesture(do func(pageRequest) (outcome, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		who, ok := p.reader.Person(r.URL.Query().Get("as"))
		if !ok {
			http.Error(w, "no such person", http.StatusNotFound)
			return
		}
		req := pageRequest{Request: r, user: p.users.As(who.ID), words: p.words, zone: zoneOf(who)}
		if err := parseForm(w, r); err != nil {
			p.answer(w, http.StatusBadRequest, p.explain(req.words, err))
			return
		}
		defer dropFiles(r)
		said, err := do(req)
		if err != nil {
			said = p.explain(req.words, err)
		}
		p.answer(w, http.StatusOK, said)
	}
}

func limitFor(r *http.Request) int64 {
	if strings.HasPrefix(r.URL.Path, "/page/view/") {
		return maxForm
	}
	return maxTyped
}

// parseForm reads a bounded body into r.PostForm and r.MultipartForm. The query
// is not mixed in: a block may be called as one of its names.
func parseForm(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, limitFor(r))
	if err := r.ParseForm(); err != nil {
		return err
	}
	parts, err := r.MultipartReader()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil
	}
	if err != nil {
		return err
	}
	if r.MultipartForm, err = parts.ReadForm(maxFormMemory); err != nil {
		return err
	}
	r.PostForm = r.MultipartForm.Value
	return nil
}

func dropFiles(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll() // the system clears its own temporary folder
	}
}

func (p *page) answer(w http.ResponseWriter, status int, said outcome) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(said) // a browser that left needs no answer
}

// explain turns what went wrong into the sentence Slack would show.
func (p *page) explain(w *words.Words, err error) outcome {
	var tooLarge *http.MaxBytesError
	text := w.Failed
	switch {
	case errors.As(err, &tooLarge):
		text = w.TooLarge
	case errors.Is(err, socket.ErrNoAck):
		text = fmt.Sprintf(w.NoAnswer, p.reader.AppName())
	case errors.Is(err, user.ErrShowsAlready):
		return outcome{}
	case errors.Is(err, user.ErrTrouble):
		text = fmt.Sprintf(w.Trouble, p.reader.AppName())
	case errors.Is(err, workspace.ErrNotThere):
		text = w.NotHere
	}
	return outcome{Notice: text, KeepInput: true}
}

// send posts what was typed, or runs it when it is a command.
func (p *page) send(r pageRequest) (outcome, error) {
	text := strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get("text"), "\r\n", "\n"))
	if text == "" {
		return outcome{}, nil
	}
	channel, thread := r.arg("in"), r.arg("thread")
	if !strings.HasPrefix(text, "/") {
		_, err := r.user.Post(r.Context(), channel, thread, text)
		return outcome{}, err
	}
	name, rest, _ := strings.Cut(text, " ")
	if thread != "" {
		return outcome{Notice: r.words.ThreadCommand, KeepInput: true}, nil
	}
	if !p.hasCommand(name) {
		return outcome{Notice: fmt.Sprintf(r.words.BadCommand, name), KeepInput: true}, nil
	}
	_, err := r.user.Slash(r.Context(), channel, name, strings.TrimSpace(rest))
	return outcome{}, err
}

func (p *page) hasCommand(name string) bool {
	for _, c := range p.reader.Commands() {
		if c.Command == name {
			return true
		}
	}
	return false
}

// delete deletes a message that the person wrote.
func (p *page) delete(r pageRequest) (outcome, error) {
	return outcome{}, r.user.Delete(r.Context(), r.arg("in"), r.arg("ts"))
}

func (p *page) shortcut(r pageRequest) (outcome, error) {
	if ts := r.arg("ts"); ts != "" {
		return outcome{}, r.user.MessageShortcut(r.Context(), r.arg("callback"), r.arg("in"), ts)
	}
	return outcome{}, r.user.Shortcut(r.Context(), r.arg("callback"))
}

func (p *page) click(r pageRequest) (outcome, error) {
	return outcome{}, r.user.Click(r.Context(), r.arg("in"), r.arg("ts"), r.arg("action"), r.arg("value"))
}

func (p *page) openHome(r pageRequest) (outcome, error) {
	return outcome{}, r.user.OpenHome(r.Context())
}

// submitView presses Submit. What the person typed stays in the tab until the
// view is gone, whatever the answer.
func (p *page) submitView(r pageRequest) (outcome, error) {
	values, err := p.values(r, "")
	if err != nil {
		return outcome{}, err
	}
	done, err := r.user.Submit(r.Context(), r.arg("view"), values)
	if err != nil {
		return outcome{}, err
	}
	if done.Local {
		for block, sentence := range done.Errors {
			done.Errors[block] = r.words.FromClient(sentence)
		}
	}
	return outcome{Errors: done.Errors, KeepInput: len(done.Errors) > 0}, nil
}

func (p *page) closeView(r pageRequest) (outcome, error) {
	return outcome{}, r.user.CloseView(r.Context(), r.arg("view"))
}

// clickView first passes on what else was typed, so that the app reads it in
// view.state, as it does in Slack. What was picked comes with the click.
func (p *page) clickView(r pageRequest) (outcome, error) {
	if err := p.typeAlong(r); err != nil {
		return outcome{}, err
	}
	return outcome{}, r.user.ClickView(r.Context(), r.arg("view"), r.arg("action"), r.arg("value"))
}

func (p *page) typeAlong(r pageRequest) error {
	values, err := p.values(r, r.arg("action"))
	if err != nil || len(values) == 0 {
		return err
	}
	_, err = r.user.Type(r.Context(), r.arg("view"), values) // half-typed values are no error yet
	return err
}

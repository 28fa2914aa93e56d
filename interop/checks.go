package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/slacksim"
)

// check is one thing that somebody does with the app.
type check struct {
	name string
	do   func(*session, context.Context) error
}

func checks() []check {
	all := []check{
		{"command, answered in its acknowledgement", (*session).answer},
		{"command, answered through response_url", (*session).respond},
		{"modal: errors", func(s *session, ctx context.Context) error {
			return s.submit(ctx, "errors", func(got slacksim.Submission) bool { return got.Errors["answer"] == "not this one" }, "form")
		}},
		{"modal: update", func(s *session, ctx context.Context) error {
			return s.submit(ctx, "update", func(got slacksim.Submission) bool { return got.Updated }, "updated")
		}},
		{"modal: push", func(s *session, ctx context.Context) error {
			return s.submit(ctx, "push", func(got slacksim.Submission) bool { return got.Pushed }, "pushed")
		}},
		{"modal: clear", func(s *session, ctx context.Context) error {
			return s.submit(ctx, "clear", func(got slacksim.Submission) bool { return got.Closed }, "")
		}},
		{"modal: every kind of input", (*session).everyInput},
		{"modal: closed by the person", (*session).closed},
		{"modal: views.push, views.update with a hash", (*session).deeper},
		{"global shortcut", (*session).global},
		{"message shortcut", (*session).message},
		{"Web API: every method, and Slack's own errors", (*session).methods},
		{"buttons and menus of a message; replace and delete the original", (*session).clicks},
		{"Home", (*session).home},
		{"files.uploadV2, two files in a message", (*session).upload},
		{"rate limit: the client waits and asks again", (*session).limited},
		{"lost answer: the client asks again", (*session).lost},
		{"socket refreshed: the client connects anew", (*session).refreshed},
	}
	return all
}

var errOther = errors.New("something else happened")

// probe types the command.
func (s *session) probe(ctx context.Context, text string) (slacksim.Answer, error) {
	return s.anna.Slash(ctx, room, "/probe", text)
}

// posted waits for a message of the app in the room.
func (s *session) posted(ctx context.Context, begins string) (slacksim.Message, error) {
	return s.AwaitMessage(ctx, room, func(m slacksim.Message) bool { return strings.HasPrefix(m.Text, begins) })
}

func (s *session) answer(ctx context.Context) error {
	got, err := s.probe(ctx, "answer")
	if err != nil || got.Text != "answered" {
		return fmt.Errorf("%+v: %w", got, errors.Join(err, errOther))
	}
	got, err = s.probe(ctx, "else")
	if err != nil || got.Text != "unknown: else" {
		return fmt.Errorf("%+v: %w", got, errors.Join(err, errOther))
	}
	return nil
}

func (s *session) respond(ctx context.Context) error {
	if _, err := s.probe(ctx, "respond"); err != nil {
		return err
	}
	_, err := s.anna.AwaitEphemeral(ctx, room, func(m slacksim.Message) bool { return m.Text == "seen by one" })
	if err != nil {
		return err
	}
	_, err = s.posted(ctx, "seen by all")
	return err
}

// form opens the modal.
func (s *session) form(ctx context.Context) (slacksim.View, error) {
	if _, err := s.probe(ctx, "form"); err != nil {
		return slacksim.View{}, err
	}
	return s.anna.AwaitModal(ctx, "form")
}

// submit has the app answer a submission in one of its ways; next is on top
// afterwards, "" for nothing.
func (s *session) submit(ctx context.Context, way string, as func(slacksim.Submission) bool, next string) error {
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	got, err := s.anna.Submit(ctx, view.ID, slacksim.Values{"answer": way})
	if err != nil || !as(got) {
		return fmt.Errorf("%+v: %w", got, errors.Join(err, errOther))
	}
	if top, _ := s.anna.Modal(); top.CallbackID != next {
		return fmt.Errorf("%q is on top, not %q", top.CallbackID, next)
	}
	return nil
}

func (s *session) everyInput(ctx context.Context) error {
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	got, err := s.anna.Submit(ctx, view.ID, slacksim.Values{
		"answer": "x", "number": "3", "email": "a@b.example", "url": "https://x.example", "date": "2026-03-01", "time": "10:30",
		"pick": "red", "picks": []string{"red", "blue"}, "radio": "blue", "boxes": []string{"red"}, "person": bram, "place": hall,
		"files": []slacksim.Upload{{Name: "a.txt", Body: []byte("a")}},
	})
	if err != nil || !got.Closed {
		return fmt.Errorf("%+v: %w", got, errors.Join(err, errOther))
	}
	const want = `state {"answer":"x","boxes":["red"],"date":"2026-03-01","email":"a@b.example","files":["a.txt"],"number":"3",` +
		`"person":"U0BRAM","pick":"red","picks":["red","blue"],"place":"C0HALL","radio":"blue","text":"typed before",` +
		`"time":"10:30","url":"https://x.example"}`
	m, err := s.posted(ctx, "state ")
	if err == nil && m.Text != want {
		err = fmt.Errorf("the app read %s", m.Text)
	}
	return err
}

func (s *session) closed(ctx context.Context) error {
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	if err := s.anna.CloseView(ctx, view.ID); err != nil {
		return err
	}
	_, err = s.posted(ctx, "closed kept")
	return err
}

func (s *session) deeper(ctx context.Context) error {
	view, err := s.form(ctx)
	if err != nil {
		return err
	}
	if err := s.anna.ClickView(ctx, view.ID, "push", ""); err != nil {
		return err
	}
	deep, err := s.anna.AwaitModal(ctx, "deep")
	if err != nil {
		return err
	}
	if err := s.anna.CloseView(ctx, deep.ID); err != nil {
		return err
	}
	if err := s.anna.ClickView(ctx, view.ID, "change", ""); err != nil {
		return err
	}
	_, err = s.anna.AwaitModal(ctx, "changed")
	return err
}

func (s *session) global(ctx context.Context) error {
	if err := s.anna.Shortcut(ctx, "global_probe"); err != nil {
		return err
	}
	_, err := s.anna.AwaitModal(ctx, "from_shortcut")
	return err
}

// message uses the shortcut where the app is no member.
func (s *session) message(ctx context.Context) error {
	ts, err := s.anna.Post(ctx, hall, "", "a message")
	if err != nil {
		return err
	}
	if err := s.anna.MessageShortcut(ctx, "message_probe", hall, ts); err != nil {
		return err
	}
	view, err := s.anna.AwaitModal(ctx, "from_message")
	if err == nil && !strings.Contains(string(view.Raw), "a message") {
		err = errOther
	}
	if err != nil {
		return err
	}
	_, err = s.anna.AwaitEphemeral(ctx, hall, func(m slacksim.Message) bool { return m.Text == "about your message" })
	return err
}

// methods waits for the message that the app posts when all went well, or for its
// error.
func (s *session) methods(ctx context.Context) error {
	if _, err := s.probe(ctx, "methods"); err != nil {
		return err
	}
	m, err := s.AwaitMessage(ctx, room, func(m slacksim.Message) bool { return m.Text == "choose" || strings.HasPrefix(m.Text, "error ") })
	if err == nil && m.Text != "choose" {
		err = errors.New(m.Text)
	}
	return err
}

func (s *session) clicks(ctx context.Context) error {
	m, err := s.posted(ctx, "choose")
	if err != nil {
		return err
	}
	for _, click := range []struct{ action, value, want string }{
		{"pick_colour", "blue", "picked static_select blue in " + room},
		{"pick_day", "2026-03-01", "picked datepicker 2026-03-01 in " + room},
		{"replace", "", "replaced"},
	} {
		if err := s.anna.Click(ctx, room, m.TS, click.action, click.value); err != nil {
			return fmt.Errorf("%s: %w", click.action, err)
		}
		if _, err := s.posted(ctx, click.want); err != nil {
			return fmt.Errorf("%s: %w", click.action, err)
		}
	}
	if err := s.anna.Click(ctx, room, m.TS, "remove", ""); err != nil {
		return err
	}
	return s.Workspace().Await(ctx, "the message to go", func() bool { return s.Workspace().Channels.Get(room).Message(m.TS) == nil })
}

func (s *session) home(ctx context.Context) error {
	if err := s.anna.OpenHome(ctx); err != nil {
		return err
	}
	shows := func(text string) (slacksim.View, error) {
		return s.anna.AwaitView(ctx, func(v slacksim.View) bool { return v.Type == "home" && strings.Contains(string(v.Raw), text) })
	}
	view, err := shows("welcome")
	if err != nil {
		return err
	}
	if err := s.anna.ClickView(ctx, view.ID, "home_button", ""); err != nil {
		return err
	}
	_, err = shows("pressed")
	return err
}

func (s *session) upload(ctx context.Context) error {
	if _, err := s.probe(ctx, "upload"); err != nil {
		return err
	}
	m, err := s.posted(ctx, "two files")
	if err == nil && (len(m.Files) != 2 || m.Files[0].Title != "First" || m.Files[1].Name != "second.txt") {
		err = fmt.Errorf("%+v", m.Files)
	}
	return err
}

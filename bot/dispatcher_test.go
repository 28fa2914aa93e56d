package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/bot/socketmode"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

// form is a modal with one field.
func form() slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
	}
	input := slack.NewInputBlock("story", plain("Story"), nil, slack.NewPlainTextInputBlockElement(nil, "value"))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "form", Title: plain("Form"), Submit: plain("Save"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewSectionBlock(plain("Tell us."), nil, nil), input,
		}},
	}
}

// opened runs a bot whose command opens the form and waits until anna sees it.
func opened(t *testing.T) (*botTest, slacksim.View) {
	t.Helper()
	l := newBotTest(t)
	l.handler.command = func(ctx context.Context, c incoming.Command) handlers.Ack {
		if _, err := l.handler.slack.OpenView(ctx, c.TriggerID, form()); err != nil {
			t.Error(err)
		}
		return handlers.Ack{}
	}
	l.run()
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	view, err := l.Sim.As(anna).AwaitModal(l.Ctx, "form")
	l.Must(err)
	return l, view
}

func TestDispatcher_panicAnswersThePerson(t *testing.T) {
	t.Parallel()
	trouble := bottest.Catalogue(t).In("nl").Say("bot.trouble")
	panics := func(context.Context, incoming.Interaction) handlers.Ack { panic(confided) }
	t.Run("command", func(t *testing.T) {
		t.Parallel()
		l := newBotTest(t)
		l.handler.command = func(context.Context, incoming.Command) handlers.Ack { panic(confided) }
		l.run()
		answer, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", confided)
		l.Must(err)
		if answer.Text != trouble || answer.ResponseType != slack.ResponseTypeEphemeral {
			t.Errorf("answer %+v", answer)
		}
		if !strings.Contains(l.Log.String(), "TestDispatcher_panicAnswersThePerson") {
			t.Error("the log does not name the place")
		}
	})
	t.Run("submission", func(t *testing.T) {
		t.Parallel()
		l, view := opened(t)
		l.handler.interaction = panics
		sub, err := l.Sim.As(anna).Submit(l.Ctx, view.ID, slacksim.Values{"story": confided})
		l.Must(err)
		if sub.Closed || sub.Errors["story"] != trouble {
			t.Errorf("submission %+v, want the modal open with the sentence", sub)
		}
	})
	t.Run("click", func(t *testing.T) {
		t.Parallel()
		l := newBotTest(t)
		l.handler.interaction = panics
		l.handler.render = func(context.Context, outbox.Delivery) (handlers.Message, int, error) {
			button := slack.NewButtonBlockElement("go", "go", slack.NewTextBlockObject(slack.PlainTextType, "Go", false, false))
			return handlers.Message{Text: "case", Blocks: []slack.Block{slack.NewActionBlock("b", button)}}, 1, nil
		}
		l.run()
		l.file("g")
		l.AwaitIdle(l.db)
		l.Must(l.Sim.As(olga).Click(l.Ctx, cases, l.Only(cases).TS, "go", "go"))
		m, err := l.Sim.As(olga).AwaitEphemeral(l.Ctx, cases, func(slacksim.Message) bool { return true })
		l.Must(err)
		if m.Text != trouble {
			t.Errorf("ephemeral %q", m.Text)
		}
	})
	t.Run("shortcut", func(t *testing.T) {
		t.Parallel()
		l := newBotTest(t)
		l.handler.interaction = panics
		l.run()
		l.Must(l.Sim.As(anna).Shortcut(l.Ctx, "log_complaint"))
		dms := l.Sim.As(anna).DMs()
		if len(dms) != 1 || dms[0].Text != trouble {
			t.Errorf("%d direct messages", len(dms))
		}
	})
}

func TestDispatcher_submissionWithoutInputsIsNotAcknowledgedAfterAPanic(t *testing.T) {
	t.Parallel()
	_, ok := atFirstInput(incoming.View{Blocks: []incoming.Block{{Type: slack.MBTDivider}}}, "sorry")
	if ok {
		t.Error("an empty ack would close the modal as if all were well")
	}
}

// TestDispatcher_oversizedAck: Slack loses an ack of 20,480 bytes without a word.
func TestDispatcher_oversizedAck(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.handler.command = func(context.Context, incoming.Command) handlers.Ack {
		return handlers.Ack{Payload: map[string]string{"text": strings.Repeat("x", 20_480)}}
	}
	l.run()
	answer, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	if answer.Text != bottest.Catalogue(t).In("nl").Say("bot.trouble") {
		t.Errorf("answer of %d characters", len(answer.Text))
	}
}

// TestDispatcher_gesturesHaveADeadline: the handler's context ends 2.5 s after
// the gesture came in, and a stop does not cut it short.
func TestDispatcher_gesturesHaveADeadline(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.handler.command = func(ctx context.Context, _ incoming.Command) handlers.Ack {
		l.stop()
		deadline, ok := ctx.Deadline()
		left := time.Until(deadline)
		if !ok || left > gestureTime || left < gestureTime-time.Second || ctx.Err() != nil {
			t.Errorf("deadline %v, in %v, error %v", ok, left, ctx.Err())
		}
		return handlers.Ack{}
	}
	l.run()
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	l.Must(l.end())
}

func TestDispatcher_eventsReachDirectoryAndHandlers(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	seen := make(chan incoming.EventType, 16)
	l.handler.event = func(_ context.Context, e incoming.Event) { seen <- e.Type }
	l.run()
	await := func(want incoming.EventType) {
		t.Helper()
		for {
			select {
			case got := <-seen:
				if got == want {
					return
				}
			case <-l.Ctx.Done():
				t.Fatalf("no %s", want)
			}
		}
	}
	_, err := l.handler.people.Person(l.Ctx, anna)
	l.Must(err)
	l.Must(l.Sim.MakeGuest(anna))
	await(incoming.UserChanged)
	if p, err := l.handler.people.Person(l.Ctx, anna); err != nil || p.Standing != roster.StandingGuest {
		t.Errorf("anna is %q now, %v", p.Standing, err)
	}
	l.Must(l.Sim.AddPerson(slacksim.Person{ID: "U0NEW", Name: "new", RealName: "Nina New", Locale: "en-US"}))
	await(incoming.TeamJoined)
	before := l.Calls("users.info")
	if p, err := l.handler.people.Person(l.Ctx, "U0NEW"); err != nil || p.Name != "Nina New" || l.Calls("users.info") != before {
		t.Errorf("%+v, %v: want the new person known without a call", p, err)
	}
	l.Must(l.Sim.As(anna).OpenHome(l.Ctx))
	await(incoming.HomeOpened)
}

// TestDispatcher_oneClickTwice: an envelope that came twice finds its trigger
// exchanged; the modal is open, and nobody reads that something went wrong.
func TestDispatcher_oneClickTwice(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	var trigger string
	l.handler.command = func(ctx context.Context, c incoming.Command) handlers.Ack {
		trigger = c.TriggerID
		for range 2 {
			if _, err := l.handler.slack.OpenView(ctx, trigger, form()); err != nil {
				t.Error(err)
			}
		}
		return handlers.Ack{}
	}
	l.run()
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	_, err = l.Sim.As(anna).AwaitModal(l.Ctx, "form")
	l.Must(err)
	if _, err := l.handler.slack.OpenView(l.Ctx, "1.2.none", form()); slackapi.Code(err) == "" {
		t.Errorf("a trigger that is none: %v", err)
	}
}

func TestDispatcher_screen(t *testing.T) {
	t.Parallel()
	l, view := opened(t)
	changed := form()
	changed.CallbackID = "changed"
	l.Must(l.handler.slack.UpdateView(l.Ctx, view.ID, changed))
	if top, _ := l.Sim.As(anna).Modal(); top.CallbackID != "changed" {
		t.Errorf("modal %q", top.CallbackID)
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}
	l.Must(l.handler.slack.PublishHome(l.Ctx, anna, home))
	if _, ok := l.Sim.As(anna).Home(); !ok {
		t.Error("no Home tab")
	}
	l.Must(l.handler.slack.SendDirect(l.Ctx, anna, "*hello*"))
	if dms := l.Sim.As(anna).DMs(); len(dms) != 1 || dms[0].Text != "*hello*" {
		t.Errorf("%d direct messages", len(dms))
	}
	err := l.handler.slack.UpdateView(l.Ctx, "V0NONE", changed)
	if slackapi.Code(err) == "" {
		t.Errorf("error %v lost Slack's word", err)
	}
	// A response URL is a secret: it must not stand in an error.
	err = l.handler.slack.Respond(l.Ctx, "http://127.0.0.1:1/actions/token", handlers.Response{Text: "x"})
	if err == nil || strings.Contains(err.Error(), "actions") {
		t.Errorf("error %v", err)
	}
	if errors.Is(err, context.Canceled) {
		t.Error("the context was still good")
	}
}

// TestDispatcher_whose: a gesture is its person's, an event nobody's but for a
// Home tab, and what nobody can read is nobody's.
func TestDispatcher_whose(t *testing.T) {
	t.Parallel()
	d := &dispatcher{}
	for _, test := range []struct {
		data any
		want roster.PersonID
	}{
		{incoming.Command{UserID: anna}, anna},
		{incoming.Interaction{Type: slack.InteractionTypeBlockActions, User: incoming.Person{ID: olga}}, olga},
		{incoming.Event{Type: incoming.HomeOpened, User: incoming.User{ID: eva}}, eva},
		{incoming.Event{Type: incoming.ChannelShared, User: incoming.User{ID: eva}}, ""},
		{nil, ""},
	} {
		if g := d.gesture(socketmode.Envelope{ID: "e-1", Data: test.data}); g.who != test.want || g.ID != "e-1" || g.do == nil || g.sorry == nil {
			t.Errorf("%T: by %q in %s", test.data, g.who, g.ID)
		}
	}
}

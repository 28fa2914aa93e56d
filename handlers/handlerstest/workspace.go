package handlerstest

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/bot/socketmode"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

// Detail adds what Slack said about a refusal.
func Detail(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return refused.Err + ": " + strings.Join(refused.ResponseMetadata.Messages, "; ")
	}
	return err.Error()
}

const Lobby = "C0LOBBY"

// liveSlack is Slack over slack-go, in front of the simulator, which refuses
// what Slack refuses.
type liveSlack struct{ api *slackapi.Client }

func (s liveSlack) OpenView(ctx context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	opened, err := s.api.OpenViewContext(ctx, trigger, v)
	if err != nil {
		return "", err
	}
	return opened.ID, nil
}

func (s liveSlack) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	_, err := s.api.UpdateViewContext(ctx, v, "", "", id)
	return err
}

func (s liveSlack) PublishHome(ctx context.Context, who roster.PersonID, v slack.HomeTabViewRequest) error {
	_, err := s.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(who), View: v})
	return err
}

func (s liveSlack) Respond(ctx context.Context, url string, r core.Response) error {
	if r.Replace != nil {
		return slack.PostWebhookContext(ctx, url, &slack.WebhookMessage{Text: r.Text, Blocks: &slack.Blocks{BlockSet: r.Replace}, ReplaceOriginal: true})
	}
	return slack.PostWebhookContext(ctx, url, &slack.WebhookMessage{Text: r.Text, ResponseType: slack.ResponseTypeEphemeral})
}

func (s liveSlack) SendDirect(ctx context.Context, who roster.PersonID, text string) error {
	c, _, _, err := s.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(who)}})
	if err == nil {
		_, _, err = s.api.PostMessageContext(ctx, c.ID, slack.MsgOptionText(text, false))
	}
	return err
}

// Workspace is a simulated Slack with the handlers behind a real
// socket.
type Workspace struct {
	*Fixture
	Sim *slacksim.Sim
	API *slackapi.Client
}

func NewWorkspace(t *testing.T) Workspace {
	t.Helper()
	config := slacksim.Config{Manifest: klachtbot.Manifest}
	room := slacksim.Channel{ID: Lobby, Name: "Lobby"}
	for id, p := range People() {
		config.People = append(config.People, slacksim.Person{
			ID: string(id), Name: strings.ToLower(string(id)), RealName: p.Name, Locale: "en-US",
			Guest: p.Standing == roster.StandingGuest, Deleted: p.Standing == roster.StandingDeactivated,
			Bot: p.Standing == roster.StandingBot, Stranger: p.Standing == roster.StandingStranger,
		})
		if p.Standing == roster.StandingMember || p.Standing == roster.StandingGuest {
			room.Members = append(room.Members, string(id))
		}
	}
	config.Channels = []slacksim.Channel{room}
	w := Workspace{Fixture: NewWithRules(t, Policy(t))}
	var err error
	if w.Sim, err = slacksim.New(config); err != nil {
		t.Fatal(err)
	}
	if err := w.Sim.Start(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	w.connect(t)
	return w
}

// connect puts the handlers behind a socket. When the test ends the socket
// closes first, then the simulator.
func (w *Workspace) connect(t *testing.T) {
	t.Helper()
	account := slackapi.Account{BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken, URL: w.Sim.APIURL()}
	w.API = slackapi.New(account, slackapi.NewHTTP(5*time.Second))
	w.Slack = liveSlack{api: w.API}
	came := make(envelopes, 64)
	client := socketmode.New(w.API, came, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- client.Keep(ctx, 1) }()
	go w.serve(ctx, came)
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-ended, w.Sim.Close()); err != nil {
			t.Error(err)
		}
		if all := w.Sim.Complaints(); len(all) > 0 {
			t.Errorf("Slack would have refused: %v", all)
		}
	})
	if err := w.Sim.AwaitConnections(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
}

// envelopes are those that came over the socket.
type envelopes chan socketmode.Envelope

func (envelopes) Connected(int) {}

func (c envelopes) Receive(e socketmode.Envelope) { c <- e }

func (w *Workspace) serve(ctx context.Context, came envelopes) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-came:
			var ack core.Ack
			switch data := e.Data.(type) {
			case incoming.Command:
				ack = w.Command(ctx, data)
			case incoming.Interaction:
				ack = w.Interaction(ctx, data)
			case incoming.Event:
				w.Event(ctx, data)
			}
			if e.Ack(ctx, ack.Payload) != nil {
				return
			}
			if ack.Then != nil {
				ack.Then(ctx)
			}
		}
	}
}

// Opens types /klacht and returns the modal that comes.
func (w *Workspace) Opens(t *testing.T, who roster.PersonID, text, callback string) slacksim.View {
	t.Helper()
	user := w.Sim.As(string(who))
	if _, err := user.Slash(t.Context(), Lobby, "/klacht", text); err != nil {
		t.Fatal(err)
	}
	return w.Awaits(t, who, callback)
}

func (w *Workspace) Awaits(t *testing.T, who roster.PersonID, callback string) slacksim.View {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	view, err := w.Sim.As(string(who)).AwaitModal(ctx, callback)
	if err != nil {
		t.Fatalf("%s awaits %s: %v; calls: %v", who, callback, err, w.Sim.Calls())
	}
	return view
}

// Posted puts a message in the direct messages of an officer, where a strict
// Slack judges it.
func (w *Workspace) Posted(t *testing.T, who roster.PersonID, m core.Message) (channel, ts string) {
	t.Helper()
	c, _, _, err := w.API.OpenConversationContext(t.Context(), &slack.OpenConversationParameters{Users: []string{string(who)}})
	if err != nil {
		t.Fatal(err)
	}
	channel, ts, err = w.API.PostMessageContext(t.Context(), c.ID, slack.MsgOptionText(m.Text, true), slack.MsgOptionBlocks(m.Blocks...))
	if err != nil {
		t.Fatal(Detail(err))
	}
	return channel, ts
}

package handlers

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

const lobby = "C0LOBBY"

// liveSlack is Slack over slack-go, in front of the simulator, which refuses
// what Slack refuses.
type liveSlack struct{ api *slack.Client }

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

func (s liveSlack) Respond(ctx context.Context, url, text string) error {
	return slack.PostWebhookContext(ctx, url, &slack.WebhookMessage{Text: text, ResponseType: slack.ResponseTypeEphemeral})
}

func (s liveSlack) SendDirect(ctx context.Context, who roster.PersonID, text string) error {
	c, _, _, err := s.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{string(who)}})
	if err == nil {
		_, _, err = s.api.PostMessageContext(ctx, c.ID, slack.MsgOptionText(text, false))
	}
	return err
}

// workspace is a simulated Slack with the office's handlers behind a real
// socket.
type workspace struct {
	office
	sim *slacksim.Sim
	api *slack.Client
}

func newWorkspace(t *testing.T) workspace {
	t.Helper()
	manifest, err := os.ReadFile("../manifest.yml")
	if err != nil {
		t.Fatal(err)
	}
	config := slacksim.Config{Manifest: manifest}
	room := slacksim.Channel{ID: lobby, Name: "lobby"}
	for id, p := range people() {
		config.People = append(config.People, slacksim.Person{
			ID: string(id), Name: strings.ToLower(string(id)), RealName: p.Name, Locale: p.Language + "-NL",
			Guest: p.Standing == roster.StandingGuest, Deleted: p.Standing == roster.StandingDeactivated,
			Bot: p.Standing == roster.StandingBot, Stranger: p.Standing == roster.StandingStranger,
		})
		if p.Standing == roster.StandingMember || p.Standing == roster.StandingGuest {
			room.Members = append(room.Members, string(id))
		}
	}
	config.Channels = []slacksim.Channel{room}
	w := workspace{office: openOffice(t)}
	if w.sim, err = slacksim.New(config); err != nil {
		t.Fatal(err)
	}
	if err := w.sim.Start(t.Context(), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	w.connect(t)
	return w
}

// connect puts the handlers behind a socket. When the test ends the socket
// closes first, then the simulator.
func (w *workspace) connect(t *testing.T) {
	t.Helper()
	quiet := log.New(io.Discard, "", 0)
	w.api = slack.New(slacksim.DefaultBotToken, slack.OptionAppLevelToken(slacksim.DefaultAppToken),
		slack.OptionAPIURL(w.sim.APIURL()), slack.OptionHTTPClient(&http.Client{Timeout: 5 * time.Second}), slack.OptionLog(quiet))
	w.Slack = liveSlack{w.api}
	client := socketmode.New(w.api, socketmode.OptionLog(quiet))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = client.RunContext(ctx) // ends with the test
	}()
	go w.serve(ctx, client)
	t.Cleanup(func() {
		cancel()
		<-ended
		if err := w.sim.Close(); err != nil {
			t.Error(err)
		}
		if all := w.sim.Complaints(); len(all) > 0 {
			t.Errorf("Slack would have refused: %v", all)
		}
	})
	if err := w.sim.AwaitConnections(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
}

func (w *workspace) serve(ctx context.Context, client *socketmode.Client) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-client.Events:
			var ack core.Ack
			switch data := e.Data.(type) {
			case slack.SlashCommand:
				ack = w.Command(ctx, data)
			case slack.InteractionCallback:
				ack = w.Interaction(ctx, data)
			case slackevents.EventsAPIEvent:
				w.Event(ctx, data.InnerEvent.Data)
			}
			if e.Request == nil || e.Request.EnvelopeID == "" {
				continue
			}
			if err := client.AckCtx(ctx, e.Request.EnvelopeID, ack.Payload); err != nil {
				return
			}
		}
	}
}

// opens types /klacht and returns the modal that comes.
func (w *workspace) opens(t *testing.T, who roster.PersonID, text, callback string) slacksim.View {
	t.Helper()
	hand := w.sim.As(string(who))
	if _, err := hand.Slash(t.Context(), lobby, "/klacht", text); err != nil {
		t.Fatal(err)
	}
	return w.awaits(t, who, callback)
}

func (w *workspace) awaits(t *testing.T, who roster.PersonID, callback string) slacksim.View {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	view, err := w.sim.As(string(who)).AwaitModal(ctx, callback)
	if err != nil {
		t.Fatalf("%s awaits %s: %v; calls: %v", who, callback, err, w.sim.Calls())
	}
	return view
}

// TestLive takes the log modal, its mistakes, the closing view, the list, the
// dossier and the Home tab through a Slack that is as strict as the real one.
func TestLive(t *testing.T) {
	w := newWorkspace(t)
	form := w.opens(t, staff, "", "log_complaint")
	values := slacksim.Values{}
	for id, v := range filled(map[string]string{
		"description":      strings.Repeat("😀", 1500),
		"description_more": "<!channel> *vet* <https://kwaad.example|artra>",
		"email":            "dat is geen adres",
	}) {
		values[id] = v
	}
	hand := w.sim.As(string(staff))
	got, err := hand.Submit(t.Context(), form.ID, values)
	if err != nil || got.Local || !strings.Contains(got.Errors["email"], "geen e-mailadres") {
		t.Fatalf("submission with a mistake: %+v, %v", got, err)
	}
	got, err = hand.Submit(t.Context(), form.ID, slacksim.Values{"email": "klaas@klager.example"})
	if err != nil || !got.Updated {
		t.Fatalf("submission: %+v, %v", got, err)
	}
	if closing := w.awaits(t, staff, "logged"); !strings.Contains(string(closing.Raw), "K-2026-0001") {
		t.Errorf("the closing view lacks the number")
	}
	list := w.opens(t, officer, "lijst", "list")
	if err := w.sim.As(string(officer)).ClickView(t.Context(), list.ID, "dossier", ""); err != nil {
		t.Fatal(err)
	}
	if dossier := w.awaits(t, officer, "dossier"); !strings.Contains(string(dossier.Raw), "Basiscursus planning") {
		t.Error("the dossier lacks what the case is about")
	}
	w.opens(t, director, "k-2026-1", "card")
}

func TestLiveHomeOpensTheModal(t *testing.T) {
	w := newWorkspace(t)
	hand := w.sim.As(string(english))
	if err := hand.OpenHome(t.Context()); err != nil {
		t.Fatal(err)
	}
	home, err := hand.AwaitView(t.Context(), func(v slacksim.View) bool { return v.Type == "home" })
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.ClickView(t.Context(), home.ID, "log_complaint", ""); err != nil {
		t.Fatal(err)
	}
	w.awaits(t, english, "log_complaint")
}

func TestLiveGuest(t *testing.T) {
	w := newWorkspace(t)
	hand := w.sim.As(string(guest))
	got, err := hand.Slash(t.Context(), lobby, "/klacht", "")
	if err != nil || !strings.Contains(got.Text, "te gast") {
		t.Errorf("the guest reads %q, %v", got.Text, err)
	}
	if err := hand.Shortcut(t.Context(), "log_complaint"); err != nil {
		t.Fatal(err)
	}
	if told := hand.DMs(); len(told) != 1 || !strings.Contains(told[0].Text, "te gast") {
		t.Errorf("the guest was told %d messages", len(told))
	}
	if _, open := hand.Modal(); open {
		t.Error("a refusal opened a modal")
	}
}

func TestLiveFromMessage(t *testing.T) {
	w := newWorkspace(t)
	hand := w.sim.As(string(staff))
	ts, err := hand.Post(t.Context(), lobby, "", "Klant Bea is boos: "+strings.Repeat("zin met woorden ", 450))
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.MessageShortcut(t.Context(), intake.FilingFromMessage, lobby, ts); err != nil {
		t.Fatal(err)
	}
	view := w.awaits(t, staff, "log_complaint")
	if raw := string(view.Raw); !strings.Contains(raw, "Klant Bea is boos") || !strings.Contains(raw, "langer dan de twee velden") {
		t.Error("the story is not filled in, or the modal doesn't say that it was cut")
	}
}

// TestGoldenViewsPassTheJudge opens every golden modal and Home tab in the
// simulator.
func TestGoldenViewsPassTheJudge(t *testing.T) {
	w := newWorkspace(t)
	views, homes := goldenViews(t)
	if len(views) < 10 || len(homes) < 3 {
		t.Fatalf("%d modals and %d Home tabs, want more", len(views), len(homes))
	}
	form := w.opens(t, staff, "", "log_complaint")
	for name, view := range views {
		if err := w.Slack.UpdateView(t.Context(), form.ID, view); err != nil {
			t.Errorf("%s: %v", name, detail(err))
		}
	}
	for name, home := range homes {
		if err := w.Slack.PublishHome(t.Context(), staff, home); err != nil {
			t.Errorf("%s: %v", name, detail(err))
		}
	}
}

// Command floor is the floor of bench: the job in the shortest Go on the libraries that
// klachtbot uses, with nothing kept safe. A lost socket, a failed post or a
// redelivered envelope is nobody's business here.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// schema is that of the peer.
const schema = `
	CREATE SEQUENCE IF NOT EXISTS case_number;
	CREATE TABLE IF NOT EXISTS cases (
		number BIGINT PRIMARY KEY DEFAULT nextval('case_number'),
		filed_by TEXT NOT NULL,
		filed_at TIMESTAMPTZ NOT NULL DEFAULT now(),
		answers JSONB NOT NULL
	);
	CREATE TABLE IF NOT EXISTS events (
		id BIGSERIAL PRIMARY KEY,
		case_number BIGINT NOT NULL REFERENCES cases,
		actor TEXT NOT NULL,
		action TEXT NOT NULL,
		at TIMESTAMPTZ NOT NULL DEFAULT now()
	);`

type app struct {
	db      *sqlx.DB
	api     *slack.Client
	socket  *socketmode.Client
	channel string
	form    slack.ModalViewRequest
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := run(ctx); ctx.Err() == nil {
		log.Fatal(err)
	}
}

// run serves until ctx ends, or until something goes wrong.
func run(ctx context.Context) error {
	db, err := sqlx.ConnectContext(ctx, "postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return err
	}
	api := slack.New(os.Getenv("SLACK_BOT_TOKEN"), slack.OptionAppLevelToken(os.Getenv("SLACK_APP_TOKEN")),
		slack.OptionAPIURL(os.Getenv("SLACK_API_URL")))
	a := app{db: db, api: api, socket: socketmode.New(api), channel: os.Getenv("CASE_CHANNEL")}
	form, err := os.ReadFile(os.Getenv("FORM"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(form, &a.form); err != nil {
		return err
	}
	go a.serve(ctx)
	return a.socket.RunContext(ctx)
}

func (a app) serve(ctx context.Context) {
	for e := range a.socket.Events {
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			go a.report(a.open(ctx, *e.Request, data))
		case slack.InteractionCallback:
			if data.Type == slack.InteractionTypeViewSubmission {
				go a.report(a.submit(ctx, *e.Request, data))
			}
		}
	}
}

func (a app) report(err error) {
	if err != nil {
		log.Print(err)
	}
}

func (a app) open(ctx context.Context, r socketmode.Request, c slack.SlashCommand) error {
	if err := a.socket.Ack(r); err != nil {
		return err
	}
	_, err := a.api.OpenViewContext(ctx, c.TriggerID, a.form)
	return err
}

func (a app) submit(ctx context.Context, r socketmode.Request, c slack.InteractionCallback) error {
	answers := answersOf(c.View.State)
	number, err := a.file(ctx, answers, c.User.ID)
	if err != nil {
		return err
	}
	if err := a.socket.Ack(r, slack.NewUpdateViewSubmissionResponse(filed(number))); err != nil {
		return err
	}
	_, ts, err := a.api.PostMessageContext(ctx, a.channel, slack.MsgOptionText(number+": nieuwe klacht", false),
		slack.MsgOptionBlocks(caseBlocks(number, answers)...))
	if err != nil {
		return err
	}
	story := answers["description"] + "\n\n*Wens:* " + answers["desired_outcome"]
	_, _, err = a.api.PostMessageContext(ctx, a.channel, slack.MsgOptionTS(ts),
		slack.MsgOptionText(number+": het verhaal", false),
		slack.MsgOptionBlocks(slack.NewSectionBlock(mrkdwn(story), nil, nil)))
	return err
}

func (a app) file(ctx context.Context, answers map[string]string, user string) (string, error) {
	whole, err := json.Marshal(answers)
	if err != nil {
		return "", err
	}
	tx, err := a.db.BeginTxx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback() }()
	var n int64
	if err := tx.GetContext(ctx, &n, `INSERT INTO cases (filed_by, answers) VALUES ($1, $2) RETURNING number`, user, whole); err != nil {
		return "", err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO events (case_number, actor, action) VALUES ($1, $2, 'filed')`, n, user); err != nil {
		return "", err
	}
	return fmt.Sprintf("K-%d-%04d", time.Now().Year(), n), tx.Commit()
}

func answersOf(state *slack.ViewState) map[string]string {
	answers := map[string]string{}
	for block, actions := range state.Values {
		for _, s := range actions {
			answers[block] = s.Value + s.SelectedOption.Value + s.SelectedDate + s.SelectedUser
		}
	}
	return answers
}

func plain(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, s, false, false)
}

func filed(number string) *slack.ModalViewRequest {
	return &slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "filed", Title: plain("Klacht vastgelegd"), Close: plain("Sluiten"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewSectionBlock(mrkdwn("De klacht is vastgelegd als *"+number+"*."), nil, nil),
		}},
	}
}

func caseBlocks(number string, answers map[string]string) []slack.Block {
	var fields []*slack.TextBlockObject
	for _, name := range []string{"offering_kind", "offering_name", "category", "received_via", "received", "complainant_kind"} {
		fields = append(fields, mrkdwn("*"+name+"*\n"+answers[name]))
	}
	return []slack.Block{
		slack.NewHeaderBlock(plain(number)),
		slack.NewSectionBlock(nil, fields, nil),
		slack.NewActionBlock("",
			slack.NewButtonBlockElement("acknowledge", number, plain("Ontvangst bevestigen")),
			slack.NewButtonBlockElement("dossier", number, plain("Dossier"))),
	}
}

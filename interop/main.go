package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// The people and channels of the workspace.
const (
	anna, bram = "U0ANNA", "U0BRAM"
	room       = "C0ROOM" // private, with the app
	hall       = "C0HALL" // public, without it
)

// manifest is what the app of bolt/index.js asks for.
const manifest = `
display_information: {name: interop}
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false}
  bot_user: {display_name: Interop}
  slash_commands: [{command: /probe, description: Probe, usage_hint: "[form]"}]
  shortcuts:
    - {name: Global, type: global, callback_id: global_probe, description: Global}
    - {name: Message, type: message, callback_id: message_probe, description: Message}
oauth_config:
  scopes:
    bot: [commands, "chat:write", "groups:read", "groups:history", "im:write", "im:history", "users:read", "files:read", "files:write"]
settings:
  event_subscriptions: {bot_events: [app_home_opened]}
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
`

// patience is how long anything may take.
const patience = 15 * time.Second

func main() {
	app := flag.String("app", "", "`folder` of the installed app")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *app, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
		os.Exit(1)
	}
}

// session is the app at work, and somebody who uses it.
type session struct {
	*slacksim.Sim
	anna *slacksim.User
	out  io.Writer
}

// run starts the workspace and the app, and does everything that checks lists. All
// of it is tried, whatever fails.
func run(ctx context.Context, app string, out io.Writer) error {
	sim, err := open(ctx)
	if err != nil {
		return err
	}
	s := &session{Sim: sim, anna: sim.As(anna), out: out}
	end, err := s.start(ctx, app)
	if err != nil {
		return errors.Join(err, sim.Close())
	}
	err = s.all(ctx)
	return errors.Join(err, end(), sim.Close())
}

func open(ctx context.Context) (*slacksim.Sim, error) {
	sim, err := slacksim.New(slacksim.Config{
		Manifest: []byte(manifest),
		People: []slacksim.Person{
			{ID: anna, Name: "anna", RealName: "Anna Bos", Locale: "en-US", TZ: "Europe/Amsterdam"},
			{ID: bram, Name: "bram", RealName: "Bram Vos", Locale: "en-GB", TZ: "Europe/London"},
		},
		Channels: []slacksim.Channel{
			{ID: room, Name: "room", Private: true, Members: []string{anna, slacksim.BotUserID}},
			{ID: hall, Name: "hall", Members: []string{anna, bram}},
		},
	})
	if err != nil {
		return nil, err
	}
	if err := sim.Start(ctx, "127.0.0.1:0"); err != nil {
		return nil, errors.Join(err, sim.Close())
	}
	return sim, nil
}

// start runs the app until it is connected, and returns what ends it.
func (s *session) start(ctx context.Context, app string) (end func() error, err error) {
	node := exec.CommandContext(ctx, "node", filepath.Join(app, "index.js"))
	node.Env = append(os.Environ(), "NODE_ENV=production", "SLACK_API_URL="+s.APIURL(), "ROOM="+room, "PERSON="+anna,
		"SLACK_BOT_TOKEN="+slacksim.DefaultBotToken, "SLACK_APP_TOKEN="+slacksim.DefaultAppToken)
	node.Stdout, node.Stderr = s.out, s.out
	if err := node.Start(); err != nil {
		return nil, err
	}
	end = func() error {
		_ = node.Process.Signal(syscall.SIGTERM) // it may have ended
		late := time.AfterFunc(patience, func() { _ = node.Process.Kill() })
		defer late.Stop()
		return node.Wait()
	}
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := s.AwaitConnections(waiting, 1); err != nil {
		return nil, errors.Join(err, end())
	}
	return end, nil
}

// all does every check, each with a time of its own, and says how each went.
func (s *session) all(ctx context.Context) (err error) {
	for _, c := range checks() {
		limited, cancel := context.WithTimeout(ctx, patience)
		failed := c.do(s, limited)
		cancel()
		s.putAside(ctx)
		if failed != nil {
			_, _ = fmt.Fprintf(s.out, "FAIL %s: %v\n", c.name, failed)
			err = errors.Join(err, fmt.Errorf("%s: %w", c.name, failed))
			continue
		}
		_, _ = fmt.Fprintln(s.out, "ok  ", c.name)
	}
	for _, c := range s.Complaints() {
		err = errors.Join(err, fmt.Errorf("what Slack would have refused: %s", c))
	}
	return err
}

// putAside closes whatever modals are in front of somebody.
func (s *session) putAside(ctx context.Context) {
	for view, ok := s.anna.Modal(); ok; view, ok = s.anna.Modal() {
		if s.anna.CloseView(ctx, view.ID) != nil {
			return
		}
	}
}

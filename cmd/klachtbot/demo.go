package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/texts"
)

// demo is a small firm with a small Slack in the browser, and the real bot:
// Socket Mode, Web API, SQLite, outbox. Only Slack's servers are not.
type demo struct {
	Addr     string `default:"127.0.0.1:7357" help:"Address of the page; must be on this machine. A free port is taken when this one is in use."`
	Data     string `placeholder:"DIR" help:"Keep the register, its key and the workspace here. Without it they are gone at the end."`
	LogLevel string `env:"KLACHTBOT_LOG_LEVEL" default:"warn" help:"debug, info, warn or error."`

	procedure
	firm
}

// The demo's people and channels. The people are invented.
const (
	demoStaff     = "U0SANNE"
	demoOfficer   = "U0OMAR"
	demoDeputy    = "U0LOTTE"
	demoDirector  = "U0DIRK"
	demoOpen      = "C0ALGEMEEN"
	demoCases     = "C0KLACHTEN"
	demoDirectors = "C0DIRECTIE"
)

func demoPeople() []slacksim.Person {
	person := func(id, name, real, title, phone string) slacksim.Person {
		return slacksim.Person{ID: id, Name: name, RealName: real, Title: title, Phone: phone, Locale: "en-GB", TZ: "Europe/Amsterdam"}
	}
	return []slacksim.Person{
		person(demoStaff, "sanne", "Sanne Bakker", "Medewerker", ""),
		person(demoOfficer, "omar", "Omar Jansen", "Klachtverantwoordelijke", "06 5550 0101"),
		person(demoDeputy, "lotte", "Lotte Visser", "Plaatsvervanger", "06 5550 0102"),
		person(demoDirector, "dirk", "Dirk Mulder", "Directeur", ""),
	}
}

func demoChannels(bot string) []slacksim.Channel {
	return []slacksim.Channel{
		{ID: demoOpen, Name: "algemeen", Members: []string{demoStaff, demoOfficer, demoDeputy, demoDirector}},
		{ID: demoCases, Name: "klachten", Private: true, Members: []string{demoOfficer, demoDeputy, bot}},
		{ID: demoDirectors, Name: "directie", Private: true, Members: []string{demoDirector, bot}},
	}
}

// Run serves the workspace and runs the bot until ctx ends.
func (d demo) Run(ctx context.Context, s streams) error {
	dir, done, err := d.dir()
	if err != nil {
		return err
	}
	defer done()
	sim, err := d.workspace(ctx, dir)
	if err != nil {
		return err
	}
	conf, err := d.settings(dir, sim.APIURL()).check()
	if err != nil {
		return errors.Join(usageError{err}, sim.Close())
	}
	if err := stories(ctx, sim, conf.words.In(d.Language)); err != nil {
		return errors.Join(fmt.Errorf("fill the workspace: %w", err), sim.Close())
	}
	fmt.Fprintln(s.out, conf.words.In(d.Language).Say("cli.demo", texts.Args{"URL": sim.URL() + "/"}))
	err = runBot(ctx, conf, s)
	return errors.Join(err, sim.Close())
}

// dir returns the folder of the register, and what to do with it at the end.
func (d demo) dir() (dir string, done func(), err error) {
	if d.Data != "" {
		return d.Data, func() {}, os.MkdirAll(d.Data, 0o700)
	}
	dir, err = os.MkdirTemp("", "klachtbot-demo-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

func (d demo) workspace(ctx context.Context, dir string) (*slacksim.Sim, error) {
	if !isLoopback("http://" + d.Addr) {
		return nil, usageError{fmt.Errorf("--addr %s is not on this machine; the demo is for nobody else to see", d.Addr)}
	}
	conf := slacksim.Config{
		Manifest: klachtbot.Manifest,
		Team:     slacksim.Team{ID: "T0ARTRA", Name: "artra (demo)", Domain: "artra-demo"},
		People:   demoPeople(), RateLimits: true,
	}
	conf.Channels = demoChannels(slacksim.BotUserID)
	conf.PageLanguage = d.Language
	if d.Data != "" {
		conf.PersistTo = filepath.Join(dir, "workspace.json")
	}
	sim, err := slacksim.New(conf)
	if err != nil {
		return nil, fmt.Errorf("start the workspace: %w", err)
	}
	if err = sim.Start(ctx, d.Addr); err != nil {
		err = sim.Start(ctx, net.JoinHostPort("127.0.0.1", "0"))
	}
	if err != nil {
		return nil, fmt.Errorf("open the page: %w", err)
	}
	return sim, nil
}

// settings are those of a bot in the demo's workspace.
func (d demo) settings(dir, api string) settings {
	return settings{
		BotToken: slacksim.DefaultBotToken, AppToken: slacksim.DefaultAppToken,
		APIURL: api, CaseChannel: demoCases, DirectorsChannel: demoDirectors,
		Officers: demoOfficer + "," + demoDeputy, Directors: demoDirector,
		Pace: "1s", Sockets: "2",
		register: register{
			Database:     "sqlite:" + filepath.Join(dir, "klachtbot.db"),
			KeyFile:      filepath.Join(dir, "klachtbot.key"),
			DatabaseWait: "0s", LogLevel: d.LogLevel, throwaway: d.Data == "",
		},
		procedure: d.procedure, firm: d.firm,
	}
}

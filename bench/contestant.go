package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/artra/klachtbot/slacksim"
)

// Engines that a contestant keeps its cases in.
const (
	postgres = "postgres"
	sqlite   = "sqlite"
)

// contestant is a program that does the job.
type contestant struct {
	name    string // as the table says
	engine  string
	command []string
	env     []string // beside what all get
	traced  []string // the command, with the garbage collector traced
	install string   // file or folder whose size counts
	ours    bool
}

// ourName is how the table calls klachtbot on an engine.
func ourName(engine string) string {
	return "klachtbot, " + map[string]string{postgres: "PostgreSQL", sqlite: "SQLite"}[engine]
}

func ours(contestants []contestant) []contestant {
	var own []contestant
	for _, c := range contestants {
		if c.ours {
			own = append(own, c)
		}
	}
	return own
}

// contestants builds those written in Go and saves the form that all open.
func (b *bench) contestants(ctx context.Context) ([]contestant, error) {
	floor, err := b.build(ctx, "bench/floor")
	if err != nil {
		return nil, err
	}
	klachtbot, err := b.build(ctx, "cmd/klachtbot")
	if err != nil {
		return nil, err
	}
	var all []contestant
	if b.peer != "" {
		all = append(all, contestant{
			name: "Bolt", engine: postgres, command: []string{"node", filepath.Join(b.peer, "index.js")},
			env:     []string{"NODE_ENV=production"},
			traced:  []string{"node", "--trace-gc", filepath.Join(b.peer, "index.js")},
			install: filepath.Join(b.peer, "node_modules"),
		})
	}
	all = append(all, contestant{name: "floor", engine: postgres, command: []string{floor}, install: floor})
	for _, engine := range []string{postgres, sqlite} {
		all = append(all, contestant{name: ourName(engine), engine: engine, command: []string{klachtbot, "serve"}, install: klachtbot, ours: true})
	}
	return all, b.saveForm(ctx, all[len(all)-1])
}

// build builds one of our programs as go install does.
func (b *bench) build(ctx context.Context, folder string) (string, error) {
	out := filepath.Join(b.dir, filepath.Base(folder))
	cmd := exec.CommandContext(ctx, "go", "build", "-o", out, "github.com/artra/klachtbot/"+folder)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", folder, err, said)
	}
	return out, nil
}

// environment is what a contestant gets: for the peers as their source says, for
// klachtbot its settings.
func (b *bench) environment(c contestant, api, database, dir string) []string {
	return append(append(os.Environ(),
		"SLACK_BOT_TOKEN="+slacksim.DefaultBotToken, "SLACK_APP_TOKEN="+slacksim.DefaultAppToken,
		"SLACK_API_URL="+api, "DATABASE_URL="+database, "CASE_CHANNEL="+caseChannel, "FORM="+b.form,
		"KLACHTBOT_KEY_FILE="+filepath.Join(dir, "register.key"), "KLACHTBOT_CASE_CHANNEL="+caseChannel,
		"KLACHTBOT_OFFICERS="+officer+","+deputy, "KLACHTBOT_DIRECTORS="+director,
		"KLACHTBOT_PACE="+b.pace.String(), "KLACHTBOT_LOG_LEVEL=warn",
	), c.env...)
}

// size is how much there is to install, in bytes.
func (c contestant) size() (int64, error) {
	install, err := filepath.EvalSymlinks(c.install)
	if err != nil {
		return 0, err
	}
	var n int64
	err = filepath.WalkDir(install, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	return n, err
}

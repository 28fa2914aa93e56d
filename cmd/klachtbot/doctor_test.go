package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/cmd/klachtbot/findings"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/texts"
)

// diagnosis is the document of doctor --json, as another program reads it.
type diagnosis struct {
	OK       *bool
	Findings []map[string]any
}

// diagnose runs doctor --json. Whatever it says is one document with the parts of the
// contract, and its exit code agrees.
func (o *programTest) diagnose(set ...string) (d diagnosis, exit int) {
	o.t.Helper()
	cmd := exec.CommandContext(patience(o.t), binary, "doctor", "--json")
	cmd.Env = append(append([]string{}, o.env...), set...)
	out, _ := cmd.Output()
	strict := json.NewDecoder(strings.NewReader(string(out)))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&d); err != nil || d.OK == nil || strict.More() {
		o.t.Fatalf("no document: %v\n%s", err, out)
	}
	ill := false
	for _, f := range d.Findings {
		for _, part := range []string{"code", "level", "text", "fix"} {
			if _, ok := f[part].(string); !ok {
				o.t.Errorf("a finding without %s: %v", part, f)
			}
		}
		if f["text"] == "" || (f["level"] != "ok") != (f["fix"] != "") {
			o.t.Errorf("%v", f)
		}
		ill = ill || f["level"] == "error"
	}
	exit = cmd.ProcessState.ExitCode()
	if *d.OK == ill || (exit == 0) != *d.OK {
		o.t.Errorf("ok %v, exit %d, findings %v", *d.OK, exit, d.Findings)
	}
	for _, secret := range append(slices.Clone(sensitive), "xoxb-", "xapp-") {
		if strings.Contains(string(out), secret) {
			o.t.Errorf("doctor says something confidential: %s", out)
		}
	}
	return d, exit
}

// of returns the finding with that code; nil for none.
func (d diagnosis) of(code string) map[string]any {
	for _, f := range d.Findings {
		if f["code"] == code {
			return f
		}
	}
	return nil
}

func (d diagnosis) codes() (all []string) {
	for _, f := range d.Findings {
		all = append(all, f["code"].(string))
	}
	return all
}

// TestDoctor_json of a firm from before its first start to one that works, and of
// settings that are wrong: the numbers have their names, a missing backup is a warning.
func TestDoctor_json(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	d, exit := o.diagnose()
	if exit != 0 || d.of("register_new") == nil || d.of("backup_none")["level"] != "warning" {
		t.Errorf("before the first start: %d %v", exit, d)
	}
	o.start()
	o.as(demoStaff).log(form())
	d, exit = o.diagnose()
	if exit != 0 || d.of("database_ok") == nil || d.of("state_ok") == nil {
		t.Errorf("a healthy firm: %d %v", exit, d)
	}
	for code, names := range map[string][]string{
		"clock_ok": {"skew_seconds"}, "outbox_ok": {"waiting", "oldest_seconds", "failing"}, "erasure_list_ok": {"count"}, "announced_ok": {"count"},
	} {
		for _, name := range names {
			if n, ok := d.of(code)[name].(float64); !ok || n != float64(int64(n)) {
				t.Errorf("%s without %s: %v", code, name, d.of(code))
			}
		}
	}
	o.must(o.sim.MakePublic(demoCases))
	if d, exit = o.diagnose(); exit != exitFailure || d.of("channel_public")["level"] != "error" {
		t.Errorf("a public channel: %d %v", exit, d)
	}
	if d, exit = o.diagnose("KLACHTBOT_PACE=soon", "KLACHTBOT_SOCKETS=many"); exit != exitUsage || !slices.Equal(d.codes(), []string{"settings", "settings"}) {
		t.Errorf("wrong settings: %d %v", exit, d)
	}
}

// TestDoctor_jsonOfTheKey: what is wrong with the key file has a code each.
func TestDoctor_jsonOfTheKey(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	o.stop()
	key := filepath.Join(o.dir, "register.key")
	good, err := os.ReadFile(key)
	o.must(err)
	for _, test := range []struct {
		code  string
		spoil func() error
	}{
		{"key_exposed", func() error { return os.Chmod(key, 0o644) }},
		{"key_malformed", func() error { return os.WriteFile(key, []byte("not a key"), 0o600) }},
		{"key_missing", func() error { return os.Remove(key) }},
	} {
		o.must(test.spoil())
		if d, exit := o.diagnose(); exit != exitFailure || d.of(test.code) == nil {
			t.Errorf("%s: %d %v", test.code, exit, d.codes())
		}
		o.must(os.RemoveAll(key))
		o.must(os.WriteFile(key, good, 0o600))
	}
}

// TestDoctor_jsonOfEachFault: before a first start every fault of the ground that can
// be made here has its code and what to do. What only a running register can have
// (read-only, full, a privilege) is in TestGround_lastingFaults.
func TestDoctor_jsonOfEachFault(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	server := pgtest.Database(t)
	name := server[strings.LastIndex(server[:strings.Index(server, "?")], "/")+1 : strings.Index(server, "?")]
	admin(t, server, "CREATE DATABASE "+name+"_latin TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'",
		"CREATE DATABASE "+name+"_crowded", "CREATE ROLE "+name+"_late LOGIN CONNECTION LIMIT 0")
	t.Cleanup(func() {
		admin(t, server, "DROP DATABASE "+name+"_latin WITH (FORCE)", "DROP DATABASE "+name+"_crowded WITH (FORCE)", "DROP ROLE "+name+"_late")
	})
	through, gate := pgtest.Through(t, server)
	gate.Shut()
	other := func(database, user string) string {
		u, err := url.Parse(server)
		o.must(err)
		u.Path = "/" + database
		if user != "" {
			u.User = url.User(user)
		}
		return u.String()
	}
	damaged := filepath.Join(o.dir, "damaged.db")
	o.must(os.WriteFile(damaged, []byte(strings.Repeat("no database ", 1000)), 0o600))
	for fault, address := range map[engine.Fault]string{
		engine.FaultAway:     "postgres://bot@" + freeAddress(t) + "/klachten?sslmode=disable",
		engine.FaultSilent:   through + "&connect_timeout=1",
		engine.FaultCrowded:  other(name+"_crowded", name+"_late"),
		engine.FaultRefused:  other(name+"_none", ""),
		engine.FaultEncoding: other(name+"_latin", ""),
		engine.FaultDamaged:  "sqlite:" + damaged,
		engine.FaultNoFolder: "sqlite:" + filepath.Join(o.dir, "no", "such", "register.db"),
	} {
		d, exit := o.diagnose("DATABASE_URL=" + address)
		f := d.of(findings.Databases + string(fault))
		if exit != exitFailure || f == nil || f["fix"] != o.say("database.fix."+string(fault)) {
			t.Errorf("%s: %d %v", fault, exit, d)
		}
	}
}

// TestDoctor_findingOfEachFault: whatever the engine says is wrong has a code.
func TestDoctor_findingOfEachFault(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := ground{say: words.In("nl")}
	for _, fault := range engine.Faults() {
		f := g.finding(fmt.Errorf("try: %w", engine.Unusable(fault, errors.New("some error"))))
		if f.Code != findings.Databases+string(fault) || f.Level != findings.Error || !strings.Contains(f.Text, g.say.Say("database."+string(fault))) ||
			f.Fix != g.say.Say("database.fix."+string(fault)) || !strings.Contains(f.More, "some error") {
			t.Errorf("%s: %+v", fault, f)
		}
	}
	for _, r := range reasons {
		if f := g.finding(fmt.Errorf("open: %w", r.err)); f.Code != r.code || f.Fix == "" || strings.Contains(f.Text+f.Fix, "doctor.") {
			t.Errorf("%v: %+v", r.err, f)
		}
	}
	if f := g.finding(errors.New("what nobody thought of")); f.Code != "register_ill" || f.More == "" {
		t.Errorf("%+v", f)
	}
}

// must fails the test for an error.
func (o *programTest) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// TestDoctor_theCodesOfTheOperations are those of the program, each with its level and
// its sentences, and nothing is said under another one.
func TestDoctor_theCodesOfTheOperations(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile("`([a-z_]+)`")
	documented := map[string]findings.Level{}
	for line := range strings.SplitSeq(string(page), "\n") {
		cells := strings.Split(line, " | ")
		if len(cells) != 3 || !slices.Contains([]string{"ok", "warning", "error"}, cells[1]) {
			continue
		}
		for _, m := range code.FindAllStringSubmatch(cells[0], -1) {
			documented[m[1]] = findings.Level(cells[1])
		}
	}
	want := findings.Levels()
	for _, fault := range engine.Faults() {
		want[findings.Databases+string(fault)] = findings.Error
	}
	if diff := cmp.Diff(want, documented); diff != "" {
		t.Errorf("docs/operations.md differs from the program (-program +page):\n%s", diff)
	}
	said := map[string]bool{}
	for _, key := range keysOf(t, "doctor.nl.yaml", "directors.nl.yaml", "database.nl.yaml") {
		if name, ok := strings.CutPrefix(key, "doctor."); ok && !strings.HasPrefix(name, "fix.") && !strings.Contains(name, "alarm") {
			said[name] = true
		}
	}
	said["settings"] = true // says what the settings' check says
	delete(said, "database_ill")
	if diff := cmp.Diff(findings.Codes(), slices.Sorted(maps.Keys(said))); diff != "" {
		t.Errorf("the catalogue differs from the codes (-codes +catalogue):\n%s", diff)
	}
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range findings.Codes() {
		for _, lang := range []string{"nl", "en"} {
			f := findings.New(words.In(lang), c, texts.Args{"Count": 1})
			if (f.Fix == "") != (f.Level == findings.OK) || strings.HasPrefix(f.Fix, "doctor.") || c != "settings" && strings.HasPrefix(f.Text, "doctor.") {
				t.Errorf("%s, %s: %+v", lang, c, f)
			}
		}
	}
}

// keysOf are the keys of files of the catalogue.
func keysOf(t *testing.T, files ...string) (keys []string) {
	t.Helper()
	key := regexp.MustCompile(`(?m)^([a-z_.]+):`)
	for _, name := range files {
		text, err := os.ReadFile(filepath.Join("..", "..", "texts", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			keys = append(keys, m[1])
		}
	}
	return keys
}

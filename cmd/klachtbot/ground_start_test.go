package main

import (
	"errors"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/pgtest"
)

// startRefused runs serve and returns what it said; it must end by itself with 1.
func (o *programTest) startRefused(set ...string) string {
	o.t.Helper()
	cmd := exec.CommandContext(patience(o.t), binary, "serve")
	cmd.Env = append(append([]string{}, o.env...), set...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailure {
		o.t.Errorf("%v\n%s", err, out)
	}
	return string(out)
}

// TestStart_refused: what does not pass by itself ends a start at once, in words;
// no key is made for a database that can't be used.
func TestStart_refused(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	key := filepath.Join(o.dir, "register.key")
	latin := pgtest.Database(t)
	name := latin[strings.LastIndex(latin[:strings.Index(latin, "?")], "/")+1 : strings.Index(latin, "?")]
	admin(t, latin, "CREATE DATABASE "+name+"_latin TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'")
	t.Cleanup(func() { admin(t, latin, "DROP DATABASE "+name+"_latin WITH (FORCE)") })
	for fault, address := range map[string]string{
		"no_folder": "sqlite:" + filepath.Join(o.dir, "no", "such", "register.db"),
		"encoding":  strings.Replace(latin, "/"+name+"?", "/"+name+"_latin?", 1),
		"refused":   strings.Replace(latin, "/"+name+"?", "/"+name+"_none?", 1),
	} {
		if out := o.startRefused("DATABASE_URL=" + address); !strings.Contains(out, o.say("database.fix."+fault)) {
			t.Errorf("%s: %s", fault, out)
		}
		if _, err := os.Stat(key); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a key was made for a database that can't be used: %v", fault, err)
		}
	}
	damaged := filepath.Join(o.dir, "damaged.db")
	if err := os.WriteFile(damaged, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := o.startRefused("DATABASE_URL=sqlite:" + damaged); !strings.Contains(out, o.say("database.fix.damaged")) {
		t.Errorf("damaged: %s", out)
	}
}

// TestStart_emptyBesideAKeyThatServed is refused by serve and doctor with both paths,
// unless it is meant.
func TestStart_emptyBesideAKeyThatServed(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	o.as(demoStaff).log(form())
	o.stop()
	elsewhere := filepath.Join(o.dir, "regsiter.db")
	o.env = append(o.env, "DATABASE_URL=sqlite:"+elsewhere)
	for out, command := range map[string]string{o.startRefused(): "serve", first(o.command("doctor")): "doctor"} {
		for _, path := range []string{elsewhere, filepath.Join(o.dir, "klachtbot.state"), "--new-register"} {
			if !strings.Contains(out, path) {
				t.Errorf("%s does not name %s: %s", command, path, out)
			}
		}
	}
	o.serve = exec.Command(binary, "serve", "--new-register")
	o.serve.Env, o.serve.Stdout, o.serve.Stderr = o.env, o.output, o.output
	o.serve.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := o.serve.Start(); err != nil {
		t.Fatal(err)
	}
	if err := o.sim.AwaitConnections(patience(t), 1); err != nil {
		t.Fatalf("%v\n%s", err, o.output)
	}
	if number := o.as(demoStaff).log(form()); !strings.HasSuffix(number, "-0001") {
		t.Errorf("the first of a new register is %s", number)
	}
	o.stop()
	o.start() // and now it is this one that the key serves
	o.stop()
}

func first(out string, _ int) string { return out }

// TestStart_waitsForTheDatabase, says so at /readyz meanwhile, and not longer than it
// may.
func TestStart_waitsForTheDatabase(t *testing.T) {
	t.Parallel()
	database, gate := pgtest.Through(t, pgtest.Database(t))
	addr := freeAddress(t)
	o := newProgramTest(t, "sqlite", "DATABASE_URL="+database+"&connect_timeout=1", "KLACHTBOT_HTTP_ADDR="+addr, "KLACHTBOT_DATABASE_WAIT=1m")
	gate.Shut()
	began := time.Now()
	if out := o.startRefused("KLACHTBOT_DATABASE_WAIT=1s"); !strings.Contains(out, "database") || time.Since(began) > 8*time.Second {
		t.Errorf("after %v: %s", time.Since(began), out)
	}
	o.launch()
	o.awaitReady(addr, http.StatusServiceUnavailable, "silent")
	gate.Open()
	if err := o.sim.AwaitConnections(patience(t), 1); err != nil {
		t.Fatalf("%v\n%s", err, o.output)
	}
	o.awaitReady(addr, http.StatusOK, "ok")
	o.as(demoStaff).log(form())
	gate.Shut()
	o.stop()
	o.launch()
	o.awaitReady(addr, http.StatusServiceUnavailable, "silent")
	began = time.Now()
	if o.stop(); time.Since(began) > 5*time.Second {
		t.Errorf("a start that waits ended after %v", time.Since(began))
	}
}

// TestHTTP_idleConnections: three hundred that say nothing keep out neither who
// asks nor the sockets to Slack.
func TestHTTP_idleConnections(t *testing.T) {
	t.Parallel()
	addr := freeAddress(t)
	o := newProgramTest(t, "sqlite", "KLACHTBOT_HTTP_ADDR="+addr)
	o.start()
	var idle []net.Conn
	for range 300 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		idle = append(idle, conn)
	}
	o.awaitReady(addr, http.StatusOK, "ok")
	o.caseMessage(demoCases, o.as(demoStaff).log(form()), offers("acknowledge"))
	closed := 0
	for _, conn := range idle {
		_ = conn.SetReadDeadline(time.Now().Add(time.Millisecond))
		if _, err := conn.Read(make([]byte, 1)); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			closed++
		}
		_ = conn.Close()
	}
	if closed < 250 {
		t.Errorf("%d of 300 were closed", closed)
	}
}

// TestRestore_numbersGoOn: the program was killed after it gave numbers out, and an
// older copy is put back: none is given twice, and lost ones read so.
func TestRestore_numbersGoOn(t *testing.T) {
	for _, kind := range engines() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, kind)
			o.start()
			kept := o.as(demoStaff).log(form())
			o.caseMessage(demoCases, kept, offers("acknowledge"))
			o.stop()
			copied := o.backup()
			o.start()
			o.as(demoStaff).log(form())
			lost := o.as(demoStaff).log(form())
			o.kill()
			o.env = append(o.env, "DATABASE_URL="+copied)
			o.start()
			if next := o.as(demoStaff).log(form()); !strings.HasSuffix(kept, "-0001") || !strings.HasSuffix(lost, "-0003") || !strings.HasSuffix(next, "-0004") {
				t.Errorf("after %s and %s comes %s", kept, lost, next)
			}
			if said := o.as(demoOfficer).ask("/klacht", lost); !strings.Contains(said, "verloren bij herstel") {
				t.Errorf("of a lost number: %q", said)
			}
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// TestPooler_theWholeWay: a case through PgBouncer, in either mode, with a second
// start on what the first one left.
func TestPooler_theWholeWay(t *testing.T) {
	for _, mode := range []string{pgtest.PoolSession, pgtest.PoolTransaction} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, "sqlite", "DATABASE_URL="+pgtest.Bouncer(t, pgtest.Database(t), mode))
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			o.as(demoOfficer).act(o, demoCases, root.TS, "acknowledge", nil)
			o.caseMessage(demoCases, number, lacks("acknowledge"))
			o.checkThread(root.TS, 2)
			o.stop()
			if out, code := o.command("doctor"); code != 0 {
				t.Errorf("doctor: %d\n%s", code, out)
			}
			o.start()
			o.caseMessage(demoCases, o.as(demoStaff).log(form()), offers("acknowledge"))
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

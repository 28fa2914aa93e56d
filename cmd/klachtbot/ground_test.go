package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/lib/pq"

	"github.com/artra/klachtbot/cmd/klachtbot/findings"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/texts"
)

// freeAddress is an address on this machine that nobody listens on.
func freeAddress(t testing.TB) string {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = free.Close() }()
	return free.Addr().String()
}

// get asks the program over HTTP.
func get(t testing.TB, addr, path string) (body string, status int) {
	t.Helper()
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Get("http://" + addr + path)
	if err != nil {
		return err.Error(), 0
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), response.StatusCode
}

// awaitReady asks /readyz until it answers with that status and word.
func (o *programTest) awaitReady(addr string, status int, word string) {
	o.t.Helper()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for ctx := patience(o.t); ; {
		body, got := get(o.t, addr, "/readyz")
		if got == status && strings.Contains(body, word) {
			return
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			o.t.Fatalf("/readyz: %d %s\n%s", got, body, tail(o.output.String()))
		}
	}
}

// refuses submits, and returns what is said at the fields.
func (p person) refuses(view slacksim.View, values slacksim.Values) (sentence string) {
	p.t.Helper()
	began := time.Now()
	got, err := p.Submit(patience(p.t), view.ID, values)
	if took := time.Since(began); err != nil || took > 3*time.Second {
		p.t.Fatalf("answered after %v: %v", took, err)
	}
	return atFields(got)
}

// atFields is what a submission's answer says at the fields.
func atFields(got user.Submission) (said string) {
	for _, sentence := range got.Errors {
		said += sentence
	}
	return said
}

// ends stops the program and returns how long it took.
func (o *programTest) ends() (took time.Duration) {
	o.t.Helper()
	began := time.Now()
	o.stop()
	return time.Since(began)
}

// TestGround_frozenDatabase: a database that accepts and does not answer. The form
// opens, a submission is answered at its field in time and is carried out once
// it answers; /readyz and doctor say why, /metrics answers, SIGTERM is obeyed.
func TestGround_frozenDatabase(t *testing.T) {
	t.Parallel()
	database, gate := pgtest.Through(t, pgtest.Database(t))
	addr := freeAddress(t)
	o := newProgramTest(t, "sqlite", "DATABASE_URL="+database, "KLACHTBOT_HTTP_ADDR="+addr)
	o.start()
	first := o.as(demoStaff).log(form())
	o.caseMessage(demoCases, first, offers("acknowledge"))
	o.awaitReady(addr, http.StatusOK, "ok")
	gate.Shut()
	staff := o.as("U0EMMA")
	view := staff.openLog()
	if said := staff.refuses(view, form()); !strings.Contains(said, "antwoordt niet") || !strings.Contains(said, "Druk zo nog een keer") {
		t.Errorf("at the field: %q", said)
	}
	o.awaitReady(addr, http.StatusServiceUnavailable, "silent")
	if body, status := get(t, addr, "/metrics"); status != http.StatusOK || !strings.Contains(body, "klachtbot_database_usable 0") ||
		!strings.Contains(body, "go_goroutines") || !strings.Contains(body, "process_resident_memory_bytes") {
		t.Errorf("/metrics: %d %s", status, body)
	}
	if _, status := get(t, addr, "/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d", status)
	}
	gate.Open()
	o.awaitReady(addr, http.StatusOK, "ok")
	if got, err := staff.Submit(patience(t), view.ID, form()); err != nil || !got.Updated {
		t.Fatalf("once it answers: %+v, %v", got, err)
	}
	o.caseMessage(demoCases, staff.number(), offers("acknowledge"))
	gate.Shut()
	view = o.as(demoStaff).openLog()
	if said := o.as(demoStaff).refuses(view, form()); !strings.Contains(said, "antwoordt niet") {
		t.Errorf("at the field: %q", said)
	}
	if took := o.ends(); took > 10*time.Second {
		t.Errorf("ended after %v", took)
	}
}

// spoiled is a register that was made unusable.
type spoiled struct {
	fault engine.Fault
	mend  func()
}

// TestGround_lastingFaults: what lasts is told as that, to the person at the form,
// to the officers, by /readyz and by doctor, and is over when it was mended.
// Nothing that was acked is lost by it.
func TestGround_lastingFaults(t *testing.T) {
	for name, spoil := range map[string]func(*programTest) spoiled{
		"postgres read-only": readOnlyServer,
		"postgres privilege": revoked,
		"sqlite full":        fullDisk,
		"sqlite deleted":     func(o *programTest) spoiled { return moved(o, false) },
		"sqlite replaced":    func(o *programTest) spoiled { return moved(o, true) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind, _, _ := strings.Cut(name, " ")
			addr := freeAddress(t)
			o := newProgramTest(t, kind, "KLACHTBOT_HTTP_ADDR="+addr)
			prepare(o, name)
			o.start()
			var numbers []string
			numbers = append(numbers, o.as(demoStaff).log(form()))
			o.awaitReady(addr, http.StatusOK, "ok")
			s := spoil(o)
			o.awaitReady(addr, http.StatusServiceUnavailable, string(s.fault))
			view := o.as(demoStaff).openLog()
			said := ""
			for said == "" { // what room is left may still be used
				got, err := o.as(demoStaff).Submit(patience(t), view.ID, form(func(v slacksim.Values) {
					v["description"] = strings.Repeat("Dit is een lang verhaal. ", 100)
				}))
				if err != nil {
					t.Fatal(err)
				}
				if said = atFields(got); said == "" {
					numbers = append(numbers, o.as(demoStaff).number())
					view = o.as(demoStaff).openLog()
				}
			}
			if !strings.Contains(said, "helpt niet") {
				t.Errorf("at the field: %q", said)
			}
			code := findings.Databases + string(s.fault)
			if s.fault == engine.FaultReplaced { // whoever looks for the first time sees no register there
				code = "other_register"
			}
			if d, exit := o.diagnose(); exit != exitFailure || d.of(code) == nil ||
				s.fault != engine.FaultReplaced && d.of(code)["fix"] != o.say("database.fix."+string(s.fault)) {
				t.Errorf("doctor: %d %v", exit, d)
			}
			s.mend()
			o.awaitReady(addr, http.StatusOK, "ok")
			if got, err := o.as(demoStaff).Submit(patience(t), view.ID, form()); err != nil || !got.Updated {
				t.Fatalf("once it was mended: %+v, %v", got, err)
			}
			numbers = append(numbers, o.as(demoStaff).number())
			for _, number := range numbers {
				o.posted(number)
			}
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// posted waits for a case's message longer than a lease lasts, which a sender held
// when the database failed.
func (o *programTest) posted(number string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 30*time.Second)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, demoCases, func(m slacksim.Message) bool { return isRoot(m) && strings.Contains(m.Text, number) })
	if err != nil {
		o.t.Fatalf("case message of %s: %v\n%s", number, err, tail(o.output.String()))
	}
}

// say is a sentence of the catalogue, in Dutch.
func (o *programTest) say(key string) string {
	o.t.Helper()
	words, err := texts.Load()
	if err != nil {
		o.t.Fatal(err)
	}
	return words.In("nl").Say(key)
}

// prepare gives a test the database that its fault needs.
func prepare(o *programTest, name string) {
	o.t.Helper()
	switch name {
	case "sqlite full":
		o.env = append(o.env, "DATABASE_URL=sqlite:"+filepath.Join(smallDisk(o.t), "register.db"))
	case "postgres privilege":
		u, err := url.Parse(o.database())
		if err != nil {
			o.t.Fatal(err)
		}
		role := strings.TrimPrefix(u.Path, "/") + "_bot"
		o.ask("CREATE ROLE "+role+" LOGIN", "GRANT ALL ON SCHEMA public TO "+role)
		o.t.Cleanup(func() {
			admin(o.t, pgtestAdmin(o.database()), "DROP OWNED BY "+role, "DROP ROLE "+role)
		})
		u.User = url.User(role)
		o.env = append(o.env, "DATABASE_URL="+u.String())
	}
}

// pgtestAdmin is a database's address for its superuser.
func pgtestAdmin(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.User = url.User("postgres")
	q := u.Query()
	q.Set("default_transaction_read_only", "off") // whatever the database says
	u.RawQuery = q.Encode()
	return u.String()
}

// ask carries statements out as the server's superuser.
func (o *programTest) ask(statements ...string) {
	o.t.Helper()
	admin(o.t, pgtestAdmin(o.database()), statements...)
}

func admin(t testing.TB, address string, statements ...string) {
	t.Helper()
	connector, err := pq.NewConnector(address)
	if err != nil {
		t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	for _, statement := range statements {
		if _, err := db.ExecContext(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

const others = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`

func readOnlyServer(o *programTest) spoiled {
	u, err := url.Parse(o.database())
	if err != nil {
		o.t.Fatal(err)
	}
	name := strings.TrimPrefix(u.Path, "/")
	o.ask("ALTER DATABASE "+name+" SET default_transaction_read_only = on", others)
	return spoiled{engine.FaultReadOnly, func() {
		o.ask("ALTER DATABASE "+name+" RESET default_transaction_read_only", others)
	}}
}

func revoked(o *programTest) spoiled {
	u, err := url.Parse(o.database())
	if err != nil {
		o.t.Fatal(err)
	}
	role := u.User.Username()
	o.ask("REVOKE INSERT ON complaints FROM " + role)
	return spoiled{engine.FaultForbidden, func() { o.ask("GRANT INSERT ON complaints TO " + role) }}
}

// moved takes the database's file away, and may put another one there.
func moved(o *programTest, replace bool) spoiled {
	path := strings.TrimPrefix(o.database(), "sqlite:")
	if err := os.Rename(path, path+".away"); err != nil {
		o.t.Fatal(err)
	}
	if replace {
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
	return spoiled{engine.FaultReplaced, func() {
		if err := os.Rename(path+".away", path); err != nil {
			o.t.Fatal(err)
		}
	}}
}

// smallDisk is a folder with little room.
func smallDisk(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	mount := []string{"mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=6m,mode=0700,uid=%d", os.Getuid()), "tmpfs", dir}
	unmount := []string{"umount", "-l", dir}
	if os.Getuid() != 0 {
		mount, unmount = append([]string{"sudo", "-n"}, mount...), append([]string{"sudo", "-n"}, unmount...)
	}
	if out, err := exec.Command(mount[0], mount[1:]...).CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("a small disk: %v: %s", err, out)
		}
		t.Skipf("no right to make a small disk: %v: %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command(unmount[0], unmount[1:]...).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	return dir
}

func fullDisk(o *programTest) spoiled {
	filler := filepath.Join(filepath.Dir(strings.TrimPrefix(o.database(), "sqlite:")), "filler")
	f, err := os.Create(filler)
	if err != nil {
		o.t.Fatal(err)
	}
	for size := 64 << 10; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			o.t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		o.t.Fatal(err)
	}
	return spoiled{engine.FaultFull, func() {
		if err := os.Remove(filler); err != nil {
			o.t.Fatal(err)
		}
	}}
}

// TestGround_theTableOfTheOperations says of each fault what the program does.
func TestGround_theTableOfTheOperations(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "operations.md"))
	if err != nil {
		t.Fatal(err)
	}
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.SplitSeq(string(page), "\n") {
		if cells := strings.Split(line, " | "); len(cells) == 5 && strings.HasPrefix(cells[1], "`") && cells[1] != "`/readyz`" {
			rows[strings.Trim(cells[1], "`")] = line
		}
	}
	say := words.In("nl")
	for _, fault := range engine.Faults() {
		again := map[bool]string{true: "no", false: "yes"}[fault.Lasting()]
		want := []string{say.Say("database." + string(fault)), again, say.Say("database.fix."+string(fault)) + " |"}
		if row := rows[string(fault)]; !strings.HasSuffix(row, " | "+strings.Join(want, " | ")) {
			t.Errorf("docs/operations.md says of %s %q, the program %q", fault, row, want)
		}
		delete(rows, string(fault))
	}
	for fault := range rows {
		t.Errorf("docs/operations.md tells of %s, which is no fault", fault)
	}
}

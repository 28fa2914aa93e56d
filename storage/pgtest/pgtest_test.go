package pgtest

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/lib/pq"
)

func ask(t *testing.T, address, question string) string {
	t.Helper()
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	var answer string
	if err := db.QueryRowContext(t.Context(), question).Scan(&answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestDatabase_freshAndApart(t *testing.T) {
	one, two := Database(t), Database(t)
	if one == two {
		t.Fatal("the same database twice")
	}
	for _, address := range []string{one, two} {
		if n := ask(t, address, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`); n != "0" {
			t.Errorf("%s tables in a fresh database", n)
		}
	}
	if a, b := ask(t, one, "SELECT current_database()"), ask(t, two, "SELECT current_database()"); a == b {
		t.Errorf("both are %s", a)
	}
}

// A copy holds what was filled in once, and what a test does to it stays there.
func TestFilled_once(t *testing.T) {
	filled := 0
	fill := func(url string) error {
		filled++
		db, err := sql.Open("postgres", url)
		if err != nil {
			return err
		}
		_, err = db.ExecContext(t.Context(), "CREATE TABLE things (n BIGINT)")
		return errors.Join(err, db.Close())
	}
	for range 3 {
		address := Filled(t, "things", fill)
		if n := ask(t, address, "WITH new AS (INSERT INTO things VALUES (1) RETURNING n) SELECT count(*) FROM things"); n != "0" {
			t.Errorf("%s things in a copy", n)
		}
	}
	if filled != 1 {
		t.Errorf("filled %d times", filled)
	}
}

func TestCluster_private(t *testing.T) {
	address := Database(t)
	if got := ask(t, address, "SHOW listen_addresses"); got != "" {
		t.Errorf("it listens on %q", got)
	}
	for _, setting := range []string{"fsync", "autovacuum"} {
		if got := ask(t, address, "SHOW "+setting); got != "off" {
			t.Errorf("%s = %s", setting, got)
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if u.Query().Get("sslmode") == "" {
		t.Error("the address leaves sslmode to a default")
	}
	info, err := os.Stat(u.Query().Get("host"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder %v, %v", info.Mode(), err)
	}
}

func TestDurable_waitsForTheDisk(t *testing.T) {
	address := Durable(t)
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes", "autovacuum"} {
		if got := ask(t, address, "SHOW "+setting); got != "on" {
			t.Errorf("%s = %s", setting, got)
		}
	}
}

// A database goes with its test, even when a connection is still open.
func TestDatabase_goesWithItsTest(t *testing.T) {
	var address string
	t.Run("inner", func(t *testing.T) {
		address = Database(t)
		db, err := sql.Open("postgres", address)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.PingContext(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.PingContext(t.Context()), db.Close()); err == nil {
		t.Error("the database is still there")
	}
}

func TestCluster_stopLeavesNothing(t *testing.T) {
	c, err := start(false)
	if errors.Is(err, errAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	pid := postmaster(t, c.dir)
	if err := c.keeper.stop(); err != nil {
		t.Error(err)
	}
	gone(t, c.dir, pid)
}

// child, in the environment, makes the test below the process that is killed.
const child = "PGTEST_CHILD"

func TestCluster_endsWithAKilledProcess(t *testing.T) {
	if os.Getenv(child) != "" {
		fmt.Println(Database(t))
		select {}
	}
	if _, err := programs(); err != nil {
		t.Skip(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestCluster_endsWithAKilledProcess$")
	cmd.Env = append(os.Environ(), child+"=1")
	var complaints strings.Builder // also holds Wait until the keeper ended, which has the same pipe
	cmd.Stderr = &complaints
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	address, readErr := bufio.NewReader(output).ReadString('\n')
	u, parseErr := url.Parse(strings.TrimSpace(address))
	if err := errors.Join(readErr, parseErr); err != nil {
		t.Fatal(err)
	}
	dir := u.Query().Get("host")
	pid := postmaster(t, dir)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the process was not killed")
	}
	gone(t, dir, pid)
	if complaints.Len() > 0 {
		t.Errorf("it said: %s", complaints.String())
	}
}

// gone checks that nothing is left of a cluster.
func gone(t *testing.T, dir, pid string) {
	t.Helper()
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	// A process that ended has no command line, though nobody may have
	// collected it yet.
	if line, err := os.ReadFile(filepath.Join("/proc", pid, "cmdline")); err == nil && len(line) > 0 {
		t.Error("the server is still there")
	}
}

func postmaster(t *testing.T, dir string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	pid, _, _ := strings.Cut(string(text), "\n")
	return pid
}

func TestPrograms_newest(t *testing.T) {
	if byVersion("/usr/lib/postgresql/9/bin", "/usr/lib/postgresql/15/bin") >= 0 ||
		byVersion("/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin") <= 0 {
		t.Error("versions are in the wrong order")
	}
}

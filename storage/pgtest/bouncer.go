package pgtest

import (
	"bufio"
	"cmp"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The ways in which PgBouncer shares the server's sessions.
const (
	PoolSession     = "session"     // a client keeps one
	PoolTransaction = "transaction" // each transaction gets any
)

// bouncerScript runs a pooler in $1, and ends it with its standard input.
const bouncerScript = `
"$2" -q "$1/bouncer.ini" </dev/null >/dev/null 2>"$1/log" &
trap "kill $!; rm -rf $1" EXIT
until [ -S "$1/.s.PGSQL.6432" ]; do kill -0 $! || exit; sleep 0.02; done
echo ready
read -r _ || exit 0
`

const bouncerSettings = `[databases]
* = host=%s user=` + superuser + `
[pgbouncer]
unix_socket_dir = %s
listen_addr =
auth_type = any
pool_mode = %s
default_pool_size = %d
query_wait_timeout = 5
max_client_conn = 200
`

// Bouncer returns the URL by which a database of this package is reached through
// a PgBouncer of its own, which goes when the test ends. Where the machine has
// none the test is skipped, or fails when CI=true.
func Bouncer(t testing.TB, database, mode string) string {
	t.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer" // not on everybody's path
		if _, err = os.Stat(program); err != nil && os.Getenv("CI") != "true" {
			t.Skip("no PgBouncer for this test")
		}
	}
	dir, folderErr := folder()
	if err = cmp.Or(err, folderErr); err != nil {
		t.Fatalf("PgBouncer for this test: %v", err)
	}
	u, err := url.Parse(database)
	if err != nil {
		t.Fatalf("PgBouncer for this test: %v", err)
	}
	sessions := 40 // enough for whoever asks
	if mode == PoolTransaction {
		sessions = 4 // so that they change hands
	}
	settings := fmt.Sprintf(bouncerSettings, u.Query().Get("host"), dir, mode, sessions)
	if err := os.WriteFile(filepath.Join(dir, "bouncer.ini"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, exec.Command("/bin/sh", "-c", bouncerScript, "sh", dir, program), dir)
	u.RawQuery = url.Values{"host": {dir}, "port": {"6432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// run starts a script that says that it is ready, and ends it with the test.
func run(t testing.TB, cmd *exec.Cmd, dir string) {
	t.Helper()
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C"}
	cmd.Stderr = os.Stderr
	if err := asUnprivileged(cmd, dir); err != nil {
		t.Fatal(err)
	}
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = input.Close()
		_ = cmd.Wait() // it says that its child was ended
	})
	if line, _ := bufio.NewReader(output).ReadString('\n'); line != firstMessage {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		t.Fatalf("it does not start: %s%s", line, strings.TrimSpace(string(log)))
	}
}

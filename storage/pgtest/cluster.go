package pgtest

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
)

// superuser is the cluster's only role.
const superuser = "postgres"

// errAbsent: the machine has no PostgreSQL, or nobody who may run it.
var errAbsent = errors.New("not installed")

// script makes and starts a cluster in $1 with the programs in $2, says so,
// waits until its standard input ends, and takes everything away. That end
// comes when the test process closes the pipe or dies, so that nothing
// outlives it; no signal handler or exit hook is needed for that.
const script = `
dir=$1 bin=$2 options=$3
stop() {
	"$bin/pg_ctl" stop -D "$dir/data" -m immediate -s
	cd /
	rm -rf "$dir"
}
trap stop EXIT
cd "$dir" || exit
"$bin/initdb" -D "$dir/data" -U ` + superuser + ` -A trust -E UTF8 --locale=C -N >"$dir/log" 2>&1 &&
	"$bin/pg_ctl" start -D "$dir/data" -w -s -l "$dir/log" -o "$options" >>"$dir/log" 2>&1 || {
	tail -n 5 "$dir/log"
	exit 1
}
echo ready
read -r _ || exit 0
`

// options of the server: a socket in its folder and nothing else. Extra
// connections, since tests play several replicas. A server that does not wait for
// the disk does not vacuum by itself either: what a test counts of it, and the plan
// that it takes, is then of that test alone.
const (
	options      = "-k '%s' -h '' -c max_connections=300 -c timezone=Asia/Kathmandu"
	withoutDisk  = " -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off"
	longestPath  = 90 // of a socket's folder, in bytes; the system allows 107 for the socket
	firstMessage = "ready\n"
)

// keeper is the shell that runs the script.
type keeper struct {
	cmd   *exec.Cmd
	input io.Closer // the cluster lives until this is closed
}

// start makes and starts a cluster; synced says whether commits wait for the
// disk.
func start(synced bool) (*cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := folder()
	if err != nil {
		return nil, err
	}
	flags := fmt.Sprintf(options, dir)
	if !synced {
		flags += withoutDisk
	}
	k, err := keep(dir, bin, flags)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &cluster{dir: dir, keeper: k}, nil
}

// programs finds the folder of PostgreSQL's programs: where initdb on the
// path really is, else the newest in the places where systems put them.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"} {
		found, err := filepath.Glob(filepath.Join(pattern, "initdb"))
		if err == nil && len(found) > 0 {
			return filepath.Dir(slices.MaxFunc(found, byVersion)), nil
		}
	}
	return "", fmt.Errorf("%w: initdb is neither on the path nor in /usr/lib/postgresql", errAbsent)
}

// byVersion orders paths that differ in a version number: 9 before 15.
func byVersion(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// folder makes the temporary folder; a socket's path must be short.
func folder() (string, error) {
	parent := os.TempDir()
	if len(parent) > longestPath-len("/klachtbot-pg-1234567890") {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "klachtbot-pg-")
	if err != nil {
		return "", fmt.Errorf("folder of the cluster: %w", err)
	}
	return dir, nil
}

// keep runs the script and returns when the server answers.
func keep(dir, bin, flags string) (*keeper, error) {
	cmd := exec.Command("/bin/sh", "-c", script, "sh", dir, bin, flags)
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C"}
	cmd.Stderr = os.Stderr // makes "go test" wait until the cluster is gone
	if err := asUnprivileged(cmd, dir); err != nil {
		return nil, err
	}
	input, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("pipe: %w", err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("pipe: %w", err), input.Close())
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	k := &keeper{cmd: cmd, input: input}
	if line, err := bufio.NewReader(output).ReadString('\n'); err != nil || line != firstMessage {
		return nil, errors.Join(fmt.Errorf("the cluster does not start: %s", line), k.stop())
	}
	return k, nil
}

// stop ends the cluster and returns when nothing is left of it.
func (k *keeper) stop() error {
	return errors.Join(k.input.Close(), k.cmd.Wait())
}

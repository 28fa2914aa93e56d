package pgtest

import (
	"fmt"
	"net/url"
	"os/exec"
	"testing"
)

// standbyScript copies the cluster at the socket in $3 and runs the copy as its
// standby, with a socket in $1, until its standard input ends.
const standbyScript = `
dir=$1 bin=$2
stop() {
	"$bin/pg_ctl" stop -D "$dir/data" -m immediate -s
	cd /
	rm -rf "$dir"
}
trap stop EXIT
cd "$dir" || exit
"$bin/pg_basebackup" -D "$dir/data" -h "$3" -U ` + superuser + ` -R -X stream -c fast >"$dir/log" 2>&1 &&
	"$bin/pg_ctl" start -D "$dir/data" -w -s -l "$dir/log" -o "$4" >>"$dir/log" 2>&1 || exit 1
echo ready
read -r _ || exit 0
`

// Standby returns the folder of the socket of a standby of a database's server:
// it can be read, and takes no changes. It goes when the test ends.
func Standby(t testing.TB, database string) (socket string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	running(t, quick)
	bin, err := programs()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := folder()
	if err != nil {
		t.Fatal(err)
	}
	flags := fmt.Sprintf(options, dir) + withoutDisk
	run(t, exec.Command("/bin/sh", "-c", standbyScript, "sh", dir, bin, u.Query().Get("host"), flags), dir)
	return dir
}

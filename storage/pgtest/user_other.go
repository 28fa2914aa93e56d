//go:build !unix

package pgtest

import (
	"fmt"
	"os/exec"
)

func asUnprivileged(*exec.Cmd, string) error {
	return fmt.Errorf("%w: the script that keeps the cluster needs a Unix shell", errAbsent)
}

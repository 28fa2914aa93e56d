package engine_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
	"testing"

	"github.com/artra/klachtbot/storage/engine"
)

// TestFault_signs: by whatever sign a server is gone, it is told as that, and what only
// passes on its way is told as what it is.
func TestFault_signs(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want engine.Fault
	}{
		"hung up":                {io.EOF, engine.FaultAway},
		"hung up in an answer":   {io.ErrUnexpectedEOF, engine.FaultAway},
		"connection reset":       {&net.OpError{Op: "read", Err: syscall.ECONNRESET}, engine.FaultAway},
		"connection closed":      {net.ErrClosed, engine.FaultAway},
		"driver's word":          {driver.ErrBadConn, engine.FaultAway},
		"no answer":              {&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, engine.FaultSilent},
		"deadline":               {context.DeadlineExceeded, engine.FaultSilent},
		"no room":                {syscall.ENOSPC, engine.FaultFull},
		"no right to the file":   {fs.ErrPermission, engine.FaultReadOnly},
		"none of the database's": {errors.New("a refusal"), ""},
	} {
		if got := engine.FaultOf(fmt.Errorf("ask: %w", test.err)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		got := engine.FaultOf(engine.Explain(t.Context(), fmt.Errorf("ask: %w", test.err)))
		if got != test.want {
			t.Errorf("%s, explained: %q, want %q", name, got, test.want)
		}
	}
}

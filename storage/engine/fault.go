package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"slices"
	"syscall"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Fault is what is wrong with a database, in a word of the catalogue.
type Fault string

// Faults that pass by themselves: trying again can help.
const (
	FaultAway    Fault = "away"    // it can't be reached, or is being started
	FaultSilent  Fault = "silent"  // it does not answer in time
	FaultCrowded Fault = "crowded" // it has no connection left
	FaultBusy    Fault = "busy"    // another program keeps it locked
)

// Faults that last until somebody mends them.
const (
	FaultReadOnly  Fault = "read_only" // it takes no changes
	FaultForbidden Fault = "forbidden" // a privilege is missing
	FaultRefused   Fault = "refused"   // user, password or name of the database
	FaultFull      Fault = "full"      // there is no room
	FaultEncoding  Fault = "encoding"  // it does not keep UTF-8
	FaultDamaged   Fault = "damaged"   // it does not read what was written
	FaultFailing   Fault = "failing"   // its disk fails
	FaultReplaced  Fault = "replaced"  // its file is another one, or gone
	FaultNoFolder  Fault = "no_folder" // the folder of its file is not there
)

// Faults are all of them.
func Faults() []Fault {
	return []Fault{
		FaultAway, FaultSilent, FaultCrowded, FaultBusy,
		FaultReadOnly, FaultForbidden, FaultRefused, FaultFull, FaultEncoding,
		FaultDamaged, FaultFailing, FaultReplaced, FaultNoFolder,
	}
}

// Lasting reports whether somebody has to mend it.
func (f Fault) Lasting() bool {
	return !slices.Contains([]Fault{FaultAway, FaultSilent, FaultCrowded, FaultBusy}, f)
}

// unusable is an error that has a fault for its cause. It is ErrUnreachable.
type unusable struct {
	fault Fault
	error
}

// Unusable is an error of a database with that fault.
func Unusable(f Fault, err error) error { return unusable{f, err} }

// DatabaseFault returns the fault's word, and whether it lasts: for who may
// not know this package.
func (u unusable) DatabaseFault() (word string, lasting bool) {
	return string(u.fault), u.fault.Lasting()
}

func (u unusable) Is(target error) bool { return target == ErrUnreachable }

func (u unusable) Unwrap() error { return u.error }

// FaultOf returns the fault behind an error; "" when it is none of the
// database's.
func FaultOf(err error) Fault {
	var u unusable
	var server *pq.Error
	var file *sqlite.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &u):
		return u.fault
	case errors.As(err, &server):
		return serverFault(server)
	case errors.As(err, &file):
		return fileFaults[file.Code()&0xff]
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return FaultSilent
	case hungUp(err):
		return FaultAway
	}
	return pathFault(err)
}

// hungUp reports whether the server, or the way to it, is gone: by whatever sign, since
// it depends on what was going on then.
func hungUp(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// codeReadOnly is what a standby says to a change.
const codeReadOnly = "25006"

func serverFault(err *pq.Error) Fault {
	if f, ok := serverFaults[string(err.Code)]; ok {
		return f
	}
	return serverFaults[string(err.Code.Class())]
}

// serverFaults are what a server's codes, or classes of them, mean.
var serverFaults = map[string]Fault{
	codeReadOnly: FaultReadOnly, "42501": FaultForbidden, "28": FaultRefused, "3D": FaultRefused,
	"53": FaultCrowded, "53100": FaultFull, "22021": FaultEncoding, "22P05": FaultEncoding,
	"57P01": FaultAway, "57P02": FaultAway, "57P03": FaultAway, "57P04": FaultRefused, "08": FaultAway,
	"58": FaultFailing, "58030": FaultFailing, "XX": FaultFailing, "XX001": FaultDamaged, "XX002": FaultDamaged,
}

var fileFaults = map[int]Fault{
	sqlite3.SQLITE_IOERR: FaultFailing, sqlite3.SQLITE_FULL: FaultFull, sqlite3.SQLITE_CORRUPT: FaultDamaged,
	sqlite3.SQLITE_NOTADB: FaultDamaged, sqlite3.SQLITE_CANTOPEN: FaultReadOnly, sqlite3.SQLITE_READONLY: FaultReadOnly,
	sqlite3.SQLITE_BUSY: FaultBusy, sqlite3.SQLITE_LOCKED: FaultBusy,
}

// pathFault is what the operating system says of a database's file.
func pathFault(err error) Fault {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return FaultFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return FaultReadOnly
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return FaultNoFolder
	case errors.Is(err, syscall.EIO):
		return FaultFailing
	}
	return ""
}

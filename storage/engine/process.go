package engine

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"strconv"
	"sync"
)

// A server ends what a connection holds when its client is gone, also when that
// was killed. So a process that holds a lock under a number of its own can be told
// from one that has ended, without waiting until what it leased runs out.

// process is this one as others see it.
type process struct {
	mu   sync.Mutex
	name string
	conn *sql.Conn // holds the lock; nil on a file
}

// Process names this process to those that share the database, for as long as it
// is open. Where a pool between hands out connections anew with each transaction,
// others may take it for running after its end, or for ended when they start.
func (e *Database) Process(ctx context.Context) (string, error) {
	p := &e.process
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.name != "" {
		return p.name, nil
	}
	var random [8]byte
	_, _ = rand.Read(random[:]) // it never fails
	number := int64(binary.LittleEndian.Uint64(random[:]) >> 1)
	if e.Shared() {
		conn, err := e.Write.db.Conn(ctx)
		if err != nil {
			return "", err
		}
		if _, err := conn.ExecContext(ctx, holdNumber, number); err != nil {
			_ = conn.Close()
			return "", fmt.Errorf("name process: %w", err)
		}
		p.conn = conn
	}
	p.name = strconv.FormatInt(number, 36)
	return p.name, nil
}

// Ended reports whether the process of that name has the database open no longer.
// A name that Process did not give is of one that may still run.
func (e *Database) Ended(ctx context.Context, name string) (ended bool, err error) {
	number, err := strconv.ParseInt(name, 36, 64)
	switch {
	case !e.Shared():
		return name != e.process.name, nil
	case err != nil:
		return false, nil
	}
	if err := e.Write.Get(ctx, &ended, freeNumber, number); err != nil {
		return false, fmt.Errorf("ask for process: %w", err)
	}
	return ended, nil
}

// leave gives the number back, by ending the connection that holds it.
func (p *process) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conn != nil {
		_ = p.conn.Raw(func(any) error { return driver.ErrBadConn })
		p.conn = nil
	}
}

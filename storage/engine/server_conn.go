package engine

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"
)

// A server that accepts and does not answer holds whoever asks it: lib/pq ends a
// statement by asking the server to, and then waits for its answer
// (lib/pq#620). What follows ends it on this side, by a deadline on the
// connection: when the context of the statement ends, or after patience without
// one. Such a connection is not used again.

// connector opens connections that keep to their contexts.
type connector struct {
	driver.Connector
	// patience bounds a statement without a deadline of its own, in nanoseconds;
	// 0, as long as the schema is brought up to date, means no bound.
	patience atomic.Int64
}

// newConnector takes over pq's, with its own way to dial.
func newConnector(c *pq.Connector) *connector {
	c.Dialer(dialer{})
	return &connector{Connector: c}
}

// Connect opens a connection, and gives up when ctx ends.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	l := &link{}
	release := l.watch(ctx)
	conn, err := c.Connector.Connect(context.WithValue(ctx, linkKey{}, l))
	release()
	if err != nil {
		return nil, err
	}
	return &serverConn{Conn: conn, link: l, patience: &c.patience}, nil
}

// linkKey leads dialer to the link that a connection is dialled for; without
// one it is dialled to cancel a statement, which waits for nothing.
type linkKey struct{}

type dialer struct{}

// cancelTime bounds a request to cancel.
const cancelTime = time.Second

// Dial and DialTimeout are there because pq asks for them; it uses DialContext.
func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

// DialTimeout is Dial within a time.
func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// DialContext has the link follow what was dialled for it.
func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	l, kept := ctx.Value(linkKey{}).(*link)
	if !kept {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, cancelTime)
		defer cancel()
		l = &link{until: time.Now().Add(cancelTime)}
	}
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return l.dialled(conn), nil
}

// link is the network under a connection, which may be cut.
type link struct {
	mu    sync.Mutex
	conn  net.Conn
	dead  bool      // it was cut
	until time.Time // the latest deadline; zero for any
}

// linked is a connection whose deadlines the link decides on.
type linked struct {
	net.Conn
	link *link
}

// SetDeadline sets it, unless the link was cut.
func (c linked) SetDeadline(t time.Time) error {
	c.link.mu.Lock()
	defer c.link.mu.Unlock()
	if c.link.dead {
		return nil
	}
	if u := c.link.until; !u.IsZero() && (t.IsZero() || t.After(u)) {
		t = u
	}
	return c.Conn.SetDeadline(t)
}

// past is a deadline that has passed.
var past = time.Unix(1, 0)

func (l *link) dialled(conn net.Conn) net.Conn {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = conn
	if l.dead {
		_ = conn.SetDeadline(past)
	}
	return linked{conn, l}
}

func (l *link) isDead() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.dead
}

// watch cuts the link when ctx ends before release is called.
func (l *link) watch(ctx context.Context) (release func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	over := false
	stop := context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if over {
			return
		}
		l.dead = true
		if l.conn != nil {
			_ = l.conn.SetDeadline(past)
		}
	})
	return func() {
		if stop() {
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		over = true
	}
}

// serverConn is pq's connection, on a link that is watched.
type serverConn struct {
	driver.Conn
	link     *link
	patience *atomic.Int64
	turned   bool // the server turned into one that takes no changes
}

// begin watches a statement; end releases it.
func (c *serverConn) begin(ctx context.Context) (end func()) {
	_, bounded := ctx.Deadline()
	most := time.Duration(c.patience.Load())
	if bounded || most == 0 {
		return c.link.watch(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	release := c.link.watch(ctx)
	return func() { release(); cancel() }
}

// notice marks a connection to a server that became a standby, so that the next
// one is opened to who takes its place.
func (c *serverConn) notice(err error) error {
	var server *pq.Error
	if errors.As(err, &server) && server.Code == codeReadOnly {
		c.turned = true
	}
	return err
}

// IsValid reports whether the pool may keep the connection.
func (c *serverConn) IsValid() bool {
	v, ok := c.Conn.(driver.Validator)
	return !c.turned && !c.link.isDead() && (!ok || v.IsValid())
}

// ResetSession is called before the connection is used again.
func (c *serverConn) ResetSession(ctx context.Context) error {
	if !c.IsValid() {
		return driver.ErrBadConn
	}
	if r, ok := c.Conn.(driver.SessionResetter); ok {
		return r.ResetSession(ctx)
	}
	return nil
}

// CheckNamedValue leaves values to pq.
func (c *serverConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// Ping asks for nothing.
func (c *serverConn) Ping(ctx context.Context) error {
	end := c.begin(ctx)
	defer end()
	return c.Conn.(driver.Pinger).Ping(context.WithoutCancel(ctx))
}

// ExecContext carries a statement out.
func (c *serverConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	end := c.begin(ctx)
	defer end()
	r, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	return r, c.notice(err)
}

// QueryContext asks; the watch lasts until the rows are closed.
func (c *serverConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	end := c.begin(ctx)
	r, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	return c.rows(r, err, end)
}

func (c *serverConn) rows(r driver.Rows, err error, end func()) (driver.Rows, error) {
	if err != nil {
		end()
		return nil, c.notice(err)
	}
	return &serverRows{r, end}, nil
}

// PrepareContext prepares a statement.
func (c *serverConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	end := c.begin(ctx)
	defer end()
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(context.WithoutCancel(ctx), query)
	if err != nil {
		return nil, c.notice(err)
	}
	return &serverStmt{s, c}, nil
}

// BeginTx begins a transaction, which ends with ctx. It does not say READ WRITE,
// as pq does: a database that was made read-only stays so.
func (c *serverConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if o != (driver.TxOptions{}) {
		return nil, pq.ErrNotSupported
	}
	end := c.begin(ctx)
	tx, err := c.Conn.(beginner).Begin()
	if err != nil {
		end()
		if hungUp(err) && ctx.Err() == nil && !c.link.isDead() {
			return nil, driver.ErrBadConn // nothing was asked yet: the pool takes another one
		}
		return nil, c.notice(err)
	}
	return &serverTx{tx, end}, nil
}

// Close closes the connection; that the server hung up before is no fault.
func (c *serverConn) Close() error {
	if err := c.Conn.Close(); !hungUp(err) {
		return err
	}
	return nil
}

// beginner begins a transaction as the server's settings have it.
type beginner interface{ Begin() (driver.Tx, error) }

// serverTx is a transaction of which the connection is watched until its end.
type serverTx struct {
	driver.Tx
	end func()
}

// Commit commits; that it does not answer in time leaves the outcome unknown.
func (t *serverTx) Commit() error { defer t.end(); return t.Tx.Commit() }

// Rollback undoes.
func (t *serverTx) Rollback() error { defer t.end(); return t.Tx.Rollback() }

// serverRows are rows of which the connection is watched until they are closed.
type serverRows struct {
	driver.Rows
	end func()
}

// Close closes them.
func (r *serverRows) Close() error { defer r.end(); return r.Rows.Close() }

// serverStmt is a prepared statement. pq would wait for the server's answer to
// its request to cancel, so it is not told of the context.
type serverStmt struct {
	driver.Stmt
	conn *serverConn
}

// ExecContext carries it out.
func (s *serverStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	end := s.conn.begin(ctx)
	defer end()
	r, err := s.Stmt.(driver.StmtExecContext).ExecContext(context.WithoutCancel(ctx), args)
	return r, s.conn.notice(err)
}

// QueryContext asks.
func (s *serverStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	end := s.conn.begin(ctx)
	r, err := s.Stmt.(driver.StmtQueryContext).QueryContext(context.WithoutCancel(ctx), args)
	return s.conn.rows(r, err, end)
}

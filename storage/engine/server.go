package engine

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Connections to a server: enough for sixteen people at once on two replicas
// within PostgreSQL's default of a hundred.
const (
	maxConnections = 16
	maxIdle        = 8
	connectSeconds = 5
	idleTime       = time.Minute // then somebody else may have the server's session
	// statementTime bounds a statement that has no deadline of its own, once the
	// schema is up to date.
	statementTime = time.Minute
)

func openServer(ctx context.Context, address string) (*Database, error) {
	config, err := serverConfig(address)
	if err != nil {
		return nil, err
	}
	e, err := connect(ctx, config)
	if err != nil {
		return nil, err
	}
	shared, err := e.sharesSessions(ctx)
	if err == nil && shared && !config.BinaryParameters {
		// A statement and its values then travel together.
		config.BinaryParameters = true
		if err = e.Close(); err == nil {
			e, err = connect(ctx, config)
		}
	}
	if err != nil {
		return nil, errors.Join(unreachable(err), e.Close())
	}
	e.Write.unprepared = shared
	if config.SSLMode == pq.SSLModeDisable && !allLocal(config) {
		e.warnings = append(e.warnings, WarnPlain)
	}
	return e, nil
}

// What a server is asked to hold for a connection, and for a transaction.
const (
	holdNumber = `SELECT pg_advisory_lock($1)`
	freeNumber = `SELECT pg_try_advisory_xact_lock($1)`
)

// Reach finds out whether a server lets this process in; of a file it says
// nothing. Opening one may take as long as its schema needs; this does not.
func Reach(ctx context.Context, address string) error {
	if scheme, _, _ := strings.Cut(address, ":"); scheme == "sqlite" {
		return nil
	}
	config, err := serverConfig(address)
	if err != nil {
		return err
	}
	e, err := connect(ctx, config)
	if err != nil {
		return err
	}
	return e.Close()
}

// connect opens a pool, of which one connection is open already.
func connect(ctx context.Context, config pq.Config) (*Database, error) {
	c, err := pq.NewConnectorConfig(config)
	if err != nil {
		return nil, ErrAddress
	}
	server := newConnector(c)
	db := sqlx.NewDb(sql.OpenDB(server), "postgres")
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxIdle)
	db.SetConnMaxIdleTime(idleTime)
	pool := &Pool{db: db}
	e := &Database{
		Write: pool, Read: pool, dialect: database.DialectPostgres, server: server,
		release: func() error { return nil },
	}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(Explain(ctx, unreachable(err)), e.Close())
	}
	return e, nil
}

// serverConfig sets what must never be left to a default: encryption (not
// asked for on the machine itself), and how long connecting may take.
func serverConfig(address string) (pq.Config, error) {
	u, err := url.Parse(hostsApart(address))
	if err != nil {
		return pq.Config{}, ErrAddress // the cause repeats the password
	}
	config, err := pq.NewConfig(u.String())
	if err != nil {
		return pq.Config{}, ErrAddress
	}
	if !u.Query().Has("sslmode") {
		config.SSLMode = pq.SSLModeRequire
		if allLocal(config) {
			config.SSLMode = pq.SSLModePrefer
		}
	}
	if !u.Query().Has("connect_timeout") {
		config.ConnectTimeout = connectSeconds * time.Second
	}
	return config, nil
}

// hostsApart writes the hosts of an address that names several, each with its
// port (postgres://h1:5433,h2/db), as pq takes them: in parameters.
func hostsApart(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest+"/", "/?#")
	authority, rest := rest[:end], rest[end:]
	at := strings.LastIndex(authority, "@") + 1
	user, list := authority[:at], authority[at:]
	if !strings.Contains(list, ",") {
		return address
	}
	var hosts, ports []string
	for one := range strings.SplitSeq(list, ",") {
		host, port, err := net.SplitHostPort(one)
		if err != nil {
			host, port = strings.Trim(one, "[]"), defaultPort
		}
		hosts, ports = append(hosts, host), append(ports, cmp.Or(port, defaultPort))
	}
	rest, _, _ = strings.Cut(rest, "#")
	separator := "?"
	if strings.Contains(rest, "?") {
		separator = "&"
	}
	several := url.Values{"host": {strings.Join(hosts, ",")}, "port": {strings.Join(ports, ",")}}
	return scheme + "://" + user + rest + separator + several.Encode()
}

const defaultPort = "5432"

// allLocal reports whether every host is this machine.
func allLocal(config pq.Config) bool {
	return local(config.Host) && !slices.ContainsFunc(config.Multi, func(m pq.ConfigMultihost) bool { return !local(m.Host) })
}

// local reports whether a host is this machine, or a socket on it.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host[0] == '/' || host[0] == '@' || host == "localhost" || ip != nil && ip.IsLoopback()
}

// sessionRounds is how often sharesSessions looks; with other programs at work
// behind the same pooler one look may miss it.
const sessionRounds = 4

// sharesSessions reports whether a pooler stands between that gives each
// transaction any session of the server (PgBouncer in transaction mode). What
// one transaction prepared, or locked for its session, is then not the next
// one's: it may even be somebody else's. A connection of one's own has one
// session, and no other connection has it.
func (e *Database) sharesSessions(ctx context.Context) (shared bool, err error) {
	mine, err := e.Write.db.Connx(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, mine.Close()) }()
	for range sessionRounds {
		var before, other, after int
		if err := mine.GetContext(ctx, &before, sessionID); err != nil {
			return false, err
		}
		err := e.once(ctx, func(tx Tx) error {
			if err := tx.tx.GetContext(ctx, &other, sessionID); err != nil {
				return err
			}
			return mine.GetContext(ctx, &after, sessionID)
		})
		if err != nil {
			return false, err
		}
		if before == other || before != after {
			return true, nil
		}
	}
	return false, nil
}

const sessionID = `SELECT pg_backend_pid()`

// Alone runs f while no other process is in Alone on the same database, and
// after it no statement may take longer than statementTime. The lock is that of
// one transaction, which a pooler between leaves where it is.
func (e *Database) Alone(ctx context.Context, f func(context.Context) error) error {
	if e.server == nil {
		return f(ctx) // the file's lock sees to it
	}
	tx, err := e.Write.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("lock schema: %w", err)
	}
	err = awaitLock(ctx, tx)
	if err == nil {
		err = f(ctx)
	}
	if err := errors.Join(err, rollback(tx)); err != nil {
		return err
	}
	e.server.patience.Store(int64(statementTime))
	return nil
}

// lockPeriod is how long awaitLock waits between two tries.
const lockPeriod = 500 * time.Millisecond

// awaitLock takes the lock that goose's own session lock is, so that an older
// program that starts at the same time waits for this one.
func awaitLock(ctx context.Context, tx *sqlx.Tx) error {
	again := time.NewTicker(lockPeriod)
	defer again.Stop()
	for {
		var got bool
		if err := tx.GetContext(ctx, &got, freeNumber, lock.DefaultLockID); err != nil {
			return fmt.Errorf("lock schema: %w", err)
		}
		if got {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-again.C:
		}
	}
}

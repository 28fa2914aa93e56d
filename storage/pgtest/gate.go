package pgtest

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Gate stands between a program and a server, and can be shut: what comes then
// is accepted and not answered, as by a server that hangs.
type Gate struct {
	listener net.Listener
	socket   string
	opened   *sync.Cond
	shut     bool
	conns    map[net.Conn]bool
}

// NewGate returns a gate before the server with a socket in that folder; it goes
// when the test ends.
func NewGate(t testing.TB, folder string) *Gate {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &Gate{listener: listener, socket: folder + "/.s.PGSQL.5432", opened: sync.NewCond(new(sync.Mutex)), conns: map[net.Conn]bool{}}
	go g.accept()
	t.Cleanup(func() {
		_ = listener.Close()
		g.Cut()
		g.Open()
	})
	return g
}

// Through returns the URL of a database of this package through the gate, and
// the gate.
func Through(t testing.TB, database string) (string, *Gate) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	g := NewGate(t, u.Query().Get("host"))
	return fmt.Sprintf("postgres://%s@%s%s?sslmode=disable", superuser, g.Address(), u.Path), g
}

// Address is where the gate listens.
func (g *Gate) Address() string { return g.listener.Addr().String() }

// Shut has nothing pass from now on.
func (g *Gate) Shut() { g.set(true) }

// Open has everything pass again, also what came meanwhile.
func (g *Gate) Open() { g.set(false) }

func (g *Gate) set(shut bool) {
	g.opened.L.Lock()
	defer g.opened.L.Unlock()
	g.shut = shut
	g.opened.Broadcast()
}

// Cut closes every connection, as a server does that is restarted.
func (g *Gate) Cut() {
	g.opened.L.Lock()
	defer g.opened.L.Unlock()
	for conn := range g.conns {
		_ = conn.Close()
	}
	clear(g.conns)
}

func (g *Gate) accept() {
	for {
		conn, err := g.listener.Accept()
		if err != nil {
			return
		}
		go g.serve(conn)
	}
}

func (g *Gate) serve(conn net.Conn) {
	g.wait()
	server, err := net.Dial("unix", g.socket)
	if err != nil {
		_ = conn.Close()
		return
	}
	g.opened.L.Lock()
	g.conns[conn], g.conns[server] = true, true
	g.opened.L.Unlock()
	var both sync.WaitGroup
	both.Go(func() { g.pass(server, conn) })
	both.Go(func() { g.pass(conn, server) })
	both.Wait()
	g.opened.L.Lock()
	defer g.opened.L.Unlock()
	delete(g.conns, conn)
	delete(g.conns, server)
}

func (g *Gate) wait() {
	g.opened.L.Lock()
	defer g.opened.L.Unlock()
	for g.shut {
		g.opened.Wait()
	}
}

func (g *Gate) pass(to, from net.Conn) {
	defer func() { _ = to.Close() }()
	part := make([]byte, 32<<10)
	for {
		n, err := from.Read(part)
		g.wait()
		if _, failed := to.Write(part[:n]); failed != nil || err != nil {
			_, _ = io.Copy(io.Discard, from)
			return
		}
	}
}

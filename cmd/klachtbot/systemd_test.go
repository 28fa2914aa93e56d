package main

import (
	"net"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestSystemd_isTold: the program, started as systemd starts a service of
// Type=notify with a watchdog, says that it is ready, beats, and says that it
// stops.
func TestSystemd_isTold(t *testing.T) {
	address := filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: address, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = socket.Close() }()
	o := newProgramTest(t, "sqlite", "NOTIFY_SOCKET="+address, "WATCHDOG_USEC=100000")
	o.start()
	var told []string
	await := func(state string) {
		t.Helper()
		for !slices.Contains(told, state) {
			if err := socket.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			datagram := make([]byte, 512)
			n, err := socket.Read(datagram)
			if err != nil {
				t.Fatalf("waited in vain for %s after %q: %v", state, told, err)
			}
			told = append(told, string(datagram[:n]))
		}
	}
	await("READY=1")
	await("WATCHDOG=1")
	o.stop()
	await("STOPPING=1")
	if told[0] != "READY=1" {
		t.Errorf("first %s, want READY=1", told[0])
	}
}

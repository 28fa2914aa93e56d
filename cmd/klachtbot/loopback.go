package main

import (
	"net"
	"net/url"
)

// isLoopback reports whether a URL names this machine: an address of the
// loopback range or the name localhost.
func isLoopback(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

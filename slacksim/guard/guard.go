// Package guard keeps other sites away from a simulated workspace: whoever opens
// some page in the browser on the same machine must not act in the workspace by it.
package guard

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// slackOrigin is what clients of Socket Mode call themselves.
const slackOrigin = "https://api.slack.com"

// Own lets a request through that names this machine, or the host of own, as the
// one it is for: a name that was bound to this machine for the occasion is refused
// with 421 (DNS rebinding).
func Own(own func() string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLoopback(r.Host) && !isHostOf(own(), r.Host) {
			http.Error(w, "open this on a loopback address", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Programs lets a request through that no page of another site has sent, whatever
// its method: the Web API takes a GET for every method. Programs say neither where
// they come from nor what a browser says; a Socket Mode client calls itself Slack's
// when it opens a socket, for which it needs a ticket. Others are refused with 403.
func Programs(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site, origin := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Origin")
		socket := origin == slackOrigin && strings.HasPrefix(r.URL.Path, "/link/")
		if site != "" && site != "same-origin" && site != "none" || origin != "" && !isHostOf(origin, r.Host) && !socket {
			http.Error(w, "not from another site", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isHostOf(address, host string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, host)
}

func isLoopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && addr.Unmap().IsLoopback()
}

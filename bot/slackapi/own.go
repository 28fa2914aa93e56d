package slackapi

import (
	"net"
	"net/url"
	"strings"
)

// Own reports whether an address that came from Slack is one of its own: on the
// host of its methods, by the same scheme, or where it keeps files and takes answers
// to gestures. The token goes nowhere else, whoever wrote the address.
func (a Account) Own(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return false
	}
	home, err := url.Parse(a.Address())
	if err != nil {
		return false
	}
	if u.Scheme == home.Scheme && u.Host == home.Host {
		return true
	}
	kind, host, _ := strings.Cut(u.Host, ".")
	mine := strings.TrimPrefix(home.Host, "www.")
	return u.Scheme == "https" && (kind == "files" || kind == "hooks") && (host == mine || host == slackDomain)
}

// slackDomain is Slack's own; a workspace of a government has another.
const slackDomain = "slack.com"

// TakesAnswers reports whether an answer to a gesture may go there: to one of
// Slack's own addresses, and where its methods are on this machine, to this machine.
func (a Account) TakesAnswers(address string) bool {
	if a.Own(address) {
		return true
	}
	u, err := url.Parse(address)
	home, homeErr := url.Parse(a.Address())
	return err == nil && homeErr == nil && u.Scheme == "http" && u.User == nil && loopback(u.Hostname()) && loopback(home.Hostname())
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

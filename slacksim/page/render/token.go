package render

import (
	"net/url"
	"strconv"
	"strings"
	"time"
)

// token draws the inside of one <…>: a mention, a ping, a date or a link.
func (r *Renderer) token(inner string) span {
	body, label, labelled := strings.Cut(inner, "|")
	label = unescape(label)
	switch {
	case strings.HasPrefix(body, "@"):
		return r.userSpan(body[1:])
	case strings.HasPrefix(body, "#"):
		return r.channelSpan(body[1:], label)
	case strings.HasPrefix(body, "!date^"):
		return r.dateToken(body, label)
	case strings.HasPrefix(body, "!"):
		return pingSpan(body[1:], label)
	}
	address := unescape(body)
	if !safeURL(address) {
		return span{Kind: "text", Text: unescape("<" + inner + ">")}
	}
	if !labelled || label == "" {
		label = strings.TrimPrefix(address, "mailto:")
	}
	return span{Kind: "link", Text: drawEmoji(label), URL: address}
}

// userSpan draws a mention by name; an id nobody knows stays visible.
func (r *Renderer) userSpan(id string) span {
	name := r.Places.PersonName(id)
	if name == "" {
		name = id
	}
	kind := "user"
	if id == r.Me {
		kind = "me"
	}
	return span{Kind: kind, Text: "@" + name, URL: id}
}

func (r *Renderer) channelSpan(id, label string) span {
	name := r.Places.ChannelName(id)
	if name == "" {
		name = label
	}
	if name == "" {
		name = id
	}
	return span{Kind: "channel", Text: "#" + name, URL: id}
}

// pingSpan draws what really notifies a whole channel or group, so that a leak
// of user text into it is seen at a glance.
func pingSpan(body, label string) span {
	switch body {
	case "channel", "here", "everyone", "group":
		return span{Kind: "ping", Text: "@" + body}
	}
	if label == "" {
		label = body
	}
	if strings.HasPrefix(body, "subteam^") {
		return span{Kind: "ping", Text: label}
	}
	return span{Kind: "text", Text: label}
}

// safeURL reports whether a link may be followed from the page.
func safeURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "mailto":
		return u.Opaque != ""
	}
	return false
}

// dateToken draws <!date^UNIX^FORMAT[^LINK]|FALLBACK>.
func (r *Renderer) dateToken(body, fallback string) span {
	parts := strings.SplitN(body, "^", 4)
	if len(parts) < 3 {
		return span{Kind: "text", Text: fallback}
	}
	link := ""
	if len(parts) == 4 && safeURL(unescape(parts[3])) {
		link = unescape(parts[3])
	}
	return r.dateSpan(parts[1], unescape(parts[2]), fallback, link)
}

func (r *Renderer) dateSpan(unix, format, fallback, link string) span {
	seconds, err := strconv.ParseInt(unix, 10, 64)
	if err != nil || seconds < 0 {
		return span{Kind: "text", Text: fallback}
	}
	at := time.Unix(seconds, 0).In(r.Zone)
	shown := span{Kind: "date", Text: r.formatDate(at, format), URL: at.Format(time.RFC3339)}
	if link == "" {
		return shown
	}
	return span{Kind: "link", URL: link, Kids: []span{shown}}
}

// formatDate fills in Slack's date tokens in the reader's language.
func (r *Renderer) formatDate(at time.Time, format string) string {
	w := r.Words
	day, clock := w.Day(at), at.Format(w.Clock)
	pretty := func(otherwise string) string {
		if near := w.NearDay(at, r.Now.In(r.Zone)); near != "" {
			return near
		}
		return otherwise
	}
	return strings.NewReplacer(
		"{date_num}", at.Format("2006-01-02"),
		"{date_slash}", at.Format("02/01/2006"),
		"{date_short_pretty}", pretty(w.ShortDay(at)),
		"{date_long_pretty}", pretty(w.LongDay(at)),
		"{date_pretty}", pretty(day),
		"{date_short}", w.ShortDay(at),
		"{date_long_full}", w.LongDay(at),
		"{date_long}", w.LongDay(at),
		"{date}", day,
		"{day_divider_pretty}", pretty(w.LongDay(at)),
		"{time_secs}", at.Format("15:04:05"),
		"{time}", clock,
		"{ago}", w.Ago(r.Now.Sub(at)),
	).Replace(format)
}

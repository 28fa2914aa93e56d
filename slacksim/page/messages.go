package page

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/page/render"
	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// messageView is a message as the page shows it.
type messageView struct {
	TS, Key, Author, Clock, ISO, Day string
	Face                             face
	IsApp, Compact, IsRoot           bool
	Edited, Ephemeral, Deleted       bool
	Body                             []render.BodyView
	Files                            []fileView
	Replies, ReplyLink, LastReply    string
	Menu                             []manifest.Shortcut
	Mine                             bool // written by the reader, who may delete it
	Words                            *words.Words
}

type fileView struct {
	Name, Alt  string
	Link, Size string
	Picture    bool
}

// compactWithin is how soon a person's next message goes without a name.
const compactWithin = 5 * time.Minute

// messages draws a list; in a thread pane the first one is the root.
func (sc *screen) messages(list []workspace.Message, inThread bool) []messageView {
	out := make([]messageView, 0, len(list))
	var before workspace.Message
	for i, m := range list {
		v := sc.message(m)
		if day := sc.dayOf(m); i == 0 || day != sc.dayOf(before) {
			v.Day = day
		}
		v.Compact = i > 0 && v.Day == "" && continues(before, m)
		if inThread {
			v.IsRoot, v.Replies, v.Day = i == 0, "", ""
			v.Compact = v.Compact && i > 1
			v.Key = "t-" + v.Key
		}
		out = append(out, v)
		before = m
	}
	return out
}

func continues(before, m workspace.Message) bool {
	gap := timeOf(m.TS).Sub(timeOf(before.TS))
	return before.User == m.User && !before.Ephemeral && !m.Ephemeral && before.Subtype == m.Subtype && gap < compactWithin
}

func (sc *screen) dayOf(m workspace.Message) string {
	at := timeOf(m.TS).In(sc.render.Zone)
	if near := sc.Words.NearDay(at, sc.render.Now.In(sc.render.Zone)); near != "" {
		return near
	}
	return sc.Words.LongDay(at)
}

// message draws one.
func (sc *screen) message(m workspace.Message) messageView {
	writer, _ := sc.page.reader.Person(m.User)
	at := timeOf(m.TS).In(sc.render.Zone)
	v := messageView{
		TS: m.TS, Key: m.TS, Author: displayName(writer), Face: faceOf(writer), Clock: at.Format(sc.Words.Clock),
		ISO: at.Format(time.RFC3339), IsApp: m.BotID != "", Edited: m.Edited, Ephemeral: m.Ephemeral,
		Deleted: m.Subtype == "tombstone", Words: sc.Words,
	}
	if v.IsApp {
		v.Author, v.Face = sc.App, face{Initials: initials(sc.App), Hue: "hue-app", App: true}
	}
	if m.Ephemeral {
		v.Key = "e-" + m.TS
	} else if !v.Deleted {
		v.Menu, v.Mine = sc.messageShortcuts(), m.User == sc.Me.ID
	}
	v.ReplyLink = sc.link(sc.In, m.TS)
	if m.ReplyCount > 0 {
		v.Replies = sc.Words.Replies(m.ReplyCount)
		v.LastReply = timeOf(m.LatestReply).In(sc.render.Zone).Format(sc.Words.Clock)
	}
	for _, f := range m.Files {
		v.Files = append(v.Files, fileView{f.Name, cmp.Or(f.Alt, f.Name), sc.FileLink(f.ID), sizeOf(f.Size), isPicture(f.Type)})
	}
	v.Body = sc.body(m)
	return v
}

func (sc *screen) messageShortcuts() []manifest.Shortcut {
	var out []manifest.Shortcut
	for _, s := range sc.page.reader.Shortcuts() {
		if s.Type == "message" {
			out = append(out, s)
		}
	}
	return out
}

// body is the message itself and its old-style attachments under it.
func (sc *screen) body(m workspace.Message) []render.BodyView {
	r := sc.render.Within(m.Channel+m.TS, sc.user.Holding(m.Channel, m.TS))
	out := []render.BodyView{r.Body(m.Text, m.Blocks)}
	var attachments []struct {
		Text, Fallback string
		Blocks         json.RawMessage
	}
	if len(m.Attachments) > 0 && json.Unmarshal(m.Attachments, &attachments) != nil {
		return out
	}
	for _, a := range attachments {
		out = append(out, r.Body(cmp.Or(a.Text, a.Fallback), a.Blocks))
	}
	return out
}

// timeOf reads a message's ts; the zero time when it is none.
func timeOf(ts string) time.Time {
	seconds, micros, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	us, err := strconv.ParseInt(micros, 10, 64)
	if err != nil {
		us = 0
	}
	return time.Unix(s, us*int64(time.Microsecond))
}

func sizeOf(bytes int) string {
	if bytes < 1<<20 {
		return strconv.Itoa((bytes+1023)/1024) + " kB"
	}
	return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
}

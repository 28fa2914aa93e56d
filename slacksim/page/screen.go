package page

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/page/render"
	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// screen is all that one tab shows.
type screen struct {
	Words *words.Words
	Me    workspace.Person
	Team  workspace.Team
	App   string

	People   []navItem
	Channels []navItem
	DM, Home navItem

	In       string // channel id, or homePlace
	IsHome   bool
	IsDM     bool
	ReadOnly bool   // people can't write here: the app's messages tab says so
	Place    string // the header's name
	PlaceTag string // "besloten kanaal", …
	Members  int

	Messages      []messageView
	Older         bool // there are more than are shown
	Thread        *threadView
	HomeBody      []render.BlockView
	HomeID        string
	Modal         *modalView
	Global        []manifest.Shortcut
	Commands      []manifest.Command
	CloseLink     string // the same place without its thread
	MyFace        face
	ComposerLabel string

	render *render.Renderer
	page   *page
	user   *user.User
}

// navItem is a link in the side bar.
type navItem struct {
	ID, Name, Note, Link string
	Here, Locked, Bold   bool
	Unread               int
	Face                 face
}

// face is a drawn portrait: initials on one of a few calm colours.
type face struct {
	Initials, Hue string
	App           bool
}

type threadView struct {
	TS       string
	Messages []messageView
}

const (
	homePlace     = "home"
	dmPlace       = "dm"
	shownMessages = 200
)

var (
	errNobody  = errors.New("no such person in this workspace")
	errNowhere = errors.New("this person is not in that channel")
)

// screen collects what the person in the query sees at the place in it.
func (p *page) screen(query url.Values) (*screen, error) {
	me, err := p.who(query.Get("as"))
	if err != nil {
		return nil, err
	}
	sc := &screen{
		Words: p.words, Me: me, Team: p.reader.Team(), App: p.reader.AppName(),
		Commands: p.reader.Commands(), page: p, user: p.users.As(me.ID),
		MyFace: faceOf(me),
	}
	for _, s := range p.reader.Shortcuts() {
		if s.Type == "global" {
			sc.Global = append(sc.Global, s)
		}
	}
	sc.render = render.New(sc.viewer())
	if err := sc.goTo(query.Get("in")); err != nil {
		return nil, err
	}
	sc.fillPlace(query.Get("thread"))
	sc.fillNav()
	sc.Modal = sc.modal()
	return sc, nil
}

// who is the person asked for, or the first human being.
func (p *page) who(id string) (workspace.Person, error) {
	for _, person := range p.reader.People() {
		if (id == "" || person.ID == id) && !person.Bot && !person.Deleted {
			return person, nil
		}
	}
	return workspace.Person{}, errNobody
}

// viewer is the person of sc, as someone to draw for.
func (sc *screen) viewer() render.Viewer {
	v := render.Viewer{Words: sc.Words, Zone: zoneOf(sc.Me), Now: sc.page.now(), Me: sc.Me.ID, Places: sc}
	for _, person := range sc.page.reader.People() {
		if !person.Deleted {
			v.People = append(v.People, render.Choice{Value: person.ID, Label: displayName(person)})
		}
	}
	for _, c := range sc.user.Channels() {
		v.Channels = append(v.Channels, render.Choice{Value: c.ID, Label: "#" + c.Name})
	}
	return v
}

// zoneOf is a person's time zone, UTC when this machine does not know it.
func zoneOf(p workspace.Person) *time.Location {
	zone, err := time.LoadLocation(p.TZ)
	if err != nil {
		return time.UTC
	}
	return zone
}

// PersonName is a person's name, "" when unknown.
func (sc *screen) PersonName(id string) string {
	person, ok := sc.page.reader.Person(id)
	if !ok {
		return ""
	}
	return displayName(person)
}

func displayName(p workspace.Person) string {
	if p.RealName != "" {
		return p.RealName
	}
	return p.Name
}

// ChannelName is a channel's name, "" when unknown.
func (sc *screen) ChannelName(id string) string {
	c, _ := sc.page.reader.Channel(id)
	return c.Name
}

// FileLink is where the page shows an uploaded file, known by id or by its
// private URL; "" for everything else.
func (sc *screen) FileLink(ref string) string {
	id := ref
	if _, rest, private := strings.Cut(ref, "/files-pri/"); private {
		folder, _, _ := strings.Cut(rest, "/")
		id = folder[strings.LastIndex(folder, "-")+1:]
	}
	if _, _, ok := sc.page.reader.File(id); !ok {
		return ""
	}
	return "/page/file?id=" + url.QueryEscape(id)
}

// goTo settles the place: the one asked for, or the person's first channel.
func (sc *screen) goTo(in string) error {
	channels := sc.user.Channels()
	switch {
	case in == homePlace, in == "" && len(channels) == 0:
		sc.In, sc.IsHome, sc.Place = homePlace, true, sc.App
		return nil
	case in == dmPlace, in != "" && in == sc.user.DM():
		sc.In, sc.IsDM, sc.Place = sc.user.DM(), true, sc.App
		sc.ReadOnly = sc.page.reader.MessagesReadOnly()
		return nil
	case in == "":
		in = channels[0].ID
	}
	i := slices.IndexFunc(channels, func(c workspace.Channel) bool { return c.ID == in })
	if i < 0 {
		return errNowhere
	}
	c := channels[i]
	sc.In, sc.Place, sc.Members = c.ID, "#"+c.Name, len(c.Members)
	switch {
	case c.ExtShared:
		sc.PlaceTag = sc.Words.External
	case c.Private:
		sc.PlaceTag = sc.Words.PrivateChannel
	}
	return nil
}

// fillPlace draws what stands in the middle and on the right.
func (sc *screen) fillPlace(thread string) {
	sc.CloseLink = sc.link(sc.In, "")
	sc.ComposerLabel = fmt.Sprintf(sc.Words.Composer, sc.Place)
	if sc.IsHome {
		sc.fillHome()
		return
	}
	all := sc.page.reader.Messages(sc.In)
	if sc.IsDM {
		all = sc.user.DMs()
	}
	all = slices.DeleteFunc(all, func(m workspace.Message) bool { return m.ThreadTS != "" && m.ThreadTS != m.TS })
	all = append(all, sc.user.Ephemerals(sc.In)...)
	slices.SortStableFunc(all, func(a, b workspace.Message) int { return strings.Compare(a.TS, b.TS) })
	threadOnly := func(m workspace.Message) bool { return m.Ephemeral && m.ThreadTS != "" }
	shown := slices.DeleteFunc(slices.Clone(all), threadOnly)
	if sc.Older = len(shown) > shownMessages; sc.Older {
		shown = shown[len(shown)-shownMessages:]
	}
	sc.Messages = sc.messages(shown, false)
	sc.page.setReadUpTo(sc.Me.ID, sc.In, all)
	if thread != "" {
		sc.fillThread(thread, slices.DeleteFunc(all, func(m workspace.Message) bool { return !threadOnly(m) || m.ThreadTS != thread }))
	}
}

func (sc *screen) fillThread(ts string, ephemerals []workspace.Message) {
	root, ok := sc.page.reader.Message(sc.In, ts)
	if !ok {
		return // deleted meanwhile: the pane closes
	}
	all := append(sc.page.reader.Thread(sc.In, ts), ephemerals...)
	slices.SortStableFunc(all, func(a, b workspace.Message) int { return strings.Compare(a.TS, b.TS) })
	sc.page.setReadUpTo(sc.Me.ID, sc.In, all)
	sc.Thread = &threadView{TS: ts, Messages: sc.messages(append([]workspace.Message{root}, all...), true)}
}

func (sc *screen) fillHome() {
	if home, ok := sc.user.Home(); ok {
		sc.HomeBody, sc.HomeID = sc.viewBody(home), home.ID
	}
}

// link is the address of a place in this workspace for this person.
func (sc *screen) link(in, thread string) string { return pageLink(sc.Me.ID, in, thread) }

// PageLink is where this page shows what a permalink of the workspace leads to: a
// message in its thread, or a file; "" for any other link.
func (sc *screen) PageLink(permalink string) string {
	rest, ours := strings.CutPrefix(permalink, sc.page.reader.URL()+"/")
	kind, rest, _ := strings.Cut(rest, "/")
	at, query, _ := strings.Cut(rest, "?")
	first, second, _ := strings.Cut(at, "/")
	values, err := url.ParseQuery(query)
	switch {
	case !ours || err != nil:
		return ""
	case kind == "files":
		id, _, _ := strings.Cut(second, "/")
		return sc.FileLink(id)
	case kind != "archives" || len(second) < len("p000000"):
		return ""
	}
	digits := strings.TrimPrefix(second, "p")
	ts := digits[:len(digits)-6] + "." + digits[len(digits)-6:]
	return sc.link(first, cmp.Or(values.Get("thread_ts"), ts))
}

func pageLink(as, in, thread string) string {
	query := url.Values{"as": {as}}
	if in != "" {
		query.Set("in", in)
	}
	if thread != "" {
		query.Set("thread", thread)
	}
	return "/?" + query.Encode()
}

// modalView is the dialog on top of the person's stack.
type modalView struct {
	Words                                *words.Words
	ID, CallbackID, Title, Submit, Close string
	Body                                 []render.BlockView
	Depth                                int
}

func (sc *screen) modal() *modalView {
	view, ok := sc.user.Modal()
	if !ok {
		return nil
	}
	var raw struct{ Title, Submit, Close json.RawMessage }
	_ = json.Unmarshal(view.Raw, &raw) // the simulator accepted the view: it is an object
	return &modalView{
		Words: sc.Words,
		ID:    view.ID, CallbackID: view.CallbackID, Title: render.PlainText(raw.Title), Submit: render.PlainText(raw.Submit),
		Close: cmp.Or(render.PlainText(raw.Close), sc.Words.Cancel), Body: sc.viewBody(view), Depth: len(sc.user.Modals()),
	}
}

// viewBody draws the blocks of a view with what its inputs hold.
func (sc *screen) viewBody(view workspace.View) []render.BlockView {
	var raw struct {
		Blocks json.RawMessage `json:"blocks"`
	}
	_ = json.Unmarshal(view.Raw, &raw) // as above
	return sc.render.Within(view.ID, view.State).Blocks(raw.Blocks)
}

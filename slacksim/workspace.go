package slacksim

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Ids of what every workspace has.
const (
	appID      = "A0SIMAPP01"
	botUserID  = "U0SIMBOT01"
	botID      = "B0SIMBOT01"
	slackbotID = "USLACKBOT"
)

// workspace is everything Slack remembers. It has no lock of its own: its
// methods run while Sim.mu is held, and none of them waits for anything.
type workspace struct {
	now  func() time.Time
	app  *manifest
	team Team

	people   map[string]*Person
	arrivals []string // person ids, in the order they came
	channels map[string]*channel
	listed   []string          // channel ids, in the order they came, without DMs
	dms      map[string]string // person id → DM channel id

	views        map[string]*view // open modals and Home tabs
	stacks       map[string][]*view
	homes        map[string]*view
	triggers     expiringMap[*trigger]
	responseURLs expiringMap[*responseURL] // response URLs
	files        map[string]*file
	deleted      map[string]bool // ids of files that are gone

	noCharts    bool // data_visualization blocks are unknown here
	revoked     bool
	lastMicros  int64 // of the latest message
	serial      int64 // of the latest id
	revision    int64 // grows with every change that is worth keeping
	calls       []Call
	complaints  []string
	subscribers subscribers
	queues      map[*queue]struct{}
}

func newWorkspace(cfg Config, app *manifest) (*workspace, error) {
	w := &workspace{
		now: cfg.Now, app: app, team: cfg.Team,
		people:       map[string]*Person{},
		channels:     map[string]*channel{},
		dms:          map[string]string{},
		views:        map[string]*view{},
		stacks:       map[string][]*view{},
		homes:        map[string]*view{},
		triggers:     newExpiringMap[*trigger](),
		responseURLs: newExpiringMap[*responseURL](),
		files:        map[string]*file{},
		deleted:      map[string]bool{},
		revision:     1,
		subscribers:  newSubscribers(),
		queues:       map[*queue]struct{}{},
	}
	bot := Person{ID: botUserID, Name: app.Display.Name, RealName: app.Features.Bot.DisplayName, Bot: true}
	errs := []error{w.addPerson(bot)}
	for _, p := range cfg.People {
		errs = append(errs, w.addPerson(p))
	}
	for _, c := range cfg.Channels {
		errs = append(errs, w.addChannel(c))
	}
	return w, errors.Join(errs...)
}

// addPerson fails on an id that is missing or taken.
func (w *workspace) addPerson(p Person) error {
	if p.ID == "" || w.people[p.ID] != nil || p.ID == slackbotID {
		return fmt.Errorf("person %q: the id is missing or taken", p.ID)
	}
	if p.TeamID == "" {
		p.TeamID = w.team.ID
	}
	if p.RealName == "" {
		p.RealName = p.Name
	}
	if p.Locale == "" {
		p.Locale = "en-US"
	}
	if p.TZ == "" {
		p.TZ = "Europe/Amsterdam"
	}
	p.Guest = p.Guest || p.SingleChannelGuest
	w.people[p.ID] = &p
	w.arrivals = append(w.arrivals, p.ID)
	return nil
}

// addChannel fails on an id that is missing or taken and on unknown members.
func (w *workspace) addChannel(c Channel) error {
	if c.ID == "" || w.channels[c.ID] != nil {
		return fmt.Errorf("channel %q: the id is missing or taken", c.ID)
	}
	for _, id := range c.Members {
		if w.people[id] == nil {
			return fmt.Errorf("channel %q: no person %q", c.ID, id)
		}
	}
	c.Members = slices.Clone(c.Members)
	w.channels[c.ID] = newChannel(c, "")
	w.listed = append(w.listed, c.ID)
	return nil
}

// dm is the direct-message channel of a person and the bot; made when missing.
func (w *workspace) dm(person string) *channel {
	if id, ok := w.dms[person]; ok {
		return w.channels[id]
	}
	c := newChannel(Channel{ID: w.id("D"), Private: true, Members: []string{person, botUserID}}, person)
	w.channels[c.ID] = c
	w.dms[person] = c.ID
	w.revise()
	return c
}

// id mints an id in Slack's form: a letter and capitals or digits.
func (w *workspace) id(prefix string) string {
	w.serial++
	return prefix + fmt.Sprintf("0SIM%06s", upper36(w.serial))
}

// stamp mints a message timestamp, greater than any before.
func (w *workspace) stamp() string {
	w.lastMicros = max(w.now().UnixMicro(), w.lastMicros+1)
	return formatTS(w.lastMicros)
}

func (w *workspace) complain(format string, args ...any) {
	w.complaints = appendLatest(w.complaints, fmt.Sprintf(format, args...), MaxComplaints)
	w.notify(ChangeSocket, "", "")
}

func formatTS(micros int64) string {
	return fmt.Sprintf("%d.%06d", micros/1e6, micros%1e6)
}

func upper36(n int64) string {
	b := []byte(strconv.FormatInt(n, 36))
	for i, c := range b {
		if c >= 'a' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/artra/klachtbot/slacksim/wire"
)

// formatVersion is the version of the file's form; another one is refused.
const formatVersion = 1

// After a kill the counters in the file may be behind by what was handed out in
// the last moments, so they jump ahead: by more ids than a program takes between
// two writes, and by a second for message timestamps, in case the clock was set back.
const (
	idLeap    = 1 << 20
	stampLeap = 1_000_000
)

// savedWorkspace is a workspace in a file. Ephemeral messages, views, triggers, response
// URLs, sockets and half-finished uploads are not in it.
type savedWorkspace struct {
	Version    int
	Team       string
	Serial     int64 // of the latest id
	LastMicros int64 // of the latest message
	People     []Person
	Channels   []savedChannel // direct messages too
	Files      []savedFile
}

type savedChannel struct {
	Channel
	Other    string    `json:",omitempty"` // in direct messages: the person who is not the bot
	Messages []Message // in order, replies included
}

type savedFile struct {
	File
	Body   []byte
	Shares []savedShare `json:",omitempty"`
}

type savedShare struct{ Channel, TS string }

// snapshot is what to save. Nothing in it changes when the workspace does.
func (w *Workspace) snapshot() savedWorkspace {
	k := savedWorkspace{Version: formatVersion, Team: w.Team.ID, Serial: w.serial, LastMicros: w.lastMicros}
	for _, id := range w.People.order {
		k.People = append(k.People, *w.People.byID[id])
	}
	for _, id := range w.Channels.order {
		k.Channels = append(k.Channels, w.Channels.byID[id].snapshot())
	}
	for _, id := range w.People.order {
		if dm := w.Channels.OpenDM(id); dm != nil {
			k.Channels = append(k.Channels, dm.snapshot())
		}
	}
	for _, f := range w.Files.byID {
		if f.Complete {
			k.Files = append(k.Files, f.snapshot())
		}
	}
	return k
}

func (c *Conversation) snapshot() savedChannel {
	k := savedChannel{Channel: c.CopyChannel(), Other: c.other}
	for _, m := range c.byTS {
		k.Messages = append(k.Messages, *m)
	}
	return k
}

func (f *StoredFile) snapshot() savedFile {
	k := savedFile{File: f.File, Body: f.Body}
	for _, s := range f.shares {
		k.Shares = append(k.Shares, savedShare{Channel: s.channel.ID, TS: s.ts})
	}
	return k
}

// Encoder copies the workspace, so that it can be encoded without the lock.
func (w *Workspace) Encoder() func() ([]byte, error) { return w.snapshot().encode }

func earlier(a, b Message) int { return strings.Compare(a.TS, b.TS) }

// encode puts messages and files in order. It leaves < and > in them as they are.
func (k savedWorkspace) encode() ([]byte, error) {
	for _, c := range k.Channels {
		slices.SortFunc(c.Messages, earlier)
	}
	slices.SortFunc(k.Files, func(a, b savedFile) int { return strings.Compare(a.ID, b.ID) })
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	err := enc.Encode(k)
	return out.Bytes(), err
}

// Decode puts a saved workspace over what the Config says. The workspace is not
// in use yet.
func (w *Workspace) Decode(raw []byte) error {
	k, err := decodeSaved(raw)
	if err != nil {
		return err
	}
	return w.restore(k)
}

func decodeSaved(raw []byte) (*savedWorkspace, error) {
	var form struct{ Version int }
	if err := json.Unmarshal(raw, &form); err != nil {
		return nil, fmt.Errorf("not a saved workspace: %w", err)
	}
	if form.Version != formatVersion {
		return nil, fmt.Errorf("version %d, want %d", form.Version, formatVersion)
	}
	var k savedWorkspace
	if err := json.Unmarshal(raw, &k); err != nil {
		return nil, fmt.Errorf("not a saved workspace: %w", err)
	}
	return &k, nil
}

// restore puts what was saved over what the Config says: its people and channels
// win, those that only the Config knows stay. The bot is always the manifest's.
func (w *Workspace) restore(k *savedWorkspace) error {
	if k.Team != w.Team.ID {
		return fmt.Errorf("it is of team %q, not %q", k.Team, w.Team.ID)
	}
	for _, p := range k.People {
		if err := w.People.restore(p); err != nil {
			return err
		}
	}
	w.lastMicros = max(0, k.LastMicros)
	seen := map[string]bool{}
	for _, c := range k.Channels {
		if seen[c.ID] {
			return fmt.Errorf("channel %q is there twice", c.ID)
		}
		seen[c.ID] = true
		if err := w.Channels.restore(c); err != nil {
			return fmt.Errorf("channel %q: %w", c.ID, err)
		}
	}
	for _, f := range k.Files {
		if err := w.Files.restore(f, w.Channels); err != nil {
			return fmt.Errorf("file %q: %w", f.ID, err)
		}
	}
	w.serial = max(0, k.Serial) + idLeap
	w.lastMicros += stampLeap
	return nil
}

// restore puts somebody back. A locale from before Locales was looked at becomes
// the default.
func (ps *People) restore(p Person) error {
	if p.ID == BotUserID {
		return nil
	}
	if KnowsLocale(p.Locale) != nil {
		p.Locale = defaultLocale
	}
	if ps.byID[p.ID] == nil {
		return ps.Add(p)
	}
	ps.byID[p.ID] = &p
	return nil
}

var errTaken = errors.New("the id is missing or taken")

func (cs *Channels) restore(k savedChannel) error {
	for _, id := range append(slices.Clone(k.Members), k.Other) {
		if id != "" && cs.people.Get(id) == nil {
			return fmt.Errorf("no person %q", id)
		}
	}
	listed := slices.Contains(cs.order, k.ID)
	switch {
	case k.ID == "", k.Other != "" && (listed || cs.dms[k.Other] != ""):
		return errTaken
	case k.Other != "":
		cs.dms[k.Other] = k.ID
	case !listed:
		cs.order = append(cs.order, k.ID)
	}
	c := newConversation(k.Channel, k.Other)
	cs.byID[k.ID] = c
	slices.SortFunc(k.Messages, earlier)
	for _, m := range k.Messages {
		at, ok := wire.Micros(m.TS)
		if !ok || wire.FormatTS(at) != m.TS || c.byTS[m.TS] != nil {
			return fmt.Errorf("message %q: %w", m.TS, errTaken)
		}
		cs.lastMicros = max(cs.lastMicros, at)
		c.restore(m)
	}
	return nil
}

// restore adds a message that is later than all before it.
func (c *Conversation) restore(m Message) {
	m.Channel, m.To, m.Ephemeral = c.ID, "", false
	m.Blocks, m.Attachments, m.Metadata = wire.Present(m.Blocks), wire.Present(m.Attachments), wire.Present(m.Metadata)
	c.byTS[m.TS] = &m
	if c.isReply(&m) {
		c.replies[m.ThreadTS] = append(c.replies[m.ThreadTS], &m)
	}
	if !c.isReply(&m) || m.Subtype == Broadcast {
		c.top = append(c.top, &m)
	}
}

func (fs *Files) restore(k savedFile, cs *Channels) error {
	if k.ID == "" || fs.byID[k.ID] != nil {
		return errTaken
	}
	f := &StoredFile{File: k.File, Body: k.Body, Complete: true}
	for _, s := range k.Shares {
		c := cs.Get(s.Channel)
		if c == nil {
			return fmt.Errorf("no channel %q", s.Channel)
		}
		f.shares = append(f.shares, share{channel: c, ts: s.TS})
	}
	fs.byID[f.ID] = f
	return nil
}

// MoveTo gives everything the address at which the simulator listens now. It
// takes the lock itself.
func (w *Workspace) MoveTo(base string) {
	w.Lock()
	defer w.Unlock()
	w.base = base
	for _, f := range w.Files.byID {
		f.URL = rebased(base, f.URL)
	}
	for _, c := range w.Channels.byID {
		for _, m := range c.byTS {
			m.Files = slices.Clone(m.Files)
			for i := range m.Files {
				m.Files[i].URL = rebased(base, m.Files[i].URL)
			}
		}
	}
}

func rebased(base, link string) string {
	if i := strings.Index(link, FilesPath); i >= 0 {
		return base + link[i:]
	}
	return link
}

package page

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// fillNav draws the side bar, badges included.
func (sc *screen) fillNav() {
	for _, person := range sc.page.reader.People() {
		if person.Bot || person.Deleted {
			continue
		}
		sc.People = append(sc.People, navItem{
			ID: person.ID, Name: displayName(person), Note: sc.roleOf(person), Here: person.ID == sc.Me.ID,
			Link: pageLink(person.ID, "", ""), Face: faceOf(person),
		})
	}
	for _, c := range sc.user.Channels() {
		mentions, news := sc.unread(c.ID, sc.page.reader.Messages(c.ID), false)
		sc.Channels = append(sc.Channels, navItem{
			ID: c.ID, Name: c.Name, Link: sc.link(c.ID, ""), Here: c.ID == sc.In, Locked: c.Private,
			Unread: mentions, Bold: news && c.ID != sc.In,
		})
	}
	dm := sc.user.DM()
	unread, _ := sc.unread(dm, sc.user.DMs(), true)
	app := face{Initials: initials(sc.App), Hue: "hue-app", App: true}
	sc.DM = navItem{ID: dm, Name: sc.App, Link: sc.link(dmPlace, ""), Here: sc.IsDM, Unread: unread, Bold: unread > 0, Face: app}
	sc.Home = navItem{ID: homePlace, Name: sc.Words.Home, Link: sc.link(homePlace, ""), Here: sc.IsHome, Face: app}
}

func (sc *screen) roleOf(p workspace.Person) string {
	note := p.Title
	add := func(is bool, word string) {
		if is {
			note = strings.TrimPrefix(note+" · "+word, " · ")
		}
	}
	add(p.Guest || p.SingleChannelGuest, sc.Words.Guest)
	add(p.Stranger, sc.Words.External)
	return note
}

func faceOf(p workspace.Person) face {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(p.ID))
	return face{Initials: initials(displayName(p)), Hue: "hue-" + strconv.Itoa(int(sum.Sum32()%8)), App: p.Bot}
}

func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	letter := func(word string) string {
		c, _ := utf8.DecodeRuneInString(word)
		return strings.ToUpper(string(c))
	}
	if len(words) == 1 {
		return letter(words[0])
	}
	return letter(words[0]) + letter(words[len(words)-1])
}

// unread counts what the person has not seen: everything in direct messages,
// else what mentions them or pings all; news says that there is anything new.
func (sc *screen) unread(channel string, messages []workspace.Message, all bool) (count int, news bool) {
	seen := sc.page.readUpTo(sc.Me.ID, channel)
	met := map[string]bool{} // a reply that was sent to the channel too comes twice
	for _, root := range messages {
		thread := []workspace.Message{root}
		if root.LatestReply > seen {
			thread = append(thread, sc.page.reader.Thread(channel, root.TS)...)
		}
		for _, m := range thread {
			if m.TS <= seen || m.User == sc.Me.ID || met[m.TS] {
				continue
			}
			met[m.TS], news = true, true
			if all || mentions(m, sc.Me.ID) {
				count++
			}
		}
	}
	return count, news
}

// mentions reports whether a message makes this person's phone ring.
func mentions(m workspace.Message, person string) bool {
	var blocks any
	if len(m.Blocks) > 0 && json.Unmarshal(m.Blocks, &blocks) == nil && mentionsInBlocks(blocks, person) {
		return true
	}
	return mentionsInText(m.Text, person)
}

func mentionsInText(text, person string) bool {
	for _, sign := range []string{"<@" + person, "<!channel", "<!here", "<!everyone"} {
		if strings.Contains(text, sign) {
			return true
		}
	}
	return false
}

// mentionsInBlocks looks through blocks. Only mrkdwn and markdown are read for mentions;
// rich text has them as elements, and its text is never mark-up.
func mentionsInBlocks(v any, person string) bool {
	list, isList := v.([]any)
	if isList {
		return slices.ContainsFunc(list, func(one any) bool { return mentionsInBlocks(one, person) })
	}
	object, _ := v.(map[string]any)
	switch textAt(object, "type") {
	case "mrkdwn", "markdown":
		return mentionsInText(textAt(object, "text"), person)
	case "user":
		return textAt(object, "user_id") == person
	case "broadcast":
		return true
	}
	for _, one := range object {
		if mentionsInBlocks(one, person) {
			return true
		}
	}
	return false
}

// textAt is the string under key, "" when there is none.
func textAt(object map[string]any, key string) string {
	text, _ := object[key].(string)
	return text
}

func (p *page) readUpTo(person, channel string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.read[readKey{person, channel}]
}

// setReadUpTo remembers how far a person has read.
func (p *page) setReadUpTo(person, channel string, messages []workspace.Message) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := readKey{person, channel}
	for _, m := range messages {
		p.read[key] = max(p.read[key], m.TS, m.LatestReply)
	}
}

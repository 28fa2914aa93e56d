package monitor

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// channel is a private channel that the bot posts in: of the cases, or of the
// directors together. It has a lane, people who belong there and nobody else,
// and what is known of who can read it.
type channel struct {
	lane    outbox.Lane
	id      string            // Slack's; "" when the case channel was not set
	people  []roster.PersonID // its members, beside the bot
	alarmed []roster.PersonID // when it is out of order
	others  []roster.PersonID // when nobody of those can be reached
	belongs func(roster.PersonID) bool
	absent  string      // the finding that somebody who belongs there is no member
	about   string      // before the code of every finding but absent
	alarm   string      // key of how an alarm begins
	over    string      // key of what is said when nothing is wrong any more
	calm    atomic.Bool // nobody was alarmed since the end was told
	checked atomic.Bool // by this process
	privacy *privacy
}

// channels are those that the bot posts in, that of the cases first.
// Without one of their own the directors get direct messages.
type channels []*channel

func newChannels(w Workspace) channels {
	roster := w.Roster
	all := channels{{
		lane: outbox.LaneCases, id: w.CaseChannel, people: roster.Officers, belongs: roster.IsOfficer,
		alarmed: roster.Officers, others: roster.Directors,
		absent: "officer_absent", alarm: "doctor.alarm", over: "doctor.alarm_over", privacy: newPrivacy(),
	}}
	if w.DirectorsChannel == "" {
		return all
	}
	return append(all, &channel{
		lane: outbox.LaneDirectors, id: w.DirectorsChannel, people: roster.Directors, belongs: roster.IsDirector,
		alarmed: roster.Directors, others: roster.Officers,
		absent: "director_absent", about: "directors_", alarm: "doctor.directors_alarm", over: "doctor.directors_alarm_over", privacy: newPrivacy(),
	})
}

// of returns the lane's channel; nil when there is none.
func (cs channels) of(lane outbox.Lane) *channel {
	return cs.find(func(c *channel) bool { return c.lane == lane })
}

// at returns the one with that id; nil for a direct message.
func (cs channels) at(id string) *channel {
	return cs.find(func(c *channel) bool { return c.id == id })
}

func (cs channels) find(match func(*channel) bool) *channel {
	if i := slices.IndexFunc(cs, match); i >= 0 {
		return cs[i]
	}
	return nil
}

// seen reports whether every channel was checked successfully.
func (cs channels) seen() bool {
	return !slices.ContainsFunc(cs, func(c *channel) bool { return !c.privacy.seen() })
}

// finding is one about this channel, without the channel's own name in its code.
func (c *channel) finding(code string) Finding {
	return Finding{Code: code, Args: texts.Args{"Channel": c.id}}
}

// named puts the channel's own name into the codes, as the catalogue has them.
func (c *channel) named(findings []Finding) []Finding {
	for i, f := range findings {
		if strings.HasPrefix(f.Code, "channel_") {
			findings[i].Code = c.about + f.Code
		}
	}
	return findings
}

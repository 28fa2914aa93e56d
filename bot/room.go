package bot

import (
	"errors"
	"slices"
	"strings"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// room is a private channel that the bot posts in: of the cases, or of the
// directors together. It has a lane, people who belong there and nobody else,
// and what is known of who can read it.
type room struct {
	lane     outbox.Lane
	id       string            // Slack's; "" when the case channel was not set
	people   []roster.PersonID // its members, beside the bot
	alarmed  []roster.PersonID // when it is out of order
	others   []roster.PersonID // when nobody of those can be reached
	belongs  func(roster.PersonID) bool
	absent   string // the finding that somebody who belongs there is no member
	about    string // before the code of every finding but absent
	alarm    string // key of how an alarm begins
	exposure *exposure
}

// rooms are the channels that the bot posts in, that of the cases first.
// Without one of their own the directors get direct messages.
type rooms []*room

func newRooms(c Config) rooms {
	roster := c.Policy.Roster
	all := rooms{{
		lane: outbox.LaneCases, id: c.CaseChannel, people: roster.Officers, belongs: roster.IsOfficer,
		alarmed: roster.Officers, others: roster.Directors,
		absent: "officer_absent", alarm: "doctor.alarm", exposure: newExposure(),
	}}
	if c.DirectorsChannel == "" {
		return all
	}
	return append(all, &room{
		lane: outbox.LaneDirectors, id: c.DirectorsChannel, people: roster.Directors, belongs: roster.IsDirector,
		alarmed: roster.Directors, others: roster.Officers,
		absent: "director_absent", about: "directors_", alarm: "doctor.directors_alarm", exposure: newExposure(),
	})
}

// errNoRoom is that a lane has no channel, or not any more.
var errNoRoom = errors.New("no channel for this lane")

// of returns the lane's room; nil when there is none.
func (rs rooms) of(lane outbox.Lane) *room {
	return rs.find(func(r *room) bool { return r.lane == lane })
}

// at returns the room that is that channel; nil for a direct message.
func (rs rooms) at(channel string) *room {
	return rs.find(func(r *room) bool { return r.id == channel })
}

func (rs rooms) find(match func(*room) bool) *room {
	if i := slices.IndexFunc(rs, match); i >= 0 {
		return rs[i]
	}
	return nil
}

// seen reports whether a look at every channel succeeded.
func (rs rooms) seen() bool {
	return !slices.ContainsFunc(rs, func(r *room) bool { return !r.exposure.seen() })
}

// finding is one about this channel, without the room's own name in its code.
func (r *room) finding(code string) Finding {
	return Finding{Code: code, Args: texts.Args{"Channel": r.id}}
}

// named puts the room's own name into the codes, as the catalogue has them.
func (r *room) named(findings []Finding) []Finding {
	for i, f := range findings {
		if strings.HasPrefix(f.Code, "channel_") {
			findings[i].Code = r.about + f.Code
		}
	}
	return findings
}

package workspace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/expiring"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/wire"
)

// Ids of what every workspace has.
const (
	AppID      = "A0SIMAPP01"
	BotUserID  = "U0SIMBOT01"
	BotID      = "B0SIMBOT01"
	SlackbotID = "USLACKBOT"
)

// Verification is the deprecated token that payloads still carry.
const Verification = "slacksim-verification"

// maxComplaints is how many of the latest complaints are remembered.
const maxComplaints = 1_000

// Core is what the parts of a workspace share: the app and the team, the clock,
// the ids that were minted, and those who wait for a change.
type Core struct {
	Now  func() time.Time
	App  *manifest.Manifest
	Team Team

	base       string            // where the simulator listens; "" before Start
	noCharts   bool              // data_visualization blocks are unknown here
	keepBlocks bool              // an edit that says nothing of blocks keeps them
	restricted map[string]string // by channel, "" for all: what every post there is refused with
	hidden     int64             // messages before this are hidden, in microseconds
	lastMicros int64             // of the latest message
	serial     int64             // of the latest id
	revision   int64             // grows with every change that is worth saving
	complaints []string
	subscribers
}

// URL is where the simulator listens, "" before it does.
func (c *Core) URL() string { return c.base }

// TakeCharts says whether the workspace has data_visualization blocks.
func (c *Core) TakeCharts(taken bool) { c.noCharts = !taken }

// KeepBlocks says what becomes of a message's blocks when an edit leaves them out.
func (c *Core) KeepBlocks(kept bool) { c.keepBlocks = kept }

// HideBefore hides messages from before an instant; zero hides none.
func (c *Core) HideBefore(at time.Time) {
	if c.hidden = 0; !at.IsZero() {
		c.hidden = at.UnixMicro()
	}
}

// Hides reports whether a message is hidden.
func (c *Core) Hides(ts string) bool {
	at, _ := wire.Micros(ts)
	return at < c.hidden
}

// KeepsBlocks reports whether they stay.
func (c *Core) KeepsBlocks() bool { return c.keepBlocks }

// Restrict has every post in a channel, or with "" every post, refused with a code;
// "" lifts that.
func (c *Core) Restrict(channel, code string) {
	if c.restricted == nil {
		c.restricted = map[string]string{}
	}
	c.restricted[channel] = code
}

// threadOnly is the code of a channel in which people write in threads only.
const threadOnly = "restricted_action_thread_only_channel"

// Restricted is the code with which a post is refused, "" for none.
func (c *Core) Restricted(channel string, reply bool) string {
	code := cmp.Or(c.restricted[channel], c.restricted[""])
	if reply && code == threadOnly {
		return ""
	}
	return code
}

// CurrentRevision is the number of the state that is worth saving: it grows with every
// change.
func (c *Core) CurrentRevision() int64 { return c.revision }

// id mints an id in Slack's form: a letter and capitals or digits.
func (c *Core) id(prefix string) string {
	return prefix + fmt.Sprintf("0SIM%06s", wire.Upper36(c.nextSerial()))
}

// nextSerial is a number that no id had before.
func (c *Core) nextSerial() int64 {
	c.serial++
	return c.serial
}

// Stamp mints a message timestamp, greater than any before.
func (c *Core) Stamp() string {
	c.lastMicros = max(c.Now().UnixMicro(), c.lastMicros+1)
	return wire.FormatTS(c.lastMicros)
}

// hash mints what a view's hash is until its next update.
func (c *Core) hash() string {
	at := c.Now().Unix()
	return fmt.Sprintf("%d.%08x", at, c.nextSerial())
}

// FillIDs fills in the block and action ids that the app left out.
func (c *Core) FillIDs(blocks json.RawMessage) json.RawMessage {
	return blockkit.FillIDs(blocks, func() string { return "sim" + wire.Upper36(c.nextSerial()) })
}

// Complain records what the app did that Slack refuses without an answer.
func (c *Core) Complain(format string, args ...any) {
	c.complaints = expiring.AppendLatest(c.complaints, fmt.Sprintf(format, args...), maxComplaints)
	c.Notify(ChangeSocket, "", "")
}

// LatestComplaints are copies of the complaints, oldest first.
func (c *Core) LatestComplaints() []string {
	return slices.Clone(expiring.Latest(c.complaints, maxComplaints))
}

// Notify says that something changed on one person's screen, or on everyone's.
func (c *Core) Notify(kind ChangeKind, person, channel string) {
	switch kind {
	case ChangeMessage, ChangePeople, ChangeChannel:
		c.revision++
	}
	c.send(Change{Person: person, Channel: channel, Kind: kind})
}

// revise says that something changed which is on no screen but worth saving.
func (c *Core) revise() {
	c.revision++
	c.wake()
}

// MissingScope refuses a call for which the app was granted none of the scopes.
func (c *Core) MissingScope(needed ...string) wire.Reply {
	return wire.MissingScope(c.App.OAuth.Scopes.Bot, needed...)
}

// WireTeam is the workspace in an interaction's payload.
func (c *Core) WireTeam() map[string]any {
	return map[string]any{"id": c.Team.ID, "domain": c.Team.Domain}
}

// OuterEvent wraps an event as the Events API does.
func (c *Core) OuterEvent(inner map[string]any) map[string]any {
	at := c.Now()
	if _, ok := inner["event_ts"]; !ok {
		inner["event_ts"] = wire.FormatTS(at.UnixMicro())
	}
	return map[string]any{
		"token": Verification, "team_id": c.Team.ID, "api_app_id": AppID, "event": inner,
		"type": "event_callback", "event_id": c.id("Ev"), "event_time": at.Unix(),
		"authorizations": []map[string]any{{"enterprise_id": nil, "team_id": c.Team.ID, "user_id": BotUserID,
			"is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + wire.Upper36(c.serial),
	}
}

// CheckKinds refuses a block that this workspace does not have yet: Slack brings
// data_visualization to one workspace after the other.
func (c *Core) CheckKinds(blocks json.RawMessage) wire.Reply {
	var list []struct{ Type string }
	if !c.noCharts || json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for i, b := range list {
		if b.Type == "data_visualization" {
			return wire.Refuse(blockkit.CodeBlocks, "[ERROR] unsupported type: "+b.Type+" [json-pointer:/blocks/"+strconv.Itoa(i)+"/type]")
		}
	}
	return nil
}

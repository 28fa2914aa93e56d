package slacksim

import (
	"encoding/json"
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

// verification is the deprecated token that payloads still carry.
const verification = "slacksim-verification"

// maxComplaints is how many of the latest complaints are remembered.
const maxComplaints = 1_000

// core is what the parts of a workspace share: the app and the team, the clock,
// the ids that were minted, and those who wait for a change.
type core struct {
	now  func() time.Time
	app  *manifest
	team Team

	base       string // where the simulator listens; "" before Start
	noCharts   bool   // data_visualization blocks are unknown here
	lastMicros int64  // of the latest message
	serial     int64  // of the latest id
	revision   int64  // grows with every change that is worth saving
	complaints []string
	subscribers
}

// url is where the simulator listens, "" before it does.
func (c *core) url() string { return c.base }

// takeCharts says whether the workspace has data_visualization blocks.
func (c *core) takeCharts(taken bool) { c.noCharts = !taken }

// currentRevision is the number of the state that is worth saving: it grows with every
// change.
func (c *core) currentRevision() int64 { return c.revision }

// id mints an id in Slack's form: a letter and capitals or digits.
func (c *core) id(prefix string) string {
	return prefix + fmt.Sprintf("0SIM%06s", upper36(c.nextSerial()))
}

// nextSerial is a number that no id had before.
func (c *core) nextSerial() int64 {
	c.serial++
	return c.serial
}

// stamp mints a message timestamp, greater than any before.
func (c *core) stamp() string {
	c.lastMicros = max(c.now().UnixMicro(), c.lastMicros+1)
	return formatTS(c.lastMicros)
}

// hash mints what a view's hash is until its next update.
func (c *core) hash() string {
	at := c.now().Unix()
	return fmt.Sprintf("%d.%08x", at, c.nextSerial())
}

// fillIDs fills in the block and action ids that the app left out.
func (c *core) fillIDs(blocks json.RawMessage) json.RawMessage {
	return fillIDs(blocks, func() string { return "sim" + upper36(c.nextSerial()) })
}

// complain records what the app did that Slack refuses without an answer.
func (c *core) complain(format string, args ...any) {
	c.complaints = appendLatest(c.complaints, fmt.Sprintf(format, args...), maxComplaints)
	c.notify(ChangeSocket, "", "")
}

// latestComplaints are copies of the complaints, oldest first.
func (c *core) latestComplaints() []string { return slices.Clone(latest(c.complaints, maxComplaints)) }

// notify says that something changed on one person's screen, or on everyone's.
func (c *core) notify(kind ChangeKind, person, channel string) {
	switch kind {
	case ChangeMessage, ChangePeople, ChangeChannel:
		c.revision++
	}
	c.send(Change{Person: person, Channel: channel, Kind: kind})
}

// revise says that something changed which is on no screen but worth saving.
func (c *core) revise() {
	c.revision++
	c.wake()
}

// missingScope refuses a call for which the app was granted none of the scopes.
func (c *core) missingScope(needed ...string) reply {
	return missingScope(c.app.OAuth.Scopes.Bot, needed...)
}

// wireTeam is the workspace in an interaction's payload.
func (c *core) wireTeam() map[string]any {
	return map[string]any{"id": c.team.ID, "domain": c.team.Domain}
}

// outerEvent wraps an event as the Events API does.
func (c *core) outerEvent(inner map[string]any) map[string]any {
	at := c.now()
	if _, ok := inner["event_ts"]; !ok {
		inner["event_ts"] = formatTS(at.UnixMicro())
	}
	return map[string]any{
		"token": verification, "team_id": c.team.ID, "api_app_id": appID, "event": inner,
		"type": "event_callback", "event_id": c.id("Ev"), "event_time": at.Unix(),
		"authorizations": []map[string]any{{"enterprise_id": nil, "team_id": c.team.ID, "user_id": botUserID,
			"is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": false, "event_context": "4-" + upper36(c.serial),
	}
}

// checkKinds refuses a block that this workspace does not have yet: Slack brings
// data_visualization to one workspace after the other.
func (c *core) checkKinds(blocks json.RawMessage) reply {
	var list []struct{ Type string }
	if !c.noCharts || json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for i, b := range list {
		if b.Type == "data_visualization" {
			return refuse(codeBlocks, "[ERROR] unsupported type: "+b.Type+" [json-pointer:/blocks/"+strconv.Itoa(i)+"/type]")
		}
	}
	return nil
}

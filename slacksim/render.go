package slacksim

import (
	"embed"
	"encoding/json"
	"html/template"
	"time"
)

//go:embed assets
var assets embed.FS

// renderer makes what an app sent, Block Kit and mrkdwn, ready for the
// templates, for one reader: in their language and time zone, with the names
// they see. It keeps three rules:
//   - it makes no HTML itself: every byte of a text passes through html/template;
//   - a link goes to http, https or mailto, anything else stays text;
//   - nothing is fetched from outside the page's own origin.
type renderer struct {
	words    *words
	zone     *time.Location
	now      time.Time
	me       string                           // the reader's user id: their own mention stands out
	person   func(string) string              // a user id's name, "" when unknown
	channel  func(string) string              // a channel id's name, "" when unknown
	file     func(string) string              // where the page serves a file id or URL, "" when it does not
	inside   func(string) string              // where the page shows a permalink, "" when it is none of this workspace
	people   []choice                         // what a users_select offers
	channels []choice                         // what a channels_select offers
	scope    string                           // prefix of element ids: unique per message or view
	state    map[string]map[string]*stateJSON // what the inputs of a view hold: block id, action id
}

// choice is one line of a select: a value and what it reads.
type choice struct{ Value, Label string }

// blocks makes a Block Kit array ready for the template "blocks". What cannot
// be decoded is drawn as an unknown block, never dropped: a demo must show that
// something was sent.
func (r *renderer) blocks(raw json.RawMessage) []blockView {
	var list []json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	drawn := make([]blockView, 0, len(list))
	for i, one := range list {
		drawn = append(drawn, r.block(one, i))
	}
	return drawn
}

// parseTemplates reads the page's templates, which are embedded.
func parseTemplates() (*template.Template, error) {
	return template.ParseFS(assets, "assets/*.html")
}

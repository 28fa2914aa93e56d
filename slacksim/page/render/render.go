package render

import (
	"embed"
	"encoding/json"
	"html/template"
	"time"

	"github.com/artra/klachtbot/slacksim/page/words"
)

//go:embed assets
var assets embed.FS

// Viewer is for whom something is drawn: their language and time zone, and what
// they may choose from.
type Viewer struct {
	Words    *words.Words
	Zone     *time.Location
	Now      time.Time
	Me       string   // their user id: a mention of it stands out
	People   []Choice // what a users_select offers
	Channels []Choice // what a channels_select offers
	Places   Places
}

// Choice is one line of a select: a value and what it reads.
type Choice struct{ Value, Label string }

// Places says what stands behind the ids and links of a text.
type Places interface {
	// PersonName is a person's name, "" when unknown.
	PersonName(id string) string
	// ChannelName is a channel's name, "" when unknown.
	ChannelName(id string) string
	// FileLink is where the page serves a file, known by id or by URL; "" when it
	// does not.
	FileLink(ref string) string
	// PageLink is where the page shows a permalink, "" when it is none of this
	// workspace.
	PageLink(permalink string) string
}

// Renderer makes what an app sent, Block Kit and mrkdwn, ready for the
// templates, for one viewer. It keeps three rules:
//   - it makes no HTML itself: every byte of a text passes through html/template;
//   - a link goes to http, https or mailto, anything else stays text;
//   - nothing is fetched from outside the page's own origin.
type Renderer struct {
	Viewer
	scope string                           // prefix of element ids: unique per message or view
	state map[string]map[string]*stateJSON // what the inputs of a view hold: block id, action id
}

// New draws for v.
func New(v Viewer) *Renderer { return &Renderer{Viewer: v} }

// Within draws a message or view, whose id is scope, so that its elements have ids
// of their own. state is what its inputs hold, by block id and action id.
func (r *Renderer) Within(scope string, state map[string]map[string]json.RawMessage) *Renderer {
	out := &Renderer{Viewer: r.Viewer, scope: scope, state: map[string]map[string]*stateJSON{}}
	for block, actions := range state {
		out.state[block] = map[string]*stateJSON{}
		for action, value := range actions {
			var held stateJSON
			if json.Unmarshal(value, &held) == nil {
				out.state[block][action] = &held
			}
		}
	}
	return out
}

// BodyView is a piece of a message: blocks, or text where there are none.
type BodyView struct {
	Blocks []BlockView
	Spans  []span
}

// Body makes a piece of a message ready for the templates.
func (r *Renderer) Body(text string, blocks json.RawMessage) BodyView {
	if len(blocks) > 0 {
		return BodyView{Blocks: r.Blocks(blocks)}
	}
	return BodyView{Spans: r.parseMrkdwn(text)}
}

// PlainText is the text of a text object, with emoji drawn.
func PlainText(object json.RawMessage) string { return drawEmoji(textOf(object).Text) }

// Blocks makes a Block Kit array ready for the template "blocks". What cannot
// be decoded is drawn as an unknown block, never dropped: a demo must show that
// something was sent.
func (r *Renderer) Blocks(raw json.RawMessage) []BlockView {
	var list []json.RawMessage
	if len(raw) == 0 || json.Unmarshal(raw, &list) != nil {
		return nil
	}
	drawn := make([]BlockView, 0, len(list))
	for i, one := range list {
		drawn = append(drawn, r.block(one, i))
	}
	return drawn
}

// Templates reads the page's templates, which are embedded.
func Templates() (*template.Template, error) {
	return template.ParseFS(assets, "assets/*.html")
}

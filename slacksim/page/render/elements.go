package render

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/page/words"
)

// elementView is an element made ready for the template of its kind. In a form
// its control is called by the block id.
type elementView struct {
	Kind        string
	ID          string
	Name        string // form field name: the block id of an input, else ""
	BlockID     string
	ActionID    string
	Text        string
	Spans       []span
	Value       string
	URL         string
	Style       string
	AriaLabel   string
	Placeholder string
	DescribedBy string
	Required    bool
	Dispatch    string // "", "change", "enter" or "typing"
	Focus       bool
	Group       bool // drawn as a fieldset: its label is the legend
	Multiple    bool
	MinLength   int
	MaxLength   int
	MinValue    string
	MaxValue    string
	Step        string
	MaxFiles    int
	Accept      string
	Groups      []optionGroup
	Files       []string
	Image       imageView
	Confirm     *confirmView
	Words       *words.Words
}

type optionGroup struct {
	Label   string
	Options []optionView
}

type optionView struct {
	ID, Value, URL    string
	Text, Description []span
	Plain             string
	Chosen            bool
}

type confirmView struct {
	Title, Yes, No string
	Spans          []span
	Danger         bool
}

// LocalMinute is how a browser writes an <input type=datetime-local>.
const LocalMinute = "2006-01-02T15:04"

// elementPlace is where an element stands: as an input in a form or not.
type elementPlace struct {
	id, describedBy string
	input, required bool
}

func (r *Renderer) element(e elementJSON, b blockJSON, at elementPlace) elementView {
	if at.id == "" {
		at.id = r.elementID(b.BlockID, e.ActionID)
	}
	v := elementView{
		Kind: e.Type, ID: at.id, BlockID: b.BlockID, ActionID: e.ActionID,
		Text: drawEmoji(e.Text.Text), Value: e.Value, Style: e.Style, AriaLabel: e.Label,
		Placeholder: e.Placeholder.Text, DescribedBy: at.describedBy, Required: at.required,
		Focus: e.Focus, MinLength: e.MinLength, MaxLength: e.MaxLength,
		MinValue: e.MinValue, MaxValue: e.MaxValue, Words: r.Words,
		Confirm: r.confirm(e.Confirm), Dispatch: dispatchOf(e, b, at.input),
	}
	if at.input {
		v.Name = b.BlockID
	}
	if safeURL(e.URL) {
		v.URL = e.URL
	}
	r.fill(&v, e, heldBy(e, r.state[b.BlockID][e.ActionID]))
	return v
}

// fill adds what only some kinds of element have.
func (r *Renderer) fill(v *elementView, e elementJSON, held []string) {
	first := ""
	if len(held) > 0 {
		first = held[0]
	}
	switch v.Kind {
	case "mrkdwn", "plain_text":
		v.Spans = r.text(textJSON{Type: v.Kind, Text: e.Text.Text})
	case "image":
		v.Image = r.image(e.ImageURL, e.SlackFile, e.AltText)
	case "plain_text_input", "email_text_input", "url_text_input", "datepicker", "timepicker":
		v.Value = first
		v.Style = map[bool]string{true: "multi"}[e.Multiline]
	case "datetimepicker":
		if seconds, err := strconv.ParseInt(first, 10, 64); err == nil {
			v.Value = time.Unix(seconds, 0).In(r.Zone).Format(LocalMinute)
		}
	case "number_input":
		v.Value, v.Step = first, "1"
		if e.Decimal {
			v.Step = "any"
		}
	case "file_input":
		v.Files, v.MaxFiles, v.Accept = held, e.MaxFiles, acceptOf(e.FileTypes)
		v.Multiple = e.MaxFiles != 1
	case "users_select", "multi_users_select", "conversations_select", "multi_conversations_select",
		"channels_select", "multi_channels_select":
		r.fillPicks(v, held)
	case "static_select", "external_select", "overflow", "radio_buttons", "checkboxes",
		"multi_static_select", "multi_external_select":
		r.fillOptions(v, e, held)
	}
}

func (r *Renderer) fillPicks(v *elementView, held []string) {
	list := r.Channels
	if strings.Contains(v.Kind, "users") {
		list = r.People
	}
	group := optionGroup{}
	for _, c := range list {
		group.Options = append(group.Options, optionView{
			Value: c.Value, Plain: c.Label, Text: []span{{Kind: "text", Text: c.Label}}, Chosen: slices.Contains(held, c.Value),
		})
	}
	v.Groups = []optionGroup{group}
	v.asSelect()
}

func (r *Renderer) fillOptions(v *elementView, e elementJSON, held []string) {
	groups := e.OptionGroups
	if len(groups) == 0 {
		groups = []groupJSON{{Options: e.Options}}
	}
	for _, g := range groups {
		shown := optionGroup{Label: drawEmoji(g.Label.Text)}
		for _, o := range g.Options {
			shown.Options = append(shown.Options, r.option(v, o, len(v.Groups)*100+len(shown.Options), held))
		}
		v.Groups = append(v.Groups, shown)
	}
	v.asSelect()
}

// asSelect settles which of the selects is drawn: one choice as <select>, more
// as a list of boxes, which a phone and a keyboard both work well with.
func (v *elementView) asSelect() {
	switch {
	case strings.HasPrefix(v.Kind, "multi_"):
		v.Kind, v.Multiple, v.Group = "multi_select", true, true
	case strings.HasSuffix(v.Kind, "_select"):
		v.Kind = "select"
	case v.Kind == "radio_buttons" || v.Kind == "checkboxes":
		v.Group, v.Multiple = true, v.Kind == "checkboxes"
	}
}

func (r *Renderer) option(v *elementView, o optionJSON, number int, held []string) optionView {
	shown := optionView{
		ID: v.ID + "-" + strconv.Itoa(number), Value: o.Value, Plain: drawEmoji(o.Text.Text),
		Text: r.text(o.Text), Description: r.text(o.Description), Chosen: slices.Contains(held, o.Value),
	}
	if safeURL(o.URL) {
		shown.URL = o.URL
	}
	return shown
}

func (r *Renderer) confirm(c *confirmJSON) *confirmView {
	if c == nil {
		return nil
	}
	return &confirmView{
		Title: c.Title.Text, Spans: r.text(c.Text), Yes: c.Confirm.Text, No: c.Deny.Text, Danger: c.Style == "danger",
	}
}

// dispatchOf says on what an element tells the app at once.
func dispatchOf(e elementJSON, b blockJSON, input bool) string {
	if !input {
		return "change"
	}
	if !b.Dispatch {
		return ""
	}
	switch e.Type {
	case "plain_text_input", "email_text_input", "url_text_input", "number_input":
		if e.DispatchOn != nil && slices.Contains(e.DispatchOn.Triggers, "on_character_entered") {
			return "typing"
		}
		return "enter"
	}
	return "change"
}

func acceptOf(types []string) string {
	if len(types) == 0 {
		return ""
	}
	return "." + strings.Join(types, ",.")
}

// heldBy is what an element holds now: its state when there is one, else what
// the app gave it at first.
func heldBy(e elementJSON, state *stateJSON) []string {
	if state == nil {
		state = &stateJSON{
			Value: &e.InitialValue, Date: e.InitialDate, Time: e.InitialTime, DateTime: e.InitialDateTime,
			User: e.InitialUser, Users: e.InitialUsers, Channel: e.InitialChannel,
			Channels: e.InitialChannels, Talk: e.InitialTalk, Talks: e.InitialTalks,
			Option: e.InitialOption, Options: e.InitialOptions,
		}
	}
	held := slices.Concat(state.Users, state.Channels, state.Talks)
	if state.Value != nil {
		held = append(held, *state.Value)
	}
	if state.DateTime != 0 {
		held = append(held, strconv.FormatInt(state.DateTime, 10))
	}
	if state.Option != nil {
		held = append(held, state.Option.Value)
	}
	for _, o := range state.Options {
		held = append(held, o.Value)
	}
	for _, f := range state.Files {
		held = append(held, f.Name)
	}
	held = append(held, state.Date, state.Time, state.User, state.Channel, state.Talk)
	return slices.DeleteFunc(held, func(s string) bool { return s == "" })
}

package render

import "encoding/json"

// The shapes of Block Kit as they come over the wire, as far as they are drawn.

type textJSON struct {
	Type string `json:"type"` // "mrkdwn" or "plain_text"
	Text string `json:"text"`
}

type blockJSON struct {
	Type      string            `json:"type"`
	BlockID   string            `json:"block_id"`
	Text      json.RawMessage   `json:"text"` // an object, a string in markdown blocks
	Fields    []textJSON        `json:"fields"`
	Accessory *elementJSON      `json:"accessory"`
	Elements  []json.RawMessage `json:"elements"`

	Element  *elementJSON `json:"element"`
	Label    textJSON     `json:"label"`
	Hint     textJSON     `json:"hint"`
	Optional bool         `json:"optional"`
	Dispatch bool         `json:"dispatch_action"`

	Title     json.RawMessage `json:"title"` // an object in images, a string in charts
	ImageURL  string          `json:"image_url"`
	AltText   string          `json:"alt_text"`
	SlackFile *slackFileJSON  `json:"slack_file"`

	Rows           [][]json.RawMessage `json:"rows"`
	ColumnSettings []columnJSON        `json:"column_settings"`
	Caption        string              `json:"caption"`
	Chart          *chartJSON          `json:"chart"`
}

type slackFileJSON struct{ ID, URL string }

type columnJSON struct {
	Align     string `json:"align"`
	IsWrapped bool   `json:"is_wrapped"`
}

type elementJSON struct {
	Type     string       `json:"type"`
	ActionID string       `json:"action_id"`
	Text     textRaw      `json:"text"` // an object, in context blocks the string of a text object
	Value    string       `json:"value"`
	URL      string       `json:"url"`
	Style    string       `json:"style"`
	Label    string       `json:"accessibility_label"`
	Confirm  *confirmJSON `json:"confirm"`

	Placeholder  textJSON     `json:"placeholder"`
	Options      []optionJSON `json:"options"`
	OptionGroups []groupJSON  `json:"option_groups"`
	Multiline    bool         `json:"multiline"`
	Focus        bool         `json:"focus_on_load"`
	MinLength    int          `json:"min_length"`
	MaxLength    int          `json:"max_length"`
	MinValue     string       `json:"min_value"`
	MaxValue     string       `json:"max_value"`
	Decimal      bool         `json:"is_decimal_allowed"`
	MaxSelected  int          `json:"max_selected_items"`
	MaxFiles     int          `json:"max_files"`
	FileTypes    []string     `json:"filetypes"`
	DispatchOn   *struct {
		Triggers []string `json:"trigger_actions_on"`
	} `json:"dispatch_action_config"`

	InitialValue    string       `json:"initial_value"`
	InitialDate     string       `json:"initial_date"`
	InitialTime     string       `json:"initial_time"`
	InitialDateTime int64        `json:"initial_date_time"`
	InitialUser     string       `json:"initial_user"`
	InitialUsers    []string     `json:"initial_users"`
	InitialChannel  string       `json:"initial_channel"`
	InitialChannels []string     `json:"initial_channels"`
	InitialTalk     string       `json:"initial_conversation"`
	InitialTalks    []string     `json:"initial_conversations"`
	InitialOption   *optionJSON  `json:"initial_option"`
	InitialOptions  []optionJSON `json:"initial_options"`

	ImageURL  string         `json:"image_url"`
	AltText   string         `json:"alt_text"`
	SlackFile *slackFileJSON `json:"slack_file"`
}

type optionJSON struct {
	Text        textJSON `json:"text"`
	Value       string   `json:"value"`
	Description textJSON `json:"description"`
	URL         string   `json:"url"`
}

type groupJSON struct {
	Label   textJSON     `json:"label"`
	Options []optionJSON `json:"options"`
}

type confirmJSON struct {
	Title, Text, Confirm, Deny textJSON
	Style                      string
}

// textRaw is the text of an element: an object on a button, but the bare
// string when the element itself is a text object in a context block.
type textRaw struct{ textJSON }

// UnmarshalJSON takes either.
func (t *textRaw) UnmarshalJSON(raw []byte) error {
	if len(raw) > 0 && raw[0] == '"' {
		return json.Unmarshal(raw, &t.Text)
	}
	return json.Unmarshal(raw, &t.textJSON)
}

// stateJSON is what an input holds, as in view.state.values.
type stateJSON struct {
	Type     string       `json:"type"`
	Value    *string      `json:"value"`
	Date     string       `json:"selected_date"`
	Time     string       `json:"selected_time"`
	DateTime int64        `json:"selected_date_time"`
	User     string       `json:"selected_user"`
	Users    []string     `json:"selected_users"`
	Channel  string       `json:"selected_channel"`
	Channels []string     `json:"selected_channels"`
	Talk     string       `json:"selected_conversation"`
	Talks    []string     `json:"selected_conversations"`
	Option   *optionJSON  `json:"selected_option"`
	Options  []optionJSON `json:"selected_options"`
	Files    []struct {
		Name string `json:"name"`
	} `json:"files"`
}

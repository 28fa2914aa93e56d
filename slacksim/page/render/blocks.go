package render

import (
	"encoding/json"
	"hash/fnv"
	"strconv"

	"github.com/artra/klachtbot/slacksim/page/words"
)

// BlockView is a block made ready for the template of its kind.
type BlockView struct {
	Kind     string // names the template case; "unknown" for what isn't drawn
	ID       string // block_id
	Spans    []span
	Fields   [][]span
	Parts    []elementView
	Control  *elementView // accessory or input element
	Label    string
	Hint     string
	Optional bool
	LabelFor string // the id of the control; "" where the control is a group
	ErrorID  string
	HintID   string
	Image    imageView
	Table    tableView
	Chart    chartView
	Words    *words.Words
}

// imageView is a picture from this origin, or its description when it is not.
type imageView struct{ Src, Link, Alt, Title string }

func (r *Renderer) block(raw json.RawMessage, index int) BlockView {
	var b blockJSON
	if json.Unmarshal(raw, &b) != nil {
		return BlockView{Kind: "unknown", Words: r.Words, Label: "?"}
	}
	v := BlockView{Kind: b.Type, ID: b.BlockID, Words: r.Words}
	switch b.Type {
	case "section":
		r.section(&v, b)
	case "header":
		v.Label = drawEmoji(textOf(b.Text).Text)
	case "context", "actions":
		r.parts(&v, b)
	case "input":
		r.input(&v, b, index)
	case "rich_text":
		v.Spans = r.parseRich(richOf(b.Elements))
	case "markdown":
		var text string
		_ = json.Unmarshal(b.Text, &text)
		v.Spans = r.parseMarkdown(text)
	case "image":
		v.Image = r.image(b.ImageURL, b.SlackFile, b.AltText)
		v.Image.Title = drawEmoji(textOf(b.Title).Text)
	case "table", "data_table":
		v.Kind, v.Table = "table", r.table(b)
	case "data_visualization":
		v.Chart = r.chart(b)
	case "divider":
	default:
		v.Kind, v.Label = "unknown", b.Type
	}
	return v
}

func (r *Renderer) section(v *BlockView, b blockJSON) {
	v.Spans = r.text(textOf(b.Text))
	for _, field := range b.Fields {
		v.Fields = append(v.Fields, r.text(field))
	}
	if b.Accessory != nil {
		control := r.element(*b.Accessory, b, elementPlace{})
		v.Control = &control
	}
}

func (r *Renderer) parts(v *BlockView, b blockJSON) {
	for _, raw := range b.Elements {
		var e elementJSON
		if json.Unmarshal(raw, &e) == nil {
			v.Parts = append(v.Parts, r.element(e, b, elementPlace{}))
		}
	}
}

func (r *Renderer) input(v *BlockView, b blockJSON, index int) {
	v.Label, v.Hint, v.Optional = drawEmoji(b.Label.Text), drawEmoji(b.Hint.Text), b.Optional
	if b.Element == nil {
		v.Kind = "unknown"
		return
	}
	id := r.elementID(b.BlockID, b.Element.ActionID)
	if b.BlockID == "" {
		id += "-" + strconv.Itoa(index)
	}
	v.ErrorID = id + "-error"
	place := elementPlace{id: id, input: true, describedBy: v.ErrorID, required: !b.Optional}
	if v.Hint != "" {
		v.HintID = id + "-hint"
		place.describedBy += " " + v.HintID
	}
	control := r.element(*b.Element, b, place)
	v.Control = &control
	if !control.Group {
		v.LabelFor = id
	}
}

// elementID makes an id that is stable over updates and safe as a token of
// aria-describedby, whatever the app called its blocks.
func (r *Renderer) elementID(blockID, actionID string) string {
	sum := fnv.New64a()
	for _, part := range []string{r.scope, "\x00", blockID, "\x00", actionID} {
		_, _ = sum.Write([]byte(part))
	}
	return "e" + strconv.FormatUint(sum.Sum64(), 36)
}

// text draws a text object.
func (r *Renderer) text(t textJSON) []span {
	if t.Text == "" {
		return nil
	}
	if t.Type == "mrkdwn" {
		return r.parseMrkdwn(t.Text)
	}
	return []span{{Kind: "text", Text: drawEmoji(t.Text)}}
}

func textOf(raw json.RawMessage) textJSON {
	var t textRaw
	_ = json.Unmarshal(raw, &t) // what is no text object draws as no text
	return t.textJSON
}

func richOf(raw []json.RawMessage) []richJSON {
	out := make([]richJSON, 0, len(raw))
	for _, one := range raw {
		var e richJSON
		if json.Unmarshal(one, &e) == nil {
			out = append(out, e)
		}
	}
	return out
}

// image shows only what this origin serves; an address elsewhere becomes a
// link, so that nobody learns that a message was read.
func (r *Renderer) image(address string, file *slackFileJSON, alt string) imageView {
	v := imageView{Alt: alt}
	if file != nil {
		address = file.ID
		if address == "" {
			address = file.URL
		}
	}
	if v.Src = r.Places.FileLink(address); v.Src == "" && safeURL(address) {
		v.Link = address
	}
	return v
}

// tableView is a table whose first row is its head.
type tableView struct {
	Caption string
	Head    []cellView
	Rows    [][]cellView
}

type cellView struct {
	Spans []span
	Align string // class name
}

func (r *Renderer) table(b blockJSON) tableView {
	t := tableView{Caption: b.Caption}
	for i, row := range b.Rows {
		cells := make([]cellView, 0, len(row))
		for column, raw := range row {
			cells = append(cells, cellView{Spans: r.cell(raw), Align: alignOf(b.ColumnSettings, column, raw)})
		}
		if i == 0 {
			t.Head = cells
		} else {
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

func (r *Renderer) cell(raw json.RawMessage) []span {
	var cell struct {
		Type     string            `json:"type"`
		Text     string            `json:"text"`
		Value    float64           `json:"value"`
		Elements []json.RawMessage `json:"elements"`
	}
	if json.Unmarshal(raw, &cell) != nil {
		return nil
	}
	switch {
	case cell.Type == "rich_text":
		return r.parseRich(richOf(cell.Elements))
	case cell.Type == "raw_number" && cell.Text == "":
		return []span{{Kind: "text", Text: r.Words.Number(cell.Value)}}
	}
	return []span{{Kind: "text", Text: cell.Text}}
}

func alignOf(columns []columnJSON, column int, raw json.RawMessage) string {
	if column < len(columns) && columns[column].Align != "" {
		return "align-" + columns[column].Align
	}
	var cell struct{ Type string }
	if json.Unmarshal(raw, &cell) == nil && cell.Type == "raw_number" {
		return "align-right"
	}
	return "align-left"
}

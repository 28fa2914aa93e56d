package render

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
)

// richJSON is any element of a rich_text block, from section to leaf.
type richJSON struct {
	Type      string          `json:"type"`
	Elements  []richJSON      `json:"elements"`
	Style     json.RawMessage `json:"style"` // a word for lists, an object for leaves
	Indent    int             `json:"indent"`
	Offset    int             `json:"offset"`
	Text      string          `json:"text"`
	URL       string          `json:"url"`
	UserID    string          `json:"user_id"`
	ChannelID string          `json:"channel_id"`
	GroupID   string          `json:"usergroup_id"`
	Range     string          `json:"range"`
	Name      string          `json:"name"`
	Unicode   string          `json:"unicode"`
	Value     string          `json:"value"`
	Timestamp int64           `json:"timestamp"`
	Format    string          `json:"format"`
	Fallback  string          `json:"fallback"`
}

type richStyle struct{ Bold, Italic, Strike, Code, Underline bool }

// parseRich turns rich_text elements into spans; text in it is never mark-up.
func (r *Renderer) parseRich(elements []richJSON) []span {
	var out []span
	for _, e := range elements {
		out = append(out, r.richPart(e))
	}
	return out
}

func (r *Renderer) richPart(e richJSON) span {
	kids := r.parseRich
	switch e.Type {
	case "rich_text_section":
		return span{Kind: "section", Kids: kids(e.Elements)}
	case "rich_text_quote":
		return span{Kind: "quote", Kids: kids(e.Elements)}
	case "rich_text_preformatted":
		return span{Kind: "preblock", Kids: kids(e.Elements)}
	case "rich_text_list":
		return r.richList(e)
	}
	return styled(r.richLeaf(e), e.Style)
}

func (r *Renderer) richList(e richJSON) span {
	kind := "bullets"
	if strings.Trim(string(e.Style), `"`) == "ordered" {
		kind = "numbers"
	}
	list := span{Kind: kind, Text: "indent-" + strconv.Itoa(min(max(e.Indent, 0), 8)), URL: strconv.Itoa(max(e.Offset, 0) + 1)}
	for _, item := range e.Elements {
		list.Kids = append(list.Kids, span{Kind: "item", Kids: r.parseRich(item.Elements)})
	}
	return list
}

func (r *Renderer) richLeaf(e richJSON) span {
	switch e.Type {
	case "link":
		return r.richLink(e)
	case "user":
		return r.userSpan(e.UserID)
	case "channel":
		return r.channelSpan(e.ChannelID, "")
	case "broadcast":
		return span{Kind: "ping", Text: "@" + e.Range}
	case "usergroup":
		return span{Kind: "ping", Text: "@" + e.GroupID}
	case "emoji":
		return span{Kind: "text", Text: emojiText(e)}
	case "date":
		return r.dateSpan(strconv.FormatInt(e.Timestamp, 10), e.Format, e.Fallback, "")
	case "color":
		return span{Kind: "code", Text: e.Value}
	}
	return span{Kind: "text", Text: e.Text}
}

func (r *Renderer) richLink(e richJSON) span {
	label := e.Text
	if label == "" {
		label = e.URL
	}
	if !safeURL(e.URL) {
		return span{Kind: "text", Text: label}
	}
	return span{Kind: "link", Text: label, URL: cmp.Or(r.Places.PageLink(e.URL), e.URL)}
}

// emojiText prefers the code points Slack sends along ("1f44b-1f3fb").
func emojiText(e richJSON) string {
	var out strings.Builder
	for point := range strings.SplitSeq(e.Unicode, "-") {
		if n, err := strconv.ParseInt(point, 16, 32); err == nil {
			out.WriteRune(rune(n))
		}
	}
	if out.Len() > 0 {
		return out.String()
	}
	return drawEmoji(":" + e.Name + ":")
}

// styled wraps a leaf in the emphasis its style object asks for.
func styled(leaf span, raw json.RawMessage) span {
	var style richStyle
	if len(raw) == 0 || json.Unmarshal(raw, &style) != nil {
		return leaf
	}
	for _, layer := range []struct {
		on   bool
		kind string
	}{
		{style.Code, "codes"}, {style.Underline, "underline"}, {style.Strike, "strike"},
		{style.Italic, "italic"}, {style.Bold, "bold"},
	} {
		if layer.on {
			leaf = span{Kind: layer.kind, Kids: []span{leaf}}
		}
	}
	return leaf
}

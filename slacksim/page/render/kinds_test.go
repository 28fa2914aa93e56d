package render

import (
	"encoding/json"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim/page/words"
)

const (
	optionA = `{"text":{"type":"plain_text","text":"A"},"value":"a"}`
	optionB = `{"text":{"type":"plain_text","text":"B"},"value":"b"}`
)

// drawn is one block as the page shows it to Sanne.
func drawn(t *testing.T, r *Renderer, block string) string {
	t.Helper()
	return draw(t, "blocks", r.Blocks(json.RawMessage("["+block+"]")))
}

// showing says what must and what may not be in it.
func showing(t *testing.T, got string, wanted []string, not ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	for _, bad := range not {
		if strings.Contains(got, bad) {
			t.Errorf("%q in\n%s", bad, got)
		}
	}
}

// TestRender_elementCorners: elements as apps seldom send them.
func TestRender_elementCorners(t *testing.T) {
	t.Parallel()
	actions := func(element string) string { return `{"type":"actions","block_id":"a","elements":[` + element + `]}` }
	field := func(more, element string) string {
		return `{"type":"input","block_id":"n","label":{"type":"plain_text","text":":bell: L"}` + more + `,"element":` + element + `}`
	}
	button := `{"type":"button","action_id":"x","text":{"type":"plain_text","text":":x: Weg"}`
	for _, c := range []struct {
		name, block string
		has, not    []string
	}{
		{"button that is a link", actions(button + `,"url":"https://example.org/"}`), []string{`href="https://example.org/"`, "❌ Weg"}, []string{"<button"}},
		{"button with a bad link", actions(button + `,"url":"javascript:alert(1)"}`), []string{"<button"}, []string{"href", "javascript"}},
		{"button with a label for the blind", actions(button + `,"accessibility_label":"Verwijder <b>"}`), []string{`aria-label="Verwijder &lt;b&gt;"`}, nil},
		{"confirm in red", actions(button + `,"confirm":{"title":{"type":"plain_text","text":"Z"},"text":{"type":"plain_text","text":"*T*"},"confirm":{"type":"plain_text","text":"J"},"deny":{"type":"plain_text","text":"N"},"style":"danger"}}`), []string{`class="button danger" value="yes">J`, "*T*"}, []string{"<strong>T"}},
		{"overflow with a link", actions(`{"type":"overflow","action_id":"o","options":[{"text":{"type":"plain_text","text":"Een"},"value":"1","url":"javascript:x","description":{"type":"plain_text","text":"uitleg"}}]}`), []string{"<small>uitleg</small>"}, []string{"javascript"}},
		{"select without anything", actions(`{"type":"static_select","action_id":"s","options":[]}`), []string{`aria-label="Maak een keuze"`}, nil},
		{"unknown element", actions(`{"type":"workflow_button"}`), []string{"Dit onderdeel tekent de pagina niet: workflow_button"}, nil},
		{"element that is no object", actions(`7`), []string{`data-block-id="a"`}, []string{"unknown"}},
		{"context of both texts", `{"type":"context","elements":[{"type":"plain_text","text":"*a*"},{"type":"mrkdwn","text":"*b*"}]}`, []string{"*a*", "<strong>b</strong>"}, []string{"<strong>a"}},
		{"typing tells at once", field(`,"dispatch_action":true`, `{"type":"plain_text_input","action_id":"v","dispatch_action_config":{"trigger_actions_on":["on_character_entered"]}}`), []string{`data-dispatch="typing"`}, nil},
		{"enter tells", field(`,"dispatch_action":true`, `{"type":"plain_text_input","action_id":"v"}`), []string{`data-dispatch="enter"`}, nil},
		{"enter tells of numbers", field(`,"dispatch_action":true`, `{"type":"number_input","action_id":"v","is_decimal_allowed":true}`), []string{`data-dispatch="enter"`}, nil},
		{"a choice tells", field(`,"dispatch_action":true`, `{"type":"datepicker","action_id":"v"}`), []string{`data-dispatch="change"`}, nil},
		{"an input tells nothing by itself", field(``, `{"type":"datepicker","action_id":"v"}`), nil, []string{"data-dispatch"}},
		{"outside a form it tells", actions(`{"type":"datepicker","action_id":"v"}`), []string{`data-dispatch="change"`}, []string{" name="}},
		{"emoji in a label", field(``, `{"type":"timepicker","action_id":"v","focus_on_load":true}`), []string{"🔔 L", "data-focus"}, nil},
		{"input without element", `{"type":"input","block_id":"n","label":{"type":"plain_text","text":"L"}}`, []string{"Dit onderdeel tekent de pagina niet"}, []string{"<input"}},
		{"options in groups", field(``, `{"type":"multi_static_select","action_id":"v","option_groups":[{"label":{"type":"plain_text","text":"G1"},"options":[`+optionA+`]},{"label":{"type":"plain_text","text":"G2"},"options":[`+optionB+`]}]}`), []string{`<p class="choices-group">G1</p>`, `<p class="choices-group">G2</p>`, `type="checkbox"`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			showing(t, drawn(t, newTestRenderer(t), c.block), c.has, append(c.not, "ZgotmplZ")...)
		})
	}
}

// TestRender_blockCorners: blocks as apps seldom send them.
func TestRender_blockCorners(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, block string
		has, not    []string
	}{
		{"no object", `7`, []string{"Dit onderdeel tekent de pagina niet: ?"}, nil},
		{"no text", `{"type":"section"}`, []string{"block-section"}, []string{`class="text"`}},
		{"file of the workspace", `{"type":"image","slack_file":{"id":"F1"},"alt_text":"a","title":{"type":"plain_text","text":":memo: T"}}`, []string{`<img src="/page/file?id=F1" alt="a">`, "<figcaption>📝 T</figcaption>"}, nil},
		{"file by address", `{"type":"image","slack_file":{"url":"F1"},"alt_text":"a"}`, []string{`<img src="/page/file?id=F1"`}, nil},
		{"file that is gone", `{"type":"image","slack_file":{"id":"F9"},"alt_text":"weg"}`, []string{`<span class="image-link">weg</span>`}, []string{"<img", "href"}},
		{"bad address", `{"type":"image","image_url":"data:image/png;base64,x","alt_text":"a"}`, []string{`<span class="image-link">a</span>`}, []string{"data:image"}},
		{"table with less in a row", `{"type":"table","rows":[[{"type":"raw_text","text":"A"},{"type":"raw_text","text":"B"}],[{"type":"raw_number","value":-0.001}]]}`, []string{`<td class="align-right">0</td>`}, nil},
		{"number as the app writes it", `{"type":"data_table","caption":"Kop <b>","rows":[[{"type":"raw_text","text":"A"}],[{"type":"raw_number","value":1,"text":"1,00 euro"}]]}`, []string{"<caption>Kop &lt;b&gt;</caption>", "1,00 euro"}, nil},
		{"column in the middle", `{"type":"table","column_settings":[{"align":"center"}],"rows":[[{"type":"raw_text","text":"A"},{"type":"raw_text","text":"B"}]]}`, []string{`class="align-center">A`, `class="align-left">B`}, nil},
		{"cell of nothing", `{"type":"table","rows":[["x",{"type":"raw_text","text":"B"}]]}`, []string{`<th scope="col" class="align-left"></th>`}, nil},
		{"chart of nothing", `{"type":"data_visualization","title":"Leeg"}`, []string{"<figcaption>Leeg</figcaption>"}, []string{"<path", "<rect"}},
		{"markdown that is no text", `{"type":"markdown","text":{"type":"mrkdwn","text":"x"}}`, []string{"block-markdown"}, []string{">x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			showing(t, drawn(t, newTestRenderer(t), c.block), c.has, append(c.not, "ZgotmplZ")...)
		})
	}
	if got := newTestRenderer(t).Blocks(json.RawMessage(`{"type":"section"}`)); got != nil {
		t.Errorf("what is no list is drawn as %+v", got)
	}
}

// TestRender_richCorners: every leaf and style of rich text.
func TestRender_richCorners(t *testing.T) {
	t.Parallel()
	section := func(leaf string) string {
		return `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[` + leaf + `]}]}`
	}
	for _, c := range []struct{ name, block, want string }{
		{"channel", section(`{"type":"channel","channel_id":"C1"}`), `<span class="mention" data-mention="C1">#klachten</span>`},
		{"unknown channel", section(`{"type":"channel","channel_id":"C9"}`), `data-mention="C9">#C9</span>`},
		{"group", section(`{"type":"usergroup","usergroup_id":"S1"}`), `<mark class="ping" data-ping>@S1</mark>`},
		{"emoji by code points", section(`{"type":"emoji","name":"wave","unicode":"1f44b-1f3fb"}`), "👋🏻"},
		{"emoji by name", section(`{"type":"emoji","name":"tada"}`), "🎉"},
		{"unknown emoji", section(`{"type":"emoji","name":"onze_poes","unicode":"zz"}`), ":onze_poes:"},
		{"date", section(`{"type":"date","timestamp":1773140400,"format":"{date_num} {time}","fallback":"x"}`), ">2026-03-10 12:00</time>"},
		{"colour", section(`{"type":"color","value":"#ff0000"}`), "<code>#ff0000</code>"},
		{"link without text", section(`{"type":"link","url":"https://example.org/"}`), ">https://example.org/</a>"},
		{"all styles", section(`{"type":"text","text":"x","style":{"bold":true,"italic":true,"strike":true,"underline":true,"code":true}}`), "<strong><em><s><u><code>x</code></u></s></em></strong>"},
		{"style that is a word", section(`{"type":"text","text":"x","style":"bold"}`), `<div class="rich">x</div>`},
		{"quote", `{"type":"rich_text","elements":[{"type":"rich_text_quote","elements":[{"type":"text","text":"q"}]}]}`, "<blockquote>q</blockquote>"},
		{"preformatted", `{"type":"rich_text","elements":[{"type":"rich_text_preformatted","elements":[{"type":"text","text":"a  <b>"}]}]}`, "<pre>a  &lt;b&gt;</pre>"},
		{"bullets, deep", `{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","indent":99,"elements":[]}]}`, `<ul class="indent-8"></ul>`},
		{"numbers from 4", `{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","offset":3,"indent":-1,"elements":[]}]}`, `<ol class="indent-0" start="4"></ol>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := html.UnescapeString(drawn(t, newTestRenderer(t), c.block)); !strings.Contains(got, html.UnescapeString(c.want)) {
				t.Errorf("no %q in\n%s", c.want, got)
			}
		})
	}
}

// TestRender_markdownCorners: a markdown block, line by line.
func TestRender_markdownCorners(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"rules", "a\n---\nb", "<p>a</p><hr><p>b</p>"},
		{"headings", "## Twee ##\n####### geen", `<p class="heading">Twee</p><p>####### geen</p>`},
		{"fence", "```go\nx *y*\n\n<b>\n```\nna", "<pre>x *y*\n\n&lt;b&gt;\n</pre><p>na</p>"},
		{"fence left open", "```\nx", "<pre>x\n</pre>"},
		{"quote", "> een\n>twee\nna", "<blockquote>een\ntwee</blockquote><p>na</p>"},
		{"numbers", "1. een\n2) twee", `<ol class="indent-0" start="1"><li>een</li><li>twee</li></ol>`},
		{"lists of both kinds", "* een\n1. twee", `<ul class="indent-0"><li>een</li></ul><ol class="indent-0" start="1"><li>twee</li></ol>`},
		{"emphasis", "__vet__ *schuin* _ook_ ~~weg~~ `*x*`", "<p><strong>vet</strong> <em>schuin</em> <em>ook</em> <s>weg</s> <code>*x*</code></p>"},
		{"mention", "<@U1>", `<p><span class="mention mention-me" data-mention="U1">@Sanne de Boer</span></p>`},
		{"lines of a paragraph", "een\ntwee\n\ndrie", "<p>een\ntwee</p><p>drie</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, draw(t, "spans", newTestRenderer(t).parseMarkdown(c.in))); diff != "" {
				t.Errorf("markdown(%q) (-want +got)\n%s", c.in, diff)
			}
		})
	}
}

// TestRender_tokenCorners: the <…> forms that are seldom seen.
func TestRender_tokenCorners(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"unknown channel with its name", "<#C9|gang>", `<span class="mention" data-mention="C9">#gang</span>`},
		{"mail", "<mailto:a@example.org>", ">a@example.org</a>"},
		{"no address", "<mailto:>", "&lt;mailto:&gt;"},
		{"link without a host", "<https:///x|hier>", "&lt;https:///x|hier&gt;"},
		{"unreadable link", "<https://[x|hier>", "&lt;https://[x|hier&gt;"},
		{"everyone", "<!everyone>", `<mark class="ping" data-ping>@everyone</mark>`},
		{"group without its name", "<!subteam^S1>", `<mark class="ping" data-ping>subteam^S1</mark>`},
		{"something else", "<!onzin|x>", "x"},
		{"date without a format", "<!date^1773140400|x>", "x"},
		{"date before time", "<!date^-1^{date}|x>", "x"},
		{"date with a link", "<!date^1773140400^{date_slash}^https://example.org/|x>", `<time datetime="2026-03-10T12:00:00&#43;01:00">10/03/2026</time></a>`},
		{"date with a bad link", "<!date^1773140400^{date_slash}^javascript:x|x>", `<time datetime="2026-03-10T12:00:00&#43;01:00">10/03/2026</time>`},
		{"the other emphasis in a link", "*<https://example.org/*x*|y>*", `<strong><a class="link" href="https://example.org/*x*"`},
		{"code in emphasis", "*a `*` b*", "<strong>a <code>*</code> b</strong>"},
		{"http and https", "http://a.example https://b.example", `href="https://b.example"`},
		{"a scheme alone", "https://", "https://"},
		{"fence of nothing", "``````", "``````"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := draw(t, "spans", newTestRenderer(t).parseMrkdwn(c.in))
			if !strings.Contains(got, c.want) || (strings.HasPrefix(c.name, "date with a bad") && got != c.want) {
				t.Errorf("mrkdwn(%q): no %q in %s", c.in, c.want, got)
			}
		})
	}
}

// TestRender_dateTokens in both languages, on the day and far from it.
func TestRender_dateTokens(t *testing.T) {
	t.Parallel()
	at := time.Date(2025, 12, 1, 9, 5, 7, 0, time.UTC)
	for _, c := range []struct{ token, nl, en string }{
		{"{date_num}", "2025-12-01", "2025-12-01"}, {"{date_slash}", "01/12/2025", "01/12/2025"},
		{"{date}", "1 december 2025", "December 1, 2025"}, {"{date_pretty}", "1 december 2025", "December 1, 2025"},
		{"{date_short}", "1 dec. 2025", "Dec 1, 2025"}, {"{date_short_pretty}", "1 dec. 2025", "Dec 1, 2025"},
		{"{date_long}", "maandag 1 december 2025", "Monday, December 1, 2025"}, {"{date_long_pretty}", "maandag 1 december 2025", "Monday, December 1, 2025"},
		{"{date_long_full}", "maandag 1 december 2025", "Monday, December 1, 2025"}, {"{day_divider_pretty}", "maandag 1 december 2025", "Monday, December 1, 2025"},
		{"{time}", "10:05", "10:05"}, {"{time_secs}", "10:05:07", "10:05:07"}, {"{ago}", "99 d. geleden", "99 d ago"}, {"{onbekend}", "{onbekend}", "{onbekend}"},
	} {
		r := newTestRenderer(t)
		for _, w := range []struct {
			words *words.Words
			want  string
		}{{words.Dutch(), c.nl}, {words.English(), c.en}} {
			r.Words = w.words
			if got := r.formatDate(at.In(r.Zone), c.token); got != w.want {
				t.Errorf("%s in %s: %q, want %q", c.token, w.words.Lang, got, w.want)
			}
		}
	}
}

package render

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/slacksim/page/words"
)

// newTestRenderer draws for Sanne, on a Tuesday in Amsterdam.
func newTestRenderer(t testing.TB) *Renderer {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return New(Viewer{
		Words: words.Dutch(), Zone: zone, Me: "U1", Now: time.Date(2026, 3, 10, 12, 0, 0, 0, zone),
		People: []Choice{{"U1", "Sanne de Boer"}, {"U2", "Bram Vos"}}, Places: testPlaces{},
	}).Within("t", nil)
}

// testPlaces knows two people, a channel, a file and a message.
type testPlaces struct{}

func (testPlaces) PersonName(id string) string {
	return map[string]string{"U1": "Sanne de Boer", "U2": "Bram <b>Vos</b>"}[id]
}

func (testPlaces) ChannelName(id string) string { return map[string]string{"C1": "klachten"}[id] }

func (testPlaces) FileLink(ref string) string {
	return map[string]string{"F1": "/page/file?id=F1"}[ref]
}

func (testPlaces) PageLink(link string) string {
	return map[string]string{"https://sim/archives/C1/p1": "/?in=C1"}[link]
}

// draw runs a template over what the renderer made.
func draw(t testing.TB, name string, data any) string {
	t.Helper()
	templates, err := Templates()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := templates.ExecuteTemplate(&out, name, data); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestRender_mrkdwn(t *testing.T) {
	r := newTestRenderer(t)
	for _, test := range []struct{ name, in, want string }{
		{"plain", "gewoon tekst", "gewoon tekst"},
		{"escaped stays text", "a &lt; b &amp;amp; c", "a &lt; b &amp;amp; c"},
		{"raw tags stay text", `"><script>alert(1)</script>`, `&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;`},
		{"emphasis", "*vet* _schuin_ ~weg~", "<strong>vet</strong> <em>schuin</em> <s>weg</s>"},
		{"nested", "*vet en _schuin_*", "<strong>vet en <em>schuin</em></strong>"},
		{"no emphasis inside words", "snake_case_naam 2*3*4", "snake_case_naam 2*3*4"},
		{"unclosed", "*vet en verder", "*vet en verder"},
		{"stars with spaces", "2 * 3 * 4", "2 * 3 * 4"},
		{"code", "`a*b*c &lt;`", "<code>a*b*c &lt;</code>"},
		{"fence", "zie\n```\nx *y*\n```\nklaar", "zie<pre>x *y*</pre>klaar"},
		{"quote", "&gt; een\n&gt; twee\ndrie", "<blockquote>een\ntwee</blockquote>drie"},
		{"mention", "<@U1> en <@U2|x>", `<span class="mention mention-me" data-mention="U1">@Sanne de Boer</span> en <span class="mention" data-mention="U2">@Bram &lt;b&gt;Vos&lt;/b&gt;</span>`},
		{"unknown person", "<@U9>", `<span class="mention" data-mention="U9">@U9</span>`},
		{"channel", "<#C1>", `<span class="mention" data-mention="C1">#klachten</span>`},
		{"ping", "<!channel> <!here|here>", `<mark class="ping" data-ping>@channel</mark> <mark class="ping" data-ping>@here</mark>`},
		{"escaped ping is text", "&lt;!channel&gt;", "&lt;!channel&gt;"},
		{"group", "<!subteam^S1|@team>", `<mark class="ping" data-ping>@team</mark>`},
		{"link", "<https://example.org/?a=1&amp;b=2|hier>", `<a class="link" href="https://example.org/?a=1&amp;b=2" title="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">hier</a>`},
		{"bare link", "zie https://example.org/x.", `zie <a class="link" href="https://example.org/x" title="https://example.org/x" target="_blank" rel="noopener noreferrer nofollow">https://example.org/x</a>.`},
		{"bad scheme", "<javascript:alert(1)|hier>", "&lt;javascript:alert(1)|hier&gt;"},
		{"data scheme", "<data:text/html,x>", "&lt;data:text/html,x&gt;"},
		{"emoji", ":white_check_mark: :onbekend:", "✅ :onbekend:"},
		{"date", "<!date^1773140400^{date_short}, {time}|terugval>", `<time datetime="2026-03-10T12:00:00&#43;01:00">10 mrt. 2026, 12:00</time>`},
		{"date pretty", "<!date^1773226800^{date_pretty}|x>", `<time datetime="2026-03-11T12:00:00&#43;01:00">morgen</time>`},
		{"date without number", "<!date^nu^{date}|terugval>", "terugval"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := draw(t, "spans", r.parseMrkdwn(test.in))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("mrkdwn(%q) (-want +got)\n%s", test.in, diff)
			}
		})
	}
}

// allowed are the tags and attributes that mrkdwn may become.
var allowed = regexp.MustCompile(`</?(strong|em|s|u|code|pre|blockquote|time|mark|span|a)( (class|data-mention|data-ping|datetime|href|title|target|rel)(="[^"<>]*")?)*>`)

func FuzzRender_mrkdwn(f *testing.F) {
	for _, seed := range []string{"*a* <b>", "<javascript:x|*y*>", "```<img src=x onerror=y>```", "_*~x~*_", "<!date^1^{date}^javascript:x|y>", "https://x.example/\"onmouseover=\"y", "&gt; <@U2>"} {
		f.Add(seed)
	}
	r := newTestRenderer(f)
	templates, err := Templates()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var out strings.Builder
		if err := templates.ExecuteTemplate(&out, "spans", r.parseMrkdwn(text)); err != nil {
			t.Fatal(err)
		}
		got := out.String()
		if rest := allowed.ReplaceAllString(got, ""); strings.ContainsAny(rest, "<>") {
			t.Errorf("mrkdwn(%q) lets mark-up through: %s", text, got)
		}
		if bad := regexp.MustCompile(`(?i)href="(javascript|data|vbscript):`).FindString(got); bad != "" {
			t.Errorf("mrkdwn(%q) links to %s", text, bad)
		}
	})
}

// A page of unclosed marks must not take quadratic time.
func TestRender_mrkdwnLongLine(t *testing.T) {
	r := newTestRenderer(t)
	start := time.Now()
	draw(t, "spans", r.parseMrkdwn(strings.Repeat("*a _b ~c <", 4000)))
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("40,000 characters took %v", took)
	}
}

func TestRender_blocks(t *testing.T) {
	r := newTestRenderer(t)
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"header", `{"type":"header","text":{"type":"plain_text","text":"K-2026-0001 <b>"}}`, []string{`<h3 class="text">K-2026-0001 &lt;b&gt;</h3>`}},
		{"plain text is no mrkdwn", `{"type":"section","text":{"type":"plain_text","text":"*x* <!channel>"}}`, []string{`*x* &lt;!channel&gt;`}},
		{"fields", `{"type":"section","block_id":"f","fields":[{"type":"mrkdwn","text":"*Status*\nopen"}]}`, []string{`data-block-id="f"`, "<strong>Status</strong>\nopen"}},
		{"divider", `{"type":"divider"}`, []string{"<hr>"}},
		{"context", `{"type":"context","elements":[{"type":"mrkdwn","text":"_klein_"},{"type":"image","slack_file":{"id":"F1"},"alt_text":"foto"}]}`, []string{"<em>klein</em>", `<img src="/page/file?id=F1" alt="foto">`}},
		{"button", `{"type":"actions","block_id":"a","elements":[{"type":"button","action_id":"resolve","value":"v","style":"primary","text":{"type":"plain_text","text":"Uitkomst"}}]}`, []string{`class="button primary"`, `data-action-id="resolve"`, `data-value="v"`, `data-of-block="a"`, ">Uitkomst<"}},
		{"confirm", `{"type":"actions","elements":[{"type":"button","action_id":"x","text":{"type":"plain_text","text":"X"},"confirm":{"title":{"type":"plain_text","text":"Zeker?"},"text":{"type":"mrkdwn","text":"*Echt*"},"confirm":{"type":"plain_text","text":"Doe"},"deny":{"type":"plain_text","text":"Laat"}}}]}`, []string{"data-confirm", "Zeker?", "<strong>Echt</strong>", ">Doe<", ">Laat<"}},
		{"overflow", `{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"overflow","action_id":"o","options":[{"text":{"type":"plain_text","text":"Een"},"value":"1"}]}}`, []string{`data-overflow="o"`, `data-action-id="o"`, `data-value="1"`}},
		{"select", `{"type":"actions","elements":[{"type":"static_select","action_id":"more","placeholder":{"type":"plain_text","text":"Meer"},"option_groups":[{"label":{"type":"plain_text","text":"G"},"options":[{"text":{"type":"plain_text","text":"Een"},"value":"1"}]}]}]}`, []string{`<optgroup label="G">`, `aria-label="Meer"`, `data-dispatch="change"`}},
		{"image elsewhere is a link", `{"type":"image","image_url":"https://example.org/a.png","alt_text":"een kat"}`, []string{`href="https://example.org/a.png"`, "een kat"}},
		{"rich text", `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"<!channel> *x*","style":{"bold":true}},{"type":"broadcast","range":"here"},{"type":"user","user_id":"U1"},{"type":"link","url":"javascript:x","text":"nee"}]},{"type":"rich_text_list","style":"ordered","indent":1,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"een"}]}]}]}`, []string{"<strong>&lt;!channel&gt; *x*</strong>", `<mark class="ping" data-ping>@here</mark>`, "@Sanne de Boer", `<ol class="indent-1" start="1"><li>een</li></ol>`, ">nee<"}},
		{"markdown", `{"type":"markdown","text":"# Kop\n- **een** [x](https://example.org)\n- [y](javascript:z)\n\n<script>"}`, []string{`<p class="heading">Kop</p>`, "<li><strong>een</strong> <a ", "[y](javascript:z)", "<p>&lt;script&gt;</p>"}},
		{"table", `{"type":"table","column_settings":[{"align":"right"}],"rows":[[{"type":"raw_text","text":"Kop"},null],[{"type":"raw_number","value":1.5},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"cel"}]}]}]]}`, []string{`<th scope="col" class="align-right">Kop</th>`, `<td class="align-right">1,5</td>`, "cel"}},
		{"bar chart", `{"type":"data_visualization","title":"Klachten","chart":{"type":"bar","series":[{"name":"Op tijd","data":[{"label":"Q1","value":3},{"label":"Q2","value":7}]}],"axis_config":{"categories":["Q1","Q2"]}}}`, []string{"<figcaption>Klachten</figcaption>", "<rect", "Op tijd, Q2: 7", ">Q1<", "Cijfers bij de grafiek"}},
		{"line chart", `{"type":"data_visualization","title":"L","chart":{"type":"line","series":[{"name":"A","data":[{"label":"Q1","value":-3},{"label":"Q2","value":7}]}],"axis_config":{"categories":["Q1","Q2"]}}}`, []string{`class="c0 line"`}},
		{"pie chart", `{"type":"data_visualization","title":"P","chart":{"type":"pie","segments":[{"label":"A","value":3},{"label":"B","value":1}]}}`, []string{"A: 3", `class="c1"`}},
		{"unknown block", `{"type":"hologram"}`, []string{"hologram"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := draw(t, "blocks", r.Blocks(json.RawMessage("["+test.in+"]")))
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			for _, bad := range []string{"<script", "javascript:x\"", "ZgotmplZ", " style="} {
				if strings.Contains(got, bad) {
					t.Errorf("%q in\n%s", bad, got)
				}
			}
		})
	}
}

func TestRender_inputs(t *testing.T) {
	r := newTestRenderer(t)
	label := `"label":{"type":"plain_text","text":"Naam"}`
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"text", `{"type":"input","block_id":"n",` + label + `,"hint":{"type":"plain_text","text":"Voluit"},"element":{"type":"plain_text_input","action_id":"value","min_length":2,"max_length":80,"initial_value":"Jan \"x\""}}`, []string{`<label for="`, `name="n"`, `data-max="80"`, `value="Jan &#34;x&#34;"`, `data-error-for="n"`, "data-counter-for", `aria-required="true"`, "Voluit"}},
		{"multi line", `{"type":"input","block_id":"n","optional":true,` + label + `,"element":{"type":"plain_text_input","action_id":"value","multiline":true,"initial_value":"</textarea><b>"}}`, []string{"<textarea", "&lt;/textarea&gt;&lt;b&gt;</textarea>", "(optioneel)"}},
		{"email", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"email_text_input","action_id":"value"}}`, []string{`type="email"`}},
		{"url", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"url_text_input","action_id":"value"}}`, []string{`type="url"`}},
		{"number", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"number_input","action_id":"value","is_decimal_allowed":true,"min_value":"1","max_value":"9"}}`, []string{`step="any"`, `min="1"`, `max="9"`}},
		{"date", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"datepicker","action_id":"value","initial_date":"2026-03-10"}}`, []string{`type="date" value="2026-03-10"`}},
		{"date and time", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"datetimepicker","action_id":"value","initial_date_time":1773140400}}`, []string{`type="datetime-local" value="2026-03-10T12:00"`}},
		{"time", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"timepicker","action_id":"value","initial_time":"09:30"}}`, []string{`type="time" value="09:30"`}},
		{"radio", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"radio_buttons","action_id":"value","initial_option":{"text":{"type":"plain_text","text":"B"},"value":"b"},"options":[{"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}}`, []string{"<fieldset", "<legend>Naam", `type="radio"`, `value="b" checked`}},
		{"checkboxes", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"checkboxes","action_id":"value","options":[{"text":{"type":"mrkdwn","text":"*A*"},"description":{"type":"plain_text","text":"d"},"value":"a"}]}}`, []string{`type="checkbox"`, "<strong>A</strong>", "<small>d</small>"}},
		{"users", `{"type":"input","block_id":"n","dispatch_action":true,` + label + `,"element":{"type":"users_select","action_id":"value","initial_user":"U2"}}`, []string{`<option value="U2" selected>Bram Vos`, `data-dispatch="change"`}},
		{"multi users", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"multi_users_select","action_id":"value","initial_users":["U2"]}}`, []string{`value="U2" checked`}},
		{"file", `{"type":"input","block_id":"n",` + label + `,"element":{"type":"file_input","action_id":"value","filetypes":["pdf","png"],"max_files":3}}`, []string{`type="file" multiple accept=".pdf,.png" data-max-files="3"`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := draw(t, "blocks", r.Blocks(json.RawMessage("["+test.in+"]")))
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
		})
	}
}

// What a person typed wins over what the app gave at first.
func TestRender_inputShowsState(t *testing.T) {
	r := newTestRenderer(t)
	typed := "getypt"
	r.state = map[string]map[string]*stateJSON{"n": {"value": {Value: &typed}}}
	got := draw(t, "blocks", r.Blocks(json.RawMessage(`[{"type":"input","block_id":"n","label":{"type":"plain_text","text":"N"},"element":{"type":"plain_text_input","action_id":"value","initial_value":"eerst"}}]`)))
	if !strings.Contains(got, `value="getypt"`) || strings.Contains(got, "eerst") {
		t.Errorf("the typed text is not shown:\n%s", got)
	}
}

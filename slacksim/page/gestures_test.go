package page_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/page"
	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

const (
	sanne, marijke, david = "U0000000001", "U0000000002", "U0000000003"
	klachten, algemeen    = "C0000000001", "C0000000002"
)

// postPage makes one gesture on the page.
func postPage(t *testing.T, sim *slacksim.Sim, path string, form url.Values, set func(*http.Request)) (int, answer) {
	t.Helper()
	body, asForm := typedForm(form)
	got, text := fetchPage(t, "POST", sim.URL()+path, body, func(r *http.Request) {
		asForm(r)
		if set != nil {
			set(r)
		}
	})
	var said answer
	if strings.HasPrefix(text, "{") {
		simtest.NoError(t, json.Unmarshal([]byte(text), &said))
	}
	return got.StatusCode, said
}

// gestures are the page's addresses that take a POST.
var gestures = []string{"send", "delete", "shortcut", "click", "home", "view/submit", "view/close", "view/click"}

// TestPage_everyGestureIsGuarded: each address refuses other sites, other names, other
// methods, nobody, bodies it can't read and people who may do nothing.
func TestPage_everyGestureIsGuarded(t *testing.T) {
	t.Parallel()
	sim, app := newPageSim(t)
	simtest.NoError(t, sim.Deactivate(david))
	type change = func(*http.Request)
	for _, gesture := range gestures {
		for _, c := range []struct {
			name, method, as string
			set              change
			status           int
		}{
			{"another site", "POST", sanne, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
			{"a sister site", "POST", sanne, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
			{"another origin", "POST", sanne, func(r *http.Request) { r.Header.Set("Origin", "http://localhost.example.org") }, 403},
			{"another name", "POST", sanne, func(r *http.Request) { r.Host = "slack.example.org" }, 421},
			{"another address", "POST", sanne, func(r *http.Request) { r.Host = "192.168.1.1:80" }, 421},
			{"no name", "POST", sanne, func(r *http.Request) { r.Host = "localhost.evil" }, 421},
			{"GET", "GET", sanne, nil, 405},
			{"PUT", "PUT", sanne, nil, 405},
			{"nobody", "POST", "", nil, 404},
			{"a stranger", "POST", "U0000000009", nil, 404},
			{"broken form", "POST", sanne, func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data; boundary=x") }, 400},
			{"form without boundary", "POST", sanne, func(r *http.Request) { r.Header.Set("Content-Type", "multipart/form-data") }, 400},
		} {
			address := sim.URL() + "/page/" + gesture + "?in=" + klachten + "&as=" + c.as
			if got, text := fetchPage(t, c.method, address, strings.NewReader("%zz"), c.set); got.StatusCode != c.status {
				t.Errorf("%s, %s: status %d, want %d: %.100s", gesture, c.name, got.StatusCode, c.status, text)
			}
		}
		status, said := postPage(t, sim, "/page/"+gesture+"?as="+david+"&in="+klachten, url.Values{"text": {"x"}}, nil)
		if status != 200 || !said.Keep || said.Notice != words.Dutch().NotHere {
			t.Errorf("%s by a deactivated person: %d %+v", gesture, status, said)
		}
	}
	if n := len(sim.Messages(klachten)); n != 0 {
		t.Errorf("%d messages were sent after all", n)
	}
	app.mu.Lock()
	defer app.mu.Unlock()
	if len(app.seen) != 0 {
		t.Errorf("the app heard %+v", app.seen)
	}
}

// TestPage_gesturesAtNothing: what is not on the person's screen can't be done, and
// what was typed stays.
func TestPage_gesturesAtNothing(t *testing.T) {
	t.Parallel()
	sim, app := newPageSim(t)
	ts := app.post(klachten, "zaak", caseBlocks())
	for _, path := range []string{
		"send?as=" + david + "&in=" + algemeen, "send?as=" + sanne + "&in=C0000000009", "send?as=" + sanne, "send?as=" + sanne + "&in=" + klachten + "&thread=1.2",
		"shortcut?as=" + sanne + "&callback=none", "shortcut?as=" + sanne, "shortcut?as=" + sanne + "&callback=log_complaint&in=" + klachten + "&ts=" + ts,
		"shortcut?as=" + sanne + "&callback=note_from_message&in=" + klachten + "&ts=1.2", "shortcut?as=" + sanne + "&callback=note_from_message",
		"click?as=" + sanne + "&in=" + klachten + "&ts=" + ts + "&action=none", "click?as=" + sanne + "&in=" + klachten + "&ts=1.2&action=resolve",
		"click?as=" + sanne + "&in=" + algemeen + "&ts=" + ts + "&action=resolve", "click?as=" + sanne + "&in=" + klachten + "&ts=" + ts + "&action=more&value=none",
		"view/submit?as=" + sanne + "&view=V0", "view/close?as=" + sanne + "&view=V0", "view/click?as=" + sanne + "&view=V0&action=deeper", "view/close?as=" + sanne,
	} {
		status, said := postPage(t, sim, "/page/"+path, url.Values{"text": {"x"}}, nil)
		if status != 200 || said.Notice != words.Dutch().NotHere || !said.Keep {
			t.Errorf("%s: %d %+v", path, status, said)
		}
	}
	simtest.WantTexts(t, sim.Messages(klachten), "zaak")
}

// TestPage_gesturesArrive: each gesture of the page is that gesture for the app.
func TestPage_gesturesArrive(t *testing.T) {
	t.Parallel()
	sim, app := newPageSim(t)
	ts := app.post(klachten, "zaak", caseBlocks())
	u := sim.As(sanne)
	for _, c := range []struct{ path, kind, sign string }{
		{"shortcut?callback=log_complaint", "shortcut", "log_complaint"},
		{"shortcut?callback=note_from_message&in=" + klachten + "&ts=" + ts, "message_action", "note_from_message"},
		{"click?in=" + klachten + "&action=acknowledge&ts=" + ts, "block_actions", "acknowledge"},
		{"click?in=" + klachten + "&action=more&value=v-notitie&ts=" + ts, "block_actions", "more"},
	} {
		if status, said := postPage(t, sim, "/page/"+c.path+"&as="+sanne, nil, nil); status != 200 || said.Notice != "" || said.Keep {
			t.Fatalf("%s: %d %+v", c.path, status, said)
		}
		app.mu.Lock()
		last := app.seen[len(app.seen)-1]
		app.mu.Unlock()
		if last.Type != c.kind || last.User.ID != sanne || (last.Callback != c.sign && (len(last.Actions) != 1 || last.Actions[0].ActionID != c.sign)) {
			t.Errorf("%s: the app heard %+v", c.path, last)
		}
	}
	view, ok := u.Modal()
	if !ok || view.CallbackID != "every_input" {
		t.Fatalf("no dialog: %+v", view)
	}
	typed := url.Values{"name": {"Jan"}, "topics": {"v-inhoud", "v-factuur"}, "story": {"een\r\ntwee"}}
	if _, said := postPage(t, sim, "/page/view/click?action=deeper&value=1&as="+sanne+"&view="+view.ID, typed, nil); said.Notice != "" {
		t.Fatalf("click: %+v", said)
	}
	under, _ := sim.View(view.ID)
	if story := string(under.State["story"]["value"]); !strings.Contains(story, `"een\ntwee"`) || strings.Count(string(under.State["topics"]["value"]), `"value"`) != 2 {
		t.Errorf("what was typed is %s, %s", story, under.State["topics"]["value"])
	}
	second, _ := u.Modal()
	if _, said := postPage(t, sim, "/page/view/close?as="+sanne+"&view="+second.ID, nil, nil); said.Notice != "" || len(u.Modals()) != 1 {
		t.Errorf("close: %+v, %d views", said, len(u.Modals()))
	}
	status, said := postPage(t, sim, "/page/view/submit?as="+sanne+"&view="+view.ID, url.Values{"email": {"nonsens"}}, nil)
	if status != 200 || !said.Keep || said.Errors["email"] != "Dit is geen e-mailadres." || said.Errors["name"] != "Vul dit veld in." {
		t.Errorf("submit: %d %+v", status, said)
	}
}

// badges are what the side bar counts per channel, and which names are bold.
func badges(t *testing.T, sim *slacksim.Sim, as, in string) (counts map[string]string, bold map[string]bool) {
	t.Helper()
	_, body := fetchPage(t, "GET", sim.URL()+"/page/parts?as="+as+"&in="+in, nil, nil)
	counts, bold = map[string]string{}, map[string]bool{}
	link := regexp.MustCompile(`(?s)<a href="[^"]*" data-(?:channel="(\w+)"|(dm))([^>]*)>(.*?)</a>`)
	for _, m := range link.FindAllStringSubmatch(body, -1) {
		place := m[1] + m[2]
		bold[place] = strings.Contains(m[3], `class="news"`)
		if n := regexp.MustCompile(`data-unread="(\d+)"`).FindStringSubmatch(m[4]); n != nil {
			counts[place] = n[1]
		}
	}
	return counts, bold
}

// TestPage_badges: a badge counts what calls the person by name or calls all, each
// once; what people merely typed calls nobody.
func TestPage_badges(t *testing.T) {
	t.Parallel()
	mrkdwn := func(text string) []any { return []any{kitSection("s", text)} }
	for _, c := range []struct {
		name   string
		say    func(sim *slacksim.Sim, app *pageApp)
		unread string // of Marijke, who looks elsewhere
		bold   bool
	}{
		{"nothing", func(*slacksim.Sim, *pageApp) {}, "", false},
		{"a message", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "x", nil) }, "", true},
		{"a mention", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "<@"+marijke+">", nil) }, "1", true},
		{"another's mention", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "<@"+david+">", nil) }, "", true},
		{"a mention in a block", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "x", mrkdwn("<@"+marijke+">")) }, "1", true},
		{"a call to all", func(_ *slacksim.Sim, a *pageApp) {
			a.post(klachten, "<!channel>", nil)
			a.post(klachten, "<!here>", nil)
		}, "2", true},
		{"a call to all in a block", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "x", mrkdwn("<!everyone>")) }, "1", true},
		{"a date in a block", func(_ *slacksim.Sim, a *pageApp) { a.post(klachten, "x", mrkdwn("<!date^1773500400^{date}|x>")) }, "", true},
		{"a button called broadcast", func(_ *slacksim.Sim, a *pageApp) {
			a.post(klachten, "x", []any{kit{"type": "actions", "elements": []any{kit{"type": "button", "action_id": "broadcast", "text": kitText("B"), "value": "broadcast"}}}})
		}, "", true},
		{"a call to all that someone typed", func(s *slacksim.Sim, _ *pageApp) {
			_, _ = s.As(sanne).Post(t.Context(), klachten, "", "<!channel> <@"+marijke+">")
		}, "", true},
		{"her own message", func(s *slacksim.Sim, _ *pageApp) { _, _ = s.As(marijke).Post(t.Context(), klachten, "", "x") }, "", false},
		{"a mention in a thread", func(_ *slacksim.Sim, a *pageApp) {
			a.call("chat.postMessage", slacksim.DefaultBotToken, kit{"channel": klachten, "text": "<@" + marijke + ">", "thread_ts": a.post(klachten, "x", nil)})
		}, "1", true},
		{"a mention in a thread, sent to all", func(_ *slacksim.Sim, a *pageApp) {
			a.call("chat.postMessage", slacksim.DefaultBotToken, kit{"channel": klachten, "text": "<@" + marijke + ">", "thread_ts": a.post(klachten, "x", nil), "reply_broadcast": true})
		}, "1", true},
		{"rich text of an app", func(_ *slacksim.Sim, a *pageApp) {
			a.post(klachten, "x", []any{kit{"type": "rich_text", "elements": []any{kit{"type": "rich_text_section", "elements": []any{kit{"type": "user", "user_id": marijke}, kit{"type": "broadcast", "range": "here"}}}}}})
		}, "1", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sim, app := newPageSim(t)
			c.say(sim, app)
			if counts, bold := badges(t, sim, marijke, algemeen); counts[klachten] != c.unread || bold[klachten] != c.bold {
				t.Errorf("badge %q, bold %t; want %q, %t", counts[klachten], bold[klachten], c.unread, c.bold)
			}
			badges(t, sim, marijke, klachten) // she looks
			if counts, bold := badges(t, sim, marijke, algemeen); counts[klachten] != "" || bold[klachten] {
				t.Errorf("after reading: badge %q, bold %t", counts[klachten], bold[klachten])
			}
		})
	}
}

// In direct messages everything counts, until it is read; each for oneself.
func TestPage_badgesOfDirectMessages(t *testing.T) {
	t.Parallel()
	sim, app := newPageSim(t)
	for i := range 3 {
		app.post(marijke, fmt.Sprint(i), nil)
	}
	app.post(sanne, "x", nil)
	for _, c := range []struct{ as, in, want string }{
		{marijke, klachten, "3"}, {sanne, klachten, "1"}, {david, klachten, ""}, {marijke, "dm", ""}, {marijke, klachten, ""}, {sanne, klachten, "1"},
	} {
		if counts, _ := badges(t, sim, c.as, c.in); counts["dm"] != c.want {
			t.Errorf("%s in %s: badge %q, want %q", c.as, c.in, counts["dm"], c.want)
		}
	}
}

// TestPage_filesOnThePage: pictures are shown, other files offered; never as a page.
func TestPage_filesOnThePage(t *testing.T) {
	t.Parallel()
	sim, _ := newPageSim(t)
	for _, c := range []struct{ name, kind, disposition, size, body string }{
		{"foto.png", "image/png", "", "1 kB", "PNG"}, {"brief é.html", "application/octet-stream", "attachment; filename*=utf-8''brief%20%C3%A9.html", "2 kB", strings.Repeat("<", 1025)},
		{"plaat.svg", "application/octet-stream", "attachment; filename=plaat.svg", "1.5 MB", strings.Repeat("x", 3<<19)},
	} {
		w := sim.Workspace()
		file := workspace.Locked(w, func() workspace.File {
			f := w.Files.Add(c.name, workspace.BotUserID)
			f.Receive([]byte(c.body))
			w.Files.Finish(f)
			f.Alt = "In woorden: " + c.name
			w.Channels.Post(w.Channels.Get(klachten), workspace.Message{User: workspace.BotUserID, BotID: workspace.BotID, Text: "x", Files: []workspace.File{f.File}})
			return f.File
		})
		got, body := fetchPage(t, "GET", sim.URL()+"/page/file?id="+file.ID, nil, nil)
		if got.Header.Get("Content-Type") != c.kind || got.Header.Get("Content-Disposition") != c.disposition || body != c.body {
			t.Errorf("%s: %v", c.name, got.Header)
		}
		if got.Header.Get("Content-Security-Policy") != "sandbox; default-src 'none'" || got.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", c.name, got.Header)
		}
		_, page := fetchPage(t, "GET", sim.URL()+"/page/parts?as="+sanne+"&in="+klachten, nil, nil)
		for _, want := range []string{`download="` + c.name + `"`, "<small>" + c.size + "</small>", "/page/file?id=" + file.ID} {
			if !strings.Contains(page, want) {
				t.Errorf("no %q in\n%s", want, page)
			}
		}
		if shown := strings.Contains(page, `alt="In woorden: `+c.name+`"`); shown != (c.kind == "image/png") {
			t.Errorf("%s is shown as a picture: %t", c.name, shown)
		}
	}
}

// TestPage_peopleDeleteTheirOwn messages from the page, and nobody else's: only
// theirs have the choice.
func TestPage_peopleDeleteTheirOwn(t *testing.T) {
	t.Parallel()
	sim, app := newPageSim(t)
	root := app.post(klachten, "Zaak", nil)
	mine, err := sim.As(sanne).Post(t.Context(), klachten, root, "Van mij.")
	simtest.NoError(t, err)
	for _, c := range []struct {
		who     string
		choices int
	}{{sanne, 1}, {marijke, 0}} {
		_, text := fetchPage(t, "GET", sim.URL()+"/page/parts?as="+c.who+"&in="+klachten+"&thread="+root, nil, nil)
		if n := strings.Count(text, "data-delete"); n != c.choices {
			t.Errorf("%s may delete %d messages, want %d", c.who, n, c.choices)
		}
	}
	at := "&in=" + klachten + "&ts="
	if _, said := postPage(t, sim, "/page/delete?as="+marijke+at+mine, nil, nil); said.Notice == "" || len(sim.Thread(klachten, root)) != 1 {
		t.Errorf("somebody else deletes it: %+v", said)
	}
	if _, said := postPage(t, sim, "/page/delete?as="+sanne+at+mine, nil, nil); said.Notice != "" || len(sim.Thread(klachten, root)) != 0 {
		t.Errorf("the writer does not: %+v", said)
	}
}

// TestPage_permalinksOpenOnThePage: a message in its thread, a file; what is of no
// workspace, or no permalink, stays as it is.
func TestPage_permalinksOpenOnThePage(t *testing.T) {
	t.Parallel()
	sim, _ := newPageSim(t)
	for link, want := range map[string]string{
		"/archives/C0000000001/p1700000000000100":                             page.PageAddress(sanne, klachten, "1700000000.000100"),
		"/archives/C0000000001/p1700000000000200?thread_ts=1700000000.000100": page.PageAddress(sanne, klachten, "1700000000.000100"),
		"/archives/C0000000001/p17":                                           "", "/archives/": "", "/archives/C1?%zz": "", "/somewhere": "", "/": "",
		"/files/U0000000001/F0NONE/a.png": "",
	} {
		if got := page.PageLinkFor(sim.Reader, sanne, sim.URL()+link); got != want {
			t.Errorf("%s leads to %q, want %q", link, got, want)
		}
	}
	if got := page.PageLinkFor(sim.Reader, sanne, "https://other.example/archives/C1/p1700000000000100"); got != "" {
		t.Errorf("another workspace leads to %q", got)
	}
}

package story_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

func reader(t testing.TB) story.Reader {
	t.Helper()
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return story.Reader{Speak: words.In("nl"), People: handlerstest.People(), Zone: zone}
}

// read reads a message as Slack sends it.
func read(t testing.TB, message string) story.Story {
	t.Helper()
	var m incoming.Message
	if err := json.Unmarshal([]byte(message), &m); err != nil {
		t.Fatal(err)
	}
	return reader(t).Read(t.Context(), m)
}

// left are the kinds that were left out, with how often.
func left(s story.Story) []string {
	var all []string
	for _, o := range s.Left {
		all = append(all, fmt.Sprintf("%s %d %s", o.Part, o.Count, strings.Join(o.Names, ",")))
	}
	return all
}

// TestStory_fromWhereverSlackKeepsIt: each place in which the words of a message
// may stand, and each kind of element.
func TestStory_fromWhereverSlackKeepsIt(t *testing.T) {
	for name, tt := range map[string]struct {
		message, want string
		left          []string
	}{
		"text":   {`{"text":"Boos &amp; <https://x.example|hier>"}`, "Boos & hier (https://x.example)", nil},
		"tokens": {`{"text":"<@U0OFFICER> <@U1|piet> <#C1|hal> <#C2> <!here> <!subteam^S1|@team> <!subteam^S2> <!date^0^{date}|toen> <!date^0^{date}> <mailto:a@b.example?subject=Een vraag|mail>"}`, "@Omar Khalil @piet #hal #C2 @here @team @groep toen 1 januari 1970, 01:00 mail (a@b.example?subject=Een vraag)", nil},
		"nobody": {`{"text":"<@U9> en <@U9>, <@U8>"}`, "@collega en @collega, @collega", []string{"name 2 "}},
		"rich text": {`{"text":"Boos *heel*","blocks":[{"type":"rich_text","elements":[
			{"type":"rich_text_section","elements":[{"type":"text","text":"Boos "},{"type":"text","text":"heel","style":{"bold":true}},{"type":"emoji","name":"cry","unicode":"1f622"},
				{"type":"emoji","name":"artra"},{"type":"user","user_id":"U0OFFICER"},{"type":"channel","channel_id":"C1"},{"type":"usergroup","usergroup_id":"S1"},
				{"type":"broadcast","range":"here"},{"type":"team","team_id":"T1"},{"type":"color","value":"#ff0000"},{"type":"date","timestamp":0,"format":"{date}"},
				{"type":"link","url":"https://x.example","text":"hier"},{"type":"link","url":"https://y.example"}]},
			{"type":"rich_text_list","style":"bullet","indent":0,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"een"}]}]},
			{"type":"rich_text_list","style":"ordered","indent":1,"offset":2,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"drie"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"vier"}]}]},
			{"type":"rich_text_quote","elements":[{"type":"text","text":"zei hij\ntoen"}]},
			{"type":"rich_text_preformatted","elements":[{"type":"text","text":"code"}]}]}]}`,
			"Boos heel😢:artra:@Omar Khalil#C1@groep@here@iedereen#ff00001 januari 1970, 01:00hier (https://x.example)https://y.example\n• een\n    3. drie\n    4. vier\n> zei hij\n> toen\ncode", nil},
		"app blocks": {`{"text":"Nieuw","blocks":[{"type":"header","text":{"type":"plain_text","text":"Klacht &amp; meer"}},{"type":"divider"},
			{"type":"section","text":{"type":"mrkdwn","text":"Van *Noor*"},"fields":[{"type":"mrkdwn","text":"Cursus\nPlanning"}],"accessory":{"type":"button","text":{"type":"plain_text","text":"Open"}}},
			{"type":"context","elements":[{"type":"image","image_url":"x","alt_text":"logo"},{"type":"plain_text","text":"via het formulier"}]},
			{"type":"image","title":{"type":"plain_text","text":"Foto"},"alt_text":"een zaal"},{"type":"actions","elements":[{"type":"button"},{"type":"workflow_button"}]},
			{"type":"input","label":{"type":"plain_text","text":"Vraag"}},{"type":"video","title":{"type":"plain_text","text":"Film"},"title_url":"https://v.example","alt_text":"x"},
			{"type":"markdown","text":"**vet**"},{"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b"}]}]}]]}]}`,
			"Nieuw\nKlacht & meer\nVan *Noor*\nCursus\nPlanning\nlogo via het formulier\nFoto\neen zaal\nVraag\nFilm (https://v.example)\n**vet**\na | b",
			[]string{"buttons 4 ", "picture 2 ", "video 1 "}},
		"a kind of its own": {`{"blocks":[{"type":"call","call":{"v1":{"name":"Overleg","date_end":0}}},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"hologram","text":"zwevend"}]}]}]}`,
			"Overleg\nzwevend", []string{"unknown 2 call,hologram"}},
		"attachment": {`{"text":"","attachments":[{"pretext":"Let op","author_name":"Formulier","title":"Klacht","title_link":"https://f.example/1","text":"De <https://x.example|cursus> viel tegen",
			"fields":[{"title":"Naam","value":"Noor"},{"value":"los"}],"footer":"via de site","fallback":"weg","image_url":"https://i.example","actions":[{"type":"button"}]}]}`,
			"Let op\nFormulier\nKlacht (https://f.example/1)\nDe cursus (https://x.example) viel tegen\nNaam: Noor\nlos\nvia de site", []string{"picture 1 ", "buttons 1 "}},
		"fallback": {`{"attachments":[{"fallback":"alleen dit"}]}`, "alleen dit", nil},
		"shared": {`{"text":"zie dit","attachments":[{"is_share":true,"is_msg_unfurl":true,"author_name":"Noor","text":"de zaal was koud","message_blocks":[{"team":"T1","channel":"C1","ts":"1.2",
			"message":{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"de zaal was koud"}]}]}]}}],
			"files":[{"id":"F1","name":"foto.jpg"}]}]}`, "zie dit\nDoorgestuurd bericht van Noor:\nde zaal was koud", nil},
		"mail": {`{"text":"","files":[{"id":"F1","mode":"email","filetype":"email","subject":"Klacht","from":[{"name":"Noor","address":"noor@example.org"}],"cc":[{"address":"m@example.org"}],
			"headers":{"date":"Tue, 3 Mar 2026"},"plain_text":"Hallo,\r\nhet was koud.","attachments":[{"filename":"foto.jpg","size":3}]}]}`,
			"Van: Noor <noor@example.org>\nCc: m@example.org\nDatum: Tue, 3 Mar 2026\nOnderwerp: Klacht\nHallo,\nhet was koud.", nil},
		"mail without a body": {`{"files":[{"id":"F1","mode":"email","subject":"Klacht","preview_plain_text":"Hallo"}]}`, "Onderwerp: Klacht\nHallo", []string{"mail 1 "}},
		"voice":               {`{"files":[{"id":"F1","name":"a.m4a","transcription":{"status":"complete","preview":{"content":"het was koud","has_more":true}}}]}`, "het was koud", []string{"speech 1 "}},
		"files": {`{"files":[{"id":"F1","mode":"tombstone"},{"id":"F2","mode":"external","name":"drive"},{"id":"F3","name":"groot.zip","size":20000000},{"id":"F4","mode":"hidden_by_limit"},{"mode":"hosted","name":"zonder id"}]}`,
			"", []string{"gone 2 ", "outside 2 drive,zonder id", "large 1 groot.zip"}},
		"nothing as it should be": {`{"text":"x","blocks":{"a":1},"attachments":"y","files":[1,null,{"id":7}]}`, "x", []string{"outside 1 bestand"}},
	} {
		got := read(t, tt.message)
		if got.Text != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", name, got.Text, tt.want)
		}
		if diff := cmp.Diff(tt.left, left(got)); diff != "" {
			t.Errorf("%s: left out (+):\n%s", name, diff)
		}
	}
}

// TestStory_publicReports: messages of which other programs lost the text, as their
// users reported it.
func TestStory_publicReports(t *testing.T) {
	for report, tt := range map[string]struct{ message, want string }{
		"korotovsky/slack-mcp-server#191": {`{"text":"","blocks":[],"attachments":[],"files":[{"id":"F1","filetype":"email","mode":"email","subject":"Meeting Tomorrow","plain_text":"Hi team","from":[{"name":"John Doe","address":"john@example.com"}],"to":[{"name":"Email","original":"Email <c@w.slack.com>"}]}]}`,
			"Van: John Doe <john@example.com>\nOnderwerp: Meeting Tomorrow\nHi team"},
		"NousResearch/hermes-agent#96384": {`{"text":"kijk","attachments":[{"is_msg_unfurl":true,"is_share":true,"author_name":"Noor","text":"","fallback":"[no preview available]","message_blocks":[{"message":{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"het was koud"}]}]}]}}],"files":[{"id":"F1","name":"a.pdf"}]}]}`,
			"kijk\nDoorgestuurd bericht van Noor:\nhet was koud"},
		"slackapi/java-slack-sdk#1179": {`{"attachments":[{"message_blocks":[{"team":"T","channel":"C","ts":"1.2","message":{"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"doorgestuurd"}}]}}],"author_subname":"Piet"}]}`,
			"Doorgestuurd bericht van Piet:\ndoorgestuurd"},
		"slack-go/slack#1539": {`{"text":"","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"Vraag"},"accessory":{"type":"workflow_button","text":{"type":"plain_text","text":"Start"},"workflow":{}}}]}`, "Vraag"},
		"slack-go/slack#579":  {`{"text":"smith has started a meeting","blocks":[{"type":"call","call_id":"R1","call":{"v1":{"id":"R1","name":"Zoom meeting started by smith"}}}]}`, "smith has started a meeting\nZoom meeting started by smith"},
		"argoproj/notifications-engine#466": {`{"text":"","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"hello"}},{"type":"table","rows":[[{"type":"raw_text","text":"a"},{"type":"raw_text","text":"b"}]]},{"type":"markdown","text":"# kop"}]}`,
			"hello\na | b\n# kop"},
		"thomasloupe/Slackord#91":        {`{"text":"vraag <@U0OFFICER>"}`, "vraag @Omar Khalil"},
		"pocka/slack-message-parser#13":  {`{"text":"<mailto:?subject=Job Opening - NY&amp;body=Hi,%0D%0A I found a job|Share with colleagues>"}`, "Share with colleagues (?subject=Job Opening - NY&body=Hi,%0D%0A I found a job)"},
		"cakekindel/slack-blocks-rs#170": {`{"text":"foobar","blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"foobar"}]}]}]}`, "foobar"},
	} {
		if got := read(t, tt.message).Text; got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", report, got, tt.want)
		}
	}
}

// TestStory_textBesideBlocks: the text that Slack makes of blocks is not told
// twice, and the one that says more than they do is not lost.
func TestStory_textBesideBlocks(t *testing.T) {
	block := `"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Noor* is boos"}}]`
	for text, want := range map[string]string{
		"Noor is boos": "*Noor* is boos", "": "*Noor* is boos", "_Noor_": "*Noor* is boos",
		"Noor is heel boos": "Noor is heel boos\n*Noor* is boos", "Noor Noor": "Noor Noor\n*Noor* is boos", "*Noor* is boos :rage:": "*Noor* is boos", "1. Noor": "*Noor* is boos",
	} {
		if got := read(t, fmt.Sprintf(`{"text":%q,%s}`, text, block)).Text; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestStory_deep: messages within messages end somewhere, and that is said.
func TestStory_deep(t *testing.T) {
	message := `{"text":"binnenste"}`
	for range 12 {
		message = `{"text":"laag","attachments":[{"message_blocks":[{"message":` + message + `}]}]}`
	}
	got := read(t, message)
	if strings.Contains(got.Text, "binnenste") || len(got.Left) != 1 || got.Left[0].Part != story.Deep {
		t.Errorf("%q, %v", got.Text, left(got))
	}
}

// TestStory_offersFiles: the files of a message and those of an e-mail, ten of
// them, each once; the rest is named.
func TestStory_offersFiles(t *testing.T) {
	var files []string
	for i := range 9 {
		files = append(files, fmt.Sprintf(`{"id":"F%d","name":"%d.pdf","size":1}`, i, i))
	}
	files = append(files, files[0], `{"id":"FM","mode":"email","subject":"s","plain_text":"t","attachments":[{"filename":"a.pdf"},{"filename":"b.pdf"},{"filename":"groot.zip","size":11000000}]}`)
	got := read(t, `{"files":[`+strings.Join(files, ",")+`]}`)
	if n := len(got.Files); n != workflow.MaxAttachments || got.Files[9] != (story.File{ID: "FM#0", Name: "a.pdf"}) {
		t.Errorf("%d files: %v", n, got.Files)
	}
	if want := []string{"too_many 1 b.pdf", "large 1 groot.zip"}; !slices.Equal(left(got), want) {
		t.Errorf("left out %v, want %v", left(got), want)
	}
	long := story.Story{Files: []story.File{{ID: "F1", Name: strings.Repeat("é", 200) + ".docx"}}}
	if raw, _ := json.Marshal(long.Offer(reader(t).Speak)); !strings.Contains(string(raw), `.docx"`) || strings.Contains(string(raw), strings.Repeat("é", 75)) {
		t.Errorf("a long name: %s", raw)
	}
}

// TestSentences_everyPart: each kind has its sentence in both languages, and what
// a file is called stays inert.
func TestSentences_everyPart(t *testing.T) {
	words, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range workflow.Languages() {
		for _, p := range []story.Part{
			story.Picture, story.Video, story.Buttons, story.Unknown, story.Deep, story.Name, story.MailBody, story.Speech,
			story.Gone, story.Outside, story.Large, story.TooMany,
		} {
			for count := 1; count <= 2; count++ {
				got := story.Sentences(words.In(lang), []story.Omitted{{Part: p, Count: count, Names: []string{"<!channel>"}}})[0]
				if strings.HasPrefix(got, "story.") || strings.Contains(got, "<!") || strings.Contains(got, "{{") {
					t.Errorf("%s %s %d: %s", lang, p, count, got)
				}
			}
		}
	}
}

// FuzzStory: whatever a message holds, it is read; the words of what a person
// typed are in the story, which is clean; and the form made of it fits.
func FuzzStory(f *testing.F) {
	f.Add(`x`, `[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","offset":1e300,"elements":[{"type":"rich_text_section","elements":[{"type":"date","timestamp":1e300}]}]}]}]`, `[]`, `[]`)
	f.Add(`<!date^x>`, `[{"type":"table","rows":[[1,{"text":"a"}]]}]`, `[{"attachments":[{"message":{"files":[{}]}}]}]`, `[{"mode":"email","attachments":[{}]}]`)
	f.Add(``, ``, ``, `[{"id":"F1","name":"\u202e"},{"id":"F2","mode":"external","name":"`+strings.Repeat("*", 300)+`"}]`)
	f.Add(`<@>`, `[{"type":"emoji","unicode":"ffffffff-d800"}]`, `[{"is_share":true,"author_id":"U1"}]`, `[{"id":"F","name":"\u202e"}]`)
	r := reader(f)
	f.Fuzz(func(t *testing.T, text, blocks, attachments, files string) {
		got := r.Read(t.Context(), incoming.Message{
			Text: text, Blocks: json.RawMessage(blocks), Attachments: json.RawMessage(attachments), Files: json.RawMessage(files),
		})
		if contact.Clean(got.Text) != got.Text {
			t.Errorf("not clean: %q", got.Text)
		}
		if len(got.Files) > workflow.MaxAttachments {
			t.Errorf("%d files", len(got.Files))
		}
		for _, f := range got.Files {
			if f.ID == "" || f.Name == "" || len(f.ID) > 150 {
				t.Errorf("offers %q, %q", f.ID, f.Name)
			}
		}
		if said := strings.Join(story.Sentences(r.Speak, got.Left), "\n• "); kit.Length(said) > 2500 {
			t.Errorf("remarks of %d units", kit.Length(said))
		}
		if blocks == "" && attachments == "" && files == "" && !strings.ContainsAny(text, "<>&|") && got.Text != contact.Clean(text) {
			t.Errorf("%q became %q", text, got.Text)
		}
	})
}

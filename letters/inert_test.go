package letters

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// FuzzInert checks that whatever people typed stays what they typed: a letter
// keeps its fixed paragraphs, and a name or offering adds no line.
func FuzzInert(f *testing.F) {
	l, err := loadAll()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"Jan", "{{.Name}}", "{{template \"closing\" .}}", "<!channel>", "a\n\nb", "\u202egnorw", "x\x00y", "\xff"} {
		f.Add(s, s, s)
	}
	plain, err := l.Draft(Acknowledgement, "nl", sample())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name, offering, body string) {
		d := sample()
		d.Name, d.Offering = workflow.Confidential(name), offering
		draft, err := l.Draft(Acknowledgement, "nl", d)
		if err != nil {
			t.Fatal(err)
		}
		if draft.After != plain.After {
			t.Error("a name changed the fixed paragraphs")
		}
		if strings.Count(draft.Before, "\n") != strings.Count(plain.Before, "\n") {
			t.Error("a name or offering added a line")
		}
		text, err := l.Compose(Acknowledgement, "nl", d, body)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(text, plain.After+"\n") {
			t.Error("the body changed what comes after it")
		}
		subject, mailed := Split(text)
		if subject != plain.Subject || subject+paragraph+mailed != text {
			t.Error("subject and text are not the letter")
		}
	})
}

// FuzzEveryLetter puts hostile texts wherever people type, in every letter: it
// is always made, nobody types into its subject, and as HTML it has the tags
// of the frame alone.
func FuzzEveryLetter(f *testing.F) {
	l, err := loadAll()
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{
		"Jan", "{{.Firm}}", `{{end}}{{define "after"}}`, "a\r\nBcc: x@example.com\r\n\r\nb",
		"<script>alert(1)</script>", "<p>", "&lt;", "\u2028", "\xff\x00",
	} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, name, long, body string) {
		d := sample()
		d.Name, d.Offering, d.Handler = workflow.Confidential(name), name, name
		d.Outcome, d.Remedy = workflow.Confidential(long), workflow.Confidential(long)
		d.Reason = workflow.Confidential("x " + long)
		for _, k := range Kinds() {
			plain, err := l.Draft(k, "nl", sample())
			if err != nil {
				t.Fatal(err)
			}
			text, err := l.Compose(k, "nl", d, body)
			if err != nil {
				t.Fatal(err)
			}
			subject, mailed := Split(text)
			if subject != plain.Subject {
				t.Errorf("%s: somebody typed into the subject", k)
			}
			page, err := HTML(mailed, "nl")
			if err != nil {
				t.Fatal(err)
			}
			if read := readPage(t, page); strings.ContainsAny(read, "<>") {
				t.Errorf("%s: a text is not inert as HTML", k)
			}
		}
	})
}

// readPage takes the tags of the frame off a page; what is left is the letter
// as it was escaped.
func readPage(t *testing.T, page string) string {
	t.Helper()
	_, body, ok := strings.Cut(page, "40em\">\n")
	if !ok {
		t.Fatal("the page begins otherwise")
	}
	body = strings.TrimSuffix(body, "\n</body>\n</html>\n")
	return strings.NewReplacer("<br>\n", "\n", "</p>\n<p>", "\n\n", "<p>", "", "</p>", "").Replace(body)
}

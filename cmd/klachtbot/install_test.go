package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/mail/mailtest"
)

// promised are the headings of the steps of an installation page, each with what
// it promises that doctor says.
func promised(t *testing.T, page string) (headings []string, says [][]*regexp.Regexp) {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + page)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			headings, says = append(headings, heading), append(says, nil)
		}
		if sentence, ok := strings.CutPrefix(line, "> "); ok {
			pattern := strings.ReplaceAll(regexp.QuoteMeta(sentence), "…", ".+")
			says[len(says)-1] = append(says[len(says)-1], regexp.MustCompile("^"+pattern+"$"))
		}
	}
	return headings, says
}

// TestInstall_doctorFollowsThePage: what the program says of a whole installation
// is what the page promises, step by step, in both languages; the page leaves no
// check out. Slack need not say which scopes it granted.
func TestInstall_doctorFollowsThePage(t *testing.T) {
	t.Parallel()
	server := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "klachtbot", Password: "geheim-wachtwoord"})
	o := newProgramTest(t, "sqlite", "KLACHTBOT_SMTP_URL="+server.URL(""), "KLACHTBOT_MAIL_FROM=artra <klachten@example.com>",
		"KLACHTBOT_DIRECTORS_CHANNEL="+demoDirectors,
		"KLACHTBOT_COMMITTEE_MEMBER=yes", "KLACHTBOT_PRIVACY_URL=https://www.artra.example/privacy")
	for lang, page := range map[string]string{"nl": "install.md", "en": "install.en.md"} {
		o.env = append(o.env, "KLACHTBOT_LANGUAGE="+lang)
		out, code := o.command("doctor")
		if code != 0 {
			t.Fatalf("%s: %d\n%s", lang, code, out)
		}
		headings, says := promised(t, page)
		lines := strings.Split(strings.TrimSpace(out), "\n")
		for step, all := range says {
			for _, sentence := range all {
				switch {
				case len(lines) > 0 && sentence.MatchString(lines[0]):
					lines = lines[1:]
				case !strings.Contains(sentence.String(), "scopes") && !strings.Contains(sentence.String(), "scope it needs"):
					t.Errorf("%s, %s: doctor does not say %s then, but %q", page, headings[step], sentence, lines)
				}
			}
		}
		if len(lines) > 0 {
			t.Errorf("%s does not promise %q", page, lines)
		}
	}
}

// TestInstall_pagesAgree: both languages have the same steps, with the same
// settings, commands and addresses in each.
func TestInstall_pagesAgree(t *testing.T) {
	literal := regexp.MustCompile("`[^`]+`|\\*\\*[^*]+\\*\\*|<https:[^>]+>")
	language := regexp.MustCompile(`--language (nl|en)\b`) // each page names its own, and the other one
	steps := func(page string) (all [][]string) {
		text, err := os.ReadFile("../../docs/" + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range strings.Split(string(text), "\n## ")[1:] {
			found := literal.FindAllString(language.ReplaceAllString(step, "--language …"), -1)
			slices.Sort(found)
			all = append(all, slices.Compact(found))
		}
		return all
	}
	nl, en := steps("install.md"), steps("install.en.md")
	for _, one := range [][][]string{nl, en} {
		for i := range one {
			one[i] = slices.DeleteFunc(one[i], func(s string) bool { return s == "`klachten`" || s == "`complaints`" })
		}
	}
	if diff := cmp.Diff(nl, en); diff != "" {
		t.Errorf("the pages differ (-nl +en):\n%s", diff)
	}
}

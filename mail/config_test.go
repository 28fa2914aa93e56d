package mail

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParse_settings(t *testing.T) {
	for _, test := range []struct{ url, addr, auth string }{
		{"smtp://smtp.example.com", "smtp.example.com:587", ""},
		{"smtps://u:p@smtp.example.com", "smtp.example.com:465", "auto"},
		{"smtp://smtp.b\u00fccher.example", "smtp.xn--bcher-kva.example:587", ""},
		{"smtp://u:p@[::1]:25?auth=xoauth2", "::1:25", "xoauth2"},
		{"smtp://u%40example.com:p%3F@smtp.example.com:2525/", "smtp.example.com:2525", "auto"},
	} {
		c, err := Parse(test.url)
		if err != nil {
			t.Fatal(err)
		}
		if c.host+":"+c.port != test.addr || c.auth != test.auth || c.implicit != strings.HasPrefix(test.url, "smtps") {
			t.Errorf("%s:%s with %q", c.host, c.port, c.auth)
		}
	}
}

// TestParse_refuses: each with a reason, and none repeats what was typed.
func TestParse_refuses(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "secret.pem")
	if err := os.WriteFile(empty, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for url, says := range map[string]string{
		"":                                                   "URL like",
		"smtp.example.com:587":                               "URL like",
		"https://u:secret@smtp.example.com":                  "URL like",
		"smtp://u:secret%zz@smtp.example.com":                "URL like",
		"smtp://u:sec/ret@smtp.example.com":                  "URL like",
		"smtp://u:secret@:587":                               "URL like",
		"smtp://u:secret@example.com:0":                      "port",
		"smtp://u:secret@example.com:70000":                  "port",
		"smtp://u:secret@example.com/secret":                 "after the host",
		"smtp://u:secret@example.com#secret":                 "after the host",
		"smtp://u:secret@example.com?x=secret":               "after the ?",
		"smtp://u:secret@example.com?secret":                 "after the ?",
		"smtp://u:secret@example.com?auth=%zz":               "after the ?",
		"smtp://u:secret@example.com?auth=no":                "auth= is not one of",
		"smtp://example.com?auth=plain":                      "no user",
		"smtp://:secret@example.com":                         "no user",
		"smtp://u@example.com":                               "password",
		"smtp://u:secret@example.com?password-file=" + empty: "either",
		"smtp://u@example.com?password-file=/secret/nowhere": "password-file=: no such file",
		"smtp://u:secret@example.com?ca=/secret/nowhere":     "ca=: no such file",
		"smtp://u:secret@example.com?ca=" + empty:            "no certificate",
	} {
		_, err := Parse(url)
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q does not say %q", err, says)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Error("the mistake repeats a secret")
		}
	}
}

func TestParse_sender(t *testing.T) {
	for text, want := range map[string]string{
		"klachten@artra.example":                        "artra.example",
		"artra, klachten <klachten@artra.example>":      "",
		`"artra, klachten" <klachten@artra.example>`:    "artra.example",
		"Klachten <klachten@artra.example>":             "artra.example",
		"":                                              "",
		"klachten":                                      "",
		"a@artra.example, b@artra.example":              "",
		"kláchten@artra.example":                        "",
		"artra <klachten@artra.example>\r\nBcc: x@y.nl": "",
	} {
		s, err := ParseSender(text)
		if (err == nil) != (want != "") || err == nil && s.domain() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestConfig_neverPrintsThePassword, however deep the value that is printed.
func TestConfig_neverPrintsThePassword(t *testing.T) {
	p := client(t, "smtp://u:hunter2@smtp.example.com")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		for _, value := range []any{p, *p, p.server, []any{p.server}, letter()} {
			if said := fmt.Sprintf(verb, value); strings.Contains(said, "hunter2") || strings.Contains(said, "jan@") {
				t.Errorf("%s of %T prints a secret", verb, value)
			}
		}
	}
}

// FuzzParse: any text is a server or a reason, and a reason has no piece of a
// password in it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"p", "p/w", "p?w", "p#w", "p@w", "%", " ", "\x00", "é", ":@/?#[]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, password string) {
		if _, err := Parse("smtp://u:SECRET" + password + "@smtp.example.com:587"); err != nil && strings.Contains(err.Error(), "SECRET") {
			t.Error("the mistake repeats the password")
		}
	})
}

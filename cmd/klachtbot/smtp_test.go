package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/mail/mailtest"
)

// TestDoctor_mailServer with the real program and a real server: it
// works, it refuses the password, it is gone. No letter goes out by it, and
// the password from its file shows nowhere.
func TestDoctor_mailServer(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "klachtbot", Password: "hunter2"})
	file := filepath.Join(t.TempDir(), "smtp")
	o := newProgramTest(t, "sqlite", "KLACHTBOT_SMTP_URL_FILE="+file, "KLACHTBOT_MAIL_FROM=klachten@artra.example")
	for _, test := range []struct {
		name, url, says string
		before          func()
	}{
		{"works", server.URL(""), "✓ De mailserver is bereikbaar", func() {}},
		{"password", strings.Replace(server.URL(""), "hunter2", "hunter3", 1), "✗ De mailserver weigert", func() {}},
		{"gone", server.URL(""), "✗ De mailserver is niet bereikbaar", server.Stop},
	} {
		test.before()
		if err := os.WriteFile(file, []byte(test.url+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		out, code := o.command("doctor")
		if !strings.Contains(out, test.says) || strings.Contains(out, "hunter") {
			t.Errorf("%s: doctor says\n%s", test.name, out)
		}
		if ill := strings.HasPrefix(test.says, "✗"); (code != 0) != ill {
			t.Errorf("%s: exit code %d", test.name, code)
		}
	}
	if n := len(server.Letters()); n > 0 {
		t.Errorf("%d letters went out", n)
	}
}

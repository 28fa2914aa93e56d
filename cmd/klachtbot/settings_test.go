package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"

	"github.com/artra/klachtbot/workflow"
)

// good returns settings that are right, with some of them replaced.
func good(t *testing.T, edit func(*settings)) settings {
	t.Helper()
	var s settings
	if err := kong.ApplyDefaults(&s); err != nil {
		t.Fatal(err)
	}
	s.BotToken, s.AppToken, s.CaseChannel, s.Officers = "xoxb-1", "xapp-1", "C0CASES", "U0A, U0B"
	edit(&s)
	return s
}

func TestSettings_defaults(t *testing.T) {
	c, err := good(t, func(*settings) {}).check()
	if err != nil {
		t.Fatal(err)
	}
	if c.policy.Terms != workflow.DefaultTerms() {
		t.Errorf("terms %+v", c.policy.Terms)
	}
	cal := c.policy.Calendar
	if cal.Location.String() != "Europe/Amsterdam" || cal.Opens != 540 || cal.Closes != 1020 || cal.EveryDay {
		t.Errorf("calendar %+v", cal)
	}
	if c.pace != time.Second || c.sockets != 2 || c.offset != 0 || c.Database != "sqlite:klachtbot.db" || c.KeyFile != "klachtbot.key" {
		t.Errorf("pace %v, sockets %d, offset %v, %s, %s", c.pace, c.sockets, c.offset, c.Database, c.KeyFile)
	}
	if c.firm.Name != "artra" || len(c.firm.Contact) != 2 || len(c.firm.Committee) != 3 {
		t.Errorf("firm %+v", c.firm)
	}
}

func TestSettings_right(t *testing.T) {
	for name, edit := range map[string]func(*settings){
		"the whole day":        func(s *settings) { s.ReminderHours, s.ReminderDays = "00:00-24:00", "all" },
		"pace 0 on loopback":   func(s *settings) { s.Pace, s.APIURL = "0", "http://127.0.0.1:1/api/" },
		"offset on loopback":   func(s *settings) { s.ClockOffset, s.APIURL = "96h", "http://[::1]:1/api/" },
		"PostgreSQL":           func(s *settings) { s.Database = "postgres://u@localhost/db?sslmode=disable" },
		"an old group channel": func(s *settings) { s.CaseChannel = "G012345" },
		"a directors' channel": func(s *settings) { s.DirectorsChannel = "C0BOARD" },
		"of the committee":     func(s *settings) { s.Member = "yes" },
		"not of the committee": func(s *settings) { s.Member = "no" },
		"a privacy statement":  func(s *settings) { s.PrivacyURL = "https://www.artra.example/privacy?taal=nl#klachten" },
		"a mail server":        func(s *settings) { s.SMTPURL, s.MailFrom = "smtps://u:p@mail.example.com", "artra <k@artra.example>" },
		"kept from receipt":    func(s *settings) { s.RetentionFrom = "received" },
		"weekdays":             func(s *settings) { s.Weekdays = "U0A=ma-wo; U0B=thu fri" },
		"extra days":           func(s *settings) { s.ExtraDays = "2026-12-24, 2026-12-31" },
	} {
		if _, err := good(t, edit).check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSettings_wrong also checks that a mistake never repeats a secret.
func TestSettings_wrong(t *testing.T) {
	for _, test := range []struct {
		name string
		edit func(*settings)
	}{
		{"SLACK_BOT_TOKEN", func(s *settings) { s.BotToken = "xapp-secret" }},
		{"SLACK_APP_TOKEN", func(s *settings) { s.AppToken = "xoxb-secret" }},
		{"SLACK_API_URL", func(s *settings) { s.APIURL = "http://slack.example.com/api/" }},
		{"SLACK_API_URL", func(s *settings) { s.APIURL = "https://slack.com/api" }},
		{"SLACK_API_URL", func(s *settings) { s.APIURL = "slack" }},
		{"KLACHTBOT_CASE_CHANNEL", func(s *settings) { s.CaseChannel = "#klachten" }},
		{"KLACHTBOT_OFFICERS", func(s *settings) { s.Officers = "" }},
		{"KLACHTBOT_OFFICERS", func(s *settings) { s.Officers = "omar" }},
		{"KLACHTBOT_OFFICERS", func(s *settings) { s.Officers = "U0A,U0A" }},
		{"KLACHTBOT_DIRECTORS", func(s *settings) { s.Directors = "dirk" }},
		{"KLACHTBOT_DIRECTORS_CHANNEL", func(s *settings) { s.DirectorsChannel = "directie" }},
		{"KLACHTBOT_DIRECTORS_CHANNEL", func(s *settings) { s.DirectorsChannel = s.CaseChannel }},
		{"KLACHTBOT_WEEKDAYS", func(s *settings) { s.Weekdays = "U0X=ma" }},
		{"DATABASE_URL", func(s *settings) { s.Database = "mysql://secret" }},
		{"DATABASE_URL", func(s *settings) { s.Database = "klachtbot.db" }},
		{"KLACHTBOT_KEY_FILE", func(s *settings) { s.KeyFile = "" }},
		{"KLACHTBOT_TIMEZONE", func(s *settings) { s.Timezone = "Amsterdam" }},
		{"KLACHTBOT_LANGUAGE", func(s *settings) { s.Language = "de" }},
		{"KLACHTBOT_LETTERS", func(s *settings) { s.Letters = "nowhere" }},
		{"KLACHTBOT_COMMITTEE_MEMBER", func(s *settings) { s.Member = "ja" }},
		{"KLACHTBOT_COMMITTEE_MEMBER", func(s *settings) { s.Member = "YES" }},
		{"KLACHTBOT_COMMITTEE_MEMBER", func(s *settings) { s.Member, s.Committee = "yes", " ; " }},
		{"KLACHTBOT_PRIVACY_URL", func(s *settings) { s.PrivacyURL = "www.artra.example/privacy" }},
		{"KLACHTBOT_PRIVACY_URL", func(s *settings) { s.PrivacyURL = "javascript:alert(1)" }},
		{"KLACHTBOT_PRIVACY_URL", func(s *settings) { s.PrivacyURL = "https://user:secret@artra.example/" }},
		{"KLACHTBOT_PRIVACY_URL", func(s *settings) { s.PrivacyURL = "https://artra.example/onze privacy" }},
		{"KLACHTBOT_PRIVACY_URL", func(s *settings) { s.PrivacyURL = "https://localhost/privacy" }},
		{"KLACHTBOT_FONT_DIR", func(s *settings) { s.FontDir = "nowhere" }},
		{"KLACHTBOT_LOGO_FILE", func(s *settings) { s.LogoFile = "nowhere.png" }},
		{"KLACHTBOT_SMTP_URL", func(s *settings) { s.MailFrom = "klachten@artra.example" }},
		{"KLACHTBOT_SMTP_URL", func(s *settings) { s.SMTPURL, s.MailFrom = "smtp://u:secret@", "klachten@artra.example" }},
		{"KLACHTBOT_MAIL_FROM", func(s *settings) { s.SMTPURL = "smtp://u:secret@mail.example.com" }},
		{"KLACHTBOT_MAIL_FROM", func(s *settings) { s.SMTPURL, s.MailFrom = "smtp://u:secret@mail.example.com", "klachten" }},
		{"KLACHTBOT_REMINDER_DAYS", func(s *settings) { s.ReminderDays = "some" }},
		{"KLACHTBOT_REMINDER_HOURS", func(s *settings) { s.ReminderHours = "9-17" }},
		{"KLACHTBOT_REMINDER_HOURS", func(s *settings) { s.ReminderHours = "17:00-09:00" }},
		{"KLACHTBOT_REMINDER_HOURS", func(s *settings) { s.ReminderHours = "09:00-24:30" }},
		{"KLACHTBOT_LOG_LEVEL", func(s *settings) { s.LogLevel = "loud" }},
		{"KLACHTBOT_PACE", func(s *settings) { s.Pace = "0" }},
		{"KLACHTBOT_PACE", func(s *settings) { s.Pace = "-1s" }},
		{"KLACHTBOT_PACE", func(s *settings) { s.Pace = "fast" }},
		{"KLACHTBOT_SOCKETS", func(s *settings) { s.Sockets = "11" }},
		{"KLACHTBOT_CLOCK_OFFSET", func(s *settings) { s.ClockOffset = "24h" }},
		{"KLACHTBOT_EXTRA_DAYS", func(s *settings) { s.ExtraDays = "24-12-2026" }},
		{"KLACHTBOT_ACKNOWLEDGE_DAYS", func(s *settings) { s.AcknowledgeDays = "0" }},
		{"KLACHTBOT_OUTCOME_MONTHS", func(s *settings) { s.OutcomeMonths = "een" }},
		{"KLACHTBOT_RETENTION_MONTHS", func(s *settings) { s.RetentionMonths = "" }},
		{"KLACHTBOT_RETENTION_FROM", func(s *settings) { s.RetentionFrom = "logged" }},
	} {
		_, err := good(t, test.edit).check()
		if err == nil || !strings.HasPrefix(err.Error(), test.name+": ") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", test.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the mistake repeats a secret", test.name)
		}
	}
}

func TestSettings_everyMistakeAtOnce(t *testing.T) {
	_, err := settings{}.check()
	for _, name := range []string{
		"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "DATABASE_URL", "KLACHTBOT_CASE_CHANNEL",
		"KLACHTBOT_OFFICERS", "KLACHTBOT_KEY_FILE", "KLACHTBOT_TIMEZONE", "KLACHTBOT_LANGUAGE", "KLACHTBOT_PACE",
		"KLACHTBOT_SOCKETS", "KLACHTBOT_CLOCK_OFFSET", "KLACHTBOT_REMINDER_DAYS", "KLACHTBOT_REMINDER_HOURS",
	} {
		if !strings.Contains(err.Error(), name+": ") {
			t.Errorf("%s is not among the mistakes", name)
		}
	}
}

func TestSettings_secretsFromFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("xoxb-from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	parse := func() (settings, error) {
		var s settings
		parser, err := kong.New(&s, kong.Resolvers(kong.ResolverFunc(fromFile)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = parser.Parse(nil)
		return s, err
	}
	t.Setenv("SLACK_BOT_TOKEN_FILE", path)
	if s, err := parse(); err != nil || s.BotToken != "xoxb-from-file" {
		t.Errorf("token %q, %v", s.BotToken, err)
	}
	t.Setenv("SLACK_BOT_TOKEN_FILE", path+".gone")
	if _, err := parse(); err == nil || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN_FILE") {
		t.Errorf("a file that is not there: %v", err)
	}
}

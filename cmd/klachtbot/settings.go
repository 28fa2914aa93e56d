package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// settings are the bot's settings as typed: environment or flag (design
// section 5). They are strings, so that check can report every mistake at
// once instead of the first one that does not parse.
type settings struct {
	BotToken         string `name:"slack-bot-token" env:"SLACK_BOT_TOKEN" help:"Bot token, xoxb-…; or SLACK_BOT_TOKEN_FILE."`
	AppToken         string `name:"slack-app-token" env:"SLACK_APP_TOKEN" help:"App-level token with connections:write, xapp-…; or SLACK_APP_TOKEN_FILE."`
	APIURL           string `name:"slack-api-url" env:"SLACK_API_URL" default:"https://slack.com/api/" help:"Slack's Web API."`
	CaseChannel      string `env:"KLACHTBOT_CASE_CHANNEL" help:"Id of the private case channel."`
	Officers         string `env:"KLACHTBOT_OFFICERS" help:"User ids of the officers: the first handles new cases, the others are deputies in order."`
	Directors        string `env:"KLACHTBOT_DIRECTORS" help:"User ids of the directors."`
	DirectorsChannel string `env:"KLACHTBOT_DIRECTORS_CHANNEL" help:"Id of a private channel for the directors; without it each gets a direct message."`
	Weekdays         string `env:"KLACHTBOT_WEEKDAYS" help:"On which days officers and directors work, for example U0OMAR=ma-wo;U0LOTTE=thu fri; every working day without."`
	HTTPAddr         string `name:"http-addr" env:"KLACHTBOT_HTTP_ADDR" help:"Serve /healthz, /readyz and /metrics here, for example 127.0.0.1:9090."`
	Pace             string `env:"KLACHTBOT_PACE" default:"1s" help:"Gap between posts in one channel after a burst of three."`
	Sockets          string `env:"KLACHTBOT_SOCKETS" default:"2" help:"Sockets per process, 1 to 10."`

	register
	procedure
	firm
	smtp
}

// register are the settings of what is kept.
type register struct {
	Database     string `name:"database-url" env:"DATABASE_URL" default:"sqlite:klachtbot.db" help:"sqlite:PATH or postgres://…; or DATABASE_URL_FILE."`
	KeyFile      string `env:"KLACHTBOT_KEY_FILE" default:"klachtbot.key" help:"File with the master keys."`
	StateFile    string `env:"KLACHTBOT_STATE_FILE" placeholder:"PATH" help:"File for what must outlive a restore of the database; klachtbot.state beside the key file without."`
	DatabaseWait string `env:"KLACHTBOT_DATABASE_WAIT" default:"2m" help:"How long a start waits for the database."`
	LogLevel     string `env:"KLACHTBOT_LOG_LEVEL" default:"info" help:"debug, info, warn or error."`

	throwaway   bool // gone at the end: nobody needs a copy of the key
	newRegister bool // an empty register is meant to replace the one that the key served
}

// procedure are the settings of the regulation itself.
type procedure struct {
	Timezone        string `env:"KLACHTBOT_TIMEZONE" default:"Europe/Amsterdam" help:"Zone of all dates and hours."`
	Language        string `env:"KLACHTBOT_LANGUAGE" default:"nl" help:"What channels read: nl or en."`
	ReminderDays    string `env:"KLACHTBOT_REMINDER_DAYS" default:"working" help:"Remind on working days, or on all."`
	ReminderHours   string `env:"KLACHTBOT_REMINDER_HOURS" default:"09:00-17:00" help:"Remind between these hours."`
	ClockOffset     string `env:"KLACHTBOT_CLOCK_OFFSET" default:"0s" help:"Added to the procedure's clock, to rehearse deadlines; only with a SLACK_API_URL on this machine."`
	AcknowledgeDays string `env:"KLACHTBOT_ACKNOWLEDGE_DAYS" default:"5" help:"Days to acknowledge a complaint."`
	OutcomeMonths   string `env:"KLACHTBOT_OUTCOME_MONTHS" default:"1" help:"Months to settle a complaint."`
	ConfirmDays     string `env:"KLACHTBOT_CONFIRM_DAYS" default:"5" help:"Days to confirm the outcome."`
	ComplainDays    string `env:"KLACHTBOT_COMPLAIN_DAYS" default:"14" help:"Days to complain after the incident; later is flagged, never refused."`
	RetentionMonths string `env:"KLACHTBOT_RETENTION_MONTHS" default:"24" help:"Months that a complaint is kept, and may be dated back."`
	RetentionFrom   string `env:"KLACHTBOT_RETENTION_FROM" default:"closed" help:"Those months count from when it was closed, or received."`
	ExtraDays       string `env:"KLACHTBOT_EXTRA_DAYS" help:"Non-working days beside the Dutch ones, for example 2026-12-24,2026-12-31."`
}

// firm are the settings of what letters say about who writes.
type firm struct {
	FirmName       string `env:"KLACHTBOT_FIRM_NAME" default:"artra" help:"Name of the firm in letters."`
	FirmContact    string `env:"KLACHTBOT_FIRM_CONTACT" default:"026 – 333 75 72; artra@artra.nl" help:"Contact lines in letters, separated by semicolons."`
	Committee      string `env:"KLACHTBOT_COMMITTEE" default:"Geschillencommissie Algemeen; Postbus 90600, 2509 LP Den Haag; www.degeschillencommissie.nl" help:"Dispute committee, lines separated by semicolons."`
	Member         string `name:"committee-member" env:"KLACHTBOT_COMMITTEE_MEMBER" placeholder:"yes|no" help:"Whether the firm takes part in the dispute committee; the outcome letter has to say it."`
	PrivacyURL     string `name:"privacy-url" env:"KLACHTBOT_PRIVACY_URL" placeholder:"URL" help:"Privacy statement, named in the first letter."`
	Letters        string `env:"KLACHTBOT_LETTERS" placeholder:"DIR" help:"Folder with letters of your own, such as outcome.nl.tmpl, in place of the built-in ones."`
	FontDir        string `env:"KLACHTBOT_FONT_DIR" placeholder:"DIR" help:"Folder with fonts (.ttf) for names in PDFs that the built-in one lacks, such as Chinese."`
	LogoFile       string `env:"KLACHTBOT_LOGO_FILE" placeholder:"PATH" help:"Logo on letters for the post, a PNG or JPEG picture."`
	Confidant      string `env:"KLACHTBOT_CONFIDANT" placeholder:"TEXT" help:"Confidential adviser, name and telephone, for who logs a complaint about conduct to pass on."`
	OutsideContact string `env:"KLACHTBOT_OUTSIDE_CONTACT" default:"Geschillencommissie Algemeen, www.degeschillencommissie.nl" help:"Whom to turn to when nobody in the firm may handle a complaint."`
}

// smtp are the settings of mailing letters from Slack; without them an officer
// copies a letter and says how it was sent.
type smtp struct {
	SMTPURL  string `name:"smtp-url" env:"KLACHTBOT_SMTP_URL" help:"Mail server for letters, smtp:// or smtps://user:password@host:port; or KLACHTBOT_SMTP_URL_FILE."`
	MailFrom string `env:"KLACHTBOT_MAIL_FROM" help:"Address that letters come from, for example artra <klachten@artra.nl>."`
}

// config is what the settings mean.
type config struct {
	settings
	policy   workflow.Policy
	words    *texts.Catalogue
	letters  *letters.Letters
	firm     letters.Firm
	faces    *typeface.Faces
	logo     *paper.Logo  // nil for none
	mail     *mail.Client // nil when letters are not mailed
	pace     time.Duration
	sockets  int
	offset   time.Duration
	level    slog.Level
	location *time.Location
}

// mistakes collects what is wrong with the settings, each named after its
// environment variable. Values of secrets are never repeated.
type mistakes []error

func (m *mistakes) add(name, format string, args ...any) {
	*m = append(*m, fmt.Errorf("%s: %s", name, fmt.Sprintf(format, args...)))
}

// language takes nl and en.
func (m *mistakes) language(typed string) {
	if typed != "nl" && typed != "en" {
		m.add("KLACHTBOT_LANGUAGE", "%q is not nl or en", typed)
	}
}

// check validates all settings together, reads what they point at, and returns
// every mistake at once.
func (s settings) check() (config, error) {
	var m mistakes
	c := config{settings: s}
	c.words, c.letters = s.read(&m)
	c.faces = openFonts(s.FontDir, &m)
	c.logo = openLogo(s.LogoFile, &m)
	s.checkSlack(&m)
	loopback := isLoopback(s.APIURL)
	var ok bool
	c.pace, ok = m.duration("KLACHTBOT_PACE", s.Pace)
	if ok && (c.pace < 0 || c.pace == 0 && !loopback) {
		m.add("KLACHTBOT_PACE", "must be more than 0; 0 is only for a SLACK_API_URL on this machine")
	}
	c.sockets = m.number("KLACHTBOT_SOCKETS", s.Sockets, 1, 10)
	c.offset, _ = m.duration("KLACHTBOT_CLOCK_OFFSET", s.ClockOffset)
	if c.offset != 0 && !loopback {
		m.add("KLACHTBOT_CLOCK_OFFSET", "is only for rehearsals, with a SLACK_API_URL on this machine")
	}
	c.policy = s.procedure.check(&m)
	c.location = c.policy.Calendar.Location
	c.policy.Roster = roster.Roster{
		Officers: m.people("KLACHTBOT_OFFICERS", s.Officers), Directors: m.people("KLACHTBOT_DIRECTORS", s.Directors),
	}
	c.policy.Roster.Weekdays = m.weekdays(s.Weekdays, c.policy.Roster)
	if len(c.policy.Roster.Officers) == 0 && strings.TrimSpace(s.Officers) == "" {
		m.add("KLACHTBOT_OFFICERS", "is needed: who handles complaints?")
	}
	c.firm = s.firm.check(&m)
	c.mail = s.smtp.check(&m)
	c.level = s.register.check(&m)
	return c, errors.Join(m...)
}

const notAChannel = "is not the id of a channel (C… or G…; in Slack: channel details, at the bottom)"

func (s settings) checkSlack(m *mistakes) {
	m.token("SLACK_BOT_TOKEN", s.BotToken, "xoxb-", "bot token")
	m.token("SLACK_APP_TOKEN", s.AppToken, "xapp-", "app-level token")
	u, err := url.Parse(s.APIURL)
	switch {
	case err != nil || u.Host == "" || u.User != nil:
		m.add("SLACK_API_URL", "is not a URL like https://slack.com/api/")
	case u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(s.APIURL)):
		m.add("SLACK_API_URL", "must be https, or http on this machine")
	case !strings.HasSuffix(s.APIURL, "/"):
		m.add("SLACK_API_URL", "must end in /")
	}
	if s.CaseChannel == "" {
		m.add("KLACHTBOT_CASE_CHANNEL", "is needed: the id of the private case channel")
	} else if !channelID.MatchString(s.CaseChannel) {
		m.add("KLACHTBOT_CASE_CHANNEL", notAChannel)
	}
	switch {
	case s.DirectorsChannel == "":
	case !channelID.MatchString(s.DirectorsChannel):
		m.add("KLACHTBOT_DIRECTORS_CHANNEL", notAChannel)
	case s.DirectorsChannel == s.CaseChannel:
		m.add("KLACHTBOT_DIRECTORS_CHANNEL", "is the case channel; directors do not read along there")
	}
}

func (p procedure) check(m *mistakes) workflow.Policy {
	location, err := time.LoadLocation(p.Timezone)
	if err != nil || p.Timezone == "" {
		m.add("KLACHTBOT_TIMEZONE", "%q is not a time zone like Europe/Amsterdam", p.Timezone)
	}
	m.language(p.Language)
	if p.ReminderDays != "working" && p.ReminderDays != "all" {
		m.add("KLACHTBOT_REMINDER_DAYS", "%q is not working or all", p.ReminderDays)
	}
	terms := workflow.DefaultTerms()
	terms.AcknowledgeDays = m.number("KLACHTBOT_ACKNOWLEDGE_DAYS", p.AcknowledgeDays, 1, 365)
	terms.OutcomeMonths = m.number("KLACHTBOT_OUTCOME_MONTHS", p.OutcomeMonths, 1, 24)
	terms.ConfirmDays = m.number("KLACHTBOT_CONFIRM_DAYS", p.ConfirmDays, 1, 365)
	terms.ComplainDays = m.number("KLACHTBOT_COMPLAIN_DAYS", p.ComplainDays, 1, 3650)
	terms.RetentionMonths = m.number("KLACHTBOT_RETENTION_MONTHS", p.RetentionMonths, 1, 240)
	terms.RetentionFrom = workflow.RetentionFrom(p.RetentionFrom)
	if !slices.Contains(workflow.RetentionFroms(), terms.RetentionFrom) {
		m.add("KLACHTBOT_RETENTION_FROM", "%q is not closed or received", p.RetentionFrom)
	}
	opens, closes := m.hours("KLACHTBOT_REMINDER_HOURS", p.ReminderHours)
	return workflow.Policy{Terms: terms, Calendar: calendar.Calendar{
		Location: location, Extra: m.dates("KLACHTBOT_EXTRA_DAYS", p.ExtraDays),
		EveryDay: p.ReminderDays == "all", Opens: opens, Closes: closes,
	}}
}

// read loads what people and complainants read: the catalogue, and the letters
// in its words.
func (f firm) read(m *mistakes) (*texts.Catalogue, *letters.Letters) {
	words, err := texts.Load()
	if err != nil {
		m.add("texts", "%v", err)
		return nil, nil
	}
	written, err := letters.Load(words, f.Letters)
	if err != nil {
		for line := range strings.SplitSeq(err.Error(), "\n") {
			m.add("KLACHTBOT_LETTERS", "%s", line)
		}
	}
	return words, written
}

var (
	channelID = regexp.MustCompile(`^[CG][A-Z0-9]+$`)
	personID  = regexp.MustCompile(`^[UW][A-Z0-9]+$`)
	clock     = regexp.MustCompile(`^([01]\d|2[0-4]):([0-5]\d)$`)
)

func (m *mistakes) token(name, s, prefix, what string) {
	switch {
	case s == "":
		m.add(name, "is needed: the %s (%s…)", what, prefix)
	case !strings.HasPrefix(s, prefix):
		m.add(name, "is not the %s (%s…)", what, prefix)
	}
}

func (m *mistakes) duration(name, s string) (d time.Duration, ok bool) {
	d, err := time.ParseDuration(s)
	if err != nil {
		m.add(name, "%q is not a duration like 1s or 36h", s)
	}
	return d, err == nil
}

func (m *mistakes) number(name, s string, low, high int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < low || n > high {
		m.add(name, "%q is not a whole number from %d to %d", s, low, high)
	}
	return n
}

func (m *mistakes) people(name, s string) []roster.PersonID {
	var ids []roster.PersonID
	seen := map[string]bool{}
	for _, id := range split(s, ",") {
		switch {
		case !personID.MatchString(id):
			m.add(name, "%q is not a user id (U…; in Slack: profile, ⋮, copy member ID)", id)
		case seen[id]:
			m.add(name, "%s stands in it twice", id)
		}
		seen[id] = true
		ids = append(ids, roster.PersonID(id))
	}
	return ids
}

func (m *mistakes) dates(name, s string) []calendar.Date {
	var dates []calendar.Date
	for _, one := range split(s, ",") {
		d, err := calendar.ParseDate(one)
		if err != nil {
			m.add(name, "%q is not a date like 2026-12-24", one)
		}
		dates = append(dates, d)
	}
	return dates
}

// hours reads "09:00-17:00" as minutes after midnight.
func (m *mistakes) hours(name, s string) (opens, closes int) {
	from, till, _ := strings.Cut(s, "-")
	opens, ok1 := minutes(from)
	closes, ok2 := minutes(till)
	if !ok1 || !ok2 || opens >= closes {
		m.add(name, "%q is not a range of hours like 09:00-17:00", s)
	}
	return opens, closes
}

func minutes(s string) (int, bool) {
	p := clock.FindStringSubmatch(s)
	if p == nil {
		return 0, false
	}
	h, _ := strconv.Atoi(p[1])
	n, _ := strconv.Atoi(p[2])
	return h*60 + n, h*60+n <= 24*60
}

func split(s, sep string) []string {
	var parts []string
	for part := range strings.SplitSeq(s, sep) {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// secretFile returns what a NAME_FILE setting points at, without the line end.
func secretFile(path string) (string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(b)), nil
}

package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/bot/people"
	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/wallclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// outputSettings are the settings of a command that writes what an audience may
// know of the register.
type outputSettings struct {
	register
	Timezone    string `env:"KLACHTBOT_TIMEZONE" default:"Europe/Amsterdam" help:"Zone of all dates."`
	Language    string `env:"KLACHTBOT_LANGUAGE" default:"nl" help:"nl or en."`
	Directors   string `env:"KLACHTBOT_DIRECTORS" help:"User ids of the directors: cases that concern one of them are left out."`
	Audience    string `default:"shared" help:"shared: without cases that concern a director; a director's user id: without those that concern this one; all: everything."`
	Out         string `placeholder:"FILE" help:"Write here instead of to the standard output."`
	APIURL      string `name:"slack-api-url" env:"SLACK_API_URL" hidden:""`
	ClockOffset string `env:"KLACHTBOT_CLOCK_OFFSET" default:"0s" hidden:""`
}

// outputConfig is what outputSettings mean.
type outputConfig struct {
	calendar calendar.Calendar
	today    calendar.Date
	without  []roster.PersonID
	say      texts.Speaker
	warning  string
}

// check adds to m what is wrong with the settings.
func (c outputSettings) check(m *mistakes) (r outputConfig) {
	c.register.check(m)
	location, err := time.LoadLocation(c.Timezone)
	if err != nil || c.Timezone == "" {
		m.add("KLACHTBOT_TIMEZONE", "%q is not a time zone like Europe/Amsterdam", c.Timezone)
		location = time.UTC
	}
	m.language(c.Language)
	words, err := texts.Load()
	if err != nil {
		m.add("texts", "%v", err)
		return r
	}
	r.say = words.In(c.Language)
	r.calendar = calendar.Calendar{Location: location}
	r.today = r.calendar.Today(c.now(m))
	r.without = c.hidden(m)
	if c.Audience == "shared" && len(r.without) == 0 {
		r.warning = r.say.Say("report.no_directors")
	}
	return r
}

// now is the procedure's clock, set forward in a rehearsal as the bot's is.
func (c outputSettings) now(m *mistakes) time.Time {
	offset, _ := m.duration("KLACHTBOT_CLOCK_OFFSET", c.ClockOffset)
	if offset != 0 && !isLoopback(c.APIURL) {
		m.add("KLACHTBOT_CLOCK_OFFSET", "is only for rehearsals, with a SLACK_API_URL on this machine")
	}
	return wallclock.Now().Add(offset)
}

// hidden are the people whose cases the audience must not know of.
func (c outputSettings) hidden(m *mistakes) []roster.PersonID {
	directors := m.people("KLACHTBOT_DIRECTORS", c.Directors)
	switch {
	case c.Audience == "shared":
		return directors
	case c.Audience == "all":
		return nil
	case !(roster.Roster{Directors: directors}).IsDirector(roster.PersonID(c.Audience)):
		m.add("--audience", "%q is not shared, all, or one of KLACHTBOT_DIRECTORS", c.Audience)
	}
	return []roster.PersonID{roster.PersonID(c.Audience)}
}

// write gives f the register to read, and where to write to. A file that was
// there stays as it was when anything goes wrong.
func (c outputSettings) write(ctx context.Context, s streams, f func(*storage.DB, io.Writer) error) (err error) {
	db, err := inspectRegister(ctx, c.register)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if c.Out == "" {
		return f(db, s.out)
	}
	temporary, err := os.CreateTemp(filepath.Dir(c.Out), ".klachtbot-*")
	if err != nil {
		return fmt.Errorf("output file: %w", err)
	}
	err = errors.Join(f(db, temporary), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), c.Out)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary.Name()))
	}
	return nil
}

// quarterly writes the figures of a quarter.
type quarterly struct {
	outputSettings
	Quarter string `required:"" placeholder:"2026-Q3" help:"Which quarter, for example 2026-Q3."`
	Format  string `default:"text" help:"text, json, csv, xlsx, png or pdf."`
	FontDir string `env:"KLACHTBOT_FONT_DIR" placeholder:"DIR" help:"Folder with fonts (.ttf) that the PDF is set in where the built-in one lacks a character."`

	FirmName     string `env:"KLACHTBOT_FIRM_NAME" default:"artra" help:"Name of the firm above the figures."`
	ComplainDays string `env:"KLACHTBOT_COMPLAIN_DAYS" default:"14" help:"Days to complain after the incident, as the figures name them."`
	BotToken     string `name:"slack-bot-token" env:"SLACK_BOT_TOKEN" help:"Bot token, by which people are named as in Slack instead of by their user id; or SLACK_BOT_TOKEN_FILE."`
}

// Run writes the figures. Those of a quarter that was dealt with are the figures
// of that day.
func (c quarterly) Run(ctx context.Context, s streams) error {
	var m mistakes
	r := c.check(&m)
	quarter, err := calendar.ParseQuarter(c.Quarter)
	if err != nil {
		m.add("--quarter", "%q is not a quarter like 2026-Q3", c.Quarter)
	} else if quarter.First().After(r.today) {
		m.add("--quarter", "%s", r.say.Say("report.not_begun", texts.Args{"Quarter": quarter}))
	}
	render, known := formats(openFonts(c.FontDir, &m))[c.Format]
	if !known {
		m.add("--format", "%q is not text, json, csv, xlsx, png or pdf", c.Format)
	}
	days := m.number("KLACHTBOT_COMPLAIN_DAYS", c.ComplainDays, 1, 3650)
	if len(m) > 0 {
		return usageError{errors.Join(m...)}
	}
	if r.warning != "" {
		fmt.Fprintln(s.err, "klachtbot:", r.warning)
	}
	return c.write(ctx, s, func(db *storage.DB, w io.Writer) error {
		figures, err := r.figures(ctx, db, quarter, review.Audience(c.Audience))
		if err != nil {
			return err
		}
		figures.ComplainDays = cmp.Or(figures.ComplainDays, days)
		d, err := c.dealing(ctx, db, figures.Quarter, r.today)
		if err != nil {
			return err
		}
		return render(w, onPaper{figures, d}, r.say)
	})
}

// dealing is what the directors made of a quarter, as the audience may know it.
func (c quarterly) dealing(ctx context.Context, db *storage.DB, q calendar.Quarter, today calendar.Date) (d report.Dealing, err error) {
	d = report.Dealing{Firm: strings.TrimSpace(c.FirmName), Quarter: q, Today: today}
	audience := review.Audience(c.Audience)
	if d.Review, err = db.Reviews().Review(ctx, q, audience); err == nil && d.Review.Quarter.IsZero() {
		d.Review, err = db.Reviews().Review(ctx, q, review.AudienceShared)
	}
	if err != nil {
		return d, err
	}
	all, err := db.Reviews().RecommendationsFor(ctx, func(r *review.Recommendation) bool {
		own := string(r.By) == c.Audience || string(r.Owner) == c.Audience
		return report.OnPaper(r, q) && (own || r.Audience == review.AudienceShared || audience == review.AudienceAll)
	})
	if err != nil || d.Review.Quarter.IsZero() && len(all) == 0 {
		return d, err
	}
	name := c.names(ctx)
	d.By = name(d.Review.By)
	for _, r := range all {
		d.Recommendations = append(d.Recommendations, report.Recommended{Recommendation: r, Who: name(r.Owner)})
	}
	return d, nil
}

// names calls people as Slack does, where there is a token and Slack answers, else by
// their user id.
func (c quarterly) names(ctx context.Context) func(roster.PersonID) string {
	if c.BotToken == "" {
		return func(who roster.PersonID) string { return string(who) }
	}
	account := slackapi.Account{BotToken: c.BotToken, URL: c.APIURL}
	known := people.NewDirectory(slackapi.New(account, slackapi.NewHTTP(outbox.CallTime)), slog.New(slog.DiscardHandler))
	until := wallclock.Now().Add(namingTime)
	return func(who roster.PersonID) string {
		asking, cancel := context.WithDeadline(ctx, until)
		defer cancel()
		p, err := known.Person(asking, who)
		if err != nil || p.Name == "" {
			return string(who)
		}
		return p.Name
	}
}

// namingTime is how long Slack may take to name everybody.
const namingTime = 10 * time.Second

// figures are those of a quarter as they were when it was dealt with, else as
// they are now. What was promised in money is for directors, in Slack.
func (r outputConfig) figures(ctx context.Context, db *storage.DB, q calendar.Quarter, a review.Audience) (report.Summary, error) {
	kept, err := db.Reviews().Snapshot(ctx, q, a)
	if err != nil {
		return report.Summary{}, err
	}
	if kept != nil {
		s, err := report.ReadJSON(kept)
		s.Refunds = nil
		return s, err
	}
	figures := report.NewCollector(q, r.today, r.calendar)
	err = db.Reviews().Quarterly(ctx, report.Since(q), q, r.without, figures.Add)
	return figures.Summary(), err
}

// onPaper is figures with what the directors made of them.
type onPaper struct {
	report.Summary
	report.Dealing
}

func (p onPaper) view(sp texts.Speaker) report.SummaryView {
	return report.NewSummaryView(p.Summary, sp).With(p.Dealing, sp)
}

// formats are the formats of the figures.
func formats(faces *typeface.Faces) map[string]func(io.Writer, onPaper, texts.Speaker) error {
	return map[string]func(io.Writer, onPaper, texts.Speaker) error{
		"text": func(w io.Writer, p onPaper, sp texts.Speaker) error { return report.WriteText(w, p.view(sp)) },
		"json": func(w io.Writer, p onPaper, _ texts.Speaker) error { return report.WriteJSON(w, p.Summary) },
		"csv":  func(w io.Writer, p onPaper, sp texts.Speaker) error { return report.WriteCSV(w, p.view(sp), sp) },
		"xlsx": func(w io.Writer, p onPaper, sp texts.Speaker) error { return report.WriteXLSX(w, p.view(sp), sp) },
		"pdf": func(w io.Writer, p onPaper, sp texts.Speaker) error {
			return report.WritePDF(w, p.Summary, p.Dealing, faces, sp)
		},
		"png": func(w io.Writer, p onPaper, sp texts.Speaker) error {
			picture, err := report.PNG(p.Summary, p.Dealing, sp)
			if err != nil {
				return err
			}
			_, err = io.Copy(w, bytes.NewReader(picture))
			return err
		},
	}
}

// export writes the register, case by case, without identity.
type export struct {
	outputSettings
	Format          string `default:"xlsx" help:"xlsx: cases and promises; csv: cases."`
	RetentionMonths string `env:"KLACHTBOT_RETENTION_MONTHS" default:"24" help:"Months that a complaint is kept: past them nothing of its contents is written."`
	RetentionFrom   string `env:"KLACHTBOT_RETENTION_FROM" default:"closed" help:"Those months count from when it was closed, or received."`
}

// retention is the procedure as far as it says how long a case is kept.
func (c export) retention(m *mistakes, in calendar.Calendar) workflow.Policy {
	terms := workflow.DefaultTerms()
	terms.RetentionMonths = m.number("KLACHTBOT_RETENTION_MONTHS", c.RetentionMonths, 1, 240)
	terms.RetentionFrom = workflow.RetentionFrom(c.RetentionFrom)
	if !slices.Contains(workflow.RetentionFroms(), terms.RetentionFrom) {
		m.add("KLACHTBOT_RETENTION_FROM", "%q is not closed or received", c.RetentionFrom)
	}
	return workflow.Policy{Terms: terms, Calendar: in}
}

// Run writes the register. The export is journalled before the first case is
// read.
func (c export) Run(ctx context.Context, s streams) error {
	var m mistakes
	r := c.check(&m)
	policy := c.retention(&m, r.calendar)
	if c.Format != "xlsx" && c.Format != "csv" {
		m.add("--format", "%q is not xlsx or csv", c.Format)
	}
	if len(m) > 0 {
		return usageError{errors.Join(m...)}
	}
	if r.warning != "" {
		fmt.Fprintln(s.err, "klachtbot:", r.warning)
	}
	out := report.Register{Speaker: r.say, Calendar: r.calendar, Today: r.today}
	return c.write(ctx, s, func(db *storage.DB, w io.Writer) error {
		if err := db.Reviews().RegisterExported(ctx); err != nil {
			return err
		}
		each := func(f func(workflow.Complaint) error) error {
			return db.Reviews().Register(ctx, r.today, r.without, func(c workflow.Complaint) error {
				if policy.PastTerm(&c, r.today) {
					c = c.Shut()
				}
				return f(c)
			})
		}
		if c.Format == "csv" {
			return out.CSV(w, each)
		}
		return out.XLSX(w, each)
	})
}

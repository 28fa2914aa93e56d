package main

import (
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/typeface"
)

// check returns the client of the mail server; nil when none is set.
func (s smtp) check(m *mistakes) *mail.Client {
	if s.SMTPURL == "" && s.MailFrom == "" {
		return nil
	}
	if s.SMTPURL == "" {
		m.add("KLACHTBOT_SMTP_URL", "is needed beside KLACHTBOT_MAIL_FROM: where letters are handed in")
		return nil
	}
	server, err := mail.Parse(s.SMTPURL)
	if err != nil {
		m.add("KLACHTBOT_SMTP_URL", "%v", err)
	}
	if s.MailFrom == "" {
		m.add("KLACHTBOT_MAIL_FROM", "is needed beside KLACHTBOT_SMTP_URL: the address that letters come from")
		return nil
	}
	from, err := mail.ParseSender(s.MailFrom)
	if err != nil {
		m.add("KLACHTBOT_MAIL_FROM", "%v", err)
	}
	return mail.New(server, from)
}

// openFonts returns the fonts that PDFs are set in.
func openFonts(folder string, m *mistakes) *typeface.Faces {
	faces, err := typeface.Open(folder)
	if err != nil {
		m.add("KLACHTBOT_FONT_DIR", "%v", err)
	}
	return faces
}

// openLogo returns the logo of letters for the post; nil where none is set.
func openLogo(path string, m *mistakes) *paper.Logo {
	if path == "" {
		return nil
	}
	logo, err := paper.OpenLogo(path)
	if err != nil {
		m.add("KLACHTBOT_LOGO_FILE", "%s: %v", path, err)
	}
	return logo
}

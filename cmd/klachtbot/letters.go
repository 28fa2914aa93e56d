package main

import "github.com/artra/klachtbot/mail"

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

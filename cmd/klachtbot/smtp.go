package main

import "github.com/artra/klachtbot/mail"

// check returns the postman; nil without a mail server.
func (p post) check(m *mistakes) *mail.Postman {
	if p.SMTPURL == "" && p.MailFrom == "" {
		return nil
	}
	if p.SMTPURL == "" {
		m.add("KLACHTBOT_SMTP_URL", "is needed beside KLACHTBOT_MAIL_FROM: where letters are handed in")
		return nil
	}
	server, err := mail.Parse(p.SMTPURL)
	if err != nil {
		m.add("KLACHTBOT_SMTP_URL", "%v", err)
	}
	if p.MailFrom == "" {
		m.add("KLACHTBOT_MAIL_FROM", "is needed beside KLACHTBOT_SMTP_URL: the address that letters come from")
		return nil
	}
	from, err := mail.ParseSender(p.MailFrom)
	if err != nil {
		m.add("KLACHTBOT_MAIL_FROM", "%v", err)
	}
	return mail.New(server, from)
}

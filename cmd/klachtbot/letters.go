package main

import (
	"net/url"
	"strings"

	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/mail"
	"github.com/artra/klachtbot/typeface"
)

// check returns what letters say about who writes.
func (f firm) check(m *mistakes) letters.Firm {
	member := letters.Membership(f.Member)
	if member != letters.MemberUnset && member != letters.MemberYes && member != letters.MemberNo {
		m.add("KLACHTBOT_COMMITTEE_MEMBER", "%q is not yes or no", f.Member)
	}
	committee := split(f.Committee, ";")
	if member != letters.MemberUnset && len(committee) == 0 {
		m.add("KLACHTBOT_COMMITTEE_MEMBER", "has no committee to be about: KLACHTBOT_COMMITTEE is empty")
	}
	if !isPage(f.PrivacyURL) {
		m.add("KLACHTBOT_PRIVACY_URL", "is not an address like https://www.example.com/privacy")
	}
	return letters.Firm{
		Name: strings.TrimSpace(f.FirmName), Contact: split(f.FirmContact, ";"),
		Committee: committee, Member: member, PrivacyURL: f.PrivacyURL,
		OutsideContact: strings.TrimSpace(f.OutsideContact), Confidant: strings.TrimSpace(f.Confidant),
	}
}

// isPage reports whether somebody who gets it in a letter can open an address; ""
// is none to open.
func isPage(address string) bool {
	if address == "" {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && strings.Contains(u.Hostname(), ".") &&
		u.User == nil && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' })
}

// letters says what letters can't say because nobody set it.
func (x examination) letters(f letters.Firm) {
	code := "member_unset"
	switch f.Member {
	case letters.MemberYes:
		code = "member_yes"
	case letters.MemberNo:
		code = "member_no"
	}
	x.found(code, nil)
	code = "privacy_unset"
	if f.PrivacyURL != "" {
		code = "privacy_set"
	}
	x.found(code, nil)
}

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

// Package mail is an SMTP client: it hands a letter to the firm's mail server,
// with github.com/wneessen/go-mail.
//
// A letter may not be sent twice and may not silently stay behind, so Send
// distinguishes four outcomes, and there is no fifth: the server took the letter
// (nil), it was not sent and may be tried again (NotSent), it was refused for
// good (Refused), or nobody can know (InDoubt). In doubt is only what broke
// after the last byte of the letter went out and before the server's answer
// came in; before the first byte of it goes out, Send calls its caller back to
// write down that this may happen, for the case that the process dies in
// between.
//
// An error is a word for a log, such as smtp_refused_550 (Failure). It never
// holds an address, a text, the server's URL or what the server said, since
// servers repeat addresses.
package mail

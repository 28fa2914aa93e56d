package mail

import (
	"errors"
	"net/textproto"
	"strconv"
)

// Outcome is what became of a letter.
type Outcome string

// The outcomes of Send.
const (
	Sent    Outcome = "sent"     // the server took it
	NotSent Outcome = "not_sent" // it did not leave; trying again is safe
	Refused Outcome = "refused"  // the server will not take it, now or later
	InDoubt Outcome = "in_doubt" // it left, and the answer was lost: trying again may send it twice
)

// Failure is why a letter was not sent, as far as it is known.
type Failure struct {
	Outcome Outcome
	Word    string // for a log, such as smtp_auth; the list is below
	cause   error  // of before; what the network and the server say is not kept
}

// The words of failures. Those that end in _ are followed by the server's
// answer, a number such as 550.
const (
	wordConnect = "smtp_connect"  // no connection, or it broke before the letter went out
	wordTLS     = "smtp_tls"      // no encryption offered, or the certificate is not to be trusted
	wordAuth    = "smtp_auth"     // name, password or token refused, or no way to give them
	wordAddress = "smtp_address"  // not an address that mail can be sent to
	wordUnmade  = "smtp_unmade"   // the letter could not be rendered as a message
	wordHeld    = "smtp_held"     // the caller's before failed
	wordDoubt   = "smtp_in_doubt" // the connection broke before the answer
	wordSender  = "smtp_sender_"  // to the sender's address, or to this client at all
	wordRefused = "smtp_refused_" // to the complainant's address
	wordLetter  = "smtp_letter_"  // to the letter itself
)

// Error returns the word and nothing else, so that a log may hold it.
func (f *Failure) Error() string { return f.Word }

// Unwrap returns the error of before when that is what kept the letter, so
// that a caller recognizes its own.
func (f *Failure) Unwrap() error { return f.cause }

// OutcomeOf returns the outcome that an error of Send stands for. Any other error
// is InDoubt, which claims nothing.
func OutcomeOf(err error) Outcome {
	var f *Failure
	switch {
	case err == nil:
		return Sent
	case errors.As(err, &f):
		return f.Outcome
	}
	return InDoubt
}

// WordOf returns the word for a log of an error of Send or Check, "" for none.
func WordOf(err error) string {
	var f *Failure
	if errors.As(err, &f) {
		return f.Word
	}
	return ""
}

func notSent(word string) error { return &Failure{Outcome: NotSent, Word: word} }

// answered turns an error of a command into a failure: the server said no, for
// now (4xx) or for good (5xx), or the connection broke, which before the end
// of the letter means that it was not sent.
func answered(word string, err error) error {
	switch code := codeOf(err); code / 100 {
	case 4:
		return notSent(word + strconv.Itoa(code))
	case 5:
		return &Failure{Outcome: Refused, Word: word + strconv.Itoa(code)}
	}
	return notSent(wordConnect)
}

// codeOf is the number with which the server answered, 0 when it did not.
func codeOf(err error) int {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Code
	}
	return 0
}

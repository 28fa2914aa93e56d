package texts

import (
	"cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

// Choices knows which language people chose for themselves.
type Choices interface {
	// Language is what somebody chose, "" for nothing. It asks nobody, so that it
	// takes no time.
	Language(roster.PersonID) string
}

// Readers speaks to everybody in the language of the firm, and to whoever chose
// the other one in that. What Slack says of somebody's language counts for
// nothing: Slack has no Dutch interface, so that Dutch people have an English
// locale.
type Readers struct {
	words  *Catalogue
	firm   string
	chosen Choices
}

// NewReaders goes by the language of the firm, "nl" or "en", and by what people
// chose.
func NewReaders(words *Catalogue, firm string, chosen Choices) Readers {
	return Readers{words, firm, chosen}
}

// To speaks to one person, who reads it alone.
func (r Readers) To(who roster.PersonID) Speaker {
	return r.words.In(cmp.Or(r.chosen.Language(who), r.firm))
}

// All speaks to several people: a channel.
func (r Readers) All() Speaker { return r.words.In(r.firm) }

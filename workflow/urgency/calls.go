package urgency

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/roster"
)

// Calls are who was told that something can't wait, and what came of it, each with
// its second: "told 1793872800 UOWNER,UDEPUTY;again 1793876400 UDEPUTY,UDIRECTOR;seen
// 1793876460 UDEPUTY". What was told belongs to a round, which ends when the reason
// changes: "over 1793880000". It is a text so that what holds it stays a plain value;
// it is stored.
type Calls string

// The words of an entry.
const (
	told  = "told"
	again = "again"
	seen  = "seen"
	over  = "over"
)

// Call is one time at which people were told.
type Call struct {
	Number int // from 1, of a case
	At     time.Time
	To     []roster.PersonID
	Again  bool // since nobody had seen the one before
	Over   bool // of a round that has ended

	SeenBy roster.PersonID // of its round; "" while nobody did
	SeenAt time.Time
}

// Told adds that people were told, for the first time in this round or, since nobody
// had seen that, once more.
func (c Calls) Told(at time.Time, to []roster.PersonID, oncemore bool) Calls {
	words := make([]string, len(to))
	for i, who := range to {
		words[i] = string(who)
	}
	word := told
	if oncemore {
		word = again
	}
	return c.add(word, at, strings.Join(words, ","))
}

// Seen adds that somebody saw it.
func (c Calls) Seen(at time.Time, by roster.PersonID) Calls { return c.add(seen, at, string(by)) }

// Over ends the round, if there is one.
func (c Calls) Over(at time.Time) Calls {
	if len(c.Round()) == 0 {
		return c
	}
	return c.add(over, at, "")
}

func (c Calls) add(word string, at time.Time, who string) Calls {
	entry := strings.TrimSpace(word + " " + strconv.FormatInt(at.Unix(), 10) + " " + who)
	if c == "" {
		return Calls(entry)
	}
	return c + Calls(";"+entry)
}

// All lists every call.
func (c Calls) All() []Call {
	var all []Call
	if c == "" {
		return nil
	}
	first := 0 // of the round
	for entry := range strings.SplitSeq(string(c), ";") {
		word, rest, _ := strings.Cut(entry, " ")
		second, who, _ := strings.Cut(rest, " ")
		unix, err := strconv.ParseInt(second, 10, 64)
		if err != nil {
			continue // nobody wrote that
		}
		at := time.Unix(unix, 0).UTC()
		switch word {
		case told, again:
			all = append(all, Call{Number: len(all) + 1, At: at, To: people(who), Again: word == again})
		case seen:
			for i := first; i < len(all); i++ {
				all[i].SeenBy, all[i].SeenAt = roster.PersonID(who), at
			}
		case over:
			for ; first < len(all); first++ {
				all[first].Over = true
			}
		}
	}
	return all
}

func people(who string) []roster.PersonID {
	var all []roster.PersonID
	for _, one := range strings.FieldsFunc(who, func(r rune) bool { return r == ',' }) {
		all = append(all, roster.PersonID(one))
	}
	return all
}

// Round are the calls of the present round; none as long as nobody was told.
func (c Calls) Round() []Call {
	var all []Call
	for _, one := range c.All() {
		if !one.Over {
			all = append(all, one)
		}
	}
	return all
}

// WereSeen reports whether somebody saw what was told in the present round.
func (c Calls) WereSeen() bool {
	round := c.Round()
	return len(round) > 0 && round[0].SeenBy != ""
}

// Reached reports whether somebody was ever told.
func (c Calls) Reached(who roster.PersonID) bool {
	return slices.ContainsFunc(c.All(), func(call Call) bool { return slices.Contains(call.To, who) })
}

// Numbered is the call with that number; ok is false when there is none.
func (c Calls) Numbered(number int) (call Call, ok bool) {
	all := c.All()
	if number < 1 || number > len(all) {
		return Call{}, false
	}
	return all[number-1], true
}

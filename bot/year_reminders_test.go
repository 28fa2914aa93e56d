//go:build !race

package bot

import (
	"encoding/json"
	"regexp"
	"strings"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// reminded is one thing watched on a case that somebody was reminded of: by a
// reminder, a line of a digest, or one of a weekly digest.
type reminded struct {
	post
	who    string
	number string
	kind   workflow.WatchKind
	source outbox.Kind
	full   bool // with what only who handles the case reads
}

var (
	caseNumber = regexp.MustCompile(`[KV]-\d{4}-\d{4}`)
	mention    = regexp.MustCompile(`<@(U0[A-Z]+)>`)
)

// reader understands the bot's messages by the words of the catalogue.
type reader struct {
	texts.Speaker
	phrases, promises map[string]workflow.WatchKind // by what is said of them
}

func newReader(sp texts.Speaker) reader {
	r := reader{sp, map[string]workflow.WatchKind{}, map[string]workflow.WatchKind{}}
	for _, kind := range workflow.PromiseKinds() {
		r.phrases[sp.Say("reminder."+string(kind))] = workflow.WatchKind(kind)
		r.promises[sp.Say("common.promise_name."+string(kind))] = workflow.WatchKind(kind)
	}
	for _, kind := range []workflow.WatchKind{workflow.WatchWaiting, workflow.WatchHold} {
		r.phrases[sp.Say("reminder."+string(kind))] = kind
	}
	return r
}

// reminders lists what a message reminds people of; nothing when it is no
// reminder.
func (r reader) reminders(p post) []reminded {
	switch {
	case p.text == r.Say("weekly.intro"):
		return r.lines(p, outbox.KindWeeklyDigest)
	case p.to != "" && (p.text == r.intro(1) || strings.HasSuffix(p.text, r.many())):
		return r.lines(p, outbox.KindDigest)
	}
	number, what, _ := strings.Cut(p.text, ": ")
	if kind, ok := r.phrases[what]; ok {
		return []reminded{{p, addressee(p), number, kind, outbox.KindReminder, true}}
	}
	if kind, ok := r.promises[what]; ok {
		return []reminded{{p, addressee(p), number, kind, outbox.KindReminder, false}}
	}
	return nil
}

func (r reader) intro(n int) string { return r.Say("digest.intro", texts.Args{"Count": n}) }

// many is what an intro says after the number of cases.
func (r reader) many() string { return strings.TrimPrefix(r.intro(2), "2") }

// addressee is whom a reminder is for: who reads these direct messages, else whom
// it mentions.
func addressee(p post) string {
	if p.to != "" {
		return p.to
	}
	if m := mention.FindStringSubmatch(strings.Join(sections(p.blocks), "\n")); m != nil {
		return m[1]
	}
	return ""
}

// lines reads those of a digest: "*K-2026-0001*: wat (wanneer); wat (wanneer)"
// for who handles the case, "*K-2026-0001*: belofte, wanneer" for a director.
func (r reader) lines(p post, s outbox.Kind) (all []reminded) {
	for _, line := range strings.Split(strings.Join(sections(p.blocks), "\n"), "\n") {
		head, rest, ok := strings.Cut(line, "*: ")
		number := caseNumber.FindString(head)
		if !ok || number == "" {
			continue
		}
		for part := range strings.SplitSeq(rest, "; ") {
			what, _, _ := strings.Cut(part, " (")
			if kind, ok := r.phrases[what]; ok {
				all = append(all, reminded{p, p.to, number, kind, s, true})
			}
			what, _, _ = strings.Cut(part, ", ")
			if kind, ok := r.promises[what]; ok {
				all = append(all, reminded{p, p.to, number, kind, s, false})
			}
		}
	}
	return all
}

// sections are the texts of a message's sections.
func sections(blocks string) (all []string) {
	var list []struct {
		Text struct {
			Text string `json:"text"`
		} `json:"text"`
	}
	if json.Unmarshal([]byte(blocks), &list) != nil {
		return nil
	}
	for _, b := range list {
		all = append(all, b.Text.Text)
	}
	return all
}

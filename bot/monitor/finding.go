package monitor

import (
	"fmt"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/texts"
)

// Finding is what doctor or the daily check found of one thing.
type Finding struct {
	OK   bool
	Code string // a key of the catalogue after "doctor."
	Args texts.Args
}

// Say returns the finding as a sentence, and what to do about it.
func (f Finding) Say(sp texts.Speaker) string {
	text := sp.Say("doctor."+f.Code, f.Args)
	if f.OK {
		return text
	}
	return text + " " + sp.Say("doctor.fix."+f.Code, f.Args)
}

// Numbers are what was measured, by names that programs go by.
func (f Finding) Numbers() map[string]int64 {
	all := map[string]int64{}
	for name, value := range f.Args {
		if n, ok := value.(int64); ok {
			all[name] = n
		}
	}
	return all
}

// codeUnreachable is the finding that Slack could not be asked: it says
// nothing about the workspace.
const codeUnreachable = "unreachable"

func unreachable(err error) Finding {
	return Finding{Code: codeUnreachable, Args: texts.Args{"Code": slackapi.Fault(err)}}
}

// passed says that all is well when nothing was found.
func passed(problems []Finding, code string, args texts.Args) []Finding {
	if len(problems) == 0 {
		return []Finding{{OK: true, Code: code, Args: args}}
	}
	return problems
}

// answered leaves out the questions to which Slack gave no answer; err says
// that there were some.
func answered(findings []Finding) (known []Finding, err error) {
	for _, f := range findings {
		if f.Code == codeUnreachable {
			err = fmt.Errorf("check channel and roster: %v", f.Args["Code"])
			continue
		}
		known = append(known, f)
	}
	return known, err
}

package monitor

import (
	"context"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// Attendance is where the register keeps who and what can't be reached any more.
type Attendance interface {
	// SetDeactivated reports whether it is news; a case of who is gone gets another
	// owner at the next sweep.
	SetDeactivated(ctx context.Context, who roster.PersonID, gone bool) (changed bool, err error)
	// Owners lists who sees to a recommendation or a remedy that is open, or was asked
	// something. They may be anybody in the firm.
	Owners(ctx context.Context) ([]roster.PersonID, error)
	// Unreached counts the messages of a lane that did not arrive when they were
	// last tried.
	Unreached(context.Context, outbox.Lane) (int, error)
}

// standingUnknown is that of an id that Slack does not know.
const standingUnknown roster.Standing = "unknown"

// present is one answer to the roster check: who somebody is to the workspace, or
// why Slack did not say.
type present struct {
	who      roster.PersonID
	standing roster.Standing
	err      error
}

// rosterCheck asks Slack about everybody on the roster: a cache may have missed the
// event.
func (i *inspector) rosterCheck(ctx context.Context) []present {
	return i.ask(ctx, slices.Compact(slices.Sorted(slices.Values(slices.Concat(i.roster.Officers, i.roster.Directors)))))
}

func (i *inspector) ask(ctx context.Context, people []roster.PersonID) []present {
	var all []present
	for _, who := range people {
		p, err := i.directory.Ask(ctx, who)
		one := present{who, p.Standing, err}
		if code := slackapi.Code(err); code == "user_not_found" || code == "user_not_visible" {
			one = present{who: who, standing: standingUnknown}
		}
		all = append(all, one)
	}
	return all
}

// unfit returns who on the roster does not exist or is no full member.
func (i *inspector) unfit(ctx context.Context, seen []present) []Finding {
	var problems []Finding
	for _, p := range seen {
		switch {
		case p.err != nil:
			problems = append(problems, unreachable(p.err))
		case p.standing == standingUnknown:
			problems = append(problems, Finding{Code: "person_unknown", Args: texts.Args{"Who": string(p.who)}})
		case p.standing != roster.StandingMember:
			problems = append(problems, Finding{Code: "person_" + string(p.standing), Args: texts.Args{"Who": i.name(ctx, p.who)}})
		}
	}
	return problems
}

// note has the register know who is there and who is gone: who is no member
// can do nothing here. Beside the roster that is whoever sees to a
// recommendation or a remedy, or was asked something. Nothing changes for those of whom Slack says nothing.
func (m *Monitor) note(ctx context.Context, seen []present) error {
	owners, err := m.attendance.Owners(ctx)
	if err != nil {
		return fmt.Errorf("who sees to something: %w", err)
	}
	outside := slices.DeleteFunc(owners, func(who roster.PersonID) bool {
		return slices.ContainsFunc(seen, func(p present) bool { return p.who == who })
	})
	for _, p := range slices.Concat(seen, m.inspector.ask(ctx, outside)) {
		if p.err != nil {
			continue
		}
		gone := p.standing != roster.StandingMember
		changed, err := m.attendance.SetDeactivated(ctx, p.who, gone)
		if err != nil {
			return fmt.Errorf("note who is there: %w", err)
		}
		if changed {
			m.log.WarnContext(ctx, "standing changed", "person", p.who, "standing", p.standing)
		}
	}
	return nil
}

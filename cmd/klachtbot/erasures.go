package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/texts"
)

// examineErasures tells how the erasure list stands beside the register.
func examineErasures(ctx context.Context, db *storage.DB, s streams, say texts.Speaker) (ill bool) {
	l, err := db.Erasures(ctx)
	if err != nil {
		fmt.Fprintln(s.out, mark(false), err)
		return true
	}
	if l.OK() {
		fmt.Fprintln(s.out, mark(true), say.Say("cli.erased", texts.Args{"File": l.Path, "Count": l.Entries}))
		return false
	}
	lines := strings.Trim(strings.ReplaceAll(fmt.Sprint(l.Broken), " ", ", "), "[]")
	for _, f := range []struct {
		wrong bool
		words string
	}{
		{len(l.Broken) > 0, say.Say("cli.erased_broken", texts.Args{"File": l.Path, "Lines": lines})},
		{l.Torn, say.Say("cli.erased_torn", texts.Args{"File": l.Path})},
		{l.Exposed, say.Say("cli.erased_exposed", texts.Args{"File": l.Path})},
		{len(l.Waiting) > 0, say.Say("cli.erased_waiting", texts.Args{"Count": len(l.Waiting)})},
		{l.Missing > 0, say.Say("cli.erased_missing", texts.Args{"File": l.Path, "Count": l.Missing})},
		{l.Forged > 0, say.Say("cli.erased_forged", texts.Args{"Count": l.Forged})},
	} {
		if f.wrong {
			fmt.Fprintln(s.out, mark(false), f.words)
		}
	}
	return true
}

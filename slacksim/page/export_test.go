package page

import (
	"github.com/artra/klachtbot/slacksim/workspace"
)

// What the tests of the page know of it.
const (
	ContentPolicy = contentPolicy
	MaxTyped      = maxTyped
)

// PageAddress is the address of a place for a person.
func PageAddress(as, in, thread string) string { return pageLink(as, in, thread) }

// PageLinkFor is where the page shows a permalink to a person.
func PageLinkFor(r *workspace.Reader, as, permalink string) string {
	me, _ := r.Person(as)
	return (&screen{page: &page{reader: r}, Me: me}).PageLink(permalink)
}

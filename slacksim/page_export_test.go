package slacksim

// What the tests of the page know of it.
const (
	thePolicy   = contentPolicy
	theMaxTyped = maxTyped
)

// pageAddress is the address of a place for a person.
func pageAddress(as, in, thread string) string { return pageLink(as, in, thread) }

// pageLinkFor is where the page shows a permalink to a person.
func pageLinkFor(r *Reader, as, permalink string) string {
	me, _ := r.Person(as)
	return (&screen{page: &page{reader: r}, Me: me}).PageLink(permalink)
}

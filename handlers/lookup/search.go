package lookup

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// What a search may take and show. It opens a view that is about no one case:
// its trigger lives three seconds, of which the ack wants some.
const (
	searchTime   = 2 * time.Second
	searchSize   = 5 // of each kind; the way to the rest stands below
	shortestText = 2 // characters
	mostMatches  = 3 // categories, and owners, that a text can mean
)

// searchText takes the text out of a command that asks for a search.
func searchText(word string) (text string, ok bool) {
	verb, text, _ := strings.Cut(word, " ")
	switch verb {
	case "zoek", "zoeken", "search", "find":
		return strings.TrimSpace(text), true
	}
	return "", false
}

// openSearch shows what matches the text, in every way that the person may
// search. The text itself goes no further than the register.
func (h *Handler) openSearch(ctx context.Context, g core.Gesture, text string) error {
	if number, ok := caseNumber(text); ok {
		return h.openNumber(ctx, g, number)
	}
	switch {
	case text == "":
		return core.RefusalKey("search.no_text")
	case utf8.RuneCountInString(text) < shortestText:
		return core.RefusalKey("search.too_short")
	}
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	blocks, err := h.searched(ctx, g, h.searches(ctx, g.Who.ID, text))
	if err != nil {
		return err
	}
	return h.Show(ctx, g, kit.Modal("search", g.Speak.Say("search.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...))
}

// searches are the ways in which a text is looked for: an address or a number
// as that only, anything else as a name and as what the register knows in the
// clear. Who is no officer finds what they logged themselves, by what it is about.
func (h *Handler) searches(ctx context.Context, who roster.PersonID, text string) []lists.Search {
	typed := workflow.Confidential(text)
	if !lists.MaySearch(h.Policy.Roster, who) {
		return []lists.Search{{Kind: lists.SearchOwn, Text: typed}}
	}
	if looksLikeContact(text) {
		return []lists.Search{{Kind: lists.SearchContact, Text: typed}}
	}
	all := []lists.Search{
		{Kind: lists.SearchName, Text: typed}, {Kind: lists.SearchOffering, Text: typed}, {Kind: lists.SearchWords, Text: typed},
	}
	for _, category := range first(mostMatches, h.categories(text)) {
		all = append(all, lists.Search{Kind: lists.SearchCategory, Text: workflow.Confidential(category)})
	}
	for _, who := range first(mostMatches, h.owners(ctx, text)) {
		all = append(all, lists.Search{Kind: lists.SearchOwner, Text: workflow.Confidential(who)})
	}
	return all
}

func first[T any](n int, all []T) []T { return all[:min(n, len(all))] }

// looksLikeContact reports whether a text is an e-mail address or a telephone
// number, or a piece of one, rather than words.
func looksLikeContact(text string) bool {
	if _, err := contact.ParsePhone(text); err == nil || strings.Contains(text, "@") {
		return true
	}
	numbers, rest := contact.PhonesIn(text)
	return len(numbers) > 0 && contact.Key(rest) == ""
}

// categories are those whose name, in either language, the text means.
func (h *Handler) categories(text string) []string {
	var all []string
	for _, category := range workflow.Categories() {
		for _, lang := range workflow.Languages() {
			if means(text, kit.Choice(h.Texts.In(lang), "category", category)) {
				all = append(all, category)
				break
			}
		}
	}
	return all
}

// owners are the officers and directors whose name the text means.
func (h *Handler) owners(ctx context.Context, text string) []roster.PersonID {
	var all []roster.PersonID
	for _, who := range h.Policy.Roster.Eligible("") {
		if p, err := h.People.Person(ctx, who); err == nil && means(text, p.Name) {
			all = append(all, who)
		}
	}
	return all
}

// means reports whether every word of the text begins a word of the name.
func means(text, name string) bool { return contact.Name(name).Found(text) }

// searched is what was found, kind by kind, and what the person should know of
// the search itself.
func (h *Handler) searched(ctx context.Context, g core.Gesture, all []lists.Search) ([]slack.Block, error) {
	var blocks, remarks []slack.Block
	for _, s := range all {
		q := lists.Query{Viewer: g.Who.ID, Search: s, Limit: searchSize}
		if s.Kind.Personal() {
			q.Limit = pageSize
			remarks = append(remarks, kit.Remark(g.Speak.Say("search.kept")))
		}
		page, err := h.lister.List(ctx, q)
		if err != nil {
			return nil, err
		}
		if page.Bounded {
			remarks = append(remarks, kit.Remark(g.Speak.Say("search.bounded."+string(s.Kind))))
		}
		if len(page.Cases) > 0 {
			blocks = append(blocks, h.foundBlocks(ctx, g, s, page)...)
		}
	}
	if len(blocks) == 0 {
		nothing := "search.nothing"
		if !lists.MaySearch(h.Policy.Roster, g.Who.ID) {
			nothing = "search.nothing_own"
		}
		blocks = []slack.Block{kit.Section(g.Speak.Say(nothing), nil)}
	}
	return append(blocks, remarks...), nil
}

// foundBlocks are the cases of one kind of search. A search for a person has
// one page, since its text is kept nowhere.
func (h *Handler) foundBlocks(ctx context.Context, g core.Gesture, s lists.Search, page lists.Page) []slack.Block {
	heading := g.Speak.Say("search.kind." + string(s.Kind))
	on := Listing{Kind: s.Kind}
	switch s.Kind {
	case lists.SearchContact, lists.SearchName:
		page.Next = ""
	case lists.SearchCategory:
		heading = g.Speak.Say("search.of", texts.Args{"Kind": heading, "Value": kit.Choice(g.Speak, "category", s.Text.Reveal())})
	case lists.SearchOwner:
		heading = g.Speak.Say("search.of", texts.Args{"Kind": heading, "Value": h.Name(ctx, g.Speak, roster.PersonID(s.Text.Reveal()))})
	}
	if page.Next != "" { // what was found by it stands in the clear
		on.Text = s.Text.Reveal()
	}
	return append([]slack.Block{kit.Header(heading)}, h.PageBlocks(ctx, g, on, page)...)
}

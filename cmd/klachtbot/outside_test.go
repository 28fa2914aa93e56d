package main

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
)

// ownForm is what staff type.
var ownForm = map[string]string{
	"complainant_name": "Bram Buitenom", "complainant_kind": "", "email": "bram@example.net", "phone": "0612340987", "preferred_contact": "",
	"offering_kind": "", "offering_name": "Timmercursus", "category": "",
	"description": "Zaagsel in de koffie, zegt Bram Buitenom.", "desired_outcome": "Verse koffie.",
}

// secretWords are the words of ownForm and the tokens, which nobody may read
// outside the dossier.
var secretWords = []string{"Bram", "Buitenom", "bram@example.net", "0612340987", "Zaagsel", "koffie", ownBotToken, ownAppToken}

// choosing is the form with the first option of each select that has no
// default.
func choosing(view fields, form map[string]string) map[string]string {
	whole := map[string]string{}
	for _, b := range list(view, "blocks") {
		id := textOf(at(b, "block_id"))
		typed, ok := form[id]
		if options := values(at(b, "element")); ok && typed == "" && len(options) > 0 {
			typed = options[0]
		}
		if ok {
			whole[id] = typed
		}
	}
	return whole
}

// log logs a complaint and returns its number.
func (o *outside) log(who string) string {
	o.t.Helper()
	trigger, _ := o.slash(who, "")
	view := o.opened(trigger)
	answer := o.submit(who, view, choosing(view, ownForm))
	number := caseNumber.FindString(encode(answer))
	if answer["response_action"] != "update" || number == "" {
		o.t.Fatalf("the submission was answered with %v", answer["response_action"])
	}
	return number
}

// inputs are the block ids of a view's inputs, required ones with a star.
func inputs(t *testing.T, view fields) (ids []string) {
	t.Helper()
	for _, b := range list(view, "blocks") {
		if at(b, "type") != "input" {
			continue
		}
		id := textOf(at(b, "block_id"))
		if at(b, "element", "action_id") != "value" {
			t.Errorf("%s: action id %v", id, at(b, "element", "action_id"))
		}
		if at(b, "optional") != true {
			id += "*"
		}
		ids = append(ids, id)
	}
	return ids
}

func element(view fields, id string) any {
	for _, b := range list(view, "blocks") {
		if at(b, "block_id") == id {
			return at(b, "element")
		}
	}
	return nil
}

// today is the firm's.
func today() string { return testclock.Now().Format(time.DateOnly) }

// TestOutside_logModal holds the log modal to the contract, and its answer to
// what is wrong.
func TestOutside_logModal(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	day := today()
	trigger, said := o.slash(ownStaff, "")
	view := o.opened(trigger)
	want := strings.Fields(`description* complainant_name* on_behalf_of complainant_kind email phone address preferred_contact
		offering_kind offering_name* category received_date* received_via* incident_date urgent description_more
		desired_outcome concerns_user language* attachments`)
	if got := inputs(t, view); said != "" || view["callback_id"] != "log_complaint" || !slices.Equal(got, want) {
		t.Errorf("%v (%q): %v\nwant %v", view["callback_id"], said, got, want)
	}
	contact := element(view, "preferred_contact")
	if got := values(contact); !slices.Equal(got, []string{"email", "phone", "letter", "none"}) || at(contact, "initial_option") != nil {
		t.Errorf("preferred_contact: %v, on %v", got, at(contact, "initial_option", "value"))
	}
	if got := at(element(view, "received_date"), "initial_date"); got != day && got != today() {
		t.Errorf("received_date is %v", got)
	}
	for name, test := range map[string]struct {
		form map[string]string
		want []string
	}{
		"no way of contact":        {map[string]string{"email": "", "phone": ""}, []string{"email", "phone", "address"}},
		"two ways, none preferred": {map[string]string{"preferred_contact": ""}, []string{"preferred_contact"}},
		"a letter to nowhere":      {map[string]string{"preferred_contact": "letter"}, []string{"preferred_contact"}},
		"a blank story":            {map[string]string{"description": " \t "}, []string{"description"}},
		"no address":               {map[string]string{"email": "bram at example"}, []string{"email"}},
		"tomorrow":                 {map[string]string{"received_date": "2199-01-01"}, []string{"received_date"}},
	} {
		form := choosing(view, ownForm)
		for k, v := range test.form {
			form[k] = v
		}
		answer := o.submit(ownStaff, view, form)
		wrong, _ := answer["errors"].(fields)
		if answer["response_action"] != "errors" || len(wrong) == 0 {
			t.Errorf("%s: %v", name, answer["response_action"])
		}
		for id := range wrong {
			if element(view, id) == nil || !slices.Contains(test.want, id) {
				t.Errorf("%s: an error at %s", name, id)
			}
		}
	}
	o.checkAnonymous(view)
}

// checkAnonymous logs for a caller who stays anonymous: no way of contact is
// asked, and what can't be confirmed may be recorded so.
func (o *outside) checkAnonymous(view fields) {
	o.t.Helper()
	form := choosing(view, ownForm)
	form["complainant_name"], form["preferred_contact"], form["email"], form["phone"] = "anoniem", "none", "", ""
	answer := o.submit(ownStaff, view, form)
	number := caseNumber.FindString(encode(answer["view"]))
	if number == "" {
		o.t.Fatalf("anonymous: %v", answer["response_action"])
	}
	modal := o.press(ownOfficer, o.root(number), "acknowledge")
	way := element(modal, "way")
	if !slices.Contains(values(way), "not_possible") {
		o.t.Errorf("ways %v", values(way))
	}
	if answer := o.submit(ownOfficer, modal, map[string]string{"way": "not_possible"}); len(answer) > 0 {
		o.t.Errorf("not_possible: %v", answer["response_action"])
	}
}

// step is one action of an officer.
type step struct {
	name   string
	inputs string
	form   map[string]string
	offers string // afterwards, on the case message
}

// underWay is what an acknowledged case offers.
const underWay = "question progress resolve identity dossier consult note assign correct amend hold withdraw"

// road walks from the acknowledgement to the decision.
var road = []step{
	{"acknowledge", "date* way* body* letter", nil, underWay},
	{"question", "date* way* body* letter", nil, "question answer progress resolve identity dossier consult note assign correct amend hold withdraw"},
	{"answer", "date* way* answer*", map[string]string{"answer": "Op dinsdag."}, underWay},
	{"note", "note* attachments", map[string]string{"note": "Gebeld."}, underWay},
	{"resolve", "verdict* outcome* remedy remedy_kind* remedy_date remedy_owner remedy_amount cause* lesson decided_date* contact_date* contact_way* contact_reaction*", map[string]string{
		"verdict": "", "outcome": "Gegrond.", "cause": "", "contact_reaction": "Blij.",
	}, "confirm identity dossier satisfaction consult note assign correct amend hold dispute"},
}

// TestOutside_fromFirstToLast walks a complaint along the whole road by the contract.
func TestOutside_fromFirstToLast(t *testing.T) {
	t.Parallel()
	o := newOutside(t)
	number := o.log(ownStaff)
	root := o.root(number)
	var next fields
	for _, s := range road {
		next = o.take(number, root, s)
	}
	confirm, _ := next["view"].(fields)
	if next["response_action"] != "update" || confirm["callback_id"] != "confirm" {
		t.Fatalf("resolve is followed by %v", confirm["callback_id"])
	}
	if got := inputs(t, confirm); !slices.Equal(got, []string{"date*", "way*", "body*"}) {
		t.Errorf("confirm: %v", got)
	}
	confirm["id"] = "VSAME"
	if answer := o.submit(ownOfficer, confirm, nil); len(answer) > 0 {
		t.Errorf("confirm: %v", answer["response_action"])
	}
	o.awaitOffers(root, "identity dossier satisfaction note assign correct amend hold dispute reopen")
	o.await("the thread", func() bool { return len(o.thread(root)) == len(road)+2 })
	for _, screen := range []string{"identity", "dossier"} {
		if view := o.press(ownDeputy, root, screen); view["callback_id"] != screen || !strings.Contains(encode(view), "Buitenom") {
			t.Errorf("%s: %v", screen, view["callback_id"])
		}
	}
	o.checkDiscretion(number)
	o.stop()
	if err := o.program("verify"); err != nil {
		t.Errorf("verify: %v", err)
	}
}

// take carries out one step and returns the answer to its submission.
func (o *outside) take(number string, root *ownPost, s step) fields {
	o.t.Helper()
	t := o.t.(*testing.T)
	view := o.press(ownOfficer, root, s.name)
	if got := inputs(t, view); view["callback_id"] != s.name || !slices.Equal(got, strings.Fields(s.inputs)) {
		t.Errorf("%s: %v %v", s.name, view["callback_id"], got)
	}
	if !strings.Contains(encode(view), number) {
		t.Errorf("%s: the modal doesn't say which case", s.name)
	}
	if memo := textOf(view["private_metadata"]); slices.ContainsFunc(secretWords, func(w string) bool { return strings.Contains(memo, w) }) {
		t.Errorf("%s: private_metadata is not discreet", s.name)
	}
	for _, id := range []string{"date", "decided_date", "contact_date"} {
		if e := element(view, id); e != nil && at(e, "initial_date") != today() {
			t.Errorf("%s: %s stands on %v", s.name, id, at(e, "initial_date"))
		}
	}
	answer := o.submit(ownOfficer, view, choosing(view, s.form))
	if at(answer, "errors") != nil {
		t.Fatalf("%s: errors %v", s.name, at(answer, "errors"))
	}
	if shows := s.form["body"] != ""; s.name != "resolve" && !shows && len(answer) > 0 { // a changed letter is shown as it was recorded
		t.Errorf("%s: answered with %v", s.name, answer["response_action"])
	}
	o.awaitOffers(root, s.offers)
	return answer
}

// buttonsOnly are the actions that are buttons; the others are options.
var buttonsOnly = strings.Fields("acknowledge question answer progress resolve confirm identity dossier")

// awaitOffers waits until the message offers exactly these of the actions
// that there are now.
func (o *outside) awaitOffers(p *ownPost, want string) {
	o.t.Helper()
	var blocks []any
	o.await(want, func() bool {
		blocks = p.blocks
		return slices.Equal(slices.Sorted(slices.Values(offered(p))), slices.Sorted(slices.Values(strings.Fields(want))))
	})
	for _, b := range blocks {
		for _, e := range list(b, "elements") {
			id := textOf(at(e, "action_id"))
			if id == "" {
				continue
			}
			if at(e, "type") == "button" != slices.Contains(buttonsOnly, id) || at(e, "type") == "static_select" && id != "more" {
				o.t.Errorf("%s is a %v", id, at(e, "type"))
			}
		}
	}
}

// thread are the replies under a message; the caller holds the lock.
func (o *outside) thread(root *ownPost) (replies []*ownPost) {
	for _, p := range o.posts {
		if p.thread == root.ts {
			replies = append(replies, p)
		}
	}
	return replies
}

// checkDiscretion looks at all that was posted and logged.
func (o *outside) checkDiscretion(number string) {
	o.t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, p := range o.posts {
		payload, _ := at(p.metadata, "event_payload").(fields)
		key := textOf(payload["key"])
		if !strings.Contains(p.text, number) || len(payload) != 1 || key == "" {
			o.t.Errorf("message %s: a text of %d, %d fields of metadata", p.ts, len(p.text), len(payload))
		}
		for i, word := range secretWords {
			if strings.Contains(p.text+encode(p.metadata), word) || p.thread == "" && strings.Contains(p.rawBlocks, word) || i < 4 && strings.Contains(p.rawBlocks, word) {
				o.t.Errorf("message %s tells secret %d", p.ts, i)
			}
		}
		if p.thread == "" && p.edits == 0 {
			o.t.Errorf("message %s was never brought up to date", cmp.Or(p.ts, "?"))
		}
	}
	for i, word := range secretWords {
		if strings.Contains(o.output.String(), word) {
			o.t.Errorf("the log tells secret %d", i)
		}
	}
}

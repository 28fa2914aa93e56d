package handlers

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// values is what a person filled in, by block id. A field that is empty, or
// that the submission left out, reads as the zero value.
type values map[string]map[string]slack.BlockAction

// valuesOf returns what a view carries; nil when it carries no state.
func valuesOf(v slack.View) values {
	if v.State == nil {
		return nil
	}
	return v.State.Values
}

func (v values) text(block string) workflow.Confidential {
	return workflow.Confidential(v[block][valueID].Value)
}

func (v values) choice(block string) string { return v[block][valueID].SelectedOption.Value }

// choices are the values of the ticked boxes.
func (v values) choices(block string) []string {
	var all []string
	for _, o := range v[block][valueID].SelectedOptions {
		all = append(all, o.Value)
	}
	return all
}

func (v values) person(block string) roster.PersonID {
	return roster.PersonID(v[block][valueID].SelectedUser)
}

// date returns the zero Date for a field that is empty or holds no date; the
// rules say whether one is needed.
func (v values) date(block string) calendar.Date {
	d, err := calendar.ParseDate(v[block][valueID].SelectedDate)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

func (v values) files(block string) []workflow.Attachment {
	var all []workflow.Attachment
	for _, f := range v[block][valueID].Files {
		all = append(all, workflow.Attachment{File: f.ID, Name: workflow.Confidential(f.Name)})
	}
	return all
}

// memo is what a view remembers between being shown and being used; it lies
// in private_metadata and holds nothing confidential.
type memo struct {
	Case    workflow.CaseID `json:"case,omitempty"`
	Version int             `json:"version,omitempty"` // that the person saw
	Nonce   string          `json:"nonce,omitempty"`   // of this showing; part of the gesture's identity
	Filter  lists.Filter    `json:"filter,omitempty"`  // chosen on Home

	Format string `json:"format,omitempty"` // of what an access request hands out

	What workflow.WatchKind `json:"what,omitempty"` // what a reminder was about

	Topic          string `json:"topic,omitempty"`          // of a review: see topic
	Recommendation string `json:"recommendation,omitempty"` // its id
	Reply          string `json:"reply,omitempty"`          // response_url of the message that led here
}

// String returns the memo as JSON; "" for the zero memo.
func (m memo) String() string {
	if m == (memo{}) {
		return ""
	}
	b, err := json.Marshal(m)
	if err != nil { // strings and an int always marshal
		return ""
	}
	return string(b)
}

// memoOf reads a view's memo; the zero memo when it is none of ours.
func memoOf(private string) memo {
	var m memo
	if json.Unmarshal([]byte(private), &m) != nil {
		return memo{}
	}
	return m
}

// ref is how a button says which case it is about and which version of it
// the person saw. The version only informs: the rules alone decide whether
// an action is still possible (design section 3).
type ref struct {
	Case    workflow.CaseID
	Version int
}

func refTo(c *workflow.Complaint) ref { return ref{c.ID, c.Version} }

// String is the value of a button and the block id of a case's row of
// buttons.
func (r ref) String() string { return string(r.Case) + "." + strconv.Itoa(r.Version) }

// parseRef reads what String wrote; ok is false for anything else.
func parseRef(s string) (r ref, ok bool) {
	id, version, found := strings.Cut(s, ".")
	n, err := strconv.Atoi(version)
	if !found || err != nil || id == "" || n < 0 {
		return ref{}, false
	}
	return ref{workflow.CaseID(id), n}, true
}

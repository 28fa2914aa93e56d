package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot"
	"github.com/artra/klachtbot/slacksim"
)

// The people and channels of the workspace. The people are invented.
const (
	officer     = "U0OMAR"
	deputy      = "U0LOTTE"
	director    = "U0DIRK"
	general     = "C0ALGEMEEN"
	caseChannel = "C0KLACHTEN"
)

// simulation is a workspace with people who file complaints.
type simulation struct {
	*slacksim.Sim
	people []*slacksim.User
}

// simulate starts a workspace in which n people file complaints.
func simulate(ctx context.Context, n int) (*simulation, error) {
	person := func(id string) slacksim.Person {
		return slacksim.Person{ID: id, Name: id, RealName: "Medewerker " + id, Locale: "en-US", TZ: "Europe/Amsterdam"}
	}
	people, members := []slacksim.Person{person(officer), person(deputy), person(director)}, []string{officer}
	for i := range n {
		p := person(fmt.Sprintf("U0STAFF%d", i))
		people, members = append(people, p), append(members, p.ID)
	}
	sim, err := slacksim.New(slacksim.Config{
		Manifest: klachtbot.Manifest, People: people,
		Channels: []slacksim.Channel{
			{ID: general, Name: "algemeen", Members: members},
			{ID: caseChannel, Name: "klachten", Private: true, Members: []string{officer, deputy, slacksim.BotUserID}},
		},
	})
	if err != nil {
		return nil, err
	}
	if err := sim.Start(ctx, "127.0.0.1:0"); err != nil {
		return nil, errors.Join(err, sim.Close())
	}
	s := &simulation{Sim: sim}
	for _, id := range members[1:] {
		s.people = append(s.people, sim.As(id))
	}
	return s, nil
}

// end closes the workspace and says what Slack would have refused in silence.
func (s *simulation) end() error {
	complaints := s.Complaints()
	err := s.Close()
	if len(complaints) > 0 {
		return errors.Join(err, fmt.Errorf("%d answers that Slack would have refused, the first: %s", len(complaints), complaints[0]))
	}
	return err
}

// answers is what somebody at the telephone fills in; the rest has defaults.
func answers() slacksim.Values {
	return slacksim.Values{
		"complainant_name": "Noor Voorbeeld", "email": "noor@example.org", "phone": "06 1234 5678", "preferred_contact": "email",
		"complainant_kind": "participant", "offering_kind": "training", "offering_name": "Gesprekstechniek",
		"category": "trainer", "description": "De trainer kwam te laat, zegt Noor Voorbeeld.",
		"desired_outcome": "Een excuus.",
	}
}

// formTime is how long somebody waits for the form.
const formTime = 10 * time.Second

// open types /klacht and waits for the form.
func open(ctx context.Context, u *slacksim.User) (slacksim.View, error) {
	ctx, cancel := context.WithTimeout(ctx, formTime)
	defer cancel()
	if _, err := u.Slash(ctx, general, "/klacht", ""); err != nil {
		return slacksim.View{}, err
	}
	return u.AwaitModal(ctx, "log_complaint")
}

// press fills the form in, presses Submit once, and returns how long the answer
// took to appear.
func press(ctx context.Context, u *slacksim.User, view string) (time.Duration, error) {
	began := time.Now()
	got, err := u.Submit(ctx, view, answers())
	took := time.Since(began)
	if err == nil && !got.Updated {
		err = errNotFiled
	}
	return took, err
}

// mostPresses is how often somebody presses Submit before giving up.
const mostPresses = 10

// filing is how one complaint was filed.
type filing struct {
	took    time.Duration // from the first press to the answer
	presses int
}

// file does a person's part of the job once, pressing again as long as the form
// says that it is not filed.
func file(ctx context.Context, u *slacksim.User) (filing, error) {
	view, err := open(ctx, u)
	if err != nil {
		return filing{}, err
	}
	var f filing
	began := time.Now()
	for f.presses < mostPresses {
		f.presses++
		_, err = press(ctx, u, view.ID)
		if !errors.Is(err, errNotFiled) && !errors.Is(err, slacksim.ErrNoAck) {
			break
		}
	}
	f.took = time.Since(began)
	return f, errors.Join(err, putAside(ctx, u))
}

// errNotFiled means that the form stays open, with the reason under a field.
var errNotFiled = errors.New("not filed: the form has a field error")

// putAside closes whatever modal is in front of somebody.
func putAside(ctx context.Context, u *slacksim.User) error {
	if view, ok := u.Modal(); ok {
		return u.CloseView(ctx, view.ID)
	}
	return nil
}

// awaitPosted waits until n case messages stand in the channel, each with its
// story, and returns how many do.
func (s *simulation) awaitPosted(ctx context.Context, n int) (int, error) {
	told := map[string]bool{}
	_, err := s.AwaitMessage(ctx, caseChannel, func(m slacksim.Message) bool {
		if m.ThreadTS != "" && m.ThreadTS != m.TS {
			told[m.ThreadTS] = true
		}
		return len(told) >= n
	})
	return len(told), err
}

// awaitSilence waits until no socket of a program that ended is open.
func (s *simulation) awaitSilence(ctx context.Context) error {
	return s.Workspace().Await(ctx, "the sockets to close", func() bool { return s.Connections() == 0 })
}

// formOf is what an app opens to get this view.
func formOf(v slacksim.View) ([]byte, error) {
	var shown map[string]json.RawMessage
	if err := json.Unmarshal(v.Raw, &shown); err != nil {
		return nil, err
	}
	form := map[string]json.RawMessage{}
	for _, key := range []string{"type", "callback_id", "title", "submit", "close", "blocks"} {
		form[key] = shown[key]
	}
	return json.Marshal(form)
}

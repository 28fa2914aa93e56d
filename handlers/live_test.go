package handlers_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/slacksim"
)

// TestLive_filesAndLists takes the filing form, its mistakes, the closing view,
// the list, the dossier and the Home tab through a Slack that is as strict as
// the real one.
func TestLive_filesAndLists(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	form := w.Opens(t, handlerstest.Staff, "", "log_complaint")
	values := slacksim.Values{}
	for id, v := range handlerstest.FilledIn(map[string]string{
		"description":      strings.Repeat("😀", 1500),
		"description_more": "<!channel> *vet* <https://kwaad.example|artra>",
		"email":            "dat is geen adres",
	}) {
		values[id] = v
	}
	user := w.Sim.As(string(handlerstest.Staff))
	got, err := user.Submit(t.Context(), form.ID, values)
	if err != nil || got.Local || !strings.Contains(got.Errors["email"], "geen e-mailadres") {
		t.Fatalf("submission with a mistake: %+v, %v", got, err)
	}
	got, err = user.Submit(t.Context(), form.ID, slacksim.Values{"email": "klaas@klager.example"})
	if err != nil || !got.Updated {
		t.Fatalf("submission: %+v, %v", got, err)
	}
	if closing := w.Awaits(t, handlerstest.Staff, "logged"); !strings.Contains(string(closing.Raw), "K-2026-0001") {
		t.Errorf("the closing view lacks the number")
	}
	list := w.Opens(t, handlerstest.Officer, "lijst", "list")
	if err := w.Sim.As(string(handlerstest.Officer)).ClickView(t.Context(), list.ID, "dossier", ""); err != nil {
		t.Fatal(err)
	}
	if dossier := w.Awaits(t, handlerstest.Officer, "dossier"); !strings.Contains(string(dossier.Raw), "Basiscursus planning") {
		t.Error("the dossier lacks what the case is about")
	}
	w.Opens(t, handlerstest.Director, "k-2026-1", "card")
}

func TestLive_homeOpensTheModal(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	user := w.Sim.As(string(handlerstest.English))
	if err := user.OpenHome(t.Context()); err != nil {
		t.Fatal(err)
	}
	home, err := user.AwaitView(t.Context(), func(v slacksim.View) bool { return v.Type == "home" })
	if err != nil {
		t.Fatal(err)
	}
	if err := user.ClickView(t.Context(), home.ID, "log_complaint", ""); err != nil {
		t.Fatal(err)
	}
	w.Awaits(t, handlerstest.English, "log_complaint")
}

func TestLive_refusesAGuest(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	user := w.Sim.As(string(handlerstest.Guest))
	got, err := user.Slash(t.Context(), handlerstest.Lobby, "/klacht", "")
	if err != nil || !strings.Contains(got.Text, "te gast") {
		t.Errorf("the guest reads %q, %v", got.Text, err)
	}
	if err := user.Shortcut(t.Context(), "log_complaint"); err != nil {
		t.Fatal(err)
	}
	if direct := user.DMs(); len(direct) != 1 || !strings.Contains(direct[0].Text, "te gast") {
		t.Errorf("the guest got %d direct messages", len(direct))
	}
	if _, open := user.Modal(); open {
		t.Error("a refusal opened a modal")
	}
}

func TestLive_filesFromAMessage(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	user := w.Sim.As(string(handlerstest.Staff))
	ts, err := user.Post(t.Context(), handlerstest.Lobby, "", "Klant Bea is boos: "+strings.Repeat("zin met woorden ", 450))
	if err != nil {
		t.Fatal(err)
	}
	if err := user.MessageShortcut(t.Context(), "log_complaint_from_message", handlerstest.Lobby, ts); err != nil {
		t.Fatal(err)
	}
	view := w.Awaits(t, handlerstest.Staff, "log_complaint")
	if raw := string(view.Raw); !strings.Contains(raw, "Klant Bea is boos") || !strings.Contains(raw, "langer dan de twee velden") {
		t.Error("the story is not filled in, or the modal doesn't say that it was cut")
	}
}

// TestLive_sameMonthAgain: in the list, a month can be picked again after another
// list was looked at, in a Slack that keeps what was picked as long as the block is
// the same one. (bolt-python #629, bolt-js #2766)
func TestLive_sameMonthAgain(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	user := w.Sim.As(string(handlerstest.Officer))
	month, list := `{"filter":"closed","month":"2026-10"}`, `{"filter":"overdue"}`
	view := w.Opens(t, handlerstest.Officer, "lijst", "list")
	for _, pick := range [][2]string{{"list_month", month}, {"list_filter", list}, {"list_month", month}, {"list_filter", list}} {
		if err := user.ClickView(t.Context(), view.ID, pick[0], pick[1]); err != nil {
			t.Fatalf("%s: %v", pick[0], err)
		}
		before := view
		var err error
		if view, err = user.AwaitView(t.Context(), func(v slacksim.View) bool { return v.ID == before.ID && v.Hash != before.Hash }); err != nil {
			t.Fatal(err)
		}
	}
}

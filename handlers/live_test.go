package handlers_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/slacksim"
)

// TestLive_filesAndLists takes the log modal, its mistakes, the closing view, the list, the
// dossier and the Home tab through a Slack that is as strict as the real one.
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
	hand := w.Sim.As(string(handlerstest.Staff))
	got, err := hand.Submit(t.Context(), form.ID, values)
	if err != nil || got.Local || !strings.Contains(got.Errors["email"], "geen e-mailadres") {
		t.Fatalf("submission with a mistake: %+v, %v", got, err)
	}
	got, err = hand.Submit(t.Context(), form.ID, slacksim.Values{"email": "klaas@klager.example"})
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
	hand := w.Sim.As(string(handlerstest.English))
	if err := hand.OpenHome(t.Context()); err != nil {
		t.Fatal(err)
	}
	home, err := hand.AwaitView(t.Context(), func(v slacksim.View) bool { return v.Type == "home" })
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.ClickView(t.Context(), home.ID, "log_complaint", ""); err != nil {
		t.Fatal(err)
	}
	w.Awaits(t, handlerstest.English, "log_complaint")
}

func TestLive_refusesAGuest(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	hand := w.Sim.As(string(handlerstest.Guest))
	got, err := hand.Slash(t.Context(), handlerstest.Lobby, "/klacht", "")
	if err != nil || !strings.Contains(got.Text, "te gast") {
		t.Errorf("the guest reads %q, %v", got.Text, err)
	}
	if err := hand.Shortcut(t.Context(), "log_complaint"); err != nil {
		t.Fatal(err)
	}
	if told := hand.DMs(); len(told) != 1 || !strings.Contains(told[0].Text, "te gast") {
		t.Errorf("the guest was told %d messages", len(told))
	}
	if _, open := hand.Modal(); open {
		t.Error("a refusal opened a modal")
	}
}

func TestLive_filesFromAMessage(t *testing.T) {
	w := handlerstest.NewWorkspace(t)
	hand := w.Sim.As(string(handlerstest.Staff))
	ts, err := hand.Post(t.Context(), handlerstest.Lobby, "", "Klant Bea is boos: "+strings.Repeat("zin met woorden ", 450))
	if err != nil {
		t.Fatal(err)
	}
	if err := hand.MessageShortcut(t.Context(), "log_complaint_from_message", handlerstest.Lobby, ts); err != nil {
		t.Fatal(err)
	}
	view := w.Awaits(t, handlerstest.Staff, "log_complaint")
	if raw := string(view.Raw); !strings.Contains(raw, "Klant Bea is boos") || !strings.Contains(raw, "langer dan de twee velden") {
		t.Error("the story is not filled in, or the modal doesn't say that it was cut")
	}
}

package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/texts"
)

// stories posts in the open channel what a complaint may come from: an e-mail, a
// form on the website, and a colleague's message that another one forwards. A
// workspace that was used before keeps what it has.
func stories(ctx context.Context, sim *slacksim.Sim, sp texts.Speaker) error {
	if len(sim.Messages(demoOpen)) > 0 {
		return nil
	}
	_, mailed := sim.ReceiveMail(demoOpen, slacksim.Mail{
		FromName: "Noor Voorbeeld", From: "noor@example.org", Date: sim.Workspace().Now().Format("Mon, 2 Jan 2006 15:04:05 -0700"),
		Subject: sp.Say("demo.mail.subject"), Text: sp.Say("demo.mail.text"),
		Parts: []slacksim.MailPart{{Name: "zaal.txt", Body: []byte("14 °C")}},
	})
	form, err := json.Marshal([]map[string]any{{
		"title": sp.Say("demo.form.title"), "fallback": sp.Say("demo.form.title"),
		"fields": []map[string]any{
			{"title": sp.Say("demo.form.name"), "value": "Fien Fictie, fien@example.org"},
			{"title": sp.Say("demo.form.message"), "value": sp.Say("demo.form.text")},
		},
	}})
	_, filled := sim.PostAsApp(demoOpen, slacksim.AppMessage{App: "Website", Attachments: form})
	talk, talked := sim.As(demoDeputy).Post(ctx, demoOpen, "", sp.Say("demo.talk"))
	if err := errors.Join(mailed, err, filled, talked); err != nil {
		return err
	}
	_, err = sim.As(demoStaff).Share(ctx, demoOpen, talk, demoOpen, sp.Say("demo.forward"))
	return err
}

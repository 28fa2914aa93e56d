package export

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// RegisterReader reads the register for a document. Both methods leave out the
// cases that concern one of those people, and keep no order.
type RegisterReader interface {
	// Register calls f with every case received by the last day, without the
	// Particulars.
	Register(ctx context.Context, last calendar.Date, without []roster.PersonID, f func(workflow.Complaint) error) error
	// RegisterWithIdentity is Register with the Particulars.
	RegisterWithIdentity(ctx context.Context, last calendar.Date, without []roster.PersonID, f func(workflow.Complaint) error) error
}

// What may leave through Slack at a time: cases, which are in memory together
// while the file is made, and bytes, which a line of 10 Mbit/s uploads in the
// time that an attempt has.
const (
	maxExported = 10_000
	maxFile     = 25_000_000
)

// errTooLarge is why a register is not made.
const errTooLarge = core.RefusalKey("register_export.too_large")

// errNoRole is why somebody who has no role gets no register.
const errNoRole = core.RefusalKey("register_export.forbidden")

// openRegister asks which register somebody with a role wants as a file.
func (h *Handler) openRegister(ctx context.Context, g core.Gesture) error {
	if !outbox.MayHave(h.Policy.Roster, g.Who.ID, outbox.DocumentOverview) {
		return errNoRole
	}
	return h.Show(ctx, g, h.registerForm(g))
}

// submitRegister leaves a line in the register's chain, shows the passphrase of
// what identifies somebody, and has the rest done after that: reading, writing,
// sealing. The passphrase is in the modal and nowhere else. It stands there
// before the file is made, since nothing that comes later can get in its way;
// whoever did not see it can do nothing with the file. A submission that came
// twice makes no second file, and says so without touching a modal that stands
// there by now.
func (h *Handler) submitRegister(ctx context.Context, g core.Gesture) core.Ack {
	asked, err := askedIn(g.Values())
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	kind := h.registerKind(g.Who.ID, asked)
	id, repeated, err := h.documents.RequestDocument(ctx, outbox.DocumentRequest{Kind: kind, By: g.Who.ID, Gesture: g.ID})
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case repeated:
		return core.FieldError(blockFormat, g.Speak.Say("register_export.repeated"))
	}
	o := outbox.Document{ID: id, Kind: kind, To: g.Who.ID, Name: h.registerName(g, asked)}
	var passphrase workflow.Confidential
	if asked.identity {
		passphrase = dossier.Passphrase()
	}
	ack := core.Update(h.registerView(g, o.Name, passphrase))
	ack.Then = func(ctx context.Context) { h.finishRegister(ctx, g, asked, o, passphrase) }
	return ack
}

func (h *Handler) registerName(g core.Gesture, a registerAsked) string {
	file := g.Speak.Say("register_export.file")
	return file + "-" + h.Today().String() + "." + a.format
}

// registerView says what is going to come, and shows the passphrase of it.
func (h *Handler) registerView(g core.Gesture, name string, passphrase workflow.Confidential) slack.ModalViewRequest {
	sp := g.Speak
	var blocks []slack.Block
	otherwise := "register_export.again"
	if !passphrase.Blank() {
		blocks = append(blocks, kit.Section(sp.Say("register_export.passphrase"), nil), PassphraseLine(passphrase))
		otherwise = "register_export.lost"
	}
	blocks = append(blocks,
		kit.Section(sp.Say("register_export.coming", texts.Args{"Name": name}), nil),
		kit.Remark(sp.Say(otherwise)))
	return kit.Modal(RegisterExport, sp.Say("register_export.title"), "", sp.Say("common.close"), kit.Metadata{}, blocks...)
}

// finishRegister makes the file and has it sent. Of what stops it the person
// reads in a direct message, where they wait for the file.
func (h *Handler) finishRegister(ctx context.Context, g core.Gesture, a registerAsked, o outbox.Document, passphrase workflow.Confidential) {
	content, err := h.writtenRegister(ctx, g, a, o, passphrase)
	if err == nil {
		o.Content = content
		err = h.documents.SendDocument(ctx, o)
	}
	if err != nil {
		g.View = incoming.View{}
		h.Explain(ctx, g, err)
	}
}

func (h *Handler) writtenRegister(ctx context.Context, g core.Gesture, a registerAsked, o outbox.Document, passphrase workflow.Confidential) ([]byte, error) {
	cases, err := h.registerFor(ctx, g.Who.ID, a)
	if err != nil {
		return nil, err
	}
	r := report.Register{
		Speaker: g.Speak, Calendar: h.Policy.Calendar, Today: h.Today(),
		View: view(o.Kind), Passphrase: passphrase, InMemory: true,
	}
	write := r.XLSX
	if a.format == formatCSV {
		write = r.CSV
	}
	var b bytes.Buffer
	err = write(&bounded{w: &b, left: maxFile}, func(f func(workflow.Complaint) error) error {
		for i := range cases {
			if err := f(cases[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("write register: %w", err)
	}
	return b.Bytes(), nil
}

// registerKind is what somebody gets who asks for that.
func (h *Handler) registerKind(who roster.PersonID, a registerAsked) outbox.DocumentKind {
	switch {
	case a.identity:
		return outbox.DocumentIdentity
	case h.Policy.Roster.IsOfficer(who):
		return outbox.DocumentRegister
	}
	return outbox.DocumentOverview
}

func view(k outbox.DocumentKind) report.View {
	switch k {
	case outbox.DocumentIdentity:
		return report.ViewIdentity
	case outbox.DocumentRegister:
		return report.ViewPlain
	}
	return report.ViewOverview
}

// registerFor are the cases of a period as somebody may know of them, by their
// numbers. Who complains is only among them where that person has an officer's
// rights on the case, and nothing of the contents past its term (R10).
func (h *Handler) registerFor(ctx context.Context, who roster.PersonID, a registerAsked) ([]workflow.Complaint, error) {
	read, least := h.registers.Register, workflow.AccessOverview
	if a.identity {
		read, least = h.registers.RegisterWithIdentity, workflow.AccessFull
	}
	there := h.Roster(ctx)
	var cases []workflow.Complaint
	err := read(ctx, h.Today(), []roster.PersonID{who}, func(c workflow.Complaint) error {
		switch {
		case !a.holds(&c), c.Access(there, who) < least:
			return nil
		case len(cases) == maxExported:
			return errTooLarge
		}
		if h.Policy.PastTerm(&c, h.Today()) {
			c = c.Shut()
		}
		cases = append(cases, c)
		return nil
	})
	slices.SortFunc(cases, func(a, b workflow.Complaint) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Series, b.Series),
			cmp.Compare(len(a.Number), len(b.Number)), cmp.Compare(a.Number, b.Number))
	})
	return cases, err
}

// bounded takes so many bytes and no more.
type bounded struct {
	w    io.Writer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errTooLarge
	}
	return b.w.Write(p)
}

package delivery

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// transferTime bounds the download of one file. It may outlast the lease:
// then another sender may begin the same, and the first to be done counts.
const transferTime = time.Minute

// fileImporter takes files over from Slack into the register. Each step is on
// record before the next, so that one that was killed goes on where it was.
type fileImporter struct {
	api      *slackapi.Client
	calls    *slackapi.Calls
	files    Files
	web      *http.Client // follows no redirect
	account  slackapi.Account
	patience time.Duration
	inHand   sync.Map // ids of deliveries that this process is at work on
}

// newFileImporter returns one. Its downloads follow no redirect: Slack sends
// whoever may not have a file to a page, and no other host may see the token.
func newFileImporter(c Config, s Slack, calls *slackapi.Calls) *fileImporter {
	return &fileImporter{
		api: s.API, calls: calls, files: c.Register.Files, account: c.Account, patience: c.Patience,
		web: &http.Client{
			Transport:     s.HTTP.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// take carries out a delivery of KindFileImport: from Slack into the register,
// and out of Slack.
func (f *fileImporter) take(ctx context.Context, d outbox.Delivery) error {
	if _, busy := f.inHand.LoadOrStore(d.ID, true); busy {
		return &notYet{at: time.Now().Add(outbox.LeaseTime), why: faultInHand}
	}
	defer f.inHand.Delete(d.ID)
	ordinal := fileOf(d.Payload)
	a, err := f.files.Attachment(ctx, d.Case, ordinal)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoSuchCase), err == nil && a.State.Settled():
		return nil
	case err != nil:
		return err
	}
	state, fault, err := f.carry(ctx, d, a)
	if err != nil {
		return err
	}
	return f.record(ctx, func(ctx context.Context) error {
		return f.files.EndAttachment(ctx, d.Case, ordinal, state, fault)
	})
}

// fileOf is the number of the attachment that a payload is about.
func fileOf(p outbox.Payload) int {
	file, _ := p.(outbox.FileImport)
	return file.Ordinal
}

// record writes down what was done; a stop does not keep it from that.
func (f *fileImporter) record(ctx context.Context, write func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.patience)
	defer cancel()
	return write(ctx)
}

// carry does what is still to be done with a file, and returns what became of
// it.
func (f *fileImporter) carry(ctx context.Context, d outbox.Delivery, a workflow.Attachment) (workflow.AttachmentState, string, error) {
	if a.State == workflow.AttachmentWaiting {
		content, err := f.fetch(ctx, d, a.File)
		switch {
		case slackapi.FileGone(err), slackapi.FileUnknown(err), errors.Is(err, errNoPart):
			return workflow.AttachmentLost, "", nil
		case errors.Is(err, errTooLarge):
			return workflow.AttachmentRefused, faultTooLarge, nil
		case errors.Is(err, errElsewhere):
			return workflow.AttachmentRefused, faultElsewhere, nil
		case err != nil:
			return "", "", err
		}
		if err := f.record(ctx, func(ctx context.Context) error {
			return f.files.TakeAttachment(ctx, d.Case, a.Ordinal, content)
		}); err != nil {
			return "", "", err
		}
	}
	return f.remove(ctx, d.Lane, a)
}

// remove takes a file that the register holds out of Slack. Where Slack refuses
// that for good, whoever sent it in is asked to. Of an e-mail Slack deletes all or
// nothing, and only for who brought it there.
func (f *fileImporter) remove(ctx context.Context, lane outbox.Lane, a workflow.Attachment) (workflow.AttachmentState, string, error) {
	if _, _, part := workflow.PartOfMail(a.File); part {
		return workflow.AttachmentAsked, "", nil
	}
	err := f.ask(ctx, lane, slackapi.MethodFileDelete, f.patience, func(ctx context.Context) error {
		return f.api.DeleteFileContext(ctx, a.File)
	})
	switch {
	case err == nil, slackapi.FileGone(err):
		return workflow.AttachmentRemoved, "", nil
	case slackapi.Refused(err):
		return workflow.AttachmentAsked, "", nil
	}
	return "", "", err
}

// A file that somebody sends in waits in Slack for a scan: for a while Slack knows
// nothing of it, or only half. Nothing is concluded from that before both have
// passed: a clock that jumps does not make so many attempts.
const (
	lateTime  = 5 * time.Minute
	lateTries = 6
)

// late reports whether Slack has had its time to know a file.
func late(d outbox.Delivery, now time.Time) bool {
	return d.Attempts >= lateTries && now.Sub(d.FirstTry) >= lateTime
}

// incomplete reports whether Slack does not know all of a file yet: it takes no
// empty ones, and says where each is kept and of what kind it is.
func incomplete(file slackapi.FileInfo) bool {
	return file.Size <= 0 || file.Mimetype == "" || file.URL == "" && !file.IsExternal
}

// fetch returns the content of a file, or of a file of an e-mail.
func (f *fileImporter) fetch(ctx context.Context, d outbox.Delivery, id string) (content []byte, err error) {
	file, err := f.locate(ctx, d, id)
	switch {
	case err != nil:
		return nil, err
	case file.Size > workflow.MaxAttached:
		return nil, errTooLarge
	}
	err = f.ask(ctx, d.Lane, slackapi.MethodDownload, transferTime, func(ctx context.Context) (err error) {
		content, err = f.download(ctx, file.URL, file.Size)
		return err
	})
	return content, err
}

// locate asks Slack where the bytes of a file are, and how many. As long as Slack
// may not know all of it yet, it is to be asked again.
func (f *fileImporter) locate(ctx context.Context, d outbox.Delivery, id string) (slackapi.FilePart, error) {
	mail, place, part := workflow.PartOfMail(id)
	if part {
		id = mail
	}
	file, err := f.info(ctx, d.Lane, id)
	early, again := !late(d, time.Now()), time.Now().Add(slackapi.Backoff(d.Attempts, unsureBase, unsureMost))
	whole := slackapi.FilePart{Size: file.Size, URL: file.URL}
	switch {
	case early && slackapi.FileUnknown(err):
		return slackapi.FilePart{}, &notYet{at: again, why: slackapi.Code(err)}
	case err != nil:
		return slackapi.FilePart{}, err
	case part && place < len(file.Parts):
		return file.Parts[place], nil
	case file.Size > workflow.MaxAttached && !part:
		return whole, nil
	case early && (part || incomplete(file)):
		return slackapi.FilePart{}, &notYet{at: again, why: faultIncomplete}
	case part:
		return slackapi.FilePart{}, errNoPart
	}
	return whole, nil
}

// info asks Slack what it has of a file.
func (f *fileImporter) info(ctx context.Context, lane outbox.Lane, id string) (file slackapi.FileInfo, err error) {
	err = f.ask(ctx, lane, slackapi.MethodFileInfo, f.patience, func(ctx context.Context) error {
		answer, err := f.api.Do(ctx, slackapi.AskFile(id))
		if file = answer.File; err == nil && file.ID == "" {
			err = slackapi.ErrNoID
		}
		return err
	})
	return file, err
}

// ask makes a call that may take that long, unless the bot stops; unlike a
// message, whatever is broken off here can simply be asked again.
func (f *fileImporter) ask(ctx context.Context, lane outbox.Lane, method string, most time.Duration, do func(context.Context) error) error {
	return f.calls.Call(lane, method, func() error {
		limited, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		err := do(limited)
		if ctx.Err() != nil {
			return slackapi.ErrNotBegun
		}
		return err
	})
}

// What can be wrong with a file or its address.
var (
	errTooLarge  = errors.New(faultTooLarge)
	errOther     = errors.New("other bytes than Slack said")
	errElsewhere = errors.New(faultElsewhere)
	errNoPart    = errors.New("no such file in the e-mail")
)

// download reads a file of that size. The token goes to Slack only.
func (f *fileImporter) download(ctx context.Context, address string, size int) ([]byte, error) {
	if err := f.checkAddress(address); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errElsewhere // the cause repeats the address
	}
	r.Header.Set("Authorization", "Bearer "+f.account.BotToken)
	answer, err := f.web.Do(r)
	if err != nil {
		return nil, slackapi.Bare(err)
	}
	content, err := readFile(answer, size)
	return content, errors.Join(err, answer.Body.Close())
}

// checkAddress lets only Slack's own hosts through.
func (f *fileImporter) checkAddress(address string) error {
	if !f.account.Own(address) {
		return errElsewhere
	}
	return nil
}

func readFile(answer *http.Response, size int) ([]byte, error) {
	if answer.StatusCode == http.StatusTooManyRequests {
		after, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		if err == nil {
			return nil, &slack.RateLimitedError{RetryAfter: time.Duration(after) * time.Second}
		}
	}
	if answer.StatusCode != http.StatusOK {
		return nil, slack.StatusCodeError{Code: answer.StatusCode, Status: answer.Status}
	}
	content, err := io.ReadAll(io.LimitReader(answer.Body, workflow.MaxAttached+1))
	switch {
	case err != nil:
		return nil, err
	case len(content) > workflow.MaxAttached:
		return nil, errTooLarge
	case len(content) != size: // a part of it, or a page for a browser
		return nil, errOther
	}
	return content, nil
}

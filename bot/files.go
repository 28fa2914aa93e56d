package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
)

// Files is the register's side of taking attachments over. Each of its changes
// happens once, however often it is asked for.
type Files interface {
	// Attachment returns a file of a case; workflow.CodeNoSuchCase when there
	// is none any more.
	Attachment(ctx context.Context, id workflow.CaseID, ordinal int) (workflow.Attachment, error)
	// TakeAttachment keeps the content.
	TakeAttachment(ctx context.Context, id workflow.CaseID, ordinal int, content []byte) error
	// EndAttachment keeps what became of it in Slack, and a word for why.
	EndAttachment(ctx context.Context, id workflow.CaseID, ordinal int, state workflow.AttachmentState, fault string) error
}

// Slack's methods for files; the last is the address that files.info gives.
const (
	methodFileInfo   = "files.info"
	methodFileDelete = "files.delete"
	methodDownload   = "files.download"
)

// transferTime bounds the download of one file. It may outlast the lease:
// then another sender may begin the same, and the first to be done counts.
const transferTime = time.Minute

// slackFiles is where Slack keeps files.
const slackFiles = "files.slack.com"

// porter takes files over from Slack into the register. Each step is on
// record before the next, so that one that was killed goes on where it was.
type porter struct {
	*caller
	files    Files
	web      *http.Client // of Slack's methods
	token    string
	host     *url.URL // of Slack's methods
	patience time.Duration
	inHand   sync.Map // ids of deliveries that this process is at work on
}

// newPorter returns a porter. Its downloads follow no redirect: Slack sends
// whoever may not have a file to a page, and no other host may see the token.
func newPorter(c Config, calls *caller, web *http.Client) *porter {
	host, err := url.Parse(c.APIURL)
	if err != nil {
		host = &url.URL{} // then no call arrives anywhere
	}
	return &porter{
		caller: calls, files: c.Files, token: c.BotToken, host: host, patience: c.patience,
		web: &http.Client{
			Transport:     web.Transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// take carries out a delivery of KindFileImport: from Slack into the register,
// and out of Slack.
func (p *porter) take(ctx context.Context, d outbox.Delivery) error {
	if _, busy := p.inHand.LoadOrStore(d.ID, true); busy {
		return &notYet{at: p.now().Add(leaseTime), why: faultInHand}
	}
	defer p.inHand.Delete(d.ID)
	ordinal := fileOf(d.Payload)
	a, err := p.files.Attachment(ctx, d.Case, ordinal)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoSuchCase), err == nil && a.State.Settled():
		return nil
	case err != nil:
		return err
	}
	state, fault, err := p.carry(ctx, d, a)
	if err != nil {
		return err
	}
	return p.record(ctx, func(ctx context.Context) error {
		return p.files.EndAttachment(ctx, d.Case, ordinal, state, fault)
	})
}

// fileOf is the number of the attachment that a payload is about.
func fileOf(p outbox.Payload) int {
	file, _ := p.(outbox.FileImport)
	return file.Ordinal
}

// record writes down what was done; a stop does not keep it from that.
func (p *porter) record(ctx context.Context, write func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.patience)
	defer cancel()
	return write(ctx)
}

// carry does what is still to be done with a file, and returns what became of
// it.
func (p *porter) carry(ctx context.Context, d outbox.Delivery, a workflow.Attachment) (workflow.AttachmentState, string, error) {
	if a.State == workflow.AttachmentWaiting {
		content, err := p.fetch(ctx, d.Lane, a.File)
		switch {
		case isGone(err):
			return workflow.AttachmentLost, "", nil
		case errors.Is(err, errTooLarge):
			return workflow.AttachmentRefused, faultTooLarge, nil
		case errors.Is(err, errElsewhere):
			return workflow.AttachmentRefused, faultElsewhere, nil
		case err != nil:
			return "", "", err
		}
		if err := p.record(ctx, func(ctx context.Context) error {
			return p.files.TakeAttachment(ctx, d.Case, a.Ordinal, content)
		}); err != nil {
			return "", "", err
		}
	}
	return p.remove(ctx, d.Lane, a)
}

// remove takes a file that the register holds out of Slack.
func (p *porter) remove(ctx context.Context, lane outbox.Lane, a workflow.Attachment) (workflow.AttachmentState, string, error) {
	err := p.ask(ctx, lane, methodFileDelete, p.patience, func(ctx context.Context) error {
		return p.api.DeleteFileContext(ctx, a.File)
	})
	switch {
	case err == nil, isGone(err):
		return workflow.AttachmentRemoved, "", nil
	case slackCode(err) == "cant_delete_file":
		return workflow.AttachmentAsked, "", nil
	}
	return "", "", err
}

// isGone reports whether Slack knows no such file, or none that the bot may
// see.
func isGone(err error) bool {
	code := slackCode(err)
	return code == "file_not_found" || code == "file_deleted"
}

// fetch returns the content of a file.
func (p *porter) fetch(ctx context.Context, lane outbox.Lane, id string) (content []byte, err error) {
	var file *slack.File
	err = p.ask(ctx, lane, methodFileInfo, p.patience, func(ctx context.Context) (err error) {
		file, _, _, err = p.api.GetFileInfoContext(ctx, id, 0, 0)
		if err == nil && file == nil {
			err = errNoID
		}
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case file.Size > workflow.MaxAttached:
		return nil, errTooLarge
	}
	err = p.ask(ctx, lane, methodDownload, transferTime, func(ctx context.Context) (err error) {
		content, err = p.download(ctx, file.URLPrivateDownload, file.Size)
		return err
	})
	return content, err
}

// ask makes a call that may take that long, unless the bot stops; unlike a
// message, whatever is broken off here can simply be asked again.
func (p *porter) ask(ctx context.Context, lane outbox.Lane, method string, most time.Duration, do func(context.Context) error) error {
	return p.call(lane, method, func() error {
		limited, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		err := do(limited)
		if ctx.Err() != nil {
			return errNotBegun
		}
		return err
	})
}

// What can be wrong with a file or its address.
var (
	errTooLarge  = errors.New(faultTooLarge)
	errShort     = errors.New("fewer bytes than Slack said")
	errElsewhere = errors.New(faultElsewhere)
)

// download reads a file of that size. The token goes to Slack only.
func (p *porter) download(ctx context.Context, address string, size int) ([]byte, error) {
	if err := p.checkAddress(address); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errElsewhere // the cause repeats the address
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	answer, err := p.web.Do(r)
	if err != nil {
		return nil, bare(err)
	}
	content, err := readFile(answer, size)
	return content, errors.Join(err, answer.Body.Close())
}

// checkAddress lets only Slack's own hosts through: that of its methods, by
// the same scheme, and where it keeps files.
func (p *porter) checkAddress(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.User != nil {
		return errElsewhere
	}
	if u.Host == p.host.Host && u.Scheme == p.host.Scheme || u.Host == slackFiles && u.Scheme == "https" {
		return nil
	}
	return errElsewhere
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
	case len(content) < size:
		return nil, errShort
	}
	return content, nil
}

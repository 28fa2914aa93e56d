package delivery

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
)

// How a file gets into Slack. Slack answers the last call of an upload before the
// file is scanned and stands anywhere, and now and then it never does (public
// reports say both): a file has arrived when its message is there, and not before.

// file is what is uploaded.
type file struct {
	name, title, alt, comment string
	content                   []byte
}

// How long a file may take until its message is there, in times of the HTTP
// timeout: after Slack said that it took it, after a call of which nobody knows the
// end, and after an attempt that somebody else made. Then it is brought again.
const (
	sharedWithin  = 20
	unsureWithin  = 6
	anothersShare = 3

	lostMost = 5 // times that this is doubled when Slack shows nothing

	shareBase = time.Second // between looks, the first and the longest
	shareMost = 5 * time.Second
)

// lookAgain is when to look for a file that is not there yet.
func (a *attempt) lookAgain(why string) error {
	return &notYet{at: a.now().Add(slackapi.Backoff(a.d.Attempts, shareBase, shareMost)), why: why}
}

// bring uploads a file and shows it in a channel, or below a message there. It
// returns the file's id once the message stands.
func (a *attempt) bring(ctx context.Context, at slackapi.MessageRef, f file) (string, error) {
	id, err := a.upload(ctx, f)
	if err != nil {
		return "", err
	}
	err = a.complete(ctx, at, slack.FileSummary{ID: id, Title: f.title}, f.comment)
	switch {
	case err == nil:
		within := sharedWithin * a.patience << a.sharing.of(a.d.ID).lost
		a.sharing.expect(a.d.ID, id, a.now().Add(within))
	case mayArrive(err):
		a.sharing.expect(a.d.ID, id, a.now().Add(unsureWithin*a.patience))
		return "", err
	default:
		return "", err
	}
	stands, err := a.arrived(ctx, at, id)
	if err == nil && !stands {
		err = a.lookAgain("")
	}
	return id, err
}

// arrived reports whether Slack shows a file there.
func (a *attempt) arrived(ctx context.Context, at slackapi.MessageRef, id string) (bool, error) {
	if err := a.calls.Ready(a.d.Lane, slackapi.MethodFileInfo); err != nil {
		return false, err
	}
	info, _, _, err := a.api.GetFileInfoContext(ctx, id, 0, 0)
	err = a.calls.Done(a.d.Lane, slackapi.MethodFileInfo, err)
	switch {
	case slackapi.FileUnknown(err):
		return false, nil
	case slackapi.FileGone(err): // whoever deleted it had seen it
		return true, nil
	}
	return err == nil && len(info.Shares.Private[at.Channel])+len(info.Shares.Public[at.Channel]) > 0, err
}

// mayArrive reports whether a call that failed may have been carried out.
func mayArrive(err error) bool {
	var (
		call    *slackapi.CallError
		limited *slack.RateLimitedError
	)
	return errors.As(err, &call) && !errors.As(err, &limited) && slackapi.Unsure.Means(err) && !slackapi.FileUnknown(err)
}

// standing returns the file that an earlier attempt brought; "" when there is none,
// and none can arrive any more. What was not shared in time is deleted, so that it
// does not turn up beside the next.
func (a *attempt) standing(ctx context.Context, at slackapi.MessageRef, name string) (string, error) {
	if a.d.Attempts <= 1 {
		return "", nil
	}
	last := a.sharing.of(a.d.ID)
	if last.file == "" {
		return a.standingOf(ctx, at, name, last)
	}
	there, err := a.arrived(ctx, at, last.file)
	switch {
	case err != nil, there:
		return last.file, err
	case a.now().Before(last.until):
		return "", a.lookAgain(last.why)
	}
	err = a.begun(ctx, a.d.Lane, slackapi.MethodFileDelete, func(ctx context.Context) error { return a.api.DeleteFileContext(ctx, last.file) })
	if err != nil && !slackapi.FileGone(err) && !slackapi.Refused(err) {
		return "", err
	}
	a.sharing.giveUp(a.d.ID)
	return "", nil
}

// standingOf is standing for an attempt that left no file here: it was made
// elsewhere, or by a process that died, unless last is the one before this.
func (a *attempt) standingOf(ctx context.Context, at slackapi.MessageRef, name string, last share) (string, error) {
	id, err := a.findFile(ctx, at, name)
	if err != nil || id != "" {
		return id, err
	}
	if last.attempt != a.d.Attempts-1 {
		last.until = latest(a.d.Due, a.started).Add(anothersShare * a.patience)
		a.sharing.expect(a.d.ID, "", last.until)
	}
	if a.now().Before(last.until) {
		return "", a.lookAgain(last.why)
	}
	return "", nil
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// refusesFile reports whether Slack takes no such file, here or at all: trying
// again is of no use.
func refusesFile(err error) bool {
	var call *slackapi.CallError
	return errors.As(err, &call) && slackapi.Refused(err) && slackapi.Lasting.Means(err) &&
		slices.Contains([]string{slackapi.MethodUploadURL, slackapi.MethodUpload, slackapi.MethodComplete}, call.Method)
}

// upload puts the bytes at Slack, where nobody sees them yet.
func (a *attempt) upload(ctx context.Context, f file) (id string, err error) {
	if err := a.calls.Ready(a.d.Lane, slackapi.MethodUploadURL); err != nil {
		return "", err
	}
	at, err := a.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
		FileName: f.name, AltTxt: f.alt, FileSize: len(f.content),
	})
	if err := a.calls.Done(a.d.Lane, slackapi.MethodUploadURL, err); err != nil {
		return "", err
	}
	if err := a.calls.Ready(a.d.Lane, slackapi.MethodUpload); err != nil {
		return "", err
	}
	err = a.uploads.UploadToURL(ctx, slack.UploadToURLParameters{
		UploadURL: at.UploadURL, Filename: f.name, Reader: bytes.NewReader(f.content),
	})
	return at.FileID, a.calls.Done(a.d.Lane, slackapi.MethodUpload, err)
}

// complete shows an uploaded file in a channel, or below a message there.
func (a *attempt) complete(ctx context.Context, at slackapi.MessageRef, file slack.FileSummary, comment string) error {
	call, end, err := a.begin(ctx, a.d.Lane, slackapi.MethodComplete)
	if err != nil {
		return err
	}
	defer end()
	_, err = a.api.CompleteUploadExternalContext(call, slack.CompleteUploadExternalParameters{
		Files: []slack.FileSummary{file}, Channel: at.Channel, ThreadTimestamp: at.TS, InitialComment: comment,
	})
	return a.calls.Done(a.d.Lane, slackapi.MethodComplete, err)
}

// fileMark stands at the end of what is said beside a document, which is how its file
// is found again: a file carries no metadata.
func fileMark(key string) string { return "(" + brief(key) + ")" }

func brief(key string) string { return key[:min(8, len(key))] }

// signed puts the beginning of a delivery's key into the name of its file, by which
// one is found that has nothing beside it, such as a picture, or a document that a bot
// of before sent.
func signed(name, key string) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + brief(key) + ext
}

// findFile searches for the file with that name, or beside the delivery's mark, where
// it would stand; "" when it is not there.
func (a *attempt) findFile(ctx context.Context, at slackapi.MessageRef, name string) (string, error) {
	found := ""
	err := a.calls.Scan(ctx, a.d.Lane, at, a.d.FirstTry, func(m *slackapi.Message) bool {
		for _, f := range m.Files {
			if f.Name == name || f.Title == name || strings.HasSuffix(m.Text, fileMark(a.d.Key)) {
				found = f.ID
			}
		}
		return found != ""
	})
	return found, err
}

// sharing knows of each delivery the file that may still arrive.
type sharing struct {
	mu   sync.Mutex
	last map[int64]share
}

// share is a file that was uploaded, and until when its message may come.
type share struct {
	attempt int    // the last one of this process
	file    string // "" when none is under way
	until   time.Time
	why     string // a fault word, once Slack showed none of those before
	lost    int    // how many it did not show
}

// sharesKept is how many are remembered.
const sharesKept = 1024

func (s *sharing) of(id int64) share {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last[id]
}

// tried takes down an attempt of this process.
func (s *sharing) tried(id int64, attempt int) {
	s.change(id, func(one *share) { one.attempt = attempt })
}

// expect takes down that a file may arrive.
func (s *sharing) expect(id int64, file string, until time.Time) {
	s.change(id, func(one *share) { one.file, one.until = file, until })
}

// giveUp takes down that none arrives any more.
func (s *sharing) giveUp(id int64) {
	s.change(id, func(one *share) {
		one.file, one.until, one.why, one.lost = "", time.Time{}, faultUnshared, min(one.lost+1, lostMost)
	})
}

func (s *sharing) change(id int64, change func(*share)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || len(s.last) >= sharesKept {
		s.last = map[int64]share{}
	}
	one := s.last[id]
	change(&one)
	s.last[id] = one
}

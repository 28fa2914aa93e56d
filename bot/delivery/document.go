package delivery

import (
	"bytes"
	"context"
	"errors"
	"path"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/outbox"
)

// noFiles are Slack's words for a workspace, or a rule in it, that takes no
// such file: trying again is of no use.
var noFiles = []string{
	"file_uploads_disabled", "file_uploads_except_images_disabled", "file_upload_size_restricted",
	"blocked_file_type", "storage_limit_reached",
}

// handOver sends a document to the person of the lane. It is not in Slack
// before the last of three calls: what comes before may be repeated. After an
// attempt of which nobody knows the end it searches for the file first. When
// there can be no file any more the person reads why.
func (a *attempt) handOver(ctx context.Context) (outbox.Posted, error) {
	channel, err := a.directChannel(ctx)
	if err != nil {
		return outbox.Posted{}, a.orGiveUp(err)
	}
	name := signed(a.message.Document.Name, a.d.Key)
	if a.d.Attempts > 1 {
		id, err := a.findFile(ctx, slackapi.MessageRef{Channel: channel}, name)
		if err != nil || id != "" {
			return a.handed(channel, id), err
		}
	}
	if a.message.Document.Withheld {
		return outbox.Posted{}, handlers.ErrMoot
	}
	if len(a.message.Document.Content) == 0 {
		posted, err := a.once(ctx, slackapi.MessageRef{Channel: channel})
		return posted, a.orGiveUp(err)
	}
	id, err := a.upload(ctx, slack.GetUploadURLExternalParameters{FileName: name}, a.message.Document.Content)
	if err == nil {
		err = a.complete(ctx, slackapi.MessageRef{Channel: channel}, slack.FileSummary{ID: id, Title: name}, a.message.Document.Comment)
	}
	if err != nil && slices.Contains(noFiles, slackapi.Code(err)) {
		return a.once(ctx, slackapi.MessageRef{Channel: channel})
	}
	return a.handed(channel, id), err
}

// handed is a document that arrived. Its message's ts is not in Slack's answer.
func (a *attempt) handed(channel, file string) outbox.Posted {
	return outbox.Posted{Channel: channel, Version: a.version, File: file}
}

// orGiveUp lets go of a document that waited for a day for somebody whom Slack
// does not reach: nobody is left to read of it.
func (a *attempt) orGiveUp(err error) error {
	if slackapi.BadPlace.Means(err) && len(a.message.Document.Content) == 0 {
		return handlers.ErrMoot
	}
	return err
}

func (a *attempt) directChannel(ctx context.Context) (string, error) {
	who, ok := a.d.Lane.Direct()
	if !ok {
		return "", handlers.ErrMoot // a document goes to a person, never to a channel
	}
	return a.openDirect(ctx, a.d.Lane, who)
}

// upload puts the bytes at Slack, where nobody sees them yet.
func (a *attempt) upload(ctx context.Context, p slack.GetUploadURLExternalParameters, content []byte) (id string, err error) {
	if err := a.calls.Ready(a.d.Lane, slackapi.MethodUploadURL); err != nil {
		return "", err
	}
	p.FileSize = len(content)
	at, err := a.api.GetUploadURLExternalContext(ctx, p)
	if err := a.calls.Done(a.d.Lane, slackapi.MethodUploadURL, err); err != nil {
		return "", err
	}
	if err := a.calls.Ready(a.d.Lane, slackapi.MethodUpload); err != nil {
		return "", err
	}
	err = a.uploads.UploadToURL(ctx, slack.UploadToURLParameters{
		UploadURL: at.UploadURL, Filename: p.FileName, Reader: bytes.NewReader(content),
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

// signed puts the beginning of a delivery's key into the name of its file,
// which is how the file is found again: a file carries no metadata.
func signed(name, key string) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + key[:min(8, len(key))] + ext
}

// findFile searches for the file with that name where it would stand; "" when it
// is not there.
func (a *attempt) findFile(ctx context.Context, at slackapi.MessageRef, name string) (string, error) {
	found := ""
	err := a.calls.Scan(ctx, a.d.Lane, at, a.d.FirstTry, func(m *slack.Message) bool {
		for _, f := range m.Files {
			if f.Name == name || f.Title == name {
				found = f.ID
			}
		}
		return found != ""
	})
	return found, err
}

// recall takes a document out of Slack, with the message that showed it. One
// that is gone already is what was wanted. When Slack refuses, the person is
// asked to do it.
func (a *attempt) recall(ctx context.Context) (outbox.Posted, error) {
	id, done := a.message.Document.ID, outbox.Posted{Edit: true, Version: a.version}
	var info *slack.File
	err := a.calls.Call(a.d.Lane, slackapi.MethodFileInfo, func() (err error) {
		info, _, _, err = a.api.GetFileInfoContext(ctx, id, 0, 0)
		return err
	})
	if slackapi.FileGone(err) {
		return done, nil
	}
	if err == nil {
		err = a.deleteShares(ctx, info)
	}
	if err == nil {
		err = a.begun(ctx, a.d.Lane, slackapi.MethodFileDelete, func(ctx context.Context) error { return a.api.DeleteFileContext(ctx, id) })
	}
	switch {
	case err == nil, slackapi.FileGone(err):
		return done, nil
	case slackapi.Code(err) == "cant_delete_file":
		return a.askToDelete(ctx)
	}
	return outbox.Posted{}, err
}

// deleteShares deletes the messages that show the file, before the file, for
// afterwards nobody knows where they were. What Slack refuses here does not
// keep the file.
func (a *attempt) deleteShares(ctx context.Context, file *slack.File) error {
	for channel, shares := range file.Shares.Private {
		for _, s := range shares {
			err := a.begun(ctx, a.d.Lane, slackapi.MethodDelete, func(ctx context.Context) error {
				_, _, err := a.api.DeleteMessageContext(ctx, channel, s.Ts)
				return err
			})
			if err != nil && (slackapi.Code(err) == "" || errors.Is(err, slackapi.ErrNotBegun)) {
				return err
			}
		}
	}
	return nil
}

func (a *attempt) askToDelete(ctx context.Context) (outbox.Posted, error) {
	channel, err := a.directChannel(ctx)
	if err != nil {
		return outbox.Posted{}, err
	}
	return a.once(ctx, slackapi.MessageRef{Channel: channel})
}

package slackapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"
)

const (
	maxAnswer = 16 << 20 // bytes: of a page of 200 messages with all their blocks
	maxDrain  = 64 << 10 // of an answer that nobody reads, so that its connection stays
)

// Answer is what the bot reads of Slack's answers; the rest, with all the
// blocks that Slack repeats, is skipped.
type Answer struct {
	OK       bool                   `json:"ok"`
	Code     string                 `json:"error"`
	Channel  string                 `json:"channel"`
	TS       string                 `json:"ts"`
	Posted   thread                 `json:"message"`
	View     view                   `json:"view"`
	Messages []Message              `json:"messages"`
	File     FileInfo               `json:"file"`
	More     slack.ResponseMetadata `json:"response_metadata"`
}

// FileInfo is a file that was asked for (AskFile), with the files that are part
// of it when it is an e-mail.
type FileInfo struct {
	ID   string `json:"id"`
	Size int    `json:"size"` // in bytes
	URL  string `json:"url_private_download"`
	// Mimetype is "" for a while after an upload.
	Mimetype   string     `json:"mimetype"`
	IsExternal bool       `json:"is_external"` // kept elsewhere
	Parts      []FilePart `json:"attachments"`
}

// FilePart is a file of an e-mail.
type FilePart struct {
	Size int    `json:"size"` // in bytes
	URL  string `json:"url"`
}

// thread is the message that was posted: the thread in which it landed.
type thread struct {
	TS string `json:"thread_ts"`
}

type view struct {
	ID string `json:"id"`
}

// Message is what the bot reads of a message in Slack.
type Message struct {
	TS      string  `json:"ts"`
	User    string  `json:"user"`
	Subtype string  `json:"subtype"`
	Mark    mark    `json:"metadata"`
	Files   []File  `json:"files"`
	Blocks  []block `json:"blocks"`
	Replies int     `json:"reply_count"` // below a case message in a channel's history
}

type block struct {
	Type string `json:"type"`
}

// File is a file that a message shows.
type File struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Charted reports whether the message shows a chart.
func (m *Message) Charted() bool {
	return slices.ContainsFunc(m.Blocks, func(b block) bool { return b.Type == string(slack.MBTDataVisualization) })
}

// Do calls Slack. Its errors are those of slack-go: SlackErrorResponse,
// *RateLimitedError, StatusCodeError, and without an answer those of the HTTP
// client, less the URL.
func (c *Client) Do(ctx context.Context, r Request) (Answer, error) {
	request, err := c.request(ctx, r)
	if err != nil {
		return Answer{}, err
	}
	response, err := c.web.Do(request)
	if err != nil {
		return Answer{}, Bare(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := refusal(response); err != nil {
		_, _ = io.CopyN(io.Discard, response.Body, maxDrain)
		return Answer{}, err
	}
	a, err := read(response)
	if err == nil && r.method == MethodPost && a.TS == "" {
		err = ErrNoID
	}
	return a, err
}

// refusal is what the status of an answer says; Slack sends a page of HTML with
// those of 500 and above.
func refusal(r *http.Response) error {
	if after := r.Header.Get("Retry-After"); r.StatusCode == http.StatusTooManyRequests && after != "" {
		seconds, err := strconv.ParseInt(after, 10, 64)
		if err != nil {
			return err
		}
		return &slack.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	}
	if r.StatusCode != http.StatusOK {
		return full(r)
	}
	return nil
}

// full tells a workspace that takes no more messages on its plan from a server in
// trouble: Slack answers that with a bare word and a status that otherwise asks for a
// rest.
func full(r *http.Response) error {
	if r.StatusCode == http.StatusTooManyRequests {
		said, err := io.ReadAll(io.LimitReader(r.Body, maxDrain))
		if word := string(bytes.TrimSpace(said)); err == nil && word == wordFull {
			return slack.SlackErrorResponse{Err: word}
		}
	}
	return slack.StatusCodeError{Code: r.StatusCode, Status: r.Status}
}

// wordFull is Slack's for a workspace that takes no more messages.
const wordFull = "message_limit_exceeded"

// Answers that can't be what Slack meant.
var (
	errAnswerTooLarge = errors.New("answer too large")
	errNoWord         = errors.New("answer without ok or an error")
)

// read reads an answer to its end, so that its connection is used again.
func read(r *http.Response) (a Answer, err error) {
	var b bytes.Buffer
	b.Grow(int(min(max(r.ContentLength, 0), maxAnswer)) + bytes.MinRead)
	if _, err := b.ReadFrom(io.LimitReader(r.Body, maxAnswer+1)); err != nil {
		return Answer{}, err
	}
	if b.Len() > maxAnswer {
		return Answer{}, errAnswerTooLarge
	}
	switch err := json.Unmarshal(b.Bytes(), &a); {
	case err != nil:
		return Answer{}, err
	case a.OK:
		return a, nil
	case a.Code == "":
		return Answer{}, errNoWord
	}
	return Answer{}, slack.SlackErrorResponse{Err: a.Code, ResponseMetadata: a.More}
}

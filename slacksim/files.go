package slacksim

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// maxUpload is the most that an upload URL takes, in bytes. Slack takes more.
const maxUpload = 64 << 20

// maxFileAlt is how many characters the description of a picture may have.
const maxFileAlt = 1000

// filesPath is where files are downloaded.
const filesPath = "/files-pri/"

// file is an uploaded file. Until it is complete only its upload URL knows it.
type file struct {
	File
	body     []byte
	complete bool
	shares   []share
}

// share is a message that shows a file.
type share struct {
	channel *channel
	ts      string
}

// newFile makes room for a file that person is going to upload.
func (w *workspace) newFile(base, name, person string) *file {
	f := &file{File: File{ID: w.id("F"), Name: name, Title: name, Type: mimeOf(name), User: person,
		Created: w.now().UTC().Truncate(time.Second)}}
	f.URL = fmt.Sprintf("%s%s%s-%s/download/%s", base, filesPath, w.team.ID, f.ID, path.Base("/"+name))
	w.files[f.ID] = f
	return f
}

func mimeOf(name string) string {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		return "application/octet-stream"
	}
	kind, _, _ = strings.Cut(kind, ";")
	return kind
}

func (w *workspace) wireFile(f *file) map[string]any {
	kind := strings.TrimPrefix(path.Ext(f.Name), ".")
	if kind == "" {
		kind = "binary"
	}
	public, private := map[string]any{}, map[string]any{}
	channels, groups, ims := []string{}, []string{}, []string{}
	for _, s := range f.shares {
		where := private
		switch {
		case s.channel.other != "":
			ims = append(ims, s.channel.ID)
		case s.channel.Private:
			groups = append(groups, s.channel.ID)
		default:
			where, channels = public, append(channels, s.channel.ID)
		}
		where[s.channel.ID] = []map[string]any{{"ts": s.ts, "channel_name": s.channel.Name, "team_id": w.team.ID}}
	}
	base, _, _ := strings.Cut(f.URL, filesPath)
	return map[string]any{
		"permalink": fmt.Sprintf("%s/files/%s/%s/%s", base, f.User, f.ID, path.Base(f.URL)),
		"id":        f.ID, "created": f.Created.Unix(), "timestamp": f.Created.Unix(), "name": f.Name, "title": f.Title,
		"mimetype": f.Type, "filetype": kind, "pretty_type": strings.ToUpper(kind), "user": f.User,
		"user_team": w.team.ID, "editable": false, "size": f.Size, "mode": "hosted", "is_external": false,
		"external_type": "", "is_public": len(channels) > 0, "public_url_shared": false, "display_as_bot": false,
		"username": "", "url_private": f.URL, "url_private_download": f.URL, "file_access": "visible",
		"alt_txt": f.Alt, "channels": channels, "groups": groups, "ims": ims,
		"shares": map[string]any{"public": public, "private": private},
	}
}

func (w *workspace) wireFiles(list []File) []map[string]any {
	out := make([]map[string]any, 0, len(list))
	for _, f := range list {
		if known := w.files[f.ID]; known != nil {
			out = append(out, w.wireFile(known))
			continue
		}
		out = append(out, map[string]any{"id": f.ID, "mode": "tombstone"})
	}
	return out
}

// uploadMethod is how calls and faults know the upload of a file's bytes.
const uploadMethod = "files.upload"

func (s *Sim) serveUpload(rw http.ResponseWriter, r *http.Request) {
	c, fault := Call{Method: uploadMethod}, s.faults.take(uploadMethod)
	if !s.hold(r, fault.delay) || fault.cutBefore {
		s.record(c)
		cut(rw)
		return
	}
	if status, answer := fault.answer(); status != 0 {
		c.Status, c.Error = status, answer.errorName()
		s.record(c)
		respond(rw, status, answer)
		return
	}
	status, said := s.upload(rw, r)
	if fault.loseAnswer {
		s.record(c)
		cut(rw)
		return
	}
	c.Status = status
	s.record(c)
	rw.WriteHeader(status)
	writeBody(rw, []byte(said))
}

// upload takes the bytes of a file: a multipart form or the bare body.
func (s *Sim) upload(rw http.ResponseWriter, r *http.Request) (status int, said string) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxUpload)
	body, err := uploadBody(r)
	if err != nil {
		return http.StatusBadRequest, "invalid upload"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.w.files[r.PathValue("file")]
	if f == nil || f.complete {
		return http.StatusNotFound, "no such upload"
	}
	f.body, f.Size = body, len(body)
	return http.StatusOK, fmt.Sprintf("OK - %d", len(body))
}

func uploadBody(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return io.ReadAll(r.Body)
	}
	reader, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("multipart upload: %w", err)
	}
	for {
		part, err := reader.NextPart()
		if err != nil {
			return nil, fmt.Errorf("multipart upload: %w", err)
		}
		if part.FileName() != "" {
			return io.ReadAll(part)
		}
	}
}

// downloadMethod is how calls and faults know the download of a file. A lost
// answer breaks off half-way through the bytes.
const downloadMethod = "files.download"

func (s *Sim) serveDownload(rw http.ResponseWriter, r *http.Request) {
	c, fault := Call{Method: downloadMethod}, s.faults.take(downloadMethod)
	if !s.hold(r, fault.delay) || fault.cutBefore {
		s.record(c)
		cut(rw)
		return
	}
	status, answer := fault.answer()
	if status == 0 {
		s.record(c)
		s.download(rw, r, fault.loseAnswer)
		return
	}
	c.Status, c.Error = status, answer.errorName()
	s.record(c)
	respond(rw, status, answer)
}

// download gives a file to who presents the bot token. Anyone else is sent
// to the sign-in page, as Slack does: a client that follows gets HTML, not a file.
func (s *Sim) download(rw http.ResponseWriter, r *http.Request, half bool) {
	_, id, _ := strings.Cut(r.PathValue("file"), "-")
	s.mu.Lock()
	f := s.w.files[id]
	allowed := s.tokenError(bearer(r), botKind) == "" && s.w.app.granted("files:read")
	s.mu.Unlock()
	switch {
	case !allowed:
		rw.Header().Set("Location", "/signin?"+url.Values{"redir": {r.URL.Path}}.Encode())
		rw.WriteHeader(http.StatusFound)
	case f == nil || !f.complete:
		http.NotFound(rw, r)
	default:
		rw.Header().Set("Content-Type", f.Type)
		rw.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		rw.Header().Set("Content-Length", strconv.Itoa(len(f.body)))
		if half {
			writeBody(rw, f.body[:len(f.body)/2])
			_ = http.NewResponseController(rw).Flush() // else nothing of it leaves
			panic(http.ErrAbortHandler)                // the connection ends here
		}
		writeBody(rw, f.body)
	}
}

func serveSignIn(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	writeBody(rw, []byte("<!doctype html><title>Sign in</title><p>This file needs a token.\n"))
}

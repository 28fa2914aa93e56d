package webapi

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/slacksim/faults"
)

// maxUpload is the most that an upload URL takes, in bytes. Slack takes more.
const maxUpload = 64 << 20

// maxFileAlt is how many characters the description of a picture may have.
const maxFileAlt = 1000

// uploadMethod is how calls and faults know the upload of a file's bytes.
const uploadMethod = "files.upload"

func (s *API) serveUpload(rw http.ResponseWriter, r *http.Request) {
	c, fault := Call{Method: uploadMethod}, s.faults.Take(uploadMethod)
	if !fault.Hold(r, s.w.Ended()) || fault.CutBefore {
		s.record(c)
		faults.Cut(rw)
		return
	}
	if status, answer := faultAnswer(fault); status != 0 {
		c.Status, c.Error = status, answer.ErrorName()
		s.record(c)
		respond(rw, status, answer)
		return
	}
	status, said := s.upload(rw, r)
	if fault.LoseAnswer {
		s.record(c)
		faults.Cut(rw)
		return
	}
	c.Status = status
	s.record(c)
	rw.WriteHeader(status)
	writeBody(rw, []byte(said))
}

// upload takes the bytes of a file: a multipart form or the bare body.
func (s *API) upload(rw http.ResponseWriter, r *http.Request) (status int, said string) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxUpload)
	body, err := uploadBody(r)
	if err != nil {
		return http.StatusBadRequest, "invalid upload"
	}
	s.w.Lock()
	defer s.w.Unlock()
	f := s.w.Files.Get(r.PathValue("file"))
	if f == nil || f.Complete {
		return http.StatusNotFound, "no such upload"
	}
	f.Receive(body)
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

func (s *API) serveDownload(rw http.ResponseWriter, r *http.Request) {
	c, fault := Call{Method: downloadMethod}, s.faults.Take(downloadMethod)
	if !fault.Hold(r, s.w.Ended()) || fault.CutBefore {
		s.record(c)
		faults.Cut(rw)
		return
	}
	status, answer := faultAnswer(fault)
	if status == 0 {
		s.record(c)
		s.download(rw, r, fault.LoseAnswer)
		return
	}
	c.Status, c.Error = status, answer.ErrorName()
	s.record(c)
	respond(rw, status, answer)
}

// download gives a file to who presents the bot token. Anyone else is sent
// to the sign-in page, as Slack does: a client that follows gets HTML, not a file.
func (s *API) download(rw http.ResponseWriter, r *http.Request, half bool) {
	_, id, _ := strings.Cut(r.PathValue("file"), "-")
	s.w.Lock()
	f := s.w.Files.Get(id)
	allowed := s.tokenError(bearer(r), botKind) == "" && s.w.App.Granted("files:read")
	s.w.Unlock()
	switch {
	case !allowed:
		rw.Header().Set("Location", "/signin?"+url.Values{"redir": {r.URL.Path}}.Encode())
		rw.WriteHeader(http.StatusFound)
	case f == nil || !f.Complete:
		http.NotFound(rw, r)
	default:
		rw.Header().Set("Content-Type", f.Type)
		rw.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
		rw.Header().Set("X-Content-Type-Options", "nosniff")
		rw.Header().Set("Content-Length", strconv.Itoa(len(f.Body)))
		if half {
			writeBody(rw, f.Body[:len(f.Body)/2])
			_ = http.NewResponseController(rw).Flush() // else nothing of it leaves
			panic(http.ErrAbortHandler)                // the connection ends here
		}
		writeBody(rw, f.Body)
	}
}

func serveSignIn(rw http.ResponseWriter, _ *http.Request) {
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	writeBody(rw, []byte("<!doctype html><title>Sign in</title><p>This file needs a token.\n"))
}

// respondPage answers what no program reads.
func respondPage(rw http.ResponseWriter, status int) {
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.WriteHeader(status)
	writeBody(rw, []byte("<!doctype html><title>Slack</title><p>Something is wrong here.\n"))
}

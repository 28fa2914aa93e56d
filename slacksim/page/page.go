package page

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim/guard"
	"github.com/artra/klachtbot/slacksim/page/render"
	"github.com/artra/klachtbot/slacksim/page/words"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

//go:embed assets
var assets embed.FS

const (
	maxTyped      = 1 << 20   // bytes of a gesture without files
	maxForm       = 101 << 20 // bytes of a form: ten files of 10 MB and the text
	maxFormMemory = 8 << 20   // bytes of a form kept in memory, the rest goes to disk

	contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

// page serves the browser page. read is how far each person has read each
// channel, which only the badges ask.
type page struct {
	reader    *workspace.Reader
	users     *user.Users
	words     *words.Words
	now       func() time.Time
	templates *template.Template

	mu   sync.Mutex
	read map[readKey]string
}

type readKey struct{ person, channel string }

// New is the browser page of a workspace: mount it at "/". It serves "/" and
// everything under "/page/", nothing else, and only to loopback host names. It
// speaks Dutch ("nl"), or English.
func New(r *workspace.Reader, users *user.Users, language string, now func() time.Time) (http.Handler, error) {
	templates, err := render.Templates()
	if err == nil {
		templates, err = templates.ParseFS(assets, "assets/*.html")
	}
	if err != nil {
		return nil, err
	}
	p := &page{reader: r, users: users, words: words.In(language), now: now, templates: templates, read: map[readKey]string{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.show("page"))
	mux.HandleFunc("GET /page/parts", p.show("workspace"))
	mux.HandleFunc("GET /page/live", p.live)
	mux.HandleFunc("GET /page/file", p.serveFile)
	mux.Handle("GET /page/assets/", http.StripPrefix("/page/", http.FileServerFS(assets)))
	mux.HandleFunc("POST /page/send", p.gesture(p.send))
	mux.HandleFunc("POST /page/delete", p.gesture(p.delete))
	mux.HandleFunc("POST /page/shortcut", p.gesture(p.shortcut))
	mux.HandleFunc("POST /page/click", p.gesture(p.click))
	mux.HandleFunc("POST /page/home", p.gesture(p.openHome))
	mux.HandleFunc("POST /page/view/submit", p.gesture(p.submitView))
	mux.HandleFunc("POST /page/view/close", p.gesture(p.closeView))
	mux.HandleFunc("POST /page/view/click", p.gesture(p.clickView))
	return guard.Own(r.URL, headed(http.NewCrossOriginProtection().Handler(mux))), nil
}

// headed has the page load and run only what is its own, wherever it is shown.
func headed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// show renders the page, or its changing parts, for the person in the URL.
func (p *page) show(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sc, err := p.screen(r.URL.Query())
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		var body bytes.Buffer
		if err := p.templates.ExecuteTemplate(&body, name, sc); err != nil {
			http.Error(w, "this page could not be drawn: "+err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(body.Bytes()) // a browser that left needs no answer
	}
}

// serveFile shows a picture that was uploaded, or offers another file to save;
// never as a page of this origin.
func (p *page) serveFile(w http.ResponseWriter, r *http.Request) {
	file, body, ok := p.reader.File(r.URL.Query().Get("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("Content-Type", "application/octet-stream")
	if isPicture(file.Type) {
		w.Header().Set("Content-Type", file.Type)
	} else {
		w.Header().Set("Content-Disposition", attachmentHeader(file.Name))
	}
	_, _ = bytes.NewReader(body).WriteTo(w) // a browser that left needs no answer
}

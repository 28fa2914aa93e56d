package page

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"time"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// livePing keeps a quiet connection open through whatever sits in between.
const livePing = 15 * time.Second

// live lets a tab know that something on its person's screen changed, as
// server-sent events; the tab then asks for the parts anew. No text passes
// here.
func (p *page) live(w http.ResponseWriter, r *http.Request) {
	me := r.URL.Query().Get("as")
	control := http.NewResponseController(w)
	_ = control.SetWriteDeadline(time.Time{}) // where the server sets none there is none to lift
	changes, stop := p.reader.Subscribe()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	if !writeEvent(w, control, "event: ready\ndata: {}\n\n") {
		return
	}
	ping := time.NewTicker(livePing)
	defer ping.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-ping.C:
			if !writeEvent(w, control, ": still here\n\n") {
				return
			}
		case c, open := <-changes:
			if !open || !forward(w, control, me, c) {
				return
			}
		}
	}
}

// forward passes one change on; false when the tab has gone.
func forward(w http.ResponseWriter, control *http.ResponseController, me string, c workspace.Change) bool {
	if c.Person != "" && c.Person != me {
		return true
	}
	data, err := json.Marshal(struct {
		Kind    workspace.ChangeKind `json:"kind"`
		Channel string               `json:"channel,omitempty"`
	}{c.Kind, c.Channel})
	return err == nil && writeEvent(w, control, fmt.Sprintf("event: change\ndata: %s\n\n", data))
}

func writeEvent(w http.ResponseWriter, control *http.ResponseController, event string) bool {
	_, err := w.Write([]byte(event))
	return err == nil && control.Flush() == nil
}

// isPicture lists what a browser shows as a picture and never runs.
func isPicture(mimeType string) bool {
	return slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, mimeType)
}

func attachmentHeader(name string) string {
	if header := mime.FormatMediaType("attachment", map[string]string{"filename": name}); header != "" {
		return header
	}
	return "attachment"
}

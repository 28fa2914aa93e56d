package page

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/page/render"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// values reads a view's fields from the form: every input block of the view,
// so that a box unticked or a text emptied counts as well; but for that of the
// action but, where one is named. Files are sent only when new ones were picked.
func (p *page) values(r pageRequest, but string) (user.Values, error) {
	view, ok := p.reader.View(r.arg("view"))
	if !ok || view.Person != r.user.ID() {
		return nil, workspace.ErrNotThere
	}
	out := user.Values{}
	for block, input := range blockkit.Inputs(view.Raw) {
		if but != "" && input.ActionID == but {
			continue
		}
		value, err := fieldValue(r, block, input.Kind)
		if err != nil {
			return nil, err
		}
		if value != nil {
			out[block] = value
		}
	}
	return out, nil
}

func fieldValue(r pageRequest, block, kind string) (any, error) {
	typed := r.PostForm[block]
	switch {
	case kind == "file_input":
		if r.MultipartForm == nil || len(r.MultipartForm.File[block]) == 0 {
			return nil, nil
		}
		return uploads(r.MultipartForm.File[block])
	case kind == "checkboxes" || strings.HasPrefix(kind, "multi_"):
		return append([]string{}, typed...), nil
	case len(typed) == 0:
		return "", nil
	case kind == "datetimepicker":
		return unixOf(typed[0], r.zone), nil
	}
	return strings.ReplaceAll(typed[0], "\r\n", "\n"), nil
}

// unixOf reads what a person picked in their own zone as Slack's seconds.
func unixOf(typed string, zone *time.Location) string {
	at, err := time.ParseInLocation(render.LocalMinute, typed, zone)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(at.Unix(), 10)
}

func uploads(headers []*multipart.FileHeader) ([]user.Upload, error) {
	var out []user.Upload
	for _, h := range headers {
		body, err := readUpload(h)
		if err != nil {
			return nil, fmt.Errorf("uploaded file: %w", err)
		}
		out = append(out, user.Upload{Name: h.Filename, Type: h.Header.Get("Content-Type"), Body: body})
	}
	return out, nil
}

func readUpload(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open()
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(f)
	return body, errors.Join(err, f.Close())
}

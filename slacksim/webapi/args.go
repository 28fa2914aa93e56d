package webapi

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/slacksim/wire"
)

// maxBody is the most the Web API reads of a request.
const maxBody = 4 << 20

// args are the arguments of a Web API call, whichever way they came.
type args struct {
	values  url.Values // JSON arguments are here as their JSON text
	charset bool       // false: a JSON body came without charset
	isJSON  bool
}

// readArgs reads query and body. A JSON body for a method that takes forms only
// is ignored, as Slack does. The reply is nil when all could be read.
func readArgs(r *http.Request, takesJSON bool) (args, wire.Reply) {
	a := args{values: r.URL.Query(), charset: true}
	if r.Method == http.MethodGet {
		return a, nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	switch {
	case err != nil && r.ContentLength == 0:
		return a, nil
	case err != nil:
		return a, wire.Refuse("missing_post_type")
	case kind == "application/json":
		a.isJSON, a.charset = true, params["charset"] != ""
		if !takesJSON {
			return a, nil
		}
		return a, a.readJSON(r.Body)
	case kind == "application/x-www-form-urlencoded":
		return a, a.readForm(r.Body)
	case kind == "multipart/form-data":
		return a, a.readMultipart(r)
	}
	return a, wire.Refuse("invalid_post_type")
}

func (a *args) readForm(body io.Reader) wire.Reply {
	raw, err := io.ReadAll(body)
	if err != nil {
		return wire.Refuse("request_timeout")
	}
	form, err := url.ParseQuery(string(raw))
	if err != nil {
		return wire.Refuse("invalid_form_data")
	}
	for key := range form {
		a.values.Set(key, form.Get(key))
	}
	return nil
}

func (a *args) readMultipart(r *http.Request) wire.Reply {
	reader, err := r.MultipartReader()
	if err != nil {
		return wire.Refuse("invalid_form_data")
	}
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return wire.Refuse("invalid_form_data")
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return wire.Refuse("invalid_form_data")
		}
		a.values.Set(part.FormName(), string(value))
	}
}

func (a *args) readJSON(body io.Reader) wire.Reply {
	var object map[string]json.RawMessage
	decoder := json.NewDecoder(body)
	if err := decoder.Decode(&object); err != nil {
		var wrong *json.UnmarshalTypeError
		switch {
		case errors.As(err, &wrong):
			return wire.Refuse("json_not_object")
		case errors.Is(err, io.EOF):
			return nil
		}
		return wire.Refuse("invalid_json")
	}
	for key, raw := range object {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			a.values.Set(key, text)
		} else if string(raw) != "null" {
			a.values.Set(key, string(raw))
		}
	}
	return nil
}

func (a args) text(name string) string { return a.values.Get(name) }

func (a args) has(name string) bool { return a.values.Has(name) }

// raw is an argument that holds JSON: null and absent are nil.
func (a args) raw(name string) json.RawMessage {
	text := strings.TrimSpace(a.values.Get(name))
	if text == "" || text == "null" {
		return nil
	}
	return json.RawMessage(text)
}

func (a args) flag(name string) bool {
	switch a.values.Get(name) {
	case "", "0", "false":
		return false
	}
	return true
}

// limit is a page size between 1 and most; absent or 0 means the default.
func (a args) limit(usual, most int) (int, wire.Reply) {
	text := a.values.Get("limit")
	if text == "" || text == "0" {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, wire.Refuse("invalid_limit")
	}
	return min(n, most), nil
}

// bearer is the token in the Authorization header.
func bearer(r *http.Request) string {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ""
	}
	return strings.TrimSpace(token)
}

package slacksim

import (
	"encoding/json"
	"fmt"
	"mime"
	"path"
	"strconv"
	"strings"
	"time"
)

// filesPath is where files are downloaded.
const filesPath = "/files-pri/"

// files are the uploads of the workspace.
type files struct {
	*core
	byID    map[string]*storedFile
	deleted map[string]bool // ids of files that are gone
}

func newFiles(c *core) *files {
	return &files{core: c, byID: map[string]*storedFile{}, deleted: map[string]bool{}}
}

// storedFile is an uploaded file. Until it is complete only its upload URL knows it.
type storedFile struct {
	File
	body     []byte
	complete bool
	shares   []share
}

// share is a message that shows a file.
type share struct {
	channel *conversation
	ts      string
}

// get finds a file, complete or not; nil when there is none.
func (fs *files) get(id string) *storedFile { return fs.byID[id] }

// count is the number of files, incomplete ones included.
func (fs *files) count() int { return len(fs.byID) }

// wasDeleted tells whether a file was there once.
func (fs *files) wasDeleted(id string) bool { return fs.deleted[id] }

// forget drops an upload that the client refused before anybody saw it.
func (fs *files) forget(f *storedFile) { delete(fs.byID, f.ID) }

// finish completes a file: it can be read and shared from now on.
func (fs *files) finish(f *storedFile) {
	f.complete = true
	fs.revise()
}

// receive stores the bytes of a file.
func (f *storedFile) receive(body []byte) { f.body, f.Size = body, len(body) }

// shareIn says that a message of a conversation shows the file.
func (f *storedFile) shareIn(c *conversation, ts string) {
	f.shares = append(f.shares, share{channel: c, ts: ts})
}

// add makes room for a file that person is going to upload.
func (fs *files) add(name, person string) *storedFile {
	f := &storedFile{File: File{ID: fs.id("F"), Name: name, Title: name, Type: mimeOf(name), User: person,
		Created: fs.now().UTC().Truncate(time.Second)}}
	f.URL = fmt.Sprintf("%s%s%s-%s/download/%s", fs.base, filesPath, fs.team.ID, f.ID, path.Base("/"+name))
	fs.byID[f.ID] = f
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

func (fs *files) wire(f *storedFile) map[string]any {
	kind := strings.TrimPrefix(path.Ext(f.Name), ".")
	if kind == "" {
		kind = "binary"
	}
	public, private := map[string]any{}, map[string]any{}
	channels, groups, ims := []string{}, []string{}, []string{}
	for _, s := range f.shares {
		where := private
		switch {
		case s.channel.isDM():
			ims = append(ims, s.channel.ID)
		case s.channel.Private:
			groups = append(groups, s.channel.ID)
		default:
			where, channels = public, append(channels, s.channel.ID)
		}
		where[s.channel.ID] = []map[string]any{{"ts": s.ts, "channel_name": s.channel.Name, "team_id": fs.team.ID}}
	}
	base, _, _ := strings.Cut(f.URL, filesPath)
	return map[string]any{
		"permalink": fmt.Sprintf("%s/files/%s/%s/%s", base, f.User, f.ID, path.Base(f.URL)),
		"id":        f.ID, "created": f.Created.Unix(), "timestamp": f.Created.Unix(), "name": f.Name, "title": f.Title,
		"mimetype": f.Type, "filetype": kind, "pretty_type": strings.ToUpper(kind), "user": f.User,
		"user_team": fs.team.ID, "editable": false, "size": f.Size, "mode": "hosted", "is_external": false,
		"external_type": "", "is_public": len(channels) > 0, "public_url_shared": false, "display_as_bot": false,
		"username": "", "url_private": f.URL, "url_private_download": f.URL, "file_access": "visible",
		"alt_txt": f.Alt, "channels": channels, "groups": groups, "ims": ims,
		"shares": map[string]any{"public": public, "private": private},
	}
}

func (fs *files) wireAll(list []File) []map[string]any {
	out := make([]map[string]any, 0, len(list))
	for _, f := range list {
		if known := fs.byID[f.ID]; known != nil {
			out = append(out, fs.wire(known))
			continue
		}
		out = append(out, map[string]any{"id": f.ID, "mode": "tombstone"})
	}
	return out
}

// removeFile takes a file out of every message that shows it. Its id is known
// as that of a deleted file until the process ends.
func (fs *files) remove(f *storedFile) {
	delete(fs.byID, f.ID)
	fs.deleted[f.ID] = true
	fs.revise()
	for _, s := range f.shares {
		fs.notify(ChangeMessage, "", s.channel.ID)
	}
}

// checkBlocks refuses image blocks that show a file which is not there.
func (fs *files) checkBlocks(blocks json.RawMessage) reply {
	var list []struct {
		Type      string `json:"type"`
		SlackFile struct {
			ID  string `json:"id"`
			URL string `json:"url"`
		} `json:"slack_file"`
	}
	if len(blocks) == 0 || json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for i, block := range list {
		f := block.SlackFile
		if block.Type != "image" || (f.ID == "" && f.URL == "") || fs.shows(f.ID, f.URL) {
			continue
		}
		return refuse("invalid_blocks", "[ERROR] invalid slack file [json-pointer:/blocks/"+strconv.Itoa(i)+"/slack_file]")
	}
	return nil
}

func (fs *files) shows(id, url string) bool {
	for _, f := range fs.byID {
		if f.complete && (f.ID == id || f.URL == url) {
			return strings.HasPrefix(f.Type, "image/")
		}
	}
	return false
}

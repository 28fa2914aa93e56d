package workspace

import (
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/wire"
)

// FilesPath is where files are downloaded.
const FilesPath = "/files-pri/"

// Files are the uploads of the workspace.
type Files struct {
	*Core
	byID    map[string]*StoredFile
	deleted map[string]bool // ids of files that are gone
	holding FileState       // of what is uploaded from now on
}

// FileState is what Slack says of a file that was uploaded.
type FileState int

// The states. Slack scans a file before it knows all of it and shows it anywhere.
const (
	FileWhole      FileState = iota
	FileUnknown              // file_not_found
	FileHidden               // not_visible
	FileIncomplete           // no mime type, no shares
)

func newFiles(c *Core) *Files {
	return &Files{Core: c, byID: map[string]*StoredFile{}, deleted: map[string]bool{}}
}

// StoredFile is an uploaded file. Until it is complete only its upload URL knows it.
type StoredFile struct {
	File
	Body     []byte
	Complete bool
	State    FileState
	shares   []share
	pending  func() // shows it once it is whole; nil when nothing is to be shown
}

// share is a message that shows a file.
type share struct {
	channel *Conversation
	ts      string
}

// Get finds a file, complete or not; nil when there is none.
func (fs *Files) Get(id string) *StoredFile { return fs.byID[id] }

// Count is the number of files, incomplete ones included.
func (fs *Files) Count() int { return len(fs.byID) }

// WasDeleted reports whether a file was there once.
func (fs *Files) WasDeleted(id string) bool { return fs.deleted[id] }

// Forget drops an upload that the client refused before anybody saw it.
func (fs *Files) Forget(f *StoredFile) { delete(fs.byID, f.ID) }

// Finish completes a file: it can be read and shared from now on, unless files are
// held.
func (fs *Files) Finish(f *StoredFile) {
	f.Complete, f.State = true, fs.holding
	fs.revise()
}

// Hold has every file that is completed from now on stay in a state.
func (fs *Files) Hold(in FileState) { fs.holding = in }

// Release makes every file whole, and shows what was to be shown if show says so.
func (fs *Files) Release(show bool) {
	fs.holding = FileWhole
	for _, id := range slices.Sorted(maps.Keys(fs.byID)) {
		f := fs.byID[id]
		if f.State != FileWhole && f.pending != nil && show {
			f.pending()
		}
		f.State, f.pending = FileWhole, nil
	}
	fs.revise()
}

// Share shows finished files by show, or has that wait for their release.
func (fs *Files) Share(files []*StoredFile, show func()) {
	if fs.holding == FileWhole {
		show()
		return
	}
	files[0].pending = show
}

// WireNew is a file as the answer to its upload shows it: as incomplete as Slack
// has it then.
func (fs *Files) WireNew(f *StoredFile) map[string]any { return incomplete(fs.Wire(f)) }

func incomplete(file map[string]any) map[string]any {
	for _, key := range []string{"mimetype", "filetype", "pretty_type"} {
		file[key] = ""
	}
	file["is_public"] = false
	file["channels"], file["groups"], file["ims"], file["shares"] = []string{}, []string{}, []string{}, map[string]any{}
	return file
}

// Receive stores the bytes of a file.
func (f *StoredFile) Receive(body []byte) { f.Body, f.Size = body, len(body) }

// ShareIn says that a message of a conversation shows the file.
func (f *StoredFile) ShareIn(c *Conversation, ts string) {
	f.shares = append(f.shares, share{channel: c, ts: ts})
}

// Add makes room for a file that person is going to upload.
func (fs *Files) Add(name, person string) *StoredFile {
	f := &StoredFile{File: File{ID: fs.id("F"), Name: name, Title: name, Type: mimeOf(name), User: person,
		Created: fs.Now().UTC().Truncate(time.Second)}}
	f.URL = fmt.Sprintf("%s%s%s-%s/download/%s", fs.base, FilesPath, fs.Team.ID, f.ID, path.Base("/"+name))
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

// Wire is a file as files.info shows it.
func (fs *Files) Wire(f *StoredFile) map[string]any {
	kind := strings.TrimPrefix(path.Ext(f.Name), ".")
	if kind == "" {
		kind = "binary"
	}
	public, private := map[string]any{}, map[string]any{}
	channels, groups, ims := []string{}, []string{}, []string{}
	for _, s := range f.shares {
		where := private
		switch {
		case s.channel.IsDM():
			ims = append(ims, s.channel.ID)
		case s.channel.Private:
			groups = append(groups, s.channel.ID)
		default:
			where, channels = public, append(channels, s.channel.ID)
		}
		where[s.channel.ID] = []map[string]any{{"ts": s.ts, "channel_name": s.channel.Name, "team_id": fs.Team.ID}}
	}
	base, _, _ := strings.Cut(f.URL, FilesPath)
	out := map[string]any{
		"permalink": fmt.Sprintf("%s/files/%s/%s/%s", base, f.User, f.ID, path.Base(f.URL)),
		"id":        f.ID, "created": f.Created.Unix(), "timestamp": f.Created.Unix(), "name": f.Name, "title": f.Title,
		"mimetype": f.Type, "filetype": kind, "pretty_type": strings.ToUpper(kind), "user": f.User,
		"user_team": fs.Team.ID, "editable": false, "size": f.Size, "mode": "hosted", "is_external": false,
		"external_type": "", "is_public": len(channels) > 0, "public_url_shared": false, "display_as_bot": false,
		"username": "", "url_private": f.URL, "url_private_download": f.URL, "file_access": "visible",
		"alt_txt": f.Alt, "channels": channels, "groups": groups, "ims": ims,
		"shares": map[string]any{"public": public, "private": private},
	}
	if f.State == FileIncomplete {
		return incomplete(out)
	}
	return out
}

func (fs *Files) wireAll(list []File) []map[string]any {
	out := make([]map[string]any, 0, len(list))
	for _, f := range list {
		if known := fs.byID[f.ID]; known != nil {
			out = append(out, fs.Wire(known))
			continue
		}
		out = append(out, map[string]any{"id": f.ID, "mode": "tombstone"})
	}
	return out
}

// Remove takes a file out of every message that shows it. Its id is known
// as that of a deleted file until the process ends.
func (fs *Files) Remove(f *StoredFile) {
	delete(fs.byID, f.ID)
	fs.deleted[f.ID] = true
	fs.revise()
	for _, s := range f.shares {
		fs.Notify(ChangeMessage, "", s.channel.ID)
	}
}

// CheckBlocks refuses image blocks that show a file which is not there.
func (fs *Files) CheckBlocks(blocks json.RawMessage) wire.Reply {
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
		return wire.Refuse("invalid_blocks", "[ERROR] invalid slack file [json-pointer:/blocks/"+strconv.Itoa(i)+"/slack_file]")
	}
	return nil
}

func (fs *Files) shows(id, url string) bool {
	for _, f := range fs.byID {
		if f.Complete && f.State == FileWhole && (f.ID == id || f.URL == url) {
			return strings.HasPrefix(f.Type, "image/")
		}
	}
	return false
}

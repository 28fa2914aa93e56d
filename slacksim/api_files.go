package slacksim

import (
	"encoding/json"
	"strconv"
	"strings"
)

// file finds a file that is complete.
func (c *call) file(id string) (*file, reply) {
	if id == "" {
		return nil, missingArg("file")
	}
	f := c.w.files[id]
	switch {
	case c.w.deleted[id]:
		return nil, refuse("file_deleted")
	case f == nil || !f.complete:
		return nil, refuse("file_not_found")
	}
	return f, nil
}

func (c *call) filesInfo() reply {
	f, bad := c.file(c.text("file"))
	if bad != nil {
		return bad
	}
	return reply{"file": c.w.wireFile(f), "comments": []any{}, "response_metadata": map[string]any{"next_cursor": ""}}
}

// filesDelete takes a file of the bot's own out of every message that shows it.
func (c *call) filesDelete() reply {
	f, bad := c.file(c.text("file"))
	switch {
	case bad != nil:
		return bad
	case f.User != botUserID:
		return refuse("cant_delete_file")
	}
	c.w.removeFile(f)
	return reply{}
}

// removeFile takes a file out of every message that shows it. Its id is known
// as that of a deleted file until the process ends.
func (w *workspace) removeFile(f *file) {
	delete(w.files, f.ID)
	w.deleted[f.ID] = true
	w.revise()
	for _, s := range f.shares {
		w.notify(ChangeMessage, "", s.channel.ID)
	}
}

func (c *call) uploadURL() reply {
	size, err := strconv.Atoi(c.text("length"))
	switch {
	case c.text("filename") == "":
		return missingArg("filename")
	case err != nil || size <= 0:
		return refuse("invalid_arguments", "[ERROR] length must be a positive number of bytes")
	case size > maxUpload:
		return refuse("file_upload_size_restricted")
	case length(c.text("alt_txt")) > maxFileAlt:
		return refuse("alt_txt_too_large")
	}
	f := c.w.newFile(c.sim.URL(), c.text("filename"), botUserID)
	f.Alt = c.text("alt_txt")
	return reply{"upload_url": c.sim.URL() + "/upload/v1/" + f.ID, "file_id": f.ID}
}

// completeUpload shares the uploaded files in one message, when a channel is given.
func (c *call) completeUpload() reply {
	files, bad := c.uploaded()
	if bad != nil {
		return bad
	}
	if id := c.text("channel_id"); id != "" {
		if c.w.people[id] != nil {
			return refuse("channel_not_found") // files take no person for a channel
		}
		c.values.Set("channel", id)
		if bad := c.shareFiles(files); bad != nil {
			return bad
		}
	}
	out := make([]map[string]any, len(files))
	for i, f := range files {
		f.complete = true
		out[i] = c.w.wireFile(f)
	}
	c.w.revise()
	return reply{"files": out}
}

// uploaded are the files of the argument, each with its bytes and its new title.
func (c *call) uploaded() ([]*file, reply) {
	var list []struct{ ID, Title string }
	if err := json.Unmarshal(c.raw("files"), &list); err != nil || len(list) == 0 {
		return nil, refuse("invalid_arguments", "[ERROR] files must be a list of ids [json-pointer:/files]")
	}
	files := make([]*file, len(list))
	for i, item := range list {
		f := c.w.files[item.ID]
		if f == nil || f.complete || f.User != botUserID || f.body == nil {
			return nil, refuse("file_not_found")
		}
		if item.Title != "" {
			f.Title = item.Title
		}
		files[i] = f
	}
	return files, nil
}

func (c *call) shareFiles(files []*file) reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	if r := judgeMessage("x", c.raw("blocks"), nil, nil, false); r != nil {
		return refused(r)
	}
	m := Message{User: botUserID, BotID: botID, ThreadTS: c.text("thread_ts"),
		Text: c.text("initial_comment"), Blocks: c.w.withIDs(present(c.raw("blocks")))}
	for _, f := range files {
		m.Files = append(m.Files, f.File)
	}
	posted := c.w.post(ch, m)
	for _, f := range files {
		f.shares = append(f.shares, share{channel: ch, ts: posted.TS})
	}
	return nil
}

// checkFiles refuses image blocks that show a file which is not there.
func (w *workspace) checkFiles(blocks json.RawMessage) reply {
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
		if block.Type != "image" || (f.ID == "" && f.URL == "") || w.shows(f.ID, f.URL) {
			continue
		}
		return refuse("invalid_blocks", "[ERROR] invalid slack file [json-pointer:/blocks/"+strconv.Itoa(i)+"/slack_file]")
	}
	return nil
}

func (w *workspace) shows(id, url string) bool {
	for _, f := range w.files {
		if f.complete && (f.ID == id || f.URL == url) {
			return strings.HasPrefix(f.Type, "image/")
		}
	}
	return false
}

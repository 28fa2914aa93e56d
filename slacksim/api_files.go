package slacksim

import (
	"encoding/json"
	"strconv"
)

// file finds a file that is complete.
func (c *call) file(id string) (*storedFile, reply) {
	if id == "" {
		return nil, missingArg("file")
	}
	f := c.w.files.get(id)
	switch {
	case c.w.files.wasDeleted(id):
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
	return reply{"file": c.w.files.wire(f), "comments": []any{}, "response_metadata": map[string]any{"next_cursor": ""}}
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
	c.w.files.remove(f)
	return reply{}
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
	f := c.w.files.add(c.text("filename"), botUserID)
	f.Alt = c.text("alt_txt")
	return reply{"upload_url": c.w.url() + "/upload/v1/" + f.ID, "file_id": f.ID}
}

// completeUpload shares the uploaded files in one message, when a channel is given.
func (c *call) completeUpload() reply {
	files, bad := c.uploaded()
	if bad != nil {
		return bad
	}
	if id := c.text("channel_id"); id != "" {
		if c.w.people.get(id) != nil {
			return refuse("channel_not_found") // files take no person for a channel
		}
		c.values.Set("channel", id)
		if bad := c.shareFiles(files); bad != nil {
			return bad
		}
	}
	out := make([]map[string]any, len(files))
	for i, f := range files {
		c.w.files.finish(f)
		out[i] = c.w.files.wire(f)
	}
	return reply{"files": out}
}

// uploaded are the files of the argument, each with its bytes and its new title.
func (c *call) uploaded() ([]*storedFile, reply) {
	var list []struct{ ID, Title string }
	if err := json.Unmarshal(c.raw("files"), &list); err != nil || len(list) == 0 {
		return nil, refuse("invalid_arguments", "[ERROR] files must be a list of ids [json-pointer:/files]")
	}
	files := make([]*storedFile, len(list))
	for i, item := range list {
		f := c.w.files.get(item.ID)
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

func (c *call) shareFiles(files []*storedFile) reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	if r := judgeMessage("x", c.raw("blocks"), nil, nil, false); r != nil {
		return refused(r)
	}
	m := Message{User: botUserID, BotID: botID, ThreadTS: c.text("thread_ts"),
		Text: c.text("initial_comment"), Blocks: c.w.fillIDs(present(c.raw("blocks")))}
	for _, f := range files {
		m.Files = append(m.Files, f.File)
	}
	posted := c.w.channels.post(ch, m)
	for _, f := range files {
		f.shareIn(ch, posted.TS)
	}
	return nil
}

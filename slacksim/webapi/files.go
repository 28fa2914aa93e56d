package webapi

import (
	"encoding/json"
	"strconv"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// file finds a file that is complete.
func (c *call) file(id string) (*workspace.StoredFile, wire.Reply) {
	if id == "" {
		return nil, wire.MissingArg("file")
	}
	f := c.w.Files.Get(id)
	switch {
	case c.w.Files.WasDeleted(id):
		return nil, wire.Refuse("file_deleted")
	case f == nil || !f.Complete || f.State == workspace.FileUnknown:
		return nil, wire.Refuse("file_not_found")
	case f.State == workspace.FileHidden:
		return nil, wire.Refuse("not_visible")
	}
	return f, nil
}

func (c *call) filesInfo() wire.Reply {
	f, bad := c.file(c.text("file"))
	if bad != nil {
		return bad
	}
	return wire.Reply{"file": c.w.Files.Wire(f), "comments": []any{}, "response_metadata": map[string]any{"next_cursor": ""}}
}

// filesDelete takes a file of the bot's own out of every message that shows it.
func (c *call) filesDelete() wire.Reply {
	f, bad := c.file(c.text("file"))
	switch {
	case bad != nil:
		return bad
	case f.User != workspace.BotUserID:
		return wire.Refuse("cant_delete_file")
	}
	c.w.Files.Remove(f)
	return wire.Reply{}
}

func (c *call) uploadURL() wire.Reply {
	size, err := strconv.Atoi(c.text("length"))
	switch {
	case c.text("filename") == "":
		return wire.MissingArg("filename")
	case err != nil || size <= 0:
		return wire.Refuse("invalid_arguments", "[ERROR] length must be a positive number of bytes")
	case size > maxUpload:
		return wire.Refuse("file_upload_size_restricted")
	case blockkit.Length(c.text("alt_txt")) > maxFileAlt:
		return wire.Refuse("alt_txt_too_large")
	}
	f := c.w.Files.Add(c.text("filename"), workspace.BotUserID)
	f.Alt = c.text("alt_txt")
	return wire.Reply{"upload_url": c.w.URL() + "/upload/v1/" + f.ID, "file_id": f.ID}
}

// completeUpload shares the uploaded files in one message, when a channel is given.
// Its answer knows as little of them as Slack's, which shares them afterwards.
func (c *call) completeUpload() wire.Reply {
	files, bad := c.uploaded()
	if bad != nil {
		return bad
	}
	if id := c.text("channel_id"); id != "" {
		if c.w.People.Get(id) != nil {
			return wire.Refuse("channel_not_found") // files take no person for a channel
		}
		c.values.Set("channel", id)
		if bad := c.shareFiles(files); bad != nil {
			return bad
		}
	}
	out := make([]map[string]any, len(files))
	for i, f := range files {
		c.w.Files.Finish(f)
		out[i] = c.w.Files.WireNew(f)
	}
	return wire.Reply{"files": out}
}

// uploaded are the files of the argument, each with its bytes and its new title.
func (c *call) uploaded() ([]*workspace.StoredFile, wire.Reply) {
	var list []struct{ ID, Title string }
	if err := json.Unmarshal(c.raw("files"), &list); err != nil || len(list) == 0 {
		return nil, wire.Refuse("invalid_arguments", "[ERROR] files must be a list of ids [json-pointer:/files]")
	}
	files := make([]*workspace.StoredFile, len(list))
	for i, item := range list {
		f := c.w.Files.Get(item.ID)
		if f == nil || f.Complete || f.User != workspace.BotUserID || f.Body == nil {
			return nil, wire.Refuse("file_not_found")
		}
		if item.Title != "" {
			f.Title = item.Title
		}
		files[i] = f
	}
	return files, nil
}

func (c *call) shareFiles(files []*workspace.StoredFile) wire.Reply {
	ch, bad := c.destination()
	if bad != nil {
		return bad
	}
	if r := blockkit.JudgeMessage("x", c.raw("blocks"), nil, nil, false); r != nil {
		return wire.Refused(r)
	}
	m := workspace.Message{User: workspace.BotUserID, BotID: workspace.BotID, ThreadTS: c.text("thread_ts"),
		Text: c.text("initial_comment"), Blocks: c.w.FillIDs(wire.Present(c.raw("blocks")))}
	for _, f := range files {
		m.Files = append(m.Files, f.File)
	}
	c.w.Files.Share(files, func() {
		posted := c.w.Channels.Post(ch, m)
		for _, f := range files {
			f.ShareIn(ch, posted.TS)
		}
	})
	return nil
}

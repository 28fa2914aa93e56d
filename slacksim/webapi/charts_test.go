package webapi_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim/simtest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

const someChart = `[{"type":"section","text":{"type":"plain_text","text":"x"}},{"type":"data_visualization","title":"T","chart":{"type":"bar",` +
	`"axis_config":{"categories":["a"]},"series":[{"name":"s","data":[{"label":"a","value":1}]}]}}]`

// TestCharts_thatHaveNotComeYet: the block is unknown everywhere, and known
// again afterwards.
func TestCharts_thatHaveNotComeYet(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	l.Charts(false)
	r := l.Call("chat.postMessage", "channel", simtest.Room, "text", "x", "blocks", someChart)
	simtest.WantRefusal(t, r, "invalid_blocks")
	simtest.Want(t, r, map[string]any{"response_metadata.messages.0": "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/1/type]"})
	ts := l.Post(simtest.Room, "without")
	simtest.WantRefusal(t, l.Call("chat.update", "channel", simtest.Room, "ts", ts, "text", "x", "blocks", someChart), "invalid_blocks")
	l.Charts(true)
	simtest.WantOK(t, l.Call("chat.postMessage", "channel", simtest.Room, "text", "x", "blocks", someChart))
}

// TestFiles_altText: it is stored with the file and has a limit.
func TestFiles_altText(t *testing.T) {
	t.Parallel()
	l := simtest.New(t)
	simtest.WantRefusal(t, l.Call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1001)), "alt_txt_too_large")
	r := simtest.WantOK(t, l.Call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1000)))
	w := l.Workspace()
	if f := workspace.Locked(w, func() workspace.File { return w.Files.Get(simtest.Str(r, "file_id")).File }); len([]rune(f.Alt)) != 1000 {
		t.Errorf("%d characters kept", len([]rune(f.Alt)))
	}
}

package slacksim

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/artra/klachtbot/slacksim/workspace"
)

// The pauses after writing the file: so that a burst of changes is a few writes,
// and before the next try when it failed.
const (
	savePause      = 100 * time.Millisecond
	saveRetryPause = 5 * time.Second
)

// persister writes the workspace to a file. Its lock is taken before the
// workspace's.
type persister struct {
	path string // "" saves nothing
	w    *workspace.Workspace
	work *work
	log  *slog.Logger

	mu    sync.Mutex // one write at a time
	saved int64      // the revision in the file; guarded by the workspace's lock
}

// restore reads what was saved and at once writes it back, which reports whether it
// can be saved and that its counters have been used.
func (p *persister) restore() error {
	if p.path == "" {
		return nil
	}
	raw, err := os.ReadFile(p.path)
	if err == nil {
		err = p.w.Decode(raw)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("saved workspace %s: %w", p.path, err)
	}
	return p.save()
}

// saveChanges writes the file after changes, the last time when the simulator closes.
func (p *persister) saveChanges() {
	for wait := time.Duration(0); p.work.pause(wait); {
		if p.w.Await(p.work.ctx, "a change", func() bool { return p.w.CurrentRevision() != p.saved }) != nil {
			return
		}
		wait = p.saveOrLog()
	}
	p.saveOrLog()
}

// saveOrLog returns how long to wait before the next time.
func (p *persister) saveOrLog() time.Duration {
	if err := p.save(); err != nil {
		p.log.Error("save", "error", err)
		return saveRetryPause
	}
	return savePause
}

// save writes the file unless it is up to date.
func (p *persister) save() error {
	if p.path == "" {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.w.Lock()
	revision := p.w.CurrentRevision()
	if revision == p.saved {
		p.w.Unlock()
		return nil
	}
	encode := p.w.Encoder()
	p.w.Unlock()
	raw, err := encode()
	if err == nil {
		err = replaceFile(p.path, raw)
	}
	if err != nil {
		return fmt.Errorf("save the workspace: %w", err)
	}
	p.w.Lock()
	defer p.w.Unlock()
	p.saved = revision
	p.w.Saved()
	return nil
}

// awaitSaved waits until everything that happened so far is in the file.
func (p *persister) awaitSaved(ctx context.Context) error {
	if p.path == "" {
		return nil
	}
	now := workspace.Locked(p.w, p.w.CurrentRevision)
	return p.w.Await(ctx, "the saved workspace", func() bool { return p.saved >= now })
}

// replaceFile writes a file for its owner alone that is whole at every moment,
// also after the power went: under another name, and then renamed.
func replaceFile(path string, body []byte) error {
	fresh := path + ".new"
	f, err := os.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	if err = errors.Join(err, f.Chmod(0o600), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

package slacksim

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The pauses after writing the file: so that a burst of changes is a few writes,
// and before the next try when it failed.
const (
	savePause      = 100 * time.Millisecond
	saveRetryPause = 5 * time.Second
)

// persister writes the workspace to a file. Its lock is taken before Sim.mu.
type persister struct {
	path  string
	mu    sync.Mutex // one write at a time
	saved int64      // the revision in the file; guarded by Sim.mu
}

// restore reads what was kept and at once writes it back, which tells whether it
// can be kept and that its counters have been used.
func (s *Sim) restore() error {
	if s.persister.path == "" {
		return nil
	}
	k, err := readSaved(s.persister.path)
	if err == nil && k != nil {
		err = s.w.restore(k)
	}
	if err != nil {
		return fmt.Errorf("kept workspace %s: %w", s.persister.path, err)
	}
	return s.save()
}

// saveChanges writes the file after changes, the last time when the simulator closes.
func (s *Sim) saveChanges() {
	for wait := time.Duration(0); s.pause(wait); {
		err := s.await(s.ctx, "a change", func(w *workspace) bool { return w.revision != s.persister.saved })
		if err != nil {
			return
		}
		wait = s.saveOrLog()
	}
	s.saveOrLog()
}

// saveOrLog tells how long to wait before the next time.
func (s *Sim) saveOrLog() time.Duration {
	if err := s.save(); err != nil {
		s.cfg.Log.Error("keep", "error", err)
		return saveRetryPause
	}
	return savePause
}

// save writes the file unless it is up to date.
func (s *Sim) save() error {
	if s.persister.path == "" {
		return nil
	}
	s.persister.mu.Lock()
	defer s.persister.mu.Unlock()
	s.mu.Lock()
	revision, done := s.w.revision, s.w.revision == s.persister.saved
	if done {
		s.mu.Unlock()
		return nil
	}
	k := s.w.snapshot()
	s.mu.Unlock()
	raw, err := k.encode()
	if err == nil {
		err = replaceFile(s.persister.path, raw)
	}
	if err != nil {
		return fmt.Errorf("keep the workspace: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.persister.saved = revision
	s.w.subscribers.wake()
	return nil
}

// AwaitSaved waits until everything that happened so far is in the file that
// Config.Keep names. Without one there is nothing to wait for.
func (s *Sim) AwaitSaved(ctx context.Context) error {
	if s.persister.path == "" {
		return nil
	}
	now := locked(s, func(w *workspace) int64 { return w.revision })
	return s.await(ctx, "the kept workspace", func(*workspace) bool { return s.persister.saved >= now })
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

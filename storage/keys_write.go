package storage

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// writeNew writes a file that does not exist yet, safely on disk or not at
// all.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// addKey adds a random master key to the key file at path, which at every
// moment is as it was or as it will be. Call it under lockKeyFile.
func addKey(path string, random io.Reader) error {
	masters, old, err := readKeys(path)
	if err != nil {
		return err
	}
	master, err := generate(random)
	if err != nil {
		return err
	}
	text, err := formatKeys(append(masters, master))
	if err != nil {
		return err
	}
	if len(text) > keyFileLimit {
		return fmt.Errorf("key file %s: no room for another key", path)
	}
	if err := replace(path, text, old); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	return nil
}

// replace puts a new text in the place of a file, for the same owner. A
// symbolic link goes on leading to it.
func replace(path string, text []byte, old fs.FileInfo) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // what a run that was killed left behind
	}
	if err := writeNew(fresh, text); err != nil {
		return err
	}
	err = sameOwner(fresh, old)
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return syncFolder(filepath.Dir(path))
}

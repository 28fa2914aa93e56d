// Package durable writes small files that are whole after a power cut: what was
// written stands on the disk when a function returns, or the file is as it was.
package durable

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteNew writes a file that does not exist yet, safely on disk or not at
// all.
func WriteNew(path string, text []byte) error {
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = SyncFolder(filepath.Dir(path))
	}
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}

// Replace puts a new text in the place of a file, for the same owner. A
// symbolic link goes on leading to it.
func Replace(path string, text []byte, old fs.FileInfo) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	fresh := path + ".new"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // what a run that was killed left behind
	}
	if err := WriteNew(fresh, text); err != nil {
		return err
	}
	err = SameOwner(fresh, old)
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(fresh))
	}
	return SyncFolder(filepath.Dir(path))
}

// Append adds whole lines to the end of a file, which it makes with the
// header when it is not there. A line that was cut off before keeps a line of
// its own.
func Append(path, header string, lines []byte) error {
	err := add(path, header, lines, (*os.File).Sync)
	if err != nil {
		return err
	}
	return SyncFolder(filepath.Dir(path))
}

// AppendLater is Append that does not wait for the disk: the lines outlive this
// process, and a power cut once Append was called after it.
func AppendLater(path, header string, lines []byte) error {
	return add(path, header, lines, func(*os.File) error { return nil })
}

func add(path, header string, lines []byte, sync func(*os.File) error) error {
	f, err := os.OpenFile(filepath.Clean(path), os.O_CREATE|os.O_APPEND|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	start, err := lineStart(f, header)
	if text := append([]byte(start), lines...); err == nil && len(text) > 0 {
		_, err = f.Write(text)
	}
	return errors.Join(err, sync(f), f.Close())
}

// lineStart is what has to stand before a new line at the end of the file.
func lineStart(f *os.File, header string) (string, error) {
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if info.Size() == 0 {
		return header, nil
	}
	last := make([]byte, 1)
	if _, err := f.ReadAt(last, info.Size()-1); err != nil {
		return "", err
	}
	if last[0] != '\n' {
		return "\n", nil
	}
	return "", nil
}

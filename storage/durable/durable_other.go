//go:build !unix

package durable

import "io/fs"

// SameOwner does nothing where files have no owner in Unix's sense.
func SameOwner(string, fs.FileInfo) error { return nil }

// SyncFolder does nothing where folders can't be synced.
func SyncFolder(string) error { return nil }

// Own says yes where files have no owner in Unix's sense.
func Own(fs.FileInfo) bool { return true }

//go:build !unix

package storage

import "io/fs"

// sameOwner does nothing where files have no owner in Unix's sense.
func sameOwner(string, fs.FileInfo) error { return nil }

// syncFolder does nothing where folders can't be synced.
func syncFolder(string) error { return nil }

package vault

import (
	"fmt"
	"io"

	"github.com/artra/klachtbot/storage/durable"
)

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
	if err := durable.Replace(path, text, old); err != nil {
		return fmt.Errorf("write key file: %w", err)
	}
	return nil
}

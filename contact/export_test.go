package contact

import "slices"

// Extension returns the digits of a number's extension, if any.
func (p Phone) Extension() string { return p.extension }

// TellingWords returns the folded words of a name that tell it from others:
// prefixes and forms of address are left out.
func TellingWords(name string) []string { return slices.DeleteFunc(Words(name), small) }

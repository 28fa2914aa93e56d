package storage

// asked is what was asked for a case.
type asked struct {
	events int
	root   int // version
}

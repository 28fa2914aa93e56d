package workflow

// KnownToReplay reports whether the table of replays has a line for the kind.
func KnownToReplay(kind RecordKind) bool {
	_, known := replays[kind]
	return known
}

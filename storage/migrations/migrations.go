// Package migrations is how the schema of a register came to be: a file for
// each version, that is never changed once it was released. What SQL can't say in
// one text for both engines is Go.
package migrations

import (
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed *.sql
var files embed.FS

// Files are the migrations that are SQL.
func Files() fs.FS { return files }

// Functions are those that are Go.
func Functions() []*goose.Migration {
	return []*goose.Migration{
		goose.NewGoMigration(16, &goose.GoFunc{RunTx: writePayloads}, nil),
	}
}

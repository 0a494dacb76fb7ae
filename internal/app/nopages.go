package app

import (
	"fmt"
	"io/fs"
	"testing/fstest"
)

type fsOrNil = fs.FS

// noPages is what a room without pages of its own shows.
var noPages = fstest.MapFS{
	"words.zh.json": {Data: []byte("{}")},
	"words.en.json": {Data: []byte("{}")},
}

// chainOf names the audit chain of a process.
func chainOf(node int) string { return fmt.Sprintf("node-%d", node) }

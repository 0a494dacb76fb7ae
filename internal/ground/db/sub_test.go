package db_test

import "io/fs"

func subdir() (fs.FS, error) { return fs.Sub(files, "testdata") }

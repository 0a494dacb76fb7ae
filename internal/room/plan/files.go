package plan

import "embed"

//go:embed data
var dataFiles embed.FS

package main

import (
	"os"

	"jiuye/internal/ground/progress"
)

// withBar shows the progress of work on standard error, as a bar when that is a terminal.
func withBar(work func(progress.Reporter) error) error {
	live := false
	if info, err := os.Stderr.Stat(); err == nil {
		live = info.Mode()&os.ModeCharDevice != 0
	}
	bar := progress.NewBar(os.Stderr, live)
	defer bar.End()
	return work(bar)
}

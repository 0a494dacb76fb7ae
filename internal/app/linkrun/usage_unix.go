//go:build unix

package linkrun

import (
	"runtime"
	"syscall"
)

// Usage is the processor time of this process in seconds and the most memory it had, in bytes.
func Usage() (cpu float64, memory int64) {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0, 0
	}
	memory = int64(u.Maxrss)
	if runtime.GOOS != "darwin" {
		memory *= 1024
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9, memory
}

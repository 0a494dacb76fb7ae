//go:build !unix

package linkrun

import "runtime"

// Usage knows no processor time here; the memory is what was asked of the system.
func Usage() (cpu float64, memory int64) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return 0, int64(m.Sys)
}

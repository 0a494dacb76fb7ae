//go:build !linux

package benchrun

import "time"

// threadTime is 0 where the system does not say what time a thread has used.
func threadTime() time.Duration { return 0 }

package benchrun

import (
	"syscall"
	"time"
	"unsafe"
)

// threadTime is the processor time that the calling thread has used: what a question costs, whatever else the machine
// does. The goroutine has to be locked to its thread.
func threadTime() time.Duration {
	const threadClock = 3 // CLOCK_THREAD_CPUTIME_ID
	var t syscall.Timespec
	if _, _, failed := syscall.RawSyscall(syscall.SYS_CLOCK_GETTIME, threadClock, uintptr(unsafe.Pointer(&t)), 0); failed != 0 {
		return 0
	}
	return time.Duration(t.Nano())
}

// Package id makes the 63-bit, time-ordered identifiers of every row, without asking a database for a sequence:
// 41 bits of milliseconds since 2020, 10 bits of node, 12 bits of counter.
package id

import (
	"sync"
	"time"

	"jiuye/internal/ground/clock"
)

const (
	epoch    = 1577836800000 // 2020-01-01T00:00:00Z in unix milliseconds
	nodeBits = 10
	seqBits  = 12
)

// Maker hands out identifiers; two makers with different nodes never collide.
type Maker struct {
	mu   sync.Mutex
	node int64
	last int64
	seq  int64
	now  func() time.Time
}

// NewMaker makes a maker for a node of 0 to 1023 (other values are folded into that range).
func NewMaker(node int, c clock.Clock) *Maker {
	return &Maker{node: int64(node) & (1<<nodeBits - 1), now: c.Now}
}

// Next is the next identifier. It never repeats and never falls, even when the clock does or when more than 4,096
// are asked for in one millisecond: it then runs ahead of the clock.
func (m *Maker) Next() int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	ms := m.now().UnixMilli() - epoch
	switch {
	case ms > m.last:
		m.last, m.seq = ms, 0
	case m.seq < 1<<seqBits-1:
		m.seq++
	default:
		m.last, m.seq = m.last+1, 0
	}
	return m.last<<(nodeBits+seqBits) | m.node<<seqBits | m.seq
}

package census

import "slices"

// frame is how many ids share a base.
const frame = 4096

// ids are numbers that mostly rise: kept as 32-bit distances from the first of each 4,096; frames in which that is too
// little keep the whole numbers. From the first that does not rise on, people are late: each is kept whole, and found by
// a table. A census that is built anew has none.
type ids struct {
	frames []idFrame
	rising int // how many stand in frames
	last   int64
	late   []int64
	lateAt map[int64]int
}

type idFrame struct {
	base  int64
	short []uint32
	long  []int64 // instead of short
}

func (s *ids) add(id int64) {
	if len(s.late) > 0 || s.rising > 0 && id <= s.last {
		if s.lateAt == nil {
			s.lateAt = map[int64]int{}
		}
		s.lateAt[id] = s.rising + len(s.late)
		s.late = append(s.late, id)
		return
	}
	if s.rising%frame == 0 {
		s.frames = append(s.frames, idFrame{base: id, short: make([]uint32, 0, frame)})
	}
	f := &s.frames[len(s.frames)-1]
	switch d := id - f.base; {
	case f.long != nil:
		f.long = append(f.long, id)
	case d>>32 == 0:
		f.short = append(f.short, uint32(d))
	default:
		f.long = make([]int64, 0, frame)
		for _, d := range f.short {
			f.long = append(f.long, f.base+int64(d))
		}
		f.long, f.short = append(f.long, id), nil
	}
	s.rising++
	s.last = id
}

func (s *ids) at(i int) int64 {
	if i >= s.rising {
		return s.late[i-s.rising]
	}
	f := &s.frames[i/frame]
	if f.long != nil {
		return f.long[i%frame]
	}
	return f.base + int64(f.short[i%frame])
}

func (s *ids) find(id int64) (at int, ok bool) {
	if at, ok = s.lateAt[id]; ok {
		return at, true
	}
	n, exact := slices.BinarySearchFunc(s.frames, id, func(f idFrame, id int64) int {
		switch {
		case f.base < id:
			return -1
		case f.base > id:
			return 1
		}
		return 0
	})
	if exact {
		return n * frame, true
	}
	if n == 0 {
		return 0, false
	}
	n--
	f := &s.frames[n]
	if f.long != nil {
		at, ok = slices.BinarySearch(f.long, id)
	} else if d := id - f.base; d>>32 == 0 {
		at, ok = slices.BinarySearch(f.short, uint32(d))
	}
	return n*frame + at, ok
}

// lateBytes is about what the table of late ids takes for each.
const lateBytes = 48

func (s *ids) bytes() (n int64) {
	for i := range s.frames {
		n += 8 + int64(len(s.frames[i].short))*4 + int64(len(s.frames[i].long))*8
	}
	return n + int64(len(s.late))*lateBytes
}

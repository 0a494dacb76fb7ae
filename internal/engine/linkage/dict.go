package linkage

// dict numbers distinct texts from 1 in the order in which they come; 0 is the empty text. All of them lie in one piece of
// memory, so that a million values cost the garbage collector nothing.
type dict struct {
	arena []byte
	ends  []uint32 // end of text i in arena; ends[0] is 0
	slots []uint64 // open addressing: upper half of the hash, number of the text; 0 is free
}

func newDict() *dict { return &dict{ends: []uint32{0}, slots: make([]uint64, 1024)} }

// size counts the texts, with the empty one.
func (d *dict) size() int { return len(d.ends) }

// text is the text of a number; it must not be changed.
func (d *dict) text(code uint32) []byte {
	if code == 0 {
		return nil
	}
	return d.arena[d.ends[code-1]:d.ends[code]]
}

// find gives the number of a text, or 0.
func (d *dict) find(s string, h uint64) uint32 {
	mask := uint64(len(d.slots) - 1)
	for i := h >> 32 & mask; ; i = (i + 1) & mask {
		slot := d.slots[i]
		if slot == 0 {
			return 0
		}
		if slot>>32 == h>>32 && string(d.text(uint32(slot))) == s {
			return uint32(slot)
		}
	}
}

// add numbers a text that find did not find.
func (d *dict) add(s string, h uint64) uint32 {
	if len(d.ends)*2 > len(d.slots) {
		old := d.slots
		d.slots = make([]uint64, 4*len(old))
		for _, slot := range old {
			if slot != 0 {
				d.put(slot)
			}
		}
	}
	code := uint32(len(d.ends))
	d.arena = append(d.arena, s...)
	d.ends = append(d.ends, uint32(len(d.arena)))
	d.put(h>>32<<32 | uint64(code))
	return code
}

func (d *dict) put(slot uint64) {
	mask := uint64(len(d.slots) - 1)
	i := slot >> 32 & mask
	for d.slots[i] != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = slot
}

// forget takes back the texts numbered n and above, the last one first. Nothing came after it, so its place is free again.
func (d *dict) forget(n int) {
	mask := uint64(len(d.slots) - 1)
	for code := uint32(len(d.ends)) - 1; int(code) >= n; code-- {
		i := hash64(d.text(code)) >> 32 & mask
		for uint32(d.slots[i]) != code {
			i = (i + 1) & mask
		}
		d.slots[i] = 0
		d.arena = d.arena[:d.ends[code-1]]
	}
	d.ends = d.ends[:n]
}

package linkage

// dict numbers distinct texts from 1 in the order in which they come; 0 is the empty text. All of them lie in one piece of
// memory, so that a million values cost the garbage collector nothing.
type dict struct {
	arena  []byte
	ends   []uint32 // end of text i in arena; ends[0] is 0
	hashes []uint32
	slots  []uint32 // open addressing; 0 is free
}

func newDict() *dict {
	return &dict{ends: []uint32{0}, hashes: []uint32{0}, slots: make([]uint32, 1024)}
}

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
	for i := h & mask; ; i = (i + 1) & mask {
		code := d.slots[i]
		if code == 0 || d.hashes[code] == uint32(h>>32) && string(d.text(code)) == s {
			return code
		}
	}
}

// add numbers a text that find did not find.
func (d *dict) add(s string, h uint64) uint32 {
	if len(d.ends)*2 > len(d.slots) {
		d.grow()
	}
	code := uint32(len(d.ends))
	d.arena = append(d.arena, s...)
	d.ends = append(d.ends, uint32(len(d.arena)))
	d.hashes = append(d.hashes, uint32(h>>32))
	d.put(code, h)
	return code
}

func (d *dict) put(code uint32, h uint64) {
	mask := uint64(len(d.slots) - 1)
	i := h & mask
	for d.slots[i] != 0 {
		i = (i + 1) & mask
	}
	d.slots[i] = code
}

func (d *dict) grow() {
	d.slots = make([]uint32, 4*len(d.slots))
	for code := uint32(1); code < uint32(len(d.ends)); code++ {
		d.put(code, hash64(d.text(code)))
	}
}

// forget takes back the texts numbered n and above. Nothing came after them, so their places become free again.
func (d *dict) forget(n int) {
	mask := uint64(len(d.slots) - 1)
	for code := uint32(len(d.ends)) - 1; int(code) >= n; code-- {
		i := hash64(d.text(code)) & mask
		for d.slots[i] != code {
			i = (i + 1) & mask
		}
		d.slots[i] = 0
		d.arena = d.arena[:d.ends[code-1]]
	}
	d.ends, d.hashes = d.ends[:n], d.hashes[:n]
}

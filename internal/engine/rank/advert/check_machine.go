package advert

// machine finds many words in one pass over a text (Aho and Corasick, over bytes).
type machine struct {
	next  [][256]uint16 // state, byte → state
	gives [][]uint16    // state → numbers of the rules whose words end there
}

func newMachine() *machine { return &machine{next: make([][256]uint16, 1), gives: make([][]uint16, 1)} }

func (m *machine) add(word string, rule int) {
	state := uint16(0)
	for i := range len(word) {
		to := m.next[state][word[i]]
		if to == 0 {
			to = uint16(len(m.next))
			m.next[state][word[i]] = to
			m.next, m.gives = append(m.next, [256]uint16{}), append(m.gives, nil)
		}
		state = to
	}
	m.gives[state] = append(m.gives[state], uint16(rule))
}

// link makes every state know where to go on when its word does not.
func (m *machine) link() {
	fail := make([]uint16, len(m.next))
	var queue []uint16
	for b := range 256 {
		if s := m.next[0][b]; s != 0 {
			queue = append(queue, s)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		m.gives[s] = append(m.gives[s], m.gives[fail[s]]...)
		for b := range 256 {
			to := m.next[s][b]
			if to == 0 {
				m.next[s][b] = m.next[fail[s]][b]
				continue
			}
			fail[to] = m.next[fail[s]][b]
			queue = append(queue, to)
		}
	}
}

// scan marks the rules whose words stand in a text, and tells whether there are any.
func (m *machine) scan(s string, hit []bool) (any bool) {
	state := uint16(0)
	for i := range len(s) {
		state = m.next[state][s[i]]
		for _, r := range m.gives[state] {
			hit[r], any = true, true
		}
	}
	return any
}

package plandoc

import "strings"

// place is how an official would cite where a paragraph stands.
func (l *layout) place(p *para) string {
	if p.box != nil {
		return p.box.name()
	}
	return cite(p.sec)
}

// cite cites a section: 第二章第三节 主要目标; 一、总体要求; 任务4; 保障（六）.
func cite(s *section) string {
	if s == nil {
		return ""
	}
	if s.rank <= 2 {
		label := s.label
		if s.parent != nil {
			label = s.parent.label + label
		}
		return label + " " + s.title
	}
	if no, ok := taskNo(s); ok {
		if strings.HasPrefix(no, "保障") {
			return no
		}
		return "任务" + no
	}
	out := s.label + separator(s.rank) + s.title
	for p := s.parent; p != nil; p = p.parent {
		out = p.label + separator(p.rank) + out
	}
	return out
}

func separator(rank int) string {
	switch rank {
	case 3:
		return "、"
	case 5:
		return "."
	}
	return ""
}

// under reports whether a section or one above it has a title of that sort.
func (s *section) under(re interface{ MatchString(string) bool }) bool {
	if s == nil {
		return false
	}
	in, known := s.known[re]
	if !known {
		in = re.MatchString(s.title) || s.parent.under(re)
		if s.known == nil {
			s.known = map[any]bool{}
		}
		s.known[re] = in
	}
	return in
}

// taskNo is the number of a section as a task: the leaves of （一） and 1. outside introductions.
func taskNo(s *section) (string, bool) {
	if s.rank < 4 || s.rank > 5 || s.kids > 0 || s.under(introSection) {
		return "", false
	}
	return s.number(), true
}

// number is a section's own where numbers run on through the document (1., （四）), with its chapter's where they begin anew;
// guarantees are told apart.
func (s *section) number() string {
	switch {
	case s.parent == nil || s.rank < 4:
	case s.rank < 6 && s.parent.under(guarantees):
		return "保障" + s.label
	case s.anew:
		return s.parent.label + s.label
	}
	return s.label
}

// anew marks the ranks whose numbers begin again under each chapter.
func (l *layout) anew() {
	firsts := map[int]int{}
	for _, s := range l.sections {
		if s.rank >= 4 && ordinal(s.label) == 1 && !s.under(introSection) && !s.under(guarantees) {
			firsts[s.rank]++
		}
	}
	for _, s := range l.sections {
		s.anew = firsts[s.rank] > 1
	}
}

// ordinal reads a heading's number; 0 where there is none.
func ordinal(label string) int {
	label = strings.Trim(label, "（）()第章节篇 ")
	n, ok := hanInt(label)
	if !ok {
		return 0
	}
	return n
}

package jobs

import (
	"slices"
	"strings"
)

// paper is a licence that adverts ask for, and the occupations whose certificate or practice shows that somebody has it.
type paper struct {
	name  string
	words []string // as adverts write it
	shown []string // codes of occupations or classes
}

// papers are the licences without which the work may not be done (国家职业资格目录的准入类、特种作业和特种设备作业、机动车驾驶).
var papers = []paper{
	{"电工作业证", []string{"电工证", "电工操作证", "电工作业证", "低压证", "高压证"}, []string{"6-31-01-03"}},
	{"焊工作业证", []string{"焊工证", "焊工操作证", "焊接作业证", "电焊证"}, []string{"6-18-02-04"}},
	{"叉车证", []string{"叉车证", "叉车操作证"}, []string{"6-30-05-01"}},
	{"起重机械作业证", []string{"起重证", "塔吊证", "吊车证", "起重机械作业证"}, []string{"6-30-05-02"}},
	{"锅炉作业证", []string{"锅炉证", "司炉证"}, []string{"6-28-01-01", "6-28-01-02"}},
	{"护士执业证", []string{"护士证", "护士执业证", "护士资格证", "护士执业资格"}, []string{"2-05-08"}},
	{"医师执业证", []string{"医师资格证", "医师执业证", "执业医师证"}, []string{"2-05-01", "2-05-02", "2-05-03"}},
	{"教师资格证", []string{"教师资格证", "教师证"}, []string{"2-08-01", "2-08-02", "2-08-03", "2-08-04"}},
	{"保安员证", []string{"保安员证", "保安证"}, []string{"4-07-05-01"}},
	{"消防设施操作员证", []string{"消防证", "消防设施操作员证", "建构筑物消防员证"}, []string{"4-07-05-03"}},
	{"货车驾驶证", []string{"A2证", "B2证", "A2驾驶证", "B2驾驶证", "A2驾照", "B2驾照", "A2本", "B2本"}, []string{"4-02-02-02"}},
	{"客车驾驶证", []string{"A1证", "B1证", "A1驾驶证", "B1驾驶证", "A1驾照", "B1驾照", "A1本", "B1本"}, []string{"4-02-02-01"}},
	{"驾驶证", []string{"C1证", "C1驾驶证", "C1驾照", "C1本", "C2驾驶证"}, []string{"4-02-02-01", "4-02-02-02", "4-02-07", "4-12-01"}},
}

// Words around a licence that make it a wish, not a condition.
var (
	before = []string{"不需", "无需", "不要", "不用", "不强制"}
	after  = []string{"优先", "更好", "更佳", "可考", "可培训", "者佳", "加分"}
)

// around is how many characters beside a licence are read.
const around = 6

// papersAsked are the licences that an advert requires.
func papersAsked(text string) (names []string) {
	text = strings.ToUpper(text)
	for _, p := range papers {
		if slices.ContainsFunc(p.words, func(w string) bool { return required(text, w) }) {
			names = append(names, p.name)
		}
	}
	return names
}

// required reports whether a text asks for a word without softening it.
func required(text, word string) bool {
	for {
		left, right, found := strings.Cut(text, word)
		if !found {
			return false
		}
		l, r := []rune(left), []rune(right)
		near := func(part string, list []string) bool {
			return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(part, w) })
		}
		if !near(string(l[max(0, len(l)-around):]), before) && !near(string(r[:min(len(r), around)]), after) {
			return true
		}
		text = right
	}
}

// papersHeld are the licences that occupations practised or certified show.
func papersHeld(codes []string) (names []string) {
	for _, p := range papers {
		if slices.ContainsFunc(codes, func(c string) bool {
			return slices.ContainsFunc(p.shown, func(class string) bool { return strings.HasPrefix(c, class) })
		}) {
			names = append(names, p.name)
		}
	}
	return names
}

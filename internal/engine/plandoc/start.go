package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var startRE = regexp.MustCompile(`^(?:——|注[:：]|备注[:：]|说明[:：]|\*|[①-⑳]|[（(【\[［](?:责任|牵头|配合|主办|完成时限))`)

// marked reports whether a line begins with a number, a bracket or another mark of a beginning.
func marked(t string) bool {
	_, heading := headingOf(t)
	_, _, boxed := boxOf(t)
	return heading || boxed || startRE.MatchString(t)
}

// starts reports whether a line begins something new whatever went before.
func starts(t string) bool {
	return marked(t) || projectTitle(t)
}

// restRE is the rest of a word that a line break cut: no sentence is that short.
var restRE = regexp.MustCompile(`^\p{Han}{1,2}[。；]`)

var projectRE = regexp.MustCompile(`(?:项目|计划|工程|行动|活动|专项|试点|机制|建设|提升|培育|培养|基地|平台)(?:[（(][^（()）]{1,12}[)）])?$`)

// projectTitle reports whether a line begins with a short title as box projects have: 创业支持计划。鼓励……
func projectTitle(t string) bool {
	i := strings.IndexAny(t, "。：")
	if i < 0 || utf8.RuneCountInString(t[:i]) > 34 || strings.ContainsAny(t[:i], "，；,") {
		return false
	}
	return projectRE.MatchString(t[:i])
}

package plandoc

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// nounAfter is the thing counted when it stands behind the number: 20个"家门口"就业服务站 [，…]. rest is the text up to the end
// of the sentence's piece; described tells that it came behind a description.
func nounAfter(rest string) (name string, end int, described bool) {
	rest0 := rest
	rest = strings.TrimPrefix(leadBracketRE.ReplaceAllString(rest, ""), "的")
	skip := len(rest0) - len(rest)
	if m := officerRE.FindString(rest); m != "" {
		skip += len(m)
		rest = rest[len(m):]
	}
	cut := cutAt(rest)
	name = remarkEnd.ReplaceAllString(rest[:cut], "")
	if descRE.MatchString(name) && name != "" {
		if noun := lastDescribed(rest); noun != "" {
			return noun, skip + cut, true
		}
	}
	if cut > 0 && strings.HasPrefix(rest[cut:], "、") {
		if noun, n, described := listed(rest, cut); noun != "" {
			return noun, skip + n, described
		}
	}
	if m := leftRE.FindString(rest[cut:]); m != "" && areaThing.MatchString(name) {
		return allEnd.ReplaceAllString(name, "") + strings.TrimPrefix(m, "实现"), skip + cut + len(m), false // 15个重点县全部实现摘帽
	}
	if m := doesRE.FindString(rest[cut:]); m != "" && peopleEnd.MatchString(name) {
		return name + m, skip + cut + len(m), false // 1.8万名失业人员实现再就业
	}
	return name, skip + cut, false
}

// nounOf is nounAfter's name alone.
func nounOf(post string) string {
	noun, _, _ := nounAfter(post)
	return noun
}

// cutAt is where a noun ends: at a mark outside of brackets, or where it does something.
func cutAt(rest string) int {
	for _, m := range cutRE.FindAllStringIndex(outside(rest), 8) {
		if rest[m[0]:m[1]] == "以上" && rankEnd.MatchString(rest[:m[0]]) {
			continue // 省级以上重点学校
		}
		if m[0] == 0 && becomesRE.MatchString(rest) {
			continue // 3万人纳入管理系统
		}
		return m[0]
	}
	return len(rest)
}

// lastDescribed is the noun behind a description that runs over marks: 100名具有绝技绝活、行业公认的领军人才.
func lastDescribed(rest string) string {
	if i := strings.IndexAny(rest, "。；"); i >= 0 {
		rest = rest[:i]
	}
	for c := range strings.SplitSeq(rest, "，") {
		i := strings.LastIndex(c, "的")
		if i < 0 {
			continue
		}
		noun := c[i+len("的"):]
		if noun = noun[:cutAt(noun)]; wordsCount(noun) >= 2 {
			return noun
		}
	}
	return ""
}

// listed is the noun of a list that one number counts: 500名教师、医生和科技人员; 20名律师、公证员等法律人才. The list ends
// where something else is done.
func listed(rest string, cut int) (noun string, end int, described bool) {
	end = cut
	last := rest[:cut]
	for strings.HasPrefix(rest[end:], "、") {
		next := rest[end+len("、"):]
		n := cutAt(next)
		if n == 0 || actsRE.MatchString(next[:n]) || countsRE.MatchString(next[:n]) {
			break
		}
		last, end = next[:n], end+len("、")+n
	}
	if end == cut {
		return "", 0, false
	}
	if i := strings.LastIndex(last, "的"); i > 0 && descRE.MatchString(last[:i]) && wordsCount(last[i+len("的"):]) >= 2 {
		return last[i+len("的"):], cut, true
	}
	noun = rest[:end]
	if _, kind, ok := strings.Cut(last, "等"); ok && wordsCount(kind) >= 2 && utf8.RuneCountInString(noun) > 24 {
		noun = kind
	}
	return noun, end, false
}

var (
	actsRE    = regexp.MustCompile(`^(?:` + adverb + `(?:` + makeVerbs + `|` + actVerbs + `|` + manVerbs + `)|取得|一批|一系列|推进|加强|推动|加快|完善|优化|提升|提高|健全|扩大|强化|满足|做好|形成|引导|鼓励)`)
	becomesRE = regexp.MustCompile(`^(?:纳入|实现|参加)\p{Han}{2}`)
	rankEnd   = regexp.MustCompile(`(?:级|[高中初]级工|技师|[本专]科|学历|职称|学位)$`)
	doesRE    = regexp.MustCompile(`^(?:实现|参加|达到)\p{Han}{2,10}`)
	leftRE    = regexp.MustCompile(`^实现(?:脱贫)?(?:摘帽|退出|脱贫|达标|销号)`)
	areaThing = regexp.MustCompile(`(?:县|区|旗|村|乡|镇|社区)(?:全部)?$`)
	allEnd    = regexp.MustCompile(`全部$`)
	peopleEnd = regexp.MustCompile(`(?:人员|人才|劳动力|劳动者|毕业生|学生|农民工|职工|青年|群众|妇女|残疾人|带头人|人口|困难家庭|退役军人)$`)
)

// remarkEnd is a remark behind a thing: 10名带头人(具体人数可适当调整).
var remarkEnd = regexp.MustCompile(`\([^()]*(?:具体|可|根据|详见|附件|下同)[^()]*\)$`)

// leadBracketRE is a remark right behind a number: 45万人(含农民工)取得证书.
var leadBracketRE = regexp.MustCompile(`^\([^()]{1,80}\)`)

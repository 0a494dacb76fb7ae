package linkage

import (
	"strings"
	"sync"

	"github.com/mozillazg/go-pinyin"
)

// readings holds the toneless syllable of every Chinese character; it is made once, when first asked.
type readings struct {
	of       [0x10000]uint16
	names    []string // syllable of each number; 0 is none
	alike    []uint16 // number under which syllables that dialects and keyboards confuse are the same
	skeleton []byte   // consonant as Mongolian transliterations keep it; 0 for none
	ids      map[string]uint16
}

var loadReadings = sync.OnceValue(func() *readings {
	r := &readings{names: []string{""}, alike: []uint16{0}, skeleton: []byte{0}, ids: map[string]uint16{"": 0}}
	for code := range len(r.of) { // in order, so that the numbers of syllables are always the same
		first, _, _ := strings.Cut(pinyin.PinyinDict[code], ",")
		r.of[code] = r.id(toneless.Replace(first))
	}
	return r
})

// toneless takes the tone marks off; ü is written v.
var toneless = func() *strings.Replacer {
	var pairs []string
	for _, row := range []string{"aāáǎà", "eēéěèêế", "iīíǐì", "oōóǒò", "uūúǔù", "vüǖǘǚǜ", "nńňǹ", "mḿ"} {
		for _, r := range row[1:] {
			pairs = append(pairs, string(r), row[:1])
		}
	}
	return strings.NewReplacer(pairs...)
}()

func (r *readings) id(s string) uint16 {
	if id, found := r.ids[s]; found {
		return id
	}
	id := uint16(len(r.names))
	r.ids[s] = id
	r.names = append(r.names, s)
	r.alike = append(r.alike, 0)
	r.skeleton = append(r.skeleton, consonant(s))
	r.alike[id] = id
	if a := alike(s); a != s {
		r.alike[id] = r.id(a)
	}
	return id
}

// alike folds what is often confused: zh/z, ch/c, sh/s, n/l, and front and back nasals.
func alike(s string) string {
	for _, p := range [][2]string{{"zh", "z"}, {"ch", "c"}, {"sh", "s"}, {"l", "n"}} {
		if rest, found := strings.CutPrefix(s, p[0]); found {
			s = p[1] + rest
			break
		}
	}
	if strings.HasSuffix(s, "ang") || strings.HasSuffix(s, "eng") || strings.HasSuffix(s, "ing") {
		s = s[:len(s)-1]
	}
	return s
}

// consonant is what is left of a syllable when a Mongolian name is written with other characters: vowels, h, w and y go,
// voiced and unvoiced fall together.
func consonant(s string) byte {
	switch {
	case s == "":
		return 0
	case s == "er":
		return 'r'
	case strings.HasPrefix(s, "zh"):
		return 'j'
	case strings.HasPrefix(s, "ch"):
		return 'q'
	case strings.HasPrefix(s, "sh"):
		return 's'
	}
	const from, to = "bpmfdtnlgkjqxrzcs", "bbmfttnlggjqsrzcs"
	if i := strings.IndexByte(from, s[0]); i >= 0 {
		return to[i]
	}
	return 0
}

// surnameReadings are the readings that characters have as family names only.
var surnameReadings = func() map[string]string {
	m := map[string]string{}
	for pair := range strings.FieldsSeq(`单=shan 仇=qiu 解=xie 曾=zeng 查=zha 区=ou 盖=ge 任=ren 朴=piao 乐=yue 翟=zhai 缪=miao 员=yun 折=she 冼=xian 黑=he
		种=chong 秘=bi 繁=po 逄=pang 郗=chi 覃=qin 晁=chao 华=hua 纪=ji 燕=yan 宿=su 葛=ge 那=na 哈=ha 召=shao 佴=nai 卜=bu 石=shi 车=che 谌=chen 都=du 阚=kan
		晏=yan 祭=zhai 句=gou 撒=sa 盛=sheng 隗=wei 洗=xian 尹=yin 臧=zang 占=zhan 长=zhang 幺=yao 褚=chu 郇=xun 宓=mi 尉=wei 於=yu 重=chong 乜=nie 牟=mu 厘=xi
		尉迟=yu,chi 万俟=mo,qi 令狐=ling,hu 长孙=zhang,sun 澹台=tan,tai 单于=chan,yu 皇甫=huang,fu 呼延=hu,yan 鲜于=xian,yu 宗政=zong,zheng 濮阳=pu,yang
		淳于=chun,yu 欧阳=ou,yang 司马=si,ma 上官=shang,guan 诸葛=zhu,ge 司徒=si,tu 东方=dong,fang 独孤=du,gu 南宫=nan,gong 夏侯=xia,hou 公孙=gong,sun
		慕容=mu,rong 宇文=yu,wen 司空=si,kong 闻人=wen,ren 轩辕=xuan,yuan 太叔=tai,shu 申屠=shen,tu 端木=duan,mu 西门=xi,men 东郭=dong,guo 拓跋=tuo,ba
		百里=bai,li 公冶=gong,ye 赫连=he,lian 公羊=gong,yang 钟离=zhong,li 闾丘=lv,qiu 仲孙=zhong,sun 完颜=wan,yan 纳兰=na,lan 耶律=ye,lv`) {
		name, reading, _ := strings.Cut(pair, "=")
		m[name] = reading
	}
	return m
}()

// Reading is the toneless pinyin of a name with surname readings, its syllables divided by blanks; other characters stand as they are.
func Reading(name string) string {
	text, _ := newZhNames().clean(name)
	r := loadReadings()
	var out []string
	for i, id := range syllables(r, []rune(text)) {
		s := r.names[id]
		if id == 0 {
			s = string([]rune(text)[i])
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

// syllables reads a name's characters, the family name in its own way.
func syllables(r *readings, chars []rune) []uint16 {
	out := make([]uint16, len(chars))
	for i, c := range chars {
		if c < 0x10000 {
			out[i] = r.of[c]
		}
	}
	if n := surnameLength(chars); n > 0 {
		if special, found := surnameReadings[string(chars[:n])]; found {
			for i, s := range strings.Split(special, ",") {
				out[i] = r.ids[s]
			}
		}
	}
	return out
}

// surnameLength is 2 for a name that begins with a family name of two characters, and 1 otherwise.
func surnameLength(chars []rune) int {
	switch {
	case len(chars) == 0:
		return 0
	case len(chars) >= 3 && surnameReadings[string(chars[:2])] != "":
		return 2
	}
	return 1
}

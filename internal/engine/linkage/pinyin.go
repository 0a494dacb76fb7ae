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
	for pair := range strings.FieldsSeq(`单=shàn 仇=qiú 解=xiè 曾=zēng 查=zhā 区=ōu 盖=gě 任=rén 朴=piáo 乐=yuè 翟=zhái 缪=miào 员=yùn 折=shé 冼=xiǎn 黑=hè
		种=chóng 秘=bì 繁=pó 逄=páng 郗=chī 覃=qín 晁=cháo 华=huà 纪=jǐ 燕=yān 宿=sù 葛=gě 那=nà 哈=hǎ 召=shào 佴=nài 卜=bǔ 石=shí 车=chē 谌=chén 都=dū 阚=kàn
		晏=yàn 祭=zhài 句=gōu 撒=sǎ 盛=shèng 隗=wěi 洗=xiǎn 尹=yǐn 臧=zāng 占=zhān 长=zhǎng 幺=yāo 褚=chǔ 郇=xún 宓=mì 尉=wèi 於=yū 重=chóng 乜=niè 牟=mù 厘=xī
		尉迟=yù,chí 万俟=mò,qí 令狐=líng,hú 长孙=zhǎng,sūn 澹台=tán,tái 单于=chán,yú 皇甫=huáng,fǔ 呼延=hū,yán 鲜于=xiān,yú 宗政=zōng,zhèng 濮阳=pú,yáng
		淳于=chún,yú 欧阳=ōu,yáng 司马=sī,mǎ 上官=shàng,guān 诸葛=zhū,gě 司徒=sī,tú 东方=dōng,fāng 独孤=dú,gū 南宫=nán,gōng 夏侯=xià,hóu 公孙=gōng,sūn
		慕容=mù,róng 宇文=yǔ,wén 司空=sī,kōng 闻人=wén,rén 轩辕=xuān,yuán 太叔=tài,shū 申屠=shēn,tú 端木=duān,mù 西门=xī,mén 东郭=dōng,guō 拓跋=tuò,bá
		百里=bǎi,lǐ 公冶=gōng,yě 赫连=hè,lián 公羊=gōng,yáng 钟离=zhōng,lí 闾丘=lǘ,qiū 仲孙=zhòng,sūn 完颜=wán,yán 纳兰=nà,lán 耶律=yē,lǜ`) {
		name, reading, _ := strings.Cut(pair, "=")
		m[name] = reading
	}
	return m
}()

// givenReadings are the readings that characters have in given names, where a dictionary begins with another.
var givenReadings = func() map[rune]string {
	m := map[rune]string{}
	for pair := range strings.FieldsSeq(`娜=nà 茜=xī 莎=shā 娅=yà 雅=yǎ 托=tuō 薇=wēi 倩=qiàn 柏=bó 乐=lè 晟=shèng 行=xíng 朝=cháo 格=gé 都=dū 长=cháng 重=zhòng 大=dà 红=hóng 车=chē 亚=yà
		和=hé 么=me 仔=zǎi 尧=yáo 妮=nī 行=xíng 兴=xīng 盛=shèng 思=sī 奇=qí 琦=qí 琪=qí 其=qí 少=shào 为=wéi 卓=zhuó 相=xiāng 宿=sù 石=shí`) {
		c, reading, _ := strings.Cut(pair, "=")
		m[[]rune(c)[0]] = reading
	}
	return m
}()

// Reading is the pinyin of a name with tone marks and surname readings, its syllables divided by blanks: nà rén tuō yà.
// Other characters stand as they are.
func Reading(name string) string {
	text, _ := newZhNames().clean(name)
	chars := []rune(text)
	var family []string
	if n := surnameLength(chars); n > 0 && surnameReadings[string(chars[:n])] != "" {
		family = strings.Split(surnameReadings[string(chars[:n])], ",")
	}
	var out []string
	for i, c := range chars {
		first, _, _ := strings.Cut(pinyin.PinyinDict[int(c)], ",")
		switch {
		case i < len(family):
			first = family[i]
		case givenReadings[c] != "":
			first = givenReadings[c]
		case first == "":
			first = string(c)
		}
		out = append(out, first)
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
				out[i] = r.ids[toneless.Replace(s)]
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

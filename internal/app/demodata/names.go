package demodata

import "strings"

func words(text string) []string { return strings.Fields(text) }

// The family names by how common they are, the commonest 24 first.
var surnames = [3][]string{
	words("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 马 胡 朱 郭 何 高 林 郑 梁 谢 宋 韩"),
	words("唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文"),
	words("庞 樊 兰 殷 施 陶 洪 翟 安 颜 倪 严 牛 温 芦 季 俞 章 鲁 葛 伍 韦 申 尤 毕 聂 丛 焦 向 柳 邢 路 岳 齐 梅 莫 庄 辛 管 祝 左 涂 谷 祁 时 舒 耿 牟 卜 詹 关 苗 凌 费 纪 靳 盛 童 欧阳 司马 上官 诸葛 皇甫 慕容 令狐 呼延 尉迟"),
}

var huiSurnames = words("马 马 马 马 马 马 哈 丁 杨 白 沙 纳 海 金 虎 丁 者 拜 买 穆 撒 黑 周 王 李")

// Given names of one generation: whole names, and characters from which others are put together.
type given struct{ whole, first, second []string }

// givenNames by sex (0 woman, 1 man) and generation: born before 1960, 1960–1979, 1980–1994, later.
var givenNames = [2][4]given{
	{
		{words("秀英 桂英 玉兰 秀兰 桂兰 凤英 淑珍 玉珍 兰英 秀珍 桂芳 淑兰 金花 玉梅 翠花 莲"), words("秀 桂 玉 淑 凤 翠 金 兰 春 月"), words("英 兰 芳 珍 琴 梅 花 莲 芝 云")},
		{words("丽 艳 红 敏 静 霞 燕 玲 萍 娟 丽华 建华 春梅 海燕 晓红 秀丽 红梅 玉霞 丽萍 桂芝"), words("丽 晓 海 春 红 玉 秀 建 小 雪"), words("红 霞 丽 华 梅 玲 燕 萍 芳 琴 娟 艳")},
		{words("婷 娜 静 丹 雪 婷婷 丹丹 莉莉 晶晶 佳 倩 璐 慧 颖 媛媛 海霞 晓燕 文静 雅静"), words("晓 雅 文 佳 海 雪 慧 思 美 春"), words("婷 娜 静 丽 燕 慧 敏 洁 琳 娟 倩 颖")},
		{words("子涵 欣怡 梓涵 诗涵 雨桐 思琪 佳怡 雨欣 梦瑶 若曦 一诺 可馨 紫萱 语嫣 静怡 诺"), words("子 欣 雨 思 佳 诗 梦 若 语 可 梓 嘉"), words("涵 怡 桐 琪 瑶 曦 萱 馨 妍 悦 彤 宁")},
	},
	{
		{words("建国 国强 永福 德全 福贵 振华 长海 玉山 万福 明德 志明 国栋 存福 生财 根"), words("建 国 永 德 福 振 长 玉 万 明 志 世"), words("国 强 福 全 贵 华 海 山 德 明 忠 义 林")},
		{words("军 勇 强 伟 刚 斌 志强 建军 卫东 建平 永军 海军 志刚 国庆 文革 学军 占军 涛 峰 俊"), words("建 志 永 海 国 学 文 卫 占 玉 春 晓"), words("军 强 平 刚 东 华 明 忠 林 峰 成 龙 斌")},
		{words("磊 鹏 超 杰 浩 洋 涛 凯 鑫 波 旭东 海波 晓东 文斌 志鹏 彦军 小龙 宇 帅"), words("志 海 晓 文 建 彦 俊 宇 嘉 旭 少 立"), words("鹏 飞 龙 波 东 杰 伟 超 斌 峰 辉 阳 磊")},
		{words("浩然 子轩 宇轩 浩宇 梓轩 俊杰 一鸣 博文 天宇 子豪 皓轩 宇航 铭泽 嘉懿 奕辰 睿"), words("浩 子 宇 梓 俊 博 天 皓 铭 嘉 奕 泽"), words("然 轩 宇 杰 鸣 文 豪 航 泽 辰 阳 涵 霖")},
	},
}

// mongolNames by sex, as they are written in Chinese characters, without family names.
var mongolNames = [2][]string{
	words(`娜仁托雅 乌云其木格 萨日娜 其其格 高娃 斯琴高娃 格日乐 托娅 乌兰 娜仁 萨仁 萨仁格日乐 阿拉坦其其格 乌日娜 乌仁图雅 苏布达 通拉嘎 图雅 敖登高娃
		敖登其其格 哈斯高娃 哈斯其木格 赛罕 塔娜 塔拉 娜日苏 乌日罕 乌仁其木格 额尔德尼其木格 阿茹娜 阿茹汗 安吉拉玛 白音高娃 包如娜 布和其其格 查苏娜 朝乐门
		达古拉 道力玛 德力格尔玛 诺敏 恩和其木格 格根塔娜 海棠花 呼斯乐 杭盖高娃 金花尔 孟根其其格 孟和其木格 莫日根高娃 牧仁花 娜布其 娜仁高娃 娜仁其木格
		南斯勒玛 尼玛花 诺日吉玛 琪琪格玛 其木格 青格勒图雅 赛音高娃 桑杰玛 沙仁花 斯日古冷 斯琴 斯琴图雅 苏日娜 苏优乐 苏雅拉其其格 特日格勒 托亚 温都苏
		乌云嘎 乌云塔娜 乌吉斯古楞 乌尼尔 锡林高娃 鲜花尔 雅如 伊丽娜 依若乎 伊茹 永梅花 照日格图雅 珠拉 卓拉`),
	words(`其力格尔 巴特尔 巴图 朝鲁 朝克图 苏和 孟和 孟克 布和 宝音 宝音图 白音 巴雅尔 巴雅斯古楞 额尔德尼 恩克 恩和巴图 恩克巴雅尔 格日勒图 格日乐朝克图 哈达 哈斯
		哈斯巴根 哈斯额尔敦 呼格吉乐图 呼和 呼日查 吉日嘎拉 吉雅 吉雅图 莫日根 牧仁 那木拉 那仁满都拉 那日苏 那顺 那顺巴图 那顺乌日图 娜木吉拉 诺民 敖日格勒 敖特根
		敖其尔 青格乐 青格勒图 青松 赛音吉雅 赛吉日呼 桑布 森格 斯日古楞图 斯钦 斯庆图 苏雅拉 苏雅拉图 苏德毕力格 塔木 特木尔 特格喜 腾格尔 图门 图门巴雅尔 图布新
		陶格陶 陶格套呼 乌力吉 乌力吉巴图 乌日图 乌恩奇 乌恩巴图 乌兰巴特尔 锡林 希吉尔 都仁 都古尔 道尔吉 达来 达楞 达赖 朝格图 查干 查干巴特尔 毕力格 毕力格图 宝力德
		宝力道 布仁 布仁巴雅尔 布日固德 阿拉腾 阿拉坦敖其尔 阿古拉 阿木古楞 阿斯汉 阿日斯楞 额日和木 额尔敦 额尔敦巴根 嘎拉图 甘迪 甘珠尔 根登 贡布 伊德尔 伊日贵
		永荣 扎木苏 扎布 照日格图 召日格图`),
}

// longNames are names in two parts, between which departments put all sorts of points.
var longNames = [2][]string{
	words("孛儿只斤·娜仁 土尔扈特·萨仁 和硕特·乌兰 巴彦·其其格 额鲁特·图雅 杭锦·高娃"),
	words("孛儿只斤·朝鲁 土尔扈特·巴图 和硕特·孟克 巴彦·苏和 额鲁特·布和 杭锦·毕力格"),
}

// Ethnic groups of GB 3304 with their usual names.
var ethnics = []struct {
	code, name string
	share      float64
}{
	{"01", "汉族", .70}, {"02", "蒙古族", .24}, {"03", "回族", .04}, {"11", "满族", .009}, {"04", "藏族", .005}, {"30", "土族", .003}, {"31", "达斡尔族", .003},
}

var ethnicShares = func() (s []float64) {
	for _, e := range ethnics {
		s = append(s, e.share)
	}
	return s
}()

func ethnicName(code string) string {
	for _, e := range ethnics {
		if e.code == code {
			return e.name
		}
	}
	return code
}

// surname draws a family name for an ethnic group; Mongols have none.
func surname(d *dice, ethnic string) string {
	switch ethnic {
	case "02":
		return ""
	case "03":
		return of(d, huiSurnames)
	}
	switch x := d.float(); {
	case x < .58:
		return surnames[0][min(d.n(24), d.n(24))]
	case x < .93:
		return of(d, surnames[1])
	}
	return of(d, surnames[2])
}

// fullName draws a name; family is the family name to bear.
func fullName(d *dice, family, ethnic string, male bool, born int) string {
	sex := 0
	if male {
		sex = 1
	}
	if ethnic == "02" && family == "" {
		if d.chance(.05) {
			return of(d, longNames[sex])
		}
		return of(d, mongolNames[sex])
	}
	generation := 0
	for _, from := range []int{1960, 1980, 1995} {
		if born >= from {
			generation++
		}
	}
	g := &givenNames[sex][generation]
	if d.chance(.38) {
		return family + of(d, g.whole)
	}
	return family + of(d, g.first) + of(d, g.second)
}

package madeup

import "strings"

// surnames with their share per ten thousand people, roughly as the census has them in the north; the rest is spread evenly.
var surnames = weighted(`王 920 李 780 张 760 刘 620 陈 250 杨 240 赵 290 孙 190 郭 180 高 170 马 170 周 120 徐 110 胡 110 朱 100 林 90 何 80 吴 150 韩 120 冯 90 于 90 董 90
	曹 70 田 70 任 70 杜 60 贾 60 魏 70 苏 60 丁 60 薛 50 吕 60 郝 60 白 80 石 60 康 40 武 50 贺 40 崔 50 侯 50 孟 50 史 40 龙 30 段 40 邢 30 乔 30 梁 70 宋 90 许 70 邓 50 罗 60
	郑 60 谢 50 唐 50 程 40 袁 40 蒋 30 余 30 叶 30 潘 30 戴 25 夏 30 钟 20 汪 25 姜 30 范 35 方 30 谭 20 廖 20 熊 15 金 30 陆 15 孔 15 秦 25 江 15 顾 10 邵 15 万 10 钱 10 严 15
	雷 20 黎 10 常 25 温 15 牛 20 葛 12 尹 20 单 8 仇 4 解 6 曾 15 查 3 盖 3 朴 2 翟 12 缪 2 覃 3 晁 2 华 5 纪 10 燕 5 宿 2 欧阳 6 尉迟 1 万俟 1 令狐 1 司马 2 上官 2 诸葛 2
	付 20 肖 20 闫 30 代 10 兰 12 祁 15 樊 12 柴 12 景 8 霍 10 耿 12 关 10 宁 8 甄 4 蔺 3 邬 3 云 10 包 30 鲍 6 敖 6 席 6 皇甫 2`)

// male and female are characters of given names, the commoner ones first.
var male = strings.Split("伟强军明建国志文平海波勇杰峰涛斌超鹏飞辉刚龙华林东生亮永浩宇鑫磊凯俊健洋荣成庆祥福德义忠山利春雷晨旭泽坤博瑞阳振新宏胜学才贵玉兵良民光全权武根喜万宝清江河晓少小子天一思嘉家豪轩铭航博晖楠森皓翔帆彬毅威锋钢铁柱满仓金银发财富仁礼智信廷连仲孟启元恒益昌盛兴旺顺达通远征程前进步升高峻岩石磐松柏桐梓楷栋梁桥津渤湖润泉源洪涌潮汉唐宋元明清燕赵齐鲁秦晋楚越琪琦珂瑜璞玮昊昱晟煜炜烨焕灿耀熠", "")
var female = strings.Split("丽芳敏静娟燕玲霞红艳梅英秀兰萍桂莉娜慧雪琴云凤洁婷玉颖琳欣月晶莹春花香珍翠莲荣爱美淑华蓉倩蕾薇茹菲彩虹娥仙巧文晓小佳思雨梦诗涵怡悦可馨宁璐瑶璇嘉妍妮姗媛婉嫣娇妙如意秋冬夏叶枝青紫丹碧绿蓝黛墨书画棋琪珊瑚珠贝银金铃钰铭锦绣绢丝绸纹织纱晨曦朝霞旭阳昕晗晴暖岚岩泉溪清洁澜漪波涟润滢湘淇沁霜露冰凌寒霁雯霓霏雁鸽莺鹃", "")

// mongolian are parts of Mongolian names as they are written in Chinese; a name is one or two of them.
var mongolian = strings.Fields(`巴特尔 巴图 苏和 孟和 朝鲁 格日勒 乌云 其木格 娜仁 托娅 萨仁 高娃 斯琴 呼和 宝音 达来 阿古拉 额尔德尼 那顺 布和 吉日嘎拉 毕力格 图雅 乌日娜 阿拉坦
	敖登 琪琪格 哈斯 朝格图 满都拉 其力嘎 特木尔 青格勒 苏日娜 萨如拉 乌兰 莫日根 牧仁 恩和 巴雅尔 额尔敦 道尔吉 旺吉乐 策仁 朝木 胡日查 白音 查干 哈日 沙日 阿木尔 赛汗 德力格尔 永青 布仁 吉雅 牧其尔`)

// otherSpelling is how the same Mongolian sound is written by another hand.
var otherSpelling = strings.NewReplacer("其力嘎", "其贺力嘎", "托娅", "陶雅", "图雅", "托亚", "格日勒", "嘎日勒", "苏和", "苏贺", "琪琪格", "其其格", "其木格", "琪木格", "朝鲁", "朝洛", "毕力格", "必力格",
	"吉日嘎拉", "吉日嘎勒", "巴特尔", "巴特", "特木尔", "铁木尔", "额尔敦", "额日敦", "呼和", "胡和", "娜仁", "那仁", "乌日娜", "乌日那", "萨仁", "沙仁", "青格勒", "庆格勒", "宝音", "保音", "那顺", "纳顺", "孟和", "蒙和")

// weighted reads pairs of word and weight.
func weighted(text string) (list []choice) {
	fields := strings.Fields(text)
	sum := 0
	for i := 0; i+1 < len(fields); i += 2 {
		n := 0
		for _, c := range fields[i+1] {
			n = n*10 + int(c-'0')
		}
		sum += n
		list = append(list, choice{fields[i], sum})
	}
	return list
}

// choice is a word with the sum of weights up to it.
type choice struct {
	word string
	upTo int
}

var leagues = strings.Fields("呼和浩特市 包头市 乌海市 赤峰市 通辽市 鄂尔多斯市 呼伦贝尔市 巴彦淖尔市 乌兰察布市 兴安盟 锡林郭勒盟 阿拉善盟")
var bannerWords = strings.Fields("巴林左旗 巴林右旗 科左中旗 库伦旗 奈曼旗 达拉特旗 准格尔旗 鄂托克旗 杭锦旗 乌审旗 阿荣旗 五原县 磴口县 乌拉特前旗 卓资县 化德县 商都县 兴和县 凉城县 突泉县 东乌旗 西乌旗 太仆寺旗 多伦县 阿左旗 阿右旗 额济纳旗 新城区 回民区 玉泉区 赛罕区 昆都仑区 青山区 东河区")
var townWords = strings.Fields("巴彦 查干 乌兰 新华 东升 红旗 胜利 和平 前进 宝格达 白音 苏木图 哈达 沙尔 锡尼 柳林 大河 三道 四合 五家")
var townForms = strings.Fields("镇 苏木 乡 街道")
var villageWords = strings.Fields("东风 向阳 光明 红星 团结 永胜 查干 巴音 敖包 新民 福兴 太平 双庙 小河 西山 南沟 北湾 中心 呼日格 哈日")
var villageForms = strings.Fields("嘎查 村 社区")

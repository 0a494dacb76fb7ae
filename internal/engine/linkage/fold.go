package linkage

import "strings"

// folds leads traditional and variant characters that stand in names to the form under which they are compared.
var folds = func() map[rune]rune {
	m := map[rune]rune{}
	for pair := range strings.FieldsSeq(`張张 劉刘 陳陈 楊杨 黃黄 趙赵 吳吴 週周 孫孙 馬马 鄭郑 謝谢 許许 鄧邓 馮冯 蕭萧 萧肖 葉叶 呂吕 蘇苏 甦苏 蔣蒋 賈贾 餘余 鍾钟 鐘钟 盧卢 陸陆 韓韩
		鄒邹 閻阎 閆闫 賀贺 顧顾 龔龚 龐庞 樂乐 龍龙 萬万 錢钱 湯汤 嚴严 賴赖 喬乔 遲迟 魯鲁 厲厉 連连 關关 歐欧 陽阳 諸诸 葛葛 衛卫 齊齐 畢毕 聶聂 項项 倫伦 莊庄 紀纪 駱骆 盤盘 單单 費费
		華华 國国 囯国 偉伟 強强 彊强 軍军 傑杰 東东 紅红 麗丽 蘭兰 鳳凤 蓮莲 瑩莹 穎颖 頴颖 靜静 慶庆 榮荣 貴贵 寶宝 寳宝 興兴 輝辉 暉晖 煒炜 燁烨 曄晔 鵬鹏 飛飞 龢和 學学 愛爱 義义 禮礼
		書书 雲云 鑫鑫 銀银 銘铭 鋒锋 鋼钢 鐵铁 鎮镇 錦锦 鈞钧 鑒鉴 鑑鉴 長长 門门 開开 間间 陰阴 隊队 隨随 難难 霽霁 韋韦 韻韵 順顺 須须 領领 頌颂 頻频 題题 顏颜 顔颜 願愿 風风 馳驰 駿骏
		驍骁 騰腾 魚鱼 鮮鲜 鳴鸣 鴻鸿 鶴鹤 麟麟 黨党 點点 齡龄 倩倩 個个 倉仓 優优 儀仪 億亿 儒儒 凱凯 則则 剛刚 創创 勁劲 動动 勝胜 勞劳 勳勋 勛勋 區区 協协 卻却 厚厚 參参 雙双 發发 變变
		吉吉 喆哲 嚮向 圓圆 團团 聖圣 場场 塵尘 壯壮 壽寿 夢梦 奧奥 婭娅 嬌娇 嫻娴 孌娈 寧宁 實实 審审 寬宽 對对 導导 將将 專专 尋寻 屬属 岡冈 島岛 嶺岭 嶽岳 崗岗 巖岩 峯峰 帥帅 師师 帶带
		廣广 應应 廬庐 張张 彥彦 徑径 從从 復复 徵征 德德 徳德 恵惠 慧慧 憲宪 懷怀 戀恋 戰战 戲戏 揚扬 攜携 敏敏 數数 斌斌 時时 昇升 陞升 晉晋 曉晓 暁晓 曠旷 會会 業业 極极 標标 樹树 橋桥
		機机 檜桧 權权 歡欢 歲岁 歷历 歸归 氣气 決决 沖冲 況况 淸清 淺浅 溫温 準准 滿满 漢汉 潔洁 潛潜 澤泽 濤涛 濟济 濱滨 灝灏 為为 烏乌 無无 煥焕 熙熙 燈灯 爾尔 牽牵 獎奖 獻献 瑋玮 瑪玛
		璽玺 瓊琼 環环 產产 畫画 異异 當当 療疗 發发 盛盛 盡尽 監监 眞真 眾众 睏困 矯矫 碩硕 確确 禎祯 祿禄 禪禅 離离 種种 積积 穩稳 竇窦 競竞 筆笔 節节 範范 築筑 簡简 籍籍 糧粮 約约 純纯
		紅红 紋纹 納纳 紹绍 終终 組组 結结 統统 絲丝 經经 綠绿 維维 綱纲 網网 緒绪 線线 緣缘 練练 縣县 繁繁 織织 繼继 續续 羅罗 羣群 習习 聯联 聰聪 聲声 職职 肅肃 膽胆 臨临 與与 舉举 舊旧
		艷艳 艶艳 豔艳 藝艺 蒼苍 蓋盖 薩萨 藍蓝 藥药 蘊蕴 處处 號号 虜虏 蟬蝉 術术 裝装 製制 複复 見见 規规 視视 親亲 覺觉 覽览 觀观 計计 訓训 記记 訪访 設设 評评 詠咏 詩诗 誠诚 話话 詳详
		認认 語语 誼谊 調调 諒谅 論论 諾诺 謀谋 講讲 謙谦 證证 譚谭 識识 譯译 議议 護护 讓让 豐丰 貝贝 貞贞 財财 貢贡 責责 貫贯 賓宾 賜赐 賢贤 質质 賽赛 贊赞 車车 軒轩 輕轻 輔辅 輪轮 轉转
		辦办 農农 運运 進进 達达 遠远 適适 遷迁 選选 遼辽 邊边 鄉乡 醫医 釋释 堃坤 凃涂 亞亚 亜亚 來来 侖仑 僑侨 冊册 淼淼 牠它 祐佑 閤合 閣阁 閩闽 閔闵 閏闰 闊阔 闡阐 陝陕 際际 頤颐 飴饴 驥骥 鯤鲲`) {
		if r := []rune(pair); r[0] != r[1] {
			m[r[0]] = r[1]
		}
	}
	return m
}()

// foldTable is folds for the common block of characters; 0 where nothing changes.
var foldTable = func() (t [0xA000 - 0x4E00]uint16) {
	for from := range folds {
		to := folds[from]
		if next, found := folds[to]; found { // 蕭 → 萧 → 肖
			to = next
		}
		t[from-0x4E00] = uint16(to)
	}
	return t
}()

// fold is the character under which r is compared.
func fold(r rune) rune {
	if r >= 0x4E00 && r < 0xA000 && foldTable[r-0x4E00] != 0 {
		return rune(foldTable[r-0x4E00])
	}
	return r
}
